/* SPDX-License-Identifier: MIT */
/* Mistakes that are made on purpose, and have to be found. */
#include "test.h"

#define GFN 70ul

/* ---- frame numbers that get out ---------------------------------------------------------- */

static void as_domu(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    machine_run_as(vu);
    CHECK(!machine_leaks());
    hc_pmt_info(&info, 1);
    machine_run_as(v0);
}

void test_leak_in_memory(void)
{
    machine_plan.plant_leak = MACHINE_LEAK_MEMORY;
    as_domu();
    CHECK(machine_leaks() == 1 && strstr(machine_leak_text(), "domain 1"));
    FINDS("in memory at");
    CHECK(!machine_leaks());
}

void test_leak_in_register(void)
{
    machine_plan.plant_leak = MACHINE_LEAK_REGISTER;
    as_domu();
    FINDS("as the result of call");
}

void test_leak_in_shared_frame(void)
{
    uint64_t mfn, *words;

    CHECK(!grant_frame(domu, false, 0, true, &mfn));
    words = port_page_address(mfn);
    machine_plan.plant_leak = MACHINE_LEAK_SHARED;
    as_domu();
    port_page_put(mfn);
    FINDS("in a frame it shares");
    memset(words, 0, PAGE_SIZE);
    as_domu();
}

/* Who may know is told; what a guest wrote itself is no news to it. */
void test_leak_is_none(void)
{
    struct pmt_translate op = { .gpfn = GFN, .domid = DOMID_SELF };
    struct gnttab_map_grant_ref map = { .host_addr = p2m_gfn_to_mfn(dom0, GFN), .flags = GNTMAP_host_map };

    CHECK(!hc_pmt_translate(&op, 1) && machine_marked(op.entry) && !machine_leaks());
    machine_run_as(vu);
    hc_grant_table_map_grant_ref(&map, 1);
    CHECK(!hc_pmt_translate(&op, 1) && op.status == PMTST_denied);
    machine_run_as(v0);
    CHECK(!machine_leaks());
}

/* ---- locks ------------------------------------------------------------------------------------ */

static void take_in_order(unsigned int first, uint64_t one, unsigned int second, uint64_t two)
{
    struct port_lock a, b;

    port_lock_init(&a, first, one);
    port_lock_init(&b, second, two);
    port_lock(&a);
    port_lock(&b);
    port_unlock(&a);
    port_unlock(&b);
}

static void wrong_rank(void) { take_in_order(HV_RANK_P2M, 0, HV_RANK_LOAN, 0); }
static void wrong_order(void) { take_in_order(HV_RANK_P2M, 2, HV_RANK_P2M, 1); }
static void twice(void) { take_in_order(HV_RANK_P2M, 2, HV_RANK_P2M, 2); }

static void not_held(void)
{
    struct port_lock a;

    port_lock_init(&a, HV_RANK_LOAN, 0);
    port_unlock(&a);
}

void test_lock_order(void)
{
    take_in_order(HV_RANK_LOAN, 5, HV_RANK_P2M, 1);
    take_in_order(HV_RANK_P2M, 1, HV_RANK_P2M, 2);
    CHECK(aborts(wrong_rank, "lock of rank 3, order 0 is taken under one of rank 4"));
    CHECK(aborts(wrong_order, "order 1 is taken under one of rank 4, order 2"));
    CHECK(aborts(twice, "order 2 is taken under one of rank 4, order 2"));
    CHECK(aborts(not_held, "not held"));
}

/* In the middle of a call somebody takes what he does not give back. */
static struct port_lock kept;

static void keep_lock(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    (void)bytes;
    if ( write )
        port_lock(&kept);
}

void test_lock_is_kept(void)
{
    struct pmt_detach op = { .nr = 1 };

    port_lock_init(&kept, HV_RANK_DOMAIN, 77);
    machine_plan.adversary = keep_lock;
    machine_plan.fail_copy_at = 2;
    hc_pmt_detach(&op, 1);
    machine_plan.adversary = NULL;
    CHECK(here.locks == 1);
    port_unlock(&kept);
    FINDS("locks held");
}

static void keep_domain(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    (void)bytes;
    if ( !write )
        rcu_lock_domain_by_id(1);
}

void test_domain_is_kept(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    machine_plan.adversary = keep_domain;
    hc_pmt_info(&info, 1);
    FINDS("with 1 domains locked");
    __atomic_fetch_sub(&domu->locks, 1, __ATOMIC_SEQ_CST);
}

static void copy_now(void)
{
    unsigned int word;

    port_lock_init(&kept, HV_RANK_DOMAIN, 77);
    port_lock(&kept);
#ifdef PORT_IA64
    port_read_handle(&word, 1ul << 63 | 64, 0, sizeof(word));
#else
    port_read(&word, (unsigned long)&word, sizeof(word), true);
#endif
}

void test_copy_under_lock(void)
{
    CHECK(aborts(copy_now, "copied under a lock"));
}

/* ---- counts -------------------------------------------------------------------------------------- */

void test_lost_reference(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN);

    CHECK(port_page_get(mfn, domu));
    FINDS("has 3 references, and 2 are found");
    port_page_put(mfn);
}

void test_lost_writer(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN);

    CHECK(port_page_get_type(mfn, true));
    FINDS("has 1 writers, and 0 are found");
    port_page_put_type(mfn, true);
    port_page_put_type(mfn, true);
    FINDS("put, and was not got");
}

void test_reverse_is_wrong(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN);

    pmt_reverse_set(&hv_reverse, mfn, GFN + 1);
    FINDS("reverse map");
    pmt_reverse_set(&hv_reverse, mfn, GFN);
}

void test_charge_is_wrong(void)
{
    domu->tot_pages++;
    FINDS("is charged for 129 pages, and has 128");
    domu->tot_pages--;
}

static void walk_on(unsigned long address, unsigned long bytes, bool write)
{
    unsigned int i;

    (void)address;
    (void)bytes;
    for ( i = 0; i < 30000 && write; i++ )
        host_step();
}

void test_too_many_steps(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    machine_plan.adversary = walk_on;
    hc_pmt_info(&info, 1);
    FINDS("nobody has looked whether others shall run");
}

void test_stray_write(void)
{
    uint64_t *at = port_window_create(1 << 20);

    CHECK(!port_window_commit(at, 4096));
    at[1] = 1;
    at[1024] = 1;
    port_window_destroy(at, 1 << 20);
    FINDS("never committed");
}

void test_left_over(void)
{
    uint64_t mfn;
    void *p = port_alloc(33);
    const char *said;

    CHECK(!port_page_alloc_loose(dom0, 0, 0, &mfn));
    FINDS("lost between two owners");
    port_page_free(mfn);
    CHECK((said = machine_stop()) && strstr(said, "33 bytes"));
    host.memory_allocated = 33;
    port_free(p, 33);
    machine_start(NULL);
    machine_run_as(NULL);
}

void test_wrong_size(void)
{
    port_free(port_alloc(33), 34);
    FINDS("33 bytes are freed as 34");
}

void test_not_checked(void)
{
#ifndef PORT_IA64
    unsigned long word = 0;

    here.okays = 0;
    CHECK(!port_write((unsigned long)&word, &word, sizeof(word), false));
    FINDS("nobody has checked the range");
    CHECK(port_okay((unsigned long)&word, 1, sizeof(word)) && !port_write((unsigned long)&word, &word, 8, false));
    CHECK(!port_okay(0xffff800000000000ul, 1, 1) && !port_okay(0xffff87fffffffffful, 1, 1));
    CHECK(!port_okay(1, ~0ul, 2) && port_okay(MACHINE_PV_BASE, 16, 4096));
#endif
}

void test_put_too_often(void)
{
    uint64_t mfn;

    CHECK(!port_page_alloc(domu, 0, 0, &mfn));
    port_page_put(mfn);
    FINDS("put more often than got");
    CHECK(port_page_free(mfn));
}

/* What others hold of a domain keeps it; when they let go it is gone. */
void test_dying_domain_holds(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN);
    unsigned int before = machine_nr_domains();

    CHECK(port_page_get(mfn, domu) && port_domain_hold(domu));
    machine_kill(domu);
    CHECK(!port_domain_hold(domu) && machine_nr_domains() == before);
    CHECK(port_page_owner(mfn) == domu);
    port_page_put(mfn);
    machine_kill(domu);
    CHECK(machine_nr_domains() == before);
    port_domain_release(domu);
    domains_reap();
    CHECK(machine_nr_domains() == before - 1);
}

/* A handler that forgot a field. */
void test_never_set(void)
{
    uint64_t *word = machine_guest_alloc(dom0, 64), unset[2];
    XEN_GUEST_HANDLE_PARAM(uint64) handle = { word };

#ifdef PORT_XENCOMM
    handle.p = (uint64_t *)(1ul << 63 | machine_guest_physical(dom0, word));
#endif
    unset[0] = 7;
    CHECK(!copy_to_guest(handle, unset, 1) && *word == 7 && !machine_violation());
#ifdef PORT_PATTERN
    CHECK(!copy_to_guest_offset(handle, 1, &unset[1], 1));
    FINDS("never set");
#endif
}
