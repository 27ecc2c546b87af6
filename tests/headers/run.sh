#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh X86-CANDIDATE [IA64-CANDIDATE [GUEST-STUBS]]
#
# All checks of generated public headers; see README.md.
. tests/headers/lib.sh

x86=$1
ia64=$2
stubs=$3

# How many views there have to be.  The #if lines of the reference name 15
# interface versions.  Each is looked at and the one below it: 30, of which 6
# are themselves named (3.2.1 to 3.2.5 and 3.2.9, each one below the next).
# "> 4.6" needs the one above as well: 25 versions, and the latest: 26.
#   an architecture: tools, hypervisor, guest with no version, 26 guests    29
#   m64 and m32                                                             58
#   the same as assembly                                                   116
#   c99, ansi, ansi without gnu, c++, two of arm64, no architecture        123
# Each of the 64 views of C is 4 headers by macros, tokens and order; each of
# the 58 of assembly is xen.h alone; no architecture is one message; and each
# header's text has a guard, markers and versions:
#   64 * 4 * 3 + 58 * 3 + 1 + 4 * 3                                        955
views=123
comparisons=955
# ia64 names the same 15 versions (arch-ia64.h has 3.2.1, too): 26 versions.
#   tools, hypervisor, no version, 26 guests: 29, the same as assembly      58
#   29 * 4 * 3 + 29 * 3 + 4 * 3                                            447
ia64_views=58
ia64_comparisons=447

# part NAME COMMAND...: run it, show what it says, add what it counts.
part()
{
    part_name=$1
    shift
    "$@" >"$build/$part_name.out" 2>&1
    part_status=$?
    cat "$build/$part_name.out"
    part_line=$(tail -n 1 "$build/$part_name.out")
    # shellcheck disable=SC2046
    set -- $(echo "$part_line" | sed -n \
        's/^[a-z]*: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
    if [ $# -ne 3 ]; then
        fail "$part_name: ended without a count (exit $part_status)"
        return
    fi
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
    [ $part_status -eq 0 ] || [ "$2" -gt 0 ] ||
        fail "$part_name: exit $part_status"
}

[ -f "$reference/xen.h" ] || stop "no $reference/xen.h (package libxen-dev)"
[ -f "$x86/xen.h" ] || stop "no headers in '$x86'"
mkdir -p "$build"

overlay "$build/x86" "$x86"
part compare "$build/compare" --views $views --comparisons $comparisons \
    "$reference" "$build/x86"
if [ -n "$ia64" ]; then
    ia64_reference "$build/ia64-reference" "$ia64"
    overlay "$build/ia64" "$ia64"
    part compare-ia64 "$build/compare" --ia64 --views $ia64_views \
        --comparisons $ia64_comparisons "$build/ia64-reference" "$build/ia64"
fi
part layout sh "$here/layout.sh" "$x86" "$ia64"
part accept sh "$here/accept.sh" "$x86" "$ia64"
part damage sh "$here/damage.sh" "$x86" "$ia64"
[ -z "$stubs" ] || part consume sh "$here/consume/run.sh" "$x86" "$stubs"

total=$(sed -n 's/^views: \([0-9]*\) .*/\1/p' "$build"/compare*.out |
        awk '{ n += $1 } END { print n + 0 }')
echo "headers compared in $total views"
totals headers
