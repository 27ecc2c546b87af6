#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests of the harness: boot.sh against programs that pretend to be QEMU, and
# coverage.awk against lines made up here. usage: harness-test.sh FOLDER
here=$(dirname "$0") out=$1

mkdir -p "$out"
cat > "$out/qemu" << 'END'
#!/bin/sh
printf "$FAKE_TEXT"
sleep "$FAKE_SECONDS"
exit "$FAKE_STATUS"
END
chmod +x "$out/qemu"

# report WANTED GOT WHAT
report() {
    if [ "$2" = "$1" ]; then
        printf 'ok harness: %s: %s\n' "$3" "$1"
    else
        printf 'FAIL harness: %s: %s, not %s\n' "$3" "$2" "$1"
    fi
}

# boot WANTED STATUS TEXT [SECONDS]
boot() {
    FAKE_STATUS=$2 FAKE_TEXT=$3 FAKE_SECONDS=${4:-0} QEMU="$out/qemu" XEN_TIMEOUT=1 \
        "$here/boot.sh" xen guest "$out/log" > /dev/null 2>&1
    report "$1" $? "a QEMU that says '$3' and ends with $2 after ${4:-0} s"
}

boot 0 1 'ok 0 a\nok 1 b\nRESULT PASS 2\n'
boot 1 3 'ok 0 a\nFAIL 1 b\nRESULT FAIL 1 of 2\n'
boot 2 1 'ok 0 a\nok 1 b\n'
boot 2 1 'ok 0 a\nRESULT PASS 1\nmore\n'
boot 2 1 'ok 0 a\nFAIL 1 b\nRESULT FAIL 1 of 2\n'
boot 2 1 'ok 0 a\nRESULT PASS 2\n'
boot 2 1 'RESULT PASS 0\n'
boot 2 1 ''
boot 2 0 'ok 0 a\nRESULT PASS 1\n'
boot 2 3 'ok 0 a\nRESULT PASS 1\n'
boot 2 7 'STOP trap 14\n'
boot 2 1 'ok 0 a\nRESULT PASS 1\n' 3

# cover WANTED WHAT LINE...: how many lines are FAIL, of which one is "only 2 ops"
cover() {
    wanted=$1 what=$2
    shift 2
    report "$wanted" \
        "$(printf '%s\n' 'stub a' 'stub b' 'shown b succeeds' 'shown b fails' "$@" |
           awk -f "$here/coverage.awk" | grep -Evc '^ok|ops were found')" "coverage: $what"
}

cover 0 'both kinds' 'shown a succeeds' 'shown a fails'
cover 0 'one kind and a reason' 'shown a succeeds' 'unreachable a fails why'
cover 0 'a reason for a pattern' 'shown a fails' 'unreachable a* succeeds why'
cover 1 'no kind'
cover 1 'one kind' 'shown a succeeds'
cover 1 'a reason for what is shown' 'shown a succeeds' 'shown a fails' \
    'unreachable a fails why'
cover 1 'a reason for no op' 'shown a succeeds' 'shown a fails' 'unreachable c fails why'
cover 1 'a number without a stub' 'shown a succeeds' 'shown a fails' 'header c'
