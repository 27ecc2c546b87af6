/* SPDX-License-Identifier: MIT */
/* The rows of ia64.def. */
#include "conformance.h"
#include "hc-dom0vp.h"

/* ---- arrays, which nobody looks at as a whole ---------------------------------------- */

static long map_done(struct hd_call *call, void *op)
{
    (void)call;
    ((struct gnttab_map_grant_ref *)op)->status = GNTST_okay;
    return 0;
}

static struct gnttab_map_grant_ref *map_four(long *result)
{
    struct gnttab_map_grant_ref *maps = guest_new(struct gnttab_map_grant_ref, 4);
    unsigned int i;

    for ( i = 0; i < 4; i++ )
    {
        maps[i].flags = GNTMAP_host_map;
        maps[i].status = 1;
    }
    machine.hole = guest_address(&maps[2]);
    machine.hole_bytes = sizeof(maps[2]);
    script.act = map_done;
    *result = hc_grant_table_map_grant_ref(at(maps), 4);
    return maps;
}

long row_uop_ends(void)
{
    long result;

    map_four(&result);
    return result;
}

long row_uop_ends_second(void)
{
    long result;

    return map_four(&result)[1].status;
}

long row_uop_ends_handlers(void)
{
    long result;

    map_four(&result);
    return script.calls;
}

long row_no_mapping(void)
{
    return hc_memory_op(XENMEM_machphys_mapping, at(guest_memory(64)));
}

long row_machine_map_denied(void)
{
    machine.denied = "*";
    return hc_memory_machine_memory_map(at(guest_new(struct xen_memory_map, 1)));
}

long row_populate_unreadable(void)
{
    return hc_memory_op(XENMEM_populate_physmap | 7 << 6, NOWHERE);
}

/* ---- dom0vp ------------------------------------------------------------------------- */

#define MIB_32 (2048 * 16384ul)

long row_zap_order(void)
{
    return (long)hc_ia64_dom0vp_zap_physmap(5, 1);
}

long row_phystomach_hole(void)
{
    script.result = -ENOENT;
    return (long)hc_ia64_dom0vp_phystomach(5);
}

long row_phystomach(void)
{
    script.result = 0x4321;
    return (long)hc_ia64_dom0vp_phystomach(5);
}

long row_machtophys_hole(void)
{
    script.result = -EINVAL;
    return (long)hc_ia64_dom0vp_machtophys(5);
}

long row_add_nocache(void)
{
    return (long)hc_ia64_dom0vp_add_physmap(5, 6, 1ul << 1, OTHER);
}

long row_add_allocated(void)
{
    return (long)hc_ia64_dom0vp_add_physmap(5, 6, 1ul << 3, OTHER);
}

long row_add_gmfn_allocated(void)
{
    return (long)hc_ia64_dom0vp_add_physmap_with_gmfn(5, 6, 1ul << 3, OTHER);
}

long row_add_denied(void)
{
    domain_of(CALLER)->is_privileged = false;
    return (long)hc_ia64_dom0vp_add_physmap(5, 6, 0, OTHER);
}

long row_add_gmfn_denied(void)
{
    domain_of(CALLER)->is_privileged = false;
    return (long)hc_ia64_dom0vp_add_physmap_with_gmfn(5, 6, 0, OTHER);
}

long row_expose_size(void)
{
    return (long)hc_ia64_dom0vp_expose_p2m(0, 2048, MIB_32 + 16384, 2048);
}

long row_expose_granule(void)
{
    return (long)hc_ia64_dom0vp_expose_p2m(0, 4096, 2 * MIB_32, 4096);
}

long row_unknown(void)
{
    return (long)hc_ia64_dom0vp_op(99, 0, 0, 0, 0);
}

long row_unused(void)
{
    return (long)hc_ia64_dom0vp_op(2, 0, 0, 0, 0);
}
