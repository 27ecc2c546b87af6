#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh PROGRAMS: PROGRAMS/{x86,ia64}/faults, all of it; then with mistakes planted
# and rules switched off, which has to be seen. The last line counts.

programs=$1
log=$programs/faults.log
. tests/count.sh
. tests/reached.sh

# number NAME FILE: which number a name has there, in the order of the list.
number()
{
    case $1 in
    [a-z]*) sed -n '/^enum hv_bug/,/^}/s/^    HV_BUG_\([A-Z_]*\),.*/\1/p' hv-impl/hv-bug.h |
                grep -n "^$(echo "$1" | tr a-z A-Z)\$" | awk -F: '{ print $1 - 1 }' ;;
    *)      sed -n 's/^    RULE([0-9]*, *\([A-Z_]*\),.*/\1/p' hv-impl/rules.h |
                grep -n "^$1\$" | cut -d: -f1 ;;
    esac
}

# wrong PROFILE WHAT NAME: the program says so, with status 1.
wrong()
{
    wrong_number=$(number "$3")
    if [ -z "$wrong_number" ]
    then
        fail "$1: there is no $2 $3"
        return
    fi
    refuse "$1: $2 $3 is seen" "$programs/$1/faults" "$2=$wrong_number"
}

for profile in x86 ia64
do
    check "$profile: all scenarios" "$programs/$profile/faults"
    tail -n 1 "$log" | sed "s/^/$profile: /"
    cp "$log" "$log-$profile"
    wrong "$profile" bug leak
    wrong "$profile" bug reverse
    [ "$profile" = ia64 ] || wrong x86 bug unfilled
    wrong "$profile" rule UNDO
    wrong "$profile" rule REFERENCE
    wrong "$profile" rule PREPARE
    wrong "$profile" rule BOTH_TABLES
    wrong "$profile" rule RECORD
    refuse "$profile: more faults than are tried are seen" "$programs/$profile/faults" most=3
done
reached faults "$log-reached" tests/faults/not-here.list "$log-x86" "$log-ia64"
totals faults
