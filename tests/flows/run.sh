#!/bin/sh
# SPDX-License-Identifier: MIT
# The nine flows, for x86 and for ia64: see README.md.
# usage: run.sh MACHINE [PROGRAM...]
# shellcheck disable=SC1091,SC2034,SC2154

machine=$1
shift
out=$machine/flows-out
mkdir -p "$out"
log=$out/check.log
. tests/count.sh

# What a program counts itself: its lines, and its last one.
for profile in x86 ia64; do
    "$machine/$profile/flows" >"$out/$profile.txt" 2>&1
    code=$?
    grep -v 'passed, [0-9]* failed$' "$out/$profile.txt"
    line=$(grep 'passed, [0-9]* failed$' "$out/$profile.txt" | tail -n 1)
    if [ -z "$line" ]; then
        fail "$profile: the program ended with $code"
    else
        passed=$((passed + ${line%% *}))
        failed=$((failed + $(echo "$line" | sed 's/.*, \([0-9]*\) failed/\1/')))
    fi
done

# ---- guest-impl is one text, needs no library, and asks nothing of the preprocessor --------

gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
strict="-std=gnu11 -O2 -ffreestanding -Wall -Wextra -Wshadow -Wstrict-prototypes
    -Wmissing-prototypes -Wdeclaration-after-statement -Werror -I guest-impl"

# compiled COMPILER HEADERS STUBS FILE...: without a library, and what is left open is allowed.
compiled()
{
    compiled_by=$1
    # shellcheck disable=SC2086  # flags are words
    compiled_flags="$strict -I build/tests/dispatch/include-$2 -I $3"
    shift 3
    rm -f "$out"/*.o
    for file in "$@"; do
        # shellcheck disable=SC2086
        $compiled_by $compiled_flags -c -o "$out/$(basename "$file" .c).o" "$file" || return 1
    done
}

# open_names NM: what the objects need that is neither theirs nor a stub's.
open_names()
{
    "$1" -g "$out"/*.o | awk '
        NF == 2 && $1 == "U" { needed[$2]; next }
        NF == 3 { given[$3] }
        END {
            for (name in needed)
                if (!(name in given) && name !~ /^(hc_.*|xencomm_guest|hypercall_page|mem(cpy|set)|__.*)$/) {
                    print "needs " name
                    bad = 1
                }
            exit bad
        }'
}

# conditions FILE...: directives that ask for more than whether a header was read.
conditions()
{
    ! awk 'FNR == 1 { guards = 0 }
        /^ *# *(if|elif)/ && !/^#ifndef ([A-Z0-9_]+_H|__XEN_INTERFACE_VERSION__|NULL)$/ {
            print FILENAME ": " $0
            found = 1
        }
        END { exit !found }' "$@"
}

guests="guest-impl/*.c"
printf '#include "guest.h"\nint printf(const char *, ...);\nint twin_says(void);\nint twin_says(void) { return printf("%%d", 1); }\n' >"$out/twin.c"
printf '#ifndef TWIN_H\n#define TWIN_H\n#ifdef __ia64__\nint twin;\n#endif\n#endif\n' >"$out/twin.h"

for compiler in "$gcc" "$clang"; do
    # shellcheck disable=SC2086
    check "guest-impl, ${compiler##*/}, x86: no warning" compiled "$compiler" x86 generated/x86/guest $guests
    check "guest-impl, ${compiler##*/}, x86: no library" open_names nm
done
prints()
{
    compiled "$gcc" x86 generated/x86/guest "$out/twin.c" && open_names nm
}
refuse "a library's function is seen" prints
if [ ! -x "$ia64_cc" ]; then
    skip "ia64: there is no $ia64_cc"
else
    # shellcheck disable=SC2086
    check "guest-impl, ia64: no warning" compiled "$ia64_cc" ia64 generated/ia64/guest $guests
    check "guest-impl, ia64: no library" open_names "${IA64_NM:-ia64-linux-gnu-nm}"
fi
check "guest-impl asks nothing at compile time" conditions guest-impl/*.[ch]
refuse "a condition is seen" conditions guest-impl/*.[ch] "$out/twin.h"

totals flows
