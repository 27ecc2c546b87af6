#!/bin/sh
# SPDX-License-Identifier: MIT
# Under valgrind each byte that is written to a guest must have been set by
# somebody. Sourced by run.sh, after twins.sh.
# shellcheck disable=SC2154,SC2086

# all_set HARNESS CASES...: no failure, and nothing for valgrind to say.
all_set()
{
    all_set_harness=$1
    shift
    timeout 120 valgrind -q --error-exitcode=1 "$all_set_harness" "$out/layouts-host.txt" \
        "$out/layouts-host.txt" "$@" -- goes-through uninitialised
}

if command -v valgrind >/dev/null && [ -f /usr/include/valgrind/memcheck.h ]; then
    check "nothing that was never set is written (valgrind)" \
        all_set "$out/harness-plain" $here/cases-*.txt
    in_variant plain x86 host
    if twin_built unset memory 's/^    memset(&op, 0, sizeof(op));/    (void)0;/' >"$log" 2>&1; then
        refuse "a structure that nobody filled is seen (valgrind)" \
            all_set "$twins/unset" $here/cases-memory.txt
        grep -q 'Uninitialised byte' "$log" || fail "but not by valgrind"
    else
        fail "the unset twin cannot be built"
    fi
else
    skip "no valgrind"
fi
