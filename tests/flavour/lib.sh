# SPDX-License-Identifier: MIT
# What the parts share: sourced by run.sh.
# shellcheck shell=sh disable=SC2034

here=tests/flavour
out=${BUILD:-build}/tests/flavour
generated=${1:-generated}
tree=${BUILD:-build}/linux-headers/linux
gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}

log=$out/check.log
. tests/count.sh

# edited FILE AWK-PROGRAM: injures a file; an injury that changes nothing is a mistake.
edited()
{
    awk "$2" "$1" >"$out/edited"
    if cmp -s "$1" "$out/edited"; then
        fail "an injury that injures nothing: $2"
    fi
    cp "$out/edited" "$1"
}
