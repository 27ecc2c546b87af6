#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says, and whether it can be wrong.
out=$1
log=$out/log
. tests/count.sh
. tests/explore/said.sh

said

# Each number of the contract was met, and without it something goes wrong.
all_met pmt.h ' 6. BARRIERS' ' 7. RACES'

# The same with larger frames.
"$out/frames/explore" scenarios > "$out/frames/log" 2>&1 && grep -q '^ok scenario' "$out/frames/log" &&
    pass "nor with leaves that share a frame" || fail "nor with leaves that share a frame"

# Mistakes in the order of the code are found, too, and only by the scenarios.
for mistake in publish-early top-early top-first dir-first leaf-kept reverse-first
do
    "$out/$mistake/explore" scenarios > "$out/$mistake/log" 2>&1
    grep -q '^FAIL scenario' "$out/$mistake/log" && pass "$mistake is found" || fail "$mistake is found"
done

# A lookup finds them, and not only the audit when all is over.
for mistake in dir-first leaf-kept
do
    grep -q 'WRONG: page' "$out/$mistake/log" && pass "a lookup finds $mistake" ||
        fail "a lookup finds $mistake"
done

port_gives C2 tlb.c "port_fence()"

explained A3

totals explore
