/* SPDX-License-Identifier: MIT */
/*
 * TLBs: of each processor for guest-physical and linear addresses, of a domain's
 * devices for machine addresses. What a guest reads and writes goes through one.
 *
 * An access holds the TLB's lock, so a flush, which takes it too, waits until it
 * is over. A miss is looked up without any lock; what was found is inserted, and
 * is good for use when a second look, after the insert, says the same.
 */
#include "host.h"
#include "insert.h"
#include "window.h"

#define TRIES 1000

/* What a look finds. */
struct found {
    unsigned char *at;                  /* the page's bytes */
    uint64_t word;
    bool writable;
};

/* Of which TLB, and where a miss looks. */
struct space {
    struct tlb *tlb;
    struct domain *d;
    unsigned int shift;                 /* of pages there */
    bool linear;
    bool (*look)(const struct space *space, uint64_t page, struct found *found);
};

void tlb_start(struct tlb *tlb)
{
    unsigned int i;

    pthread_mutex_init(&tlb->lock, NULL);
    for ( i = 0; i < TLB_ENTRIES; i++ )
        tlb->entry[i].tag = NOWHERE;
}

/* ---- where a miss looks ------------------------------------------------------------- */

static bool look_table(const struct space *space, uint64_t page, struct found *found)
{
    struct domain *d = space->d;
    struct hv_tlb_request want = { .address = page << space->shift, .sizes = 1u << space->shift,
                                   .shift = (uint8_t)space->shift, .rights = HV_TLB_RW };
    struct hv_tlb_entry entry;

    if ( !d->port->built )
        return false;
    if ( !hv_tlb_insert(&d->hv->pmt, &want, &entry) )
    {
        found->word = entry.word;
        found->writable = entry.rights == HV_TLB_RW;
        found->at = port_page_address(entry.address >> PAGE_SHIFT);
        return found->at != NULL;
    }
    found->at = (unsigned char *)(unsigned long)window_page(d, page << space->shift);
    found->word = 0;
    found->writable = false;
    return found->at != NULL;
}

static bool look_linear(const struct space *space, uint64_t page, struct found *found)
{
    uint64_t *slot = pv_slot(space->d, page << PAGE_SHIFT, false), pte;

    if ( slot )
    {
        pte = __atomic_load_n(slot, __ATOMIC_ACQUIRE);
        found->word = pte & ~0x60ul;    /* accessed, dirty */
        found->writable = pte & MACHINE_PTE_WRITABLE;
        found->at = pte & MACHINE_PTE_PRESENT ? port_page_address((pte & ~(1ul << 63)) >> PAGE_SHIFT)
                                              : NULL;
        return found->at != NULL;
    }
    found->at = (unsigned char *)(unsigned long)window_page(space->d, page << PAGE_SHIFT);
    found->word = 0;
    found->writable = false;
    return found->at != NULL;
}

/* Who has given a page back stays its owner while others have it mapped: not for devices. */
static bool is_had(const struct domain *d, uint64_t mfn)
{
    unsigned int references, writers;

    return port_page_owner(mfn) == d && port_page_counts(mfn, &references, &writers);
}

/* Its own memory, if it may know where that is, and what was mapped for its devices. */
static bool look_device(const struct space *space, uint64_t page, struct found *found)
{
    struct port_domain *p = space->d->port;
    const struct device_map *map;

    found->at = NULL;
    found->word = page;
    found->writable = true;
    if ( !port_mfn_valid(page) )
        return false;
    if ( space->d->has_pmt && !port_page_is_special(page) &&
         is_had(space->d, frame_mfn(frame_head(page))) )
        found->at = host_address(page);
    pthread_mutex_lock(&p->device_lock);
    for ( map = p->device; map && !found->at; map = map->next )
        if ( map->mfn == frame_mfn(frame_head(page)) && map->readers + map->writers )
        {
            found->at = host_address(page);
            found->writable = map->writers;
        }
    pthread_mutex_unlock(&p->device_lock);
    return found->at != NULL;
}

static struct space space_table(struct vcpu *v)
{
    return (struct space){ &v->port->tlb, v->domain, v->domain->page_shift, false, look_table };
}

static struct space space_linear(struct vcpu *v)
{
    return (struct space){ &v->port->tlb, v->domain, PAGE_SHIFT, true, look_linear };
}

static struct space space_device(struct domain *d)
{
    return (struct space){ &d->port->dma, d, PAGE_SHIFT, false, look_device };
}

/* ---- an access ------------------------------------------------------------------------- */

static struct tlb_entry *entry_of(const struct space *space, uint64_t page)
{
    return &space->tlb->entry[(page ^ page >> 6 ^ (space->linear ? 21 : 0)) % TLB_ENTRIES];
}

static bool is_of(const struct space *space, const struct tlb_entry *entry, uint64_t page)
{
    return entry->tag == page && entry->linear == space->linear;
}

/* A dying domain's processors run no more; devices may. */
static bool is_paused(const struct space *space)
{
    return space->look != look_device && __atomic_load_n(&space->d->port->paused, __ATOMIC_SEQ_CST);
}

/* With the lock: the bytes, or NULL for a miss. */
static unsigned char *hit(const struct space *space, uint64_t page, bool write)
{
    const struct tlb_entry *entry = entry_of(space, page);

    if ( !is_of(space, entry, page) || !entry->confirmed || (write && !entry->writable) ||
         is_paused(space) )
        return NULL;
    return entry->at;
}

/* Look, insert, look again. False: a fault. */
static bool fill(const struct space *space, uint64_t page, bool write)
{
    struct tlb_entry *entry = entry_of(space, page);
    struct found found, again;
    bool same;

    __atomic_store_n(&space->tlb->filled, true, __ATOMIC_SEQ_CST);
    if ( is_paused(space) || !space->look(space, page, &found) || (write && !found.writable) )
        return false;
    port_point("tlb: before insert");
    pthread_mutex_lock(&space->tlb->lock);
    *entry = (struct tlb_entry){ .tag = page, .at = found.at, .word = found.word,
                                 .linear = space->linear, .writable = found.writable };
    pthread_mutex_unlock(&space->tlb->lock);

    port_fence();                       /* C1: pairs with C2, in flush() */
    same = space->look(space, page, &again) && again.at == found.at && again.word == found.word;
    pthread_mutex_lock(&space->tlb->lock);
    if ( is_of(space, entry, page) )
    {
        if ( same && !is_paused(space) )
            entry->confirmed = true;
        else
            entry->tag = NOWHERE;
    }
    pthread_mutex_unlock(&space->tlb->lock);
    return true;
}

static int access_page(const struct space *space, uint64_t address, unsigned char *bytes,
                       size_t nr, bool write)
{
    uint64_t page = address >> space->shift, offset = address & ((1ul << space->shift) - 1);
    unsigned int tries;
    unsigned char *at;

    for ( tries = 0; tries < TRIES; tries++ )
    {
        pthread_mutex_lock(&space->tlb->lock);
        at = hit(space, page, write);
        if ( at && write )
            host_copy(at + offset, bytes, nr);
        else if ( at )
            host_copy(bytes, at + offset, nr);
        pthread_mutex_unlock(&space->tlb->lock);
        if ( at )
            return 0;
        if ( !fill(space, page, write) )
            return -EFAULT;
    }
    return -EFAULT;
}

static int access_all(const struct space *space, uint64_t address, void *bytes, size_t nr,
                      bool write)
{
    unsigned char *at = bytes;

    while ( nr )
    {
        size_t chunk = (1ul << space->shift) - (address & ((1ul << space->shift) - 1));

        if ( chunk > nr )
            chunk = nr;
        if ( access_page(space, address, at, chunk, write) )
            return -EFAULT;
        address += chunk;
        at += chunk;
        nr -= chunk;
    }
    return 0;
}

static void *address_of(const struct space *space, uint64_t address, bool write)
{
    uint64_t page = address >> space->shift;
    unsigned int tries;
    unsigned char *at;

    for ( tries = 0; tries < TRIES; tries++ )
    {
        pthread_mutex_lock(&space->tlb->lock);
        at = hit(space, page, write);
        pthread_mutex_unlock(&space->tlb->lock);
        if ( at )
            return at + (address & ((1ul << space->shift) - 1));
        if ( !fill(space, page, write) )
            return NULL;
    }
    return NULL;
}

int machine_read(struct vcpu *v, uint64_t gpa, void *to, size_t bytes)
{
    struct space space = space_table(v);

    return access_all(&space, gpa, to, bytes, false);
}

int machine_write(struct vcpu *v, uint64_t gpa, const void *from, size_t bytes)
{
    struct space space = space_table(v);

    return access_all(&space, gpa, (void *)(unsigned long)from, bytes, true);
}

void *machine_at(struct vcpu *v, uint64_t gpa, bool write)
{
    struct space space = space_table(v);

    return address_of(&space, gpa, write);
}

int machine_va_read(struct vcpu *v, uint64_t va, void *to, size_t bytes)
{
    struct space space = space_linear(v);

    return access_all(&space, va, to, bytes, false);
}

int machine_va_write(struct vcpu *v, uint64_t va, const void *from, size_t bytes)
{
    struct space space = space_linear(v);

    return access_all(&space, va, (void *)(unsigned long)from, bytes, true);
}

void *machine_va_at(struct vcpu *v, uint64_t va, bool write)
{
    struct space space = space_linear(v);

    return address_of(&space, va, write);
}

int machine_device_read(struct domain *d, uint64_t machine_address, void *to, size_t bytes)
{
    struct space space = space_device(d);

    return access_all(&space, machine_address, to, bytes, false);
}

int machine_device_write(struct domain *d, uint64_t machine_address, const void *from,
                         size_t bytes)
{
    struct space space = space_device(d);

    return access_all(&space, machine_address, (void *)(unsigned long)from, bytes, true);
}

/* ---- flushes ----------------------------------------------------------------------------- */

/* Entries for [page, page + nr), and all linear ones: nobody knows which those are. */
static void flush_tlb(struct tlb *tlb, uint64_t page, uint64_t nr)
{
    unsigned int i;

    if ( QUICK && !__atomic_load_n(&tlb->filled, __ATOMIC_SEQ_CST) )
        return;
    pthread_mutex_lock(&tlb->lock);
    for ( i = 0; i < TLB_ENTRIES; i++ )
        if ( tlb->entry[i].linear || tlb->entry[i].tag - page < nr )
            tlb->entry[i].tag = NOWHERE;
    pthread_mutex_unlock(&tlb->lock);
}

static void flush(struct domain *d, uint64_t page, uint64_t nr)
{
    struct port_domain *p = d->port;
    unsigned int i;

    host_step();
    __atomic_fetch_add(&machine_counters.flushes, 1, __ATOMIC_RELAXED);
    port_fence();                       /* C2: pairs with C1, in fill(): before any TLB is looked at */
    for ( i = 0; i < p->nr_vcpus; i++ )
        flush_tlb(&p->vcpu[i].tlb, page, nr);
    flush_tlb(&p->dma, 0, NOWHERE);
}

void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr)
{
    flush(d, gpfn, nr);
}

/* ---- looking for what is stale ------------------------------------------------------------ */

static void look_in(const struct tlb *tlb, const struct domain *d, const unsigned char *first,
                    size_t bytes, const char *what)
{
    unsigned int i;

    for ( i = 0; i < TLB_ENTRIES; i++ )
        if ( tlb->entry[i].tag != NOWHERE && tlb->entry[i].confirmed &&
             tlb->entry[i].at + PAGE_SIZE > first && tlb->entry[i].at < first + bytes )
            violation("frame %#lx %s while domain %u has a translation of page %#lx to it",
                      (unsigned long)index_mfn((uint64_t)(first - host.memory) >> PAGE_SHIFT),
                      what, d->domain_id, (unsigned long)tlb->entry[i].tag);
}

void tlb_look_for(uint64_t mfn, unsigned int order, const char *what)
{
    const unsigned char *first = host_address(mfn);
    unsigned int i, j;
    struct domain *d;

    if ( QUICK )
        return;
    for_each_domain(d, i)
    {
        struct tlb *tlb = &d->port->dma;

        for ( j = 0; j <= d->port->nr_vcpus; j++, tlb = &d->port->vcpu[j - 1].tlb )
        {
            pthread_mutex_lock(&tlb->lock);
            look_in(tlb, d, first, PAGE_SIZE << order, what);
            pthread_mutex_unlock(&tlb->lock);
        }
    }
}

static void audit_space(struct space space)
{
    unsigned int i;

    for ( i = 0; i < TLB_ENTRIES; i++ )
    {
        const struct tlb_entry *entry = &space.tlb->entry[i];
        struct found now;

        if ( entry->tag == NOWHERE || !entry->confirmed || entry->linear != space.linear )
            continue;
        if ( !space.look(&space, entry->tag, &now) || now.at != entry->at ||
             (entry->writable && !now.writable) )
            violation("domain %u has a stale translation of %s %#lx", space.d->domain_id,
                      space.look == look_device ? "device page" : entry->linear ? "linear page" : "page",
                      (unsigned long)entry->tag);
    }
}

void tlb_audit(struct domain *d)
{
    unsigned int i;

    for ( i = 0; i < d->port->nr_vcpus; i++ )
    {
        audit_space(space_table(&d->port->vcpu[i].vcpu));
        if ( d->is_pv )
            audit_space(space_linear(&d->port->vcpu[i].vcpu));
    }
    audit_space(space_device(d));
}
