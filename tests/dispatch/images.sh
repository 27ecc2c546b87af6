#!/bin/sh
# SPDX-License-Identifier: MIT
# The same guest in 32 and in 64 bits sees the same. Sourced by run.sh.
# shellcheck disable=SC2154,SC2086

# images 32-BIT-IMAGE 64-BIT-IMAGE
images()
{
    timeout 60 "$out/harness-image" "$out/layouts-host.txt" "$out/layouts-x86_32.txt" \
        $here/cases-*.txt -- "$1" "$2"
}

if [ -x "$out/image32" ]; then
    check "a guest sees the same in 32 and in 64 bits, interrupted and not" \
        images "$out/image32" "$out/image64"
    sed 's/transfer\[i\].mfn = 0x1234 + i/&+ (sizeof(long) == 4)/' $here/guest-image.c >"$out/other-image.c"
    if cmp -s $here/guest-image.c "$out/other-image.c" ||
        ! $gcc -m32 -O1 -w -D__XEN_TOOLS__ -ffreestanding -nostdlib -static -fno-pic -no-pie \
            -fno-stack-protector -I $here -I "$out/include-x86" -I generated/host/guest \
            -Wl,-e,guest_start -Wl,--build-id=none -o "$out/other-image" "$out/other-image.c"; then
        fail "the other guest cannot be built"
    else
        refuse "a guest that does something else in 32 bits is seen" \
            images "$out/other-image" "$out/image64"
    fi
else
    skip "no gcc -m32: the guest of both widths"
fi
