/* SPDX-License-Identifier: MIT */
/*
 * What a guest may insert into a TLB. Pages of the guest's TLB and of its table
 * need not be as large: smaller ones lie inside a page of the table, larger ones
 * cover a run of them.
 */
#include "insert.h"

#define NR_RIGHTS 8

/* Each with what it allows levels 3..1, and level 0. */
enum { R = 1, W = 2, X = 4 };

static const struct { uint8_t others, zero; } allows[NR_RIGHTS] = {
    [HV_TLB_R]      = { R, R },         [HV_TLB_RX]     = { R | X, R | X },
    [HV_TLB_RW]     = { R | W, R | W }, [HV_TLB_RWX]    = { R | W | X, R | W | X },
    [HV_TLB_R_RW]   = { R, R | W },     [HV_TLB_RX_RWX] = { R | X, R | W | X },
    [HV_TLB_RWX_RW] = { R | W | X, R | W }, [HV_TLB_X_RX] = { X, R | X },
};

/* The most rights without writing that nobody lacked before. */
static uint8_t rights_to_read(uint8_t rights)
{
    uint8_t best = HV_TLB_R, i;

    for ( i = 0; i < NR_RIGHTS; i++ )
    {
        bool writes = (allows[i].others | allows[i].zero) & W;
        bool more = (allows[i].others & ~allows[rights].others) ||
                    (allows[i].zero & ~allows[rights].zero);

        if ( !writes && !more && allows[i].others + allows[i].zero >
                                 allows[best].others + allows[best].zero )
            best = i;
    }
    return best;
}

/*
 * Memory is cached, whatever is wanted, so that it has one attribute only; devices
 * never are.
 */
static uint8_t memory_allowed(uint8_t wanted, uint64_t word)
{
    if ( wanted == HV_TLB_NAT )
        return wanted;
    if ( word & PMTE_io )
        return wanted == HV_TLB_WB ? HV_TLB_UC : wanted;
    return HV_TLB_WB;
}

static uint64_t machine_of(const struct pmt *t, uint64_t word, uint64_t address)
{
    return PMTE_mfn(word) * PAGE_SIZE + (address & ((UINT64_C(1) << t->page_shift) - 1));
}

/* A page of 2^shift bytes around address is one run of the table; its first word. */
static bool backed(const struct pmt *t, uint64_t address, unsigned int shift, uint64_t *word)
{
    uint64_t nr = UINT64_C(1) << (shift - t->page_shift);
    uint64_t first = address >> shift << (shift - t->page_shift);

    return pmt_run(t, first, nr, word) == nr && (*word & PMTE_present) &&
           !(PMTE_mfn(*word) * PAGE_SIZE & ((UINT64_C(1) << shift) - 1));
}

/* Words of pages in one run differ in the frame alone. */
static bool same_run(const struct pmt *t, uint64_t first, uint64_t word, uint64_t n)
{
    return word == first + n * t->view.step;
}

static bool may_be_wanted(const struct hv_tlb_request *want, uint32_t sizes)
{
    return want->shift >= 12 && want->shift < 32 && (sizes & (UINT32_C(1) << want->shift)) &&
           want->rights < NR_RIGHTS &&
           (want->memory == HV_TLB_WB || (want->memory >= HV_TLB_UC && want->memory <= HV_TLB_NAT));
}

/* The largest page that is backed; one inside a page of the table always is. */
static bool choose_size(const struct pmt *t, const struct hv_tlb_request *want, uint32_t sizes,
                        uint64_t word, struct hv_tlb_entry *out)
{
    uint64_t gpfn = want->address >> t->page_shift, machine = machine_of(t, word, want->address);
    unsigned int shift;

    for ( shift = want->shift; ; shift-- )
    {
        uint64_t below = (UINT64_C(1) << shift) - 1, first;

        if ( shift < 12 )
            return false;
        if ( !(sizes & (UINT32_C(1) << shift)) )
            continue;
        out->shift = shift;
        out->guest = want->address & ~below;
        out->address = machine & ~below;
        out->word = word;
        if ( shift <= t->page_shift )
            return true;
        if ( ((want->address ^ machine) & below) || !backed(t, want->address, shift, &first) )
            continue;
        out->word = first;
        if ( same_run(t, first, word, gpfn - (out->guest >> t->page_shift)) )
            return true;
    }
}

int hv_tlb_insert(const struct pmt *t, const struct hv_tlb_request *want,
                  struct hv_tlb_entry *out)
{
    uint32_t sizes = want->sizes ? want->sizes : HV_TLB_SIZES;
    uint64_t word;

    if ( !may_be_wanted(want, sizes) )
        return -EINVAL;
    word = pmt_lookup(t, want->address >> t->page_shift);
    if ( pmt_is_nothing(word) )
        return -ENOENT;
    if ( !(word & PMTE_present) )
        return -EACCES;

    if ( !choose_size(t, want, sizes, word, out) )
        return -EINVAL;
    out->rights = word & PMTE_writable ? want->rights : rights_to_read(want->rights);
    out->memory = memory_allowed(want->memory, word);
    out->changed = out->memory != want->memory;
    return 0;
}

bool hv_tlb_recheck(const struct pmt *t, const struct hv_tlb_entry *entry)
{
    uint64_t first = entry->guest >> t->page_shift, word, nr = 1;

    /* C1: pairs with C2, the barrier that a flush begins with */
    port_fence();
    if ( entry->shift > t->page_shift )
        nr = UINT64_C(1) << (entry->shift - t->page_shift);
    return pmt_run(t, first, nr, &word) == nr && word == entry->word;
}
