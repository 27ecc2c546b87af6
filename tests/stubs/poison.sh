# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# A page that destroys what a hypercall may: the code around the stubs does not
# notice; and with a clobber left out it does.

# poison COMPILER FLAGS STUBS: builds and runs; 3 where it does not build.
poison()
{
    $1 $2 $warnings -no-pie -mno-red-zone -D__XEN_TOOLS__ -I "$out/include-x86" -I "$3" \
        -o "$out/poison" $here/poison/poison.c $here/poison/page.S || return 3
    timeout 2 "$out/poison"
}

# What is poisoned may also crash or hang; not to be built is no proof.
poison_shows()
{
    poison "$@"
    case $? in
    0) echo "nothing was noticed"; return 1 ;;
    3) echo "it does not build"; return 1 ;;
    *) return 0 ;;
    esac
}

for compiler in $gcc $clang; do
    for width in -m64 -m32; do
        for level in -O0 -O1 -O2 -O3 -Os "-O2 -fPIC"; do
            check "poison: $compiler $width $level" \
                poison "$compiler" "$width $level" "$generated/x86/guest"
        done
    done
done

# twin KIND WIDTHS COMPILERS
twin()
{
    rm -rf "$out/twin"
    mkdir "$out/twin"
    cp "$generated"/x86/guest/*.h "$out/twin"
    if ! awk -v kind="$1" -f $here/poison/twin.awk "$generated/x86/guest/hc.h" \
        >"$out/twin/hc.h"; then
        fail "poison: hc.h has nothing to injure as '$1'"
        return
    fi
    for twin_compiler in $3; do
        for twin_width in $2; do
            check "poison: $twin_compiler $twin_width shows '$1' left out" \
                poison_shows "$twin_compiler" "$twin_width -O2" "$out/twin"
        done
    done
}

twin inputs "-m64 -m32" "$gcc $clang"
twin unused "-m64 -m32" "$gcc $clang"
twin syscall -m64 "$gcc $clang"
# clang takes every volatile asm for one that changes memory.
twin memory "-m64 -m32" "$gcc"
