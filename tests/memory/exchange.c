/* SPDX-License-Identifier: MIT */
/*
 * exchange: all of a step, or nothing of it.
 */
#include "scene.h"

/* row->a pages from frame row->b on, as extents of row->c for others of row->order. */
struct asked {
    struct xen_memory_exchange *op;
    xen_pfn_t *in, *out;
};

static struct asked ask(const struct row *row)
{
    struct asked x = { .op = guest(sizeof(*x.op)) };
    unsigned long i, nr_in = row->a >> row->c, nr_out = row->a >> row->order;

    x.in = guest((nr_in + 1) * sizeof(*x.in));
    x.out = guest((nr_out + 1) * sizeof(*x.out));
    for ( i = 0; i < nr_in; i++ )
        x.in[i] = row->c ? p2m_entry_mfn(entry_of(row->target, 48 + (i << row->c)))
                         : frame_of(row->target, row->b + i);
    for ( i = 0; i < nr_out; i++ )
        x.out[i] = row->c ? 48 + (i << row->order) : row->b + (i << row->order);
    set_xen_guest_handle(x.op->in.extent_start, x.in);
    set_xen_guest_handle(x.op->out.extent_start, x.out);
    x.op->in.nr_extents = nr_in;
    x.op->out.nr_extents = nr_out;
    x.op->in.extent_order = (unsigned int)row->c;
    x.op->out.extent_order = row->order;
    x.op->in.domid = x.op->out.domid = domid_of(row->caller, row->target);
    return x;
}

/* Contiguous, aligned, the domain's, where it wanted them, and cleared. */
static void check_got(const struct row *row, const struct asked *x, unsigned long done)
{
    unsigned long i, j, pages = 1ul << row->order;
    uint64_t gfn;

    for ( i = 0; i < (done << row->c) >> row->order; i++ )
    {
        CHECK(!(x->out[i] & (pages - 1) & ~PORT_MFN_BASE), "frame %#lx is not aligned",
              (unsigned long)x->out[i]);
        for ( j = 0; j < pages; j++ )
        {
            gfn = (row->c ? 48 : row->b) + (i << row->order) + j;
            CHECK(p2m_entry_mfn(entry_of(row->target, gfn)) == x->out[i] + j,
                  "frame %#lx is not where it should be", (unsigned long)(x->out[i] + j));
            CHECK_EQUAL(*(uint64_t *)port_page_address(x->out[i] + j), 0);
        }
    }
}

static long exchange(const struct row *row)
{
    struct asked x = ask(row);
    long rc = hc_memory_exchange(x.op);

    scene_note(x.op->nr_exchanged);
    if ( !rc )
        CHECK_EQUAL(x.op->nr_exchanged, x.op->in.nr_extents);
    check_got(row, &x, x.op->nr_exchanged);
    return rc;
}

/* One of the frames is not the domain's: what comes before is exchanged. */
static long exchange_with_bad(const struct row *row, uint64_t mfn)
{
    struct asked x = ask(row);
    xen_pfn_t wanted;
    long rc;

    x.in[5] = mfn;
    wanted = x.out[5 >> row->order];
    rc = hc_memory_exchange(x.op);
    CHECK(scene_refused || x.op->nr_exchanged == (5ul >> row->order << row->order), "%lu are done",
          (unsigned long)x.op->nr_exchanged);
    CHECK(x.out[5 >> row->order] == wanted, "a step that was not done has changed the list");
    return rc;
}

static long bad_frame(const struct row *row)
{
    struct row plain = *row;
    uint64_t mfn[] = { ~0ul, port_max_mfn() + 1, 1ul << 52, p2m_entry_mfn(entry_of(DOMU, 40)),
                       scene[DOM0]->hv->shared_info, 0 };

    plain.c = 0;
    return exchange_with_bad(&plain, mfn[row->c]);
}

static long exchange_mapped(const struct row *row)
{
    struct asked x = ask(row);
    uint64_t mfn = x.in[2];
    long rc;

    if ( !port_page_get(mfn, scene[row->target]) )
        abort();
    rc = hc_memory_exchange(x.op);
    CHECK(scene_refused || x.op->nr_exchanged == (row->order ? 0 : 2), "%lu are done",
          (unsigned long)x.op->nr_exchanged);
    port_page_put(mfn);
    return rc;
}

/* Structures that do not fit together. */
static long misfit(const struct row *row)
{
    struct asked x = ask(row);

    switch ( row->b )
    {
    case 20:
        x.op->out.nr_extents++;
        break;
    case 21:
        x.op->nr_exchanged = x.op->in.nr_extents + 1;
        break;
    case 22:
        x.op->in.domid = 5;
        break;
    case 23:
        x.op->in.domid = x.op->out.domid = 77;
        break;
    case 24:
        x.op->nr_exchanged = x.op->in.nr_extents;
        break;
    case 25:
        set_xen_guest_handle(x.op->in.extent_start, (xen_pfn_t *)0x7000);
        break;
    case 26:
        set_xen_guest_handle(x.op->out.extent_start, (xen_pfn_t *)0x7000);
        break;
    case 27:
        x.op->in.nr_extents = x.op->out.nr_extents = 1ul << 61;
        break;
    case 28:
        x.op->out.mem_flags = 65 << 8;
        break;
    case 29:
        x.op->out.mem_flags = 3 << 8 | 1 << 17;
        break;
    case 30:
        x.op->out.mem_flags = 9;
        break;
    case 31:
        x.op->out.mem_flags = 20;
        break;
    case 32:
        x.out[1] = PAGES - 1;
        break;
    case 33:
        x.out[1] = MAX_GFN;
        break;
    case 34:
        x.op->in.extent_order = x.op->out.extent_order = 13;
        break;
    case 35:
        return hc_memory_op(XENMEM_exchange | 1 << 6, x.op);
    default:
        return hc_memory_exchange((struct xen_memory_exchange *)0x7000);
    }
    return hc_memory_exchange(x.op);
}

/* From within a step: a place that no step ends at. */
static long resumed(const struct row *row)
{
    struct asked x = ask(row);
    long rc;

    x.op->nr_exchanged = row->a / 2;
    rc = hc_memory_exchange(x.op);
    CHECK(scene_refused || x.op->nr_exchanged == (row->order ? row->a / 2 : x.op->in.nr_extents),
          "%lu are done", (unsigned long)x.op->nr_exchanged);
    return rc;
}

/* Contiguous pages at 48 and up, for extents of several. */
static void set_run(const struct row *row)
{
    uint64_t gfn, mfn;

    if ( !row->c )
        return;
    if ( port_page_alloc(scene[row->target], 4, 0, &mfn) )
        abort();
    for ( gfn = 0; gfn < 16; gfn++ )
    {
        if ( p2m_discard_machine_frame(scene[row->target], frame_of(row->target, 48 + gfn)) ||
             !port_page_get(mfn + gfn, scene[row->target]) ||
             p2m_add_page(scene[row->target], 48 + gfn, mfn + gfn, p2m_attributes(P2M_RAM, true)) )
            abort();
    }
}

/* Full: the new frames are charged in place of the old ones. */
static void set_full(const struct row *row)
{
    scene[row->target]->max_pages = scene[row->target]->tot_pages;
}

/* Rights that were taken from a page are still gone when it comes back. */
static long keeps_rights(const struct row *row)
{
    struct pmt_protect *op = guest(sizeof(*op));
    struct asked x;
    uint64_t before;
    long rc;

    op->gpfn = 40;
    op->nr = 3;
    if ( hc_pmt_protect(op, 1) || op->status )
        return -EBUSY;
    before = entry_of(DOM0, 40);
    CHECK(before & P2M_NO_ACCESS, "the page has rights");
    x = ask(row);
    x.out[0] = 29;
    rc = hc_memory_exchange(x.op);
    if ( rc )
        CHECK(entry_of(DOM0, 40) == before, "the entry is another");
    return rc;
}

#define X .only = ONLY_X86 | ONLY_SMALL
#define N ALL_OR_NOTHING, DOM0

static const struct row rows[] = {
    { "one for one", DOM0, exchange, 0, { 0 }, ANYHOW, DOM0, 0, .a = 6, .b = 40, X },
    { "for an extent", DOM0, exchange, 0, { 0 }, N, 3, .a = 8, .b = 40, X },
    { "for two extents", DOM0, exchange, 0, { 0 }, ANYHOW, DOM0, 2, .a = 8, .b = 40, X },
    { "extents for pages", DOM0, exchange, 0, { 0 }, ANYHOW, DOM0, 0, .a = 8, .c = 2, X, .set = set_run },
    { "extents for smaller ones", DOM0, exchange, 0, { 0 }, ANYHOW, DOM0, 1, .a = 16, .c = 3, X,
      .set = set_run },
    { "extents for larger ones", DOM0, exchange, 0, { 0 }, N, 4, .a = 16, .c = 2, X, .set = set_run },
    { "with a full quota", DOM0, exchange, 0, { 0 }, N, 2, .a = 4, .b = 40, X, .set = set_full },
    { "going on within a step", DOM0, resumed, -EINVAL, { 0 }, ANYHOW, DOM0, 3, .a = 8, .b = 40, X },
    { "going on between steps", DOM0, resumed, 0, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 40, X },
    { "frame ~0", DOM0, bad_frame, -EINVAL, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 40, .c = 0, X },
    { "a frame beyond the machine", DOM0, bad_frame, -EINVAL, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 40,
      .c = 1, X },
    { "frame 2^52", DOM0, bad_frame, -EINVAL, { 0 }, N, 3, .a = 8, .b = 40, .c = 2, X },
    { "another's frame", DOM0, bad_frame, -EINVAL, { 0 }, N, 3, .a = 8, .b = 40, .c = 3, X },
    { "Xen's frame", DOM0, bad_frame, -EINVAL, { 0 }, N, 3, .a = 8, .b = 40, .c = 4, X },
    { "frame 0", DOM0, bad_frame, -EINVAL, { 0 }, ANYHOW, DOM0, 1, .a = 8, .b = 40, .c = 5, X },
    { "a frame in use", DOM0, exchange_mapped, -EINVAL, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 40, X },
    { "a frame in use, in a step of 4", DOM0, exchange_mapped, -EINVAL, { 0 }, N, 2, .a = 8, .b = 40, X },
    { "totals differ", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 20, X },
    { "more done than there is", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 21, X },
    { "two domains", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 22, X },
    { "a domain that is not there", DOM0, misfit, -ESRCH, { 0 }, N, 0, .a = 8, .b = 23, X },
    { "all done before", DOM0, misfit, 0, { 0 }, N, 0, .a = 8, .b = 24, X },
    { "in that cannot be read", DOM0, misfit, -EFAULT, { 0 }, N, 0, .a = 8, .b = 25, X },
    { "out that cannot be read", DOM0, misfit, -EFAULT, { 0 }, N, 0, .a = 8, .b = 26, X },
    { "2^61 extents", DOM0, misfit, -EFAULT, { 0 }, N, 0, .a = 8, .b = 27, X },
    { "a node that cannot be", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 28, X },
    { "just a node that is not there", DOM0, misfit, -ENOMEM, { 0 }, N, 0, .a = 8, .b = 29, X },
    { "9 address bits", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 30, X },
    { "nothing free below 20 bits", DOM0, misfit, -ENOMEM, { 0 }, N, 0, .a = 8, .b = 31, X },
    { "a place that is taken", DOM0, misfit, -EINVAL, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 32, X },
    { "rights that were taken", DOM0, keeps_rights, -EINVAL, { 0 }, ANYHOW, DOM0, 3, .a = 8, .b = 40,
      .only = ONLY_X86 | ONLY_SMALL | ONLY_PLAIN },
    { "a place beyond the table", DOM0, misfit, -EINVAL, { 0 }, ANYHOW, DOM0, 0, .a = 8, .b = 33, X },
    { "order 13", DOM0, misfit, -EPERM, { 0 }, N, 0, .a = 8, .b = 34, X },
    { "cmd with a place", DOM0, misfit, -EINVAL, { 0 }, N, 0, .a = 8, .b = 35, X },
    { "a structure that cannot be read", DOM0, misfit, -EFAULT, { 0 }, N, 0, .a = 8, .b = 36, X },
    { "of a translated domain", DOMU, exchange, -EOPNOTSUPP, { 0 }, ALL_OR_NOTHING, DOMU, 0, .a = 8, .b = 40 },
    { "for another, denied", DOMU, exchange, -EPERM, { 0 }, N, 0, .a = 8, .b = 40 },
};

void test_exchange(void)
{
    ROWS_RUN("exchange", rows);
}
