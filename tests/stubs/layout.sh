# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# The generated assertions hold, for each compiler and each ABI; and they are
# no empty words.

# layout FAMILY COMPILER FLAGS [FILE]: 2 where something else than an assertion fails.
layout()
{
    $2 $3 -Wall -Wextra -Werror -ffreestanding -fsyntax-only -I "$out/include-$1" \
        "${4:-$generated/$1/check/layout.c}" >"$out/layout.log" 2>&1 && return 0
    cat "$out/layout.log"
    grep 'error:' "$out/layout.log" | grep -qv 'static assertion failed\|static_assert failed' && return 2
    return 1
}

# layout_twin WHAT FAMILY COMPILER FLAGS AWK-PROGRAM: one line of the file changed.
layout_twin()
{
    awk "$5" "$generated/$2/check/layout.c" >"$out/twin.c"
    if cmp -s "$generated/$2/check/layout.c" "$out/twin.c"; then
        fail "layout: an injury that injures nothing: $1"
    else
        refuse "layout: $1 is seen ($2, ${3##*/} $4)" layout "$2" "$3" "$4" "$out/twin.c"
    fi
}

layout_twins()
{
    layout_twin "another size" "$1" "$2" "$3" \
        '/^SIZE\(struct gnttab_copy,/ { sub(/, [0-9]+/, ", 999") } { print }'
    layout_twin "another offset" "$1" "$2" "$3" \
        '/^OFFSET\(struct gnttab_copy, len,/ { sub(/[0-9]+\)/, "999)") } { print }'
    layout_twin "another size of a field" "$1" "$2" "$3" \
        '/^FIELD_SIZE\(struct gnttab_copy, len,/ { sub(/[0-9]+\)/, "999)") } { print }'
    layout_twin "another value" "$1" "$2" "$3" \
        '/^VALUE\(GNTTABOP_copy,/ { sub(/[0-9]+\)/, "999)") } { print }'
}

for compiler in $gcc $clang; do
    for width in -m64 -m32; do
        check "layout: x86, $compiler $width" layout x86 "$compiler" $width
        layout_twins x86 "$compiler" $width
    done
done
if [ ! -x "$ia64_cc" ]; then
    skip "layout: ia64 (there is no $ia64_cc)"
else
    check "layout: ia64" layout ia64 "$ia64_cc" ""
    layout_twins ia64 "$ia64_cc" ""
fi
