#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh check          instructions of a lookup against ceilings
# run.sh all            the same, and the short grid beside its goals
# run.sh plots FOLDER   the full grid (half an hour): table.tsv, and plots of it
#
# Only ratios to the flat array of the same run count; a goal that is missed is
# printed as missed, and fails nothing: machines differ. Instructions do not.

here=tests/bench/table
work=build/tests/bench/table
log=$work/log
. tests/count.sh
mkdir -p "$work"

flags="-std=gnu11 -O2 -g -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror"
door="-I $here/port -I hv-impl -I build/tests/dispatch/include-x86"

# build PROGRAM: with the peers that are installed.
build()
{
    peers=
    libraries=
    if printf "%s\n" "#include <Judy.h>" "#include <urcu/rculfhash.h>" | ${CC:-gcc} -E - > /dev/null 2>&1; then
        peers=$here/peers.c
        libraries="-lJudy -lurcu-qsbr -lurcu-cds"
    fi
    make -s build/tests/dispatch/headers-x86 || return
    objects=
    for source in $here/memory.c $here/grant.c $here/flat.c $here/walks.c $here/main.c $here/pmt.c $peers \
        hv-impl/pmt-*.c hv-impl/rules.c
    do
        object=$work/$(echo "$source" | tr / -).o
        # shellcheck disable=SC2086
        ${CC:-gcc} $flags $door ${peers:+-DWITH_PEERS} -c -o "$object" "$source" || return
        objects="$objects $object"
    done
    # shellcheck disable=SC2086
    ${CC:-gcc} -pthread -o "$1" $objects $libraries
}

# instructions LAYOUT [batch]: of one lookup and the loop around it.
instructions()
{
    for number in 128000 256000
    do
        # shellcheck disable=SC2086
        valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/table" pmt "$1" 1 4k \
            --count $number $2 2>&1 | sed -n 's/,//g; s/.*refs: *//p'
    done | awk 'NR == 1 { few = $1 } END { print int(($1 - few) / 128000 + 0.5) }'
}

# below CEILINGS COUNTED
below()
{
    awk 'NR == FNR { if (!/^#/) most[$1] = $2; next }
         { seen++ }
         !($1 in most) || $2 + 0 == 0 || $2 > most[$1] { bad++; print $1 ": " $2 " instructions, " most[$1] " is the most" }
         END { for (name in most) seen--; exit bad || seen != 0 }' "$1" "$2"
}

# asks LISTING: a lookup, a frame and its way back are sent for, unless a compiler found
# that to have no effect.
asks()
{
    [ "$(grep -c prefetch "$1")" -ge 3 ]
}

check_asks()
{
    if ! scripts/need objdump binutils; then
        skip "what a grant op is going to need is sent for: objdump is missing"
        return
    fi
    objdump -d "$work/$(echo $here/pmt.c | tr / -).o" > "$work/listing"
    check "what a grant op is going to need is sent for" asks "$work/listing"
    awk '/prefetch/ && !left++ { next } { print }' "$work/listing" > "$work/dropped"
    refuse "what is not sent for is seen" asks "$work/dropped"
}

# without_huge: the row says why it is none.
without_huge()
{
    ! "$work/no-huge" "$work/table" pmt random 1 2m 2>&1 | grep -q 'MiB of .* are in huge pages'
}

check_pages()
{
    # shellcheck disable=SC2086
    ${CC:-gcc} $flags -o "$work/no-huge" $here/no-huge.c || exit 1
    refuse "a row whose huge pages did not come is none" without_huge
}

check_instructions()
{
    if ! scripts/need valgrind valgrind; then
        skip "instructions of a lookup: valgrind is missing"
        return
    fi
    for layout in contiguous extents half random
    do
        echo "$layout $(instructions $layout)"
        echo "batch-$layout $(instructions $layout batch)"
    done > "$work/counted"
    sed 's/^/lookup, /; s/$/ instructions/' "$work/counted"
    check "instructions of a lookup stay below their ceilings" below $here/ceilings "$work/counted"
    awk '{ print $1, $2 + 9 }' "$work/counted" > "$work/more"
    refuse "a lookup that has become longer is seen" below $here/ceilings "$work/more"
    sed 1d "$work/counted" > "$work/fewer"
    refuse "a layout that was not counted is seen" below $here/ceilings "$work/fewer"
}

# The goals of the rows that were measured.
goals()
{
    awk -F '\t' '
        FNR == NR { if ($0 !~ /^#/ && split($0, f, / +/) >= 4) goal[++goals] = $0; next }
        $1 == "pmt" { value[$2 " " $3 " " $5 " " $4] = $5 == "split" ? $7 : $6 }
        END {
            for (i = 1; i <= goals; i++) {
                split(goal[i], f, / +/)
                split(f[2], range, "-")
                last = range[2] == "" ? range[1] : range[2]
                for (key in value) {
                    split(key, k, " ")
                    if (k[1] != f[1] || k[3] != f[3] || k[2] + 0 < range[1] + 0 || k[2] + 0 > last + 0) continue
                    printf "%-8s %-10s %4d GiB, %s pages: %-17s %9.6f, goal %s\n",
                        value[key] + 0 <= f[4] + 0 ? "reached" : "MISSED", k[1], k[2], k[4], k[3],
                        value[key], f[4]
                }
            }
        }' $here/goals "$1" | sort -k 2
}

build "$work/table" || exit 1
case $1 in
all)
    uptime | sed 's/.*load/load/'
    if $here/grid.sh "$work/table" short > "$work/short.tsv"; then
        pass "the rows were measured"
    else
        fail "the rows were measured"
    fi
    goals "$work/short.tsv"
    ;;
plots)
    scripts/need gnuplot gnuplot-nox || exit 1
    mkdir -p "$2" && $here/grid.sh "$work/table" full > "$work/full.tsv" &&
        $here/plot.sh "$work/full.tsv" "$2" && goals "$2/table.tsv"
    exit
    ;;
goals)
    goals "$2"
    exit
    ;;
esac
check_asks
check_pages
check_instructions
totals bench-table
