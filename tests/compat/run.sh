#!/bin/sh
# SPDX-License-Identifier: MIT
# Structures of callers of another width: see README.md.
# usage: run.sh [GENERATED]        VERBOSE=1 names every check that passed.
# shellcheck disable=SC1091,SC2034,SC2154

here=tests/compat
out=${BUILD:-build}/tests/compat
generated=${1:-generated}
reference=${XEN_HEADERS:-/usr/include/xen}
hv=$generated/x86/hv
gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
log=$out/check.log
. tests/count.sh

rm -rf "$out"
mkdir -p "$out/include/xen"
if ! cp -RL "$reference/." "$out/include/xen/"; then
    echo "compat: no headers in $reference: install package libxen-dev" >&2
    exit 2
fi
# What the oracle sees is Xen's own, and ours where Xen has none.
cp "$generated/x86/xen-4.17/include/public/pmt.h" "$out/include/xen/"
cp -R "$out/include" "$out/ours"
cp "$generated"/x86/xen-4.17/include/public/*.h "$out/ours/xen/"

# ---- the lists: which structures, which fields -------------------------------------

# rows FILE CALLER: structures of the report that this caller sees.
rows()
{
    awk -v caller="$2" '($1 == "struct" || $1 == "union") && ($3 == "all" || $3 == caller) {
        print $1 " " $2 }' "$1"
}

# joined: lines of OFFSET rows that the formatter has broken are one again.
joined() { awk '/^OFFSET\(/ && !/;$/ { printf "%s ", $0; getline; sub(/^ +/, "") } { print }' "$1"; }

# table LIST OUT COMPILER-AND-FLAGS...: "STRUCTURE|FIELD|offset size alignment".
table()
{
    table_list=$1 table_out=$2
    shift 2
    awk ${rename:+-v rename="$rename"} -f $here/probe.awk "$table_list" > "$out/probe.h" || return 1
    "$@" -std=gnu11 -ffreestanding -w -I "$out" -c -o "$out/probe.o" -x c - <<END || return 1
#include <stddef.h>
#include <stdint.h>
$includes
#include "probe.h"
END
    objcopy -O binary -j .rodata "$out/probe.o" "$out/probe.bin" || return 1
    od -An -v -tu4 -w12 "$out/probe.bin" | sed 's/^ *//; s/  */ /g' |
        paste -d '|' "$table_list" - > "$table_out"
    # As many lines as names, and none without numbers.
    ! grep -q '|$' "$table_out" && ! grep -q '^|' "$table_out"
}

interfaces='#include <xen/xen.h>
#include <xen/physdev.h>
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/pmt.h>'
mine='#include "hd.h"
#include "hd-grant_table-compat.h"
#include "hd-memory-compat.h"
#include "hd-pmt-compat.h"'
latest=-D__XEN_INTERFACE_VERSION__=__XEN_LATEST_INTERFACE_VERSION__

. $here/layout.sh
. $here/moves.sh
. $here/calls.sh
. $here/odd.sh
. $here/neutral.sh
totals compat
