# SPDX-License-Identifier: MIT
# xen-4.1.awk: the table -> constants that a compiler has to agree with.  What
# is not there is asked one by one, by the script: -v absent=1 lists those.

BEGIN {
    FS = "\t"
    if (!absent) {
        print "#include <stddef.h>\n#include <stdint.h>\n#include <xen.h>"
        print "#include <grant_table.h>\n#include <memory.h>"
    }
}
/^#/ { next }
NF != 4 || $4 !~ /^[HT][0-9]/ { print "#error line " FNR " of the table"; next }
{
    tag = $1
    field = ""
    if (match($1, /\./)) {
        tag = substr($1, 1, RSTART - 1)
        field = substr($1, RSTART + 1)
    }
    if (tag !~ / /)
        tag = "struct " tag
    text = "\"line " FNR ": " $1 "\""
}
$2 == "!" { if (absent) print field ? tag " " field : $1; next }
absent || $2 == "<<" { next }
$2 == "-" { print "_Static_assert(sizeof(" tag ") == " $3 ", " text ");"; next }
$2 == "=" { print "_Static_assert((" $1 ") == (" $3 "), " text ");"; next }
$2 == ":" {
    print "_Static_assert(__builtin_types_compatible_p(__typeof__(" \
          (field ? "((" tag " *)0)->" field : $1) "), " $3 "), " text ");"
    next
}
{
    print "_Static_assert(offsetof(" tag ", " field ") == " $2 ", " text ");"
    print "_Static_assert(sizeof(((" tag " *)0)->" field ") == " $3 ", " text " \" (size)\");"
}
