/* SPDX-License-Identifier: MIT */
/*
 * Domains that die and are followed by others, on the machine: between two calls,
 * or in the middle of one, when an element of its list has just been read.
 */
#include "hv.h"
#include "machine.h"
#include "real.h"

#include <hc-grant_table.h>
#include <hc-memory.h>
#include <hc-pmt.h>

static struct {
    unsigned int who, after, seen;
    size_t bytes;
    bool happened;
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
    case OP_POPULATE:
    case OP_DECREASE:  return sizeof(xen_pfn_t);
    }
    return 0;
}

/* Those with `ahead` are read in blocks, and nobody comes between two elements of one. */
bool real_reads_blocks(const struct operation *op)
{
    return op->kind == OP_MAP || op->kind == OP_UNMAP || op->kind == OP_REPLACE ||
           op->kind == OP_PMT_MAP || op->kind == OP_FLIP;
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

static void at_copy(unsigned long address, unsigned long bytes, bool write)
{
    (void)address;
    if ( write || bytes != doom.bytes || doom.seen++ != doom.after )
        return;
    doom.happened = true;
    dies(doom.who);
}

void real_perform_and_die(const struct operation *op, unsigned int nr, struct outcome *out,
                          unsigned int who, unsigned int after)
{
    doom.who = who;
    doom.after = after;
    doom.seen = 0;
    doom.bytes = element_bytes(op->kind) * (real_reads_blocks(op) ? nr : 1);
    doom.happened = false;
    machine_plan.adversary = at_copy;
    real_perform(op, nr, out);
    machine_plan.adversary = NULL;
}

bool real_died(void)
{
    return doom.happened;
}

void real_die(unsigned int who)
{
    machine_run_as(real_vcpu[(who + 1) % DOMAINS]);
    dies(who);
}
