/* SPDX-License-Identifier: MIT */
/*
 * Pages: machine frames with an owner, references and a type. What is written
 * here of references is atomic: a page is found, and got, without a lock.
 */
#include "host.h"

unsigned int page_order_of(const struct domain *d)
{
    return d && d->page_shift > PAGE_SHIFT ? d->page_shift - PAGE_SHIFT : 0;
}

struct frame *frame_head(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);
    unsigned int back;

    for ( back = 0; frame && frame_state(frame) == FRAME_INSIDE && frame > host.frame && back < 16; back++ )
        frame--;
    return frame;
}

bool port_mfn_valid(uint64_t mfn)
{
    return frame_of(mfn) != NULL;
}

uint64_t port_min_mfn(void)
{
    return PORT_MFN_BASE;
}

uint64_t port_max_mfn(void)
{
    return index_mfn(host.nr_frames - 1);
}

uint64_t port_free_pages(void)
{
    return __atomic_load_n(&host.nr_free, __ATOMIC_RELAXED);
}

void *port_page_address(uint64_t mfn)
{
    return frame_of(mfn) ? host_address(mfn) : NULL;
}

bool port_page_is_io(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);

    return frame && frame->io;
}

bool port_page_is_special(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);

    return !frame || __atomic_load_n(&frame->special, __ATOMIC_RELAXED);
}

struct domain *port_page_owner(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);

    return frame ? __atomic_load_n(&frame->owner, __ATOMIC_ACQUIRE) : NULL;
}

bool port_page_counts(uint64_t mfn, unsigned int *references, unsigned int *writers)
{
    struct frame *frame = frame_of(mfn);
    uint32_t now = frame ? __atomic_load_n(&frame->references, __ATOMIC_ACQUIRE) : 0;
    uint32_t type = frame ? __atomic_load_n(&frame->type, __ATOMIC_ACQUIRE) : 0;

    *references = now & ~ALLOCATED;
    *writers = type >> 24 == TYPE_WRITABLE ? type & 0xffffff : 0;
    return now & ALLOCATED;
}

/* ---- lists and charges: the domain's page_lock is held --------------------------------- */

static void list_add(struct domain *d, struct frame *frame)
{
    uint32_t i = (uint32_t)(frame - host.frame);
    uint32_t *list = frame->special ? &d->port->first_special : &d->port->first;

    frame->before = NO_FRAME;
    frame->next = *list;
    if ( *list != NO_FRAME )
        host.frame[*list].before = i;
    *list = i;
    if ( frame->special )
        d->port->nr_special++;
    else
        __atomic_fetch_add(&d->port->nr_pages, 1, __ATOMIC_RELEASE);   /* take_one() looks without the lock */
}

static void list_remove(struct domain *d, struct frame *frame)
{
    if ( frame->before != NO_FRAME )
        host.frame[frame->before].next = frame->next;
    else if ( frame->special )
        d->port->first_special = frame->next;
    else
        d->port->first = frame->next;
    if ( frame->next != NO_FRAME )
        host.frame[frame->next].before = frame->before;
    if ( frame->special )
        d->port->nr_special--;
    else
        __atomic_fetch_sub(&d->port->nr_pages, 1, __ATOMIC_RELEASE);
}

static void charge(struct domain *d, long pages)
{
    __atomic_fetch_add(&d->tot_pages, (uint64_t)pages, __ATOMIC_RELAXED);
}

/* 0, or why d cannot have so many more. */
static int may_have(const struct domain *d, uint64_t pages)
{
    uint64_t now = __atomic_load_n(&d->tot_pages, __ATOMIC_RELAXED);

    if ( HV_RULE(DYING) && d->is_dying )
        return -EINVAL;
    if ( HV_RULE(QUOTA) && (now > d->max_pages || pages > d->max_pages - now) )
        return -ENOSPC;
    return 0;
}

/* Before the pages are there. */
static int may_charge(struct domain *d, uint64_t pages)
{
    int rc;

    pthread_mutex_lock(&d->port->page_lock);
    rc = may_have(d, pages);
    if ( !rc )
        charge(d, (long)pages);
    pthread_mutex_unlock(&d->port->page_lock);
    return rc;
}

/* ---- coming and going ------------------------------------------------------------------ */

static void clean(uint64_t mfn, unsigned int order)
{
    uint64_t i;

    for ( i = 0; i < 1ul << order; i++ )
    {
        struct frame *frame = frame_of(mfn + i);

        if ( frame->dirty && HV_RULE(CLEAN) )
            host_clear(host_address(mfn + i), PAGE_SIZE);
        frame->dirty = true;
    }
}

/* A page of so many granules; what is not its first stands for nothing. */
static void shape(struct frame *frame, unsigned int order, enum frame_state state, bool special)
{
    uint64_t i;

    for ( i = 1; i < 1ul << order; i++ )
        frame_becomes(&frame[i], FRAME_INSIDE);
    frame->order = order;
    frame_becomes(frame, state);
    __atomic_store_n(&frame->special, special, __ATOMIC_RELAXED);
    __atomic_store_n(&frame->type, 0, __ATOMIC_RELAXED);
    frame->last = NULL;
}

static void make_owned(struct domain *d, struct frame *frame)
{
    frame_becomes(frame, FRAME_USED);
    list_add(d, frame);
    __atomic_store_n(&frame->owner, d, __ATOMIC_RELEASE);
    __atomic_store_n(&frame->references, ALLOCATED | 1, __ATOMIC_RELEASE);
}

enum kind { CHARGED, LOOSE, SPECIAL };

static int take(struct domain *d, unsigned int order, unsigned int address_bits, enum kind kind,
                uint64_t *mfn)
{
    unsigned int page_order = page_order_of(d);
    uint64_t pages = order < page_order ? 0 : 1ul << (order - page_order), i;
    uint32_t first = NO_FRAME;
    int rc = pages ? 0 : -EINVAL;

    host_step();
    if ( plan_fails(&machine_counters.pages, machine_plan.fail_page_at) )
        return -ENOMEM;
    if ( !rc && kind == CHARGED )
        rc = may_charge(d, pages);
    if ( rc )
        return rc;
    pthread_mutex_lock(&host.lock);
    first = frames_take(order, address_bits);
    pthread_mutex_unlock(&host.lock);
    if ( first == NO_FRAME )
    {
        if ( kind == CHARGED )
            charge(d, -(long)pages);
        return -ENOMEM;
    }
    for ( i = 0; i < pages; i++ )
        shape(&host.frame[first + (i << page_order)], page_order, FRAME_STOLEN,
              kind == SPECIAL);

    *mfn = index_mfn(first);
    clean(*mfn, order);
    if ( kind == LOOSE )
        return 0;
    pthread_mutex_lock(&d->port->page_lock);
    for ( i = 0; i < pages; i++ )
        make_owned(d, &host.frame[first + (i << page_order)]);
    pthread_mutex_unlock(&d->port->page_lock);
    return 0;
}

int port_page_alloc(struct domain *d, unsigned int order, unsigned int address_bits, uint64_t *mfn)
{
    return take(d, order, address_bits, CHARGED, mfn);
}

int port_page_alloc_loose(const struct domain *d, unsigned int order, unsigned int address_bits,
                          uint64_t *mfn)
{
    return take((struct domain *)(unsigned long)d, order, address_bits, LOOSE, mfn);
}

int port_page_adopt(struct domain *d, uint64_t *mfn)
{
    return take(d, page_order_of(d), 0, SPECIAL, mfn);
}

/* Nobody refers to it any more, so that it stays its owner's until here. */
static void give_back(struct frame *frame)
{
    struct domain *owner = frame->owner;
    unsigned int order = frame->order;

    tlb_look_for(frame_mfn(frame), order, "is freed");
    if ( frame->type )
        violation("frame %#lx is freed with type %#x", (unsigned long)frame_mfn(frame),
                  frame->type);
    if ( owner )
    {
        pthread_mutex_lock(&owner->port->page_lock);
        list_remove(owner, frame);
        if ( !frame->special )
            charge(owner, -1);
        __atomic_store_n(&frame->owner, NULL, __ATOMIC_RELEASE);
        pthread_mutex_unlock(&owner->port->page_lock);
    }
    __atomic_store_n(&frame->special, false, __ATOMIC_RELAXED);
    pthread_mutex_lock(&host.lock);
    frame_becomes(frame, FRAME_INSIDE);
    frames_give((uint32_t)(frame - host.frame), order);
    pthread_mutex_unlock(&host.lock);
}

bool port_page_free(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);
    uint32_t was;

    port_assert(frame && !frame->io);
    host_step();
    if ( frame->state == FRAME_STOLEN )
    {
        give_back(frame);
        return true;
    }
    was = __atomic_load_n(&frame->references, __ATOMIC_RELAXED);
    do
    {
        if ( !(was & ALLOCATED) )
            return false;
    } while ( !__atomic_compare_exchange_n(&frame->references, &was, (was & ~ALLOCATED) - 1, false,
                                           __ATOMIC_SEQ_CST, __ATOMIC_RELAXED) );
    if ( was == (ALLOCATED | 1) )
        give_back(frame);
    return true;
}

bool port_page_get(uint64_t mfn, struct domain *d)
{
    struct frame *frame = frame_of(mfn);
    struct domain *owner;
    uint32_t was;

    host_step();
    if ( !frame )
        return false;
    was = __atomic_load_n(&frame->references, __ATOMIC_RELAXED);
    /* H4: pairs with H1 and H3; the exchange is a full barrier */
    do
    {
        if ( !(was & ~ALLOCATED) )
            return false;
        if ( (was & ~ALLOCATED) == ~ALLOCATED )
        {
            violation("references to frame %#lx overflow", (unsigned long)mfn);
            return false;
        }
    } while ( !__atomic_compare_exchange_n(&frame->references, &was, was + 1, false,
                                           __ATOMIC_SEQ_CST, __ATOMIC_RELAXED) );
    owner = __atomic_load_n(&frame->owner, __ATOMIC_ACQUIRE);
    if ( d ? owner == d : owner != NULL )
        return true;
    port_page_put(mfn);
    return false;
}

void port_page_put(uint64_t mfn)
{
    struct frame *frame = frame_of(mfn);
    uint32_t was;

    host_step();
    port_assert(frame);
    was = __atomic_fetch_sub(&frame->references, 1, __ATOMIC_SEQ_CST);
    if ( !(was & ~ALLOCATED) || was == (ALLOCATED | 1) )
    {
        violation("frame %#lx is put more often than got", (unsigned long)mfn);
        __atomic_fetch_add(&frame->references, 1, __ATOMIC_SEQ_CST);
    }
    else if ( was == 1 )
        give_back(frame);
}

/* ---- types ----------------------------------------------------------------------------- */

static bool type_get(struct frame *frame, enum frame_type type)
{
    uint32_t was = __atomic_load_n(&frame->type, __ATOMIC_RELAXED);

    /* H5: pairs with H2; the exchange is a full barrier */
    do
    {
        if ( was && was >> 24 != (uint32_t)type )
            return false;
    } while ( !__atomic_compare_exchange_n(&frame->type, &was, ((uint32_t)type << 24 | (was & 0xffffff)) + 1,
                                           false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED) );
    return true;
}

static void type_put(struct frame *frame, enum frame_type type)
{
    uint32_t was = __atomic_load_n(&frame->type, __ATOMIC_RELAXED), now;

    do
    {
        if ( was >> 24 != (uint32_t)type || !(was & 0xffffff) )
        {
            violation("a type of frame %#lx is put, and was not got", (unsigned long)frame_mfn(frame));
            return;
        }
        now = (was & 0xffffff) == 1 ? 0 : was - 1;
    } while ( !__atomic_compare_exchange_n(&frame->type, &was, now, false, __ATOMIC_SEQ_CST,
                                           __ATOMIC_RELAXED) );
}

bool port_page_get_type(uint64_t mfn, bool writable)
{
    struct frame *frame = frame_of(mfn);

    if ( !frame || frame->special )
        return false;
    return !writable || type_get(frame, TYPE_WRITABLE);
}

void port_page_put_type(uint64_t mfn, bool writable)
{
    if ( writable )
        type_put(frame_of(mfn), TYPE_WRITABLE);
}

bool machine_make_table(struct domain *d, uint64_t mfn, bool table)
{
    struct frame *frame = frame_of(mfn);

    if ( !table )
    {
        type_put(frame, TYPE_TABLE);
        port_page_put(mfn);
        return true;
    }
    if ( !port_page_get(mfn, d) )
        return false;
    if ( !frame->special && type_get(frame, TYPE_TABLE) )
        return true;
    port_page_put(mfn);
    return false;
}

/* ---- changing hands --------------------------------------------------------------------- */

static int let_go(uint64_t mfn, struct domain *d, bool uncharge)
{
    struct frame *frame = frame_of(mfn);
    uint32_t was = ALLOCATED | 2;       /* the other is the caller's */

    host_step();
    if ( !frame || frame->special || frame->owner != d )
        return -EBUSY;
    if ( !HV_RULE(ALONE) )
        was = __atomic_load_n(&frame->references, __ATOMIC_RELAXED);
    else if ( __atomic_load_n(&frame->type, __ATOMIC_ACQUIRE) )
        return -EBUSY;
    if ( !__atomic_compare_exchange_n(&frame->references, &was, 0, false, __ATOMIC_SEQ_CST,
                                      __ATOMIC_RELAXED) )
        return -EBUSY;
    pthread_mutex_lock(&d->port->page_lock);
    list_remove(d, frame);
    if ( uncharge )
        charge(d, -1);
    else
        d->port->nr_taken++;
    frame_becomes(frame, FRAME_STOLEN);
    frame->last = d;
    __atomic_store_n(&frame->owner, NULL, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&d->port->page_lock);
    return 0;
}

int port_page_take(uint64_t mfn, struct domain *d, bool charged)
{
    return let_go(mfn, d, !charged);
}

int port_page_assign(uint64_t mfn, struct domain *d, bool charged)
{
    struct frame *frame = frame_of(mfn);
    int rc = 0;

    host_step();
    port_assert(frame && frame->state == FRAME_STOLEN);
    if ( frame->order != page_order_of(d) )
        return -EINVAL;
    if ( frame->last != d )
        tlb_look_for(mfn, frame->order, "gets another owner");
    pthread_mutex_lock(&d->port->page_lock);
    port_assert(!charged || d->port->nr_taken > 0);
    if ( charged )
        d->port->nr_taken--;
    else if ( !(rc = may_have(d, 1)) )
        charge(d, 1);
    if ( !rc )
        make_owned(d, frame);
    pthread_mutex_unlock(&d->port->page_lock);
    return rc;
}

bool port_page_first(struct domain *d, uint64_t *mfn)
{
    bool found = false;
    uint32_t i, was;

    host_step();
    pthread_mutex_lock(&d->port->page_lock);
    for ( i = d->port->first; i != NO_FRAME && !found; i = host.frame[i].next )
    {
        was = __atomic_load_n(&host.frame[i].references, __ATOMIC_RELAXED);
        while ( (was & ALLOCATED) && !found )
            found = __atomic_compare_exchange_n(&host.frame[i].references, &was, was + 1, false,
                                                __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
        *mfn = index_mfn(i);
    }
    pthread_mutex_unlock(&d->port->page_lock);
    return found;
}
