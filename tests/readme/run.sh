#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh: README.md and docs/ say what is true. The tutorial runs in a copy of the
# tree, nothing is written outside build/. Then copies of the documents with one
# mistake each must be refused. VERBOSE=1 names every check that passed.
# shellcheck disable=SC1091,SC2154
. tests/readme/lib.sh
. $here/text.sh
. $here/tutorial.sh
. $here/claims.sh
. $here/twins.sh

read_blocks()
{
    rm -rf "$out/blocks"
    mkdir -p "$out/blocks"
    awk -v out="$out/blocks" -f "$here/blocks.awk" "$docs/README.md" > "$out/blocks/list"
}

# What people wrote, and what was made of it.
sums() { find README.md docs idl generated codegen -type f -exec cksum {} + | sort; }

mkdir -p "$out"
sums > "$out/before"
read_blocks
for name in marks commands targets options links folders files answers; do
    "check_$name"
done
if prepare_tree; then
    check_tutorial
    check_twins
else
    fail "the copy of the tree: see $out/prepare.log"
fi
check_claims
sums > "$out/after"
check "nothing else is written" cmp "$out/before" "$out/after"
totals readme
