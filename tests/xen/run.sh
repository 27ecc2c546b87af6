#!/bin/sh
# SPDX-License-Identifier: MIT
# All checks on real Xen. usage: run.sh FOLDER STUBS HEADERS (see module.mk)
here=$(dirname "$0") out=$1 stubs=$2 headers=$3
xen=$out/xen guest=$out/guest.elf
passed=0 failed=0 skipped=0

pass() { passed=$((passed + 1)); echo "ok $*"; }
fail() { failed=$((failed + 1)); echo "FAIL $*"; }

finish() {
    echo "xen: $passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
    exit
}

# Under CI nothing may be skipped.
skip() {
    if [ "${CI:-}" = true ]; then
        fail "$*"
    else
        skipped=$((skipped + 1)); echo "SKIPPED: $*"
    fi
    finish
}

# count WHAT FILE: the lines of another script or of a run; show those that are not.
count() {
    good=$(grep -c "^ok " "$2") bad=$(grep -c "^FAIL " "$2")
    echo "$1: $good ok, $bad failed"
    grep '^FAIL ' "$2"
    passed=$((passed + good)) failed=$((failed + bad))
}

boot() {
    "$here/boot.sh" "$xen" "$guest" "$@"
}

command -v "${QEMU:-qemu-system-x86_64}" > /dev/null ||
    skip "no QEMU: install package qemu-system-x86"
[ -s "$xen" ] || skip "no Xen: 'make deps' unpacks package xen-hypervisor-4.17-amd64"

"$here/harness-test.sh" "$out/fake" > "$out/harness.log"
count "the harness itself" "$out/harness.log"

boot "$out/log"
case $? in
0) pass "the run on Xen $(sed -n 's/^(XEN) Xen version \([^ ]*\).*/\1/p' "$out/log")" ;;
*) fail "the run: see $out/log" ;;
esac
count "expectations on real Xen" "$out/log"
[ "$failed" = 0 ] || finish

total=$(sed -n 's/^RESULT PASS //p' "$out/log")
if grep -qx "REPLAY $total of $total red" "$out/log"; then
    pass "each of $total expectations, inverted over what was recorded, is red"
else
    fail "not every inverted expectation is red: see $out/log"
fi

for id in 0 $((total / 2)) $((total - 1)); do
    boot "$out/log.$id" "invert=$id"
    if [ $? = 1 ] && [ "$(grep -c '^FAIL ' "$out/log.$id")" = 1 ]; then
        pass "a run with expectation $id inverted is red"
    else
        fail "a run with expectation $id inverted: see $out/log.$id"
    fi
done

"$here/coverage.sh" "$out/log" "$stubs" "$headers" > "$out/coverage.log"
count "ops shown to work and to be refused, or listed" "$out/coverage.log"

"$here/agrees.sh" "$out/log" "$out/include/xen/errno.h" "$out" > "$out/agrees.log"
count "calls that answer as described, and damaged descriptions" "$out/agrees.log"

"$here/damage.sh" "$out" "$stubs" "$headers" > "$out/damage.log"
count "damaged headers and stubs" "$out/damage.log"

# vmcall needs another processor; that the stubs contain it is all that shows.
for width in 32 64; do
    calls=$(objdump -d "$out/pvh$width/vmcall.o" | grep -c '[[:space:]]vmcall')
    if [ "$calls" -gt 0 ]; then
        pass "vmcall, $width bits: assembled at $calls places, not run"
    else
        fail "vmcall, $width bits: the stubs built for it have none"
    fi
done
finish
