#!/bin/sh
# SPDX-License-Identifier: MIT
# check.sh NAME...: run 'make check-NAME' for each, one after the other, and add
# up what their last lines count. A check that ends without a count has failed;
# under CI=true a skip is a failure.
logs=build/check
mkdir -p "$logs"
passed=0 failed=0 skipped=0 red=

names=$*
for name in $names; do
    printf '%-12s' "$name"
    start=$(date +%s)
    "${MAKE:-make}" --no-print-directory "check-$name" > "$logs/$name.log" 2>&1
    status=$?
    line=$(tail -n 1 "$logs/$name.log")
    # shellcheck disable=SC2046
    set -- $(printf '%s\n' "$line" | sed -n \
        's/^[a-z0-9-]*: \([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p')
    if [ $# -ne 3 ]; then
        set -- 0 1 0
        line="$name: ended without a count (exit status $status)"
    elif [ $status -ne 0 ] && [ "$2" -eq 0 ]; then
        set -- "$1" 1 "$3"
        line="$line, but exit status $status"
    fi
    [ "${CI:-}" = true ] && [ "$3" -gt 0 ] && set -- "$1" $(($2 + $3)) 0
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    printf '%4ss  %s\n' $(($(date +%s) - start)) "${line#*: }"
    grep -E '^(views|headers compared|damaged headers|expectations on|ops shown|mutations|.*SKIPPED)' "$logs/$name.log" | sed 's/^/              /'
    if [ "$2" -gt 0 ]; then
        red="$red $name"
        grep -E 'FAIL|error:|Error' "$logs/$name.log" | head -n 20 | sed 's/^/              /'
    fi
done

[ -z "$red" ] || echo "failed:$red (see build/check/NAME.log)"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
