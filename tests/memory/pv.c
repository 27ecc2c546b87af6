/* SPDX-License-Identifier: MIT */
/*
 * What a PV domain says about its frames: MMU_MACHPHYS_UPDATE, and the flip's part of it.
 */
#include "scene.h"

/* One update: frame mfn is at pfn. */
static long say_at(uint64_t mfn, uint64_t pfn)
{
    struct mmu_update *op = guest(sizeof(*op));
    unsigned int *done = guest(sizeof(*done));
    long rc;

    op->ptr = mfn << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
    op->val = pfn;
    rc = hc_mmu_update(op, 1, done, DOMID_SELF);
    if ( !scene_refused )
        CHECK_EQUAL(*done, !rc);
    return rc;
}

static void check_place(uint64_t mfn, uint64_t pfn)
{
    CHECK(p2m_mfn_to_gfn(mfn) == pfn, "frame %#lx is at %#lx, not at %#lx", (unsigned long)mfn,
          (unsigned long)p2m_mfn_to_gfn(mfn), (unsigned long)pfn);
    if ( pfn != PMT_NO_GPFN )
        CHECK(p2m_entry_mfn(entry_of(DOM0, pfn)) == mfn, "another page is at %#lx", (unsigned long)pfn);
}

/* The page at row->a says it is at row->b. */
static long move(const struct row *row)
{
    uint64_t mfn = frame_of(DOM0, row->a), other = frame_of(DOM0, row->b);
    unsigned int references = references_of(mfn);
    long rc = say_at(mfn, row->b);

    /* It may be done, and only cannot be told. */
    if ( rc == -EFAULT )
        return rc;
    if ( rc )
    {
        check_place(mfn, row->a);
        CHECK_EQUAL(references_of(mfn), references);
        return rc;
    }
    check_place(mfn, row->b < MAX_GFN ? row->b : PMT_NO_GPFN);
    CHECK_EQUAL(references_of(mfn), row->b < MAX_GFN ? references : references - 1);
    if ( row->a != row->b && row->b < PAGES )
    {
        check_place(other, PMT_NO_GPFN);
        CHECK_EQUAL(references_of(other), 1);
    }
    return rc;
}

/* Not the domain's: row->a says which frame. */
static long refused(const struct row *row)
{
    uint64_t frames[] = { frame_of(DOMU, 40), scene[DOM0]->hv->shared_info, port_max_mfn() + 1,
                          1ul << 51, MACHINE_IO_MFN };
    unsigned int references = 0;
    long rc;

    if ( is_pv_domain(scene[row->caller]) && row->a < 2 )
    {
        frames[0] = p2m_entry_mfn(entry_of(DOMU, 40));
        references = references_of(frames[row->a]);
    }
    rc = say_at(frames[row->a], HOLE);
    if ( row->a < 2 )
        CHECK_EQUAL(references_of(frames[row->a]), references);
    return rc;
}

/* A fresh frame takes a page's place, and the page goes: as netback does it. */
static long flip(const struct row *row)
{
    struct xen_memory_reservation *op = guest(sizeof(*op));
    xen_pfn_t *fresh = guest(sizeof(*fresh));
    uint64_t old = frame_of(DOM0, row->a);
    long rc;

    op->domid = DOMID_SELF;
    op->nr_extents = 1;
    set_xen_guest_handle(op->extent_start, fresh);
    if ( hc_memory_increase_reservation(op) != 1 )
        return -ENOMEM;
    rc = say_at(*fresh, row->a);
    if ( !rc )
    {
        check_place(*fresh, row->a);
        check_place(old, PMT_NO_GPFN);
        *fresh = old;
        rc = hc_memory_decrease_reservation(op) == 1 ? 0 : -EBUSY;
    }
    return rc;
}

/* Lent pages stay where they are. */
static void set_lent(const struct row *row)
{
    uint64_t number;

    (void)row;
    if ( loan_give(scene[DOM0], 40, scene[DOMX], HOLE, false, &number) )
        abort();
}

#define X .only = ONLY_X86 | ONLY_SMALL

static const struct row rows[] = {
    { "to a hole", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = HOLE, X },
    { "to its place", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = 40, X },
    { "to another's place", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = 41, X },
    { "to the last frame", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = MAX_GFN - 1, X },
    { "beyond the table", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = MAX_GFN, X },
    { "to ~0", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = ~0ul, X },
    { "to 0x5555...", DOM0, move, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, .b = 0x5555555555555555ul, X },
    { "another's frame", DOM0, refused, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 0, X },
    { "Xen's frame", DOM0, refused, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 1, X },
    { "beyond the machine", DOM0, refused, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 2, X },
    { "frame 2^51", DOM0, refused, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 3, X },
    { "a device's frame", DOM0, refused, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 4, X },
    { "a flip", DOM0, flip, 0, { 0 }, ANYHOW, DOM0, 0, .a = 40, X },
    { "a lent page", DOM0, move, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 40, .b = HOLE, X,
      .set = set_lent },
    { "to a lent page's place", DOM0, move, -EINVAL, { 0 }, ALL_OR_NOTHING, DOM0, 0, .a = 41, .b = 40, X,
      .set = set_lent },
};

void test_pv(void)
{
    ROWS_RUN("machphys", rows);
}
