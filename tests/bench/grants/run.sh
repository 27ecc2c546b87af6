#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh: grants and flips per second, on the simulated machine without its checks; with
# and without the functions that look ahead.
work=build/tests/bench/grants
here=tests/bench/grants
mkdir -p "$work"
make -s build/tests/dispatch/headers-x86 || exit
flags="-std=gnu11 -O2 -g -D_GNU_SOURCE -pthread -DPORT_QUICK -w -I hv-impl -I hv-impl/port-host -I guest-impl
       -I generated/host/guest -I build/tests/dispatch/include-x86 -I generated/x86/hv"
common=
ahead=
alone=
for source in generated/x86/hv/hd-grant_table.c generated/x86/hv/hd-memory.c generated/x86/hv/hd-pmt.c \
    hv-impl/*.c hv-impl/port-host/*.c $here/*.c
do
    case $source in hv-impl/dom0vp* | hv-impl/*-ia64.c) continue ;; esac
    object=$work/$(echo "$source" | tr / -).o
    # shellcheck disable=SC2086
    ${CC:-gcc} $flags -iquote "$(dirname "$source")" -c -o "$object" "$source" || exit
    case $source in
    hv-impl/*-ahead.c) ahead="$ahead $object" ;;
    */alone.c)         alone="$alone $object" ;;
    *)                 common="$common $object" ;;
    esac
done
# shellcheck disable=SC2086
${CC:-gcc} -pthread -o "$work/ahead" $common $ahead || exit
# shellcheck disable=SC2086
${CC:-gcc} -pthread -o "$work/alone" $common $alone || exit
printf 'what\tbatch\tprocessors\tahead\tthousands_per_second\tratio\n'
for scale in hot cold
do
    "$work/ahead" $scale yes || exit
    "$work/alone" $scale no || exit
done
