#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh check   instructions (counted by callgrind) against tests/bench/ceilings
# run.sh all     the same, and milliseconds, which are printed and gate nothing
# run.sh update  write the instructions counted now to tests/bench/ceilings
#
# Needs build/hcgen, generated/, and build/tests/bench/timer for milliseconds.
# What dispatchers cost is in dispatch/.

hcgen=build/hcgen
work=build/tests/bench
ceilings=tests/bench/ceilings
log=$work/log
. tests/count.sh
. tests/bench/dispatch/table.sh

mkdir -p "$work"
for ops in 1000 10000
do
    awk -f tests/bench/synthesize.awk -v ops=$ops > "$work/$ops.idl"
done

# ---- instructions -------------------------------------------------------------

# count ARGUMENT...: how many instructions hcgen takes.
count()
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$hcgen" "$@" 2>&1 >/dev/null |
        sed -n 's/,//g; s/.*refs: *//p'
}

count_all()
{
    echo "check $(count check idl)"
    echo "layout $(count layout shared_info idl)"
    echo "ops-1000 $(count check "$work/1000.idl" --tables=idl)"
    echo "ops-10000 $(count check "$work/10000.idl" --tables=idl)"
    count_generated
}

# number NAME FILE: what the file says of it.
number()
{
    awk -v name="$1" '$1 == name { print $2 }' "$2"
}

# below CEILINGS COUNTED: each number is at most 15 % more than what it was.
below()
{
    awk '!/^#/ && NR == FNR { was[$1] = $2; next }
         /^#/ { next }
         { seen++; most = int(was[$1] * 1.15) }
         $2 + 0 == 0 || $2 > most {
             bad++
             print $1 ": " $2 " instructions, " most " is the most"
         }
         END { exit bad || seen != length_of(was) }
         function length_of(list, n, i) { for ( i in list ) n++; return n }' "$1" "$2"
}

# linear COUNTED: ten times as many ops cost about ten times as much.
linear()
{
    awk '{ cost[$1] = $2 }
         END {
             ratio = cost["ops-1000"] ? cost["ops-10000"] / cost["ops-1000"] : 99
             printf "10000 ops cost %.1f times as much as 1000\n", ratio
             exit ratio > 11
         }' "$1"
}

# Each gate turns red where it must.
check_twins()
{
    awk '/^ops-10000 / { $2 = int($2 / 1.2) } { print }' "$work/counted" > "$work/low"
    refuse "a ceiling that is too low is seen" below "$work/low" "$work/counted"
    grep -v '^layout ' "$work/counted" > "$work/few"
    refuse "a number that was not counted is seen" below "$ceilings" "$work/few"
    sed 's/^layout .*/layout/' "$work/counted" > "$work/none"
    refuse "a run that counted nothing is seen" below "$ceilings" "$work/none"
    awk '/^ops-10000 / { $2 = $2 * 1.2 } { print }' "$work/counted" > "$work/square"
    refuse "a cost that is not linear is seen" linear "$work/square"
}

check_instructions()
{
    if ! scripts/need valgrind valgrind
    then
        skip "instructions: valgrind is missing"
        return
    fi
    for ops in 1000 10000
    do
        check "$ops ops have nothing wrong with them" \
            silent "$hcgen" check "$work/$ops.idl" --tables=idl
    done
    check "idl has nothing wrong with it" silent "$hcgen" check idl
    count_all > "$work/counted"
    while read -r name counted
    do
        echo "$name: $counted instructions, $(number "$name" "$ceilings") when last written down"
    done < "$work/counted"
    check "instructions stay below their ceilings" below "$ceilings" "$work/counted"
    check "the cost is linear in the number of ops" linear "$work/counted"
    linear "$work/counted"
    check_twins
    check_dispatch
}

# Neither an error nor a warning, and a good end.
silent()
{
    "$@" > "$work/words" 2>&1
    silent_status=$?
    cat "$work/words"
    [ $silent_status -eq 0 ] && [ ! -s "$work/words" ]
}

# ---- milliseconds ----------------------------------------------------------------

# time_of RUNS GOAL TEXT PROGRAM...: printed, beside what we want it to be.
time_of()
{
    time_runs=$1 time_goal=$2 time_text=$3
    shift 3
    if "$work/timer" "$time_runs" "$@" > "$work/times" 2> "$log"
    then
        pass "$time_text"
        awk -v text="$time_text" -v goal="$time_goal" -v runs="$time_runs" '
            { median[$1] = $2; least[$1] = $3 }
            END {
                printf "%-34s %8.2f ms (least %.2f; processor %.2f, least %.2f)", text,
                    median["wall"], least["wall"], median["processor"], least["processor"]
                printf goal ? ", goal %s\n" : "\n", goal
            }' "$work/times"
    else
        fail "$time_text"
        head -n 8 "$log"
    fi
}

# A tree of its own, so that nothing here is touched.
copy_tree()
{
    tree=$work/tree
    rm -rf "$tree"
    mkdir -p "$tree"
    tar cf - --exclude=./build --exclude=./.git . | tar xf - -C "$tree"
}

edit_description()
{
    sed "s|^///.*|& ($1)|;" idl/pmt.idl > "$tree/idl/pmt.idl"
}

milliseconds()
{
    uptime | sed 's/.*load/load/'
    time_of 200 "" "an empty process" true
    time_of 200 5 "check idl/" "$hcgen" check idl
    time_of 200 5 "layout shared_info" "$hcgen" layout shared_info idl
    time_of 20 "" "check 1000 ops" "$hcgen" check "$work/1000.idl" --tables=idl
    time_of 10 300 "check 10000 ops" "$hcgen" check "$work/10000.idl" --tables=idl
    copy_tree
    unset MAKEFLAGS MAKELEVEL MFLAGS
    time_of 1 10000 "make, from clean" make -s -C "$tree"
    time_of 20 50 "make, nothing to do" make -s -C "$tree"
    edit_description edited
    time_of 1 1000 "make, a description edited" make -s -C "$tree"
    time_dispatch
    check "the edit reached the header" grep -q '(edited)' \
        "$tree/generated/x86/xen-4.17/include/public/pmt.h"
}

case $1 in
update)
    {
        echo '# Instructions when last written down ("make bench-update"); 15 % more is too many.'
        count_all
    } > "$ceilings"
    cat "$ceilings"
    exit 0
    ;;
all)
    milliseconds
    ;;
esac
check_instructions
# The table of hv-impl has a program of its own; what it counts is added.
tests/bench/table/run.sh "$1" > "$work/table.out" 2>&1
sed "\$d" "$work/table.out"
while read -r name table_passed _ table_failed _ table_skipped _
do
    [ "$name" = bench-table: ] || continue
    passed=$((passed + table_passed)) failed=$((failed + ${table_failed}))
    skipped=$((skipped + table_skipped)) table_said=yes
done < "$work/table.out"
[ "$table_said" = yes ] || fail "the table is measured"
totals bench
