/* SPDX-License-Identifier: MIT */
/*
 * ia64's dom0vp_op: whole tables in the caller's space, and memory maps.
 *
 * The pages of a table are windows (window.h), of the form that dom0vp-shadow.c
 * makes. Who has no right sees no table: the call is not there for him. History let
 * anybody see anybody's.
 */
#include "dom0vp.h"
#include "window.h"

/* Guest frames that a page of the table covers, and pages of it between two looks. */
#define COVERED   (PAGE_SIZE / 8)
#define STEP      2048

/* A memory map has no more bytes than this, and says no more pages of a table. */
#define MAP_MOST  65536u
#define MAP_PAGES 16384u

static void detach_pages(struct domain *viewer, uint64_t address, uint64_t nr)
{
    uint64_t done = 0;
    int gone = 1;

    for ( ; done < nr && gone > 0; done += gone )
        gone = window_detach(viewer, address + (done << viewer->page_shift),
                             nr - done);
}

/* All nr pages of it, or none: 0; -ENOMEM, -EINVAL; -EAGAIN: taken; -EBUSY: seen already. */
static int attach_pages(struct domain *viewer, struct domain *whose,
                        uint64_t dest_gpfn, uint64_t first, uint64_t nr)
{
    struct window_part part = {
        .whose = whose,
        .what = WINDOW_IA64_P2M,
        .first = first,
        .nr = nr,
        .address = dest_gpfn << viewer->page_shift,
    };
    uint64_t place = 0;
    int rc = 0;

    while ( rc >= 0 && place < nr )
    {
        rc = window_attach(viewer, &part, place);
        if ( rc > 0 )
            place += rc;
    }
    if ( rc >= 0 )
        return 0;
    detach_pages(viewer, part.address, place);
    return rc == -ENOENT ? -EAGAIN : rc;
}

static bool can_see(const struct domain *viewer, const struct domain *whose)
{
    return domain_has_pmt(viewer) && viewer->page_shift == PMT_GRANULE_SHIFT &&
           whose->page_shift == PMT_GRANULE_SHIFT;
}

/* All bounds are multiples of what one page covers; granule_pfn was looked at. */
long hv_ia64_dom0vp_expose_p2m(struct hd_call *call, xen_pfn_t conv_start_gpfn,
                               xen_pfn_t assign_start_gpfn,
                               unsigned long expose_size,
                               unsigned long granule_pfn)
{
    struct domain *d = call->caller;
    uint64_t nr = (expose_size >> PMT_GRANULE_SHIFT) / COVERED, some;
    int rc;

    if ( !can_see(d, d) )
        return -ENOSYS;
    if ( !nr )
        return 0;
    rc = dom0vp_shadow_make(d);
    if ( rc )
        return rc;
    some = nr < STEP ? nr : STEP;
    rc = attach_pages(d, d, assign_start_gpfn, conv_start_gpfn / COVERED, some);
    if ( rc || some == nr )
        return rc == -EBUSY ? -EAGAIN : rc;
    /* The rest is a call of the same kind. */
    return hypercall_create_continuation(
        __HYPERVISOR_ia64_dom0vp_op, "lllll", (unsigned long)call->op,
        conv_start_gpfn + STEP * COVERED, assign_start_gpfn + STEP,
        expose_size - ((unsigned long)STEP * COVERED << PMT_GRANULE_SHIFT),
        granule_pfn);
}

/* ---- another's -------------------------------------------------------------------------- */

/* Descriptors, each of them looked at: in order, apart, and no further than the table. */
static int check_map(const struct xen_ia64_memmap_info *head, const char *bytes,
                     const struct domain *whose)
{
    struct dom0vp_memory memory;
    uint64_t at, end = 0, limit = whose->hv->pmt.view.limit << (PMT_GRANULE_SHIFT - 12);

    for ( at = 0; at < head->efi_memmap_size; at += head->efi_memdesc_size )
    {
        memcpy(&memory, bytes + at, sizeof(memory));
        if ( (memory.physical & 0xfff) || memory.physical >> 12 < end ||
             memory.pages > limit || memory.physical >> 12 > limit - memory.pages )
            return -EINVAL;
        end = (memory.physical >> 12) + memory.pages;
    }
    return 0;
}

/* Going through a map, by pages of the table: none twice, where two ranges share one. */
struct map_walk {
    const struct xen_ia64_memmap_info *head;
    const char *bytes;
    uint64_t at, next;                  /* descriptor; first page not yet had */
    uint64_t first, nr;                 /* pages of this range */
};

static bool walk_map(struct map_walk *w)
{
    const unsigned int shift = PMT_GRANULE_SHIFT - 12;
    struct dom0vp_memory memory;
    uint64_t end;

    for ( ; w->at < w->head->efi_memmap_size; )
    {
        memcpy(&memory, w->bytes + w->at, sizeof(memory));
        w->at += w->head->efi_memdesc_size;
        if ( memory.type != DOM0VP_MEMORY_CONVENTIONAL || !memory.pages )
            continue;
        w->first = (memory.physical >> 12 >> shift) / COVERED;
        end = (((memory.physical >> 12) + memory.pages - 1) >> shift) / COVERED + 1;
        if ( w->first < w->next )
            w->first = w->next;
        w->nr = end - w->first;
        w->next = end;
        if ( w->nr )
            return true;
    }
    return false;
}

/*
 * All that the map says, or nothing. All of it in one go, for the map is the guest's and
 * may be another when the call goes on; so it is bounded: more takes several calls.
 */
static int expose_map(struct domain *viewer, struct domain *whose, uint64_t dest,
                      const struct xen_ia64_memmap_info *head, const char *bytes)
{
    struct map_walk w = { .head = head, .bytes = bytes }, undo = w, all = w;
    uint64_t pages = 0;
    int rc = 0;

    while ( walk_map(&all) )
        pages += all.nr;
    if ( pages > MAP_PAGES )
        return -ENOMEM;
    while ( !rc && walk_map(&w) )
        rc = attach_pages(viewer, whose, dest + w.first, w.first, w.nr);
    if ( rc )
        while ( walk_map(&undo) && undo.first != w.first )
            detach_pages(viewer, (dest + undo.first) << viewer->page_shift, undo.nr);
    return rc;
}

/* Some descriptors and no rest. Both are small; ia64 has no division of its own. */
static bool is_whole(uint64_t size, uint64_t each)
{
    while ( size >= each )
        size -= each;
    return !size;
}

static int expose_foreign(struct domain *viewer, struct domain *whose, uint64_t dest,
                          XEN_GUEST_HANDLE_PARAM(char) map)
{
    struct xen_ia64_memmap_info head;
    char *bytes;
    int rc;

    if ( copy_from_guest_offset((char *)&head, map, 0, sizeof(head)) )
        return -EFAULT;
    if ( head.efi_memdesc_size < sizeof(struct dom0vp_memory) ||
         head.efi_memmap_size > MAP_MOST ||
         head.efi_memdesc_size > head.efi_memmap_size ||
         !is_whole(head.efi_memmap_size, head.efi_memdesc_size) )
        return -EINVAL;
    rc = dom0vp_shadow_make(whose);
    bytes = rc ? NULL : port_alloc(head.efi_memmap_size);
    if ( !bytes )
        return -ENOMEM;
    rc = copy_from_guest_offset(bytes, map, sizeof(head), head.efi_memmap_size)
         ? -EFAULT : check_map(&head, bytes, whose);
    if ( !rc )
        rc = expose_map(viewer, whose, dest, &head, bytes);
    port_free(bytes, head.efi_memmap_size);
    return rc;
}

/* Nothing of a table has to be made first: flags ask for what is there. */
long hv_ia64_dom0vp_expose_foreign_p2m(struct hd_call *call,
                                       xen_pfn_t dest_gpfn, domid_t domid,
                                       XEN_GUEST_HANDLE_PARAM(void) memmap,
                                       unsigned long flags)
{
    struct domain *d = call->caller, *whose;
    long rc;

    (void)flags;
    if ( domid == DOMID_SELF )
        return -EINVAL;
    whose = hd_lock_live_by_id(domid);
    if ( !whose )
        return -EINVAL;
    if ( whose == d )
        rc = -EINVAL;
    else if ( !can_see(d, whose) )
        rc = -ENOSYS;
    else if ( hd_xsm(pmt_attach, TARGET, d, whose) )
        rc = -EPERM;
    else
        rc = expose_foreign(d, whose, dest_gpfn, guest_handle_cast(memmap, char));
    rcu_unlock_domain(whose);
    return rc;
}

long hv_ia64_dom0vp_unexpose_foreign_p2m(struct hd_call *call,
                                         xen_pfn_t dest_gpfn, domid_t domid)
{
    struct domain *d = call->caller;
    int rc;

    if ( domid == DOMID_SELF || domid == d->domain_id )
        return -EINVAL;
    do
        rc = window_detach_all(d, dest_gpfn << d->page_shift, WINDOW_IA64_P2M, domid);
    while ( rc == -ERESTART && !hypercall_preempt_check() );
    if ( rc == -ERESTART )
        return hypercall_create_continuation(__HYPERVISOR_ia64_dom0vp_op, "lll",
                                             (unsigned long)call->op, dest_gpfn,
                                             (unsigned long)domid);
    return rc < 0 ? rc : 0;
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
    if ( copy_from_guest_offset((char *)&map.head, bytes, 0, sizeof(map.head)) )
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
