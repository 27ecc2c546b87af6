/* SPDX-License-Identifier: MIT */
/* The calls that operations are: grants. Through the stubs, as a guest would. */
#include <string.h>

#include "hv.h"
#include "grant.h"
#include "machine.h"
#include "real.h"

#include <hc-grant_table.h>

#define MOST_ELEMENTS 8

/* ---- entries in shared memory ---------------------------------------------------- */

uint32_t real_ref(unsigned int ref)
{
    return ref < REFS ? ref : 100000 + ref;
}

static void *shared(unsigned int domain, bool status)
{
    uint64_t mfn;

    if ( grant_frame(real_domain[domain], status, 0, false, &mfn) )
        return NULL;
    port_page_put(mfn);
    return port_page_address(mfn);
}

static uint16_t *flags_of(unsigned int domain, unsigned int ref)
{
    char *table = shared(domain, false);

    return (uint16_t *)(table + ref * (world.party[domain].version == 2
                                       ? sizeof(union grant_entry_v2)
                                       : sizeof(struct grant_entry_v1)));
}

/* As a guest writes one: all else first, the flags last. */
static void write_entry(const struct operation *op, uint16_t flags, uint64_t word)
{
    domid_t domid = real_domid(op->other == OTHER_SELF ? op->caller : op->other);
    void *at = flags_of(op->caller, op->ref);
    union grant_entry_v2 *v2 = at;
    struct grant_entry_v1 *v1 = at;

    if ( world.party[op->caller].version == 1 )
    {
        v1->domid = domid;
        v1->frame = word;
        v1->flags = flags;
        return;
    }
    memset(v2, 0, sizeof(*v2));
    v2->hdr.domid = domid;
    if ( (flags & GTF_type_mask) == GTF_transitive )
    {
        v2->transitive.trans_domid = real_domid(op->x % DOMAINS);
        v2->transitive.gref = real_ref(op->ref2);
    }
    else if ( flags & GTF_sub_page )
    {
        v2->sub_page.page_off = op->x % NOTE;
        v2->sub_page.length = op->y % NOTE;
        v2->sub_page.frame = word;
    }
    else
        v2->full_page.frame = word;
    v2->hdr.flags = flags;
}

static uint16_t readonly_flag(const struct operation *op)
{
    return op->flags & FLAG_READONLY ? GTF_readonly : 0;
}

CALL_OP(GRANT)
{
    (void)nr;
    out->value[0] = real_frame(op->caller, op->gfn);
    write_entry(op, GTF_permit_access | readonly_flag(op), out->value[0]);
}

CALL_OP(ACCEPT)
{
    (void)nr;
    /* The frame of an accepting entry is a place, also of PV domains. */
    out->value[0] = real_gfn(op->caller, op->gfn);
    write_entry(op, GTF_accept_transfer, out->value[0]);
}

CALL_OP(TRANSIT)
{
    (void)nr;
    (void)out;
    write_entry(op, GTF_transitive | readonly_flag(op), 0);
}

CALL_OP(PART)
{
    (void)nr;
    out->value[0] = real_frame(op->caller, op->gfn);
    write_entry(op, GTF_permit_access | GTF_sub_page | readonly_flag(op), out->value[0]);
}

/* The next call is what does it. */
CALL_OP(KILL)
{
    (void)op;
    (void)nr;
    (void)out;
}

CALL_OP(REVOKE)
{
    (void)nr;
    (void)out;
    memset(flags_of(op->caller, op->ref), 0,
           world.party[op->caller].version == 2 ? sizeof(union grant_entry_v2)
                                               : sizeof(struct grant_entry_v1));
}

void real_compare_entry(unsigned int domain, unsigned int ref)
{
    const struct entry *e = &world.party[domain].entry[ref];
    uint16_t in_use = (e->readers ? GTF_reading : 0) | (e->writers ? GTF_writing : 0);
    uint16_t flags = *flags_of(domain, ref), expected = e->flags;
    const uint16_t *status;

    if ( world.party[domain].version == 1 )
        expected |= in_use;
    else
    {
        status = shared(domain, true);
        if ( !status || status[ref] != in_use )
            differ("status word %u of d%u is %#x, the model has %#x", ref, domain,
                   status ? status[ref] : 0xdead, in_use);
    }
    if ( flags != expected )
        differ("flags of reference %u of d%u are %#x, the model has %#x", ref, domain, flags,
               expected);
}

/* ---- mapping --------------------------------------------------------------------- */

CALL_OP(MAP)
{
    struct gnttab_map_grant_ref e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].host_addr = real_host_address(op[i].caller, op[i].gfn);
        e[i].flags = op[i].flags & FLAG_WRONG ? 0 : GNTMAP_host_map |
                     (op[i].flags & FLAG_DEVICE ? GNTMAP_device_map : 0);
        e[i].flags |= op[i].flags & FLAG_READONLY ? GNTMAP_readonly : 0;
        e[i].ref = real_ref(op[i].ref);
        e[i].dom = real_domid(op[i].other);
    }
    result = hc_grant_table_map_grant_ref(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status, .value = {
            e[i].host_addr, e[i].handle, e[i].dev_bus_addr } };
}

CALL_OP(UNMAP)
{
    struct gnttab_unmap_grant_ref e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        const struct mapping *m = &world.party[op->caller].mapping[op[i].slot];

        e[i].handle = m->used ? m->handle : 0x7fff0000;
        if ( !(op[i].flags & FLAG_READONLY) )
            e[i].host_addr = m->address + (op[i].flags & FLAG_WRONG ? PAGE_SIZE : 0);
        if ( op[i].flags & FLAG_DEVICE )
            e[i].dev_bus_addr = m->bus;
    }
    result = hc_grant_table_unmap_grant_ref(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}

/* ---- copies and transfers -------------------------------------------------------- */

static void copy_end(struct gnttab_copy_ptr *end, unsigned int caller, bool by_ref, bool wrong,
                     unsigned int other, unsigned int gfn, unsigned int ref)
{
    end->domid = real_domid(by_ref || wrong ? other : OTHER_SELF);
    if ( by_ref )
        end->u.ref = real_ref(ref);
    else
        end->u.gmfn = end->domid == DOMID_SELF ? real_frame(caller, gfn) : gfn;
}

/* Beyond this no page goes on, whoever its owner is. */
static unsigned int op_page_bytes(const struct operation *op)
{
    unsigned int d;

    for ( d = 0; d < DOMAINS; d++ )
        if ( world.party[d].shift != world.party[op->caller].shift )
            return 0x10000;
    return 1u << world.party[op->caller].shift;
}

CALL_OP(COPY)
{
    struct gnttab_copy e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        struct copy_shape shape = copy_shape(&op[i]);
        bool wrong = op[i].flags & FLAG_WRONG;

        e[i].flags = (op[i].flags & FLAG_READONLY ? GNTCOPY_source_gref : 0) |
                     (op[i].flags & FLAG_DEVICE ? GNTCOPY_dest_gref : 0);
        copy_end(&e[i].source, op->caller, op[i].flags & FLAG_READONLY, wrong, op[i].other,
                 op[i].gfn, op[i].ref);
        copy_end(&e[i].dest, op->caller, op[i].flags & FLAG_DEVICE, wrong, op[i].y, op[i].gfn2,
                 op[i].ref2);
        e[i].source.offset = shape.from;
        e[i].dest.offset = shape.to;
        e[i].len = shape.bytes;
        if ( shape.crosses )
        {
            e[i].source.offset = op_page_bytes(&op[i]) - 1;
            e[i].len = 2 + shape.bytes;
        }
    }
    result = hc_grant_table_copy(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}

CALL_OP(TRANSFER)
{
    struct gnttab_transfer e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].mfn = real_frame(op->caller, op[i].gfn);
        /* To oneself is nobody's business: DOMID_SELF is not understood here. */
        e[i].domid = op[i].other == op->caller ? DOMID_SELF : real_domid(op[i].other);
        e[i].ref = real_ref(op[i].ref);
    }
    result = hc_grant_table_transfer(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}

/* ---- tables ---------------------------------------------------------------------- */

CALL_OP(SWAP)
{
    struct gnttab_swap_grant_ref e[MOST_ELEMENTS] = {};
    unsigned int i;
    long result;

    for ( i = 0; i < nr; i++ )
    {
        e[i].ref_a = real_ref(op[i].ref);
        e[i].ref_b = real_ref(op[i].ref2);
    }
    result = hc_grant_table_swap_grant_ref(e, nr);
    for ( i = 0; i < nr; i++ )
        out[i] = (struct outcome){ .result = result, .status = e[i].status };
}

CALL_OP(VERSION)
{
    struct gnttab_set_version e = { .version = op->x };

    (void)nr;
    out->result = hc_grant_table_set_version(&e, 1);
    out->value[0] = e.version;
}

CALL_OP(GET_VERSION)
{
    struct gnttab_get_version e = { .dom = real_domid(op->other) };

    (void)nr;
    out->result = hc_grant_table_get_version(&e, 1);
    out->value[0] = e.version;
}

CALL_OP(SETUP)
{
    xen_pfn_t list[8] = {};
    struct gnttab_setup_table e = { .dom = real_domid(op->other), .nr_frames = op->x };

    (void)nr;
    set_xen_guest_handle(e.frame_list, list);
    out->result = hc_grant_table_setup_table(&e, 1);
    out->status = e.status;
}

CALL_OP(QUERY)
{
    struct gnttab_query_size e = { .dom = real_domid(op->other) };

    (void)nr;
    out->result = hc_grant_table_query_size(&e, 1);
    out->status = e.status;
    out->value[0] = e.nr_frames;
    out->value[1] = e.max_nr_frames;
}
