# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# There and back: moves.c with sanitizers, by either compiler.

awk -F'|' 'FNR == NR { wanted[$1] = 1; next } $1 in wanted' "$out/renamed" "$out/list-tools" |
    awk -f $here/moves.awk $here/out.list - > "$out/moves-table.h"

build()
{
    $1 -std=gnu11 -g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined \
        -fno-sanitize-recover=all -I "$out" -I $here/stub -I "$2" -isystem "$out/ours" \
        -o "$out/moves" $here/moves.c
}
for compiler in $gcc $clang; do
    check "${compiler##*/}: the moves compile" build $compiler "$hv"
    check "${compiler##*/}: there and back on random bytes" "$out/moves"
done

# moved TEXT FILE SED: with this damage it builds, and is red.
moved()
{
    damaged "$2" "$3"
    check "$1: builds" build $gcc "$out/twin"
    refuse "$1: is seen" "$out/moves"
}
moved "a member that takes another's value" hd-memory-compat.h \
    '/get_xen_add_to_physmap(/,/^}/s/to->gpfn = from->gpfn;/to->gpfn = from->idx;/'
moved "a member that is left out" hd-memory-compat.h '/    to->extent_order = from->extent_order;/d'
moved "bytes that nobody clears" hd-grant_table-compat.h '/memset(to, 0, sizeof(\*to));/d'
moved "a handle that is not widened but copied with what is behind it" hd-grant_table-compat.h \
    's/(void \*)(unsigned long)from->frame_list/(void *)(~0UL << 32 | from->frame_list)/'
moved "a value that is cut off" hd-memory-compat.h '/to->nr_exchanged != from/{n;s/return -ERANGE;/(void)to;/}'
moved "a number that is always too large" hd-memory-compat.h \
    's/if ( to->v_end != from->v_end )/if ( to->v_end == from->v_end )/'
moved "an in field that is written back" hd-memory-compat.h \
    's/^    to->tot_pages = from->tot_pages;/&\n    to->domid = from->domid;/'
moved "an out field that is not" hd-grant_table-compat.h \
    '/put_gnttab_copy(/,/^}/s/to->status = from->status;/(void)to, (void)from;/'
