/* SPDX-License-Identifier: MIT */
/*
 * Page tables of PV domains: one level of entries, each a machine frame and bits.
 * An entry that the guest wrote holds a reference to its page, and a writable type
 * if it can write; one that a grant put there is the grant's business. Also what
 * devices were given to reach.
 */
#include <stdlib.h>

#include "host.h"
#include "p2m.h"

/* In the count of mmu_update: there was a part before. */
#define PREEMPTED  0x80000000u
#define SLOTS      (PAGE_SIZE / 8)
#define PTE_KEEPS  0x67ul               /* present, writable, user, accessed, dirty */

static uint64_t pte_mfn(uint64_t pte)
{
    return (pte & ~(1ul << 63)) >> PAGE_SHIFT;
}

bool pv_start(struct domain *d, uint64_t max_gpfns)
{
    if ( !d->is_pv )
        return true;
    d->port->nr_l1 = (max_gpfns + SLOTS - 1) / SLOTS;
    d->port->l1 = calloc(d->port->nr_l1, sizeof(*d->port->l1));
    return d->port->l1 != NULL;
}

/* A table is a special page of type "page table". */
static uint64_t make_table(struct domain *d)
{
    uint64_t mfn;

    if ( port_page_adopt(d, &mfn) )
        return 0;
    frame_of(mfn)->type = (uint32_t)TYPE_TABLE << 24 | 1;
    return mfn;
}

uint64_t *pv_slot(struct domain *d, uint64_t va, bool make)
{
    uint64_t number = (va - MACHINE_PV_BASE) >> PAGE_SHIFT, *l1, mfn;

    if ( va < MACHINE_PV_BASE || number / SLOTS >= d->port->nr_l1 )
        return NULL;
    l1 = &d->port->l1[number / SLOTS];
    mfn = __atomic_load_n(l1, __ATOMIC_ACQUIRE);
    if ( !mfn && make )
    {
        pthread_mutex_lock(&d->port->pv_lock);
        mfn = __atomic_load_n(l1, __ATOMIC_ACQUIRE);
        if ( !mfn )
            __atomic_store_n(l1, mfn = make_table(d), __ATOMIC_RELEASE);
        pthread_mutex_unlock(&d->port->pv_lock);
    }
    return mfn ? (uint64_t *)port_page_address(mfn) + number % SLOTS : NULL;
}

uint64_t *pv_slot_at(struct domain *d, uint64_t machine_address)
{
    uint64_t i, mfn = machine_address >> PAGE_SHIFT;

    if ( machine_address % 8 )
        return NULL;
    for ( i = 0; i < d->port->nr_l1; i++ )
        if ( mfn && __atomic_load_n(&d->port->l1[i], __ATOMIC_ACQUIRE) == mfn )
            return (uint64_t *)((char *)port_page_address(mfn) + (machine_address & (PAGE_SIZE - 1)));
    return NULL;
}

uint64_t machine_pte_address(struct domain *d, uint64_t va)
{
    uint64_t *slot = pv_slot(d, va, true), number = (va - MACHINE_PV_BASE) >> PAGE_SHIFT;

    return slot ? d->port->l1[number / SLOTS] << PAGE_SHIFT | number % SLOTS * 8 : NOWHERE;
}

uint64_t machine_pte(struct domain *d, uint64_t va)
{
    uint64_t *slot = pv_slot(d, va, false);

    return slot ? __atomic_load_n(slot, __ATOMIC_ACQUIRE) : 0;
}

/* ---- what the guest writes --------------------------------------------------------------- */

static int hold(uint64_t pte, struct domain *owner)
{
    uint64_t mfn = pte_mfn(pte);

    if ( !(pte & MACHINE_PTE_PRESENT) )
        return 0;
    if ( !port_page_get(mfn, owner) )
        return -EINVAL;
    if ( !(pte & MACHINE_PTE_WRITABLE) || port_page_is_special(mfn) || port_page_get_type(mfn, true) )
        return 0;
    port_page_put(mfn);
    return -EINVAL;
}

static void let_go(uint64_t pte)
{
    uint64_t mfn = pte_mfn(pte);

    if ( !(pte & MACHINE_PTE_PRESENT) )
        return;
    if ( (pte & MACHINE_PTE_WRITABLE) && !port_page_is_special(mfn) )
        port_page_put_type(mfn, true);
    port_page_put(mfn);
}

int pv_write(struct domain *d, uint64_t *slot, uint64_t pte, struct domain *owner)
{
    uint64_t was;
    int rc;

    pte = pte & MACHINE_PTE_PRESENT ? pte & (~(PAGE_SIZE - 1) | PTE_KEEPS) : 0;
    rc = hold(pte, owner);
    if ( rc )
        return rc;
    pthread_mutex_lock(&d->port->pv_lock);
    was = __atomic_load_n(slot, __ATOMIC_RELAXED);
    if ( was & MACHINE_PTE_GRANT )
        rc = -EINVAL;                   /* it goes as it came */
    else
        __atomic_store_n(slot, pte, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&d->port->pv_lock);
    if ( rc )
    {
        let_go(pte);
        return rc;
    }
    if ( was & MACHINE_PTE_PRESENT )
    {
        port_flush_page(d, NOWHERE, 0);
        let_go(was);
    }
    return 0;
}

void pv_stop(struct domain *d)
{
    uint64_t i, j, *slot;

    for ( i = 0; i < d->port->nr_l1; i++ )
    {
        if ( !d->port->l1[i] )
            continue;
        slot = port_page_address(d->port->l1[i]);
        for ( j = 0; j < SLOTS; j++ )
            if ( !(slot[j] & MACHINE_PTE_GRANT) )
                pv_write(d, &slot[j], 0, d);
    }
}

/* ---- what grants write ---------------------------------------------------------------------- */

static uint64_t *slot_of(struct domain *d, uint64_t host_addr, unsigned int flags)
{
    if ( flags & GNTMAP_contains_pte )
        return pv_slot_at(d, host_addr);
    return host_addr & (PAGE_SIZE - 1) ? NULL : pv_slot(d, host_addr, true);
}

int port_pv_map(struct domain *d, uint64_t host_addr, uint64_t mfn, unsigned int flags)
{
    uint64_t *slot = d->is_pv ? slot_of(d, host_addr, flags) : NULL, was;
    uint64_t pte = mfn << PAGE_SHIFT | MACHINE_PTE_PRESENT | MACHINE_PTE_GRANT |
                   (flags & GNTMAP_readonly ? 0 : MACHINE_PTE_WRITABLE);

    host_step();
    if ( !slot )
        return -EINVAL;
    pthread_mutex_lock(&d->port->pv_lock);
    was = __atomic_load_n(slot, __ATOMIC_RELAXED);
    if ( !(was & MACHINE_PTE_GRANT) )
        __atomic_store_n(slot, pte, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&d->port->pv_lock);
    if ( was & MACHINE_PTE_GRANT )
        return -EINVAL;
    if ( was )
    {
        port_flush_page(d, NOWHERE, 0);
        let_go(was);
    }
    return 0;
}

int port_pv_unmap(struct domain *d, uint64_t host_addr, uint64_t mfn, uint64_t new_addr,
                  unsigned int flags)
{
    uint64_t *slot = d->is_pv ? slot_of(d, host_addr, flags) : NULL;
    uint64_t *from = new_addr ? slot_of(d, new_addr, 0) : NULL, pte = 0;
    int rc = -EINVAL;

    host_step();
    /* What is put in place of another goes by linear addresses. */
    if ( !slot || (new_addr && (!from || from == slot || (flags & GNTMAP_contains_pte))) )
        return -EINVAL;
    pthread_mutex_lock(&d->port->pv_lock);
    if ( (*slot & MACHINE_PTE_GRANT) && pte_mfn(*slot) == mfn &&
         !(*slot & MACHINE_PTE_WRITABLE) == !!(flags & GNTMAP_readonly) &&
         !(from && (*from & MACHINE_PTE_GRANT)) )
    {
        if ( from )
        {
            pte = *from;
            __atomic_store_n(from, 0, __ATOMIC_RELEASE);
        }
        __atomic_store_n(slot, pte, __ATOMIC_RELEASE);
        rc = 0;
    }
    pthread_mutex_unlock(&d->port->pv_lock);
    return rc;
}

/* ---- what devices reach ----------------------------------------------------------------------- */

int port_device(struct domain *d, uint64_t mfn, bool map, bool writable)
{
    struct port_domain *p = d->port;
    struct device_map *entry;
    bool fails = map && plan_fails(&machine_counters.devices, machine_plan.fail_device_at);

    host_step();
    if ( fails )
        return -ENOMEM;
    pthread_mutex_lock(&p->device_lock);
    for ( entry = p->device; entry && entry->mfn != mfn; entry = entry->next )
        ;
    if ( !entry && map && (entry = calloc(1, sizeof(*entry))) )
    {
        entry->mfn = mfn;
        entry->next = p->device;
        p->device = entry;
    }
    if ( !entry || (!map && !(writable ? entry->writers : entry->readers)) )
        violation("the IOMMU is told to forget frame %#lx, which it does not know", (unsigned long)mfn);
    else
        *(writable ? &entry->writers : &entry->readers) += map ? 1u : ~0u;
    pthread_mutex_unlock(&p->device_lock);
    if ( !map )
        port_flush_page(d, NOWHERE, 0);
    return 0;
}

/* ---- hypercalls --------------------------------------------------------------------------------- */

long pv_update_va_mapping(const unsigned long reg[5])
{
    struct domain *d = current->domain;
    uint64_t *slot = d->is_pv ? pv_slot(d, reg[0], true) : NULL;

    if ( hd_xsm(update_va_mapping, TARGET, d, d) )
        return -EPERM;
    return slot ? pv_write(d, slot, reg[1], d) : -EINVAL;
}

static int machphys_update(struct domain *d, uint64_t mfn, uint64_t pfn)
{
    int rc;

    if ( !d->is_pv || !port_page_get(mfn, d) )
        return -EINVAL;
    rc = hv_pv_set_pfn(d, mfn, pfn);
    port_page_put(mfn);
    return rc;
}

/* owner: of the pages; foreign: the page table is another domain's. */
static int one_update(struct domain *d, struct domain *owner, bool foreign,
                      const struct mmu_update *op)
{
    uint64_t *slot;

    switch ( op->ptr & 3 )
    {
    case MMU_NORMAL_PT_UPDATE:
    case MMU_PT_UPDATE_PRESERVE_AD:
        if ( !d->is_pv || foreign )
            return -EOPNOTSUPP;
        slot = pv_slot_at(d, op->ptr & ~7ul);
        return slot ? pv_write(d, slot, op->val, owner) : -EINVAL;
    case MMU_MACHPHYS_UPDATE:
        if ( foreign )
            return -EPERM;
        return machphys_update(owner, op->ptr >> PAGE_SHIFT, op->val);
    }
    return -ENOSYS;
}

/* The domain, locked, that foreigndom names as the owner of pages, or NULL. */
static struct domain *pages_of(unsigned int foreigndom)
{
    return rcu_lock_domain_by_any_id((domid_t)foreigndom);
}

long pv_mmu_update(const unsigned long reg[5])
{
    XEN_GUEST_HANDLE_PARAM(mmu_update_t) list = { (void *)reg[0] };
    XEN_GUEST_HANDLE_PARAM(uint) told = { (void *)reg[2] };
    unsigned int nr = (unsigned int)reg[1], i, done = 0, foreign = (unsigned int)reg[3] >> 16;
    struct domain *d = current->domain, *owner;
    struct mmu_update op;
    int rc = 0;

    if ( (nr & PREEMPTED) && !guest_handle_is_null(told) && copy_from_guest(&done, told, 1) )
        return -EFAULT;
    nr &= ~PREEMPTED;
    if ( !guest_handle_okay(list, nr) )
        return -EFAULT;
    owner = pages_of((unsigned int)reg[3]);
    if ( !owner )
        return -ESRCH;
    if ( hd_xsm(mmu_update, TARGET, d, owner) )
        rc = -EPERM;
    for ( i = 0; i < nr && !rc; i++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        rc = copy_from_guest_offset(&op, list, i, 1) ? -EFAULT : one_update(d, owner, foreign != 0, &op);
        if ( rc )
            break;
    }
    rcu_unlock_domain(owner);
    done += i;
    if ( !guest_handle_is_null(told) && copy_to_guest(told, &done, 1) )
        return -EFAULT;
    if ( rc != -ERESTART )
        return rc;
    guest_handle_add_offset(list, i);
    return (long)hypercall_create_continuation(__HYPERVISOR_mmu_update, "lill", (unsigned long)list.p,
                                               (nr - i) | PREEMPTED, reg[2], reg[3]);
}
