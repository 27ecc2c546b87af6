# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2016
# xen-4.1: what tests/flavour/xen-4.1.tsv says of names, offsets, sizes and
# numbers, asked of the ia64 compiler.  The proof is limited to that table: its
# source are notes, not the tree.  Besides, the headers compile, in each view.

old_public=xen-4.1/include/public
old_table=$here/xen-4.1.tsv

# old_holds FOLDER TABLE: 2 where something else than a row of the table fails.
old_holds()
{
    awk -f "$here/xen-4.1.awk" "$2" >"$out/table.c"
    if ! "$ia64_cc" -std=gnu11 -ffreestanding -Wall -Werror -fsyntax-only -I"$1" -I"$here/xen-4.1" \
            "$out/table.c" >"$out/table.log" 2>&1; then
        grep 'error:' "$out/table.log"
        grep 'error:' "$out/table.log" |
            grep -qv "static assertion failed\|has no member\|undeclared\|in static assertion is not\|line [0-9]* of the table" && return 2
        return 1
    fi
    old_absent "$1" "$2" && old_shift "$2"
}

# old_absent FOLDER TABLE: names that 4.1 did not have must not compile.
old_absent()
{
    awk -v absent=1 -f "$here/xen-4.1.awk" "$2" >"$out/absent"
    while read -r first tag field; do
        {
            printf '#include <stddef.h>\n#include <stdint.h>\n#include <memory.h>\n#include <grant_table.h>\n'
            if [ -n "$field" ]; then
                echo "int is_there = sizeof((($first $tag *)0)->$field);"
            else
                printf '#ifndef %s\n#error absent\n#endif\n' "$first"
            fi
        } >"$out/absent.c"
        if "$ia64_cc" -std=gnu11 -ffreestanding -fsyntax-only -I"$1" -I"$here/xen-4.1" \
                "$out/absent.c" >"$out/absent.log" 2>&1; then
            echo "$first $tag $field: is there"
            return 1
        fi
        grep -q 'error: #error absent\|has no member' "$out/absent.log" || return 2
    done <"$out/absent"
}

# old_shift TABLE: where the place of a call stands that goes on.
old_shift()
{
    awk -F '\t' '$2 == "<<" { print $1, $3 }' "$1" >"$out/shifts"
    [ -s "$out/shifts" ] || return 2
    while read -r name bits; do
        awk -v name="$name" -v bits="$bits" '
            $1 == "hypercall" { at = $2 == name }
            at && /resume +cmd\[\.\./ { n++; split($0, part, /\[\.\.|\]/); right += part[2] == bits }
            END { exit !(n && right == n) }' idl/memory.idl ||
            { echo "$name: not $bits bits"; return 1; }
    done <"$out/shifts"
}

# old_compiles COMPILER FLAGS FOLDER PATH...
old_compiles()
{
    {
        printf '#include <stddef.h>\n#include <stdint.h>\n'
        for header in grant_table memory xen memory; do
            echo "#include <$header.h>"
        done
    } >"$out/old.c"
    compiles="$1 $2 -I$3"
    shift 3
    $compiles -std=gnu11 -ffreestanding -Wall -Wextra -Werror -fsyntax-only "$@" "$out/old.c"
}

# old_twin WHAT HEADER AWK-PROGRAM: a damaged header is refused by the table.
old_twin()
{
    rm -rf "$out/old-damaged"
    mkdir -p "$out/old-damaged"
    cp "$generated/ia64/$old_public"/*.h "$out/old-damaged"
    edited "$out/old-damaged/$2.h" "$3"
    refuse "xen-4.1: $1 is seen" old_holds "$out/old-damaged" "$old_table"
}

# old_table_twin WHAT AWK-PROGRAM: so is a damaged row.
old_table_twin()
{
    cp "$old_table" "$out/old.tsv"
    edited "$out/old.tsv" "$2"
    refuse "xen-4.1: a row with $1 is seen" old_holds "$generated/ia64/$old_public" "$out/old.tsv"
}

old_twins()
{
    old_twin "an exchange of two fields" grant_table \
        '/uint32_t flags;/ && !n++ { held = $0; next } { print } held { print held; held = "" }'
    old_twin "another number" memory '/define XENMEM_exchange / { sub(/11/, "13") } { print }'
    old_twin "another handle" grant_table \
        '/XEN_GUEST_HANDLE\(ulong\) frame_list/ { sub(/ulong/, "xen_pfn_t") } { print }'
    old_twin "a field too many" memory \
        '/^struct xen_add_to_physmap / { print; getline; print; getline; print; print "    uint16_t size;"; next } { print }'
    old_twin "a missing value" grant_table '/define GNTMAP_can_fail / { next } { print }'
    old_twin "a value too many" grant_table '/define GNTST_eagain / { print "#define GNTST_no_space (-13)" } { print }'
    old_twin "another number on ia64 alone" arch-ia64 \
        '/define IA64_DOM0VP_expose_p2m / { sub(/7/, "2") } { print }'
    old_table_twin "another size" '/^gnttab_copy\t-/ { sub(/40/, "48") } { print }'
    old_table_twin "another offset" '/^xen_memory_exchange.out\t32/ { sub(/\t32/, "\t40") } { print }'
    old_table_twin "another number" '/^GNTTABOP_copy\t/ { sub(/5/, "6") } { print }'
    old_table_twin "another type" '/frame_list\t:\tXEN_GUEST_HANDLE\(ulong/ { sub(/ulong/, "uint") } { print }'
    old_table_twin "a name that is there" '{ print } /^GNTST_no_space/ { print "GNTST_eagain\t!\t-\tH3.3" }'
    old_table_twin "another place of a call" '/^memory_op\t/ { sub(/6/, "4") } { print }'
    old_table_twin "no source" '/^GNTTABOP_copy\t/ { sub(/\tH3.1/, "\t") } { print }'
}

old_ia64()
{
    check "xen-4.1: $(grep -vc '^#' "$old_table") rows hold on ia64" \
        old_holds "$generated/ia64/$old_public" "$old_table"
    for view in -O2 -D__XEN_TOOLS__; do
        check "xen-4.1: compiles (ia64 $view)" old_compiles "$ia64_cc" "$view" \
            "$generated/ia64/$old_public" -I"$here/xen-4.1"
    done
    old_twins
}

if command -v "$ia64_cc" >/dev/null; then
    old_ia64
else
    skip "xen-4.1: no $ia64_cc (make ia64-gcc)"
fi

# The check that 4.1's own build makes of each header.
old_accepts()
{
    $gcc -x c -ansi -include stdint.h -Wall -W -Werror -S -o "$out/old.s" \
        -iquote "$here/xen-4.1" -iquote "$2" "$1"
}

# On x86 they stand on today's arch-x86/xen.h: the tree's own is not at hand.
old_x86()
{
    for compiler in $gcc $clang; do
        for view in -m64 -m32 "-m64 -D__XEN_TOOLS__"; do
            check "xen-4.1: compiles ($compiler $view)" old_compiles $compiler "$view" \
                "$generated/x86/$old_public" -I"$here/xen-4.1" -I"$1"
        done
    done
    for header in "$generated/x86/$old_public"/*.h; do
        check "xen-4.1: ${header##*/} passes the tree's header check" old_accepts "$header" "$1"
    done
    { cat "$generated/x86/$old_public/memory.h"; echo "int after; // no comment in C90"; } \
        >"$out/memory.h"
    cp "$generated/x86/$old_public/xen.h" "$out"
    refuse "xen-4.1: the header check sees what is no C90" old_accepts "$out/memory.h" "$1"
}

reference=${XEN_HEADERS:-/usr/include/xen}
if [ -d "$reference/arch-x86" ]; then
    old_x86 "$reference"
else
    skip "xen-4.1: no $reference (package libxen-dev)"
fi
