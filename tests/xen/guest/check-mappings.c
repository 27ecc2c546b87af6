/* SPDX-License-Identifier: MIT */
/* update_va_mapping and update_va_mapping_otherdomain, within dom0. */
#include "guest.h"

#define NO_TABLE 0x40000000000UL        /* No page table reaches it. */
#define OWN_DOMAIN 0                    /* Which only DOMID_SELF may stand for. */

static uint64_t *page, *slot;

static long update(uint64_t pte, unsigned long flags)
{
    return hc_update_va_mapping((unsigned long)slot, pte, flags);
}

static void own(void)
{
    page[0] = 0x99;
    succeeds(hc_update_va_mapping, "5.3", "a second mapping",
             update(pte_make(mfn_of(page), PTE_RW), UVMF_INVLPG), EQ, 0);
    shows(hc_update_va_mapping, "5.3", "of the same page", slot[0], EQ, 0x99);
    succeeds(hc_update_va_mapping, "5.3 flags", "read-only, flush all of this vcpu",
             update(pte_make(mfn_of(page), PTE_RO), UVMF_TLB_FLUSH | UVMF_LOCAL), EQ, 0);
    shows(hc_update_va_mapping, "5.3", "a write faults", probe_write(slot, 1), EQ, 1);
    succeeds(hc_update_va_mapping, "5.3 flags", "writable, flush on all vcpus",
             update(pte_make(mfn_of(page), PTE_RW), UVMF_INVLPG | UVMF_ALL), EQ, 0);
    shows(hc_update_va_mapping, "5.3", "a write works", probe_write(slot, 0x98), EQ, 0);
    succeeds(hc_update_va_mapping, "5.3", "no mapping", update(0, UVMF_INVLPG), EQ, 0);
    shows(hc_update_va_mapping, "5.3", "a read faults", probe_read(slot), EQ, 1);
}

/* A bitmap of vcpus in place of UVMF_LOCAL and UVMF_ALL. */
static void vcpus(void)
{
    static unsigned long vcpu_0 __attribute__((aligned(8))) = 1;

    succeeds(hc_update_va_mapping, "5.3 pointer to vcpu bitmap", "flush on vcpu 0",
             update(pte_make(mfn_of(page), PTE_RW), UVMF_INVLPG | (unsigned long)&vcpu_0),
             EQ, 0);
    shows(hc_update_va_mapping, "5.3 pointer to vcpu bitmap", "is there",
          probe_read(slot), EQ, 0);
    fails(hc_update_va_mapping, "5.3 pointer to vcpu bitmap", "an unreadable bitmap",
          update(0, UVMF_INVLPG | 0x100), EQ, -XEN_EFAULT);
}

static void refused(void)
{
    unsigned long table = mfn_of(pte_of(slot));

    fails(hc_update_va_mapping, "5.3 no L1 slot", "where no table is",
          hc_update_va_mapping(NO_TABLE, 0, UVMF_NONE), EQ, -XEN_EINVAL);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "a page table, writable",
          update(pte_make(table, PTE_RW), UVMF_INVLPG), EQ, -XEN_EBUSY);
    succeeds(hc_update_va_mapping, "5.3 mod_l1_entry", "a page table, read-only",
             update(pte_make(table, PTE_RO), UVMF_INVLPG), EQ, 0);
    fails(hc_update_va_mapping, "5.3 mod_l1_entry", "a frame beyond all memory",
          update(0x0123400000000067, UVMF_INVLPG), EQ, -XEN_EPERM);
}

static void of_others(void)
{
    uint64_t pte = pte_make(mfn_of(page), PTE_RW);

    fails(hc_update_va_mapping_otherdomain, "9.8 own domid", "an own page, by number",
          slot_set_foreign(slot, pte, OWN_DOMAIN), EQ, -XEN_ESRCH);
    succeeds(hc_update_va_mapping_otherdomain, "5.3 otherdomain", "an own page, by DOMID_SELF",
             slot_set_foreign(slot, pte, DOMID_SELF), EQ, 0);
    fails(hc_update_va_mapping_otherdomain, "9.8 unknown", "of no domain",
          slot_set_foreign(slot, pte, NO_DOMAIN), EQ, -XEN_ESRCH);
    fails(hc_update_va_mapping_otherdomain, "5.3 pointer to vcpu bitmap", "an unreadable bitmap",
          hc_update_va_mapping_otherdomain((unsigned long)slot, pte, UVMF_INVLPG | 0x100,
                                           DOMID_SELF), EQ, -XEN_EFAULT);
    fails(hc_update_va_mapping_otherdomain, "5.3 no L1 slot", "where no table is",
          hc_update_va_mapping_otherdomain(NO_TABLE, pte, UVMF_NONE, DOMID_SELF),
          EQ, -XEN_EINVAL);
}

void check_mappings(void)
{
    page = page_take();
    slot = page_take();
    own();
    vcpus();
    refused();
    of_others();
    slot_restore(slot);
}
