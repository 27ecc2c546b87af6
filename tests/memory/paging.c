/* SPDX-License-Identifier: MIT */
/*
 * A pager takes pages and brings them back: what its ops answer, and what others find
 * meanwhile. The ops are x86's; what stands behind them is everybody's.
 */
#include "scene.h"

#define PAGE 40                         /* DOMU's */

#ifndef PORT_IA64
static long op_of(enum who of, unsigned int number, uint64_t gfn, const void *buffer)
{
    struct xen_mem_paging_op *op = guest(sizeof(*op));

    op->op = (uint8_t)number;
    op->domain = scene[of]->domain_id;
    op->gfn = gfn;
    set_xen_guest_handle(op->buffer, buffer);
    return hc_memory_paging_op(op);
}

/* row.a: the op, row.b: the frame; row.c: the buffer is nowhere. */
static long one(const struct row *row)
{
    return op_of(DOMU, (unsigned int)row->a, row->b, row->c ? (void *)0x7000 : NULL);
}

static long out(const struct row *row)
{
    long rc = op_of(DOMU, XENMEM_paging_op_nominate, row->b, NULL);

    return rc ? rc : op_of(DOMU, XENMEM_paging_op_evict, row->b, NULL);
}

static long out_and_in(const struct row *row)
{
    long rc = out(row);

    return rc ? rc : op_of(DOMU, XENMEM_paging_op_prep, row->b, NULL);
}

static long to_itself(const struct row *row)
{
    return op_of(row->caller, XENMEM_paging_op_nominate, row->b, NULL);
}

static void set_leaving(const struct row *row)
{
    CHECK_EQUAL(p2m_page_leave(scene[DOMU], row->b), 0);
}

static void set_out(const struct row *row)
{
    set_leaving(row);
    CHECK_EQUAL(p2m_page_out(scene[DOMU], row->b), 0);
}

static void set_full(const struct row *row)
{
    set_out(row);
    scene[DOMU]->max_pages = scene[DOMU]->tot_pages;
}

static void set_nobody(const struct row *row)
{
    (void)row;
    scene[DOMU]->hv->pager = false;
}

static void set_read_only(const struct row *row)
{
    struct pmt *table = &scene[DOMU]->hv->pmt;

    pmt_lock(table);
    CHECK_EQUAL(pmt_prepare_locked(table, row->b, 1), 0);
    pmt_set_locked(table, row->b, entry_of(DOMU, row->b) & ~PMTE_writable);
    pmt_unlock(table);
}

#define NOMINATE XENMEM_paging_op_nominate
#define EVICT    XENMEM_paging_op_evict
#define PREP     XENMEM_paging_op_prep

/* A buffer is 4 KiB: pages are no larger. */
static const struct row rows[] = {
    { .name = "nominate", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = PAGE },
    { .name = "nominate twice", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = PAGE,
      .set = set_leaving, .expect = -EINVAL },
    { .name = "nominate a hole", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = HOLE,
      .expect = -EINVAL },
    { .name = "nominate no frame", .only = ONLY_SMALL, .run = one, .a = NOMINATE,
      .b = 1ul << 40, .expect = -EINVAL },
    { .name = "nominate what is out", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = PAGE,
      .set = set_out, .expect = -EINVAL },
    { .name = "nominate what is read only", .only = ONLY_SMALL, .run = one, .a = NOMINATE,
      .b = PAGE, .set = set_read_only, .expect = -EINVAL },
    { .name = "evict", .only = ONLY_SMALL, .run = one, .a = EVICT, .b = PAGE,
      .set = set_leaving, .pages = { [DOMU] = -1 } },
    { .name = "evict what stays", .only = ONLY_SMALL, .run = one, .a = EVICT, .b = PAGE,
      .expect = -EINVAL },
    { .name = "evict twice", .only = ONLY_SMALL, .run = one, .a = EVICT, .b = PAGE,
      .set = set_out, .expect = -EINVAL },
    { .name = "prep", .only = ONLY_SMALL, .run = one, .a = PREP, .b = PAGE, .set = set_out,
      .pages = { [DOMU] = 1 } },
    { .name = "prep what has not left", .only = ONLY_SMALL, .run = one, .a = PREP, .b = PAGE,
      .set = set_leaving },
    { .name = "prep memory", .only = ONLY_SMALL, .run = one, .a = PREP, .b = PAGE,
      .expect = -ENOENT },
    { .name = "prep a hole", .only = ONLY_SMALL, .run = one, .a = PREP, .b = HOLE,
      .expect = -ENOENT },
    { .name = "prep no frame", .only = ONLY_SMALL, .run = one, .a = PREP, .b = 1ul << 40,
      .expect = -ENOENT },
    { .name = "prep, no buffer there", .only = ONLY_SMALL, .run = one, .a = PREP, .b = PAGE,
      .c = 1, .set = set_out, .expect = -EFAULT },
    { .name = "prep, no page left", .only = ONLY_SMALL, .run = one, .a = PREP, .b = PAGE,
      .set = set_full, .expect = -ENOMEM },
    { .name = "out", .only = ONLY_SMALL, .run = out, .b = PAGE, .pages = { [DOMU] = -1 } },
    { .name = "out and in", .only = ONLY_SMALL, .run = out_and_in, .b = PAGE },
    { .name = "no such op", .only = ONLY_SMALL, .run = one, .a = 9, .b = PAGE, .expect = -ENOSYS },
    { .name = "no pager", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = PAGE,
      .set = set_nobody, .expect = -ENODEV },
    { .name = "of itself", .only = ONLY_SMALL, .run = to_itself, .b = PAGE, .caller = DOMU,
      .expect = -EPERM },
    { .name = "of another", .only = ONLY_SMALL, .run = one, .a = NOMINATE, .b = PAGE,
      .caller = DOMX, .expect = -EPERM },
};

/* Contents go and come; who looks meanwhile finds nothing, and decides nothing wrong. */
static void test_contents(void)
{
    uint64_t word = 0x1122334455667788, mfn, entry, at = (uint64_t)PAGE << PAGE_SHIFT;
    struct vcpu *v;
    unsigned char *buffer;

    scene_what = "paging: contents";
    scene_build();
    v = machine_vcpu(scene[DOMU], 0);
    CHECK_EQUAL(machine_write(v, at + 8, &word, sizeof(word)), 0);
    as(DOM0);
    buffer = guest(PAGE_SIZE);
    mfn = p2m_entry_mfn(entry_of(DOMU, PAGE));
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), 0);
    CHECK_EQUAL(p2m_get_page(scene[DOMU], PAGE, false, NULL, NULL), -EAGAIN);
    CHECK_EQUAL(machine_write(v, at + 8, &word, sizeof(word)), -EFAULT);
    CHECK(!(entry_of(DOMU, PAGE) & PMTE_present), "readers of the table find it");
    memcpy(buffer, port_page_address(mfn), PAGE_SIZE);
    CHECK_EQUAL(op_of(DOMU, EVICT, PAGE, NULL), 0);
    CHECK_EQUAL(port_page_owner(mfn) == NULL, 1);
    CHECK_EQUAL(p2m_get_page(scene[DOMU], PAGE, true, NULL, NULL), -EAGAIN);
    CHECK_EQUAL(machine_read(v, at, &word, sizeof(word)), -EFAULT);
    CHECK_EQUAL(pmt_lookup(&scene[DOMU]->hv->pmt, PAGE), P2M_PAGED_WORD);
    CHECK(!machine_audit(), "%s", machine_violation());
    CHECK_EQUAL(op_of(DOMU, PREP, PAGE, buffer), 0);
    word = 0;
    CHECK_EQUAL(machine_read(v, at + 8, &word, sizeof(word)), 0);
    CHECK_EQUAL(word, 0x1122334455667788);
    entry = entry_of(DOMU, PAGE);
    CHECK_EQUAL(p2m_kind(entry), P2M_RAM);
    CHECK((entry & PMTE_present) && (entry & PMTE_writable), "it came back with less");
    scene_end("contents");
}

/* Somebody gets the page to write, after its users were counted. */
static void get_at_point(const char *point, void *context)
{
    uint64_t *mfn = context;

    if ( strcmp(point, "page-to-leave") )
        return;
    machine_plan.at_point = NULL;
    CHECK_EQUAL(p2m_get_page(scene[DOMU], PAGE, true, mfn, NULL), 0);
}

static void test_got_meanwhile(void)
{
    uint64_t mfn = HV_INVALID_MFN;

    scene_what = "paging: got meanwhile";
    scene_build();
    as(DOM0);
    machine_plan.at_point = get_at_point;
    machine_plan.context = &mfn;
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), -EBUSY);
    CHECK(mfn != HV_INVALID_MFN, "nobody was there");
    CHECK_EQUAL(p2m_kind(entry_of(DOMU, PAGE)), P2M_RAM);
    p2m_put_page(mfn, true);
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), 0);
    scene_end("got meanwhile");
}

static void test_in_use(void)
{
    uint64_t mfn;

    scene_what = "paging: in use";
    scene_build();
    as(DOM0);
    CHECK_EQUAL(p2m_get_page(scene[DOMU], PAGE, true, &mfn, NULL), 0);
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), -EBUSY);
    p2m_put_page(mfn, true);
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), 0);
    /* By its number a reference can still come. */
    CHECK(port_page_get(mfn, scene[DOMU]), "it is not there");
    CHECK_EQUAL(op_of(DOMU, EVICT, PAGE, NULL), -EBUSY);
    CHECK_EQUAL(p2m_kind(entry_of(DOMU, PAGE)), P2M_LEAVING);
    port_page_put(mfn);
    CHECK_EQUAL(op_of(DOMU, EVICT, PAGE, NULL), 0);
    scene_end("in use");
}

/* What would take the page elsewhere has to wait. */
static void test_others(void)
{
    struct pmt_flip *flip;
    unsigned int state;
    uint64_t loan;

    scene_what = "paging: others";
    for ( state = 0; state < 2; state++ )
    {
        scene_build();
        CHECK_EQUAL(p2m_page_leave(scene[DOMU], PAGE), 0);
        if ( state )
            CHECK_EQUAL(p2m_page_out(scene[DOMU], PAGE), 0);
        CHECK_EQUAL(loan_give(scene[DOMU], PAGE, scene[DOMX], HOLE, true, &loan), -EBUSY);
        as(DOMU);
        flip = guest(sizeof(*flip));
        flip->gpfn = PAGE;
        flip->domid = scene[DOMX]->domain_id;
        CHECK_EQUAL(hc_pmt_flip(flip, 1), 0);
        CHECK_EQUAL(flip->status, PMTST_busy);
        scene_end("others");
    }
}

/* An extent that meets something comes not at all: what is out stays so. */
static void test_refused(void)
{
    struct xen_memory_reservation *op;
    xen_pfn_t *at;

    scene_what = "paging: an extent that is refused";
    scene_build();
    CHECK_EQUAL(p2m_page_leave(scene[DOMU], PAGE), 0);
    CHECK_EQUAL(p2m_page_out(scene[DOMU], PAGE), 0);
    as(DOMU);
    op = guest(sizeof(*op));
    at = guest(sizeof(*at));
    *at = PAGE;
    op->domid = DOMID_SELF;
    op->nr_extents = op->extent_order = 1;
    set_xen_guest_handle(op->extent_start, at);
    CHECK_EQUAL(hc_memory_populate_physmap(op), 0);
    CHECK_EQUAL(pmt_lookup(&scene[DOMU]->hv->pmt, PAGE), P2M_PAGED_WORD);
    scene_end("an extent that is refused");
}

static void test_large(void)
{
    scene_what = "paging: larger pages";
    scene_shift = 14;
    scene_build();
    as(DOM0);
    CHECK_EQUAL(op_of(DOMU, NOMINATE, PAGE, NULL), -EINVAL);
    scene_end("larger pages");
    scene_shift = PAGE_SHIFT;
}
#endif

void test_paging(void)
{
#ifndef PORT_IA64
    ROWS_RUN("paging", rows);
    test_contents();
    test_in_use();
    test_got_meanwhile();
    test_others();
    test_refused();
    test_large();
#endif
    /* Domains die with pages in each state. */
    scene_what = "paging: death";
    scene_build();
    CHECK_EQUAL(p2m_page_leave(scene[DOMU], PAGE), 0);
    CHECK_EQUAL(p2m_page_leave(scene[DOMU], PAGE + 1), 0);
    CHECK_EQUAL(p2m_page_out(scene[DOMU], PAGE + 1), 0);
    CHECK_EQUAL(machine_kill(scene[DOMU]), 0);
    scene_end("death");
}
