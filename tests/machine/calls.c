/* SPDX-License-Identifier: MIT */
/* Raw calls, and the way in: what Xen's callers rely on where no handler decides. */
#include "test.h"

#define GFN 70ul

#ifndef PORT_IA64
static long one(uint64_t ptr, uint64_t val, unsigned int foreigndom, unsigned int *done)
{
    struct mmu_update op = { .ptr = ptr, .val = val };

    return hc_mmu_update(&op, 1, done, foreigndom);
}

static uint64_t machphys(uint64_t mfn)
{
    return mfn << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
}
#endif

void test_machphys_rows(void)
{
#ifndef PORT_IA64
    uint64_t mfn = p2m_gfn_to_mfn(dom0, GFN), theirs = p2m_gfn_to_mfn(domu, GFN);
    unsigned int done = 77;
    struct mmu_update ops[3] = { { machphys(mfn), 500 }, { machphys(theirs), 501 }, { machphys(mfn), 502 } };

    CHECK(!one(machphys(mfn), 300, DOMID_SELF, &done) && done == 1);
    CHECK(p2m_gfn_to_mfn(dom0, 300) == mfn && p2m_gfn_to_mfn(dom0, GFN) == HV_INVALID_MFN);
    CHECK(one(machphys(theirs), 300, DOMID_SELF, &done) == -EINVAL && done == 0);
    CHECK(one(machphys(port_max_mfn() + 1), 300, DOMID_SELF, NULL) == -EINVAL);
    CHECK(one(machphys(mfn), 300, 1u << 16 | DOMID_SELF, NULL) == -EPERM);
    CHECK(one(machphys(theirs), 300, 1, NULL) == -EINVAL);
    CHECK(one(machphys(mfn), 300, 99, NULL) == -ESRCH);
    CHECK(hc_mmu_update(ops, 3, &done, DOMID_SELF) == -EINVAL && done == 1 && p2m_gfn_to_mfn(dom0, 500) == mfn);
    CHECK(one(mfn << PAGE_SHIFT | 3, 0, DOMID_SELF, NULL) == -ENOSYS);
    machine_run_as(vu);
    CHECK(one(machphys(theirs), 300, DOMID_SELF, NULL) == -ENOSYS);
    machine_run_as(v0);
#endif
}

void test_page_table_rows(void)
{
#ifndef PORT_IA64
    uint64_t va = MACHINE_PV_BASE + GFN * PAGE_SIZE, far = MACHINE_PV_BASE + 300 * PAGE_SIZE;
    uint64_t mfn = p2m_gfn_to_mfn(dom0, GFN), theirs = p2m_gfn_to_mfn(domu, GFN), word = 3;
    uint64_t pte = mfn << PAGE_SHIFT | MACHINE_PTE_PRESENT;

    CHECK(!machine_va_write(v0, va, &word, 8));
    CHECK(!hc_update_va_mapping(va, pte, UVMF_INVLPG) && machine_va_write(v0, va, &word, 8));
    CHECK(!hc_update_va_mapping(far, pte | MACHINE_PTE_WRITABLE, 0) && !machine_va_write(v0, far, &word, 8));
    CHECK(hc_update_va_mapping(far, theirs << PAGE_SHIFT | 1, 0) == -EINVAL && machine_pte(dom0, far) >> PAGE_SHIFT == mfn);
    CHECK(hc_update_va_mapping(MACHINE_PV_BASE + (65536ul << PAGE_SHIFT), pte, 0) == -EINVAL);
    CHECK(hc_update_va_mapping(0x1000, pte, 0) == -EINVAL);
    CHECK(!hc_update_va_mapping(far, 0, 0) && machine_va_read(v0, far, &word, 8));
    CHECK(!one(machine_pte_address(dom0, far), pte, DOMID_SELF, NULL) && !machine_va_read(v0, far, &word, 8));
    CHECK(one(mfn << PAGE_SHIFT, pte, DOMID_SELF, NULL) == -EINVAL);
    CHECK(!one(machine_pte_address(dom0, far), 0, DOMID_SELF, NULL));

    /* A page table is nothing to write to. */
    CHECK(!hc_update_va_mapping(va, 0, 0) && machine_make_table(dom0, mfn, true));
    CHECK(hc_update_va_mapping(va, pte | MACHINE_PTE_WRITABLE, 0) == -EINVAL && !hc_update_va_mapping(va, pte, 0));
    CHECK(!hc_update_va_mapping(va, 0, 0) && machine_make_table(dom0, mfn, false));
    machine_run_as(vu);
    CHECK(one(machine_pte_address(dom0, far), pte, DOMID_SELF, NULL) == -ENOSYS);
    CHECK(hc_update_va_mapping(va, pte, 0) == -ENOSYS);
    machine_run_as(v0);
#endif
}

void test_multicall_rows(void)
{
    struct multicall_entry list[4] = { { .op = 63 }, { .op = 64 }, { .op = __HYPERVISOR_multicall } };
    struct pmt_info info = { .domid = DOMID_SELF };

    hc_multi_pmt_info(&list[3], &info, 1);
    CHECK(!hc_multicall(list, 4));
    CHECK(list[0].result == -(unsigned long)ENOSYS && list[1].result == -(unsigned long)ENOSYS);
    CHECK(list[2].result == -(unsigned long)EINVAL && !list[3].result && info.nr_gpfns == 128);
    CHECK(!hc_multicall(list, 0));
#ifndef PORT_IA64
    CHECK(hc_multicall((struct multicall_entry *)8, 1) == -EFAULT);
    CHECK(hc_multicall((struct multicall_entry *)0xffff800000000000ul, 1) == -EFAULT);
#endif
}

/* Interrupted at every look, and as if nothing had been. */
void test_continuations(void)
{
    struct multicall_entry list[5] = { { .op = 63 }, { .op = 63 }, { .op = 63 }, { .op = 63 }, { .op = 63 } };
    struct pmt_reverse back[200];
    unsigned int i;
    uint64_t calls = machine_hypercalls();

    for ( i = 0; i < 200; i++ )
        back[i] = (struct pmt_reverse){ .mfn = p2m_gfn_to_mfn(dom0, i % 128), .status = 99 };
    machine_plan.preempt_always = true;
    CHECK(!hc_multicall(list, 5) && machine_counters.continuations == 4);
    CHECK(!hc_pmt_reverse(back, 200) && machine_counters.continuations >= 4 + 3);
    for ( i = 0; i < 200; i++ )
        CHECK(back[i].status == PMTST_okay && back[i].gpfn == i % 128);
    CHECK(machine_hypercalls() == calls + 2);
    hc_multi_pmt_reverse(&list[1], back, 200);
    for ( i = 0; i < 200; i++ )
        back[i].status = 99;
    CHECK(!hc_multicall(list, 5) && !list[1].result && back[199].status == PMTST_okay);
}

void test_where_arguments_are(void)
{
    struct pmt_info *here_too = machine_guest_alloc(dom0, sizeof(*here_too));
    static struct pmt_info nowhere = { .domid = DOMID_SELF };
    struct pmt_info stack = { .domid = DOMID_SELF };

    here_too->domid = DOMID_SELF;
    CHECK(!hc_pmt_info(here_too, 1) && here_too->nr_gpfns == 128);
    CHECK(!hc_pmt_info(&stack, 1) && stack.nr_gpfns == 128);
    CHECK(hc_pmt_info(&nowhere, 1) == -EFAULT);
    CHECK(machine_guest_physical(dom0, here_too) < 32 * PAGE_SIZE && machine_guest_physical(dom0, &nowhere) == ~0ul);

    /* Another domain's kernel cannot be reached from here, nor a page that went. */
    machine_run_as(vu);
    CHECK(hc_pmt_info(here_too, 1) == -EFAULT);
    here_too = machine_guest_alloc(domu, 2 * PAGE_SIZE);
    here_too = (void *)(((unsigned long)here_too + PAGE_SIZE) & ~(PAGE_SIZE - 1));
    here_too->domid = DOMID_SELF;
    CHECK(!hc_pmt_info(here_too, 1));
    CHECK(!p2m_discard(domu, machine_guest_physical(domu, here_too) >> PAGE_SHIFT, P2M_DECREASE));
    CHECK(hc_pmt_info(here_too, 1) == -EFAULT);
    machine_run_as(v0);
    machine_guest_free(dom0, machine_guest_alloc(dom0, 100), 100);
    CHECK(!machine_guest_alloc(dom0, 1u << 30));
#ifndef PORT_IA64
    here_too = (struct pmt_info *)(MACHINE_PV_BASE + GFN * PAGE_SIZE);
    stack.domid = DOMID_SELF;
    stack.nr_gpfns = 0;
    CHECK(!machine_va_write(v0, (unsigned long)here_too, &stack, sizeof(stack)));
    CHECK(!hc_pmt_op(PMTOP_info, here_too, 1));
    CHECK(!machine_va_read(v0, (unsigned long)here_too, &stack, sizeof(stack)) && stack.nr_gpfns == 128);
#endif
}

/* ia64 has neither. */
void test_raw_calls_elsewhere(void)
{
#ifdef PORT_IA64
    unsigned long reg[5] = { 0 };

    CHECK(hc_host_call(__HYPERVISOR_mmu_update, reg) == -(unsigned long)ENOSYS);
    CHECK(hc_host_call(__HYPERVISOR_update_va_mapping, reg) == -(unsigned long)ENOSYS);
#else
    unsigned long reg[5] = { 0 };

    CHECK(hc_host_call(__HYPERVISOR_arch_1, reg) == -(unsigned long)ENOSYS);
#endif
}

/* What netback did for one packet: unmap, tell, transfer, in one multicall. */
void test_classic_flip(void)
{
#ifndef PORT_IA64
    uint64_t va = MACHINE_PV_BASE + GFN * PAGE_SIZE, old = p2m_gfn_to_mfn(dom0, GFN), had = domu->tot_pages;
    struct xen_memory_reservation more = { .nr_extents = 1, .domid = DOMID_SELF };
    xen_pfn_t new = 0;
    struct gnttab_setup_table setup = { .dom = 1, .nr_frames = 1 };
    struct gnttab_transfer transfer = { .mfn = old, .domid = 1, .ref = 9 };
    struct grant_entry_v1 *entries = NULL;
    struct multicall_entry list[3];
    struct mmu_update tell;
    uint64_t mfn, word = 0x1234;

    CHECK(!machine_va_write(v0, va, &word, 8));
    (void)setup;
    CHECK(!grant_frame(domu, false, 0, true, &mfn));
    entries = port_page_address(mfn);
    entries[9] = (struct grant_entry_v1){ .flags = GTF_accept_transfer, .domid = 0, .frame = 200 };
    set_xen_guest_handle(more.extent_start, &new);
    CHECK(hc_memory_increase_reservation(&more) == 1 && port_page_owner(new) == dom0);
    hc_multi_update_va_mapping(&list[0], va, new << PAGE_SHIFT | 3, UVMF_TLB_FLUSH | UVMF_ALL);
    tell = (struct mmu_update){ machphys(new), GFN };
    hc_multi_mmu_update(&list[1], &tell, 1, NULL, DOMID_SELF);
    hc_multi_grant_table_transfer(&list[2], &transfer, 1);
    CHECK(!hc_multicall(list, 3) && !list[0].result && !list[1].result && !list[2].result);
    CHECK(transfer.status == GNTST_okay && domu->tot_pages == had + 1);
    CHECK((entries[9].flags & GTF_transfer_completed) && entries[9].frame == 200);
    CHECK(p2m_gfn_to_mfn(dom0, GFN) == new && p2m_gfn_to_mfn(domu, 200) == old);
    CHECK(!machine_read(vu, 200 * PAGE_SIZE, &word, 8) && word == 0x1234);
    port_page_put(mfn);
#endif
}

/* ---- handles of xencomm --------------------------------------------------------------------- */

#ifdef PORT_XENCOMM
struct descriptor {
    uint32_t magic, nr;
    uint64_t address[8];
};

/* An element of an array that lies in three pages; it may cross from one to the next. */
static bool element(const uint64_t page[3], uint64_t place, void *op, size_t bytes, bool write)
{
    size_t first = PAGE_SIZE - place % PAGE_SIZE;
    uint64_t at = page[place / PAGE_SIZE] + place % PAGE_SIZE;

    if ( first < bytes )
        return element(page, place, op, first, write) &&
               element(page, place + first, (char *)op + first, bytes - first, write);
    return !(write ? machine_write(v0, at, op, bytes) : machine_read(v0, at, op, bytes));
}

static long by_handle(uint64_t handle, unsigned int count)
{
    unsigned long reg[5] = { PMTOP_reverse, handle, count };

    return (long)hc_host_call(__HYPERVISOR_pmt_op, reg);
}
#endif

/* What a descriptor may be wrong in, and an array in pages that are nowhere near each other. */
void test_xencomm_rows(void)
{
#ifdef PORT_XENCOMM
    unsigned int each = sizeof(struct pmt_reverse), i, nr = 3 * PAGE_SIZE / each;
    struct descriptor *d = machine_guest_alloc(dom0, sizeof(*d));
    uint64_t at = machine_guest_physical(dom0, d), page[3] = { 90 * PAGE_SIZE, 60 * PAGE_SIZE, 75 * PAGE_SIZE };
    struct pmt_reverse op;

    CHECK(by_handle(0, 1) == -EFAULT && by_handle(1ul << 63, 1) == -EFAULT);
    CHECK(by_handle(1ul << 63 | 5000 * PAGE_SIZE, 1) == -EFAULT);
    CHECK(by_handle(at, 1) == -EFAULT);         /* no magic */
    *d = (struct descriptor){ 0x58434f4d, 1, { page[0] } };
    CHECK(by_handle(at + 4, 1) == -EFAULT && !by_handle(at, 1));
    *d = (struct descriptor){ 0x58434f4d, 1, { page[0] + PAGE_SIZE - 8 } };
    CHECK(by_handle(at, 1) == -EFAULT);         /* shorter than what it is about */
    *d = (struct descriptor){ 0x58434f4d, 3, { ~0ul, page[0], ~0ul } };
    CHECK(!by_handle(at, 1));                   /* used up: skipped */

    /* Interrupted at each look, the descriptor is used up on the way. */
    for ( i = 0; i < nr; i++ )
    {
        op = (struct pmt_reverse){ .mfn = p2m_gfn_to_mfn(dom0, i % 128), .status = 99 };
        CHECK(element(page, (uint64_t)i * each, &op, each, true));
    }
    *d = (struct descriptor){ 0x58434f4d, 4, { page[0], ~0ul, page[1], page[2] } };
    machine_plan.preempt_always = true;
    CHECK(!by_handle(at, nr) && machine_counters.continuations > nr / 128);
    CHECK(d->address[0] == ~0ul && d->magic == 0x58434f4d && d->nr == 4);
    for ( i = 0; i < nr; i++ )
    {
        CHECK(element(page, (uint64_t)i * each, &op, each, false));
        CHECK(op.status == PMTST_okay && op.gpfn == i % 128);
    }
#endif
}
