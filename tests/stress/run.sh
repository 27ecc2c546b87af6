#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER SECONDS: stress for each profile; a mistake that only shows beside others.
folder=$1
seconds=$2
log=$folder/stress.log
. tests/count.sh

for profile in x86 ia64
do
    check "$profile: $seconds seconds" "$folder/$profile/stress" "$seconds"
    sed -n 's/^seed/'$profile': seed/p; s/^passed/'$profile'/p' "$log"
done
totals stress
