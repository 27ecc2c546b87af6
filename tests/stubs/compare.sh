# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# The same instructions as Debian's Linux, and as by hand.

freestanding="-O2 -std=gnu11 -ffreestanding -fno-pic -fomit-frame-pointer \
 -fcf-protection=none -fno-asynchronous-unwind-tables -fno-stack-protector \
 -falign-functions=1"
x86="-mno-red-zone $freestanding"

# instructions OBJECT TEXT OPTIONS...
instructions()
{
    instructions_of=$1
    instructions_to=$2
    shift 2
    "${objdump:-objdump}" -dr --no-show-raw-insn "$instructions_of" |
        awk "$@" -f $here/instructions.awk >"$instructions_to"
}

# same FIRST SECOND OPTIONS...: both have functions, and the same ones.
same()
{
    same_first=$1
    same_second=$2
    shift 2
    instructions "$same_first" "$out/first.txt" "$@"
    instructions "$same_second" "$out/second.txt" "$@"
    grep -q '^    ' "$out/first.txt" && grep -q '^    ' "$out/second.txt" || return 2
    diff "$out/first.txt" "$out/second.txt"
}

# stubs SOURCE OBJECT FLAGS... [with STUBS set: another folder of stubs]
stubs()
{
    stubs_source=$1
    stubs_object=$2
    shift 2
    $gcc "$@" -D__XEN_TOOLS__ -I "$out/include-x86" -I "${STUBS:-$generated/x86/guest}" \
        -c -o "$stubs_object" "$stubs_source" || return 2
}

# injured SED-SCRIPT: the folder of stubs with one injury to hc.h.
injured()
{
    rm -rf "$out/injured"
    mkdir "$out/injured"
    cp "$generated"/x86/guest/*.h "$out/injured"
    sed "$1" "$generated/x86/guest/hc.h" >"$out/injured/hc.h"
    if cmp -s "$generated/x86/guest/hc.h" "$out/injured/hc.h"; then
        fail "an injury that injures nothing: $1"
    fi
}

# ---- Linux ------------------------------------------------------------------

linux_calls()
{
    $gcc $x86 -w "$2" -I $here/linux -I "$linux/arch/x86/include" -I "$linux/include" \
        -I "$out/empty" -c -o "$1" $here/linux/calls.c || return 2
}

against_linux()
{
    linux_calls "$out/linux.o" "$1" || return 2
    stubs $here/linux/ours.c "$out/ours.o" $x86 ${2:+"$2"} || return 2
    same "$out/linux.o" "$out/ours.o" -v enter=1
}

if [ ! -s "$linux/arch/x86/include/asm/xen/hypercall.h" ]; then
    skip "Linux: there are no headers in $linux (make deps-stubs)"
else
    # What the header includes from the rest of Linux is in names.h, or not needed.
    rm -rf "$out/empty"
    grep -rhoE '^#include <(linux|trace|asm)/[a-z0-9_/-]+\.h>' "$linux" |
        sed 's/.*<//; s/>//' | sort -u | while read -r name; do
            [ -e "$linux/arch/x86/include/$name" ] || {
                mkdir -p "$out/empty/${name%/*}"
                : >"$out/empty/$name"
            }
        done
    check "Linux: through the page, as its macros were" against_linux -DWAY_PAGE
    check "Linux: with the number in eax, as they are" against_linux -DWAY_NUMBER -DHC_VMMCALL
    injured 's/HC_ARG4 \( *\)"r10"/HC_ARG4 \1"r9"/'
    STUBS=$out/injured refuse "Linux: another register is seen" against_linux -DWAY_PAGE
    injured 's/32 \* %c/16 * %c/'
    STUBS=$out/injured refuse "Linux: another slot is seen" against_linux -DWAY_PAGE
    injured 's/"0"((unsigned long)(nr))/"0"(1 + (unsigned long)(nr))/'
    STUBS=$out/injured refuse "Linux: another number is seen" \
        against_linux -DWAY_NUMBER -DHC_VMMCALL
fi

# ---- by hand ------------------------------------------------------------------

# by_hand WIDTH [WAY]
by_hand()
{
    $gcc "-m$1" ${2:+"$2"} -c -o "$out/hand.o" "$here/hand/calls-x86_$1.S" || return 2
    stubs $here/hand/calls.c "$out/ours.o" "-m$1" $x86 ${2:+"$2"} || return 2
    same "$out/hand.o" "$out/ours.o" -v unordered=1
}

for width in 64 32; do
    for way in "" -DHC_VMMCALL -DHC_VMCALL; do
        check "by hand: x86_$width ${way:-through the page}" by_hand $width $way
    done
done
injured 's/"edi"/"ebp"/'
STUBS=$out/injured refuse "by hand: another register is seen" by_hand 32
injured 's/"vmcall"/"vmmcall"/'
STUBS=$out/injured refuse "by hand: another instruction is seen" by_hand 64 -DHC_VMCALL

if [ ! -x "$ia64_cc" ]; then
    skip "by hand: ia64 (there is no $ia64_cc)"
else
    ia64_by_hand()
    {
        "$ia64_cc" -c -o "$out/hand.o" $here/hand/enter-ia64.S || return 2
        "$ia64_cc" -c -o "$out/ours.o" "$1" || return 2
        for side in hand ours; do
            "$ia64_objdump" -d "$out/$side.o" | sed 1,2d >"$out/$side.txt"
            grep -q 'break.m 0x1000' "$out/$side.txt" || return 1
        done
        diff "$out/hand.txt" "$out/ours.txt"
    }
    for file in "$generated"/ia64/guest/*.S; do
        check "by hand: ia64 ${file##*/}" ia64_by_hand "$file"
        sed 's/in5/in4/' "$file" >"$out/twin.S"
        refuse "by hand: ia64, another register is seen" ia64_by_hand "$out/twin.S"
    done
fi
