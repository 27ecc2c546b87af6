#!/bin/sh
# SPDX-License-Identifier: MIT
# grid.sh PROGRAM short|full: the rows that are measured, as tab-separated lines with a
# head. Each figure is the median of PROCESSES runs of the program, as each has other
# memory. A row that does not fit into memory is a dash; one whose pages did not come
# stops it all.
PROCESSES=3
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

# The lines of some runs become one for each figure, in the order of the first run.
medians()
{
    awk -F '\t' -v OFS='\t' '
        function median(column,    n, i, j, value, v) {
            n = split(column, value, " ")
            for (i = 2; i <= n; i++)
                for (j = i; j > 1 && value[j - 1] + 0 > value[j] + 0; j--) {
                    v = value[j]; value[j] = value[j - 1]; value[j - 1] = v
                }
            return value[int((n + 1) / 2)]
        }
        !($5 in head) { name[++names] = $5; head[$5] = $1 OFS $2 OFS $3 OFS $4 OFS $5 }
        { ratio[$5] = ratio[$5] " " $6; ns[$5] = ns[$5] " " $7; flat[$5] = flat[$5] " " $8 }
        END {
            for (i = 1; i <= names; i++)
                print head[name[i]], median(ratio[name[i]]), median(ns[name[i]]), median(flat[name[i]])
        }'
}

row()
{
    if [ "$(needs "$@")" -gt "$room" ]; then
        echo "$1$tab$2$tab$3$tab$4${tab}all$tab-$tab-$tab-"
        return
    fi
    runs=
    for _ in $(seq $PROCESSES); do
        runs="$runs$("$program" "$@")
" || return
    done
    printf '%s' "$runs" | medians
}

echo "design${tab}layout${tab}gib${tab}pages${tab}figure${tab}ratio${tab}ns${tab}ns_flat"
if [ "$2" = full ]; then
    for gib in 1 16 256 1024; do
        for layout in contiguous extents mixed half random; do
            row pmt $layout $gib 2m || exit 1
        done
        row walk4 random $gib 2m && row walk4 contiguous $gib 2m || exit 1
        row pmt random $gib 2m walk4 && row pmt contiguous $gib 2m walk4 || exit 1
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
    row pmt contiguous 16 2m walk4 && row pmt random 16 2m walk4 || exit 1
fi
