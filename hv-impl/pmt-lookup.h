/* SPDX-License-Identifier: MIT */
/*
 * Looking up a guest frame in a physical to machine table, without a lock and
 * without a call: for the hypervisor, and for a guest that has the windows of a
 * table attached. What is promised stands in pmt.h.
 *
 * Needs integer types, the words of the public pmt.h, and PMT_LOAD_ACQUIRE(p):
 * one load of an aligned word that no later one overtakes; PMT_LOAD(p) is one that
 * any may. PMT_GATE_ACQUIRE(p) is the former for the gate, as a number with a sign: see
 * pmt-gate.h. Gives struct pmt_view and the lookups.
 *
 * Where a word lies depends on the guest frame alone, whatever the level above
 * says. So a processor that guesses has the leaf on its way before it has seen the
 * directory, and who reads late reads a word of the same guest frame.
 */
#ifndef PMT_LOOKUP_H
#define PMT_LOOKUP_H

#ifndef PMT_LOAD_ACQUIRE
#define PMT_LOAD_ACQUIRE(p) port_load_acquire(p)
#endif
#ifndef PMT_LOAD
#define PMT_LOAD(p) port_load(p)
#endif
#ifndef PMT_GATE_ACQUIRE
#define PMT_GATE_ACQUIRE(p) ((int32_t)PMT_LOAD_ACQUIRE(p))
#endif

/* Pages of one entry of the top, and of the directory. Tests make them small. */
#ifndef PMT_TOP_SHIFT
#define PMT_TOP_SHIFT 18
#endif
#ifndef PMT_DIR_SHIFT
#define PMT_DIR_SHIFT 9
#endif

#define PMT_TOP_PAGES (UINT64_C(1) << PMT_TOP_SHIFT)
#define PMT_DIR_PAGES (UINT64_C(1) << PMT_DIR_SHIFT)

/* The pages of a directory entry that says nothing is there: not 0, not present. */
#define PMT_DIR_ABSENT PMTD_writable

/* The gate: top has no runs; and nearly each extent has leaves, which is a hint. */
#define PMT_GATE_LEAVES UINT32_C(0x80000000)

/* How often a reader looks again at what is being taken down. */
#ifndef PMT_TRIES
#define PMT_TRIES 64
#endif

/* Where the parts are, and what never changes about them. */
struct pmt_view {
    const uint64_t *top;
    const uint32_t *dir;
    const uint64_t *leaf;
    const uint32_t *gate;               /* nr_runs of the state: where to begin */
    const struct pmt_state *state;
    uint64_t limit;                     /* guest frames that there are slots for */
    uint64_t step;                      /* from an entry to the next page's: a factor, since a
                                           shift by a variable costs two instructions more */
};

#define PMT_INLINE static inline __attribute__((__always_inline__, unused))

/* The entry of page gpfn, of which word stands for the first page of its run. */
PMT_INLINE uint64_t pmt_of_top(const struct pmt_view *v, uint64_t word, uint64_t gpfn)
{
    return word + (gpfn & (PMT_TOP_PAGES - 1)) * v->step;
}

PMT_INLINE uint64_t pmt_of_dir(const struct pmt_view *v, uint32_t word, uint64_t gpfn)
{
    return ((uint64_t)(word >> 5) << (12 + PMT_DIR_SHIFT)) +
           (gpfn & (PMT_DIR_PAGES - 1)) * v->step + (word & 0xf);
}

/* So that the compiler takes what both ways give, and does not branch after all. */
#define PMT_KEEP(x) __asm__ ( "" : "+r" (x) )

/*
 * Send for what is there. Without the asm gcc finds that a function which does nothing
 * else has no effect, and drops the calls of it.
 */
#define PMT_ASK(at, ...)                               \
    do {                                               \
        __builtin_prefetch(at, ##__VA_ARGS__);         \
        __asm__ volatile ( "" );                       \
    } while ( 0 )

/*
 * By the directory; gpfn is below limit, also where the processor guesses.
 */
PMT_INLINE uint64_t pmt_view_below(const struct pmt_view *v, uint64_t gpfn)
{
    /* A4: pairs with A3, the directory is published after its leaf was filled */
    uint32_t dir = PMT_LOAD_ACQUIRE(&v->dir[gpfn >> PMT_DIR_SHIFT]);

    if ( !(dir & PMTD_table) )
        return pmt_of_dir(v, dir, gpfn);
    /* A2: pairs with A1, an entry comes after what was done to its page before */
    return PMT_LOAD_ACQUIRE(&v->leaf[gpfn]);
}

/* The word behind gpfn, from whichever level has it: 0 is a hole. */
static inline __attribute__((unused)) uint64_t
pmt_view_word(const struct pmt_view *v, uint64_t gpfn)
{
    uint32_t dir;

    /* A8: pairs with A7; top is right, too, where the gate says leaves */
    if ( PMT_LOAD_ACQUIRE(v->gate) )
    {
        /* A6: pairs with A5 */
        uint64_t top = PMT_LOAD_ACQUIRE(&v->top[gpfn >> PMT_TOP_SHIFT]);

        if ( !(top & PMTE_table) )
            return top & PMTE_present ? pmt_of_top(v, top, gpfn) : top;
    }
    /* A4: pairs with A3 */
    dir = PMT_LOAD_ACQUIRE(&v->dir[gpfn >> PMT_DIR_SHIFT]);
    if ( !(dir & PMTD_table) )
        return dir & PMTD_present ? pmt_of_dir(v, dir, gpfn) : dir ? PMTE_absent : 0;
    /* A2: pairs with A1 */
    return PMT_LOAD_ACQUIRE(&v->leaf[gpfn]);
}

/*
 * Where one look has found nothing that is present: the word, if it is not 0;
 * 0 beyond the table, and where a frame of it was taken down at each try.
 */
static __attribute__((__unused__, __noinline__)) uint64_t
pmt_view_again(const struct pmt_view *v, uint64_t gpfn)
{
    uint64_t word = 0;
    unsigned int i;

    /* A10: pairs with A9, the table has grown after its top was there */
    if ( gpfn >= v->limit || gpfn >= PMT_LOAD_ACQUIRE(&v->state->nr_gpfns) )
        return 0;
    for ( i = 0; !word && i < PMT_TRIES; i++ )
        word = pmt_view_word(v, gpfn);
    return word;
}

/*
 * One look, and more only where it has found nothing that is present. A word that says
 * table is not present: so one bit tells of the top. gpfn is below limit, also where the
 * processor guesses; slow is the same view, for who has this one in registers.
 */
PMT_INLINE uint64_t pmt_view_lookup_in(const struct pmt_view *v, uint64_t gpfn,
                                       const struct pmt_view *slow)
{
    /* A8: pairs with A7, no runs are left after their directories were filled */
    const int32_t gate = PMT_GATE_ACQUIRE(v->gate);
    uint64_t word;
    uint32_t dir;

    if ( __builtin_expect(gate > 0, 1) )
    {
        /* A6: pairs with A5, the top is published after its directory was filled */
        word = PMT_LOAD_ACQUIRE(&v->top[gpfn >> PMT_TOP_SHIFT]);
        if ( __builtin_expect(!!(word & PMTE_present), 1) )
            return pmt_of_top(v, word, gpfn);
        if ( !(word & PMTE_table) )
            return pmt_view_again(slow, gpfn);
    }
    else if ( gate < 0 )
    {
        /* A2: pairs with A1; what is no hole is true, whatever dir says (2, d) */
        word = PMT_LOAD_ACQUIRE(&v->leaf[gpfn]);
        return __builtin_expect(!!(word & PMTE_present), 1) ? word : pmt_view_again(slow, gpfn);
    }

    /* A4: pairs with A3, the directory is published after its leaf was filled */
    dir = PMT_LOAD_ACQUIRE(&v->dir[gpfn >> PMT_DIR_SHIFT]);
    if ( dir & PMTD_table )
    {
        /* A2: pairs with A1, an entry comes after what was done to its page before */
        word = PMT_LOAD_ACQUIRE(&v->leaf[gpfn]);
        if ( __builtin_expect(!!(word & PMTE_present), 1) )
            return word;
    }
    else if ( __builtin_expect(!!(dir & PMTD_present), 1) )
        return pmt_of_dir(v, dir, gpfn);
    return pmt_view_again(slow, gpfn);
}

/* Frames up to limit are the caller's business. */
PMT_INLINE uint64_t pmt_view_lookup(const struct pmt_view *v, uint64_t gpfn)
{
    return pmt_view_lookup_in(v, gpfn, v);
}

/*
 * Send for what the lookup of page gpfn is going to need; gpfn is below limit. For who
 * has many: a loop that asks some two dozen pages ahead has more words on their way
 * than a processor finds by running ahead itself. Nothing is fetched for a run.
 */
PMT_INLINE void pmt_view_ahead(const struct pmt_view *v, uint64_t gpfn)
{
    const void *at = &v->leaf[gpfn];

    /* Hints, and no order. Below a run of the top is a hole, which is no table. */
    if ( (int32_t)PMT_LOAD(v->gate) >= 0 )
    {
        const uint32_t *dir = &v->dir[gpfn >> PMT_DIR_SHIFT];

        at = PMT_LOAD(dir) & PMTD_table ? at : dir;
        PMT_KEEP(at);
    }
    PMT_ASK(at);
}

#endif /* PMT_LOOKUP_H */
