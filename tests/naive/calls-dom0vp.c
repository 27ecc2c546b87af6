/* SPDX-License-Identifier: MIT */
/* The calls that operations are: dom0vp_op. */
#include "real.h"

#ifdef PORT_IA64
#include <string.h>

#include "hv.h"
#include "machine.h"

#include <hc-dom0vp.h>

/* Where tables appear: nothing else is there. */
#define TABLE_AT(place) (2048ul * (1 + (place)))
#define TABLE_COVERS    (2048ul << PAGE_SHIFT)

/* A map as firmware has it, of one range from 0 on. */
struct memory_map {
    struct xen_ia64_memmap_info head;
    struct { uint32_t type, pad; uint64_t physical, virtual, pages, attribute; } range;
};

/* As the caller names machine frames: without the right a guest frame is one. */
static uint64_t frame_named(const struct operation *op)
{
    int other = model_other(op), frame;
    struct place *place;

    if ( other < 0 )
        return 0x7fffffff;
    if ( !world.party[op->caller].right )
        return real_gfn(other, op->gfn);
    frame = model_frame_of(other, op->gfn, &place);
    return frame < 0 || frame >= FRAMES ? 0x7fffffff : world.frame[frame].mfn;
}

CALL_OP(PHYSTOMACH)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_phystomach(real_gfn(op->caller, op->gfn));
}

CALL_OP(MACHTOPHYS)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_machtophys(frame_named(op));
}

CALL_OP(ZAP)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_zap_physmap(real_gfn(op->caller, op->gfn), op->order);
}

static unsigned long flags_of(const struct operation *op)
{
    return (op->flags & FLAG_READONLY ? ASSIGN_readonly : 0) |
           (op->flags & FLAG_WRONG ? ASSIGN_nocache : 0);
}

CALL_OP(ADD_FRAME)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_add_physmap(real_gfn(op->caller, op->gfn2), frame_named(op),
                                             flags_of(op), real_domid(op->other));
}

CALL_OP(ADD_GMFN)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_add_physmap_with_gmfn(
        real_gfn(op->caller, op->gfn2), real_gfn(op->caller, op->gfn), flags_of(op),
        real_domid(op->other));
}

CALL_OP(ADD_DEVICE)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_add_physmap(real_gfn(op->caller, op->gfn2),
                                             MACHINE_IO_MFN + op->x, flags_of(op), DOMID_IO);
}

/* ---- whole tables ---------------------------------------------------------------------- */

CALL_OP(EXPOSE)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_expose_p2m(0, TABLE_AT(op->x), TABLE_COVERS,
                                            op->flags & FLAG_WRONG ? 4096 : 2048);
}

CALL_OP(EXPOSE_OTHER)
{
    struct memory_map map = {
        .head = { .efi_memmap_size = sizeof(map.range), .efi_memdesc_size = sizeof(map.range),
                  .efi_memdesc_version = 1 },
        .range = { .type = 7, .pages = 64 },
    };

    (void)nr;
    if ( op->flags & FLAG_WRONG )
        map.range.pages = ~0ul >> 12;
    out->result = hc_ia64_dom0vp_expose_foreign_p2m(TABLE_AT(op->x), real_domid(op->other),
                                                    &map.head, 0);
}

CALL_OP(UNEXPOSE)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_unexpose_foreign_p2m(TABLE_AT(op->x), real_domid(op->other));
}

CALL_OP(LOOK_UP)
{
    uint64_t at = (TABLE_AT(op->x) << world.party[op->caller].shift) +
                  8 * real_gfn(op->caller, op->gfn);

    (void)nr;
    out->result = machine_read(real_vcpu[op->caller], at, out->value, 8);
}

CALL_OP(MEMMAP)
{
    struct memory_map map = { .head.efi_memmap_size = op->flags & FLAG_WRONG
                                                      ? 0 : sizeof(map.range) };

    (void)nr;
    out->result = hc_ia64_dom0vp_get_memmap(real_domid(op->other), &map.head);
    out->value[0] = map.range.physical;
    out->value[1] = map.range.pages >> (world.party[model_other(op) < 0 ? 0 : model_other(op)].shift
                                        - 12);
    out->value[2] = map.range.type;
}

/* ---- devices ------------------------------------------------------------------------------ */

CALL_OP(IOREMAP)
{
    uint64_t at = (MACHINE_IO_MFN + op->x) << PAGE_SHIFT;

    (void)nr;
    out->result = hc_ia64_dom0vp_ioremap(at, PAGE_SIZE);
    out->value[0] = at;
}

CALL_OP(IO_SPACE)
{
    (void)nr;
    out->result = hc_ia64_dom0vp_add_io_space(op->flags & FLAG_WRONG ? 0 : 0x1000, 0, op->x);
}

uint64_t real_device_mfn(unsigned int number)
{
    return MACHINE_IO_MFN + number;
}

unsigned int real_devices(void)
{
    return MACHINE_IO_FRAMES;
}
#endif
