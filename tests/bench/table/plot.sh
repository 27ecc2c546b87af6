#!/bin/sh
# SPDX-License-Identifier: MIT
# plot.sh TSV FOLDER: the table with machine and command at its head, and a plot for
# each figure. Needs gnuplot.
tsv=$1
folder=$2

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
memory=$(awk '/^MemTotal/ { printf "%d GiB", $2 / 1048576 + 0.5 }' /proc/meminfo)
caches=$(lscpu | sed -n 's/^\(L[23]\) cache: *\([^(]*\).*/\1 \2/p' | tr '\n' ',' | sed 's/ *,/, /g; s/, $//')
{
    echo "# $machine, $(nproc) processors, $caches, $memory; $(${CC:-gcc} -dumpfullversion -dumpversion | sed 's/^/gcc /')"
    echo "# make bench-plots"
    cat "$tsv"
} > "$folder/table.tsv"

# rows FIGURE PAGES DESIGN LAYOUT: GiB and ratio
rows()
{
    awk -F '\t' -v figure="$1" -v pages="$2" -v design="$3" -v layout="$4" \
        '$1 == design && $2 == layout && $4 == pages && $5 == figure && $6 != "-" { print $3, $6 }' "$tsv"
}

plot()
{
    figure=$1
    title=$2
    {
        echo "set terminal svg size 760,480 font 'sans,12' background '#ffffff'"
        echo "set output '$folder/$figure.svg'"
        printf 'set title "%s\\n{/*0.8 %s, tables in 2 MiB pages; make bench-plots}"\n' "$title" "$machine"
        echo "set logscale xy; set xtics (1, 16, 256, 1024); set xrange [0.7:1500]"
        echo "set xlabel 'guest memory, GiB'; set ylabel 'time, as a ratio to a flat array'"
        echo "set key outside right; set grid ytics"
        printf 'plot 1 with lines dashtype 2 linecolor "gray" title "flat array"'
        for line in "pmt contiguous" "pmt extents" "pmt mixed" "pmt half" "pmt random" \
            "walk4 contiguous" "walk4 random" "walk3 random" "judy random" "lfht random"
        do
            # shellcheck disable=SC2086
            rows "$figure" 2m $line > "$folder/.$figure-$(echo $line | tr ' ' -)"
            # shellcheck disable=SC2086
            [ -s "$folder/.$figure-$(echo $line | tr ' ' -)" ] &&
                printf ", '%s' with linespoints title '%s'" "$folder/.$figure-$(echo $line | tr ' ' -)" "$line"
        done
        echo
    } | gnuplot
    rm -f "$folder/.$figure-"*
}

plot dependent "One lookup after the other"
plot independent "Lookups that do not wait for each other"
plot batch64 "Lookups in batches of 64"
plot bytes "Memory"
