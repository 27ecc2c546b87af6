#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh check TARGET...           seeds, a short search, what is planted
# run.sh search SECONDS TARGET...  a search that keeps what it finds
#
# The programs are build/san/fuzz/fuzz-TARGET and planted-TARGET.  What breaks
# one is left in build/fuzz/, and the last line counts.

programs=build/san/fuzz
work=build/fuzz
log=$work/log
. tests/count.sh


# More than any input may need; a search alone on a machine takes a fraction.
limits='-timeout=20 -rss_limit_mb=1024 -malloc_limit_mb=256 -print_final_stats=0'
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

# gather TARGET: its seeds, in $work/seeds/TARGET.
gather()
{
    seeds=$work/seeds/$1
    rm -rf "$seeds"
    mkdir -p "$seeds" "$work/$1"
    case $1 in
    idl)
        cp tests/fuzz/idl-seeds/*.idl "$seeds"
        awk -f tests/fuzz/cut.awk -v folder="$seeds" idl/*.idl
        if [ -d tests/golden ]
        then
            find tests/golden -name '*.idl' | while read -r file
            do
                cp "$file" "$seeds/$(echo "${file#tests/golden/}" | tr / -)"
            done
        fi
        ;;
    yaml)
        cp tests/fuzz/yaml-seeds/*.yaml idl/arch/*.yaml idl/flavour/*.yaml "$seeds"
        ;;
    esac
}

# run LOG PROGRAM ARGUMENT...: one that a fuzzer's limits hold for.
run()
{
    log=$1
    shift
    # shellcheck disable=SC2086  # several options
    "$@" $limits > "$log" 2>&1
}

# Every seed by itself; a program that stops has shown which one it was.
check_seeds()
{
    count=$(find "$seeds" -type f | wc -l)
    find "$seeds" -type f | sort > "$work/$1.list"
    # shellcheck disable=SC2046  # names without blanks
    if run "$work/$1.log" "$programs/fuzz-$1" "-artifact_prefix=$work/$1-" \
           $(cat "$work/$1.list")
    then
        done=$(grep -c '^Executed ' "$work/$1.log")
        [ "$done" -eq "$count" ] || fail "$1: $done of $count seeds were run"
        passed=$((passed + done))
        echo "fuzz-$1: $done seeds"
    else
        tail -n 30 "$work/$1.log"
        fail "$1: $(grep '^Running: ' "$work/$1.log" | tail -n 1)"
    fi
}

# search PROGRAM TARGET OPTION...: from the seeds, into an empty folder.
search()
{
    program=$1 target=$2
    shift 2
    rm -rf "$work/new"
    mkdir -p "$work/new"
    run "$work/$target.log" "$programs/$program-$target" "$@" \
        -dict="$programs/$target.dict" -max_len=8192 \
        "-artifact_prefix=$work/$program-$target-" "$work/new" "$seeds"
}

check_search()
{
    if search fuzz "$1" -seed=1 -runs="$2" && grep -q "^Done $2 runs" "$work/$1.log"
    then
        pass "$what"
        sed -n "s/^Done/fuzz-$1: done/p" "$work/$1.log"
    else
        tail -n 30 "$work/$1.log"
        fail "$1: a search of $2 runs"
    fi
}

# planted TARGET WORD REPORT: the harness says REPORT of an input with the word.
planted()
{
    echo "planted_$2" > "$work/planted"
    if ! run "$work/planted.log" "$programs/planted-$1" -timeout=2 -rss_limit_mb=400 \
            "-artifact_prefix=$work/planted-" "$work/planted" &&
       grep -q "$3" "$work/planted.log"
    then
        pass "$what"
    else
        tail -n 30 "$work/planted.log"
        fail "$1: '$2' was planted, and is not seen"
    fi
}

check_planted()
{
    planted "$1" overrun   'AddressSanitizer: heap-buffer-overflow'
    planted "$1" leak      'LeakSanitizer: detected memory leaks'
    planted "$1" hang      'libFuzzer: timeout'
    planted "$1" memory    'libFuzzer: out-of-memory'
    planted "$1" undefined 'runtime error: '
    planted "$1" abort     'libFuzzer: deadly signal'
    # Not even the word is known here: only a search gets there.
    if ! search planted "$1" -seed=1 -runs="$2" && grep -q ' in .*plant' "$work/$1.log"
    then
        pass "$what"
    else
        tail -n 5 "$work/$1.log"
        fail "$1: what is planted is not found in $2 runs"
    fi
}

runs_of()
{
    case $1 in
    idl)  echo 4000 ;;
    yaml) echo 20000 ;;
    esac
}

# Seconds are for the whole of one target; what it found last time is a seed too.
long_search()
{
    mkdir -p "$work/$2"
    # shellcheck disable=SC2086
    if "$programs/fuzz-$2" -max_total_time="$1" -dict="$programs/$2.dict" -max_len=8192 \
           $limits "-artifact_prefix=$work/$2-" "$work/$2" "$seeds" > "$work/$2.log" 2>&1
    then
        pass "$what"
        sed -n "s/^Done/fuzz-$2: done/p" "$work/$2.log"
    else
        grep -vE '^(#|\s*NEW_FUNC|Dictionary)' "$work/$2.log" | tail -n 40
        fail "$2: see $work/$2.log and $work/$2-*"
    fi
}

command=$1
shift
[ "$command" != search ] || { seconds=$1; shift; }
for target
do
    gather "$target"
    case $command in
    check)
        check_seeds "$target"
        check_search "$target" "$(runs_of "$target")"
        check_planted "$target" "$(runs_of "$target")"
        ;;
    search)
        long_search "$seconds" "$target"
        ;;
    esac
done
echo "fuzz: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
