# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# Every function of every family compiles, with everything that can be said about
# C switched on; ia64 has no other break than break.m.

# compile FAMILY COMPILER FLAGS [FAMILY-OF-HEADERS]
compile()
{
    check "every stub of $1: ${2##*/} $3" \
        $2 $3 $warnings -D__XEN_TOOLS__ -I "$out/include-${4:-$1}" -I "$generated/$1/guest" \
        -c -o "$out/every-$1.o" "$out/every-$1.c"
}

# The bundles of a file have no break in a branch slot.
no_break_b()
{
    "$ia64_objdump" -d "$1" >"$out/break.txt" || return 2
    grep -q 'break\.m' "$out/break.txt" || return 2
    ! grep -q 'break\.b' "$out/break.txt"
}

assemble()
{
    "$ia64_cc" -c -Wa,--fatal-warnings -o "$2" "$1"
}

for family in x86 ia64 host; do
    awk -f $here/all.awk "$generated/$family"/guest/hc-*.h >"$out/every-$family.c"
done
for compiler in $gcc $clang; do
    for width in -m64 -m32; do
        for level in -O0 -O2 "-O0 -fPIC" "-O2 -fPIC" "-O2 -std=gnu89"; do
            compile x86 "$compiler" "$width $level"
        done
        for way in -DHC_VMMCALL -DHC_VMCALL; do
            for level in "-O0 -fPIC" "-O2"; do
                compile x86 "$compiler" "$width $level $way"
            done
        done
    done
    compile host "$compiler" "-O2" x86
done

if [ ! -x "$ia64_cc" ]; then
    skip "ia64: there is no $ia64_cc"
else
    for level in -O0 -O2 "-O2 -fPIC"; do
        compile ia64 "$ia64_cc" "$level -ffreestanding"
    done
    for file in "$generated"/ia64/guest/*.S; do
        name=$(basename "$file")
        check "ia64: $name assembles without a warning" assemble "$file" "$out/enter.o"
        check "ia64: $name has no break.b" no_break_b "$out/enter.o"
        # Twins: a break that gas puts into a branch slot, and a group in which
        # r2 is written and read.
        awk '{ print } /:$/ { print "\t(p6) br.few 1f\n\t(p7) br.few 1f\n\tbreak 0x1000\n1:" }' \
            "$file" >"$out/twin.S"
        check "ia64: $name with a break after branches assembles" \
            assemble "$out/twin.S" "$out/twin.o"
        refuse "ia64: and its break.b is seen" no_break_b "$out/twin.o"
        awk '{ print } /mov.*r2 =/ { print "\tadds r3 = 1, r2" }' "$file" >"$out/twin.S"
        refuse "ia64: $name without a stop bit is refused" assemble "$out/twin.S" "$out/twin.o"
    done
fi
