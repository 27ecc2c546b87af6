/* SPDX-License-Identifier: MIT */
/* One call of each kind, with more than one step where there are any. Needs actors.h. */
#ifndef OPS_H
#define OPS_H

#include "recipes.h"

#define ELEMENTS 5

union args {
    struct gnttab_map_grant_ref map[ELEMENTS];
    struct gnttab_unmap_grant_ref unmap[ELEMENTS];
    struct gnttab_copy copy[ELEMENTS];
    struct gnttab_swap_grant_ref swap[ELEMENTS];
    struct gnttab_transfer transfer[ELEMENTS];
    struct gnttab_query_size query;
    struct xen_memory_reservation reservation;
    struct xen_memory_exchange exchange;
    struct xen_add_to_physmap add;
    struct xen_add_to_physmap_batch batch;
    struct xen_memory_domain domain;
    struct pmt_info info[ELEMENTS];
    struct pmt_translate translate[ELEMENTS];
    struct pmt_reverse reverse[ELEMENTS];
    struct pmt_map pmt_map[ELEMENTS];
    struct pmt_exchange pmt_exchange[ELEMENTS];
    struct pmt_protect protect[ELEMENTS];
    struct pmt_flip flip[ELEMENTS];
    struct pmt_attach attach[2];
};

struct room {
    union args args;
    unsigned long list[ELEMENTS], more[ELEMENTS];
    int errors[ELEMENTS];
};

struct call { unsigned int nr; unsigned long cmd; unsigned int count; };

/* What a call is made of, for M, in the scene of ops_scene(). */
struct op { const char *name; unsigned int who; struct call (*fill)(struct room *); };
extern const struct op ops[];
extern const unsigned int nr_ops;

/* G has granted M pages, and M accepts some. */
void ops_scene(void);
/* M calls: this thread's vcpu of it. */
long ops_go(const struct call *call, struct room *r);

#endif
