/* SPDX-License-Identifier: MIT */
/* What somebody else does between two steps, and batches of which some elements fail. */
#include "pmtops.h"

/* Somebody gets hold of a page just now, to write it. */
static struct {
    const char *at;
    struct domain *owner;
    uint64_t mfn;
    unsigned int times;
} user;

static void uses(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, user.at) || user.times++ )
        return;
    CHECK(port_page_get(user.mfn, user.owner));
    CHECK(port_page_get_type(user.mfn, true));
}

static void used_at(const char *name, unsigned int owner, uint64_t gpfn)
{
    user.at = name;
    user.owner = world.d[owner];
    user.mfn = mfn_of(owner, gpfn);
    user.times = 0;
    machine_plan_reset();
    machine_plan.at_point = uses;
}

/* He lets go: it was used once, and nothing has changed since the state before. */
static void used_no_more(uint64_t state, const char *file, int line)
{
    machine_plan_reset();
    equal_at(user.times, 1, file, line, "used once");
    port_page_put_type(user.mfn, true);
    port_page_put(user.mfn);
    check_at(world_state() == state, file, line, "the state is as before");
    world_audit(file, line);
}

#define USED_NO_MORE(state) used_no_more(state, __FILE__, __LINE__)

/* A look says that a page is free, and then it is not: busy, and all as before. */
void test_used_meanwhile(void)
{
    struct pmt_donate lend = { .gpfn = 60, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 3 };
    uint64_t state;

    grant_accepts(GUEST, 9, DRIVER, HOLES + 1);
    as(DRIVER);
    state = world_state();
    used_at("flip-take", DRIVER, 40);
    row(flip, PMTST_busy, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    USED_NO_MORE(state);
    EQUAL(grant_flags(GUEST, 9), GTF_accept_transfer);

    /* Of eight pages the last but one. */
    used_at("exchange-take", DRIVER, 46);
    row(exchange, PMTST_busy, .gpfn = 40, .order = 3);
    USED_NO_MORE(state);

    used_at("protect-set", DRIVER, 41);
    row(protect, PMTST_busy, .gpfn = 41, .nr = 1, .rights = PMTR_read);
    USED_NO_MORE(state);
    used_at("protect-set", DRIVER, 41);
    row(protect, PMTST_busy, .gpfn = 41, .nr = 1, .rights = 0);
    USED_NO_MORE(state);
    row(flip, PMTST_okay, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    row(exchange, PMTST_okay, .gpfn = 40, .order = 3);
    AUDIT();

    as(DOM0);
    EQUAL(call_donate(&lend), PMTST_okay);
    if ( !world.pv )
    {
        state = world_state();
        used_at("loan-removed", DOM0, 60);
        row(reclaim, PMTST_busy, .loan = lend.loan);
        USED_NO_MORE(state);
    }
    row(reclaim, PMTST_okay, .loan = lend.loan);
    AUDIT();
}

static struct {
    unsigned int who, times;
    uint64_t gpfn;
    int status;
} protects;

static void protect_now(void *context)
{
    struct pmt_protect p = { .gpfn = protects.gpfn, .nr = 1, .rights = PMTR_read };

    (void)context;
    protects.status = call_protect(&p);
}

static void protects_meanwhile(const char *name, void *context)
{
    struct vcpu *v = machine_vcpu(world.d[protects.who], 0);

    (void)context;
    if ( strcmp(name, "p2m-get-type") || protects.times++ )
        return;
    machine_thread(v, protect_now, NULL);
    machine_join(v);
}

/* Of a page of the granter's, which is at gpfn; the mapper gets it to write, or protect fails. */
static void protected_meanwhile(unsigned int granter, uint64_t gpfn, unsigned int to, int status)
{
    struct pmt_map m = { .ref = 9, .domid = ID(granter) };
    unsigned int references, writers, before;

    grant_access(granter, 9, to, gpfn, false);
    m.address = to == DOM0 && world.pv ? MACHINE_PV_BASE + (3000ull << 12) : address_of(to, HOLES);
    port_page_counts(mfn_of(granter, gpfn), &references, &before);
    memset(&protects, 0, sizeof(protects));
    protects.who = granter;
    protects.gpfn = gpfn;
    as(to);
    machine_plan_reset();
    machine_plan.at_point = protects_meanwhile;
    EQUAL(call_map(&m), status);
    machine_plan_reset();
    CHECK(protects.times);
    EQUAL(protects.status, PMTST_okay);
    port_page_counts(mfn_of(granter, gpfn), &references, &writers);
    EQUAL(writers, before);
    grant_end(granter, 9);
    AUDIT();
}

/* Protect has said that nobody writes: then nobody does who was on his way. */
void test_protect_meanwhile(void)
{
    struct pmt_donate lend = { .gpfn = 40, .dest_gpfn = HOLES + 1, .domid = ID(GUEST),
                               .rights = PMTR_read | PMTR_write };

    protected_meanwhile(GUEST, 41, DRIVER, PMTST_bad_grant);
    as(DOM0);
    EQUAL(call_donate(&lend), PMTST_okay);
    protected_meanwhile(GUEST, HOLES + 1, DOM0, PMTST_bad_frame);
}

#define BATCH(op, nr, ...)                                                     \
    do {                                                                       \
        static const int wanted[nr] = { __VA_ARGS__ };                         \
        batch_##op(op, nr, wanted, __FILE__, __LINE__);                        \
    } while ( 0 )

/* Each element has its own answer, and those after one that fails are done. */
void test_mixed(void)
{
    struct pmt_info info[3] = { { .domid = DOMID_SELF }, { .domid = 77 }, { .domid = ID(GUEST) } };
    struct pmt_translate translate[4] = {
        { .domid = ID(GUEST), .gpfn = 40 }, { .domid = ID(GUEST), .gpfn = GPFNS },
        { .domid = 77 }, { .domid = ID(DRIVER), .gpfn = 41 },
    };
    struct pmt_reverse reverse[3] = {
        { .mfn = mfn_of(DOM0, 40) }, { .mfn = mfn_of(GUEST, 40) }, { .mfn = mfn_of(DOM0, 41) },
    };
    struct pmt_exchange exchange[4] = {
        { .gpfn = 40 }, { .gpfn = PAGES }, { .gpfn = 41, .order = 1 }, { .gpfn = 48, .order = 4 },
    };
    struct pmt_protect protect[3] = {
        { .gpfn = 40, .nr = 3, .rights = PMTR_read }, { .gpfn = HOLES + 9, .nr = 1, .rights = PMTR_read },
        { .gpfn = 41, .nr = 1, .rights = PMTR_read | PMTR_write },
    };
    struct pmt_donate donate[4] = {
        { .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1 },
        { .gpfn = 40, .dest_gpfn = HOLES + 1, .domid = ID(GUEST), .rights = 1 },
        { .gpfn = 41, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1 },
        { .gpfn = 42, .dest_gpfn = HOLES + 1, .domid = ID(GUEST), .rights = 3 },
    };
    struct pmt_reclaim reclaim[3];
    struct pmt_map map[3] = {
        { .address = address_of(DRIVER, HOLES), .ref = 9, .domid = ID(GUEST) },
        { .address = address_of(DRIVER, HOLES), .ref = 10, .domid = ID(GUEST) },
        { .address = address_of(DRIVER, HOLES + 1), .ref = 10, .domid = ID(GUEST) },
    };
    struct gnttab_unmap_grant_ref unmap[2];

    as(DOM0);
    BATCH(info, 3, 0, PMTST_bad_domain, 0);
    BATCH(translate, 4, 0, PMTST_bad_frame, PMTST_bad_domain, 0);
    BATCH(reverse, 3, 0, PMTST_bad_frame, 0);
    BATCH(donate, 4, 0, PMTST_bad_frame, PMTST_busy, 0);
    reclaim[0] = (struct pmt_reclaim){ .loan = donate[0].loan };
    reclaim[1] = reclaim[0];
    reclaim[2] = (struct pmt_reclaim){ .loan = donate[3].loan };
    BATCH(reclaim, 3, 0, PMTST_bad_loan, 0);
    AUDIT();

    grant_access(GUEST, 9, DRIVER, 40, false);
    grant_access(GUEST, 10, DRIVER, 41, false);
    as(DRIVER);
    BATCH(map, 3, 0, PMTST_bad_frame, 0);
    unmap[0] = (struct gnttab_unmap_grant_ref){ .host_addr = map[0].address, .handle = map[0].handle };
    unmap[1] = (struct gnttab_unmap_grant_ref){ .host_addr = map[2].address, .handle = map[2].handle };
    EQUAL(hc_grant_table_unmap_grant_ref(unmap, 2), 0);
    BATCH(exchange, 4, 0, PMTST_bad_frame, PMTST_bad_frame, 0);
    BATCH(protect, 3, 0, PMTST_bad_frame, 0);
    AUDIT();
}

/* Long runs are work: it is looked at whether others shall run before 64 of them are done. */
void test_long_runs(void)
{
    struct machine_domain how = {
        .id = 9, .has_pmt = true, .hvm = PAGE_SHIFT == 12, .page_shift = PAGE_SHIFT,
        .pages = 16384, .max_pages = 16384, .max_order = 13, .layout = LAYOUT_RUN,
    };
    struct domain *d = machine_domain(&how);
    struct pmt_translate t[64], first = { .domid = DOMID_SELF, .gpfn = 8192, .limit = ~0u };
    struct pmt_exchange x = { .gpfn = 8192, .order = 13 };
    unsigned int i;

    /* Others with large pages leave no such run. */
    if ( world.page_shift > PAGE_SHIFT + 2 )
        return;
    if ( !CHECK(d) )
        return;
    machine_run_as(machine_vcpu(d, 0));
    /* So much at once is what max_order says is fine: four steps for each page, and few more. */
    machine_plan_reset();
    machine_plan.most_steps = (4u << x.order) + 32;
    EQUAL(call_exchange(&x), PMTST_okay);
    CHECK(machine_counters.steps_most >= 4u << x.order);
    CHECK(machine_counters.flushes <= 1);
    CHECK(!machine_violation());
    machine_plan_reset();
    EQUAL(call_translate(&first), PMTST_okay);
    CHECK(first.run >= 8192);
    for ( i = 0; i < 64; i++ )
        t[i] = first;
    machine_plan_reset();
    machine_plan.preempt_always = true;
    EQUAL(hc_pmt_translate(t, 64), 0);
    /* Two of them could be more than 2^18 leaves: it is looked before the second, or the third. */
    CHECK(machine_counters.continuations >= 31);
    machine_plan_reset();
    for ( i = 0; i < 64; i++ )
        EQUAL(t[i].status == PMTST_okay && t[i].run == first.run && t[i].entry == first.entry, true);
    AUDIT();
}
