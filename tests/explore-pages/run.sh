#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says of entries and references.
out=$1
log=$out/log
. tests/count.sh
. tests/explore/said.sh

said

# Each number of p2m.h was met, and without it something goes wrong.
all_met p2m.h 'Orders between processors' 'Frames are counted'

# The second look is needed, and that it comes last.
for mistake in no-look type-late
do
    "$out/$mistake/explore" scenarios > "$out/$mistake/log" 2>&1
    grep -q '^FAIL scenario' "$out/$mistake/log" && pass "$mistake is found" || fail "$mistake is found"
done

port_gives H4 pages.c __ATOMIC_SEQ_CST
port_gives H5 pages.c __ATOMIC_SEQ_CST

explained H2

totals explore-pages
