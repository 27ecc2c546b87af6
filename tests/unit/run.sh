#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh PROGRAM...: run programs made with cmocka, and count.  The last line is
# "unit: N passed, N failed, N skipped".  A test that was announced and neither
# passed nor was skipped has failed, so one that breaks its program counts.
# UNIT_WRAPPER goes before each program (valgrind and its options).

passed=0 failed=0 skipped=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

# count NAME PATTERN: how many lines of the log match.
count()
{
    grep -c "$1" "$log"
}

for program
do
    # shellcheck disable=SC2086  # the wrapper is a program and its options
    CMOCKA_MESSAGE_OUTPUT=stdout ${UNIT_WRAPPER-} "$program" > "$log" 2>&1
    status=$?
    announced=$(sed -n 's/^\[==========\] Running \([0-9]*\) test.*/\1/p' "$log")
    good=$(count '^\[       OK \]')
    left=$(count '^\[  SKIPPED \] [A-Za-z_0-9]*$')
    bad=$((${announced:-0} - good - left))

    # Nothing announced, or all good and yet a failure (a leak, a sanitizer).
    if [ "${announced:-0}" -eq 0 ] || { [ $status -ne 0 ] && [ $bad -eq 0 ]; }
    then
        bad=$((bad + 1))
    fi
    if [ $bad -ne 0 ]
    then
        cat "$log"
    fi
    echo "${program##*/}: $good passed, $bad failed, $left skipped"
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
done

echo "unit: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
