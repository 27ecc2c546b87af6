#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh PROGRAM: a guest of 32 bits, and what it is like when it enters as one of 64.
# shellcheck disable=SC1091
. tests/count.sh
log=${BUILD:-build}/tests/narrow.log
said=${BUILD:-build}/tests/narrow.said

"$1" > "$said"
check "the program ends well" [ $? -eq 0 ]
while read -r word name; do
    case $word in
    ok) pass "$name" ;;
    *) fail "$word $name" ;;
    esac
done < "$said"
for part in $("$1" names); do
    refuse "$part is red when the guest's structures are taken for wide ones" "$1" wide "$part"
done
totals narrow
