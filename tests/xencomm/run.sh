#!/bin/sh
# SPDX-License-Identifier: MIT
# Pointers as xencomm handles: see README.md.
# usage: run.sh [GENERATED]        VERBOSE=1 names every check that passed.
# shellcheck disable=SC1091,SC2086

here=tests/xencomm
out=${BUILD:-build}/tests/xencomm
generated=${1:-generated}
reference=${XEN_HEADERS:-/usr/include/xen}
public=xen-4.17/include/public
gcc=${GCC:-gcc}
clang=${CLANG:-clang-14}
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
warnings="-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wdeclaration-after-statement -Werror"
tested="-std=gnu11 -O1 -g -Wall -Wextra -Wshadow -Werror -fsanitize=address,undefined -fno-sanitize-recover=all"

rm -rf "$out"
mkdir -p "$out"
log=$out/check.log
. tests/count.sh

# headers FOLDER GENERATED: Xen's, and ours for ia64 on top.
headers()
{
    mkdir -p "$1/xen"
    if ! cp -RL "$reference/." "$1/xen/" || ! cp "$2/ia64/$public"/*.h "$1/xen/"; then
        echo "xencomm: no headers in $reference or $2/ia64/$public" >&2
        exit 2
    fi
}

# ---- descriptions of our own ---------------------------------------------------

shapes()
{
    mkdir -p "$out/idl" && cp -R idl/. "$out/idl" && cp $here/shapes/shapes.idl "$out/idl" &&
        find "$out/idl/flavour" -name '*.yaml' ! -name "${public%%/*}.yaml" -exec rm {} + &&
        sed -i 's/^interfaces: \[/&shapes, /' "$out"/idl/flavour/*.yaml &&
        "${HCGEN:-build/hcgen}" gen "$out/idl" --output "$out/shapes"
}

headers "$out/include" "$generated"
check "marshalling of pointers in all places is made" shapes
headers "$out/include-shapes" "$out/shapes"

# ---- tests -----------------------------------------------------------------------

awk -v what=ops -f $here/ops.awk idl/*.idl >"$out/ops.inc"

# object COMPILER SOURCE OBJECT [STUBS INCLUDE]
object()
{
    $1 $tested -include $here/profile.h -iquote . -iquote "$out" -I $here -I guest-impl \
        -I "${5:-$out/include}" -I "${4:-$generated/host-ia64/guest}" -c -o "$3" "$2"
}

# objects NAME COMPILER SOURCE...: into a folder of that name, with the same flags.
objects()
{
    objects_to=$out/$1
    objects_by=$2
    shift 2
    mkdir -p "$objects_to"
    for source in "$@"; do
        object "$objects_by" "$source" "$objects_to/$(basename "$(dirname "$source")")-$(basename "$source" .c).o" \
            $objects_flags || return 2
    done
}

# build COMPILER FOLDER: runtime, reader, harness and shapes.
build()
{
    objects_flags=
    objects "$2/both" "$1" $here/guest.c guest-impl/xencomm.c hv-impl/port-host/xencomm.c &&
        objects "$2/runtime.o" "$1" $here/runtime.c &&
        objects "$2/reader.o" "$1" $here/reader.c &&
        objects "$2/harness.o" "$1" $here/harness.c $here/caller.c $here/ops.c \
            "$generated"/host-ia64/guest/xc*.c || return 2
    objects_flags="$out/shapes/host-ia64/guest $out/include-shapes"
    objects "$2/shapes.o" "$1" $here/shapes/shapes.c "$out"/shapes/host-ia64/guest/xc*.c ||
        return 2
    for program in runtime reader harness shapes; do
        $1 -fsanitize=address,undefined -o "$out/$2/$program" "$out/$2/$program.o"/*.o \
            "$out/$2/both"/*.o || return 2
    done
}

for compiler in $gcc $clang; do
    name=${compiler##*/}
    check "$name: what is tested builds" build "$compiler" "$name"
    check "$name: what the guest makes of a buffer, the hypervisor finds" "$out/$name/runtime"
    check "$name: descriptors that are right and wrong" "$out/$name/reader"
    check "$name: every call, with all its pointers" "$out/$name/harness"
    check "$name: pointers in all places" "$out/$name/shapes"
done

# Each pointer of the descriptions is in the tables: "FILE FIELD", "OP ARGUMENT".
pointers()
{
    awk -v what=pointers -f $here/ops.awk "$1"/*.idl | sort -u >"$out/described"
    {
        sed -nE 's/^POINTER\(([a-z_]+), *[a-z_0-9]+, *[a-z], *([a-z_0-9.]+\.)?([a-z_]+),.*/\1.idl \3/p' \
            $here/pointers.def
        sed -nE 's/^CALL\(([a-z_0-9]+)_([a-z]+), __HYPERVISOR_ia64_dom0vp_op.*/\1 \2/p' \
            $here/calls.def
        # Of calls, as their other register; and in a structure that no call has.
        echo xen.idl done
        echo xen.idl bitmap
    } | sort -u >"$out/tested"
    diff "$out/described" "$out/tested"
}

mkdir "$out/twin-idl"
cp idl/*.idl "$out/twin-idl"
sed -i 's/^    out   nr_mapped: *u64;/    in    frames:         handle64<u64>[8];/' "$out/twin-idl/pmt.idl"
check "every pointer of the descriptions is tested" pointers idl
refuse "every pointer: one more is seen" pointers "$out/twin-idl"

. $here/twins.sh

# ---- for ia64 -----------------------------------------------------------------------

# for_ia64 FLAGS: the runtime, and all that is generated.
for_ia64()
{
    for source in guest-impl/xencomm.c "$generated"/ia64/guest/xc*.c; do
        "$ia64_cc" -std=gnu11 $1 $warnings -ffreestanding -include stdint.h -I guest-impl \
            -I "$out/include" -I "$generated/ia64/guest" -c -o "$out/ia64.o" "$source" || return 1
    done
    for source in "$out"/shapes/ia64/guest/xc*.c; do
        "$ia64_cc" -std=gnu11 $1 $warnings -ffreestanding -include stdint.h -I guest-impl \
            -I "$out/include-shapes" -I "$out/shapes/ia64/guest" -c -o "$out/ia64.o" "$source" ||
            return 1
    done
}

if [ ! -x "$ia64_cc" ]; then
    skip "ia64: there is no $ia64_cc"
else
    for flags in -O0 -O2 "-O2 -std=gnu89" "-O2 -D__XEN_TOOLS__" "-O2 -D__XEN_INTERFACE_VERSION__=0x00040300" \
        "-O2 -D__XEN_INTERFACE_VERSION__=0x0003020a" "-O2 -D__XEN_INTERFACE_VERSION__=0x00030205" \
        "-O2 -D__XEN_INTERFACE_VERSION__=0x00030101"; do
        check "ia64: no warning with $flags" for_ia64 "$flags"
    done
    refuse "ia64: a warning is seen" for_ia64 "-O2 -Dstatic="
fi

totals xencomm
