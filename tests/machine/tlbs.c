/* SPDX-License-Identifier: MIT */
/* TLBs and flushes: rights, what is stale and is found, changes at the worst moment. */
#include <sched.h>

#include "test.h"

#define GFN 70ul
#define AT  (GFN * PAGE_SIZE + 64)

static bool reads(struct vcpu *v, uint64_t gpa, uint64_t value)
{
    uint64_t word = ~value;

    return !machine_read(v, gpa, &word, sizeof(word)) && word == value;
}

static bool writes(struct vcpu *v, uint64_t gpa, uint64_t value)
{
    return !machine_write(v, gpa, &value, sizeof(value));
}

/* The entry of the table without the flush. */
static uint64_t set_entry(struct domain *d, uint64_t gfn, uint64_t entry)
{
    uint64_t was;

    pmt_lock(&d->hv->pmt);
    CHECK(!pmt_prepare_locked(&d->hv->pmt, gfn, 1));
    was = entry ? pmt_set_locked(&d->hv->pmt, gfn, entry) : pmt_clear_locked(&d->hv->pmt, gfn);
    pmt_unlock(&d->hv->pmt);
    return was;
}

void test_rights(void)
{
    uint64_t entry = pmt_lookup(&domu->hv->pmt, GFN), word[3] = { 1, 2, 3 }, back[3];

    CHECK(writes(vu, AT, 5) && reads(vu, AT, 5));
    CHECK(*(uint64_t *)((char *)port_page_address(p2m_entry_mfn(entry)) + 64) == 5);
    CHECK(!machine_write(vu, AT + PAGE_SIZE - 72, word, sizeof(word)) &&
          !machine_read(vu, AT + PAGE_SIZE - 72, back, sizeof(back)) && back[2] == 3);
    CHECK(!reads(vu, 1000 * PAGE_SIZE, 0) && !machine_at(vu, 1000 * PAGE_SIZE, false));
    set_entry(domu, GFN, entry & ~PMTE_writable);
    port_flush_page(domu, GFN, 1);
    CHECK(reads(vu, AT, 5) && !writes(vu, AT, 6) && machine_at(vu, AT, false) && !machine_at(vu, AT, true));
    set_entry(domu, GFN, entry);
    CHECK(writes(vu, AT, 6) && *(uint64_t *)machine_at(vu, AT, true) == 6);
}

void test_stale_translation(void)
{
    uint64_t entry = pmt_lookup(&domu->hv->pmt, GFN);

    CHECK(writes(vu, AT, 1));
    set_entry(domu, GFN, entry & ~PMTE_writable);
    FINDS("stale translation of page 0x46");
    CHECK(writes(vu, AT, 2));           /* as hardware would */
    port_flush_page(domu, GFN, 1);
    CHECK(!writes(vu, AT, 3));
    set_entry(domu, GFN, entry);
}

void test_stale_page_is_freed(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN), entry;

    CHECK(writes(vu, AT, 1));
    entry = set_entry(domu, GFN, 0);
    pmt_reverse_set(&hv_reverse, mfn, PMT_NO_GPFN);
    p2m_drop(entry);
    CHECK(port_page_free(mfn));
    FINDS("is freed while domain 1 has a translation of page 0x46");
    port_flush_page(domu, GFN, 1);
}

void test_stale_given_away(void)
{
    uint64_t mfn = p2m_gfn_to_mfn(domu, GFN), entry;

    CHECK(writes(machine_vcpu(domu, 1), AT, 1));
    entry = set_entry(domu, GFN, 0);
    pmt_reverse_set(&hv_reverse, mfn, PMT_NO_GPFN);
    p2m_drop(entry);
    CHECK(port_page_get(mfn, domu) && !port_page_take(mfn, domu, false) && !port_page_assign(mfn, dom0, false));
    FINDS("gets another owner while domain 1 has a translation of page 0x46");
    port_flush_page(domu, GFN, 1);
    CHECK(port_page_free(mfn));
}

/* ---- a page goes while a processor looks for it --------------------------------------- */

static unsigned int removals;

static void remove_it(const char *name, void *context)
{
    (void)context;
    if ( strcmp(name, "tlb: before insert") || removals++ )
        return;
    CHECK(!p2m_discard(domu, GFN, P2M_DECREASE));
}

void test_change_during_insert(void)
{
    removals = 0;
    machine_plan.at_point = remove_it;
    CHECK(!reads(vu, AT, 0) && removals == 1);
    machine_plan.at_point = NULL;
    CHECK(!machine_audit());
}

/* ---- a flush waits for an access that goes on -------------------------------------------- */

static bool stop;

static void write_on(void *argument)
{
    uint64_t n = 0;

    (void)argument;
    while ( !__atomic_load_n(&stop, __ATOMIC_ACQUIRE) )
        writes(current, AT, ++n);
}

void test_flush_waits(void)
{
    uint64_t entry = pmt_lookup(&domu->hv->pmt, GFN), *at = port_page_address(p2m_entry_mfn(entry)), was;
    unsigned int i, j;

    stop = false;
    machine_thread(machine_vcpu(domu, 1), write_on, NULL);
    for ( i = 0; i < 300; i++ )
    {
        set_entry(domu, GFN, entry & ~PMTE_writable);
        port_flush_page(domu, GFN, 1);
        was = __atomic_load_n(&at[8], __ATOMIC_RELAXED);
        for ( j = 0; j < 50; j++ )
            CHECK(__atomic_load_n(&at[8], __ATOMIC_RELAXED) == was);
        set_entry(domu, GFN, entry);
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
    machine_join(machine_vcpu(domu, 1));
}

void test_large_pages(void)
{
    struct machine_domain how = { .id = 7, .page_shift = 16, .pages = 64 };
    struct domain *d = machine_domain(&how);
    struct vcpu *v = machine_vcpu(d, 0);
    uint64_t gpa = (40ul << 16) + 0xfff8, mfn = p2m_gfn_to_mfn(d, 40);

    CHECK(writes(v, gpa, 9) && *(uint64_t *)((char *)port_page_address(mfn) + 0xfff8) == 9);
    CHECK(p2m_gfn_to_mfn(d, 41) == mfn + (0x10000 >> PAGE_SHIFT));
    CHECK(!p2m_discard(d, 40, P2M_DECREASE) && !reads(v, gpa, 9));
    CHECK(!machine_kill(d));
}

/* ---- devices -------------------------------------------------------------------------------- */

static bool dma(struct domain *d, uint64_t mfn, bool write)
{
    uint64_t word = 1;

    return write ? !machine_device_write(d, mfn << PAGE_SHIFT, &word, 8)
                 : !machine_device_read(d, mfn << PAGE_SHIFT, &word, 8);
}

void test_device_reach(void)
{
    uint64_t own = p2m_gfn_to_mfn(dom0, GFN), other = p2m_gfn_to_mfn(domu, GFN);

    CHECK(dma(dom0, own, true) && !dma(dom0, other, false) && !dma(domu, other, false));
    CHECK(!dma(dom0, MACHINE_IO_MFN, false) && !dma(dom0, 5, false));
    CHECK(!port_device(dom0, other, true, false) && dma(dom0, other, false) && !dma(dom0, other, true));
    CHECK(!port_device(dom0, other, true, true) && dma(dom0, other, true));
    CHECK(!port_device(dom0, other, false, true) && !dma(dom0, other, true) && dma(dom0, other, false));
    CHECK(!port_device(dom0, other, false, false) && !dma(dom0, other, false));
    CHECK(!port_device(dom0, other, false, false));
    FINDS("told to forget frame");
}

void test_devices_are_flushed(void)
{
    uint64_t mfn;

    CHECK(!port_page_alloc(dom0, 0, 0, &mfn) && dma(dom0, mfn, true));
    CHECK(port_page_free(mfn));
    FINDS("is freed while domain 0 has a translation");
    port_flush_page(dom0, 0, ~0ul);
    CHECK(!port_page_alloc(dom0, 0, 0, &mfn) && dma(dom0, mfn, true));
    port_flush_page(dom0, 0, ~0ul);
    CHECK(port_page_free(mfn));
}

void test_linear(void)
{
#ifndef PORT_IA64
    uint64_t va = MACHINE_PV_BASE + GFN * PAGE_SIZE, mfn = p2m_gfn_to_mfn(dom0, GFN), word = 8, back = 0;
    uint64_t granted = p2m_gfn_to_mfn(domu, GFN);

    CHECK(machine_pte(dom0, va) >> PAGE_SHIFT == mfn && !machine_va_write(v0, va + 8, &word, 8));
    CHECK(((uint64_t *)port_page_address(mfn))[1] == 8);
    CHECK(!machine_va_read(v0, va + 8, &back, 8) && back == 8);
    CHECK(port_pv_map(dom0, va + 1, granted, 0) == -EINVAL && port_pv_map(domu, va, granted, 0) == -EINVAL);
    CHECK(port_pv_map(dom0, MACHINE_PV_BASE - PAGE_SIZE, granted, 0) == -EINVAL);

    /* A grant takes the place; what the guest had there goes. */
    CHECK(!port_pv_map(dom0, va, granted, GNTMAP_readonly) && machine_va_write(v0, va, &word, 8));
    CHECK(!machine_va_read(v0, va, &back, 8) && !back);
    CHECK(hc_update_va_mapping(va, 0, 0) == -EINVAL);
    CHECK(port_pv_unmap(dom0, va, mfn, 0, GNTMAP_readonly) == -EINVAL);
    CHECK(port_pv_unmap(dom0, va, granted, 0, 0) == -EINVAL);
    CHECK(!port_pv_unmap(dom0, va, granted, va + PAGE_SIZE, GNTMAP_readonly));
    port_flush_page(dom0, 0, ~0ul);
    CHECK(machine_pte(dom0, va) >> PAGE_SHIFT == p2m_gfn_to_mfn(dom0, GFN + 1) && !machine_pte(dom0, va + PAGE_SIZE));
    CHECK(!port_pv_map(dom0, machine_pte_address(dom0, va + PAGE_SIZE), granted, GNTMAP_contains_pte));
    CHECK(!machine_va_write(v0, va + PAGE_SIZE, &word, 8));
    CHECK(!port_pv_unmap(dom0, machine_pte_address(dom0, va + PAGE_SIZE), granted, 0, GNTMAP_contains_pte));
    FINDS("stale translation of linear page");
    port_flush_page(dom0, 0, ~0ul);
#endif
}

/* Without the flush the same processor writes on: what the one above sees can be seen. */
void test_flush_is_needed(void)
{
    uint64_t entry = pmt_lookup(&domu->hv->pmt, GFN), *at = port_page_address(p2m_entry_mfn(entry)), was = 0;
    unsigned int tries, writes_on = 0;

    stop = false;
    machine_thread(machine_vcpu(domu, 1), write_on, NULL);
    while ( !__atomic_load_n(&at[8], __ATOMIC_RELAXED) )
        sched_yield();
    set_entry(domu, GFN, entry & ~PMTE_writable);
    for ( tries = 0; tries < 10000000 && writes_on < 10; tries++ )
    {
        uint64_t now = __atomic_load_n(&at[8], __ATOMIC_RELAXED);

        writes_on += now != was;
        was = now;
        sched_yield();
    }
    CHECK(writes_on == 10);
    set_entry(domu, GFN, entry);
    __atomic_store_n(&stop, true, __ATOMIC_RELEASE);
    machine_join(machine_vcpu(domu, 1));
}
