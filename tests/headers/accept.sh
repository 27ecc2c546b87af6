#!/bin/sh
# SPDX-License-Identifier: MIT
# accept.sh CANDIDATE [IA64-CANDIDATE]
#
# The checks that Xen's own build makes of each public header, with gcc as
# there, with clang, and for the ia64 headers with the ia64 compiler.  Files
# that have no reference are checked like all others.
. tests/headers/lib.sh

candidate=$1
ia64=$2
work=$build/accept
version=-D__XEN_INTERFACE_VERSION__=__XEN_LATEST_INTERFACE_VERSION__

# As Xen has it, then the other views: the compiler and its flags.
ways="
gcc -x c -ansi
gcc -x c -ansi $version
gcc -x c -ansi -D__XEN_TOOLS__
gcc -x c -ansi -m32 -ffreestanding
gcc -x c -std=c99
g++ -x c++ -std=gnu++98 -D__XEN_TOOLS__
$clang -x c -ansi
$clang -x c -std=c99
$clang -x c++ -std=gnu++98 -D__XEN_TOOLS__
"
ia64_ways="
$ia64_cc -x c -ansi -ffreestanding
$ia64_cc -x c -ansi -ffreestanding $version
$ia64_cc -x c -ansi -ffreestanding -D__XEN_TOOLS__
$ia64_cc -x c -std=c99 -ffreestanding
"

# accept FOLDER HEADER COMPILER FLAGS...
accept()
{
    accept_folder=$1
    accept_header=$2
    shift 2
    case " $* " in
    *" c++ "*) set -- "$@" -include stdint.h -include "$accept_folder/xen.h" ;;
    *) set -- "$@" -include stdint.h ;;
    esac
    "$@" -Wall -Werror -S -o "$work/out.s" \
        "$accept_folder/$accept_header"
}

# accept_all FOLDER WAYS HEADER...
accept_all()
{
    all_folder=$1
    all_ways=$2
    shift 2
    for header in "$@"; do
        header=${header##*/}
        while read -r way; do
            [ -n "$way" ] || continue
            # shellcheck disable=SC2086
            check "$header: $way" accept "$all_folder" "$header" $way
        done <<EOF
$all_ways
EOF
    done
}

rm -rf "$work"
mkdir -p "$work"
overlay "$work/x86" "$candidate"
accept_all "$work/x86" "$ways" "$candidate"/*.h

if [ -n "$ia64" ] && ! command -v "$ia64_cc" >/dev/null; then
    skip "header checks on ia64: no $ia64_cc (make ia64-gcc)"
elif [ -n "$ia64" ]; then
    overlay "$work/ia64" "$ia64"
    accept_all "$work/ia64" "$ia64_ways" "$ia64"/*.h
fi

# The checks see what they are there for.
refused()
{
    if accept "$work/x86" damaged.h "$@" >"$build/check.log" 2>&1; then
        fail "header checks accept: $(tail -n 1 "$work/x86/damaged.h")"
    else
        pass "refused"
    fi
}
while IFS='|' read -r way line; do
    [ -n "$way" ] || continue
    { cat "$work/x86/memory.h"; echo "$line"; } >"$work/x86/damaged.h"
    # shellcheck disable=SC2086
    refused $way
done <<EOF
gcc -x c -ansi|int after; // not a comment in C90
gcc -x c -ansi|static inline int twice(int x) { return 2 * x; }
gcc -x c -ansi|struct lonely { size_t count; };
g++ -x c++ -std=gnu++98 -D__XEN_TOOLS__|struct keyword { int class; };
gcc -x c -ansi|#define XENMEM_increase_reservation 1
EOF
totals accept
