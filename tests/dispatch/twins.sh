#!/bin/sh
# SPDX-License-Identifier: MIT
# Planted bugs: a dispatcher that was damaged, and the property that has to see
# it. Sourced by run.sh.
# shellcheck disable=SC2154,SC2046,SC2086,SC2034

twins=$out/twins
flags="-std=gnu11 -O0 -w -D_GNU_SOURCE -I hv-impl -I hv-impl/port-host -I tests/recorder"
rm -rf "$twins"
mkdir -p "$twins"

# in_variant VARIANT FAMILY GUEST FLAGS: whose objects, layouts and flags are used from here on.
in_variant()
{
    variant=$1
    family=$2
    guest=$out/layouts-$3.txt
    variant_flags="$4 -I $out/include-$2 -I generated/$2/hv"
}

# twin_built NAME INTERFACE SED-SCRIPT: the harness with that dispatcher damaged.
twin_built()
{
    sed "$3" "generated/$family/hv/hd-$2.c" >"$twins/$1.c"
    ! cmp -s "generated/$family/hv/hd-$2.c" "$twins/$1.c" || { echo "an injury that injures nothing"; return 2; }
    $gcc $flags $variant_flags -c -o "$twins/$1.o" "$twins/$1.c" || return 2
    $gcc $variant_flags -o "$twins/$1" "$twins/$1.o" \
        $(for o in "$out/$variant"/*.o; do [ "$o" = "$out/$variant/hd-$2.o" ] || echo "$o"; done)
}

# twin PROPERTY INTERFACE WHAT SED-SCRIPT: the bug is seen by that property.
twin()
{
    twin_number=$((${twin_number:-0} + 1))
    case $1 in
    open | registers) twin_cases=$here/cases-*.txt ;;
    *) twin_cases=$(echo $here/cases-$(echo $2 | sed 's/_table//; s/-compat//').txt) ;;
    esac
    if ! twin_built "$twin_number" "$2" "$4" >"$log" 2>&1; then
        fail "planted bug: $3: cannot be built"
        head -n 8 "$log"
        return
    fi
    refuse "$1 sees: $3" timeout 20 "$twins/$twin_number" "$out/layouts-host.txt" "$guest" \
        $twin_cases -- "$1"
    grep -q '^FAILED' "$log" || fail "planted bug: $3: nothing is said"
}

in_variant plain x86 host
twin goes-through grant_table "looks for what is pending twice as often" 's/i % 32/i % 16/'
twin goes-through grant_table "data that is somebody else's" 's/call.data = NULL;/call.data = (void *)1;/'
twin goes-through pmt "a place that nobody set" 's/^    call.place = 0;/    ;/'
twin goes-through memory "an extent that is passed over" \
    's/hd_advance(call, rc, op.nr_extents, 1)/hd_advance(call, rc + 1, op.nr_extents, 1)/'
twin read-once grant_table "a structure that is read again for the handler" \
    's/rc = hv_grant_table_swap_grant_ref(call, &op);/(void)__copy_from_guest_offset(\&op, ops, i, 1); &/'
twin read-once memory "one field that is read again behind its check" \
    's/if ( op.nr_extents > 67108863u )/if ( copy_from_guest(\&op, guest_handle_cast(arg, xen_memory_reservation_t), 1) || op.nr_extents > 67108863u )/'
twin checked grant_table "an array whose range nobody checked" \
    's/if ( unlikely(!guest_handle_okay(ops, nr)) )/if ( 0 )/'
twin checked grant_table "a number of the guest that the processor may guess with" \
    's/array_index_nospec(call.op, [0-9]*)/call.op/'
twin checked memory "a place that the processor may guess with" \
    's/call->place = array_index_nospec(call->place, [a-z.]*nr_extents);/;/'
twin asked memory "another rule" 's/, TARGET, /, HOOK, /'
twin asked pmt "permission about the caller" 's/TARGET, call->caller, domid/TARGET, call->caller, call->caller/'
twin fault grant_table "a structure that could not be read" \
    '/^static.* copy_all/,/^}/s/rc = -EFAULT;/rc = 0;/'
twin fault memory "an errno instead of a count" \
    's/return rc == -ERESTART ? rc : (long)call->place;/return rc < 0 ? rc : (long)call->place;/'
twin preempt grant_table "a continuation with the count as it was" 's/\*count = nr - i;/*count = nr;/'
twin preempt memory "a place that is kept one bit too low" 's/call.place << 6/call.place << 5/'
twin preempt pmt "an element that looks done while it is interrupted" \
    's/op.status = PMTST_not_done;/;/'
twin again grant_table "an element that is skipped when the handler wants it again" \
    's/guest_handle_add_offset(ops, i);/guest_handle_add_offset(ops, i + 1);/'
twin finished grant_table "a continuation from the first element" \
    's/guest_handle_add_offset(ops, i);/guest_handle_add_offset(ops, i - i);/'
twin copy-back grant_table "all of a structure, not the status alone" \
    's/hd_copy_field_to_guest_offset(ops, i, &op, status)/__copy_to_guest_offset(ops, i, \&op, 1)/'
twin copy-back memory "a structure that is written back in spite of an errno" \
    's/if ( !rc && __copy_to_guest(arg, &op, 1) )/if ( __copy_to_guest(arg, \&op, 1) )/'
twin uninitialised memory "a structure that nobody filled" 's/^    memset(&op, 0, sizeof(op));/    (void)0;/'
twin copy-back pmt "out fields that keep what the guest had there" 's/^        op\.\([a-z_]*\) = 0;/        (void)0;/'
twin copy-back pmt "out fields that survive an error status" 's/^            op\.\([a-z_]*\) = 0;/            (void)0;/'
twin balance grant_table "a domain that stays locked" 's/rcu_unlock_domain(dom);/(void)dom;/'
twin balance grant_table "a loop that is left without its end" \
    '/^static.* copy_all/,/^}/s/hv_grant_table_op_end(call);/(void)0;/'
twin balance grant_table "an end when the continuation is there already" \
    '/^static.* copy_all/,/^}/{/^    if ( nr )$/,/op_end/d;s/^    return rc;/    if ( rc == -ERESTART ) hypercall_create_continuation(20, "ihi", call->op, *uop, *count); hv_grant_table_op_end(call);\n    return rc;/;}'
twin batch grant_table "a status that ends the batch" \
    's/op->status = GNTST_bad_gntref;/& return -EINVAL;/'
twin batch grant_table "an errno that does not" \
    '/^static.* cache_flush_all/,/^}/s/if ( rc )$/if ( rc == -ERESTART )/'
map='/^static.* map_grant_ref_all/,/^}/'
twin ahead grant_table "elements that nobody was told of" \
    's/hv_grant_table_map_grant_ref_ahead(call, block, came);/(void)0;/'
twin ahead grant_table "one element too few" 's/_ahead(call, block, came)/_ahead(call, block, came - 1)/'
twin ahead grant_table "a handler that is told of one alone" "$map s/if ( came > 1 )/if ( came )/"
twin ahead grant_table "elements that are read again when their turn comes" \
    "$map s/^        op->status = /        (void)__copy_from_guest_offset(op, ops, i, 1);\n&/"
twin ahead grant_table "a block that reaches beyond the array" "$map s/ops, i, nr - i)/ops, i, nr)/"
twin ahead grant_table "a block that is read whole or not at all" \
    "$map s/hd_copy_block(block, ops, i, nr - i)/(nr - i < 32 ? nr - i : 32); if ( __copy_from_guest_offset(block, ops, i, came) ) { rc = -EFAULT; break; }/"
twin ahead grant_table "an element that came in part" \
    "$map s/hd_copy_block(block, ops, i, nr - i)/(nr - i < 32 ? nr - i : 32) - __copy_from_guest_offset(block, ops, i, nr - i < 32 ? nr - i : 32) \/ sizeof(*op)/"
twin ahead grant_table "the last of a block is read again with the next" "$map s/read += came;/read += came - (came > 2);/"
twin ahead pmt "the next element after an interruption" 's/guest_handle_add_offset(ops, i);/guest_handle_add_offset(ops, i + (i == 3));/'
twin clause memory "a clause that is left out" 's/if ( op.pad )/if ( 0 )/'
twin clause pmt "a reserved field that nobody looks at" 's/op->pad0/0/'
twin order memory "two clauses in the other order" \
    '/^static long hd_memory_exchange/,/^}/{s/if ( op.nr_exchanged > op.in.nr_extents )/if ( op.in.domid - op.out.domid )/;t;s/if ( op.in.extent_order > hd_max_order(call->caller) ||/if ( op.nr_exchanged > op.in.nr_extents ) { rc = -EINVAL; goto out; }\n    &/;}'
twin open memory "a shift that wraps" \
    's/!hd_shift_fits(op.in.nr_extents, op.in.extent_order,/0 \&\& &/; s/!hd_shift_fits(op.out.nr_extents, op.out.extent_order,/0 \&\& &/'
twin registers pmt "the upper half of a register that is dropped" 's/^\(.*\)if ( cmd\(.*\)$/\1if ( 0 \&\& cmd\2/; s/ >> 32/ >> 63/'

sanitizers=-fsanitize=address,undefined
in_variant compat x86 x86_32 "$sanitizers -DPORT_COMPAT"
twin preempt memory-compat "32 bits: a place that is kept one bit too low" 's/call.place << 6/call.place << 5/'
twin copy-back memory-compat "32 bits: what the handler said is not told" \
    's/x86_32_put_xen_pod_target(&op32, &op)/0/'
twin clause memory-compat "32 bits: a clause that is left out" 's/if ( op.pad )/if ( 0 )/'
twin open memory-compat "32 bits: what does not fit is cut off" 's/return -ERANGE;/(void)0;/; s/rc = -ERANGE;/(void)0;/'
in_variant gcc-ia64 ia64 host "$sanitizers -DPORT_IA64"
twin registers dom0vp "ia64: flags that nobody looks at" 's/flags & 0x[28]/0/'

# Accessors are in the header, which handlers include.
mkdir -p "$twins/header"
sed 's/op->extent_start, i, /op->extent_start, i + 1, /' generated/x86/hv/hd-memory.h >"$twins/header/hd-memory.h"
if ! cmp -s generated/x86/hv/hd-memory.h "$twins/header/hd-memory.h" &&
    $gcc -I "$twins/header" $flags -I "$out/include-x86" -I generated/x86/hv -c -o "$twins/header.o" $here/handlers-memory.c &&
    $gcc -o "$twins/header/harness" "$twins/header.o" \
        $(for o in "$out"/plain/*.o; do [ "$o" = "$out/plain/handlers-memory.o" ] || echo "$o"; done); then
    refuse "copy-back sees: an accessor that takes the next element" timeout 20 "$twins/header/harness" \
        "$out/layouts-host.txt" "$out/layouts-host.txt" $here/cases-memory.txt -- copy-back
    grep -q '^FAILED.*reads 0x' "$log" || fail "planted bug: another element: nothing is said"
else
    fail "planted bug: another element: cannot be built"
fi
