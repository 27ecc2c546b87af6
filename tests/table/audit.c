/* SPDX-License-Identifier: MIT */
/*
 * The audit finds what is planted: each of its sentences once.
 */
#include <string.h>

#include "table.h"

#define TOP  PMT_TOP_PAGES
#define DIR  PMT_DIR_PAGES
#define BASE (UINT64_C(0x40) << PMT_DIR_SHIFT)

/* Top 0 is a run; top 1 has a run, leaves and nothing; top 2 is half there. */
static void start(struct pmt *t)
{
    table_start(t, 4 * TOP);
    CHECK(!table_run(t, 0, TOP, ram(BASE)));
    CHECK(!table_run(t, TOP, DIR, ram(BASE)));
    CHECK(!table_set(t, TOP + DIR, ram(5)));
    CHECK(!table_set(t, 2 * TOP + 1, ram(6)));
}

#define GATE "the gate says neither the runs of top nor whether most extents have leaves"

/* Where two extents share a frame. */
#if PMT_FRAME > 8 << PMT_DIR_SHIFT
#define LEAF_OF_NOBODY(X) X(t.leaf[TOP] = ram(BASE), "a leaf that is not in use is no hole")
#else
#define LEAF_OF_NOBODY(X)
#endif

#define PMT_AUDIT_TWINS(X)                                                     \
    X(t.leaf[TOP + DIR] = 0, "a leaf in use is a hole")                        \
    X(t.leaf[TOP + DIR] |= PMTE_table, "a leaf says table")                    \
    X(t.leaf[TOP + DIR] |= 1u << 10, "a reserved bit is set")                  \
    X(t.leaf[TOP + DIR] |= UINT64_C(1) << 63, "a reserved bit is set")         \
    X(t.leaf[TOP + DIR] |= 5 << 5, "an order, where none is kept")             \
    X(t.leaf[TOP + DIR] |= PMTE_absent, "present and absent")                  \
    X(t.leaf[TOP + DIR] &= ~PMTE_present,                                      \
      "neither present nor absent, and nobody knows why")                      \
    X(t.leaf[2 * TOP + 2] = ram(7), "a page beyond the end of the table")      \
    LEAF_OF_NOBODY(X)                                                          \
    X(t.dir[PMT_TOP_DIRS] = 0, "a directory in use is a hole")                 \
    X(t.dir[PMT_TOP_DIRS] &= ~PMTD_present,                                    \
      "a directory entry that is neither present nor absent")                  \
    X(t.dir[2 * PMT_TOP_DIRS + 1] = PMTD_present | 0x400,                      \
      "a run beyond the end of the table")                                     \
    X(t.dir[PMT_TOP_DIRS + 1] |= 0x100,                                        \
      "a directory entry that says table, and more")                           \
    X(t.dir[PMT_TOP_DIRS + 1] = t.dir[PMT_TOP_DIRS],                           \
      "the number of extents with leaves is wrong")                            \
    X(t.top[0] = 0, "a top in use is a hole")                                  \
    X(t.top[1] |= 1 << 12, "a top that says table, and more")                  \
    X(t.top[0] += 1 << 12, "a run in top that could not be split")             \
    X(t.top[0] |= UINT64_C(1) << 52, "a run in top that could not be split")   \
    X(t.top[2] = ram(BASE), "a run beyond the end of the table")               \
    X(t.dir[1] = 1, "a directory below a run is no hole")                      \
    X(t.top[3] = PMTE_absent, "a slot of top that is not in use is not 0")     \
    X(t.state->nr_runs--, GATE)                                                \
    X(t.state->nr_runs = 0, GATE)                                              \
    X(t.state->nr_runs |= PMT_GATE_LEAVES, GATE)                               \
    X(t.nr_tables++, "the number of tables is wrong")                          \
    X(t.nr_extents--, "the number of extents with leaves is wrong")            \
    X(t.nr_mapped++, "the number of pages is wrong")                           \
    X(t.leaf[TOP + DIR + 1] = ram(9), "the number of pages is wrong")          \
    X(t.state->nr_gpfns = t.view.limit + 1, "the table is longer than its windows") \
    X(t.state->page_shift++, "guests are told another page size")

void test_audit_twins(void)
{
    struct pmt t;
    uint64_t gpfn;
    const char *said;

    start(&t);
    CHECK(!pmt_audit_parts(&t, &gpfn) && !pmt_audit(&t, NULL, NULL));
    table_stop(&t);
#define TWIN(mistake, sentence)                                                \
    start(&t);                                                                 \
    mistake;                                                                   \
    said = pmt_audit_parts(&t, &gpfn);                                         \
    if ( !said || strcmp(said, sentence) )                                     \
        printf("planted: %s: %s\n", #mistake, said ? said : "nothing");        \
    CHECK(said && !strcmp(said, sentence));                                    \
    CHECK(pmt_audit(&t, NULL, NULL) == -EINVAL);                               \
    pmt_destroy(&t);
    PMT_AUDIT_TWINS(TWIN)
}

struct walk {
    uint64_t nr, last, sum, stop_at;
};

static int visit(void *context, uint64_t gpfn, uint64_t entry)
{
    struct walk *w = context;

    CHECK(!w->nr || gpfn > w->last);
    w->last = gpfn;
    w->sum += PMTE_mfn(entry);
    return ++w->nr == w->stop_at ? 42 : 0;
}

/* Every page once, in order; who says stop is obeyed. */
void test_audit_walk(void)
{
    struct walk w = { .nr = 0 };
    struct pmt t;

    start(&t);
    CHECK(!pmt_audit(&t, visit, &w));
    CHECK(w.nr == TOP + DIR + 2 && w.nr == pmt_nr_mapped(&t));
    CHECK(w.sum == TOP * BASE + TOP * (TOP - 1) / 2 + DIR * BASE + DIR * (DIR - 1) / 2 + 11);
    w = (struct walk){ .stop_at = 7 };
    CHECK(pmt_audit(&t, visit, &w) == 42 && w.nr == 7);
    table_stop(&t);
}
