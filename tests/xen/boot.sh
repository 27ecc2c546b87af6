#!/bin/sh
# SPDX-License-Identifier: MIT
# Boot Xen with the guest as dom0, and as the image of the domain it builds.
# usage: boot.sh XEN GUEST LOG [WORDS-FOR-DOM0]
# 0: all expectations hold. 1: some do not. 2: the run itself is broken.
# QEMU, XEN_TIMEOUT: another program, another limit in seconds.

xen=$1 guest=$2 log=$3 words=${4:-}
limit=${XEN_TIMEOUT:-60}

timeout "$limit" "${QEMU:-qemu-system-x86_64}" \
    -accel tcg,thread=single -cpu max -m 512 -smp 1 \
    -machine q35 -nodefaults -display none -vga none -no-reboot -monitor none \
    -device isa-debug-exit,iobase=0xf4,iosize=4 \
    -device virtio-rng-pci,addr=4 \
    -chardev stdio,id=c,signal=off -serial chardev:c \
    -kernel "$xen" -initrd "$guest $words,$guest" \
    -append "console=com1 com1=115200,8n1 loglvl=all guest_loglvl=all \
dom0_mem=64M dom0=pv vga=none" \
    < /dev/null > "$log.raw" 2>&1
status=$?
tr -d '\r' < "$log.raw" > "$log"

last=$(tail -n 1 "$log")
lines=$(grep -c '^ok [0-9]' "$log")

# The guest leaves with 2 * code + 1; Xen's own panics end with 0.
case "$status $last" in
"1 RESULT PASS $lines")
    [ "$lines" -gt 0 ] && exit 0
    echo "no expectation in $log" ;;
"3 RESULT FAIL "*)
    exit 1 ;;
"124 "*)
    echo "hung, ended after $limit s: $log" ;;
"7 "*)
    echo "unexpected trap: $(grep '^STOP' "$log")" ;;
*)
    echo "status $status, last line '$last', $lines lines ok: $log" ;;
esac
exit 2
