#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER MACHINE VARIANT...: the rows, by dispatchers of each variant and by handlers on
# the simulated machine; who decides the others; and is real Xen asked the same? See README.md.

here=tests/conformance
out=$1
machine=$2
shift 2
log=$out/log
. tests/count.sh

# ---- rows --------------------------------------------------------------------

# One line of the program is one check.
# rows NAME PROGRAM
rows()
{
    "$2" > "$out/$1.log" 2>&1
    rows_status=$?
    while read -r verdict words
    do
        case $verdict in
        ok) pass "$1: $words" ;;
        FAIL) fail "$1: $words" ;;
        INVERTED) inverted=$words ;;
        RESULT) result=${words%% *} ;;
        *) fail "$1: $verdict $words" ;;
        esac
    done < "$out/$1.log"
    check "$1: the program ends well" [ $rows_status -eq 0 ]
    check "$1: with another result in the table, each row is red" \
        [ "$inverted" = "$result of $result red" ]
    check "$1: it has all rows of the table" [ "$result" = "$(expected_rows "$1")" ]
    for id in 0 $((result / 2)) $((result - 1))
    do
        refuse "$1: a run with row $id inverted" one_red "$2" "$id"
    done
}

expected_rows()
{
    case $1 in
    handler-*) handler_rows "${1#handler-}" ;;
    *-x86) grep -c '^ROW(' $here/grant.def $here/memory.def | awk -F: '{ n += $2 } END { print n }' ;;
    *) grep -c '^ROW(' $here/ia64.def ;;
    esac
}

# Each row once for each kind of caller.
handler_rows()
{
    awk -v profile="$1" -F"[ ,]+" '
        BEGIN { x86["ALL"] = 2; x86["PV"] = x86["HVM"] = x86["TRANSLATED"] = x86["STEALS"] = 1; x86["PV|HVM"] = 2
                ia64["ALL"] = ia64["TRANSLATED"] = ia64["ITANIUM"] = 1 }
        /^ROW_OF\(/ { n += profile == "x86" ? x86[$2] : ia64[$2] }
        END { print n }' $here/handler-*.def
}

# Status 1 if one row alone is red.
one_red()
{
    "$1" "invert=$2" > "$out/inverted"
    one_status=$?
    [ "$(grep -c '^FAIL' "$out/inverted")" -eq 1 ] || return 2
    return $one_status
}

# ---- accounts, and real Xen -----------------------------------------------------

accounts() { awk -f $here/accounts.awk part=others "$1" part=rows "$2"; }

# agrees EXPECTATIONS ROWS: with what the last run said, if there was one.
agrees()
{
    agrees_log=
    [ ! -s build/xen/log ] || agrees_log="part=log build/xen/log"
    # shellcheck disable=SC2086
    awk -f $here/agrees.awk part=xen "$1" $agrees_log part=rows "$2"
}

check_tables()
{
    awk -f $here/rows.awk $here/grant.def $here/memory.def $here/ia64.def \
        $here/handler-*.def > "$out/rows"
    awk -f $here/xen.awk tests/xen/guest/*.c tests/xen/pvh/checks-*.c > "$out/xen"
    check "every row of section 9 is decided by somebody" accounts $here/others.list "$out/rows"
    accounts $here/others.list "$out/rows"
    check "real Xen is asked the same" agrees "$out/xen" "$out/rows"
    agrees "$out/xen" "$out/rows"

    sed '/^9\.2\.22 /d' $here/others.list > "$out/fewer"
    refuse "a row that nobody decides is seen" accounts "$out/fewer" "$out/rows"
    echo "9.1.1 older the same again" | cat $here/others.list - > "$out/more"
    refuse "a row that two decide is seen" accounts "$out/more" "$out/rows"
    grep -v '^9\.7\.33' "$out/rows" > "$out/lost"
    refuse "a row that is not run is seen" accounts $here/others.list "$out/lost"
    for id in $(awk '{ print NR }' "$out/rows")
    do
        other_result "$id" "$out/rows" > "$out/other" || continue
        refuse "another result than real Xen's is seen, row $id" agrees "$out/xen" "$out/other"
    done
    sed 's/\[9\.4 unknown dom\]/[9.4 some dom]/' "$out/xen" > "$out/renamed"
    refuse "an expectation that went away is seen" agrees "$out/renamed" "$out/rows"
}

# other_result N ROWS: with another result in row N; status 1 if Xen is not asked about it.
other_result()
{
    awk -F'\t' -v OFS='\t' -v row="$1" '
        NR == row && $6 == "SEEN" { $3 = $3 "1"; found = 1 }
        NR == row && $6 == "LIKE" { $8 = $8 "1"; found = 1 }
        { print }
        END { exit !found }' "$2"
}

mkdir -p "$out"
for variant in "$@"
do
    rows "$variant" "$out/$variant/run"
done
for profile in x86 ia64
do
    rows "handler-$profile" "$machine/$profile/handler-rows"
done
check_tables
totals conformance
