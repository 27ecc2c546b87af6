#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh [TEST...]: the command line, from outside.  Without names it runs all
# tests, and for each command and each option that --help lists there has to be
# one: test_command_NAME, test_option_NAME.  Run it from the top.
#   HCGEN    the compiler (build/hcgen)
#   CLI_OUT  where json and full.so are (build/tests/cli)
# The last line is "cli: N passed, N failed, N skipped".

here=$(dirname "$0")
top=$(pwd)
HCGEN=$(realpath "${HCGEN:-build/hcgen}")
CLI_OUT=$(realpath "${CLI_OUT:-build/tests/cli}")
LC_ALL=C
export HCGEN CLI_OUT LC_ALL
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

parts=$(echo "$here"/test-*.sh)
# shellcheck source=/dev/null
. "$here/lib.sh"
for part in $parts
do
    # shellcheck source=/dev/null
    . "$part"
done

# What --help lists, as the tests are called.
listed()
{
    "$HCGEN" --help 2> "$scratch/err" |
        sed -n 's/^  --\([a-z][a-z-]*\).*/option_\1/p; s/^  \([a-z][a-z]*\) .*/command_\1/p'
}

names=$*
if [ $# -eq 0 ]
then
    # shellcheck disable=SC2086  # several files
    names=$( { sed -n 's/^test_\([a-z0-9_]*\)()$/\1/p' $parts
               listed; } | sort -u)
fi

passed=0 failed=0 skipped=0
for name in $names
do
    mkdir "$scratch/$name"
    if ! command -v "test_$name" > "$scratch/err"
    then
        echo "$name: --help lists it, and no test has it"
        failed=$((failed + 1))
        continue
    fi
    # Each in a shell of its own: it changes the folder, and exits.
    (cd "$scratch/$name" && "test_$name") > "$scratch/log" 2>&1
    status=$?
    case $status in
    0)  passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1))
        echo "$name: skipped"
        cat "$scratch/log" ;;
    *)  failed=$((failed + 1))
        echo "$name: failed"
        cat "$scratch/log" ;;
    esac
    rm -rf "${scratch:?}/$name"
done

echo "cli: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
