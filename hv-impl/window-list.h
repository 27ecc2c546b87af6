/* SPDX-License-Identifier: MIT */
/*
 * Where the pages of windows are kept; for window*.c alone.
 *
 * Needs window.h. Gives chunks: pages that are one after the other both where the
 * viewer sees them and in the window, none of them across a multiple of 64 in
 * either. So a chunk is found by either of its two groups of 64 pages, a page in it
 * by a bit, and to detach one needs no memory. And areas: what Xen gave a PV domain's
 * windows of its address space. All with window_lock held, unless said otherwise.
 */
#ifndef HV_WINDOW_LIST_H
#define HV_WINDOW_LIST_H

#include "window.h"

#define WINDOW_BUCKETS 256

extern struct port_lock window_lock;

/* A window of a PV domain: its place, from the first page attached to the last that goes. */
struct window_area {
    struct window_area *next, **at;     /* in order */
    uint64_t first, end;                /* viewer's pages, by 64 */
    uint64_t nr_chunks;
};

struct window_chunk {
    struct window_chunk *next_at, *next_part;   /* of the same bucket, by group */
    struct window_chunk *next_watch, **watch;   /* others into the same table */
    struct window_area *area;           /* PV; of dead ones, what goes with them */
    struct domain *viewer;
    struct domain *whose;               /* NULL: it has died */
    domid_t domid;                      /* its number */
    uint32_t what;
    uint64_t group;                     /* viewer's pages, by 64 */
    uint64_t to_page;                   /* from the viewer's page to the window's */
    uint64_t pages;                     /* bit: viewer's page of the group */
};

struct window_list {
    struct window_chunk *watchers;      /* chunks of whoever sees this domain's table */
    struct window_chunk *at[WINDOW_BUCKETS], *part[WINDOW_BUCKETS];     /* of this viewer */
    struct window_area *areas;
    uint64_t nr_chunks, nr_pages;
};

/* One page: where the viewer sees it, and which it is. */
struct window_spot {
    struct domain *whose;
    struct window_area *area;           /* PV */
    uint32_t what;
    uint64_t at, page;
};

/* Memory for one more of each, had before the lock. */
struct window_spare {
    struct window_chunk *chunk;
    struct window_area *area;
};

/* Without the lock: 0 or -ENOMEM. What is not used goes. */
int window_prepare(struct window_spare *spare, bool area);
void window_spare(struct window_spare *spare);

struct window_chunk *window_find_at(const struct window_list *list, uint64_t at);
struct window_chunk *window_find_part(const struct window_list *list,
                                      const struct window_spot *spot);

/* nr pages of one chunk, whatever they need; 0, or -ENOMEM: there are WINDOW_MOST. */
int window_insert(struct domain *viewer, const struct window_spot *spot,
                  unsigned int nr, struct window_spare *spare);
/* A page of it; when that was the last the chunk goes to the dead. */
void window_remove(struct window_list *list, struct window_chunk *chunk,
                   uint64_t at, struct window_chunk **dead);
void window_remove_all(struct window_list *list, struct window_chunk *chunk,
                       struct window_chunk **dead);
/* Its table's domain dies: it shows 0 from now on. */
void window_orphan(struct window_chunk *chunk);
/* Without the lock. */
void window_free(struct window_chunk *dead);

/*
 * The first place in Xen's area where nr pages fit, page first of a window in front.
 * It is spare's, and in the list; 0 or -ENOMEM.
 */
int window_area_take(struct window_list *list, unsigned int shift, uint64_t first,
                     uint64_t nr, struct window_spare *spare, struct window_spot *spot);
/* Nothing came of it: it is spare's again. */
void window_area_return(struct window_area *area, struct window_spare *spare);

/* Where a part of a table lies. */
const void *window_base(const struct domain *whose, uint32_t what,
                        uint64_t *bytes);

/* How many are set; without a library where the processor cannot say. */
static inline unsigned int window_bits(uint64_t pages)
{
    unsigned int nr = 0;

    for ( ; pages; pages &= pages - 1 )
        nr++;
    return nr;
}

#endif /* HV_WINDOW_LIST_H */
