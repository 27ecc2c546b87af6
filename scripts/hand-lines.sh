#!/bin/sh
# SPDX-License-Identifier: MIT
# hand-lines.sh ONE OTHER: how many lines have to be kept by hand because the
# architectures differ, and how many are generated from them. The last two lines
# stand in docs/answers.md; and how long guest-impl is, counted alike.
export LC_ALL=C
one=$1 other=$2
# shellcheck disable=SC2046  # names have no blanks
awk -v one="$one" -v other="$other" -f scripts/hand-lines.awk \
    idl/*.idl $(grep -lE "^family: *($one|$other)([ #]|\$)" idl/arch/*.yaml) codegen/templates/*.m4 \
    $(find hv-impl guest-impl -name '*.[chS]' ! -path "*/port-*/*" 2> /dev/null)
# Of one tree's headers; assertions and reports are no code that anybody would write.
diff -rN --exclude=check --exclude=linux-* --exclude=xen-4.1 --exclude=hd-compat.c --exclude=*.txt \
 "generated/$one" "generated/$other" |
    awk '/^[<>]/ { lines++ } END { printf "generated: %d lines differ\n", lines }'
