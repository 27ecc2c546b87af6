/* SPDX-License-Identifier: MIT */
/*
 * ia64's dom0vp_op: whole tables in the caller's space, and memory maps.
 */
#include "dom0vp.h"

long hv_ia64_dom0vp_expose_p2m(struct hd_call *call, xen_pfn_t conv_start_gpfn,
                               xen_pfn_t assign_start_gpfn,
                               unsigned long expose_size,
                               unsigned long granule_pfn)
{
    (void)call, (void)conv_start_gpfn, (void)assign_start_gpfn;
    (void)expose_size, (void)granule_pfn;
    return -ENOSYS;
}

long hv_ia64_dom0vp_expose_foreign_p2m(struct hd_call *call,
                                       xen_pfn_t dest_gpfn, domid_t domid,
                                       XEN_GUEST_HANDLE_PARAM(void) memmap,
                                       unsigned long flags)
{
    (void)call, (void)dest_gpfn, (void)domid, (void)memmap, (void)flags;
    return -ENOSYS;
}

long hv_ia64_dom0vp_unexpose_foreign_p2m(struct hd_call *call,
                                         xen_pfn_t dest_gpfn, domid_t domid)
{
    (void)call, (void)dest_gpfn, (void)domid;
    return -ENOENT;
}

/*
 * The domain's memory, as one range from 0 on: which of it is there is the table's
 * to say. What follows the head lies behind it in the guest's memory.
 */
long hv_ia64_dom0vp_get_memmap(struct hd_call *call, domid_t domid,
                               XEN_GUEST_HANDLE_PARAM(void) buffer,
                               struct domain *d)
{
    XEN_GUEST_HANDLE_PARAM(char) bytes = guest_handle_cast(buffer, char);
    struct {
        struct xen_ia64_memmap_info head;
        struct dom0vp_memory memory;
    } map;

    (void)call, (void)domid;
    if ( copy_from_guest((char *)&map.head, bytes, sizeof(map.head)) )
        return -EFAULT;
    if ( map.head.efi_memmap_size < sizeof(map.memory) )
        return -ENOMEM;
    map.head = (struct xen_ia64_memmap_info){
        .efi_memmap_size = sizeof(map.memory),
        .efi_memdesc_size = sizeof(map.memory),
        .efi_memdesc_version = 1,
    };
    map.memory = (struct dom0vp_memory){
        .type = DOM0VP_MEMORY_CONVENTIONAL,
        .attribute = DOM0VP_MEMORY_WB,
        .pages = pmt_nr_gpfns(&d->hv->pmt) << (d->page_shift - 12),
    };
    return copy_to_guest(bytes, (char *)&map, sizeof(map)) ? -EFAULT : 0;
}
