#!/bin/sh
# SPDX-License-Identifier: MIT
# consume/run.sh CANDIDATE STUBS: compile the three users of the output.
. tests/headers/lib.sh

candidate=$1
stubs=$2
work=$build/consume
tree="-std=gnu99 -nostdinc -ffreestanding -fno-builtin -fno-common -D__XEN__
      -Wall -Werror -Wstrict-prototypes -Wredundant-decls
      -Wdeclaration-after-statement -Wvla -Wnested-externs"
linux="-std=gnu11 -O2 -ffreestanding -fno-pie -mcmodel=kernel -mno-red-zone
       -mno-sse -fno-common -fno-strict-aliasing -D__KERNEL__ -DMODULE
       -Wall -Wundef -Werror -Wstrict-prototypes
       -Wdeclaration-after-statement -Wvla"
version=-D__XEN_INTERFACE_VERSION__=__XEN_LATEST_INTERFACE_VERSION__

# needs OBJECT SYMBOLS: what the object wants from others, and nothing more.
needs()
{
    needs_have=$(nm -u "$1" | awk '{ print $2 }' | sort | tr '\n' ' ')
    [ "$needs_have" = "$2" ] ||
        { echo "$1 needs '$needs_have', should need '$2'"; false; }
}

rm -rf "$work"
overlay "$work/include/xen" "$candidate"
ln -s xen "$work/include/public"
use="-I$stubs -I$work/include"

# shellcheck disable=SC2086
{
check "consume: unikernel" gcc -O2 -ffreestanding -fno-pie -no-pie -nostdlib \
    -static -Wall -Werror $version $use -o "$work/unikernel" \
    "$here/consume/unikernel.c"
check "consume: unikernel needs nothing" needs "$work/unikernel" ""
check "consume: unikernel with vmmcall" gcc -O2 -ffreestanding -Wall -Werror \
    -DHC_VMMCALL $version $use -c -o "$work/vmmcall.o" \
    "$here/consume/unikernel.c"
check "consume: unikernel, 32 bit" gcc -m32 -O2 -ffreestanding -fno-pie -Wall \
    -Werror $version $use -c -o "$work/unikernel32.o" \
    "$here/consume/unikernel.c"
check "consume: Linux module" gcc $linux $version $use \
    -c -o "$work/module.o" "$here/consume/module.c"
check "consume: Linux module needs the page only" needs "$work/module.o" \
    "hypercall_page "
check "consume: Xen tree" gcc $tree -I"$work/include" -c -o "$work/tree.o" \
    "$here/consume/tree.c"
}
totals consume
