#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER SECONDS [SMALL SECONDS]: stress for each profile; the same in SMALL, where the
# levels of tables are a few pages each; a mistake that only shows beside others; and mistakes
# that are planted, which are found in a minute.
# run.sh small SMALL SECONDS OPERATIONS: that of SMALL alone, and so many operations beside the
# naive model.
. tests/count.sh

# stressed FOLDER SECONDS HOW: both profiles.
stressed()
{
    for profile in x86 ia64
    do
        check "$profile$3: $2 seconds" "$1/$profile/stress" "$2"
        sed -n 's/^seed/'"$profile$3"': seed/p; s/^passed/'"$profile$3"'/p' "$log"
    done
}

# levels FOLDER TEXT: what its tables have.
levels()
{
    for profile in x86 ia64
    do
        [ "$("$1/$profile/stress" levels)" = "$2" ] || return 1
    done
}
small='2^6, 2^3'

if [ "$1" = small ]
then
    log=$2/stress.log
    check "levels are small" levels "$2" "$small"
    stressed "$2" "$3" ", small levels"
    for profile in x86 ia64
    do
        check "$profile, small levels: $4 operations" "$2/$profile/naive" operations="$4" length=500 interval=1
        grep 'operations in .* lists' "$log"
    done
    totals stress-small
    exit
fi

folder=$1
log=$folder/stress.log
stressed "$folder" "$2" ''
if [ -n "$3" ]
then
    check "levels are small" levels "$3" "$small"
    refuse "levels that are not small are seen" levels "$folder" "$small"
    stressed "$3" "$4" ", small levels"
fi

# Not where races are looked for: that a word is freed already is another's to see.
case $folder in *-thread*) totals stress; exit ;; esac

while read -r mistake says
do
    if "$folder/x86/stress" 60 1 "$mistake" >"$log" 2>&1; then
        fail "$mistake is found: $says"
    elif grep -q 'Sanitizer\|runtime error: ' "$log"; then
        pass "$mistake is found: $says"
    else
        fail "$mistake is found: not for a reason that is known"
        tail -n 5 "$log"
    fi
done <<MISTAKES
VIEWER windows of who is dying outlive the table
RECORD a loan is looked at when its lender has ended it
MISTAKES
totals stress
