/* SPDX-License-Identifier: MIT */
/*
 * The physical to machine table: gpfn -> machine frame with attributes, one table
 * per domain, and the reverse map, one for the machine.
 *
 * Needs port.h and the words of the public pmt.h. Gives the table as it is: it
 * knows entries, no domains, no owners and no references. What an entry stands for
 * is p2m.h's business.
 *
 * Three levels, each an array in a window of addresses of its own:
 *
 *   top   u64 per 2^18 pages   a run, PMTE_absent, or PMTE_table: look at dir
 *   dir   u32 per 2^9 pages    a run, PMT_DIR_ABSENT, or PMTD_table: look at leaf
 *   leaf  u64 per page         the entry
 *   state the gate (nr_runs: where to begin) and the size
 *
 * A word's address follows from gpfn alone (its home slot). Frames are behind a
 * window only where words are in use; elsewhere it reads as 0. What is contiguous
 * needs no leaf, and a contiguous terabyte a top of 8 KiB. The gate counts the runs of
 * top; where it has none lookups begin at dir, and where nearly each extent has leaves
 * (PMT_GATE_LEAVES) at the leaf.
 *
 * A page is 2^page_shift bytes, a frame number counts granules of the machine: the
 * next page of a run is 2^(page_shift - granule) frames on.
 *
 * 1. SHARED WORDS. All are written by whoever holds the table's lock, and by
 *    nobody else; each by one store of the whole aligned word.
 *
 *    word               written by                     read without a lock by
 *    leaf[gpfn]         set, replace, clear, swap,     every lookup, guests
 *                       protect, set_run, splitting,
 *                       merging
 *    dir[gpfn >> 9]     set_run, splitting, merging    every lookup, guests
 *    top[gpfn >> 18]    set_run, splitting, merging,   every lookup, guests
 *                       growing
 *    nr_runs, the gate  set_run, splitting, merging,   every lookup, guests
 *                       growing
 *    nr_gpfns           growing                        lookups that find nothing; guests
 *    reverse word       whoever has the owner's lock   anybody
 *    nr_mapped          set, clear, swap, set_run      whoever wants a figure: no order
 *
 * 2. GUARANTEES
 *    G1 One word: frame and attributes of an answer belong together.
 *    G2 An answer was true at some time since the lookup began. (It may be old when
 *       it is used: who needs it to last holds the lock, or a reference and looks
 *       again.)
 *    G3 Who gets an entry sees what was done to its page before it was entered.
 *    G4 Splitting, merging and growing change no answer.
 *    G5 Two lookups of a page, one after the other, wherever they run: the second
 *       answer is not older than the first.
 *    G6 After pmt_prepare_locked() what it is about cannot fail.
 *    G7 Where memory fails, every answer is as before.
 *    G8 A reader touches no memory that is not the table's: a late one finds 0.
 *    Not promised: that the pages of a run, or the two of a swap, change at once.
 *
 *    Why G2 and G5 hold, without a generation: (a) a level below is filled with what
 *    is true before it is published, and who comes from above does not read it after it
 *    is taken back; (b) whoever comes late, having seen it published, finds in it what
 *    was true when it was taken back, or what was filled in since, or 0, each later than
 *    his first look; 0 is no answer, he looks again from the top; (c) a gate of 0 is
 *    the same one level higher; (d) while two levels have a word for a page they say
 *    the same: a run is in each leaf before it is in dir, in dir before it is in top, and
 *    what is below becomes 0 before anything else takes its place. So who finds an entry
 *    in leaf, published or not, need not look at dir, nor who finds a table in dir at
 *    top; and that the gate sends him to the leaf is a hint.
 *
 * 3. OPERATION x OPERATION, on one table; "and" = beside each other at any time
 *
 *                 lookup  batch   run     the lock's holder
 *    lookup       and     and     and     and: before or after each store (G2); while
 *                                         he splits, merges or grows: no change (G4)
 *    batch, run   and     and     and     and, each page by itself as a lookup of it;
 *                                         in no order among the pages of one call
 *    next         and     and     and     and; what comes and goes may be missed
 *    audit                                is the lock's holder
 *    set, replace, clear, swap, protect, set_run, prepare, grow: called by the lock's
 *    holder; merge takes the lock itself, and pmt_unlock() merges a little before it
 *    lets go. Two tables: pmt_lock_pair, the lower id first. create and destroy are
 *    beside nothing.
 *
 * 4. PROGRESS. Lookups take no lock. They look again once where a hint was wrong, and
 *    then only if, between two of their loads, a run was merged and what was below it
 *    taken down; after PMT_TRIES of that they answer 0, "ask later". Writers wait for the
 *    lock alone.
 *
 * 5. LIFETIME. Windows stand from create to destroy. A frame of dir or leaf is there
 *    exactly while one of its extents is published. port_window_drop() lets go of it
 *    with the flush that any freed frame owes, which is over when it returns, for who
 *    begins at the leaf would find the old words: no grace period, no RCU. Nothing of a
 *    dropped frame can come back as another page's entry: the slot is the page's.
 *
 * 6. BARRIERS, each with its partner; tests/explore weakens each, and shows what then
 *    goes wrong
 *
 *    A1 release, leaf     A2 acquire, leaf    G3: the page's contents
 *    A3 release, dir      A4 acquire, dir     leaf filled before dir says table; G3
 *    A5 release, top      A6 acquire, top     dir filled before top says table; G3
 *    A7 release, gate     A8 acquire, gate    dir and top filled before no runs are left
 *    A9 release, nr       A10 acquire, nr     top there before the table is longer
 *    B1 release, reverse  B2 acquire, reverse who finds gpfn finds the entry there
 *    C1 fence, insert.h   C2 the flush        insert or flush sees the other one's store
 *
 * 7. RACES, each with its test in tests/table; those of one line by two threads, the
 *    late readers step by step
 *
 *    replace and lookup                       race_replace
 *    split of dir, of top, and lookup         race_split
 *    merge, drop of the frame, and lookup     race_merge
 *    growth and lookup                        race_grow
 *    flip between two tables and lookups      race_swap
 *    late reader: split, merge, run replaced  late_reader_of_leaf, late_reader_of_dir
 *    late reader finds a dropped frame        late_reader_of_nothing
 *    late reader who begins at the leaf       late_reader_by_leaf
 *    growth where somebody asks for a run     late_run
 *    any three changes before any two loads   reader_at_each_load
 *    a lookup between any two stores          reader_at_each_step
 *    insert into a TLB and flush              insert_race
 *    who comes from a page's new frame        reverse, of tests/explore
 */
#ifndef PMT_H
#define PMT_H

#include "port.h"
#include "hv-bug.h"
#include "pmt-lookup.h"

/* As many as there can be: 2^28 pages. */
#ifndef PMT_GPFNS_SHIFT
#define PMT_GPFNS_SHIFT 28
#endif
#define PMT_GPFNS_MAX (UINT64_C(1) << PMT_GPFNS_SHIFT)
#define PMT_NO_GPFN   (~UINT64_C(0))

#define PMT_MERGE_EVERY 64
/* Tiny tables, of tests, merge when they are told to. */
#define PMT_MERGES (PMT_DIR_SHIFT >= 9)

/* Windows begin and end at multiples of the largest guest page. */
#define PMT_WINDOW_ALIGN UINT64_C(0x10000)

/* A granule is 2^PMT_GRANULE_SHIFT bytes. */
#define PMT_GRANULE_SHIFT ((unsigned int)__builtin_ctzl(PAGE_SIZE))

struct pmt {
    struct pmt_view view;               /* for readers: constant after create */

    char own_line[64];                  /* what follows changes more often */
    struct port_lock lock;
    uint64_t *top;                      /* the parts, for the one who writes */
    uint32_t *dir;
    uint64_t *leaf;
    struct pmt_state *state;
    uint64_t bytes[4];                  /* of the windows, by PMTW_* */
    uint64_t nr_mapped;                 /* pages that have a word but PMTE_absent */
    uint64_t nr_tables;                 /* entries of top that say table */
    uint64_t nr_extents;                /* entries of dir that say table */
    uint64_t merge_at;                  /* where pmt_merge() goes on: a guest frame */
    uint64_t full;                      /* an extent whose last page was set, + 1 */
    uint32_t changes;                   /* since an extent was looked at; see pmt_unlock() */
    bool merges;                        /* pmt_unlock() looks */
    /* Told of pages whose words have changed, with the lock; NULL: nobody. */
    void (*changed)(struct pmt *t, uint64_t gpfn, uint64_t nr);
    unsigned int id;
    unsigned int page_shift;
};

/*
 * A table with room for nr_gpfns_max pages of 2^page_shift bytes, which are 4, 16
 * or 64 KiB and no less than a granule. It begins with no page, and grows. id:
 * where two are locked, the order. 0, -EINVAL, -ENOMEM: nothing is left.
 */
int pmt_create(struct pmt *t, unsigned int id, uint64_t nr_gpfns_max,
               unsigned int page_shift);
void pmt_destroy(struct pmt *t);

/* Let it have nr_gpfns pages, if it has less: 0, or -EINVAL above nr_gpfns_max. */
int pmt_grow_locked(struct pmt *t, uint64_t nr_gpfns);

/* ---- reading: takes no lock, may be called with it --------------------------- */

/* Nothing stands behind the page. */
static inline bool pmt_is_nothing(uint64_t entry)
{
    return entry == PMTE_absent || !entry;
}

/*
 * The word of a page: as it was set, PMTE_absent where nothing is, 0 beyond the
 * table. PMTE_present clear: no access, whatever else it says.
 */
static inline uint64_t pmt_lookup(const struct pmt *t, uint64_t gpfn)
{
    if ( __builtin_expect(gpfn >= t->view.limit, 0) )
        return 0;
    return pmt_view_lookup(&t->view, array_index_nospec(gpfn, t->view.limit));
}

/* A hint: the words of a page will be looked at, and written. Nothing is read. */
static inline void pmt_ahead(const struct pmt *t, uint64_t gpfn)
{
    if ( gpfn >= t->view.limit )
        return;
    gpfn = array_index_nospec(gpfn, t->view.limit);
    PMT_ASK(&t->view.dir[gpfn >> PMT_DIR_SHIFT]);
    PMT_ASK(&t->view.leaf[gpfn], 1);
}

/*
 * The page is going to be looked up, a while from now: ask for two dozen pages, and then
 * look up one for each that is asked for. Any number will do.
 */
static inline void pmt_lookup_ahead(const struct pmt *t, uint64_t gpfn)
{
    pmt_view_ahead(&t->view, array_index_nospec(gpfn, t->view.limit));
}

/* Looking up nr pages. What comes next can be fetched early: entry[] is there. */
void pmt_lookup_batch(const struct pmt *t, const uint64_t gpfn[], uint64_t entry[],
                      unsigned int nr);

/* The same as pmt_run(), wherever the run ends. */
uint64_t pmt_run_far(const struct pmt *t, uint64_t gpfn, uint64_t limit, uint64_t *entry);

/*
 * How many pages from gpfn on, at most limit and none beyond the 2^18 of one entry
 * of the top, have consecutive machine frames and equal attributes; of pages where
 * nothing is, how many there are. At least 1, beyond the table 0; beside a writer the
 * length may be less than it is before and after.
 */
static inline uint64_t pmt_run(const struct pmt *t, uint64_t gpfn, uint64_t limit, uint64_t *entry)
{
    const struct pmt_view *v = &t->view;
    /* The last page of an extent is no case for here: nor is one beyond the table. */
    const uint64_t page = array_index_nospec(gpfn, v->limit);

    /* A8, A4: pair with A7, A3; with what either says here, nobody needs the top (2, d) */
    if ( page == gpfn && (~gpfn & (PMT_DIR_PAGES - 1)) &&
         (PMT_GATE_ACQUIRE(v->gate) < 0 ||
          (PMT_LOAD_ACQUIRE(&v->dir[page >> PMT_DIR_SHIFT]) & PMTD_table)) )
    {
        const uint64_t *at = &v->leaf[page];
        /* A2: pairs with A1, both */
        uint64_t word = PMT_LOAD_ACQUIRE(at), next = PMT_LOAD_ACQUIRE(at + 1);

        *entry = word;
        if ( (word & PMTE_present) && next != word + v->step &&
             !(HV_BUG(MERGE) && next == PMTE_absent) )
            return 1;
    }
    return pmt_run_far(t, gpfn, limit, entry);
}

/*
 * The first page from gpfn on where something is, PMT_NO_GPFN if none. After a
 * bounded number of steps the place to go on from, where nothing may be.
 */
uint64_t pmt_next(const struct pmt *t, uint64_t gpfn);

uint64_t pmt_nr_gpfns(const struct pmt *t);
uint64_t pmt_nr_mapped(const struct pmt *t);

/* Where a window (PMTW_*) lies, and its size; both are multiples of PMT_WINDOW_ALIGN. */
const void *pmt_window_base(const struct pmt *t, unsigned int window, uint64_t *bytes);

/* ---- writing: with the lock ---------------------------------------------------- */

void pmt_lock(struct pmt *t);
/*
 * Merges by the way, one extent at most: the one whose last page was set, or after
 * PMT_MERGE_EVERY changes the next one in turn.
 */
void pmt_unlock(struct pmt *t);
/* The lower id first; they may be the same. */
void pmt_lock_pair(struct pmt *a, struct pmt *b);
void pmt_unlock_pair(struct pmt *a, struct pmt *b);

/*
 * After this set, clear, swap and protect of these pages cannot fail while the lock
 * is held. The table grows to have them. 0; -EINVAL: above nr_gpfns_max; -ENOMEM.
 */
int pmt_prepare_locked(struct pmt *t, uint64_t gpfn, uint64_t nr);

/*
 * Prepared pages. The new word is neither 0 nor a table; the old one is returned.
 * Words with bits of software always have a leaf.
 */
uint64_t pmt_set_locked(struct pmt *t, uint64_t gpfn, uint64_t entry);
uint64_t pmt_clear_locked(struct pmt *t, uint64_t gpfn);
uint64_t pmt_protect_locked(struct pmt *t, uint64_t gpfn, bool writable);
/* What stands at the two changes places; not at once. */
void pmt_swap_locked(struct pmt *a, uint64_t ga, struct pmt *b, uint64_t gb);

/*
 * What stands at a prepared page.
 */
static inline uint64_t pmt_word_locked(const struct pmt *t, uint64_t gpfn)
{
    return port_load(&t->leaf[gpfn]);
}

/*
 * The same as pmt_set_locked() where something stands already, as at a flip's giver's, and
 * something else is to: what it was nobody asks. It counts for no merge: one store is all
 * that it costs.
 */
static inline void pmt_replace_locked(struct pmt *t, uint64_t gpfn, uint64_t entry)
{
    /* A1: pairs with A2 */
    port_store_release(&t->leaf[gpfn], entry);
    if ( __builtin_expect(!!t->changed, 0) )
        t->changed(t, gpfn, 1);
}

/*
 * nr pages, whatever was there before, one after the other from entry's frame on
 * (PMTE_absent: nothing), in the least form. The table grows to have them. 0;
 * -EINVAL; -ENOMEM: every page is as before.
 */
int pmt_set_run_locked(struct pmt *t, uint64_t gpfn, uint64_t nr, uint64_t entry);

/*
 * Without the lock: look at up to this many extents, and turn those that are
 * contiguous into a run. How many have been. Nobody has to: see pmt_unlock().
 */
unsigned int pmt_merge(struct pmt *t, unsigned int steps);

/* ---- the reverse map --------------------------------------------------------------- */

/* A flat array of 32-bit words: a flip costs two stores, and none can fail. */
struct pmt_reverse_map {
    uint32_t *word;                     /* gpfn + 1; 0: none */
    uint64_t first, nr;
    uint64_t bytes;
};

extern struct pmt_reverse_map hv_reverse;

int pmt_reverse_create(struct pmt_reverse_map *r, uint64_t first_mfn, uint64_t nr_mfns);
void pmt_reverse_destroy(struct pmt_reverse_map *r);
/* gpfn PMT_NO_GPFN: nowhere. After the table; other frames than the machine's have none. */
static inline void pmt_reverse_set(struct pmt_reverse_map *r, uint64_t mfn, uint64_t gpfn)
{
    uint64_t i = mfn - r->first;

    if ( i < r->nr )
        /* B1: pairs with B2; the table was changed before */
        port_store_release(&r->word[i], (uint32_t)(gpfn + 1));
}
/* A hint: it will be set. */
static inline void pmt_reverse_ahead(const struct pmt_reverse_map *r, uint64_t mfn)
{
    if ( mfn - r->first < r->nr )
        PMT_ASK(&r->word[mfn - r->first], 1);
}
uint64_t pmt_reverse_get(const struct pmt_reverse_map *r, uint64_t mfn);

/* ---- looking for mistakes ------------------------------------------------------------ */

/* Something else than 0 ends the audit. */
typedef int pmt_audit_fn(void *context, uint64_t gpfn, uint64_t entry);

/*
 * What is wrong with the table itself, or NULL: words that cannot be, forms that
 * do not go together, counts, frames. With the lock, or with nobody writing.
 */
const char *pmt_audit_parts(const struct pmt *t, uint64_t *gpfn);

/*
 * The same, and fn (it may be NULL) for each page where something is. 0, -EINVAL
 * where pmt_audit_parts() has something to say, or what fn said.
 */
int pmt_audit(const struct pmt *t, pmt_audit_fn *fn, void *context);

#endif /* PMT_H */
