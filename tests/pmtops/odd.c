/* SPDX-License-Identifier: MIT */
/* What is so for all ops: sizes, rights, dying, being interrupted, and failures. */
#include "pmtops.h"

void test_other_size(void)
{
    grant_accepts(OTHER, 9, GUEST, HOLES);
    grant_access(OTHER, 10, DRIVER, 40, false);
    as(GUEST);
    row(flip, PMTST_bad_frame, .gpfn = 40, .ref = 9, .domid = ID(OTHER));
    as(DRIVER);
    row(map, PMTST_bad_frame, .address = address_of(DRIVER, HOLES), .ref = 10, .domid = ID(OTHER));
    as(DOM0);
    row(donate, PMTST_bad_frame, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(OTHER), .rights = 1);
    row(translate, PMTST_okay, .gpfn = 40, .domid = ID(OTHER));
    AUDIT();
}

/* The same calls, when the right has gone: they work, and tell nothing. */
void test_right_taken(void)
{
    struct pmt_exchange x = { .gpfn = 40 };
    struct pmt_flip f = { .gpfn = 41, .ref = 9, .domid = ID(GUEST) };
    struct pmt_map m = { .address = address_of(DRIVER, HOLES), .ref = 10, .domid = ID(GUEST) };

    machine_right(world.d[DRIVER], false);
    grant_accepts(GUEST, 9, DRIVER, HOLES);
    grant_access(GUEST, 10, DRIVER, 40, false);
    as(DRIVER);
    EQUAL(call_exchange(&x), PMTST_okay);
    EQUAL(x.entry, 0);
    EQUAL(call_flip(&f), PMTST_okay);
    EQUAL(f.entry, 0);
    EQUAL(call_map(&m), PMTST_okay);
    EQUAL(m.entry, 0);
    row(translate, PMTST_denied, .domid = DOMID_SELF, .gpfn = 40);
    row(attach, PMTST_denied, .domid = DOMID_SELF, .nr = 1, .address = address_of(DRIVER, 1024));
    AUDIT();
}

static const char *taken_at;

static void take_right(const char *name, void *unused)
{
    (void)unused;
    if ( taken_at && !strcmp(name, taken_at) )
        machine_right(world.d[DRIVER], false);
}

/* It goes while the call is under way: what is told is decided when it is told. */
void test_right_goes(void)
{
    unsigned int gone;
    uint64_t at, word;

    grant_access(GUEST, 10, DRIVER, 40, false);
    for ( gone = 0; gone < 2; gone++ )
    {
        struct pmt_exchange x = { .gpfn = 40 };
        struct gnttab_map_grant_ref m = {
            .host_addr = address_of(DRIVER, HOLES + gone), .ref = 10, .dom = ID(GUEST),
            .flags = GNTMAP_host_map,
        };

        as(DRIVER);
        machine_plan.at_point = take_right;
        taken_at = gone ? "exchange-before-flush" : NULL;
        EQUAL(call_exchange(&x), PMTST_okay);
        EQUAL(x.entry != 0, !gone);
        machine_right(world.d[DRIVER], true);
        taken_at = gone ? "grant pinned" : NULL;
        EQUAL(hc_grant_table_map_grant_ref(&m, 1), 0);
        EQUAL(m.status, GNTST_okay);
        EQUAL(m.dev_bus_addr != 0, !gone);
        machine_plan.at_point = NULL;
        machine_right(world.d[DRIVER], true);
    }
    /* Its devices have it in their TLB, and then they have not. */
    at = mfn_of(DRIVER, 50) << PMT_GRANULE_SHIFT;
    EQUAL(machine_device_read(world.d[DRIVER], at, &word, sizeof(word)), 0);
    machine_right(world.d[DRIVER], false);
    CHECK(machine_device_read(world.d[DRIVER], at, &word, sizeof(word)));
    AUDIT();
}

/* Dying is like not being there. */
void test_dying(void)
{
    grant_accepts(GUEST, 9, DRIVER, HOLES);
    grant_access(GUEST, 10, DRIVER, 40, false);
    machine_dying(world.d[GUEST]);
    as(DRIVER);
    row(flip, PMTST_bad_domain, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    row(map, PMTST_bad_domain, .address = address_of(DRIVER, HOLES), .ref = 10, .domid = ID(GUEST));
    as(DOM0);
    row(translate, PMTST_bad_domain, .gpfn = 40, .domid = ID(GUEST));
    row(info, PMTST_bad_domain, .domid = ID(GUEST));
    row(attach, PMTST_bad_domain, .domid = ID(GUEST), .nr = 1,
        .address = world.pv ? 0 : address_of(DOM0, 1024));
    row(donate, PMTST_bad_domain, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    EQUAL(machine_kill(world.d[GUEST]), 0);
    world.d[GUEST] = NULL;
    AUDIT();
}

/* ---- a long story, told again and again ------------------------------------------------ */

#define RESULTS 64

struct story {
    int status[RESULTS];
    unsigned int nr;
    uint64_t state;
};

static void result(struct story *s, int status)
{
    if ( s->nr < RESULTS )
        s->status[s->nr++] = status;
}

#define TELL(op, ...)                                                          \
    do {                                                                       \
        struct pmt_##op args_ = { __VA_ARGS__ };                               \
        result(s, call_##op(&args_));                                          \
    } while ( 0 )

/* As many steps as can be interrupted, or have something fail. */
static void tell(struct story *s)
{
    uint64_t page = 1ull << world.page_shift, at = address_of(DRIVER, 1024);
    struct pmt_flip f[5];
    struct pmt_donate l[3];
    unsigned int i;

    for ( i = 0; i < 5; i++ )
    {
        grant_accepts(GUEST, 9 + i, DRIVER, HOLES + i);
        f[i] = (struct pmt_flip){ .gpfn = 40 + i, .ref = 9 + i, .domid = ID(GUEST) };
    }
    f[3].ref = 40;
    as(DRIVER);
    result(s, (int)hc_pmt_flip(f, 5));
    for ( i = 0; i < 5; i++ )
        result(s, f[i].status);
    TELL(attach, .domid = DOMID_SELF, .window = PMTW_leaf, .nr = (GPFNS * 8 + page - 1) / page,
         .address = at);
    TELL(attach, .domid = DOMID_SELF, .window = PMTW_state, .nr = 1, .address = at + 100 * page);
    TELL(protect, .gpfn = 33, .nr = PAGES - 33, .rights = PMTR_read);
    TELL(protect, .gpfn = 33, .nr = PAGES - 34, .rights = PMTR_read | PMTR_write);
    TELL(exchange, .gpfn = 48, .order = 4);
    TELL(exchange, .gpfn = 40, .order = 1, .address_bits = MACHINE_LOW_BITS);
    TELL(detach, .address = at, .nr = (GPFNS * 8 + page - 1) / page);

    as(DOM0);
    for ( i = 0; i < 3; i++ )
        l[i] = (struct pmt_donate){ .gpfn = 40 + i, .dest_gpfn = 2048 + 512 * i,
                                    .domid = ID(GUEST), .rights = 1 + 2 * (i & 1) };
    result(s, (int)hc_pmt_donate(l, 3));
    for ( i = 0; i < 3; i++ )
        result(s, l[i].status);
    for ( i = 0; i < 3; i++ )
        TELL(reclaim, .loan = l[i].loan);
    s->state = world_state();
}

static void again(enum machine_layout layout)
{
    unsigned int shift = world.page_shift;

    world_stop();
    world_start(shift, layout);
}

/* Interrupted at each place where somebody looks, and always: the same. */
void test_preempted(void)
{
    struct story plain = { .nr = 0 }, s;
    uint64_t at, looks;

    tell(&plain);
    looks = machine_counters.looks;
    CHECK(looks > 4);
    for ( at = 0; at <= looks; at++ )
    {
        again(LAYOUT_FRAGMENTS);
        machine_plan.preempt_at = at;
        machine_plan.preempt_always = at == looks;
        s = (struct story){ .nr = 0 };
        tell(&s);
        CHECK(machine_counters.continuations > 0);
        machine_plan_reset();
        if ( !CHECK(s.nr == plain.nr && !memcmp(s.status, plain.status, sizeof(s.status))) ||
             !CHECK(s.state == plain.state) )
            break;
        AUDIT();
    }
}

/* Fails in turn: one call answers so, and has changed nothing; what follows works. */
static void fail_each(uint64_t *plan, const uint64_t *counter)
{
    struct story s = { .nr = 0 };
    uint64_t at, most;

    again(LAYOUT_FRAGMENTS);
    most = *counter;
    tell(&s);
    most = *counter - most;
    CHECK(most > 0);
    for ( at = 0; at < most; at++ )
    {
        again(LAYOUT_FRAGMENTS);
        *plan = at;
        s = (struct story){ .nr = 0 };
        tell(&s);
        machine_plan_reset();
        AUDIT();
    }
}

/* A single call in a fresh world, with something failing: all or nothing. */
static void fail_one(uint64_t *plan, int (*call)(void))
{
    uint64_t before, at;
    int status;

    for ( at = 0; at < 40; at++ )
    {
        again(LAYOUT_FRAGMENTS);
        grant_accepts(GUEST, 9, DRIVER, 3000);
        grant_access(GUEST, 10, DRIVER, 40, false);
        before = world_state();
        *plan = at;
        status = call();
        machine_plan_reset();
        if ( status == PMTST_okay )
            break;
        EQUAL(status, PMTST_no_memory);
        EQUAL(world_state(), before);
        EQUAL(grant_flags(GUEST, 9), GTF_accept_transfer);
        AUDIT();
    }
    EQUAL(status, PMTST_okay);
    AUDIT();
}

#define ONE(op, who, ...)                                                      \
    static int one_##op(void)                                                  \
    {                                                                          \
        struct pmt_##op args = { __VA_ARGS__ };                                \
                                                                               \
        as(who);                                                               \
        return call_##op(&args);                                               \
    }
ONE(flip, DRIVER, .gpfn = 40, .ref = 9, .domid = ID(GUEST))
ONE(exchange, DRIVER, .gpfn = 48, .order = 3)
ONE(protect, DRIVER, .gpfn = 50, .nr = 1, .rights = PMTR_read)
ONE(donate, DOM0, .gpfn = 50, .dest_gpfn = 3000, .domid = ID(GUEST), .rights = 1)
ONE(attach, DRIVER, .domid = DOMID_SELF, .window = PMTW_state, .nr = 1,
    .address = 1024ull << world.page_shift)
ONE(map, DRIVER, .ref = 10, .domid = ID(GUEST), .address = 3000ull << world.page_shift)

void test_memory_fails(void)
{
    static int (*const calls[])(void) = {
        one_flip, one_exchange, one_protect, one_donate, one_attach, one_map,
    };
    unsigned int i;

    for ( i = 0; i < sizeof(calls) / sizeof(calls[0]); i++ )
    {
        fail_one(&machine_plan.fail_alloc_at, calls[i]);
        fail_one(&machine_plan.fail_page_at, calls[i]);
        fail_one(&machine_plan.fail_window_at, calls[i]);
    }
    fail_each(&machine_plan.fail_alloc_at, &machine_counters.allocs);
    fail_each(&machine_plan.fail_page_at, &machine_counters.pages);
    fail_each(&machine_plan.fail_window_at, &machine_counters.windows);
}

void test_copies_fail(void)
{
    fail_each(&machine_plan.fail_copy_at, &machine_counters.copies);
}

/* ---- between the look at the other domain and the first lock ---------------------------- */

static const char *dies_at;

static void dies(const char *name, void *context)
{
    (void)context;
    if ( !strcmp(name, dies_at) )
        machine_dying(world.d[GUEST]);
}

static void die_at(const char *name)
{
    again(LAYOUT_FRAGMENTS);
    grant_accepts(GUEST, 9, DRIVER, HOLES);
    dies_at = name;
    machine_plan.at_point = dies;
}

/* Nothing comes into a domain that dies, however late that is found. */
void test_dies_meanwhile(void)
{
    die_at("loan-give");
    as(DOM0);
    row(donate, PMTST_bad_domain, .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(GUEST), .rights = 1);
    CHECK(!p2m_entry_holds(word_of(GUEST, HOLES)));

    die_at("window-attach");
    as(DOM0);
    row(attach, PMTST_bad_domain, .domid = ID(GUEST), .nr = 1,
        .address = world.pv ? 0 : address_of(DOM0, 1024));

    die_at("flip-claimed");
    as(DRIVER);
    row(flip, PMTST_bad_grant, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    CHECK(!p2m_entry_holds(word_of(GUEST, HOLES)));
    machine_plan_reset();
    AUDIT();
}

/* ---- a taker that cannot address all of memory ------------------------------------------- */

void test_width(void)
{
    struct domain *d = world.d[GUEST];

    grant_accepts(GUEST, 9, DOM0, HOLES);
    grant_accepts(GUEST, 10, DOM0, HOLES + 1);
    as(DOM0);
    row(exchange, PMTST_okay, .gpfn = 40, .order = 2, .address_bits = MACHINE_LOW_BITS);
    d->address_bits = MACHINE_LOW_BITS;
    row(flip, PMTST_okay, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    row(donate, PMTST_okay, .gpfn = 41, .dest_gpfn = HOLES + 2, .domid = ID(GUEST), .rights = 1);
    d->address_bits = MACHINE_LOW_BITS - 1;
    row(flip, PMTST_bad_frame, .gpfn = 42, .ref = 10, .domid = ID(GUEST));
    row(donate, PMTST_bad_frame, .gpfn = 43, .dest_gpfn = HOLES + 3, .domid = ID(GUEST), .rights = 1);
    EQUAL(grant_flags(GUEST, 10), GTF_accept_transfer);
    AUDIT();
    d->address_bits = 0;
}
