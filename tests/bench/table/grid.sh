#!/bin/sh
# SPDX-License-Identifier: MIT
# grid.sh PROGRAM short|full: the rows that are measured, as tab-separated lines with a
# head. A row that does not fit into memory is a dash; one whose pages did not come
# stops it all.
program=$1
tab=$(printf '\t')

room=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)

# needs DESIGN LAYOUT GIB: GiB of memory, rounded up, with the flat array beside it.
needs()
{
    case $1:$2 in
    pmt:contiguous | pmt:extents | pmt:mixed) echo $(($3 / 512 + 1)) ;;
    judy:* | walk*) echo $(($3 * 2 / 512 * 2 + 1)) ;;
    lfht:*) echo $(($3 * 3 / 256 + $3 / 512 + 2)) ;;
    *) echo $(($3 / 256 * 2 + 1)) ;;
    esac
}

row()
{
    if [ "$(needs "$@")" -gt "$room" ]; then
        echo "$1$tab$2$tab$3$tab$4${tab}all$tab-$tab-$tab-"
    else
        "$program" "$@"
    fi
}

echo "design${tab}layout${tab}gib${tab}pages${tab}figure${tab}ratio${tab}ns${tab}ns_flat"
if [ "$2" = full ]; then
    for gib in 1 16 256 1024; do
        for layout in contiguous extents mixed half random; do
            row pmt $layout $gib 2m || exit 1
        done
        row walk4 random $gib 2m && row walk4 contiguous $gib 2m || exit 1
    done
    for gib in 1 16 256; do
        for design in walk3 judy lfht; do
            row $design random $gib 2m && row $design contiguous $gib 2m || exit 1
        done
    done
    for gib in 1 16 256 1024; do
        for layout in contiguous extents mixed half random; do
            row pmt $layout $gib 4k || exit 1
        done
        row walk4 random $gib 4k && row walk4 contiguous $gib 4k || exit 1
    done
    for design in walk3 judy lfht; do
        row $design random 1024 2m || exit 1
    done
else
    for layout in contiguous extents mixed half random; do
        row pmt $layout 16 2m || exit 1
    done
    row walk4 contiguous 16 2m && row walk4 random 16 2m || exit 1
fi
