#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER: what the explorer in the folder says of grant tables.
out=$1
log=$out/log
. tests/count.sh
. tests/explore/said.sh

said

# Each number of grant-table.h was met, and without it something goes wrong.
all_met grant-table.h ' 6. Orders' ' */'

# A handle that names its entry in another way is found out, by its scenario alone.
for mistake in link halves
do
    "$out/$mistake/explore" scenarios > "$out/$mistake/log" 2>&1
    [ "$(sed -n 's/^FAIL scenario \([a-z]*\):.*/\1/p' "$out/$mistake/log")" = "$mistake" ] &&
        pass "$mistake is found" || fail "$mistake is found"
done

explained E4

totals explore-grants
