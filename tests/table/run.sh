#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the tests of the table, as they were compiled: run.sh VARIANT...  Each with a
# fixed seed and a fresh one.
log=$TABLE/run.log
. tests/count.sh

fresh=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
for variant; do
    for seed in 1 "$fresh"; do
        if "$TABLE/table-$variant" -s "$seed" >"$log" 2>&1; then
            passed=$((passed + $(sed -n 's/^\([0-9]*\) passed, 0 failed$/\1/p' "$log")))
        else
            fail "table-$variant -s $seed"
            tail -n 12 "$log"
        fi
    done
done
command -v "$CLANG" >/dev/null || skip "clang, and with it the table over 16 KiB granules"
[ "$failed" -eq 0 ] || echo "the fresh seed was $fresh"
totals table
