/* SPDX-License-Identifier: MIT */
/* What is planned comes about: the Nth of each, and nothing before. */
#include "test.h"

#define GFN 70ul

void test_allocation_fails(void)
{
    void *p, *q;

    machine_plan_reset();
    machine_plan.fail_alloc_at = 1;
    p = port_alloc(100);
    q = port_alloc(100);
    CHECK(p && !q && !((char *)p)[99]);
    port_free(p, 100);
    CHECK((p = port_alloc(8)) != NULL);
    port_free(p, 8);
    CHECK(machine_counters.allocs == 3);
}

void test_page_fails(void)
{
    uint64_t mfn, other;

    machine_plan_reset();
    machine_plan.fail_page_at = 1;
    CHECK(!port_page_alloc(domu, 0, 0, &mfn) && port_page_alloc(domu, 0, 0, &other) == -ENOMEM);
    CHECK(port_page_free(mfn) && !port_page_adopt(domu, &mfn) && port_page_free(mfn));
}

void test_window_fails(void)
{
    uint64_t bytes = 1ul << 36, *at = port_window_create(bytes);

    CHECK(at && !((unsigned long)at % (2ul << 20)) && !at[12345678]);
    CHECK(port_window_frame(at) == ~0ul);
    machine_plan_reset();
    machine_plan.fail_window_at = 1;
    CHECK(!port_window_commit(at, 8192) && port_window_commit(at + 8192, 4096) == -ENOMEM);
    at[3] = 3;
    CHECK(!port_window_commit(at, 4096) && at[3] == 3 && port_window_frame(at + 3) != ~0ul);
    port_window_drop(at, 4096);
    CHECK(!at[3] && port_window_frame(at) == ~0ul && port_window_frame(at + 512) != ~0ul);
    machine_plan.fail_window_at = 3;
    CHECK(!port_window_create(4096));
    port_window_destroy(at, bytes);
}

void test_copy_fails(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };
    unsigned int i;

    for ( i = 0; i < 10; i++ )
    {
        machine_plan_reset();
        machine_plan.fail_copy_at = i;
        if ( !hc_pmt_info(&info, 1) )
            break;
        CHECK(machine_counters.copies == i + 1);
    }
    CHECK(i > 1 && i < 10 && machine_counters.copies == i);
}

void test_device_fails(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN);

    machine_plan_reset();
    machine_plan.fail_device_at = 1;
    CHECK(!port_device(dom0, mfn, true, false) && port_device(dom0, mfn, true, false) == -ENOMEM);
    CHECK(!port_device(dom0, mfn, false, false));
}

void test_preemption(void)
{
    struct pmt_reverse back[200];
    unsigned int i;

    for ( i = 0; i < 200; i++ )
        back[i] = (struct pmt_reverse){ .mfn = p2m_gfn_to_mfn(dom0, i % 128) };
    machine_plan_reset();
    CHECK(!hc_pmt_reverse(back, 200) && machine_counters.looks == 3 && !machine_counters.continuations);
    machine_plan_reset();
    machine_plan.preempt_at = 1;
    CHECK(!hc_pmt_reverse(back, 200) && machine_counters.continuations == 1);
    CHECK(machine_counters.steps_most > 0);
}

void test_denial(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    machine_plan.denied = "pmt_info";
    CHECK(!hc_pmt_info(&info, 1) && info.status == PMTST_denied);
    machine_plan.denied = "pmt_translate";
    CHECK(!hc_pmt_info(&info, 1) && info.status == PMTST_okay);
    machine_plan.denied = "*";
    CHECK(!hc_pmt_info(&info, 1) && info.status == PMTST_denied);
    machine_plan.denied = NULL;
    /* The rules: about oneself, about whom one serves, about anybody. */
    CHECK(!port_xsm("x", PORT_TARGET, domu, domu) && port_xsm("x", PORT_TARGET, domu, dom0) == -EPERM);
    CHECK(!port_xsm("x", PORT_PRIV, dom0, domu) && port_xsm("x", PORT_PRIV, domu, domu) == -EPERM);
    domu->target = 0;
    CHECK(!port_xsm("x", PORT_DM_PRIV, domu, dom0) && port_xsm("x", PORT_PRIV, domu, dom0) == -EPERM);
    CHECK(!port_xsm("x", PORT_HOOK, domu, dom0));
}

void test_holes(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    machine_plan.hole = machine_guest_physical(dom0, &info.status);
#ifndef PORT_IA64
    machine_plan.hole = (unsigned long)&info.status;
#endif
    machine_plan.hole_bytes = 1;
    CHECK(hc_pmt_info(&info, 1) == -EFAULT);
    machine_plan.hole_is_for_writes = true;
    CHECK(hc_pmt_info(&info, 1) == -EFAULT);
    machine_plan.hole_bytes = 0;
    CHECK(!hc_pmt_info(&info, 1));
}

static struct pmt_info *victim;
static unsigned int copies;

static void change(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    (void)bytes;
    copies++;
    if ( !write )
        victim->domid = 99;
}

/* What was read is used; what stands there afterwards is not looked at. */
void test_adversary(void)
{
    struct pmt_info info = { .domid = DOMID_SELF };

    victim = &info;
    copies = 0;
    machine_plan.adversary = change;
    CHECK(!hc_pmt_info(&info, 1) && info.status == PMTST_okay && copies > 1);
    CHECK(!hc_pmt_info(&info, 1) && info.status == PMTST_bad_domain);
}

static unsigned int seen;

static void somebody_else(const char *name, void *context)
{
    struct vcpu *was = current;
    struct pmt_info info = { .domid = DOMID_SELF };

    (void)name;
    CHECK(context == &seen);
    seen++;
    machine_run_as(vu);
    CHECK(!hc_pmt_info(&info, 1));
    machine_run_as(was);
}

void test_points(void)
{
    struct multicall_entry list[2] = { { .op = 63 }, { .op = 63 } };

    seen = 0;
    machine_plan.at_point = somebody_else;
    machine_plan.context = &seen;
    machine_plan.preempt_at = 0;
    CHECK(!hc_multicall(list, 2) && seen == 1);
}
