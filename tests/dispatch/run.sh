#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh VARIANT...: all properties on each build, the planted bugs that they
# have to see, and what no program finds by running.
export LC_ALL=C

here=tests/dispatch
out=${BUILD:-build}/tests/dispatch
log=$out/check.log
gcc=${GCC:-gcc}
. tests/count.sh

# harness VARIANT [PROPERTY...]: its failures are told one by one.
harness()
{
    harness_variant=$1
    shift
    case $harness_variant in
    *compat*) harness_guest=$out/layouts-x86_32.txt ;;
    *) harness_guest=$out/layouts-host.txt ;;
    esac
    timeout 60 "$out/harness-$harness_variant" "$out/layouts-host.txt" "$harness_guest" $here/cases-*.txt -- "$@"
}

# Each line of the harness counts.
properties()
{
    VERBOSE=1 harness "$1" >"$out/$1.log" 2>&1
    properties_status=$?
    properties_line=$(sed -n 's/^\([0-9]* passed, [0-9]* failed\)$/\1/p' "$out/$1.log")
    if [ -z "$properties_line" ]; then
        fail "$1: ended early, with status $properties_status"
        tail -n 20 "$out/$1.log"
        return
    fi
    passed=$((passed + ${properties_line%% *}))
    properties_failed=${properties_line#* passed, }
    failed=$((failed + ${properties_failed%% *}))
    grep '^FAILED' "$out/$1.log" | sed "s/^FAILED/FAILED: $1/" | head -n "${LINES_SHOWN:-40}"
    [ -z "$VERBOSE" ] || grep '^ok' "$out/$1.log"
}

for variant in "$@"; do
    properties "$variant"
done
case " $* " in
*clang*) ;;
*) skip "no clang: its builds" ;;
esac

. $here/points.sh
. $here/images.sh
. $here/links.sh
. $here/built.sh
. $here/described.sh
. $here/twins.sh
. $here/memcheck.sh
totals dispatch
