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

# numbers HEADER FIRST LAST: those that the head of hv-impl/HEADER lists from a line with
# FIRST on to one with LAST, in its columns.
numbers()
{
    awk -v first="$2" -v last="$3" '
        index($0, first) { inside = 1; next }
        inside && index($0, last) { exit }
        inside {
            sub(/^ \*/, "")
            while (match($0, /  [A-H][1-9][0-9]* /)) {
                print substr($0, RSTART + 2, RLENGTH - 3)
                $0 = substr($0, RSTART + RLENGTH - 1)
            }
        }' "hv-impl/$1" | sort -u
}

# all_met HEADER FIRST LAST: each of them was met, and without it something goes wrong;
# and no other was.
all_met()
{
    met_numbers=$(numbers "$@")
    for met in $met_numbers
    do
        wrong_without "$met" && pass "$met of $1 is met" || fail "$met of $1 is met"
    done
    [ -n "$met_numbers" ] || fail "$1 has numbers"
    for met in $(sed -n 's/^[A-Za-z]* without \([A-Z][0-9]*\):.*/\1/p' "$log")
    do
        echo "$met_numbers" | grep -qx "$met" || fail "$met is in the list of $1"
    done
}

# port_gives NUMBER FILE CODE: the simulated machine has what the explorer has of its own
# in place of a port's: CODE stands within a dozen lines after the number.
port_gives()
{
    sed -n "/$1: pairs with/,+12p" "hv-impl/port-host/$2" | grep -q "$3" && pass "$1 is in port-host/$2" ||
        fail "$1 is in port-host/$2"
}
