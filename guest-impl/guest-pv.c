/* SPDX-License-Identifier: MIT */
/* Page table changes of PV guests, in one multicall: see guest-pv.h. */
#include "guest-pv.h"

#include "hc-xen.h"

void guest_pv_begin(struct guest_pv *pv, struct guest *g)
{
    pv->guest = g;
    pv->nr_calls = pv->nr_updates = 0;
    pv->last_va = GUEST_PV_CALLS;
    pv->full = false;
}

multicall_entry_t *guest_pv_call(struct guest_pv *pv)
{
    if ( pv->nr_calls == GUEST_PV_CALLS )
    {
        pv->full = true;
        return NULL;
    }
    /* Until it is made. */
    pv->call[pv->nr_calls].result = (unsigned long)-(long)GUEST_EIO;
    return &pv->call[pv->nr_calls++];
}

static void set_va(struct guest_pv *pv, uint64_t pfn, uint64_t pte)
{
    struct guest *g = pv->guest;
    multicall_entry_t *call;

    if ( g->translated )
        return;
    call = guest_pv_call(pv);
    if ( !call )
        return;
    pv->last_va = pv->nr_calls - 1;
    hc_multi_update_va_mapping(call, (unsigned long)g->kernel->linear(g, pfn), pte, UVMF_NONE);
}

void guest_pv_map(struct guest_pv *pv, uint64_t pfn, uint64_t mfn)
{
    set_va(pv, pfn, mfn << pv->guest->page_shift | GUEST_PV_PTE_KERNEL);
}

void guest_pv_unmap(struct guest_pv *pv, uint64_t pfn)
{
    set_va(pv, pfn, 0);
}

void guest_pv_set_pfn(struct guest_pv *pv, uint64_t mfn, uint64_t pfn)
{
    if ( pv->guest->translated )
        return;
    if ( pv->nr_updates == GUEST_BATCH )
    {
        pv->full = true;
        return;
    }
    pv->update[pv->nr_updates].ptr = mfn << pv->guest->page_shift | MMU_MACHPHYS_UPDATE;
    pv->update[pv->nr_updates++].val = pfn;
}

void guest_pv_updates(struct guest_pv *pv)
{
    multicall_entry_t *call = pv->nr_updates ? guest_pv_call(pv) : NULL;

    if ( call )
        hc_multi_mmu_update(call, pv->update, pv->nr_updates, &pv->updated, DOMID_SELF);
}

static bool is_page_table_call(const multicall_entry_t *call)
{
    return call->op == __HYPERVISOR_update_va_mapping || call->op == __HYPERVISOR_mmu_update;
}

int guest_pv_commit(struct guest_pv *pv)
{
    unsigned int i;
    long rc = pv->full ? -GUEST_ENOMEM : 0;

    if ( rc || !pv->nr_calls )
        goto out;
    /* One flush for all of them, and before anything that follows. */
    if ( pv->last_va < pv->nr_calls )
        pv->call[pv->last_va].args[2] = UVMF_TLB_FLUSH | UVMF_ALL;
    pv->carried += pv->nr_calls;
    rc = hc_multicall(pv->call, pv->nr_calls);
    /* The last word on each is its own, also where the list broke off. */
    for ( i = 0; !rc && i < pv->nr_calls; i++ )
        if ( is_page_table_call(&pv->call[i]) )
            rc = guest_pv_result(pv, i);
 out:
    guest_pv_begin(pv, pv->guest);
    return (int)rc;
}
