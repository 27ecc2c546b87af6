#!/bin/sh
# SPDX-License-Identifier: MIT
# Relations at the edges of their types: generated, compiled, asked; then with
# each of the helpers that look for an overflow made blind.
export LC_ALL=C
here=tests/relations
out=${BUILD:-build}/tests/relations
log=$out/check.log
mkdir -p "$out"
. tests/count.sh

rm -rf "$out/idl" "$out/generated" "$out/include"
cp -R idl "$out/idl"
rm -f "$out/idl/abi.lock"
{
    cat $here/head.idl
    awk -f $here/describe.awk $here/relations.txt
} > "$out/idl/pmt.idl"
awk -v c=1 -f $here/describe.awk $here/relations.txt > "$out/relations.h"
check "relations are a description" "${HCGEN:-build/hcgen}" gen "$out/idl" --output "$out/generated"
mkdir -p "$out/include/xen"
cp -RL "${XEN_HEADERS:-/usr/include/xen}/." "$out/include/xen"
cp "$out"/generated/x86/xen-4.17/include/public/*.h "$out/include/xen"

# build COMPILER HD-FOLDER
build()
{
    "$1" -std=gnu11 -O2 -g -Wall -Wextra -Werror -fsanitize=undefined -fno-sanitize-recover=all \
        -DPORT_DIRECT -idirafter "$out/generated/host/guest" -I "$2" -I hv-impl/port-host -I tests/recorder -I "$out/include" \
        -I "$out/generated/x86/hv" -I "$out" -o "$out/relations" $here/relations.c \
        "$out/generated/x86/hv/hd-pmt.c" tests/recorder/direct.c tests/recorder/domain.c
}

# each NAME: every relation counts.
each()
{
    "$out/relations" > "$out/said" 2>&1
    while read -r word name rest; do
        case $word in
        ok) pass "$1: $name" ;;
        *) fail "$1: $name $rest" ;;
        esac
    done < "$out/said"
}

for compiler in "${GCC:-gcc}" "${CLANG:-clang-14}"; do
    if ! command -v "$compiler" > /dev/null; then
        skip "no $compiler"
        continue
    fi
    check "it compiles, $compiler" build "$compiler" hv-impl
    each "$compiler"
done

# A helper that sees nothing must be seen.
for helper in hd_add_fits hd_subtract_fits hd_multiply_fits hd_shift_fits; do
    mkdir -p "$out/blind"
    awk -v name="$helper" '
        index($0, name "(") { inside = 1 }
        inside && /return/ { sub(/return .*/, "(void)a; return true;"); inside = 0 }
        { print }' hv-impl/hd.h > "$out/blind/hd.h"
    "${GCC:-gcc}" -w -std=gnu11 -O1 -DPORT_DIRECT -idirafter "$out/generated/host/guest" -I "$out/blind" \
        -I hv-impl/port-host -I tests/recorder -I "$out/include" -I "$out/generated/x86/hv" -I "$out" -o "$out/blinded" \
        $here/relations.c "$out/generated/x86/hv/hd-pmt.c" tests/recorder/direct.c \
        tests/recorder/domain.c > "$log" 2>&1 || fail "it compiles without $helper"
    refuse "without $helper it is seen" "$out/blinded"
done
totals relations
