/* SPDX-License-Identifier: MIT */
/*
 * Calls that the model does not know: each leaves no trace, or is undone by
 * another. Far frames make the table grow.
 */
#include <errno.h>
#include <string.h>

#include "hv.h"
#include "p2m.h"
#include "machine.h"
#include "faults.h"
#include "../naive/real.h"

#include <hc-grant_table.h>
#include <hc-memory.h>
#include <hc-pmt.h>
#include <hc-xen.h>

#define FAR_AWAY  300000u       /* another entry of the table's top */

/* ---- tables that grow ------------------------------------------------------------ */

static long reserve(long (*call)(struct xen_memory_reservation *), domid_t domid, unsigned int order)
{
    xen_pfn_t list[1] = { FAR_AWAY };
    struct xen_memory_reservation r = { .nr_extents = 1, .extent_order = order, .domid = domid };

    set_xen_guest_handle(r.extent_start, list);
    return call(&r) == 1 ? 0 : -1;
}

static long populate(struct xen_memory_reservation *r) { return hc_memory_populate_physmap(r); }
static long decrease(struct xen_memory_reservation *r) { return hc_memory_decrease_reservation(r); }

static long populate_far(void)
{
    return reserve(populate, DOMID_SELF, 0);
}

static long populate_far_run(void)
{
    return reserve(populate, DOMID_SELF, 2);
}

static long decrease_far(void)
{
    return reserve(decrease, DOMID_SELF, 0);
}

static long decrease_far_run(void)
{
    return reserve(decrease, DOMID_SELF, 2);
}

/* d0 lends its page at 5 far away. */
static uint64_t loan;

static long donate_far(void)
{
    struct pmt_donate e = { .gpfn = real_gfn(0, 5), .dest_gpfn = FAR_AWAY, .domid = 1,
                            .rights = PMTR_read | PMTR_write };
    long result = hc_pmt_donate(&e, 1);

    loan = e.loan;
    return result ? result : e.status;
}

static long reclaim_far(void)
{
    struct pmt_reclaim e = { .loan = loan };
    long result = hc_pmt_reclaim(&e, 1);

    return result ? result : e.status;
}

/* d1 has granted its page at 5 to d2. */
static grant_handle_t handle;

static long map_far(void)
{
    struct gnttab_map_grant_ref e = { .host_addr = (uint64_t)FAR_AWAY << PAGE_SHIFT,
                                      .flags = GNTMAP_host_map, .ref = 9, .dom = 1 };
    long result = hc_grant_table_map_grant_ref(&e, 1);

    handle = e.handle;
    return result ? result : e.status;
}

static long unmap_far(void)
{
    struct gnttab_unmap_grant_ref e = { .host_addr = (uint64_t)FAR_AWAY << PAGE_SHIFT,
                                        .handle = handle };
    long result = hc_grant_table_unmap_grant_ref(&e, 1);

    return result ? result : e.status;
}

/* ---- tables and frames of grants --------------------------------------------------- */

#ifndef PORT_IA64
static long get_status_frames(void)
{
    uint64_t list[1];
    struct gnttab_get_status_frames e = { .nr_frames = 0, .dom = DOMID_SELF };
    long result;

    set_xen_guest_handle(e.frame_list, list);
    result = hc_grant_table_get_status_frames(&e, 1);
    return result ? result : e.status;
}

static long cache_flush(void)
{
    struct gnttab_cache_flush e = { .op = GNTTAB_CACHE_CLEAN, .length = 64 };
    struct place *place;
    int frame = model_frame_of(0, 5, &place);

    e.a.dev_bus_addr = world.frame[frame].mfn << PAGE_SHIFT;
    return hc_grant_table_cache_flush(&e, 1);
}

/* d0 says that its page at 5 is far away, or where another is, and takes it back. */
static uint64_t moved[2];

static long say(uint64_t pfn, uint64_t pfn_of_other)
{
    struct mmu_update list[2] = {
        { moved[0] << PAGE_SHIFT | MMU_MACHPHYS_UPDATE, pfn },
        { moved[1] << PAGE_SHIFT | MMU_MACHPHYS_UPDATE, pfn_of_other },
    };

    return hc_mmu_update(list, pfn_of_other ? 2 : 1, NULL, DOMID_SELF);
}

static long say_to(uint64_t pfn)
{
    unsigned int i;

    for ( i = 0; i < 2; i++ )
        moved[i] = p2m_gfn_to_mfn(real_domain[0], real_gfn(0, 5 + i));
    return say(pfn, 0);
}

static long say_far(void)
{
    return say_to(FAR_AWAY);
}

static long say_taken(void)
{
    return say_to(real_gfn(0, 6));
}

static long say_back(void)
{
    return say(real_gfn(0, 5), real_gfn(0, 6));
}
#endif

static long acquire_size(void)
{
    struct xen_mem_acquire_resource e = { .domid = 1, .type = XENMEM_resource_grant_table };

    return hc_memory_acquire_resource(&e);
}

static long acquire(void)
{
    xen_pfn_t list[1] = { real_gfn(3, 70) };
    struct xen_mem_acquire_resource e = { .domid = 1, .type = XENMEM_resource_grant_table,
                                          .nr_frames = 1 };

    set_xen_guest_handle(e.frame_list, list);
    return hc_memory_acquire_resource(&e);
}

static long remove_at_70(void)
{
    struct xen_remove_from_physmap e = { .domid = DOMID_SELF, .gpfn = real_gfn(3, 70) };

    return hc_memory_remove_from_physmap(&e);
}

/* ---- physical maps --------------------------------------------------------------- */

static long batch(uint16_t space, domid_t foreign, xen_ulong_t index)
{
    xen_ulong_t idxs[1] = { index };
    xen_pfn_t gpfns[1] = { real_gfn(3, 70) };
    int errs[1] = { -1 };
    struct xen_add_to_physmap_batch e = { .domid = DOMID_SELF, .space = space, .size = 1 };
    long result;

    e.u.foreign_domid = foreign;
    set_xen_guest_handle(e.idxs, idxs);
    set_xen_guest_handle(e.gpfns, gpfns);
    set_xen_guest_handle(e.errs, errs);
    result = hc_memory_add_to_physmap_batch(&e);
    return result ? result : errs[0];
}

static long foreign_page(void)
{
    return batch(XENMAPSPACE_gmfn_foreign, 1, real_gfn(1, 5));
}

static long shared_info(void)
{
    return batch(XENMAPSPACE_shared_info, 0, 0);
}

static long range(xen_ulong_t from, xen_pfn_t to)
{
    struct xen_add_to_physmap e = { .domid = DOMID_SELF, .space = XENMAPSPACE_gmfn_range,
                                    .size = 3, .idx = real_gfn(3, from), .gpfn = real_gfn(3, to) };

    return hc_memory_add_to_physmap(&e);
}

static long range_there(void)
{
    return range(5, 70);
}

static long range_back(void)
{
    return range(70, 5);
}

/* ---- figures ------------------------------------------------------------------------ */

static long maximum_ram_page(void)
{
    return hc_memory_maximum_ram_page();
}

static long maximum_reservation(void)
{
    struct xen_memory_domain e = { .domid = 1 };

    return hc_memory_maximum_reservation(&e);
}

static long maximum_gpfn(void)
{
    struct xen_memory_domain e = { .domid = 1 };

    return hc_memory_maximum_gpfn(&e);
}

static long claim(unsigned long pages)
{
    struct xen_memory_reservation e = { .nr_extents = pages, .domid = 1 };

    return hc_memory_claim_pages(&e);
}

static long claim_pages(void)
{
    return claim(60);
}

static long claim_none(void)
{
    return claim(0);
}

#define OTHER(title, who, does, undoes) \
    { title, { NO_MORE }, { NO_MORE }, 0, who, does, undoes }

const struct scenario others[] = {
    OTHER("populate, far away", 1, populate_far, decrease_far),
    OTHER("populate, a run far away", 3, populate_far_run, decrease_far_run),
    { "map, far away",
      { { .kind = OP_GRANT, .caller = 1, .other = 2, .ref = 9, .gfn = 5 }, NO_MORE },
      { NO_MORE }, 0, 2, map_far, unmap_far },
    OTHER("donate, far away", 0, donate_far, reclaim_far),
    OTHER("acquire_resource, its size", 0, acquire_size, NULL),
    OTHER("acquire_resource", 3, acquire, remove_at_70),
    OTHER("add_to_physmap_batch, another's page", 3, foreign_page, remove_at_70),
    OTHER("add_to_physmap_batch, shared info", 3, shared_info, remove_at_70),
    OTHER("add_to_physmap, a range", 3, range_there, range_back),
    OTHER("maximum_ram_page", 0, maximum_ram_page, NULL),
    OTHER("maximum_reservation", 0, maximum_reservation, NULL),
    OTHER("maximum_gpfn", 0, maximum_gpfn, NULL),
    OTHER("claim_pages", 0, claim_pages, claim_none),
#ifndef PORT_IA64
    OTHER("get_status_frames", 0, get_status_frames, NULL),
    OTHER("cache_flush", 0, cache_flush, NULL),
    OTHER("mmu_update, far away", 0, say_far, say_back),
    OTHER("mmu_update, to another's place", 0, say_taken, say_back),
#endif
};

const unsigned int nr_others = sizeof(others) / sizeof(others[0]);
