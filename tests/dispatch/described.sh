#!/bin/sh
# SPDX-License-Identifier: MIT
# Every clause of every op that a dispatcher obeys has a row in the cases, in
# the same order; and every op has a case. Sourced by run.sh.
# shellcheck disable=SC2154,SC2086

# Clauses of the descriptions, one a line: HYPERCALL OP CLAUSE.
described()
{
    for interface in grant_table memory pmt; do
        build/hcgen dump --interface=$interface "$1" | awk -f $here/described.awk hypercall=$interface
    done | sort
}

# The same from the cases.
tested()
{
    awk '
        $1 == "op" { op = $2 " " $3 }
        $1 == "ahead" { print op, $1, $2 }
        $1 == "row" {
            line = $0; sub(/^ *row /, "", line); sub(/ \| .*/, "", line)
            sub(/^handler /, "", line); sub(/^arm [a-z]+ /, "", line); sub(/^for [a-z0-9]+ /, "", line)
            if (line ~ /^(require|domain|xsm|only|single|handles|stub|reserved|set) /) {
                sub(/^reserved .*\./, "reserved ", line)
                if (line ~ /^set /) sub(/ (in|<=) [0-9x]+$/, "", line)
                print op, line
            }
        }' "$@" | sort -u
}

# all_tested IDL CASES...: 1 and what has no row.
all_tested()
{
    described "$1" > "$out/described" || return 2
    shift
    tested "$@" > "$out/tested"
    sort -u "$out/described" | comm -23 - "$out/tested" > "$out/untested"
    cat "$out/untested"
    [ ! -s "$out/untested" ]
}

check "every clause of the descriptions has a row" all_tested idl $here/cases-*.txt
rm -rf "$out/idl"
cp -R idl "$out/idl"
sed 's/^    xsm      pmt_info(target) else denied;/&\n    require  domid != 5 else denied;/' idl/pmt.idl > "$out/idl/pmt.idl"
refuse "a clause without a row is seen" all_tested "$out/idl" $here/cases-*.txt
sed 's/^    xsm      machine_memory_map(priv) else EINVAL;/    xsm      machine_memory_map(priv) else EACCES;/' idl/memory.idl > "$out/idl/memory.idl"
cat idl/pmt.idl > "$out/idl/pmt.idl"
refuse "an extension without a row is seen" all_tested "$out/idl" $here/cases-*.txt
cat idl/memory.idl > "$out/idl/memory.idl"
sed 's/^    in    limit:          u32; /    in    limit:          pmt_rights; /' idl/pmt.idl > "$out/idl/pmt.idl"
refuse "a set without a row is seen" all_tested "$out/idl" $here/cases-*.txt
