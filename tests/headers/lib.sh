# SPDX-License-Identifier: MIT
# Folders that are complete: sourced by the scripts here.
# Gives: here, build, reference, ia64_cc, clang, and the functions below.
# shellcheck disable=SC2034,SC2015

here=tests/headers
build=${BUILD:-build/tests/headers}
reference=${XEN_HEADERS:-/usr/include/xen}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
clang=${CLANG:-clang-14}

log=$build/check.log
. tests/count.sh

stop()
{
    echo "headers: $1" >&2
    exit 2
}

# overlay FOLDER CANDIDATE: all of the reference, the candidate's headers on
# top.  Copies, not links: the headers include each other by relative paths.
overlay()
{
    rm -rf "$1"
    mkdir -p "$1"
    cp -R "$reference/." "$1/" && cp "$2"/*.h "$1/" ||
        stop "cannot lay $2 over $reference"
}

# What the ia64 folder is compared with: the reference, and the one branch that
# knows ia64, with the candidate's file behind it.
ia64_reference()
{
    rm -rf "$1"
    mkdir -p "$1"
    cp -R "$reference/." "$1/" && cp "$2/arch-ia64.h" "$1/" ||
        stop "no arch-ia64.h in $2"
    awk '/^#error "Unsupported architecture"/ && !done { done = 1 }
         /^#else/ && !branch {
             print "#elif defined(__ia64__)"
             print "#include \"arch-ia64.h\""
             branch = 1
         }
         { print }' "$reference/xen.h" >"$1/xen.h"
}
