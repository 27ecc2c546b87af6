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

# More than any input may need, also where several searches share a processor.
limits='-timeout=20 -rss_limit_mb=1024 -malloc_limit_mb=256'
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1

# ---- seeds ----------------------------------------------------------------------

# join FILE...: several descriptions as one input.
join()
{
    join_between=
    for join_file
    do
        [ -z "$join_between" ] || echo "$join_between"
        cat "$join_file"
        join_between=@@@
    done
}

gather_idl()
{
    cp tests/fuzz/idl-seeds/*.idl "$seeds"
    awk -f tests/fuzz/cut.awk -v folder="$seeds" idl/*.idl
    for gather_path in tests/golden/*.idl
    do
        [ ! -f "$gather_path" ] || cp "$gather_path" "$seeds/golden-${gather_path##*/}"
    done
    for gather_path in tests/golden/*/
    do
        set -- "$gather_path"*.idl
        [ ! -f "$1" ] || join "$@" > "$seeds/golden-$(basename "$gather_path").idl"
    done
}

# Both notations: what is there in one, in the other too, where it can be.
gather_form()
{
    gather_idl
    for gather_path in "$seeds"/*.idl
    do
        build/hcgen convert "$gather_path" > "$seeds/form.yaml" 2> /dev/null &&
            mv "$seeds/form.yaml" "$gather_path.yaml"
    done
    rm -f "$seeds/form.yaml"
    cp tests/yaml/mistakes/*.yaml "$seeds"
}

# gather TARGET: its seeds, in a folder of their own.
gather()
{
    seeds=$work/seeds/$1
    rm -rf "$seeds"
    mkdir -p "$seeds" "$work/$1"
    case $1 in
    idl)  gather_idl ;;
    form) gather_form ;;
    yaml) cp tests/fuzz/yaml-seeds/*.yaml idl/arch/*.yaml idl/flavour/*.yaml "$seeds" ;;
    esac
}

# ---- one target -------------------------------------------------------------------

# Runs in a search of a few seconds; what is planted is found in as many.
runs_of()
{
    case $1 in
    idl)  echo 2000 ;;
    form) echo 5000 ;;
    yaml) echo 20000 ;;
    esac
}

# run PROGRAM ARGUMENT...: with a fuzzer's limits; what it says is in the log.
run()
{
    # shellcheck disable=SC2086  # several options
    "$@" $limits > "$log" 2>&1
}

show_log()
{
    grep -vE '^(#|0x|Base64|INFO|Running|Executed)|NEW_FUNC' "$log" | tail -n 40
}

# Every seed by itself; a program that stops has shown which one it was.
check_seeds()
{
    count=$(find "$seeds" -type f | wc -l)
    # shellcheck disable=SC2046  # names without blanks
    if run "$programs/fuzz-$1" "-artifact_prefix=$work/$1-" $(find "$seeds" -type f | sort) &&
       [ "$(grep -c '^Executed ' "$log")" -eq "$count" ]
    then
        passed=$((passed + count))
        echo "fuzz-$1: $count seeds"
    else
        show_log
        fail "$1: $(grep '^Running: ' "$log" | tail -n 1)"
    fi
}

# search PROGRAM TARGET OPTION...: from the seeds, and what is found is dropped.
search()
{
    program=$programs/$1-$2 dictionary=$programs/$2.dict
    prefix=$work/$1-$2-
    shift 2
    rm -rf "$work/new"
    mkdir -p "$work/new"
    run "$program" "$@" -dict="$dictionary" -max_len=8192 "-artifact_prefix=$prefix" \
        "$work/new" "$seeds"
}

check_search()
{
    if search fuzz "$1" -seed=1 -runs="$2" && grep -q "^Done $2 runs" "$log"
    then
        pass "$1: a search"
        sed -n "s/^Done/fuzz-$1: done/p" "$log"
    else
        show_log
        fail "$1: a search of $2 runs"
    fi
}

# planted TARGET WORD REPORT: the harness says REPORT of an input with the word.
planted()
{
    echo "planted_$2" > "$work/planted"
    if ! run "$programs/planted-$1" "-artifact_prefix=$work/planted-" "$work/planted" &&
       grep -q "$3" "$log"
    then
        pass "$1: $2"
    else
        show_log
        fail "$1: '$2' was planted, and is not seen"
    fi
}

check_planted()
{
    planted "$1" overrun   'AddressSanitizer: heap-buffer-overflow'
    planted "$1" leak      'LeakSanitizer: detected memory leaks'
    planted "$1" undefined 'runtime error: '
    planted "$1" abort     'libFuzzer: deadly signal'
    limits="$limits -timeout=2"
    planted "$1" hang      'libFuzzer: timeout'
    limits="${limits% -timeout=2} -rss_limit_mb=400"
    planted "$1" memory    'libFuzzer: out-of-memory'
    limits=${limits% -rss_limit_mb=400}
    # No seed has a word that is planted: only a search gets there.
    rm -f "$work"/planted-*
    if ! search planted "$1" -seed=1 -runs="$2" && grep -aq planted_ "$work"/planted-*
    then
        pass "$1: planted, and found"
    else
        show_log
        fail "$1: what is planted is not found in $2 runs"
    fi
}

# What was found last time is a seed, too.
long_search()
{
    # shellcheck disable=SC2086
    if run "$programs/fuzz-$1" -max_total_time="$2" -dict="$programs/$1.dict" \
           -max_len=8192 "-artifact_prefix=$work/$1-" "$work/$1" "$seeds"
    then
        pass "$1: a search"
        sed -n "s/^Done/fuzz-$1: done/p" "$log"
    else
        show_log
        fail "$1: see $work/$1-*"
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
        long_search "$target" "$seconds"
        ;;
    esac
done
totals fuzz
