/* SPDX-License-Identifier: MIT */
/* memory_op from a PVH guest: what appears at which of its frames. */
#include "payload.h"

static struct xen_add_to_physmap add_one(unsigned int space, unsigned long index,
                                         unsigned long gfn)
{
    return (struct xen_add_to_physmap){
        .domid = DOMID_SELF, .space = space, .idx = index, .gpfn = gfn,
    };
}

/* What lies at a frame moves to another one. */
static void add(void)
{
    volatile uint32_t *from = gfn_at(PVH_MOVE_GFN), *to = gfn_at(PVH_MOVED_GFN);
    struct xen_add_to_physmap add = add_one(XENMAPSPACE_gmfn, PVH_MOVE_GFN, PVH_MOVED_GFN);

    from[0] = 0x4a4a;
    to[0] = 0;
    succeeds(hc_memory_add_to_physmap, "4.4 gmfn", HERE "a page moves",
             hc_memory_add_to_physmap(&add), EQ, 0);
    shows(hc_memory_add_to_physmap, "4.4 gmfn", HERE "it is there now", to[0], EQ, 0x4a4a);
    add = add_one(XENMAPSPACE_shared_info, 1, PVH_MOVED_GFN);
    fails(hc_memory_add_to_physmap, "9.7 idx 1 of shared_info", HERE "there is one only",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EINVAL);
    add = add_one(XENMAPSPACE_grant_table, 8, PVH_MOVED_GFN);
    fails(hc_memory_add_to_physmap, "9.7 grant idx >= max", HERE "the table's ninth frame",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EINVAL);
    add = add_one(XENMAPSPACE_gmfn_foreign, 0, PVH_MOVED_GFN);
    fails(hc_memory_add_to_physmap, "9.7 gmfn_foreign", HERE "only in a batch",
          hc_memory_add_to_physmap(&add), EQ, -XEN_ENOSYS);
    add = add_one(XENMAPSPACE_gmfn, PVH_MOVED_GFN, PVH_MOVE_GFN);
    add.domid = DOM0;
    fails(hc_memory_add_to_physmap, "9.7 PV target", HERE "on dom0",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EACCES);
    add.domid = NO_DOMAIN;
    fails(hc_memory_add_to_physmap, "9.7 unknown dom", HERE "on no domain",
          hc_memory_add_to_physmap(&add), EQ, -XEN_ESRCH);
}

static void remove(void)
{
    struct xen_remove_from_physmap remove = { .domid = DOMID_SELF, .gpfn = PVH_MOVE_GFN };

    fails(hc_memory_remove_from_physmap, "9.7 empty gpfn", HERE "where nothing is left",
          hc_memory_remove_from_physmap(&remove), EQ, -XEN_ENOENT);
    remove.gpfn = PVH_MOVED_GFN;
    succeeds(hc_memory_remove_from_physmap, "4.1 remove_from_physmap", HERE "what was moved",
             hc_memory_remove_from_physmap(&remove), EQ, 0);
    fails(hc_memory_remove_from_physmap, "9.7 empty gpfn", HERE "a second time",
          hc_memory_remove_from_physmap(&remove), EQ, -XEN_ENOENT);
}

/* The list of indexes ends where the memory does: one of two can be read. */
static void batch_fault(void)
{
    xen_ulong_t *last = (xen_ulong_t *)gfn_at(PVH_FIRST_GFN + PVH_LOW_PAGES) - 1;
    xen_pfn_t frames[2] = { PVH_MOVED_GFN, PVH_MOVED_GFN };
    int errors[2] = { 1, 1 };
    struct xen_add_to_physmap_batch batch = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_shared_info, .size = 2,
    };

    *last = 0;
    set_xen_guest_handle(batch.idxs, last);
    set_xen_guest_handle(batch.gpfns, frames);
    set_xen_guest_handle(batch.errs, errors);
    fails(hc_memory_add_to_physmap_batch, "9.7 fault mid-way", HERE "the list ends too early",
          hc_memory_add_to_physmap_batch(&batch), EQ, -XEN_EFAULT);
#ifdef __x86_64__
    shows(hc_memory_add_to_physmap_batch, "9.7 fault mid-way", HERE "the first is done",
          errors[0], EQ, 0);
#else                                   /* Such lists are read before anything is done. */
    shows(hc_memory_add_to_physmap_batch, "9.7 fault mid-way", HERE "none is done",
          errors[0], EQ, 1);
#endif
    shows(hc_memory_add_to_physmap_batch, "9.7 fault mid-way", HERE "the second is as it was",
          errors[1], EQ, 1);
}

/* One of the two can be done; each index has its own result. */
static void batch(void)
{
    xen_ulong_t indexes[2] = { 0, 99 };
    xen_pfn_t frames[2] = { PVH_MOVED_GFN, PVH_MOVE_GFN };
    int errors[2] = { 1, 1 };
    struct xen_add_to_physmap_batch batch = {
        .domid = DOMID_SELF, .space = XENMAPSPACE_shared_info, .size = 2,
    };

    set_xen_guest_handle(batch.idxs, indexes);
    set_xen_guest_handle(batch.gpfns, frames);
    set_xen_guest_handle(batch.errs, errors);
    succeeds(hc_memory_add_to_physmap_batch, "9.7 call still 0", HERE "one of two is bad",
             hc_memory_add_to_physmap_batch(&batch), EQ, 0);
    shows(hc_memory_add_to_physmap_batch, "9.7 err per index", HERE "good", errors[0], EQ, 0);
    shows(hc_memory_add_to_physmap_batch, "9.7 err per index", HERE "bad",
          errors[1], EQ, -XEN_EINVAL);
#ifdef __x86_64__                       /* In 32 bits it is a frame like any other. */
    frames[0] = ~(xen_pfn_t)0;
    fails(hc_memory_add_to_physmap_batch, "9.7 gpfn ~0", HERE "no frame",
          hc_memory_add_to_physmap_batch(&batch), EQ, -XEN_EINVAL);
#endif
    batch.size = 0;
    succeeds(hc_memory_add_to_physmap_batch, "9.7 size 0", HERE "of nothing",
             hc_memory_add_to_physmap_batch(&batch), EQ, 0);
    batch.space = XENMAPSPACE_gmfn_range;
    fails(hc_memory_add_to_physmap_batch, "9.7 gmfn_range", HERE "not in a batch",
          hc_memory_add_to_physmap_batch(&batch), EQ, -XEN_EOPNOTSUPP);
}

/* Memory again where these tests left holes. */
static void restore(void)
{
    xen_pfn_t frames[2] = { PVH_MOVE_GFN, PVH_MOVED_GFN };
    struct xen_remove_from_physmap remove = { .domid = DOMID_SELF, .gpfn = PVH_MOVED_GFN };
    struct xen_memory_reservation some = { .nr_extents = 2, .domid = DOMID_SELF };

    hc_memory_remove_from_physmap(&remove);
    set_xen_guest_handle(some.extent_start, frames);
    succeeds(hc_memory_populate_physmap, "4.4 populate", HERE "where holes are left",
             hc_memory_populate_physmap(&some), EQ, 2);
}

/* Several pages at once, and the places that Xen alone may resume from. */
static void range(void)
{
    volatile uint32_t *from = gfn_at(PVH_MOVE_GFN), *to = gfn_at(PVH_RANGE_GFN);
    struct xen_add_to_physmap add = add_one(XENMAPSPACE_gmfn_range, PVH_MOVE_GFN,
                                            PVH_RANGE_GFN);
    xen_pfn_t frames[2] = { PVH_MOVE_GFN, PVH_MOVE_GFN + 1 };
    struct xen_memory_reservation some = { .nr_extents = 2, .domid = DOMID_SELF };

    add.size = 2;
    fails(hc_memory_add_to_physmap, "4.4 start_extent > size", HERE "beyond the range",
          hc_memory_op(XENMEM_add_to_physmap | 3 << 6, &add), EQ, -XEN_EILSEQ);
    from[0] = 0x1e1e;
    succeeds(hc_memory_add_to_physmap, "4.4 gmfn_range", HERE "two pages move",
             hc_memory_add_to_physmap(&add), EQ, 0);
    shows(hc_memory_add_to_physmap, "4.4 gmfn_range", HERE "they are there now",
          to[0], EQ, 0x1e1e);
    set_xen_guest_handle(some.extent_start, frames);
    succeeds(hc_memory_populate_physmap, "4.4 populate", HERE "where they were",
             hc_memory_populate_physmap(&some), EQ, 2);
#ifdef __x86_64__                       /* In 32 bits this is no end. */
    add.idx = -1;
    fails(hc_memory_add_to_physmap, "4.4 range wrap", HERE "around the end",
          hc_memory_add_to_physmap(&add), EQ, -XEN_EOVERFLOW);
#endif
}

void NAME(physmap, HOW)(void)
{
    add();
    remove();
    batch_fault();
    batch();
    restore();
    range();
}
