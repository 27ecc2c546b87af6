/* SPDX-License-Identifier: MIT */
/*
 * Where members lie, for x86_32 callers of an x86_64 hypervisor.
 *
 * Generated from idl/ by "make"; edit that, not this.
 */
#include "hd-grant_table-compat.h"
#include "hd-memory-compat.h"
#include "hd-pmt-compat.h"

static void __maybe_unused grant_table_build_assertions(void)
{
    BUILD_BUG_ON(sizeof(struct gnttab_map_grant_ref) != 32);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, host_addr) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->host_addr) != 8);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, flags) != 8);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->flags) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, ref) != 12);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->ref) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, dom) != 16);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, status) != 18);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->status) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, handle) != 20);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->handle) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_map_grant_ref, dev_bus_addr) != 24);
    BUILD_BUG_ON(sizeof(((struct gnttab_map_grant_ref *)NULL)->dev_bus_addr) !=
                 8);

    BUILD_BUG_ON(sizeof(struct gnttab_unmap_grant_ref) != 24);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_grant_ref, host_addr) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_grant_ref *)NULL)->host_addr) !=
                 8);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_grant_ref, dev_bus_addr) != 8);
    BUILD_BUG_ON(
        sizeof(((struct gnttab_unmap_grant_ref *)NULL)->dev_bus_addr) != 8);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_grant_ref, handle) != 16);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_grant_ref *)NULL)->handle) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_grant_ref, status) != 20);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_grant_ref *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct x86_32_gnttab_setup_table) != 16);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_setup_table, dom) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_setup_table *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_setup_table, nr_frames) != 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_setup_table *)NULL)->nr_frames) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_setup_table, status) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_setup_table *)NULL)->status) !=
                 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_setup_table, frame_list) != 12);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_setup_table *)NULL)->frame_list) != 4);

    BUILD_BUG_ON(sizeof(struct gnttab_dump_table) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_dump_table, dom) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_dump_table *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_dump_table, status) != 2);
    BUILD_BUG_ON(sizeof(((struct gnttab_dump_table *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct x86_32_gnttab_transfer) != 16);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_transfer, mfn) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_transfer *)NULL)->mfn) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_transfer, domid) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_transfer *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_transfer, ref) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_transfer *)NULL)->ref) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_transfer, status) != 12);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_transfer *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct x86_32_gnttab_copy) != 24);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source) != 0);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source.u) != 0);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source.u.ref) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->source.u.ref) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source.u.gmfn) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->source.u.gmfn) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source.domid) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->source.domid) !=
                 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, source.offset) != 6);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->source.offset) !=
                 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest.u) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest.u.ref) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->dest.u.ref) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest.u.gmfn) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->dest.u.gmfn) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest.domid) != 12);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->dest.domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, dest.offset) != 14);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->dest.offset) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, len) != 16);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->len) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, flags) != 18);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->flags) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_copy, status) != 20);
    BUILD_BUG_ON(sizeof(((struct x86_32_gnttab_copy *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct gnttab_query_size) != 16);
    BUILD_BUG_ON(offsetof(struct gnttab_query_size, dom) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_query_size *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_query_size, nr_frames) != 4);
    BUILD_BUG_ON(sizeof(((struct gnttab_query_size *)NULL)->nr_frames) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_query_size, max_nr_frames) != 8);
    BUILD_BUG_ON(sizeof(((struct gnttab_query_size *)NULL)->max_nr_frames) !=
                 4);
    BUILD_BUG_ON(offsetof(struct gnttab_query_size, status) != 12);
    BUILD_BUG_ON(sizeof(((struct gnttab_query_size *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct gnttab_unmap_and_replace) != 24);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_and_replace, host_addr) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_and_replace *)NULL)->host_addr) !=
                 8);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_and_replace, new_addr) != 8);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_and_replace *)NULL)->new_addr) !=
                 8);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_and_replace, handle) != 16);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_and_replace *)NULL)->handle) !=
                 4);
    BUILD_BUG_ON(offsetof(struct gnttab_unmap_and_replace, status) != 20);
    BUILD_BUG_ON(sizeof(((struct gnttab_unmap_and_replace *)NULL)->status) !=
                 2);

    BUILD_BUG_ON(sizeof(struct gnttab_set_version) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_set_version, version) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_set_version *)NULL)->version) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_gnttab_get_status_frames) != 12);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_get_status_frames, nr_frames) !=
                 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_get_status_frames *)NULL)->nr_frames) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_get_status_frames, dom) != 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_get_status_frames *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_get_status_frames, status) != 6);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_get_status_frames *)NULL)->status) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_gnttab_get_status_frames, frame_list) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_gnttab_get_status_frames *)NULL)->frame_list) !=
        4);

    BUILD_BUG_ON(sizeof(struct gnttab_get_version) != 8);
    BUILD_BUG_ON(offsetof(struct gnttab_get_version, dom) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_get_version *)NULL)->dom) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_get_version, pad) != 2);
    BUILD_BUG_ON(sizeof(((struct gnttab_get_version *)NULL)->pad) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_get_version, version) != 4);
    BUILD_BUG_ON(sizeof(((struct gnttab_get_version *)NULL)->version) != 4);

    BUILD_BUG_ON(sizeof(struct gnttab_swap_grant_ref) != 12);
    BUILD_BUG_ON(offsetof(struct gnttab_swap_grant_ref, ref_a) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_swap_grant_ref *)NULL)->ref_a) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_swap_grant_ref, ref_b) != 4);
    BUILD_BUG_ON(sizeof(((struct gnttab_swap_grant_ref *)NULL)->ref_b) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_swap_grant_ref, status) != 8);
    BUILD_BUG_ON(sizeof(((struct gnttab_swap_grant_ref *)NULL)->status) != 2);

    BUILD_BUG_ON(sizeof(struct gnttab_cache_flush) != 16);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, a) != 0);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, a.dev_bus_addr) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_cache_flush *)NULL)->a.dev_bus_addr) !=
                 8);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, a.ref) != 0);
    BUILD_BUG_ON(sizeof(((struct gnttab_cache_flush *)NULL)->a.ref) != 4);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, offset) != 8);
    BUILD_BUG_ON(sizeof(((struct gnttab_cache_flush *)NULL)->offset) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, length) != 10);
    BUILD_BUG_ON(sizeof(((struct gnttab_cache_flush *)NULL)->length) != 2);
    BUILD_BUG_ON(offsetof(struct gnttab_cache_flush, op) != 12);
    BUILD_BUG_ON(sizeof(((struct gnttab_cache_flush *)NULL)->op) != 4);
}

static void __maybe_unused memory_build_assertions(void)
{
    BUILD_BUG_ON(sizeof(struct x86_32_xen_memory_reservation) != 20);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_reservation, extent_start) !=
                 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_reservation *)NULL)->extent_start) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_reservation, nr_extents) !=
                 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_reservation *)NULL)->nr_extents) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_reservation, extent_order) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_reservation *)NULL)->extent_order) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_reservation, mem_flags) !=
                 12);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_reservation *)NULL)->mem_flags) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_reservation, domid) != 16);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_reservation *)NULL)->domid) != 2);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_memory_exchange) != 44);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_exchange, in) != 0);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_exchange, out) != 20);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_exchange, nr_exchanged) !=
                 40);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_memory_exchange *)NULL)->nr_exchanged) != 4);

    BUILD_BUG_ON(sizeof(struct xen_memory_domain) != 2);
    BUILD_BUG_ON(offsetof(struct xen_memory_domain, domid) != 0);
    BUILD_BUG_ON(sizeof(((struct xen_memory_domain *)NULL)->domid) != 2);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_machphys_mfn_list) != 12);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mfn_list, max_extents) !=
                 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_machphys_mfn_list *)NULL)->max_extents) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mfn_list, extent_start) !=
                 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_machphys_mfn_list *)NULL)->extent_start) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mfn_list, nr_extents) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_machphys_mfn_list *)NULL)->nr_extents) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_machphys_mapping) != 12);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mapping, v_start) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_machphys_mapping *)NULL)->v_start) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mapping, v_end) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_machphys_mapping *)NULL)->v_end) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_machphys_mapping, max_mfn) != 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_machphys_mapping *)NULL)->max_mfn) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_add_to_physmap) != 16);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap, domid) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap *)NULL)->domid) !=
                 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap, size) != 2);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap *)NULL)->size) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap, space) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap *)NULL)->space) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap, idx) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap *)NULL)->idx) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap, gpfn) != 12);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap *)NULL)->gpfn) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_add_to_physmap_batch) != 20);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, domid) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, space) != 2);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->space) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, size) != 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->size) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, u) != 6);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_add_to_physmap_batch, u.foreign_domid) != 6);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)
                            ->u.foreign_domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, u.res0) != 6);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->u.res0) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, idxs) != 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->idxs) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, gpfns) != 12);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->gpfns) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_add_to_physmap_batch, errs) != 16);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_add_to_physmap_batch *)NULL)->errs) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_remove_from_physmap) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_remove_from_physmap, domid) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_remove_from_physmap *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_remove_from_physmap, gpfn) != 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_remove_from_physmap *)NULL)->gpfn) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_memory_map) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_map, nr_entries) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_memory_map *)NULL)->nr_entries) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_memory_map, buffer) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_memory_map *)NULL)->buffer) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_foreign_memory_map) != 12);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_foreign_memory_map, domid) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_foreign_memory_map *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_foreign_memory_map, map) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_pod_target) != 36);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_pod_target, target_pages) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_pod_target *)NULL)->target_pages) !=
                 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_pod_target, tot_pages) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_pod_target *)NULL)->tot_pages) !=
                 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_pod_target, pod_cache_pages) != 16);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_pod_target *)NULL)->pod_cache_pages) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_pod_target, pod_entries) != 24);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_pod_target *)NULL)->pod_entries) !=
                 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_pod_target, domid) != 32);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_pod_target *)NULL)->domid) != 2);

    BUILD_BUG_ON(sizeof(struct xen_mem_paging_op) != 24);
    BUILD_BUG_ON(offsetof(struct xen_mem_paging_op, op) != 0);
    BUILD_BUG_ON(sizeof(((struct xen_mem_paging_op *)NULL)->op) != 1);
    BUILD_BUG_ON(offsetof(struct xen_mem_paging_op, domain) != 2);
    BUILD_BUG_ON(sizeof(((struct xen_mem_paging_op *)NULL)->domain) != 2);
    BUILD_BUG_ON(offsetof(struct xen_mem_paging_op, buffer) != 8);
    BUILD_BUG_ON(sizeof(((struct xen_mem_paging_op *)NULL)->buffer) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_paging_op, gfn) != 16);
    BUILD_BUG_ON(sizeof(((struct xen_mem_paging_op *)NULL)->gfn) != 8);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_mem_access_op) != 24);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, op) != 0);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->op) != 1);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, access) != 1);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->access) !=
                 1);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, domid) != 2);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, nr) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->nr) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, pfn) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->pfn) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, pfn_list) != 16);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_access_op *)NULL)->pfn_list) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_access_op, access_list) != 20);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_access_op *)NULL)->access_list) != 4);

    BUILD_BUG_ON(sizeof(struct xen_mem_sharing_op) != 48);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, op) != 0);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->op) != 1);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, domain) != 2);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->domain) != 2);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.nominate) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.nominate.u) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.nominate.u.gfn) != 8);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.nominate.u.gfn) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.nominate.u.grant_ref) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.nominate.u.grant_ref) !=
        4);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.nominate.handle) != 16);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.nominate.handle) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share.source_gfn) != 8);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.share.source_gfn) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share.source_handle) !=
                 16);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.share.source_handle) !=
        8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share.client_gfn) != 24);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.share.client_gfn) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share.client_handle) !=
                 32);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.share.client_handle) !=
        8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.share.client_domain) !=
                 40);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.share.client_domain) !=
        2);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range.first_gfn) != 8);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.range.first_gfn) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range.last_gfn) != 16);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.range.last_gfn) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range.opaque) != 24);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.range.opaque) !=
                 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range.client_domain) !=
                 32);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.range.client_domain) !=
        2);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.range._pad) != 34);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.range._pad) !=
                 6);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.debug) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.debug.u) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.debug.u.gfn) != 8);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.debug.u.gfn) !=
                 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.debug.u.mfn) != 8);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.debug.u.mfn) !=
                 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.debug.u.gref) != 8);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.debug.u.gref) !=
                 4);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.fork) != 8);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.fork.parent_domain) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct xen_mem_sharing_op *)NULL)->u.fork.parent_domain) != 2);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.fork.flags) != 10);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.fork.flags) !=
                 2);
    BUILD_BUG_ON(offsetof(struct xen_mem_sharing_op, u.fork.pad) != 12);
    BUILD_BUG_ON(sizeof(((struct xen_mem_sharing_op *)NULL)->u.fork.pad) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_reserved_device_memory) != 8);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_reserved_device_memory, start_pfn) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_reserved_device_memory *)NULL)->start_pfn) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_reserved_device_memory, nr_pages) !=
                 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_reserved_device_memory *)NULL)->nr_pages) !=
        4);

    BUILD_BUG_ON(sizeof(struct physdev_pci_device) != 4);
    BUILD_BUG_ON(offsetof(struct physdev_pci_device, seg) != 0);
    BUILD_BUG_ON(sizeof(((struct physdev_pci_device *)NULL)->seg) != 2);
    BUILD_BUG_ON(offsetof(struct physdev_pci_device, bus) != 2);
    BUILD_BUG_ON(sizeof(((struct physdev_pci_device *)NULL)->bus) != 1);
    BUILD_BUG_ON(offsetof(struct physdev_pci_device, devfn) != 3);
    BUILD_BUG_ON(sizeof(((struct physdev_pci_device *)NULL)->devfn) != 1);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_reserved_device_memory_map) != 16);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_reserved_device_memory_map, flags) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_reserved_device_memory_map *)NULL)->flags) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_reserved_device_memory_map,
                          nr_entries) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_reserved_device_memory_map *)NULL)
                            ->nr_entries) != 4);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_reserved_device_memory_map, buffer) != 8);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_reserved_device_memory_map *)NULL)
                            ->buffer) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_reserved_device_memory_map, dev) !=
                 12);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_reserved_device_memory_map, dev.pci) != 12);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_mem_acquire_resource) != 28);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, domid) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, type) != 2);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->type) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, id) != 4);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->id) !=
                 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, nr_frames) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->nr_frames) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, pad) != 12);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->pad) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, frame) != 16);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->frame) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_mem_acquire_resource, frame_list) !=
                 24);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_mem_acquire_resource *)NULL)->frame_list) !=
        4);

    BUILD_BUG_ON(sizeof(struct xen_vmemrange) != 24);
    BUILD_BUG_ON(offsetof(struct xen_vmemrange, start) != 0);
    BUILD_BUG_ON(sizeof(((struct xen_vmemrange *)NULL)->start) != 8);
    BUILD_BUG_ON(offsetof(struct xen_vmemrange, end) != 8);
    BUILD_BUG_ON(sizeof(((struct xen_vmemrange *)NULL)->end) != 8);
    BUILD_BUG_ON(offsetof(struct xen_vmemrange, flags) != 16);
    BUILD_BUG_ON(sizeof(((struct xen_vmemrange *)NULL)->flags) != 4);
    BUILD_BUG_ON(offsetof(struct xen_vmemrange, nid) != 20);
    BUILD_BUG_ON(sizeof(((struct xen_vmemrange *)NULL)->nid) != 4);

    BUILD_BUG_ON(sizeof(struct x86_32_xen_vnuma_topology_info) != 40);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, domid) != 0);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, pad) != 2);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->pad) !=
                 2);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, nr_vnodes) !=
                 4);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->nr_vnodes) !=
        4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, nr_vcpus) !=
                 8);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->nr_vcpus) != 4);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_vnuma_topology_info, nr_vmemranges) != 12);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)
                            ->nr_vmemranges) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, vdistance) !=
                 16);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, vdistance.h) !=
                 16);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->vdistance.h) !=
        4);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_vnuma_topology_info, vdistance.pad) != 16);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)
                            ->vdistance.pad) != 8);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_vnuma_topology_info, vcpu_to_vnode) != 24);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_vnuma_topology_info, vcpu_to_vnode.h) != 24);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)
                            ->vcpu_to_vnode.h) != 4);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info,
                          vcpu_to_vnode.pad) != 24);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)
                            ->vcpu_to_vnode.pad) != 8);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, vmemrange) !=
                 32);
    BUILD_BUG_ON(offsetof(struct x86_32_xen_vnuma_topology_info, vmemrange.h) !=
                 32);
    BUILD_BUG_ON(
        sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)->vmemrange.h) !=
        4);
    BUILD_BUG_ON(
        offsetof(struct x86_32_xen_vnuma_topology_info, vmemrange.pad) != 32);
    BUILD_BUG_ON(sizeof(((struct x86_32_xen_vnuma_topology_info *)NULL)
                            ->vmemrange.pad) != 8);
}

static void __maybe_unused pmt_build_assertions(void)
{
    BUILD_BUG_ON(sizeof(struct pmt_info) != 40);
    BUILD_BUG_ON(offsetof(struct pmt_info, domid) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_info, pad0) != 2);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_info, status) != 4);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_info, nr_gpfns) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->nr_gpfns) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_info, nr_mapped) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->nr_mapped) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_info, page_shift) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->page_shift) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_info, granule_shift) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->granule_shift) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_info, max_order) != 32);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->max_order) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_info, features) != 36);
    BUILD_BUG_ON(sizeof(((struct pmt_info *)NULL)->features) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_attach) != 32);
    BUILD_BUG_ON(offsetof(struct pmt_attach, domid) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_attach, pad0) != 2);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_attach, window) != 4);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->window) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_attach, first) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->first) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_attach, nr) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->nr) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_attach, address) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->address) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_attach, done) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->done) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_attach, status) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_attach *)NULL)->status) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_detach) != 24);
    BUILD_BUG_ON(offsetof(struct pmt_detach, address) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_detach *)NULL)->address) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_detach, nr) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_detach *)NULL)->nr) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_detach, done) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_detach *)NULL)->done) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_detach, status) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_detach *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_detach, pad0) != 20);
    BUILD_BUG_ON(sizeof(((struct pmt_detach *)NULL)->pad0) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_translate) != 32);
    BUILD_BUG_ON(offsetof(struct pmt_translate, gpfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_translate, domid) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_translate, pad0) != 10);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_translate, limit) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->limit) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_translate, entry) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->entry) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_translate, run) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->run) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_translate, status) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_translate *)NULL)->status) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_reverse) != 24);
    BUILD_BUG_ON(offsetof(struct pmt_reverse, mfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_reverse *)NULL)->mfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_reverse, gpfn) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_reverse *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_reverse, status) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_reverse *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_reverse, pad0) != 20);
    BUILD_BUG_ON(sizeof(((struct pmt_reverse *)NULL)->pad0) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_map) != 40);
    BUILD_BUG_ON(offsetof(struct pmt_map, address) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->address) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_map, ref) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->ref) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_map, domid) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_map, pad0) != 14);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_map, flags) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->flags) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_map, handle) != 20);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->handle) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_map, entry) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->entry) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_map, status) != 32);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_map, pad1) != 36);
    BUILD_BUG_ON(sizeof(((struct pmt_map *)NULL)->pad1) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_exchange) != 32);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, gpfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, order) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->order) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, address_bits) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->address_bits) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, entry) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->entry) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, status) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_exchange, pad0) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_exchange *)NULL)->pad0) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_protect) != 24);
    BUILD_BUG_ON(offsetof(struct pmt_protect, gpfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_protect *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_protect, nr) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_protect *)NULL)->nr) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_protect, rights) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_protect *)NULL)->rights) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_protect, done) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_protect *)NULL)->done) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_protect, status) != 20);
    BUILD_BUG_ON(sizeof(((struct pmt_protect *)NULL)->status) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_flip) != 32);
    BUILD_BUG_ON(offsetof(struct pmt_flip, gpfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_flip, ref) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->ref) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_flip, domid) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_flip, pad0) != 14);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_flip, entry) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->entry) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_flip, status) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_flip, pad1) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_flip *)NULL)->pad1) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_donate) != 40);
    BUILD_BUG_ON(offsetof(struct pmt_donate, gpfn) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_donate, dest_gpfn) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->dest_gpfn) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_donate, loan) != 16);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->loan) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_donate, domid) != 24);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->domid) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_donate, pad0) != 26);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->pad0) != 2);
    BUILD_BUG_ON(offsetof(struct pmt_donate, rights) != 28);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->rights) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_donate, status) != 32);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_donate, pad1) != 36);
    BUILD_BUG_ON(sizeof(((struct pmt_donate *)NULL)->pad1) != 4);

    BUILD_BUG_ON(sizeof(struct pmt_reclaim) != 16);
    BUILD_BUG_ON(offsetof(struct pmt_reclaim, loan) != 0);
    BUILD_BUG_ON(sizeof(((struct pmt_reclaim *)NULL)->loan) != 8);
    BUILD_BUG_ON(offsetof(struct pmt_reclaim, status) != 8);
    BUILD_BUG_ON(sizeof(((struct pmt_reclaim *)NULL)->status) != 4);
    BUILD_BUG_ON(offsetof(struct pmt_reclaim, pad0) != 12);
    BUILD_BUG_ON(sizeof(((struct pmt_reclaim *)NULL)->pad0) != 4);
}
