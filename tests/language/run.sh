#!/bin/sh
# SPDX-License-Identifier: MIT
# Does docs/LANGUAGE.md say what the compiler does?  See module.mk.
here=$(dirname "$0")
out=build/tests/language
log=$out/log
mkdir -p "$out"
. tests/count.sh

# block MANUAL N: the Nth sample.
block()
{
    awk -v want="$2" '/^```/ { inside = !inside; n += inside; next } inside && n == want' "$1"
}

# The ids of §11, and those that 'hcgen explain' knows.
ids_agree()
{
    awk -F ' [|] ' '/^## /{ on = /^## 11/ } on && /^\| [a-z]/ && !/^\| id/ {
        n = split(substr($1, 3), id, ", "); for (i = 1; i <= n; i++) print id[i] }' "$1" |
        sort > "$out/ids.said"
    build/hcgen explain no-such-id 2>&1 | sed -n 's/.*there are: //p' | tr -d ' ' |
        tr ',' '\n' | sort > "$out/ids.known"
    [ "$(wc -l < "$out/ids.known")" -gt 30 ] && diff "$out/ids.said" "$out/ids.known"
}

# Where each word may stand: §10, and the compiler's table.
places_agree()
{
    awk -f "$here/places.awk" "$1" | sort -u > "$out/places.said"
    awk -f "$here/places.awk" codegen/front/placement.def | sort -u > "$out/places.known"
    [ "$(wc -l < "$out/places.known")" -gt 30 ] && diff "$out/places.said" "$out/places.known"
}

# The op at the top and the head of §2, put where their likes stand in idl/.
head_compiles()
{
    rm -rf "$out/head"
    mkdir -p "$out/head"
    cp idl/*.idl "$out/head"
    block "$1" 1 > "$out/op"
    block "$1" 2 | sed '/^\/\/\/ Do cmd/,$d' > "$out/interface"
    block "$1" 2 | sed -n '/^\/\/\/ Do cmd/,$p' > "$out/hypercall"
    awk -v out="$out" '
        function put(file,    line) { while ((getline line < (out "/" file)) > 0) print line }
        /^\/\/\/ Lend page frames/ { put("interface"); skip = 1 }
        /^\/\/\/ ` enum neg_errnoval/ { put("hypercall"); skip = 1 }
        /^\/\/\/ Map frames/ { put("op"); skip = 1 }
        /^section|^list ops|^\/\/\/ End mappings/ { skip = 0 }
        !skip' idl/grant_table.idl > "$out/head/grant_table.idl"
    build/hcgen check --tables=idl "$out/head" && ! cmp -s idl/grant_table.idl "$out/head/grant_table.idl"
}

# The sets of §5, which need nothing around them.
sets_compile()
{
    {
        printf '/// Sets.\ninterface sets { header "sets.h" guard SETS_H; legacy ops 0..1 "old"; }\n'
        block "$1" 4
    } > "$out/sets.idl"
    grep -q '^status' "$out/sets.idl" && build/hcgen check --tables=idl "$out/sets.idl"
}

# The op of the first sample is, in YAML, the sample of §12.
yaml_is_the_same()
{
    head_compiles "$1" || return 1
    build/hcgen convert "$out/head/grant_table.idl" | awk '
        /^  - / { on = /^  - op: map_grant_ref$/ } on && NF { print substr($0, 3) }' > "$out/op.yaml"
    awk '/^## /{ on = /^## 12/ } on && /^```/ { inside = !inside; next } on && inside' "$1" > "$out/op.sample"
    [ "$(wc -l < "$out/op.yaml")" -gt 10 ] && diff "$out/op.sample" "$out/op.yaml"
}

# said FILE EXPRESSION: the sentences about a damaged copy, without their places.
said()
{
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    cp idl/*.idl "$out/damaged"
    sed "$2" "idl/$1" > "$out/damaged/$1"
    build/hcgen check --tables=idl "$out/damaged" 2>&1 |
        sed -n 's/^[^ ]*:[0-9]*:[0-9]*: \([a-z]*: \)/\1/p'
}

# Each sentence of §9 is one that the compiler says of some damage.
sentences_agree()
{
    while IFS='|' read -r file expression; do
        said "$file" "$expression"
    done < "$here/damage.txt" | sort -u > "$out/sentences.known"
    awk '/^## /{ on = /^## 9/ } on' "$1" |
        sed -n 's/^[a-z_]*\.idl:[0-9]*:[0-9]*: \([a-z]*: \)/\1/p' | sort -u > "$out/sentences.said"
    [ "$(wc -l < "$out/sentences.said")" -gt 15 ] &&
        ! comm -23 "$out/sentences.said" "$out/sentences.known" | grep .
}

# twin TEXT TEST EXPRESSION: a manual that is damaged so is found out.
twin()
{
    sed "$3" docs/LANGUAGE.md > "$out/damaged.md"
    if cmp -s docs/LANGUAGE.md "$out/damaged.md"; then
        fail "$1: nothing to damage"
    elif "$2" "$out/damaged.md" > "$log" 2>&1; then
        fail "not found out: $1"
    else
        pass "found out: $1"
    fi
}

for test in ids_agree places_agree head_compiles sets_compile sentences_agree yaml_is_the_same; do
    check "$test" "$test" docs/LANGUAGE.md
done
twin 'an id that is not there' ids_agree 's/^| no-doc |/| no-docs |/'
twin 'an id left out' ids_agree '/^| cycle |/d'
twin 'a place too many' places_agree 's/^| `stub` | O,/| `stub` | H, O,/'
twin 'a place too few' places_agree 's/^| `alias` | F, O, S |/| `alias` | F, S |/'
twin 'a word left out' places_agree '/^| `narrow` |/d'
twin 'a sample without a type' head_compiles 's/^    in    ref:            grant_ref_t;/    in    ref:            grant_reff_t;/'
twin 'a head without a guard' head_compiles 's/ guard __XEN_PUBLIC_GRANT_TABLE_H__//'
twin 'a set whose bits overlap' sets_compile 's/^    device_map            = 0;/    device_map            = 5;/'
twin 'another key in YAML' yaml_is_the_same 's/why: dom does not exist/text: dom does not exist/'
twin 'another sentence' sentences_agree 's/bytes of padding before it/bytes of hole before it/'
totals language
