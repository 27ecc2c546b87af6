/* SPDX-License-Identifier: MIT */
/* Flow 9: dom0 with pages of 4, 16 and 64 KiB that are not 1:1, and superpages. */
#include "flow.h"

#include <stdio.h>

#include "hc-pmt.h"
#include "hv.h"
#include "insert.h"

/* The table as dom0 reads it is the table as Xen tells it, for each page. */
static void same_as_told(struct kernel *k)
{
    struct guest_p2m *p2m = &k->drivers->p2m;
    unsigned int wrong = 0;

    for ( uint64_t pfn = 0; pfn < KERNEL_PAGES + KERNEL_MEMORY; pfn++ )
    {
        pmt_translate_t told = { .gpfn = pfn, .domid = DOMID_SELF, .limit = 64 };
        uint64_t entry, run;

        wrong += guest_p2m_run(p2m, pfn, 64, &entry, &run) || hc_pmt_translate(&told, 1) ||
                 told.status || PMTE_mfn(told.entry) != PMTE_mfn(entry) || told.run != run ||
                 !(entry & PMTE_writable) != !(told.entry & PMTE_writable);
    }
    CHECK(wrong == 0);
    CHECK(p2m->asked == 0);
}

/*
 * What the processor would be given for a superpage of the guest's: as large as the
 * machine's memory behind it is in one piece, and no larger.
 */
static unsigned int insert_shift(struct kernel *k, uint64_t pfn, unsigned int shift)
{
    const struct hv_tlb_request want = { .address = pfn << k->guest.page_shift,
                                         .shift = (uint8_t)shift, .rights = HV_TLB_RW,
                                         .memory = HV_TLB_WB };
    struct hv_tlb_entry entry;

    if ( hv_tlb_insert(&k->d->hv->pmt, &want, &entry) )
        return 0;
    CHECK(hv_tlb_recheck(&k->d->hv->pmt, &entry));
    return entry.shift;
}

/* 16 pages that are not in one piece. */
static uint64_t in_pieces(struct kernel *k)
{
    uint64_t pfn, entry, run;

    while ( !k->guest.kernel->pages_get(&k->guest, 4, 0, &pfn) )
        if ( !guest_p2m_run(&k->drivers->p2m, pfn, 16, &entry, &run) && run < 16 )
            return pfn;
    return GUEST_NO_FRAME;
}

static void superpage(struct kernel *k, unsigned int *before, unsigned int *after)
{
    const unsigned int order = 4, shift = k->guest.page_shift + order;
    uint64_t pfn = in_pieces(k), entry, run;

    if ( !CHECK(pfn != GUEST_NO_FRAME) )
        return;
    *before = insert_shift(k, pfn, shift);
    CHECK(*before && *before < shift);
    CHECK(!dma_make_contiguous(&k->drivers->dma, pfn, order, 0));
    CHECK(!guest_p2m_run(&k->drivers->p2m, pfn, 16, &entry, &run) && run == 16);
    *after = insert_shift(k, pfn, shift);
    /* 4K pages times 16 are 64K, 16K times 16 are 256K, 64K times 16 are 1M: ia64 has them. */
    CHECK(*after == shift);
    kernel_fill(k, pfn + 15, 0, kernel_page_size(k), 3);
    CHECK(kernel_holds(k, pfn + 15, 0, kernel_page_size(k), 3));
    k->guest.kernel->pages_put(&k->guest, order, pfn);
}

/*
 * 9. Superpages. dom0's pages are larger than the machine's granule, and where they are
 * is not where dom0 thinks. Windows, runs and flips count in its pages. A
 * superpage that it maps is cut down to what is contiguous in the machine; and made
 * contiguous by exchange, it is one.
 */
void flow_page_sizes(void)
{
    static const unsigned int shifts[] = { 12, 14, 16 };
    unsigned int packets = 0, sizes = 0, before = 0, after = 0;
    char said[96] = "";

    for ( unsigned int i = 0; i < 3; i++ )
    {
        const domid_t at = (domid_t)(2 * i);
        struct kernel *dom0, *domu;
        struct network w;

        if ( shifts[i] < PAGE_SHIFT )
            continue;
        dom0 = flow_boot(&(struct machine_domain){
            .id = at, .privileged = true, .hardware = true, .has_pmt = true, .page_shift = shifts[i],
            .layout = LAYOUT_FRAGMENTS }, 1);
        domu = flow_domu((domid_t)(at + 1), shifts[i], 1);
        kernel_runs(dom0);
        CHECK(dom0->guest.page_shift == shifts[i] && dom0->guest.granule_shift == PAGE_SHIFT);
        same_as_told(dom0);
        superpage(dom0, &before, &after);
        if ( network_up(&w, dom0, domu, NET_FLIP) )
        {
            network_batch(&w);
            network_batch(&w);
            CHECK(w.back_calls == w.batches);
            packets += w.packets;
            network_down(&w);
        }
        kernel_runs(dom0);
        same_as_told(dom0);
        kernel_runs(NULL);
        sizes += (unsigned int)snprintf(said + sizes, sizeof(said) - sizes, "%s%uK: %uK then %uK",
                                        sizes ? ", " : "", 1u << (shifts[i] - 10),
                                        1u << (before - 10), 1u << (after - 10));
        CHECK(!machine_kill(domu->d) && !machine_kill(dom0->d));
        kernel_free(domu);
        kernel_free(dom0);
    }
    flow_says("%u packets of a page each; a superpage is inserted as (%s)", packets, said);
}
