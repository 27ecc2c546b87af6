/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-grant_table.h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#include <xen/grant_table.h>

#include "hc-grant_table.h"
#include "xc.h"

static void convert_gnttab_setup_table(struct xencomm *xc, void *element)
{
    struct gnttab_setup_table *s = element;

#if __XEN_INTERFACE_VERSION__ < 0x00040300
    xencomm_handle(xc, &s->frame_list, s->nr_frames, sizeof(unsigned long));
#else /* __XEN_INTERFACE_VERSION__ < 0x00040300 */
    xencomm_handle(xc, &s->frame_list, s->nr_frames, sizeof(xen_pfn_t));
#endif /* __XEN_INTERFACE_VERSION__ < 0x00040300 */
}

#if __XEN_INTERFACE_VERSION__ >= 0x0003020a

static void convert_gnttab_get_status_frames(struct xencomm *xc, void *element)
{
    struct gnttab_get_status_frames *s = element;

    xencomm_handle(xc, &s->frame_list, s->nr_frames, sizeof(uint64_t));
}
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */

void xc_grant_table_op(struct xencomm *xc, unsigned long reg[])
{
    switch ( (uint32_t)reg[0] & 0xfff )
    {
    case GNTTABOP_map_grant_ref:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_map_grant_ref));
        break;
    case GNTTABOP_unmap_grant_ref:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_unmap_grant_ref));
        break;
    case GNTTABOP_setup_table:
        xencomm_elements(xc, &reg[1], (uint32_t)reg[2] != 0,
                         sizeof(struct gnttab_setup_table),
                         convert_gnttab_setup_table);
        break;
    case GNTTABOP_dump_table:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_dump_table));
        break;
    case GNTTABOP_transfer:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_transfer));
        break;
    case GNTTABOP_copy:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_copy));
        break;
    case GNTTABOP_query_size:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2] != 0,
                       sizeof(struct gnttab_query_size));
        break;
    case GNTTABOP_unmap_and_replace:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_unmap_and_replace));
        break;
#if __XEN_INTERFACE_VERSION__ >= 0x0003020a
    case GNTTABOP_set_version:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct gnttab_set_version));
        break;
    case GNTTABOP_get_status_frames:
        xencomm_elements(xc, &reg[1], (uint32_t)reg[2] != 0,
                         sizeof(struct gnttab_get_status_frames),
                         convert_gnttab_get_status_frames);
        break;
    case GNTTABOP_get_version:
        xencomm_handle(xc, &reg[1], 1, sizeof(struct gnttab_get_version));
        break;
    case GNTTABOP_swap_grant_ref:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_swap_grant_ref));
        break;
    case GNTTABOP_cache_flush:
        xencomm_handle(xc, &reg[1], (uint32_t)reg[2],
                       sizeof(struct gnttab_cache_flush));
        break;
#endif /* __XEN_INTERFACE_VERSION__ >= 0x0003020a */
    default:
        /* Whatever it points at, nobody looks. */
        xencomm_handle(xc, &reg[1], 0, 1);
        break;
    }
}

long hc_grant_table_op(uint32_t cmd, void *uop, uint32_t count)
{
    unsigned long reg[] = {cmd, (unsigned long)uop, count};
    struct xencomm xc;
    long rc;

    xencomm_begin(&xc);
    xc_grant_table_op(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL3(__HYPERVISOR_grant_table_op, reg[0], reg[1], reg[2]);
    xencomm_end(&xc);
    return rc;
}
