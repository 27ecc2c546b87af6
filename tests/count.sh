# SPDX-License-Identifier: MIT
# Counting, for the scripts of a test folder: set log to a file before sourcing
# this.  With VERBOSE set, what passes is told, too.
# shellcheck disable=SC2034,SC2154

passed=0
failed=0
skipped=0

pass()
{
    passed=$((passed + 1))
    [ -z "$VERBOSE" ] || echo "ok: $1"
}

fail()
{
    failed=$((failed + 1))
    echo "FAILED: $1"
}

# Under CI nothing may be left out.
skip()
{
    if [ "$CI" = true ]; then
        fail "$1 (left out, and CI allows no skip)"
    else
        skipped=$((skipped + 1))
        echo "SKIPPED: $1"
    fi
}

# check TEXT COMMAND...: passes where the command does; its words are shown if not.
check()
{
    check_text=$1
    shift
    if "$@" >"$log" 2>&1; then
        pass "$check_text"
    else
        fail "$check_text"
        head -n 8 "$log"
    fi
}

# refuse TEXT COMMAND...: passes where the command fails with status 1, the
# status of a difference that was found; a command that cannot run is no proof.
refuse()
{
    refuse_text=$1
    shift
    "$@" >"$log" 2>&1
    refuse_status=$?
    if [ "$refuse_status" -eq 1 ]; then
        pass "$refuse_text"
    else
        fail "$refuse_text (status $refuse_status, 1 is expected)"
        head -n 8 "$log"
    fi
}

# totals NAME: the last line, and the exit status.
totals()
{
    echo "$1: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
