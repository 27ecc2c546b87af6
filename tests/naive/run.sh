#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh FAST SANITIZED: folders with {x86,ia64}/naive, one of an optimised build.
# Says what was done; the last line counts. NAIVE_OPERATIONS and NAIVE_SEED may be set.

fast=$1
sanitized=$2
# Ten million in all; pages of 16 KiB take longer to clear.
operations_x86=${NAIVE_OPERATIONS:-4000000}
operations_ia64=${NAIVE_OPERATIONS:-1000000}
fresh=${NAIVE_SEED:-$(od -An -N6 -tu8 /dev/urandom | tr -d ' ')}
log=$sanitized/naive.log
. tests/count.sh
. tests/reached.sh

# lists TEXT PROGRAM ARGUMENT...: passes where machine and model agree.
lists()
{
    lists_text=$1
    shift
    if "$@" > "$log" 2>&1
    then
        pass "$lists_text"
        echo "$lists_text: $(tail -n 1 "$log")"
    else
        fail "$lists_text"
        grep -v '^ok' "$log" | tail -n 40
    fi
}

# planted PROFILE BUG: found, in a list of at most ten operations.
planted()
{
    if "$sanitized/$1/naive" bug="$2" operations=1000000 length=1000 interval=1 most=10 > "$log" 2>&1
    then
        pass "$1: $2 is found"
        echo "$1: planted $2: $(grep 'are enough' "$log")"
    else
        fail "$1: '$2' was planted, and is not found in a list of ten operations"
        tail -n 20 "$log"
    fi
}

echo "fresh seed: $fresh"
for profile in x86 ia64
do
    eval "operations=\$operations_$profile"
    lists "$profile: a fixed seed" "$fast/$profile/naive" kinds=1 operations="$operations" length=5000 interval=5000 seed=1
    cp "$log" "$log-$profile"
    lists "$profile: seed $fresh" "$fast/$profile/naive" operations="$operations" length=5000 interval=5000 seed="$fresh"
    lists "$profile: sanitizers" "$sanitized/$profile/naive" operations=20000 length=500 \
        interval=1 seed="$fresh"
    # A pager, and what only PV domains do, are x86's.
    only=
    [ $profile = ia64 ] || only="pager said late"
    for bug in reverse flush leak pin merge status told-in-memory told-in-register told-in-table $only
    do
        planted "$profile" "$bug"
    done
done
reached naive "$log-reached" tests/naive/not-here.list "$log-x86" "$log-ia64"
totals naive
