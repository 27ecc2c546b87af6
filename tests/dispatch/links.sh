#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests enter through the stubs: no object of theirs but entry.o may name an
# entry point, a handler or anything of a dispatcher. Sourced by run.sh.
# shellcheck disable=SC2154,SC2086

# no_back_doors OBJECT...: 1 where one names what it must not.
no_back_doors()
{
    nm -u "$@" | awk '
        /:$/ { object = $0 }
        $1 == "U" && $2 ~ /^(do|compat|hv|hd)_/ && object !~ /\/entry\.o:$/ { print object, $2; bad = 1 }
        END { exit bad }'
}

# shellcheck disable=SC2046
check "tests enter through the stubs alone" \
    no_back_doors $(for f in $here/*.c; do f=$out/plain/${f#"$here/"}; f=${f%.c}.o; [ ! -f "$f" ] || echo "$f"; done)

for name in do_memory_op compat_memory_op hv_memory_exchange hd_memory_exchange; do
    echo "long $name(void); long by_hand(void); long by_hand(void) { return $name(); }" |
        $gcc -x c -c -o "$out/by-hand.o" - || fail "the twin does not compile"
    refuse "a test that calls $name itself is seen" \
        no_back_doors "$out/plain/main.o" "$out/by-hand.o"
done
