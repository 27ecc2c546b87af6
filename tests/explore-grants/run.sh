#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says of grant tables.
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

# Each number of grant-table.h that is explored was met, and without it something goes wrong.
for label in E1 E2 E3 E4 D1 D2 D3 D4
do
    grep -q "^ \*    .*$label " hv-impl/grant-table.h && grep -q "^ok without $label: wrong in" "$log" &&
        pass "$label of grant-table.h is met" || fail "$label of grant-table.h is met"
done

# One that is found is explained, step by step.
"$out/explore" E4 > "$out/explained" 2>&1
grep -q 'WEAKENED' "$out/explained" && grep -q 'WRONG: ' "$out/explained" &&
    pass "a counterexample is printed" || fail "a counterexample is printed"

totals explore-grants
