/* SPDX-License-Identifier: MIT */
/*
 * Domains that die and are followed by others, on the machine: between two calls,
 * or in the middle of one, when an element of its list has just been read, or between two
 * steps of an element of its own.
 */
#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-grant_table.h>
#include <hc-memory.h>
#include <hc-pmt.h>
#include <hc-xen.h>

#define MOST_ELEMENTS 8

static struct doom {
    unsigned int who, after, next, seen, at, points;
    unsigned long base;                 /* of the elements */
    enum death way;
    size_t bytes;
    bool extents, whole, happened;
} doom;

/* What is read once for each element, or each extent; 0: there are none. */
static size_t element_bytes(unsigned int kind)
{
    switch ( kind )
    {
    case OP_MAP:       return sizeof(struct gnttab_map_grant_ref);
    case OP_UNMAP:     return sizeof(struct gnttab_unmap_grant_ref);
    case OP_COPY:      return sizeof(struct gnttab_copy);
    case OP_TRANSFER:  return sizeof(struct gnttab_transfer);
    case OP_REPLACE:   return sizeof(struct gnttab_unmap_and_replace);
    case OP_INFO:      return sizeof(struct pmt_info);
    case OP_TRANSLATE: return sizeof(struct pmt_translate);
    case OP_REVERSE:   return sizeof(struct pmt_reverse);
    case OP_PMT_MAP:   return sizeof(struct pmt_map);
    case OP_EXCHANGE:  return sizeof(struct pmt_exchange);
    case OP_FLIP:      return sizeof(struct pmt_flip);
    case OP_DONATE:    return sizeof(struct pmt_donate);
    case OP_RECLAIM:   return sizeof(struct pmt_reclaim);
    case OP_MACHPHYS:  return sizeof(struct mmu_update);
    case OP_POPULATE:
    case OP_DECREASE:  return sizeof(xen_pfn_t);
    }
    return 0;
}

bool real_can_die_in(const struct operation *op)
{
    return element_bytes(op->kind) != 0;
}

static void dies(unsigned int who)
{
    if ( machine_kill(real_domain[who]) )
        differ("d%u cannot die", who);
}

/* The domain stays until its call has ended: that is who is running. */
static void begins(void)
{
    doom.happened = true;
    if ( doom.way == DEATH_WHOLE )
        dies(doom.who);
    else
        machine_dying(real_domain[doom.who]);
}

/*
 * Which element is to be done next: the first of what was just read, or the one behind
 * what was written. Several may be read at once; where copies do not say from where
 * (xencomm), the first of these is all that is known.
 */
static bool find_next(unsigned long address, unsigned long bytes, bool write)
{
    if ( doom.extents ? write || bytes != doom.bytes : !doom.base && (write || bytes % doom.bytes) )
        return false;
    if ( !doom.base )
        doom.base = address;
#ifdef PORT_IA64
    if ( write || bytes % doom.bytes )
        return false;
    doom.whole |= bytes > doom.bytes;
    doom.next = doom.whole ? 0 : doom.seen;
#else
    if ( address < doom.base || address - doom.base >= doom.bytes * MOST_ELEMENTS )
        return doom.extents;
    doom.next = doom.extents ? doom.seen : (address - doom.base) / doom.bytes + write;
#endif
    doom.seen++;
    return true;
}

static void at_copy(unsigned long address, unsigned long bytes, bool write)
{
    if ( doom.happened || !find_next(address, bytes, write) || doom.way == DEATH_AT_POINT )
        return;
    if ( doom.next == doom.after || (doom.whole && doom.after < bytes / doom.bytes) )
        begins();
}

/* Locks may be held there: who dies at such a place begins to, and no more. */
static void at_point(const char *name, void *context)
{
    (void)name;
    (void)context;
    if ( !doom.happened && doom.seen && doom.points++ == doom.at )
        begins();
}

void real_perform_and_die(const struct operation *op, unsigned int nr, struct outcome *out,
                          unsigned int who, unsigned int after, unsigned int way)
{
    struct domain *d = real_domain[who];
    bool own = op->caller == who;

    doom = (struct doom){ .who = who, .after = after, .way = way,
                          .at = world.doomed_point, .bytes = element_bytes(op->kind),
                          .extents = op->kind == OP_POPULATE || op->kind == OP_DECREASE };
    if ( own && !port_domain_hold(d) )
        differ("d%u cannot be held", who);
    machine_plan.adversary = at_copy;
    if ( way == DEATH_AT_POINT )
        machine_plan.at_point = at_point;
    real_perform(op, nr, out);
    machine_plan.adversary = NULL;
    machine_plan.at_point = NULL;
    if ( !own )
        return;
    machine_run_as(real_vcpu[(who + 1) % DOMAINS]);
    port_domain_release(d);
}

bool real_died(unsigned int *after)
{
    if ( doom.happened )
        *after = doom.next;
    return doom.happened;
}

void real_die(unsigned int who)
{
    machine_run_as(real_vcpu[(who + 1) % DOMAINS]);
    dies(who);
}
