#!/bin/sh
# SPDX-License-Identifier: MIT
# damage.sh CANDIDATE [IA64-CANDIDATE]
#
# Each row spoils a copy of the candidate in one place; the comparison has to
# turn red and its message has to name what was spoilt.  Rows end with the
# words to find and, where they make a difference in memory, "layout".
. tests/headers/lib.sh

candidate=$1
ia64=$2
work=$build/damage
seen=0

# Whether one message about the header has all the words, parted by |.
named_in()
{
    awk -v start="$header [" -v words="$words" '
        BEGIN { count = split(words, word, "[|]") }
        index($0, start) == 1 {
            found = 0
            for (i = 1; i <= count; i++)
                found += index($0, word[i]) != 0
            if (found == count) {
                print
                good = 1
                exit
            }
        }
        END { exit !good }' "$1"
}

# damaged NAME HEADER WORDS EDIT...: EDIT goes to damage.awk as -v settings.
damaged()
{
    name=$1
    header=$2
    words=$3
    shift 3
    folder=$work/$name
    overlay "$folder" "$candidate"
    for setting in "$@"; do
        set -- "$@" -v "$setting"
        shift
    done
    if ! awk "$@" -f "$here/damage.awk" "$candidate/$header" \
            >"$folder/$header"; then
        fail "damage $name: the edit does not fit $header"
        return
    fi
    if cmp -s "$candidate/$header" "$folder/$header"; then
        fail "damage $name: the edit changes nothing"
        return
    fi
    "$build/compare" --first "$reference" "$folder" >"$folder.log" 2>&1
    status=$?
    if [ $status -ne 1 ]; then
        fail "damage $name: not seen (exit $status)"
    elif ! named_in "$folder.log" >/dev/null; then
        fail "damage $name: no message about $header says \"$words\""
        head -n 6 "$folder.log"
    else
        seen=$((seen + 1))
        pass "damage $name: $(named_in "$folder.log")"
    fi
}

rm -rf "$work"
mkdir -p "$work"

# ---- declarations ----
damaged swapped-fields grant_table.h gnttab_map_grant_ref \
    edit=exchange inside='^struct gnttab_map_grant_ref' \
    at='uint32_t flags ;' with='grant_ref_t ref ;'
damaged field-order-in-a-branch memory.h xen_add_to_physmap_batch_extra \
    edit=exchange inside='union xen_add_to_physmap_batch_extra' \
    at='foreign_domid ;' with='res0 ;'
damaged changed-width memory.h 'uint16_t extent_order' \
    edit=replace inside='^struct xen_memory_reservation' \
    at='unsigned int extent_order' to='uint16_t extent_order'
damaged missing-field physdev.h physdev_map_pirq \
    edit=drop inside='^struct physdev_map_pirq' at='~entry_nr ;'
damaged renamed-field xen.h 'uint64_t value' \
    edit=replace inside='^struct mmu_update' at='uint64_t val ;' \
    to='uint64_t value;'
damaged missing-typedef grant_table.h gnttab_query_size_t \
    edit=drop at='typedef struct gnttab_query_size gnttab_query_size_t ;'
damaged missing-handle memory.h xen_memory_map_t \
    edit=drop at='DEFINE_XEN_GUEST_HANDLE [(] xen_memory_map_t [)]'
damaged dropped-const xen.h vcpumask \
    edit=replace at='const void [*] vcpumask' to='void *vcpumask'
damaged dropped-const-handle memory.h const_uint8 \
    edit=replace at='XEN_GUEST_HANDLE_64[(]const_uint8[)] buffer' \
    to='XEN_GUEST_HANDLE_64(uint8) buffer'
damaged handle-written-out memory.h '__guest_handle_xen_pfn_t extent_start' \
    edit=replace inside='^struct xen_memory_reservation' \
    at='XEN_GUEST_HANDLE[(]xen_pfn_t[)] extent_start' \
    to='__guest_handle_xen_pfn_t extent_start'
damaged wrong-array-length xen.h 'args' \
    edit=replace inside='^struct multicall_entry'  at='args [[]6]' to='args[5]'

# ---- macros ----
damaged changed-number physdev.h PHYSDEVOP_map_pirq \
    edit=replace at='define~PHYSDEVOP_map_pirq~13' \
    to='define PHYSDEVOP_map_pirq 31'
damaged renamed-macro memory.h XENMEM_claim_pages \
    edit=replace at='define~XENMEM_claim_pages~' \
    to='define XENMEM_claimed_pages '
damaged renamed-parameter memory.h XENMEMF_get_node \
    edit=replace at='XENMEMF_get_node[(]x[)].*' \
    to='XENMEMF_get_node(y) ((((y) >> 8) - 1) \\& 0xffu)'
damaged macro-order grant_table.h 'order,|GNTTABOP_query_size' \
    edit=exchange at='define~GNTTABOP_copy~' \
    with='define~GNTTABOP_query_size~'
damaged other-spelling grant_table.h GTF_transitive \
    edit=replace at='[(] 3U << 0 [)]' to='(3<<0)'

# ---- what only some views show ----
damaged dropped-if grant_table.h grant_entry_v1 \
    edit=open at='# if __XEN_INTERFACE_VERSION__ < 0x0003020a'
damaged wrong-else physdev.h PHYSDEVOP_pirq_eoi_gmfn \
    edit=turn at='# if __XEN_INTERFACE_VERSION__ < 0x00040200'
damaged one-view-value xen.h '[ansi, not gnu]|XEN_FLEX_ARRAY_DIM' \
    edit=replace at='XEN_FLEX_ARRAY_DIM~1' to='XEN_FLEX_ARRAY_DIM 2'
damaged old-view-value xen.h '[guest, no version m64]|MAX_VMASST_TYPE' \
    edit=replace at='MAX_VMASST_TYPE~3' to='MAX_VMASST_TYPE 4'
damaged boundary-moved memory.h '[guest 0x00030209 m64]|XENMEMF_' \
    edit=replace at='__XEN_INTERFACE_VERSION__ >= 0x00030209' \
    to='__XEN_INTERFACE_VERSION__ >= 0x0003020a'
damaged boundary-included xen.h '[guest 0x00040600 m64]|vcpu_time_info' \
    edit=replace at='__XEN_INTERFACE_VERSION__ >= 0x00040601' \
    to='__XEN_INTERFACE_VERSION__ >= 0x00040600'
damaged tools-only-value memory.h '[tools m64]|XENMEM_paging_op_evict' \
    edit=replace at='XENMEM_paging_op_evict~1' \
    to='XENMEM_paging_op_evict 2'
damaged hypervisor-branch xen.h '[hypervisor m64]|vcpu_info_t' \
    edit=open at='# ifndef __XEN__'
damaged width-branch xen.h xen_wc_sec_hi \
    edit=replace at='# ifndef __i386__' to='#ifndef __x86_64__'
damaged m32-guest-only xen.h '[guest, no version m32]|xen_wc_sec_hi' \
    edit=replace at='xen_wc_sec_hi~arch[.]wc_sec_hi' \
    to='xen_wc_sec_hi arch.wc_sec'
damaged assembly-only xen.h 'assembly]|macro xen_mk_ulong' \
    edit=replace at='xen_mk_ulong[(]x[)]~x~*$' \
    to='xen_mk_ulong(x) (x)'
damaged other-error xen.h '[no architecture]|#error' \
    edit=replace at='# error ".*"' to='#error "No such architecture"'

# ---- what the preprocessor does not show ----
damaged changed-guard memory.h __XEN_PUBLIC_MEMORY_H__ \
    edit=replace all=1 at='__XEN_PUBLIC_MEMORY_H__' to='XEN_PUBLIC_MEMORY_H'
damaged missing-marker grant_table.h 'enum grant_status' \
    edit=drop at='` enum grant_status'
damaged renamed-marker xen.h 'incontents 200 startofday' \
    edit=replace at='incontents 200 startofday_shared' \
    to='incontents 200 startofday_common'

# ---- the layout oracle ----
# uneven NAME WORDS: it has to see the header that damaged() made as NAME.
uneven()
{
    if sh "$here/layout.sh" --quick "$work/$1" >"$work/$1.layout" 2>&1; then
        fail "damage $1: layout does not see it"
    elif ! grep -q "^$2: should be" "$work/$1.layout"; then
        fail "damage $1: layout does not name $2"
        head -n 6 "$work/$1.layout"
    else
        pass "damage $1: $(grep -m 1 "^$2: should be" "$work/$1.layout")"
    fi
}

uneven swapped-fields 'grant_table.h struct gnttab_map_grant_ref.flags offset'
uneven changed-width 'memory.h struct xen_memory_reservation.extent_order size'
uneven wrong-array-length 'xen.h struct multicall_entry size'
uneven changed-number 'physdev.h PHYSDEVOP_map_pirq value'
uneven other-spelling 'grant_table.h GTF_transitive signed'

# ---- ia64 ----
# ia64_copy NAME HEADER EDIT...: a damaged copy of the ia64 folder.
ia64_copy()
{
    copy=$work/$1
    header=$2
    shift 2
    mkdir -p "$copy"
    cp "$ia64"/*.h "$copy/"
    for setting in "$@"; do
        set -- "$@" -v "$setting"
        shift
    done
    awk "$@" -f "$here/damage.awk" "$ia64/$header" >"$copy/$header" ||
        fail "damage ${copy##*/}: the edit does not fit $header"
}

# What only the ia64 compiler can see: the architecture's own header.
ia64_width()
{
    ia64_copy ia64-width arch-ia64.h edit=replace \
        at='unsigned long xen_pfn_t' to='unsigned int xen_pfn_t'
    if ! command -v "$ia64_cc" >/dev/null; then
        skip "damage ia64-width: no $ia64_cc (make ia64-gcc)"
    elif sh "$here/layout.sh" --quick "$candidate" "$work/ia64-width" \
            >"$work/ia64-width.log" 2>&1; then
        fail "damage ia64-width: layout does not see it"
    elif ! grep -q 'struct gnttab_transfer.mfn size: should be 8, is 4' \
            "$work/ia64-width.log"; then
        fail "damage ia64-width: layout does not name it"
        head -n 6 "$work/ia64-width.log"
    else
        pass "damage ia64-width"
    fi
}

ia64_field()
{
    ia64_copy ia64-field memory.h edit=replace \
        inside='^struct xen_memory_reservation' \
        at='xen_ulong_t nr_extents' to='uint64_t nr_extents'
    ia64_reference "$work/ia64-reference" "$ia64"
    overlay "$work/ia64-field-all" "$work/ia64-field"
    words='xen_memory_reservation|uint64_t nr_extents'
    "$build/compare" --ia64 --first "$work/ia64-reference" \
        "$work/ia64-field-all" >"$work/ia64-field.log" 2>&1
    if [ $? -ne 1 ] || ! named_in "$work/ia64-field.log" >/dev/null; then
        fail "damage ia64-field: not seen"
        head -n 6 "$work/ia64-field.log"
    else
        pass "damage ia64-field"
    fi
}

if [ -n "$ia64" ]; then
    ia64_width
    ia64_field
fi

# The edits' own scale: an edit that cannot be made must be an error.
if awk -v edit=drop -v at='no such text' -f "$here/damage.awk" \
        "$candidate/xen.h" >/dev/null; then
    fail "damage: an edit that finds nothing is taken for one"
else
    pass "damage: an edit that finds nothing is an error"
fi
echo "damaged headers seen: $seen"
totals damage
