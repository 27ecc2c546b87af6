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

# A store that may pass a load has a reason, and no reason is for nothing.
"$out/reason/explore" scenarios > "$out/reason/log" 2>&1
for said in 'store at .* in mark_status may pass the load' 'no store in mark_status passes a load in list_put'
do
    grep -q "^FAIL $said" "$out/reason/log" && pass "a wrong reason is seen: $said" ||
        fail "a wrong reason is seen: $said"
done

explained E4

totals explore-grants
