/* SPDX-License-Identifier: MIT */
/*
 * add_to_physmap, add_to_physmap_batch, remove_from_physmap, acquire_resource: what is at a guest
 * frame afterwards, and who has how many pages.
 */
#include "scene.h"

/* What a call did to DOMU's frame: its kind, 0x100 if none; the first word of its page. */
static void note_frame(enum who who, uint64_t gfn)
{
    uint64_t entry = entry_of(who, gfn);

    scene_note(p2m_entry_holds(entry) ? p2m_kind(entry) : 0x100);
    if ( p2m_entry_holds(entry) )
        scene_note(*(uint64_t *)port_page_address(p2m_entry_mfn(entry)));
}

/* Space row->a, idx row->b, gpfn row->c. */
static long add(const struct row *row)
{
    struct xen_add_to_physmap *op = guest(sizeof(*op));
    long rc;

    op->domid = domid_of(row->caller, row->target);
    op->space = (unsigned int)row->a;
    op->idx = row->b;
    op->gpfn = row->c;
    rc = hc_memory_add_to_physmap(op);
    note_frame(row->target, row->b);
    note_frame(row->target, row->c);
    return rc;
}

static void write_page(enum who who, uint64_t gfn, uint64_t word)
{
    *(uint64_t *)port_page_address(p2m_entry_mfn(entry_of(who, gfn))) = word;
}

static uint64_t read_page(enum who who, uint64_t gfn)
{
    return *(uint64_t *)port_page_address(p2m_entry_mfn(entry_of(who, gfn)));
}

/* A page moves with what it holds, and what was at its new place is not its own any more. */
static long move(const struct row *row)
{
    long rc;

    write_page(row->target, row->b, 0x1234);
    rc = add(row);
    if ( !rc && row->b != row->c )
    {
        CHECK_EQUAL(read_page(row->target, row->c), 0x1234);
        CHECK(!p2m_entry_holds(entry_of(row->target, row->b)), "its old place is not empty");
    }
    return rc;
}

/* What cannot be put anywhere does not make the table larger. */
static long add_for_nothing(const struct row *row)
{
    unsigned int before = grant_nr_frames(scene[DOMU], false);
    long rc = add(row);

    CHECK_EQUAL(grant_nr_frames(scene[DOMU], false), before);
    return rc;
}

/* A range of row->order pages, from row->b to row->c. */
static long move_range(const struct row *row)
{
    struct xen_add_to_physmap *op = guest(sizeof(*op));

    op->domid = domid_of(row->caller, row->target);
    op->space = XENMAPSPACE_gmfn_range;
    op->size = (uint16_t)row->order;
    op->idx = row->b;
    op->gpfn = row->c;
    return hc_memory_add_to_physmap(op);
}

static long range_resumed(const struct row *row)
{
    struct xen_add_to_physmap *op = guest(sizeof(*op));

    op->domid = DOMID_SELF;
    op->space = XENMAPSPACE_gmfn_range;
    op->size = 4;
    op->idx = row->b;
    op->gpfn = row->c;
    return hc_memory_op(XENMEM_add_to_physmap | row->a << 6, op);
}

/* Shared info, mapped twice: it is where it was mapped last. */
static long shared_twice(const struct row *row)
{
    struct row first = *row;
    long rc;

    first.c = HOLE;
    rc = add(&first);
    if ( rc )
        return rc;
    rc = add(row);
    CHECK(rc || !p2m_entry_holds(entry_of(row->target, HOLE)), "it is at two places");
    return rc ? rc : add(row);
}

/* ---- batches ------------------------------------------------------------------------------ */

struct batch {
    struct xen_add_to_physmap_batch *op;
    xen_ulong_t *idxs;
    xen_pfn_t *gpfns;
    int *errs;
};

#define BATCH 6

static struct batch batch(const struct row *row, unsigned int space)
{
    struct batch b = { guest(sizeof(*b.op)), guest(BATCH * sizeof(*b.idxs)),
                       guest(BATCH * sizeof(*b.gpfns)), guest(BATCH * sizeof(*b.errs)) };
    unsigned int i;

    b.op->domid = domid_of(row->caller, row->target);
    b.op->space = (uint16_t)space;
    b.op->size = BATCH;
    for ( i = 0; i < BATCH; i++ )
    {
        b.idxs[i] = row->b + i;
        b.gpfns[i] = row->c + i;
        b.errs[i] = 77;
    }
    set_xen_guest_handle(b.op->idxs, b.idxs);
    set_xen_guest_handle(b.op->gpfns, b.gpfns);
    set_xen_guest_handle(b.op->errs, b.errs);
    return b;
}

static long batch_end(const struct row *row, struct batch *b, const int wanted[BATCH])
{
    long rc = hc_memory_add_to_physmap_batch(b->op);
    unsigned int i;

    for ( i = 0; i < BATCH; i++ )
    {
        note_frame(row->target, b->gpfns[i]);
        scene_note((uint64_t)b->errs[i]);
        if ( !scene_refused )
            CHECK(b->errs[i] == wanted[i], "element %u: %d, not %d", i, b->errs[i], wanted[i]);
    }
    return rc;
}

/* Two of them are no good, and the others are done all the same. */
static long batch_moves(const struct row *row)
{
    static const int wanted[BATCH] = { 0, -EINVAL, 0, 0, -EINVAL, 0 };
    struct batch b = batch(row, XENMAPSPACE_gmfn);

    b.idxs[1] = HOLE + 500;
    b.gpfns[4] = MAX_GFN;
    return batch_end(row, &b, wanted);
}

/* Frame ~0 ends the call. */
static long batch_ends(const struct row *row)
{
    static const int wanted[BATCH] = { 0, 0, 77, 77, 77, 77 };
    struct batch b = batch(row, XENMAPSPACE_gmfn);

    b.gpfns[2] = ~0ul;
    return batch_end(row, &b, wanted);
}

/* Of the third domain's pages; row->a is whose. */
static long batch_foreign(const struct row *row)
{
    static const int wanted[BATCH] = { 0, 0, -EINVAL, 0, 0, -EPERM };
    struct batch b = batch(row, XENMAPSPACE_gmfn_foreign);
    long rc;
    unsigned int i;

    b.op->u.foreign_domid = (domid_t)row->a;
    b.idxs[2] = HOLE;
    for ( i = 0; i < BATCH && !scene_refused; i++ )
        write_page(DOMX, row->b + i, 0x5000 + i);
    /* A second one to the same place: what is there does not go by this call. */
    b.gpfns[5] = b.gpfns[0];
    rc = batch_end(row, &b, wanted);
    if ( !scene_refused )
        CHECK_EQUAL(read_page(row->target, row->c + 3), 0x5003);
    return rc;
}

static long batch_foreign_all(const struct row *row, int wanted)
{
    const int all[BATCH] = { wanted, wanted, wanted, wanted, wanted, wanted };
    struct batch b = batch(row, XENMAPSPACE_gmfn_foreign);

    b.op->u.foreign_domid = (domid_t)row->a;
    return batch_end(row, &b, all);
}

static long batch_denied(const struct row *row)
{
    return batch_foreign_all(row, -EPERM);
}

static long batch_of_nobody(const struct row *row)
{
    return batch_foreign_all(row, -ESRCH);
}

static long batch_bad(const struct row *row)
{
    struct batch b = batch(row, (unsigned int)row->a);

    if ( row->order == 1 )
        b.op->size = 0;
    if ( row->order == 2 )
        b.op->u.res0 = 1;
    if ( row->order == 3 )
        return hc_memory_op(XENMEM_add_to_physmap_batch | 0x10000ul << 6, b.op);
    if ( row->order == 4 )
        return hc_memory_op(XENMEM_add_to_physmap_batch | (unsigned long)BATCH << 6, b.op);
    if ( row->order == 5 )
        b.op->domid = 77;
    if ( row->order == 6 )
        set_xen_guest_handle(b.op->errs, (int *)0x7000);
    return hc_memory_add_to_physmap_batch(b.op);
}

/* ---- remove --------------------------------------------------------------------------------- */

static long take_away(const struct row *row)
{
    struct xen_remove_from_physmap *op = guest(sizeof(*op));
    long rc;

    op->domid = domid_of(row->caller, row->target);
    op->gpfn = row->b;
    rc = hc_memory_remove_from_physmap(op);
    note_frame(row->target, row->b);
    if ( !rc )
        CHECK(!p2m_entry_holds(entry_of(row->target, row->b)), "it is still there");
    return rc;
}

/* Mapped by a call, and taken away again. */
static long take_away_foreign(const struct row *row)
{
    long rc = batch_foreign(row);
    struct row plain = *row;

    plain.b = row->c + 1;
    return rc ? rc : take_away(&plain);
}

/* ---- resources --------------------------------------------------------------------------------- */

/* Type row->a, id row->b, the frame row->c of it, row->order of them. */
static struct xen_mem_acquire_resource *resource(const struct row *row, xen_pfn_t **frames)
{
    struct xen_mem_acquire_resource *op = guest(sizeof(*op));
    unsigned int i;

    op->domid = scene[row->target]->domain_id;
    op->type = (uint16_t)row->a;
    op->id = (uint32_t)row->b;
    op->frame = row->c;
    op->nr_frames = row->order;
    *frames = guest((row->order + 1) * sizeof(**frames));
    for ( i = 0; i < row->order; i++ )
        (*frames)[i] = 200 + i;
    set_xen_guest_handle(op->frame_list, *frames);
    return op;
}

static long acquire(const struct row *row)
{
    xen_pfn_t *frames;
    struct xen_mem_acquire_resource *op = resource(row, &frames);
    long rc = hc_memory_acquire_resource(op);
    unsigned int i;

    for ( i = 0; !rc && i < row->order; i++ )
        if ( is_pv_domain(scene[row->caller]) )
            CHECK(port_page_owner(frames[i]) == scene[row->target], "frame %u is not its", i);
        else
            CHECK(p2m_kind(entry_of(row->caller, 200 + i)) == P2M_FOREIGN, "frame %u is not there", i);
    return rc;
}

static long acquire_bad(const struct row *row)
{
    xen_pfn_t *frames;
    struct xen_mem_acquire_resource *op = resource(row, &frames);

    if ( row->c == 1 )
        op->pad = 1;
    if ( row->c == 2 )
        op->frame = 1ul << 32;
    if ( row->c == 3 )
        op->domid = 77;
    if ( row->c == 4 )
        op->domid = DOMID_SELF;
    if ( row->c == 5 )
        op->domid = current->domain->domain_id;
    if ( row->c == 6 )
        return hc_memory_op(XENMEM_acquire_resource | 2 << 6, op);
    if ( row->c == 7 )
        set_xen_guest_handle(op->frame_list, (xen_pfn_t *)NULL);
    if ( row->c == 8 )
    {
        set_xen_guest_handle(op->frame_list, (xen_pfn_t *)NULL);
        op->nr_frames = 0;
        op->frame = 0;
    }
    op->frame = row->c > 8 ? row->c : op->frame == 1ul << 32 ? op->frame : 0;
    if ( row->c == 8 && !hc_memory_acquire_resource(op) )
        return op->nr_frames;
    return hc_memory_acquire_resource(op);
}

#define ONE ALL_OR_NOTHING, DOMU, 0
#define SHARED .a = XENMAPSPACE_shared_info
#define GRANTS .a = XENMAPSPACE_grant_table
#define GMFN   .a = XENMAPSPACE_gmfn
#define SET_BY(name) .set = name

static void set_third(const struct row *row)
{
    (void)row;
    scene[DOMU]->target = scene[DOMX]->domain_id;
}

static void set_device(const struct row *row)
{
    if ( p2m_add_page(scene[row->caller], 200, MACHINE_IO_MFN, p2m_attributes(P2M_DEVICE, true)) )
        abort();
}

static const struct row rows[] = {
    { "shared info", DOMU, add, 0, { 0 }, ONE, SHARED, .c = HOLE },
    { "shared info instead of a page", DOMU, add, 0, { 0, -1 }, ONE, SHARED, .c = 40 },
    { "shared info, again and again", DOMU, shared_twice, 0, { 0, -1 }, ANYHOW, DOMU, 0, SHARED, .c = 40 },
    { "shared info 1", DOMU, add, -EINVAL, { 0 }, ONE, SHARED, .b = 1, .c = HOLE },
    { "shared info at ~0", DOMU, add, -EINVAL, { 0 }, ONE, SHARED, .c = ~0ul },
    { "shared info beyond the table", DOMU, add, -EINVAL, { 0 }, ONE, SHARED, .c = MAX_GFN },
    { "shared info of another", DOM0, add, 0, { 0 }, ONE, SHARED, .c = HOLE },
    { "shared info of another, denied", DOMX, add, -EPERM, { 0 }, ONE, SHARED, .c = HOLE },
    { "of a PV domain", DOM0, add, -EACCES, { 0 }, ALL_OR_NOTHING, DOM0, 0, SHARED, .c = HOLE,
      .only = ONLY_X86 },
    { "a grant frame", DOMU, add, 0, { 0 }, ANYHOW, DOMU, 0, GRANTS, .c = HOLE },
    { "a grant frame that is new", DOMU, add, 0, { 0 }, ANYHOW, DOMU, 0, GRANTS, .b = 2, .c = HOLE },
    { "a grant frame instead of a page", DOMU, add, 0, { 0, -1 }, ANYHOW, DOMU, 0, GRANTS, .b = 1, .c = 40 },
    { "a grant frame beyond the limit", DOMU, add, -EINVAL, { 0 }, ONE, GRANTS, .b = 4, .c = HOLE },
    { "grant frame 2^32", DOMU, add, -EINVAL, { 0 }, ONE, GRANTS, .b = 1ul << 32, .c = HOLE },
    { "a new grant frame to beyond the table", DOMU, add_for_nothing, -EINVAL, { 0 }, ONE, GRANTS, .b = 2,
      .c = MAX_GFN },
    { "a status frame of version 1", DOMU, add, -EINVAL, { 0 }, ONE, GRANTS,
      .b = XENMAPIDX_grant_table_status, .c = HOLE },
    { "no space", DOMU, add, -EINVAL, { 0 }, ONE, .a = 9, .c = HOLE },
    { "foreign, alone", DOMU, add, -ENOSYS, { 0 }, ONE, .a = XENMAPSPACE_gmfn_foreign, .c = HOLE },
    { "device memory", DOMU, add, -EACCES, { 0 }, ONE, .a = XENMAPSPACE_dev_mmio, .c = HOLE },

    { "a page to a hole", DOMU, move, 0, { 0 }, ONE, GMFN, .b = 40, .c = HOLE },
    { "a page to a page", DOMU, move, 0, { 0, -1 }, ONE, GMFN, .b = 40, .c = 41 },
    { "a page to its place", DOMU, move, 0, { 0 }, ONE, GMFN, .b = 40, .c = 40 },
    { "a page of another", DOM0, move, 0, { 0, -1 }, ONE, GMFN, .b = 40, .c = 41 },
    { "a hole to a page", DOMU, add, -EINVAL, { 0 }, ONE, GMFN, .b = HOLE, .c = 41 },
    { "what is beyond the table", DOMU, add, -EINVAL, { 0 }, ONE, GMFN, .b = MAX_GFN, .c = 41 },
    { "a page to beyond the table", DOMU, add, -EINVAL, { 0 }, ONE, GMFN, .b = 40, .c = MAX_GFN },
    { "a page to frame 2^40", DOMU, add, -EINVAL, { 0 }, ONE, GMFN, .b = 40, .c = 1ul << 40 },

    { "a range of one", DOMU, move_range, 0, { 0, -1 }, ANYHOW, DOMU, 1, .b = 33, .c = 49 },
    { "a range of 15", DOMU, move_range, 0, { 0, -15 }, ANYHOW, DOMU, 15, .b = 33, .c = 49 },
    { "a range of 16", DOMU, move_range, 0, { 0, -15 }, ANYHOW, DOMU, 16, .b = 33, .c = 49 },
    { "a range of 17", DOMU, move_range, 0, { 0, -15 }, ANYHOW, DOMU, 17, .b = 33, .c = 49 },
    { "a range of 31 to holes", DOMU, move_range, 0, { 0 }, ANYHOW, DOMU, 31, .b = 33, .c = HOLE },
    { "a range over itself", DOMU, move_range, 0, { 0, -1 }, ANYHOW, DOMU, 10, .b = 41, .c = 40 },
    { "a range of none", DOMU, move_range, 0, { 0 }, ANYHOW, DOMU, 0, .b = 33, .c = HOLE },
    { "a range with a hole", DOMU, move_range, -EINVAL, { 0 }, ANYHOW, DOMU, 8, .b = PAGES - 3, .c = HOLE },
    { "a range that wraps", DOMU, move_range, -EOVERFLOW, { 0 }, ANYHOW, DOMU, 8, .b = 33, .c = ~0ul - 3 },
    { "a range going on at its end", DOMU, range_resumed, 0, { 0 }, ANYHOW, DOMU, 0, .a = 4, .b = 33, .c = HOLE },
    { "a range going on beyond", DOMU, range_resumed, -EILSEQ, { 0 }, ANYHOW, DOMU, 0, .a = 5, .b = 33,
      .c = HOLE },
    { "a range going on far beyond", DOMU, range_resumed, -EDOM, { 0 }, ANYHOW, DOMU, 0, .a = 0x10000,
      .b = 33, .c = HOLE },

    { "a batch", DOMU, batch_moves, 0, { 0 }, ANYHOW, DOMU, 0, .b = 40, .c = HOLE },
    { "a batch with frame ~0", DOMU, batch_ends, -EINVAL, { 0 }, ANYHOW, DOMU, 0, .b = 40, .c = HOLE },
    { "a batch of another's pages", DOMU, batch_foreign, 0, { 0 }, ANYHOW, DOMU, 0, .a = DOMX, .b = 40,
      .c = HOLE, SET_BY(set_third) },
    { "another's pages over own", DOMU, batch_foreign, 0, { 0, -4 }, ANYHOW, DOMU, 0, .a = DOMX, .b = 40,
      .c = 40, SET_BY(set_third) },
    { "another's pages, denied", DOMU, batch_denied, 0, { 0 }, ANYHOW, DOMU, 0, .a = DOMX, .b = 40,
      .c = HOLE },
    { "nobody's pages", DOMU, batch_of_nobody, 0, { 0 }, ANYHOW, DOMU, 0, .a = 77, .b = 40, .c = HOLE },
    { "its own as another's", DOMU, batch_of_nobody, 0, { 0 }, ANYHOW, DOMU, 0, .a = DOMU, .b = 40, .c = HOLE },
    { "a batch of a range", DOMU, batch_bad, -EOPNOTSUPP, { 0 }, ONE, .a = XENMAPSPACE_gmfn_range },
    { "an empty batch", DOMU, batch_bad, 0, { 0 }, ALL_OR_NOTHING, DOMU, 1, .a = XENMAPSPACE_gmfn },
    { "a batch of device memory", DOMU, batch_bad, -EACCES, { 0 }, ALL_OR_NOTHING, DOMU, 2,
      .a = XENMAPSPACE_dev_mmio },
    { "a batch of device memory, allowed", DOM0, batch_bad, -EOPNOTSUPP, { 0 }, ALL_OR_NOTHING, DOM0, 2,
      .a = XENMAPSPACE_dev_mmio, .only = ONLY_IA64 },
    { "device memory, allowed", DOM0, add, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0,
      .a = XENMAPSPACE_dev_mmio, .c = HOLE, .only = ONLY_IA64 },
    { "a grant frame over a device", DOM0, acquire, -EPERM, { 0 }, ANYHOW, DOMU, 1,
      .a = XENMEM_resource_grant_table, .only = ONLY_IA64 | ONLY_SMALL, SET_BY(set_device) },
    { "a batch going on far beyond", DOMU, batch_bad, -EDOM, { 0 }, ALL_OR_NOTHING, DOMU, 3,
      .a = XENMAPSPACE_gmfn },
    { "a batch going on beyond", DOMU, batch_bad, -EILSEQ, { 0 }, ALL_OR_NOTHING, DOMU, 4,
      .a = XENMAPSPACE_gmfn },
    { "a batch for nobody", DOMU, batch_bad, -ESRCH, { 0 }, ALL_OR_NOTHING, DOMU, 5, .a = XENMAPSPACE_gmfn },
    { "a batch with nowhere to tell", DOMU, batch_bad, -EFAULT, { 0 }, ALL_OR_NOTHING, DOMU, 6,
      .a = XENMAPSPACE_gmfn },

    { "taken away", DOMU, take_away, 0, { 0 }, ONE, .b = 40 },
    { "taken away from another", DOM0, take_away, 0, { 0 }, ONE, .b = 40 },
    { "taken away, denied", DOMX, take_away, -EPERM, { 0 }, ONE, .b = 40 },
    { "nothing to take away", DOMU, take_away, -ENOENT, { 0 }, ONE, .b = HOLE },
    { "nothing beyond the table", DOMU, take_away, -ENOENT, { 0 }, ONE, .b = ~0ul },
    { "taken away from a PV domain", DOM0, take_away, -EACCES, { 0 }, ALL_OR_NOTHING, DOM0, 0, .b = 40,
      .only = ONLY_X86 },
    { "another's page taken away", DOMU, take_away_foreign, 0, { 0 }, ANYHOW, DOMU, 0, .a = DOMX, .b = 40,
      .c = HOLE, SET_BY(set_third) },

    { "grant frames", DOM0, acquire, 0, { 0 }, ANYHOW, DOMU, 3, .a = XENMEM_resource_grant_table,
      .only = ONLY_SMALL },
    { "a grant frame beyond the limit", DOM0, acquire, -EINVAL, { 0 }, ANYHOW, DOMU, 1,
      .a = XENMEM_resource_grant_table, .c = 4 },
    { "a later one beyond the limit", DOM0, acquire, -EIO, { 0 }, ANYHOW, DOMU, 5,
      .a = XENMEM_resource_grant_table, .only = ONLY_SMALL },
    { "status frames of version 1", DOM0, acquire, -EINVAL, { 0 }, ANYHOW, DOMU, 1,
      .a = XENMEM_resource_grant_table, .b = XENMEM_resource_grant_table_id_status },
    { "no such table", DOM0, acquire, -EINVAL, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table,
      .b = 2 },
    { "no such type", DOM0, acquire, -EOPNOTSUPP, { 0 }, ANYHOW, DOMU, 1, .a = 3 },
    { "no such server", DOM0, acquire, -ENOENT, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_ioreq_server,
      .only = ONLY_X86 },
    { "no trace", DOM0, acquire, -EINVAL, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_vmtrace_buf },
    { "a resource, denied", DOMX, acquire, -EPERM, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table },
    { "pad", DOM0, acquire_bad, -EINVAL, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table, .c = 1 },
    { "frame 2^32", DOM0, acquire_bad, -EINVAL, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table,
      .c = 2 },
    { "of nobody", DOM0, acquire_bad, -ESRCH, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table,
      .c = 3 },
    { "of SELF", DOM0, acquire_bad, -ESRCH, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table,
      .c = 4 },
    { "of itself", DOM0, acquire_bad, -EPERM, { 0 }, ANYHOW, DOMU, 1, .a = XENMEM_resource_grant_table,
      .c = 5 },
    { "going on beyond the end", DOM0, acquire_bad, -EINVAL, { 0 }, ANYHOW, DOMU, 1,
      .a = XENMEM_resource_grant_table, .c = 6 },
    { "no list for a frame", DOM0, acquire_bad, -EINVAL, { 0 }, ANYHOW, DOMU, 1,
      .a = XENMEM_resource_grant_table, .c = 7 },
    { "how many grant frames", DOM0, acquire_bad, 4, { 0 }, ANYHOW, DOMU, 0,
      .a = XENMEM_resource_grant_table, .c = 8 },
};

void test_physmap(void)
{
    ROWS_RUN("physmap", rows);
}
