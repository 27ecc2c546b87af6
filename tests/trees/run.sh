#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [FOLDER]: the generated headers in the Linux and Xen trees, which deps-trees
# has fetched to FOLDER (build/trees). Ends with 0 if all is identical, 1 if not, 2
# if that could not be found out.
set -u

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:-build/trees}"
out=$(cd "${1:-build/trees}" && pwd)
log=$out/log
CI=${CI:-} VERBOSE=${VERBOSE:-}
root=$PWD
. tests/count.sh
. "$here/lib.sh"
. "$here/linux.sh"
. "$here/xen.sh"
. "$here/negative.sh"
. "$here/compile.sh"

x86=$root/${GENERATED:-generated/x86}
linux_headers=$(echo $x86/linux-6.1/include/xen/interface/*.h)
xen_headers=$(echo $x86/xen-4.17/include/public/*.h)

# What will be used is told first.
mkdir -p "$out/seen"
if [ -f "$out/linux/baseline/key" ] && [ -f "$out/xen/baseline/key" ]; then
    echo "trees: uses what is in $out; eight minutes of one processor where something changed, else seconds"
else
    echo "trees: uses 1 GB below $out, and ten minutes of one processor"
fi

# Two runs in one tree would spoil each other.
exec 9> "$out/lock"
flock -n 9 || cannot "another run has $out/lock, or what a killed one began has not ended yet"

mend_all() { for each in linux xen; do "${each}_use" && tree_mend; done; }
trap mend_all EXIT
trap 'exit 2' HUP INT TERM
mend_all

complete=yes
for each in linux xen; do
    "${each}_use"
    if [ ! -s "$work/version" ]; then
        skip "$tree: no source; make deps-trees fetches it"
        complete=
        continue
    fi
    tree_keep_headers
    "${each}_baseline"
    case $each in
    linux)
        part linux_headers $linux_headers
        part linux_compile $linux_headers $xen_headers "$x86"/guest/*
        part linux_negative
        ;;
    xen)
        part_xen_versions
        part xen_headers $xen_headers
        part xen_compile $xen_headers "$x86"/hv/* hv-impl/*.h hv-impl/port-xen/*
        part xen_negative
        ;;
    esac
    result "$tree: a killed run is mended by the next one" machinery_killed
done
result "a second run at the same time is refused" machinery_locked
if [ -n "$complete" ]; then
    result "the record names what has changed since" machinery_record

    # What it comes to, once more.
    cat "$out"/seen/linux_headers.log "$out"/seen/xen_headers.log 2> /dev/null | \
        sed -n "/^ok: /d; /identical/p"
fi
if totals trees; then
    # What was only tried, or in part, is no proof.
    [ "${complete}${GENERATED:-}" != yes ] || sh "$here/proved.sh" write "$out"
else
    exit 1
fi
