/* SPDX-License-Identifier: MIT */
/* mmu_update: the four commands in the low bits of ptr. */
#include "guest.h"

#define NO_FRAME 0x7ffffff0UL
#define ACCESSED_DIRTY 0x60UL
#define OWNER_OF_TABLES(domain) ((domain) + 1u) << 16

static uint64_t *page, *slot;
static unsigned int done;

static long one(uint64_t ptr, uint64_t value, unsigned int domain)
{
    mmu_update_t request = { .ptr = ptr, .val = value };
    mmuext_op_t flush = { .cmd = MMUEXT_TLB_FLUSH_LOCAL };
    long result;

    done = 0;
    result = hc_mmu_update(&request, 1, &done, domain);
    must_be("flush", hc_mmuext_op(&flush, 1, NULL, DOMID_SELF), 0);
    return result;
}

static void entries(void)
{
    uint64_t entry = pte_address(slot);
    uint64_t target = pte_make(mfn_of(page), PTE_RW);

    page[0] = 0x77;
    succeeds(MMU_NORMAL_PT_UPDATE, "5.3 NORMAL", "write an entry",
             one(entry | MMU_NORMAL_PT_UPDATE, target & ~ACCESSED_DIRTY, DOMID_SELF), EQ, 0);
    succeeds(hc_mmu_update, "5.3 done", "one is done", done, EQ, 1);
    shows(MMU_NORMAL_PT_UPDATE, "5.3 NORMAL", "the page is there", slot[0], EQ, 0x77);
    succeeds(MMU_PT_UPDATE_PRESERVE_AD, "5.3 PRESERVE_AD", "read-only, and nothing else",
             one(entry | MMU_PT_UPDATE_PRESERVE_AD, pte_make(mfn_of(page), 1), DOMID_SELF),
             EQ, 0);
    shows(MMU_PT_UPDATE_PRESERVE_AD, "5.3 PRESERVE_AD", "the accessed bit is still set",
          *pte_of(slot), HAS, 0x20);
    shows(MMU_PT_UPDATE_PRESERVE_AD, "5.3 PRESERVE_AD", "a write faults",
          probe_write(slot, 1), EQ, 1);
    succeeds(MMU_PT_UPDATE_NO_TRANSLATE, "5.3 NO_TRANSLATE", "writable again",
             one(entry | MMU_PT_UPDATE_NO_TRANSLATE, target, DOMID_SELF), EQ, 0);
    shows(MMU_PT_UPDATE_NO_TRANSLATE, "5.3 NO_TRANSLATE", "a write works",
          probe_write(slot, 0x76), EQ, 0);
}

static void bad_entries(void)
{
    uint64_t entry = pte_address(slot);
    unsigned long table = mfn_of(pte_of(slot));

    fails(MMU_NORMAL_PT_UPDATE, "5.3 mod_l1_entry", "a page table, writable",
          one(entry | MMU_NORMAL_PT_UPDATE, pte_make(table, PTE_RW), DOMID_SELF),
          EQ, -XEN_EBUSY);
    fails(hc_mmu_update, "5.3 stops at the first failure", "none is done", done, EQ, 0);
    fails(MMU_PT_UPDATE_PRESERVE_AD, "5.3", "a frame beyond all memory",
          one(entry | MMU_PT_UPDATE_PRESERVE_AD, 0x0123400000000067, DOMID_SELF),
          EQ, -XEN_EPERM);
    fails(MMU_PT_UPDATE_NO_TRANSLATE, "5.3", "a frame beyond all memory",
          one(entry | MMU_PT_UPDATE_NO_TRANSLATE, 0x0123400000000067, DOMID_SELF),
          EQ, -XEN_EPERM);
    fails(hc_mmu_update, "5.3 unknown command", "no such command",
          one(entry | 4, 0, DOMID_SELF), EQ, -XEN_ENOSYS);
    fails(hc_mmu_update, "5.3 NORMAL", "an entry in no frame",
          one(NO_FRAME * PAGE_SIZE, 0, DOMID_SELF), EQ, -XEN_EINVAL);
    fails(hc_mmu_update, "5.3 bad foreign domain", "pages of no domain",
          one(entry, 0, NO_DOMAIN), EQ, -XEN_ESRCH);
    fails(hc_mmu_update, "5.3 foreigndom[31:16]", "tables of no domain",
          one(entry, 0, DOMID_SELF | OWNER_OF_TABLES(NO_DOMAIN)), EQ, -XEN_ESRCH);
    fails(hc_mmu_update, "5.3 guest handle", "nothing to read",
          hc_mmu_update(NO_ADDRESS, 1, NULL, DOMID_SELF), EQ, -XEN_EFAULT);
}

/* The table from machine to guest frame is the guest's to change. */
static void machphys(void)
{
    unsigned long mfn = mfn_of(page), pfn = pfn_of(page);
    uint64_t ptr = mfn * PAGE_SIZE | MMU_MACHPHYS_UPDATE;

    succeeds(MMU_MACHPHYS_UPDATE, "5.3 MACHPHYS", "of an own frame",
             one(ptr, 12345, DOMID_SELF), EQ, 0);
    shows(MMU_MACHPHYS_UPDATE, "5.3 MACHPHYS", "it can be read", m2p(mfn), EQ, 12345);
    must_be("set M2P back", one(ptr, pfn, DOMID_SELF), 0);
    fails(MMU_MACHPHYS_UPDATE, "9.8 unowned mfn", "of no frame",
          one(NO_FRAME * PAGE_SIZE | MMU_MACHPHYS_UPDATE, 0, DOMID_SELF), EQ, -XEN_EINVAL);
}

/* done counts what went before the failure. */
static void batch(void)
{
    uint64_t entry = pte_address(slot);
    mmu_update_t requests[3] = {
        { .ptr = entry, .val = 0 },
        { .ptr = entry, .val = 0x0123400000000067 },
        { .ptr = entry, .val = pte_make(mfn_of(page), PTE_RW) },
    };

    done = 10;
    fails(hc_mmu_update, "9.8 done = index of failure", "the second of three",
          hc_mmu_update(requests, 3, &done, DOMID_SELF), EQ, -XEN_EPERM);
    shows(hc_mmu_update, "9.8 done = index of failure", "one is done", done, EQ, 1);
    shows(hc_mmu_update, "5.3 stops at the first failure", "the third is not",
          *pte_of(slot), EQ, 0);
}

/* Without a hypercall: Xen sees the store, and takes it if it is allowed. */
static void direct_stores(void)
{
    uint64_t *pte = pte_of(slot);
    mmuext_op_t flush = { .cmd = MMUEXT_TLB_FLUSH_LOCAL };

    shows(MMU_NORMAL_PT_UPDATE, "5.3 ptwr", "a store to an entry",
          probe_write(pte, pte_make(mfn_of(page), PTE_RW)), EQ, 0);
    must_be("flush", hc_mmuext_op(&flush, 1, NULL, DOMID_SELF), 0);
    shows(MMU_NORMAL_PT_UPDATE, "5.3 ptwr", "works", slot[0], EQ, page[0]);
    shows(MMU_NORMAL_PT_UPDATE, "5.3 ptwr", "a store of a bad entry faults",
          probe_write(pte, 0x0123400000000067), EQ, 1);
}

void check_mmu_update(void)
{
    page = page_take();
    slot = page_take();
    entries();
    bad_entries();
    machphys();
    batch();
    direct_stores();
    slot_restore(slot);
}
