#!/bin/sh
# SPDX-License-Identifier: MIT
# The folders that the parts share: sourced by run.sh.
# shellcheck disable=SC2034,SC2015

here=tests/stubs
out=${BUILD:-build}/tests/stubs
generated=${1:-generated}
reference=${XEN_HEADERS:-/usr/include/xen}
public=xen-4.17/include/public
linux=${BUILD:-build}/linux-headers/linux
gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
ia64_objdump=${IA64_OBJDUMP:-ia64-linux-gnu-objdump}
warnings="-Wall -Wextra -Wshadow -Wstrict-prototypes -Wdeclaration-after-statement -Werror"

log=$out/check.log
. tests/count.sh

# overlay FAMILY: the reference's headers, and the family's on top.  Copies, not
# links: the headers include each other by relative paths.
overlay()
{
    overlay_to=$out/include-$1/xen
    rm -rf "$overlay_to"
    mkdir -p "$overlay_to"
    if ! cp -RL "$reference/." "$overlay_to/" ||
        ! cp "$generated/$1/$public"/*.h "$overlay_to/"; then
        echo "stubs: no headers in $reference or $generated/$1/$public" >&2
        exit 2
    fi
}
