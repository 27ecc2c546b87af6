# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2016
# linux-6.1: what the tree's own headers declare, token for token; and that the
# headers compile as the kernel compiles, for ia64 too, which has no tree.

linux_include=linux-6.1/include
linux_flags="-std=gnu11 -ffreestanding -Wall -Wextra -Wundef -Werror"
linux_headers="grant_table memory pmt"

# linux_source FILE HEADER...: a file as a driver begins.
linux_source()
{
    linux_to=$1
    shift
    {
        echo "#include <linux/types.h>"
        for header in xen "$@" "$@"; do
            echo "#include <xen/interface/$header.h>"
        done
    } >"$linux_to"
}

# linux_items INCLUDE HEADER FLAGS: its macros and declarations.
linux_items()
{
    $gcc -E -dD $linux_flags $3 -I"$1" -I"$tree/include" -I"$tree/arch/x86/include" \
        -I"$here/stub" "$out/$2.c" >"$out/$2.i" &&
        awk -v header="xen/interface/$2.h" -f "$here/items.awk" "$out/$2.i" | sort
}

# linux_same INCLUDE HEADER FLAGS: 1 where they are not what the tree has.
linux_same()
{
    linux_items "$tree/include" "$2" "$3" >"$out/$2.tree" || return 2
    [ "$(wc -l <"$out/$2.tree")" -ge 40 ] || return 2
    linux_items "$1" "$2" "$3" >"$out/$2.ours" || return 1
    diff "$out/$2.tree" "$out/$2.ours" | grep '^[<>]' >"$out/$2.diff"
    grep '^[<>]' "$here/linux-6.1.except" | grep -Fx -f - "$out/$2.diff" >"$out/$2.known"
    grep -Fxv -f "$out/$2.known" "$out/$2.diff" && return 1
    return 0
}

# Each line of the exceptions is one.
linux_except_used()
{
    grep '^[<>]' "$here/linux-6.1.except" | sort >"$out/except"
    cat "$out"/*.known | sort | diff "$out/except" -
}

# linux_twin WHAT HEADER AWK-PROGRAM: a damaged copy is not the tree's any more.
linux_twin()
{
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    cp -R "$generated/x86/$linux_include/." "$out/damaged"
    edited "$out/damaged/xen/interface/$2.h" "$3"
    refuse "linux: $1 is seen" linux_same "$out/damaged" "$2" -m64
}

linux_compare()
{
    for header in grant_table memory; do
        linux_source "$out/$header.c" "$header"
        for width in -m64 -m32; do
            check "linux: $header.h declares what the tree's does ($width)" \
                linux_same "$generated/x86/$linux_include" "$header" "$width"
        done
    done
    check "linux: every exception is one" linux_except_used
    linux_twin "an exchange of two fields" grant_table \
        '/uint32_t flags;/ && !n++ { held = $0; next } { print } held { print held; held = "" }'
    linux_twin "another number" memory \
        '/define XENMEM_exchange / { sub(/11/, "13") } { print }'
    linux_twin "another text" grant_table '{ sub(/"bad page"/, "\"bed page\"") } { print }'
    linux_twin "a missing handle" memory '/^DEFINE_GUEST_HANDLE_STRUCT\(xen_memory_map\)/ { next } { print }'
    linux_twin "a missing typedef" grant_table '/^typedef uint32_t grant_ref_t;/ { sub(/^typedef uint32_t/, "#define"); sub(/ref_t;/, "ref_t uint32_t") } { print }'
    linux_twin "another type of the same size" memory \
        '/unsigned int address_bits;/ { sub(/unsigned int/, "int") } { print }'
    linux_twin "a name too many" memory '/define XENMEM_exchange / { print "#define XENMEM_more 99" } { print }'
}

# linux_compiles COMPILER FLAGS FOLDER PATH...: all three headers, twice each.
linux_compiles()
{
    compiles="$1 $2 -I$3"
    shift 3
    linux_source "$out/all.c" $linux_headers
    $compiles $linux_flags "$@" -fsyntax-only "$out/all.c"
}

# The rows of layout.c about two headers whose names are those of Xen.
linux_rows()
{
    {
        printf '#include <stddef.h>\n#include <linux/types.h>\n'
        for header in xen $linux_headers; do
            echo "#include <xen/interface/$header.h>"
        done
        awk '/^#include|__XEN_TOOLS__/ || /^#ifndef __XEN|^#endif$/ && !rows { next }
             /^#define/ { macro = 1 }
             macro { print; macro = /\\$/; next }
             /^#if|^#elif|^#else|^#endif/ { rows = 1; print; next }
             /^\/\* .*\.h \*\/$/ { wanted = /grant_table|pmt/; next }
             wanted && /^[A-Z_]+\(/ || (wanted && open) { print; open = !/;$/ }' \
            "$generated/$1/check/layout.c"
    } >"$out/rows-$1.c"
    [ "$(grep -c '^[A-Z_]*(' "$out/rows-$1.c")" -ge 150 ]
}

# linux_rows_hold FAMILY COMPILER FLAGS FOLDER PATH...
linux_rows_hold()
{
    hold="$2 $3 -I$4"
    hold_rows=$out/rows-$1.c
    shift 4
    $hold -std=gnu11 -ffreestanding "$@" -fsyntax-only "$hold_rows" >"$out/rows.log" 2>&1 && return 0
    cat "$out/rows.log"
    grep "error:" "$out/rows.log" | grep -qv "static assertion failed\|static_assert failed" && return 2
    return 1
}

linux_x86()
{
    real="-I$tree/include -I$tree/arch/x86/include -I$here/stub"
    mine="-I$here/types -I$here/stub"
    [ -d "$tree/include" ] || real=$mine
    check "linux: rows of layout.c are there" linux_rows x86
    for compiler in $gcc $clang; do
        for width in -m64 -m32; do
            check "linux: compiles ($compiler $width)" \
                linux_compiles $compiler $width "$generated/x86/$linux_include" $real
            check "linux: layout holds ($compiler $width)" \
                linux_rows_hold x86 $compiler $width "$generated/x86/$linux_include" $real
        done
    done
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    cp -R "$generated/x86/$linux_include/." "$out/damaged"
    edited "$out/damaged/xen/interface/pmt.h" \
        '/^struct pmt_info/ { print "#if __XEN_INTERFACE_VERSION__ < 5\n#endif" } { print }'
    refuse "linux: a condition on the version is seen" \
        linux_compiles $gcc -m64 "$out/damaged" $real
    cp -R "$generated/x86/$linux_include/." "$out/damaged"
    edited "$out/damaged/xen/interface/pmt.h" \
        '/uint32_t page_shift;/ { sub(/uint32_t/, "uint16_t") } { print }'
    refuse "linux: another layout of pmt.h is seen" \
        linux_rows_hold x86 $gcc -m64 "$out/damaged" $real
}

linux_ia64()
{
    mine="-I$here/types -I$here/stub"
    check "linux: rows of layout.c are there (ia64)" linux_rows ia64
    check "linux: compiles (ia64)" \
        linux_compiles "$ia64_cc" -O2 "$generated/ia64/$linux_include" $mine
    check "linux: layout holds (ia64)" \
        linux_rows_hold ia64 "$ia64_cc" -O2 "$generated/ia64/$linux_include" $mine
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    cp -R "$generated/ia64/$linux_include/." "$out/damaged"
    edited "$out/damaged/xen/interface/grant_table.h" \
        '/^DEFINE_GUEST_HANDLE_STRUCT/ && !n++ { sub(/STRUCT/, "STRUKT") } { print }'
    refuse "linux: a header that does not compile is seen (ia64)" \
        linux_compiles "$ia64_cc" -O2 "$out/damaged" $mine
}

if [ -d "$tree/include/xen/interface" ]; then
    linux_compare
else
    skip "linux: no $tree (make deps-stubs)"
fi
linux_x86
if command -v "$ia64_cc" >/dev/null; then
    linux_ia64
else
    skip "linux: no $ia64_cc (make ia64-gcc)"
fi
