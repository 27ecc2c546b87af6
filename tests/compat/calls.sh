# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# 32-bit guests call the generated dispatchers, on the simulated machine.

# calls HV COMPILER FLAGS: builds $out/calls.
calls()
{
    cat "$1"/hd-grant_table.h "$1"/hd-memory.h "$1"/hd-pmt.h > "$out/prototypes"
    { echo '#include "calls.h"'; awk -f tests/conformance/handlers.awk "$out/prototypes"; } > "$out/handlers.c"
    $2 -std=gnu11 -g $3 -Wall -Wextra -Wno-unused-parameter -Werror -I $here -I hv-impl -I hv-impl/port-host -I tests/recorder \
        -I "$1" -isystem "$out/ours" -o "$out/calls" $here/calls*.c "$out/handlers.c" \
        "$1"/hd-grant_table.c "$1"/hd-grant_table-compat.c "$1"/hd-memory-compat.c \
        "$1"/hd-pmt.c "$1"/hd-pmt-compat.c tests/recorder/memory.c tests/recorder/domain.c
}
sanitized="-O1 -fsanitize=address,undefined -fno-sanitize-recover=all"
for compiler in $gcc $clang; do
    check "${compiler##*/}: dispatchers for 32-bit guests compile" calls "$hv" $compiler "$sanitized"
    check "${compiler##*/}: 32-bit guests get what is theirs" "$out/calls"
done

# called TEXT FILE SED: with this damage the dispatchers build, and are red.
called()
{
    damaged "$2" "$3"
    check "$1: builds" calls "$out/twin" $gcc -O0
    refuse "$1: is seen" "$out/calls"
}
called "a list that is measured in 8 bytes" hd-memory-compat.c 's/sizeof(unsigned int)/sizeof(unsigned long)/'
called "a result that is cut off" hd-memory-compat.c 's/return rc > 0x7fffffff ? 0x7fffffff : rc;/return rc;/'
called "a frame that is cut off" hd-grant_table.h '/setup_table_put_frame_list(/,/^}/s/narrow != value/narrow != value \&\& 0/'
called "a frame that does not fit, and no word about it" hd-grant_table.h '/op->status = GNTST_address_too_big;/s/op/if ( 0 ) op/'
called "sides of 64 bits" hd-memory-compat.c '/hd_shift_fits/s/HD_MAX_32/HD_MAX_64/'
called "a number that does not fit, and is told" hd-memory-compat.c \
    's/if ( !rc && x86_32_put_xen_machphys_mapping(&op32, &op) )/if ( x86_32_put_xen_machphys_mapping(\&op32, \&op) \&\& 0 )/'
called "a structure as we have it" hd-memory-compat.c '/compat_memory_get_pod_target(/,/^}/s/__copy_to_guest(arg, &op32, 1)/__copy_to_guest(arg, \&op, 1)/'
called "a caller that is said to be as we are" hd-grant_table-compat.c 's/call.compat = true;/call.compat = false;/'
called "an array that goes on one element too far" hd-grant_table-compat.c 's/guest_handle_add_offset(ops, i);/guest_handle_add_offset(ops, i + 1);/'
called "an element of ours in a caller's list" hd-memory.h '/reserved_device_memory_map_put_buffer(/,/^}/s/if ( call->compat )/if ( 0 )/'
