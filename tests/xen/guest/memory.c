/* SPDX-License-Identifier: MIT */
/* The guest's pages: a pool to take from, and the way from address to entry. */
#include "guest.h"

#define POOL_PAGES 80

struct start_info *start_info;
struct shared_info *shared_info;

static char pool[POOL_PAGES][PAGE_SIZE] __attribute__((aligned(4096)));
static unsigned int taken;

int is_dom0(void)
{
    return start_info->flags & SIF_INITDOMAIN;
}

void *page_take(void)
{
    must_be("pages left", taken < POOL_PAGES, 1);
    return pool[taken++];
}

unsigned long pfn_of(const void *va)
{
    return ((unsigned long)va - (unsigned long)guest_start) / PAGE_SIZE;
}

unsigned long mfn_of(const void *va)
{
    return ((unsigned long *)start_info->mfn_list)[pfn_of(va)];
}

void p2m_set(const void *va, unsigned long mfn)
{
    ((unsigned long *)start_info->mfn_list)[pfn_of(va)] = mfn;
}

unsigned long m2p(unsigned long mfn)
{
    return machine_to_phys_mapping[mfn];
}

/* Page tables lie in the linear mapping like everything else that is ours. */
static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(guest_start + m2p((entry & PTE_FRAME) / PAGE_SIZE) * PAGE_SIZE);
}

uint64_t *pte_of(const void *va)
{
    uint64_t *table = (uint64_t *)start_info->pt_base;
    unsigned int shift = 39;

    for ( ; shift > 12; shift -= 9 )
        table = table_of(table[((unsigned long)va >> shift) % PAGE_WORDS]);
    return &table[((unsigned long)va >> 12) % PAGE_WORDS];
}

/* The machine address of the entry, as mmu_update wants it. */
uint64_t pte_address(const void *va)
{
    const uint64_t *pte = pte_of(va);

    return mfn_of(pte) * PAGE_SIZE + (unsigned long)pte % PAGE_SIZE;
}

long slot_set(void *slot, uint64_t pte)
{
    return hc_update_va_mapping((unsigned long)slot, pte, UVMF_INVLPG);
}

long slot_set_foreign(void *slot, uint64_t pte, domid_t domain)
{
    return hc_update_va_mapping_otherdomain((unsigned long)slot, pte, UVMF_INVLPG, domain);
}

/* Map at slot again what the linear mapping has there. */
void slot_restore(void *slot)
{
    must_be("restore a slot", slot_set(slot, pte_make(mfn_of(slot), PTE_RW)), 0);
}

void memory_init(struct start_info *info)
{
    start_info = info;
    shared_info = page_take();
    must_be("map shared_info", slot_set(shared_info, info->shared_info | PTE_RW), 0);
}
