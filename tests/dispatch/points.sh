#!/bin/sh
# SPDX-License-Identifier: MIT
# Each of the 43 points has a test, or a line that says why not. Sourced by run.sh.
# shellcheck disable=SC2154

# points REASONS LOG...: 1 and the numbers that nobody names.
points()
{
    {
        sed -n 's/^\([0-9][0-9]\) .*/\1/p' "$1"
        shift
        sed -n 's/^ok: open-\([0-9][0-9]\),.*/\1/p; s/^FAILED: open-\([0-9][0-9]\),.*/\1/p' "$@"
    } | sort | uniq -c | awk '
        { seen[$2 + 0] = $1 }
        END { for (n = 1; n <= 43; n++) if (!seen[n]) { print "nothing about " n; bad = 1 } exit bad }'
}

check "each open point has a test, or a reason" points "$here/open.txt" "$out"/*.log
grep -v '^15' "$here/open.txt" >"$out/open.txt"
refuse "an open point without either is seen" points "$out/open.txt" "$out"/*.log
