# SPDX-License-Identifier: MIT
# For the scripts of both explorers, behind tests/count.sh; the program is in $out, and
# what it says is in $log.
# shellcheck disable=SC2154

# said: each line of the program is a check.
said()
{
    "$out/explore" > "$log" 2>&1
    while read -r verdict text
    do
        case $verdict in
        ok) pass "$text" ;;
        FAIL) fail "$text" ;;
        esac
    done < "$log"
    grep -q '^ok scenario' "$log" || fail "there are scenarios"
}

# wrong_without LABEL: the barrier was met, and without it something goes wrong.
wrong_without()
{
    grep -q "^ok without $1: wrong in" "$log"
}

# explained LABEL: a counterexample is told step by step.
explained()
{
    "$out/explore" "$1" > "$out/explained" 2>&1
    grep -q 'WEAKENED' "$out/explained" && grep -q 'WRONG: ' "$out/explained" &&
        pass "a counterexample is printed" || fail "a counterexample is printed"
}
