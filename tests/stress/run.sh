#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER SECONDS: stress for each profile; a mistake that only shows beside others; and
# mistakes that are planted, which are found in a minute.
folder=$1
seconds=$2
log=$folder/stress.log
. tests/count.sh

for profile in x86 ia64
do
    check "$profile: $seconds seconds" "$folder/$profile/stress" "$seconds"
    sed -n 's/^seed/'$profile': seed/p; s/^passed/'$profile'/p' "$log"
done

while read -r mistake says
do
    if "$folder/x86/stress" 60 1 "$mistake" >"$log" 2>&1; then
        fail "$mistake is found: $says"
    elif grep -q 'Sanitizer' "$log"; then
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
