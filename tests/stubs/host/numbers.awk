# SPDX-License-Identifier: MIT
# Descriptions -> one line for each hypercall and op that a stub is wanted for:
#   STUB HYPERCALL-NUMBER OP-NUMBER     the op number of a hypercall itself is -
# This reads the text alone; it knows nothing of what the compiler makes of it.
FNR == 1 { away = 0 }
# Interfaces of one architecture are not the host's.
/^interface .* for / { away = 1 }
away { next }
/^ *hypercall / {
    number = $4
    call = $2
    base = call
    sub(/_op$/, "", base)
    print "hc_" call, number, "-"
}
/^ *op [A-Za-z0-9_]+ = [0-9]/ { print "hc_" base "_" $2, number, $4 + 0 }
