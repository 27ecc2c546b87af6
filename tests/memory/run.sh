#!/bin/sh
# SPDX-License-Identifier: MIT
# memory_op in both profiles. Needs the folder of the programs. Gives counts.
# shellcheck disable=SC1091
. tests/count.sh

for profile in x86 ia64; do
    out=$("$1/$profile/memory" 2>&1)
    status=$?
    [ -z "$VERBOSE" ] || echo "$out"
    counts=$(echo "$out" | sed -n 's/^memory: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
    # shellcheck disable=SC2086
    set -- "$1" ${counts:-0 1 0}
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
    if [ "$status" != 0 ] || [ -z "$counts" ]; then
        echo "$out" | tail -n 40
        [ "$3" != 0 ] || failed=$((failed + 1))
    fi
done
echo "memory: $passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
