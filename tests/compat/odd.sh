# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2016,SC2034
# Structures as no interface has them: odd.idl, added to a copy of the descriptions.

rm -rf "$out/odd"
cp -R idl "$out/odd"
sed -i 's/^    legacy     ops 0\.\.28/    legacy     ops 0..29/' "$out/odd/memory.idl"
sed 1d $here/odd.idl >> "$out/odd/memory.idl"
check "odd structures are understood" "${HCGEN:-build/hcgen}" gen "$out/odd" --output "$out/odd/gen"
rm -rf "$out/odd/include"
cp -R "$out/include" "$out/odd/include"
cp "$out"/odd/gen/x86/xen-4.17/include/public/*.h "$out/odd/include/xen/"
odd_hv=$out/odd/gen/x86/hv

sed -n 's/^ *\(struct xen_odd[a-z_]*\) .*/\1|/p' "$odd_hv/compat.txt" > "$out/odd/list"
for field in kind bytes rows rows[1].value 'rows[2].flag' words same u u.frame u.pair u.pair.second u.list \
        u.rest balance tail; do
    echo "struct xen_odd|$field"
done >> "$out/odd/list"
odd_layout()
{
    sed -n 's/^\(struct\) \(xen_odd[a-z_]*\)|.*/\1 \2|\1 x86_32_\2/p' "$out/odd/list" | sort -u > "$out/odd/renamed"
    includes=$interfaces
    table "$out/odd/list" "$out/odd/theirs" $gcc -m32 -I "$out/odd/include" -D__XEN_TOOLS__ || return 2
    includes='#include "hd-memory-compat.h"' rename=$out/odd/renamed
    table "$out/odd/list" "$out/odd/mine" $gcc -m64 -I $here/stub -I "$1" -I "$out/odd/include" || return 2
    rename=
    diff "$out/odd/theirs" "$out/odd/mine"
}
check "odd structures lie as the 32-bit compiler lays them out" odd_layout "$odd_hv"

odd_build()
{
    $gcc -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all \
        -I $here/stub -I "$1" -isystem "$out/odd/include" -o "$out/odd/run" $here/odd.c
}
check "odd structures: the moves compile" odd_build "$odd_hv"
check "odd structures: there and back" "$out/odd/run"

# odd TEXT SED: with this damage it builds, and is red.
odd()
{
    rm -rf "$out/odd/twin"
    cp -R "$odd_hv" "$out/odd/twin"
    sed -i "$2" "$out/odd/twin/hd-memory-compat.h"
    ! cmp -s "$odd_hv/hd-memory-compat.h" "$out/odd/twin/hd-memory-compat.h" || fail "nothing to damage: $2"
    check "$1: builds" odd_build "$out/odd/twin"
    refuse "$1: is seen" "$out/odd/run"
}
odd "an array that ends too early" 's/i < 3; i++/i < 2; i++/'
odd "a tag with another value" 's/from->kind == XEN_ODD_many/from->kind == XEN_ODD_none/'
odd "what the tag has not picked comes back" '/put_xen_odd(/,/^}/s/None of it is moved. \*\/;/*\/ to->u.rest = from->u.rest;/'
odd "a signed number without its sign" 's/^    to->balance = from->balance;/    to->balance = (uint32_t)from->balance;/'
