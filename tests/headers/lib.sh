# SPDX-License-Identifier: MIT
# Counting, and folders that are complete: sourced by the scripts here.
# Gives: here, build, reference, ia64_cc, clang, and the functions below.
# shellcheck disable=SC2034,SC2015

here=tests/headers
build=${BUILD:-build/tests/headers}
reference=${XEN_HEADERS:-/usr/include/xen}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
clang=${CLANG:-clang-14}

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

# check TEXT COMMAND...: the command's own words are shown if it fails.
check()
{
    check_text=$1
    shift
    if "$@" >"$build/check.log" 2>&1; then
        pass "$check_text"
    else
        fail "$check_text"
        head -n 6 "$build/check.log"
    fi
}

totals()
{
    echo "$1: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

stop()
{
    echo "headers: $1" >&2
    exit 2
}

# overlay FOLDER CANDIDATE: all of the reference, the candidate's headers on
# top.  Copies, not links: the headers include each other by relative paths.
overlay()
{
    rm -rf "$1"
    mkdir -p "$1"
    cp -R "$reference/." "$1/" && cp "$2"/*.h "$1/" ||
        stop "cannot lay $2 over $reference"
}

# What the ia64 folder is compared with: the reference, and the one branch that
# knows ia64, with the candidate's file behind it.
ia64_reference()
{
    rm -rf "$1"
    mkdir -p "$1"
    cp -R "$reference/." "$1/" && cp "$2/arch-ia64.h" "$1/" ||
        stop "no arch-ia64.h in $2"
    awk '/^#error "Unsupported architecture"/ && !done { done = 1 }
         /^#else/ && !branch {
             print "#elif defined(__ia64__)"
             print "#include \"arch-ia64.h\""
             branch = 1
         }
         { print }' "$reference/xen.h" >"$1/xen.h"
}
