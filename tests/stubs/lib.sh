#!/bin/sh
# SPDX-License-Identifier: MIT
# Counting, and the folders that the parts share: sourced by run.sh.
# shellcheck disable=SC2034,SC2015

here=tests/stubs
out=${BUILD:-build}/tests/stubs
generated=${1:-generated}
reference=${XEN_HEADERS:-/usr/include/xen}
public=xen-4.17/include/public
linux=${BUILD:-build}/linux-headers/linux
gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
ia64_objdump=${IA64_OBJDUMP:-ia64-linux-gnu-objdump}
warnings="-Wall -Wextra -Wshadow -Wstrict-prototypes -Wdeclaration-after-statement -Werror"

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
    if "$@" >"$out/check.log" 2>&1; then
        pass "$check_text"
    else
        fail "$check_text"
        head -n 8 "$out/check.log"
    fi
}

# refuse TEXT COMMAND...: passes where the command fails with status 1, the
# status of a difference that was found; a command that cannot run is no proof.
refuse()
{
    refuse_text=$1
    shift
    "$@" >"$out/check.log" 2>&1
    refuse_status=$?
    if [ "$refuse_status" -eq 1 ]; then
        pass "$refuse_text"
    else
        fail "$refuse_text (status $refuse_status, 1 is expected)"
        head -n 8 "$out/check.log"
    fi
}

totals()
{
    echo "stubs: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}

# overlay FAMILY: the reference's headers, and the family's on top.  Copies, not
# links: the headers include each other by relative paths.
overlay()
{
    overlay_to=$out/include-$1/xen
    rm -rf "$overlay_to"
    mkdir -p "$overlay_to"
    if ! cp -RL "$reference/." "$overlay_to/" ||
        ! cp "$generated/$1/$public"/*.h "$overlay_to/"; then
        echo "stubs: no headers in $reference or $generated/$1/$public" >&2
        exit 2
    fi
}
