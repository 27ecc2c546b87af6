/* SPDX-License-Identifier: MIT */
/*
 * What this implementation keeps for a domain, and how a domain comes and goes.
 *
 * Needs port.h (through hd.h), and the headers of the parts a domain has. Gives
 * struct hv_domain, which struct domain points at from hv_domain_create to
 * hv_domain_destroy, and the audit.
 */
#ifndef HV_H
#define HV_H

#include "hd.h"
#include "hv-bug.h"
#include "locks.h"
#include "pmt.h"
#include "rules.h"

#define HV_INVALID_MFN (~(uint64_t)0)

struct grant_table;
struct loan_table;
struct window_list;
struct window_shadow;

/* Virtual NUMA: numbers of nodes and vcpus, and the arrays in the guest's layout. */
struct hv_vnuma {
    unsigned int nr_nodes, nr_vcpus, nr_ranges;
    unsigned int *distance;             /* nr_nodes * nr_nodes */
    unsigned int *vcpu_node;            /* nr_vcpus */
    struct hv_vnuma_range {
        uint64_t start, end;
        unsigned int flags, node;
    } *range;                           /* nr_ranges */
};

/* Where hv_domain_kill goes on. */
enum hv_kill {
    HV_KILL_GRANT_MAPS,                 /* what the domain has mapped of others */
    HV_KILL_WINDOWS,
    HV_KILL_LOANS,
    HV_KILL_ENTRIES,                    /* all that is at a guest frame */
    HV_KILL_PAGES,                      /* all that is at none */
    HV_KILL_REST,
    HV_KILL_DONE,
};

struct hv_domain {
    struct domain *d;
    struct pmt pmt;                     /* guest frame -> machine frame */
    struct grant_table *grants;         /* NULL: none, then nothing is granted */
    struct loan_table *loans;
    struct window_list *windows;
    struct window_shadow *shadow;       /* ia64: the table in another form, or NULL */

    uint64_t shared_info;               /* Xen's page for the domain: as long as this is there */

    struct port_lock lock;              /* HV_RANK_DOMAIN: the next five */
    void *memory_map;                   /* as set_memory_map has set it */
    unsigned int memory_map_entries, memory_map_bytes;
    struct hv_vnuma *vnuma;             /* NULL: the guest sees no NUMA */
    bool other_maps;                    /* nested HVM or altp2m: there are maps beside pmt */
    bool pager;                         /* somebody pages for it */
    unsigned int io_spaces;             /* ia64: port spaces added, beside number 0 */

    uint64_t claimed;                   /* pages that claim_pages keeps back; memory-alloc.c's lock */

    /* No lock: one at a time builds, kills and destroys. */
    enum hv_kill kill;
    uint64_t kill_place;
    bool pmt_made;                      /* half-built domains can be destroyed, too */
};

struct hv_domain_config {
    uint64_t max_gpfns;
    unsigned int grant_frames, maptrack_frames, grant_version_max;
    bool other_maps, pager;
};

/* What whoever boots the machine can decide; all 0 is as usual. */
struct hv_options {
    bool no_transfer;                   /* gnttab=no-transfer: pages are not given away so */
};

/* As it was started, and constant. */
extern struct hv_options hv_options;

/* The machine's own: the reverse map. NULL: as usual. 0 or -ENOMEM. */
int hv_start(const struct hv_options *how);
void hv_stop(void);

/* 0 or -ENOMEM, -EINVAL; on failure nothing is left. */
int hv_domain_create(struct domain *d, const struct hv_domain_config *how);

/*
 * Lets go of all that the domain has and uses, in steps. Its is_dying is set
 * before. 0: done; -ERESTART: others shall run first, call again; -EBUSY:
 * another domain has to let go of something, call again later.
 */
int hv_domain_kill(struct domain *d);

/* The structure goes. Nobody refers to it any more. */
void hv_domain_destroy(struct domain *d);

/* Of a domain: virtual NUMA, copied. NULL takes it away. 0 or -ENOMEM. */
int hv_domain_set_vnuma(struct domain *d, const struct hv_vnuma *what);
struct hv_vnuma *hv_vnuma_new(const struct hv_vnuma *shape);
void hv_vnuma_free(struct hv_vnuma *vnuma);

/*
 * The table against the reverse map, owners and references. 0, or -1 and a
 * sentence. For a domain at rest.
 */
int hv_audit(struct domain *d, char *what, size_t size);

/* What an audit has to say: 0 if that is NULL, or -1 and the sentence, as much as fits. */
int hv_says(const char *sentence, char *what, size_t size);

#endif /* HV_H */
