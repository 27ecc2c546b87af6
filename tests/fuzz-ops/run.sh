#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh check PROGRAMS            seeds, random inputs, what is planted
# run.sh search PROGRAMS SECONDS   a search with libFuzzer that keeps what it finds
#
# PROGRAMS/{x86,ia64}/fuzz-ops. What breaks one is left in build/fuzz/, and
# "PROGRAMS/x86/fuzz-ops FILE" does it again. The last line counts.

command=$1
programs=$2
seconds=$3
work=build/fuzz
mkdir -p "$work"
log=$work/log-ops
. tests/count.sh

# Inputs that are the same each time; the one that breaks it is kept.
random_inputs()
{
    left=$work/ops-$1-last
    if "$programs/$1/fuzz-ops" runs="$2" seed=1 left="$left" > "$log" 2>&1
    then
        pass "$1: $2 random inputs"
        rm -f "$left"
    else
        tail -n 30 "$log"
        fail "$1: see $left"
    fi
}

seeds()
{
    if "$programs/$1/fuzz-ops" tests/fuzz-ops/seeds/* > "$log" 2>&1
    then
        pass "$1: seeds"
    else
        tail -n 30 "$log"
        fail "$1: $(grep '^Running: ' "$log" | tail -n 1)"
    fi
}

# A mistake in the hypervisor, or a frame that it tells, and the input that shows it shows it
# again: planted PROFILE VARIABLE=NUMBER WHAT.
planted()
{
    left=$work/ops-$1-$2
    if env "$2" "$programs/$1/fuzz-ops" runs=200 seed=1 left="$left" > "$log" 2>&1 ||
       env "$2" "$programs/$1/fuzz-ops" "$left" > "$log" 2>&1 ||
       ! "$programs/$1/fuzz-ops" "$left" > "$log" 2>&1
    then
        fail "$1: $3 was planted, and is not seen, or is seen where it is not"
    else
        pass "$1: $3 is found, and its input fails again"
    fi
}

# The exit status tells; what is found stays in the folder as a seed.
search()
{
    mkdir -p "$work/ops-$1"
    if "$programs/$1/fuzz-ops-search" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
           -rss_limit_mb=2048 -artifact_prefix="$work/ops-$1-" "$work/ops-$1" \
           tests/fuzz-ops/seeds > "$log" 2>&1
    then
        pass "$1: a search"
        sed -n "s/^Done/fuzz-ops $1: done/p" "$log"
    else
        grep -vE '^(#|0x|Base64|INFO|Running|Executed)|NEW_FUNC' "$log" | tail -n 30
        fail "$1: see $work/ops-$1-*"
    fi
}

for profile in x86 ia64
do
    case $command in
    check)
        seeds "$profile"
        random_inputs "$profile" 60
        planted "$profile" FUZZ_OPS_BUG=4 "a pin that is kept"
        planted "$profile" FUZZ_OPS_LEAK=1 "a frame number in memory"
        planted "$profile" FUZZ_OPS_LEAK=2 "a frame number in a register"
        planted "$profile" FUZZ_OPS_LEAK=3 "a frame number in a shared frame"
        ;;
    search)
        search "$profile"
        ;;
    esac
done
totals fuzz-ops
