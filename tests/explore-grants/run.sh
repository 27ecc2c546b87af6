#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says of grant tables.
out=$1
log=$out/log
. tests/count.sh
. tests/explore/said.sh

said

# Each number of grant-table.h that is explored was met, and without it something goes wrong.
for label in E1 E2 E3 E4 D1 D2 D3 D4 F1 F2
do
    grep -q "^ \*    .*$label " hv-impl/grant-table.h && wrong_without "$label" &&
        pass "$label of grant-table.h is met" || fail "$label of grant-table.h is met"
done

# A handle that names its entry in another way is found out, by its scenario alone.
for mistake in link halves
do
    "$out/$mistake/explore" scenarios > "$out/$mistake/log" 2>&1
    [ "$(sed -n 's/^FAIL scenario \([a-z]*\):.*/\1/p' "$out/$mistake/log")" = "$mistake" ] &&
        pass "$mistake is found" || fail "$mistake is found"
done

explained E4

totals explore-grants
