/* SPDX-License-Identifier: MIT */
/*
 * Inside the grant tables: what is kept, and the steps that the ops are made of.
 *
 * Needs grant.h. Gives struct grant_table and, file by file, its functions.
 *
 * 1. Shared words. The guest writes its entries whenever it likes. Each word of
 *    them is read once into a local, or changed by one compare-and-exchange, at
 *    most GRANT_TRIES times. What is decided goes into the entry's record here,
 *    and what is undone is undone from there.
 * 2. Records (struct grant_entry) and handles (struct grant_track) lie in windows
 *    that only grow. Their number is published with release when all below it is
 *    there (E1, D1), so an index that is below it can be followed.
 * 3. An entry's lock covers its record, the shared words Xen writes, and each
 *    handle that names it. A handle is read without a lock first, to find the
 *    entry, and again under its lock.
 * 4. Records come in blocks, one for each frame. Who has an entry's lock uses it
 *    only if its block is open (E4); else he lets go and opens it, with the table's
 *    lock. A change of version needs all blocks closed: it closes one, and then
 *    takes and leaves the lock of each of its entries. Who took one before is done,
 *    and his pin is seen; who takes one later sees the block closed, and comes for
 *    the table's lock. So version and the place of the shared words hold still
 *    under an entry's lock, and no op writes a word that others use. A block that
 *    was closed for nothing opens again by itself, so a change can be interrupted
 *    between any two. Frames that a change leaves to be cleared are cleared before
 *    a block that uses them opens. Users that leave the lock and come back are
 *    counted in pin, and in flight; a version does not change under them.
 * 5. An entry is free for its granter only after the last TLB has lost it: unmap
 *    takes the translation away, the end of the batch flushes, and then pins,
 *    shared bits, types and references go, in one critical section.
 * 6. Orders between processors, each with the scenario of tests/explore-grants that
 *    goes wrong without it; of the fences a test with forced timing, too
 *
 *    E1 release, nr_frames  E2 acquire       growth: records and frames before their number
 *    E3 release, state      E4 acquire       opened: version and words before the block is
 *                                            open (that it closes, locks say: version, back)
 *    D1 release, nr_tracks  D2 acquire       handles: they come before their number
 *    D3 release, flags      D4 acquire       again: whose mapping it is before it lives
 *    D5 fence, mapping      D6 fence, death  the map or the death sees the other one:
 *                                            tests/grants/kill.c, test_dying, _handle_again
 *    F1 fence, status       F2 acquire, word    anew: "in use" is said before flags are looked
 *                                            at again, and the rest is read after them. The
 *                                            guest has flags, fence, status; and flags last
 */
#ifndef GRANT_TABLE_H
#define GRANT_TABLE_H

#include "hd-grant_table.h"

#include "grant.h"
#include "p2m.h"

/* Entries and status words, as orders of two of bytes. */
#define GRANT_V1_SHIFT      3
#define GRANT_V2_SHIFT      4
#define GRANT_STATUS_SHIFT  1
#ifndef GRANT_TRACK_PER_FRAME            /* in tests less */
#define GRANT_TRACK_PER_FRAME (PAGE_SIZE / sizeof(struct grant_track))
#endif
#define GRANT_MOST_FRAMES   4096
#define GRANT_MOST_TRACK_FRAMES 65536

/* How often a word that a guest can write is tried. */
#define GRANT_TRIES         (HV_RULE(TRIES) ? 5u : 1000000u)
/* Unmaps that one flush is for, and that lie between two looks at others. */
#define GRANT_BATCH         32

/* ---- records -------------------------------------------------------------------- */

/* Pins: how many mappings and copies there are, of each kind. */
#define GRANT_HSTW          0x00000001u
#define GRANT_HSTR          0x00000100u
#define GRANT_DEVW          0x00010000u
#define GRANT_DEVR          0x01000000u
#define GRANT_WRITERS       0x00ff00ffu
/* No count gets beyond 128. */
#define GRANT_PIN_FULL      0x80808080u

enum grant_kind {
    GRANT_PAGE,                 /* a page */
    GRANT_PART,                 /* a part of one: copy only */
    GRANT_THROUGH,              /* another grant, made to this domain: copy only */
};

/* What an entry is in use for, and as what it was when that began. */
struct grant_entry {
    struct port_lock lock;
    uint32_t pin;               /* 0: the rest says nothing */
    uint32_t flight;            /* users that will be back for the shared words */
    domid_t domid;              /* who uses it */
    uint16_t kind;              /* enum grant_kind */
    bool counted;               /* see grant-page.c */
    uint16_t offset, length;    /* PART */
    domid_t through_domid;      /* THROUGH */
    grant_ref_t through_ref;
    uint64_t frame;             /* as the granter wrote it */
    uint64_t mfn;
} __attribute__((aligned(64)));

/* Guests write these words in other sizes, too. */
typedef uint16_t __attribute__((may_alias)) grant_flags_t;
typedef uint32_t __attribute__((may_alias)) grant_word_t;
typedef uint64_t __attribute__((may_alias)) grant_long_t;

/* Where the guest sees an entry, under its lock. */
struct grant_shared {
    unsigned int version;
    union {
        grant_word_t *word;     /* flags and domid in one */
        grant_flags_t *flags;
        struct grant_entry_v1 *v1;
        union grant_entry_v2 *v2;
    };
    grant_flags_t *status;      /* version 2: GTF_reading, GTF_writing */
};

union grant_head {
    uint32_t word;
    struct grant_entry_header hdr;
};

/* ---- handles -------------------------------------------------------------------- */

#define GRANT_NO_HANDLE     0xffffffffu

/* Beside GNTMAP_* in flags. */
#define GRANT_TRACK_HOST_ENDS   (1u << 8)       /* no translation any more, not flushed */
#define GRANT_TRACK_DEVICE_ENDS (1u << 9)
#define GRANT_TRACK_SEEN        (1u << 10)      /* nothing was inserted for the host half */
#define GRANT_TRACK_UNTOLD       (1u << 11)      /* the mapper does not know the bus address */
#define GRANT_TRACK_HALVES      (GNTMAP_host_map | GNTMAP_device_map)
#define GRANT_TRACK_ENDS        (GRANT_TRACK_HOST_ENDS | GRANT_TRACK_DEVICE_ENDS)
#define GRANT_TRACK_LIVE        (GRANT_TRACK_HALVES | GRANT_TRACK_ENDS)
#define GRANT_TRACK_OWN         (GRANT_TRACK_ENDS | GRANT_TRACK_SEEN | GRANT_TRACK_UNTOLD)

/* One mapping. Changed under the lock of the entry that it names. */
struct grant_track {
    uint32_t flags;             /* without LIVE bits: free */
    grant_handle_t next;        /* free: the next one */
    uint64_t whose;             /* the entry: its domain in the upper half, its number */
    uint64_t mfn;
    uint64_t host_addr;
};

static inline uint64_t grant_whose(domid_t granter, grant_ref_t ref)
{
    return (uint64_t)granter << 32 | ref;
}

static inline domid_t grant_whose_domid(uint64_t whose)
{
    return (domid_t)(whose >> 32);
}

static inline grant_ref_t grant_whose_ref(uint64_t whose)
{
    return (grant_ref_t)whose;
}

/* A mapping whose end waits for the flush. */
struct grant_ending {
    struct domain *granter;     /* RCU */
    grant_handle_t handle;
    uint32_t halves;            /* GNTMAP_* */
    uint64_t gfn, entry;        /* what was in the mapper's table; entry 0: nothing */
};

struct grant_batch {
    unsigned int nr;
    bool flush_all;             /* a page of gfn is not enough */
    struct grant_ending ending[GRANT_BATCH];
};

/* ---- copy ------------------------------------------------------------------------ */

/* One grant that a copy uses. */
struct grant_hold {
    struct domain *granter;     /* NULL: none */
    grant_ref_t ref;
    bool writable, page;        /* page: there is a reference to drop */
    uint64_t mfn;
};

/* Source or destination, kept from one element to the next. */
struct grant_end {
    struct domain *d;           /* NULL: nothing is kept; RCU */
    domid_t domid;
    bool by_ref, writable, have;
    uint64_t name;              /* grant reference or frame number */
    uint64_t mfn;
    unsigned int first, last;   /* bytes of the page that may be used */
    unsigned int bytes;         /* of the whole page */
    struct grant_hold hold, through;
};

struct grant_copy {
    struct grant_end source, dest;
};

/* ---- tables ---------------------------------------------------------------------- */

/* What each processor of the domain has to itself. */
#define GRANT_LANES 16

struct grant_lane {
    uint64_t free;              /* free handles: count of changes << 32 | the first */
    void *batch, *copy;         /* NULL: in use, or never needed yet */
} __attribute__((aligned(64)));

/* Of a frame; changed with the table's lock. */
#define GRANT_OPEN          1u  /* the block of as many records may be used */
#define GRANT_STALE         2u  /* what is in the frame is of the version before */

struct grant_table {
    struct port_lock lock;      /* HV_RANK_GRANT_TABLE: size and version */
    struct domain *d;
    unsigned int frame_shift;                   /* frames are pages of the domain's */
    uint32_t version;
    unsigned int nr_stale;
    uint8_t *state;                             /* of each frame: GRANT_OPEN, _STALE */
    unsigned int nr_frames, max_frames;         /* E1 */
    unsigned int nr_status, max_status;
    unsigned int max_version;
    void **shared, **status;                    /* as the hypervisor sees them */
    uint64_t *shared_mfn, *status_mfn;
    struct grant_entry *entries;                /* a window */
    uint64_t entries_bytes;

    struct grant_track *tracks;                 /* a window */
    uint64_t tracks_bytes;
    unsigned int nr_tracks;                     /* D1 */
    unsigned int max_tracks;
    unsigned int kill_place;
    bool kill_again;

    struct grant_lane lane[GRANT_LANES];
};

static inline struct grant_table *grant_table_of(const struct domain *d)
{
    return d->hv ? d->hv->grants : NULL;
}

/* The caller's own lane of its table. */
static inline struct grant_lane *grant_lane(struct grant_table *t)
{
    return &t->lane[current->vcpu_id % GRANT_LANES];
}

/* Entries in a frame, as an order of two. */
static inline unsigned int grant_frame_order(const struct grant_table *t,
                                             unsigned int version)
{
    return t->frame_shift - (version == 2 ? GRANT_V2_SHIFT : GRANT_V1_SHIFT);
}

/* Records that there are for so many frames: version 1 has the most. */
static inline unsigned int grant_records(const struct grant_table *t,
                                         unsigned int nr_frames)
{
    return nr_frames << grant_frame_order(t, 1);
}

/* Entries in so many frames, of the version in force. */
static inline unsigned int grant_limit(const struct grant_table *t,
                                       unsigned int nr_frames)
{
    /* Holds still under the lock of an entry or of the table, else a look: no partner. */
    return nr_frames << grant_frame_order(t, port_load(&t->version));
}

/* Where in the shared frames an entry is. at: there is one, and it is clamped. */
static inline char *grant_word_at(const struct grant_table *t, unsigned int at,
                                  unsigned int version)
{
    unsigned int order = grant_frame_order(t, version);
    unsigned int in_frame = at & ((1u << order) - 1);

    /* Published by E1 and E3. */
    return (char *)port_load(&t->shared[at >> order]) +
           (in_frame << (version == 2 ? GRANT_V2_SHIFT : GRANT_V1_SHIFT));
}

static inline uint64_t grant_page_bytes(const struct domain *d)
{
    return (uint64_t)1 << d->page_shift;
}

/*
 * What an element is going to need, asked for before the first locked instruction
 * makes each load wait for the one before: hints, of what may be no more.
 */
static inline void grant_ahead_of_entry(const struct grant_table *t,
                                        grant_ref_t ref)
{
    /* E2: pairs with E1; all else here are hints */
    unsigned int nr = t ? port_load_acquire(&t->nr_frames) : 0;
    unsigned int version, limit, at;

    if ( !nr || ref >= grant_records(t, nr) )
        return;
    at = array_index_nospec(ref, grant_records(t, nr));
    PMT_ASK(&t->entries[at], 1);
    version = port_load(&t->version); /* a hint: no partner */
    limit = nr << grant_frame_order(t, version);
    if ( at >= limit )
        return;
    at = array_index_nospec(at, limit);
    PMT_ASK(grant_word_at(t, at, version), 1);
}

static inline void grant_ahead_of_place(const struct domain *d, uint64_t address)
{
    if ( paging_mode_translate(d) )
        pmt_ahead(&d->hv->pmt, address >> d->page_shift);
}

/* grant-table.c */
/* NULL: there is no such entry. Else its lock is held. */
struct grant_entry *grant_entry_lock(struct grant_table *t, grant_ref_t ref,
                                     struct grant_shared *s);
void grant_entry_unlock(struct grant_entry *e);
/* With the table's lock: no version changes, and what is open stays so. False: there is none. */
bool grant_entry_find_locked(struct grant_table *t, grant_ref_t ref, unsigned int *at);
void grant_block_open_locked(struct grant_table *t, unsigned int block);
/* What is stale of so many frames goes: how many words that were. */
unsigned int grant_clear_locked(struct grant_table *t, unsigned int first,
                                unsigned int end);
int grant_grow_locked(struct grant_table *t, unsigned int nr_frames);
unsigned int grant_status_needed(unsigned int nr_frames);
int grant_status_grow_locked(struct grant_table *t, unsigned int nr);
void grant_status_shrink_locked(struct grant_table *t, unsigned int nr);
/* at: as above. */
void grant_shared_at(const struct grant_table *t, unsigned int at,
                     struct grant_shared *s);

/* grant-page.c: the entry's lock is held; of pages of PV domains alone */
void grant_page_pinned(struct grant_entry *e);
void grant_page_unpinned(struct grant_entry *e);

/* grant-track.c */
grant_handle_t grant_handle_get(struct grant_table *t, struct grant_lane *lane);
void grant_handle_put(struct grant_table *t, struct grant_lane *lane,
                      grant_handle_t handle);
void *grant_spare_get(void **slot, size_t bytes);
void grant_spare_put(void **slot, void *spare, size_t bytes);
void grant_tracks_init(struct grant_table *t);

/* NULL: there is no such handle. */
struct grant_track *grant_track_find(const struct grant_table *t, grant_handle_t handle);
/* Under the lock of the entry that is mapped: from now on others see it. */
void grant_track_begin(struct grant_track *track, const struct grant_request *want,
                       bool seen);
/* A handle as it is now, without a lock. False: it is free. */
bool grant_track_seen(const struct grant_track *track, struct grant_track *was);
/* Under the lock of the entry it named then: it still lives, and names that one. */
bool grant_track_is_still(const struct grant_track *track,
                          const struct grant_track *was);
/* grant-pin.c: under the entry's lock */
/*
 * One more user. add: GRANT_HSTW and so on. whole: parts and grants through others
 * will not do. GNTST_okay, with a reference to the page, and a writable type if
 * so asked (a grant through another has no page); or a negative status.
 */
int grant_pin(struct grant_table *t, struct grant_entry *e,
              const struct grant_shared *s, struct domain *user,
              bool writable, uint32_t add, bool whole);
/* The granter sees what pins say now. */
void grant_show(struct grant_table *t, struct grant_entry *e,
                const struct grant_shared *s);
static inline void grant_unpin(struct grant_table *t, struct grant_entry *e,
                               const struct grant_shared *s, uint32_t add)
{
    e->pin -= add;
    if ( !e->pin && e->counted )
        grant_page_unpinned(e);
    grant_show(t, e, s);
}

/* GTF_reading, GTF_writing, as pins say. */
static inline uint16_t grant_bits(uint32_t pin)
{
    return (pin ? GTF_reading : 0) | (pin & GRANT_WRITERS ? GTF_writing : 0);
}

static inline uint32_t grant_add(uint32_t halves, bool writable)
{
    return (halves & GNTMAP_host_map ? (writable ? GRANT_HSTW : GRANT_HSTR) : 0) |
           (halves & GNTMAP_device_map ? (writable ? GRANT_DEVW : GRANT_DEVR) : 0);
}

/* grant-unmap.c */
/*
 * Under the entry's lock: take translations away, of the halves asked for. What
 * was done stands in ending, whatever the status. forced: no address is compared.
 */
int grant_unhook(struct domain *mapper, struct grant_track *track,
                 uint32_t halves, uint64_t host_addr, uint64_t new_addr,
                 bool forced, struct grant_ending *ending);
/* After the flush. */
void grant_ended(struct grant_table *t, struct grant_lane *lane,
                 struct grant_ending *ending);
void grant_batch_end(struct domain *mapper, struct grant_lane *lane,
                     struct grant_batch *batch);
void grant_flush(struct domain *mapper, const struct grant_ending *ending);

/* grant-copy.c */
void grant_copy_end(struct hd_call *call);

#endif /* GRANT_TABLE_H */
