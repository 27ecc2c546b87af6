#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says, and whether it can be wrong.
out=$1
log=$out/log
. tests/count.sh

# Each line of the program is a check.
"$out/explore" > "$log" 2>&1
while read -r verdict text
do
    case $verdict in
    ok) pass "$text" ;;
    FAIL) fail "$text" ;;
    esac
done < "$log"
grep -q '^ok scenario' "$log" || fail "there are scenarios"

# Each number of the contract was met, and without it something goes wrong.
for label in $(sed -n '/6\. BARRIERS/,/7\. RACES/s/^ \*  *\([A-Z][0-9][0-9]*\) .*/\1/p
                       /6\. BARRIERS/,/7\. RACES/s/.*  \([A-Z][0-9][0-9]*\) .*/\1/p' hv-impl/pmt.h | sort -u)
do
    grep -q "^ok without $label: wrong in" "$log" && pass "$label of pmt.h is met" ||
        fail "$label of pmt.h is met"
done

# Mistakes in the order of the code are found, too, and only by the scenarios.
for mistake in publish-early top-early reverse-first
do
    "$out/$mistake/explore" scenarios > "$out/$mistake/log" 2>&1
    grep -q '^FAIL scenario' "$out/$mistake/log" && pass "$mistake is found" || fail "$mistake is found"
done

# One that is found is explained, step by step.
"$out/explore" A3 > "$out/explained" 2>&1
grep -q 'WEAKENED' "$out/explained" && grep -q 'WRONG: ' "$out/explained" &&
    pass "a counterexample is printed" || fail "a counterexample is printed"

totals explore
