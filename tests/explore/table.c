/* SPDX-License-Identifier: MIT */
/*
 * Scenarios of the table: somebody changes it, step by step, while somebody else
 * looks up. Needs pmt.h, built small: an entry of the top is four pages, one of the
 * directory two.
 *
 * Each step gives pages words that no other step gives. So an answer tells when it
 * became true, and from what the reader knew before he began follows which answers
 * he may get (G2). What was written to a page before it was entered has to be seen
 * with it (G3), and a second lookup is not older than the first (G5).
 */
#include <stdio.h>

#include "pmt.h"
#include "scenarios.h"
#include "small-port.h"

#define PAGES 8
#define MOST_STEPS 8

enum step_kind { SET, REPLACE, FLIP, RUN, CLEAR, PREPARE, MERGE, GROW };

struct step {
    enum step_kind kind;
    unsigned int gpfn, nr, mfn;
};

struct script {
    struct step before[MOST_STEPS], then[MOST_STEPS];
    unsigned int nr_before, nr_then;
};

static struct pmt table;
static const struct script *script;
static unsigned int page;               /* the one that is looked up */

/* The words of a page, and after which step each was there. */
static struct history {
    struct { uint64_t word; unsigned int step, wrote; } was[2 * MOST_STEPS + 2];
    unsigned int nr;
} history[PAGES];
static unsigned int nr_steps;
static bool takes_down;                 /* some step: then 0 may be found at each try */

/* What the owner of a frame has written to it: that it was entered. */
static uint64_t contents[256];
static struct pmt_reverse_map back;

#define WORD(mfn) (((uint64_t)(mfn) << 12) | PMTE_present | PMTE_writable)

/* wrote: what its owner has written to the frame by then. */
static void remember(unsigned int gpfn, uint64_t word, unsigned int wrote)
{
    struct history *h = &history[gpfn];

    if ( h->nr && h->was[h->nr - 1].word == word )
        return;
    h->was[h->nr].word = word;
    h->was[h->nr].wrote = wrote;
    h->was[h->nr++].step = nr_steps;
}

static void enter(unsigned int mfn, unsigned int nr, uint64_t wrote)
{
    while ( nr-- )
        port_store(&contents[mfn + nr], wrote);
}

/* The frames of two pages change places, and their owner has written to both again. */
static void flip(const struct step *s)
{
    uint64_t word[2] = { pmt_lookup(&table, s->gpfn), pmt_lookup(&table, s->gpfn + 1) };

    enter(word[0] >> 12 & 0xff, 1, 2);
    enter(word[1] >> 12 & 0xff, 1, 2);
    pmt_replace_locked(&table, s->gpfn, word[1]);
    pmt_replace_locked(&table, s->gpfn + 1, word[0]);
    pmt_reverse_set(&back, word[0] >> 12 & 0xff, s->gpfn + 1);
    pmt_reverse_set(&back, word[1] >> 12 & 0xff, s->gpfn);
    nr_steps++;
    remember(s->gpfn, word[1], 2);
    remember(s->gpfn + 1, word[0], 2);
}

static int step_with_lock(const struct step *s)
{
    int rc;

    switch ( s->kind )
    {
    case SET:
    case CLEAR:
        rc = pmt_prepare_locked(&table, s->gpfn, 1);
        if ( !rc )
            (void)pmt_set_locked(&table, s->gpfn, s->kind == SET ? WORD(s->mfn) : PMTE_absent);
        return rc;
    case REPLACE:
        rc = pmt_prepare_locked(&table, s->gpfn, 1);
        if ( !rc )
            pmt_replace_locked(&table, s->gpfn, WORD(s->mfn));
        return rc;
    case FLIP:
        flip(s);
        return 0;
    case RUN:
        return pmt_set_run_locked(&table, s->gpfn, s->nr, WORD(s->mfn));
    case PREPARE:
        return pmt_prepare_locked(&table, s->gpfn, s->nr);
    case GROW:
        return pmt_grow_locked(&table, s->nr);
    case MERGE:
        break;
    }
    return -EINVAL;
}

static void step_do(const struct step *s)
{
    unsigned int i;

    if ( s->kind == MERGE )
        (void)pmt_merge(&table, 16);
    else
    {
        if ( s->kind == SET || s->kind == REPLACE || s->kind == RUN )
            enter(s->mfn, s->nr, 1);
        pmt_lock(&table);
        explore_require(!step_with_lock(s), "a step fails");
        pmt_unlock(&table);
    }
    nr_steps += s->kind != FLIP;
    for ( i = 0; i < s->nr && s->kind != FLIP && s->kind != PREPARE && s->kind != GROW; i++ )
        remember(s->gpfn + i, s->kind == CLEAR ? PMTE_absent : WORD(s->mfn + i), 1);
    explore_milestone();
}

static void prepare(void)
{
    unsigned int i;

    small_port_reset();
    memset(contents, 0, sizeof(contents));
    memset(history, 0, sizeof(history));
    page = explore_choose(4);
    explore_require(!pmt_create(&table, 0, PAGES, PAGE_SHIFT), "no table");
    small_port_dir(table.dir, table.bytes[PMTW_dir]);
    explore_require(!pmt_reverse_create(&back, 0, 16), "no reverse map");
    for ( i = 0; i < PAGES; i++ )
        remember(i, PMTE_absent, 0);
    for ( i = 0; i < script->nr_before; i++ )
        step_do(&script->before[i]);
    nr_steps = 0;
    for ( i = 0; i < PAGES; i++ )
    {
        history[i].was[0] = history[i].was[history[i].nr - 1];
        history[i].was[0].step = 0;
        history[i].nr = 1;
    }
    takes_down = false;
    for ( i = 0; i < script->nr_then; i++ )
        takes_down |= script->then[i].kind == MERGE || script->then[i].kind == RUN;
}

static void write_steps(void)
{
    unsigned int i;

    for ( i = 0; i < script->nr_then; i++ )
        step_do(&script->then[i]);
}

/* The answer is one that was true at or after what was known; which one. */
static unsigned int check(unsigned int gpfn, uint64_t word, unsigned int known)
{
    const struct history *h = &history[gpfn];
    unsigned int i;

    for ( i = 0; i < h->nr && h->was[i].word != word; i++ )
        ;
    explore_require(i < h->nr, "page %u: %#lx was never there", gpfn, (unsigned long)word);
    explore_require(i + 1 == h->nr || h->was[i + 1].step > known,
                    "page %u: %#lx was over before the lookup began", gpfn, (unsigned long)word);
    if ( word & PMTE_present )
        explore_require(port_load(&contents[word >> 12 & 0xff]) >= h->was[i].wrote,
                        "page %u: what its frame holds came later than the entry", gpfn);
    return i;
}

static unsigned int look_up(uint64_t (*lookup)(uint64_t gpfn), unsigned int known)
{
    uint64_t word = lookup(page);

    explore_note("page %u: %#lx", page, (unsigned long)word);
    /* Not yet in the table; or taken down at each try, and ask later. */
    if ( !word && history[page].was[0].word == PMTE_absent &&
         (!takes_down || script->then[0].kind == GROW) )
        word = PMTE_absent;
    explore_require(word || takes_down, "page %u: is not there, and nothing was taken down", page);
    if ( !word )
        explore_give_up();
    return check(page, word, known);
}

/* As a guest looks up, by the window that shows the state. */
static uint64_t guest_lookup(uint64_t gpfn)
{
    struct pmt_view view = table.view;

    view.gate = &table.state->nr_runs;
    return pmt_view_lookup(&view, gpfn);
}

/* As where the gate says to look at leaves first; it is a hint, so it may say so at any time. */
static uint64_t leaf_lookup(uint64_t gpfn)
{
    static const uint32_t leaves = PMT_GATE_LEAVES;
    struct pmt_view view = table.view;

    view.gate = &leaves;
    return pmt_view_lookup(&view, gpfn);
}

static uint64_t own_lookup(uint64_t gpfn)
{
    return pmt_lookup(&table, gpfn);
}

static uint64_t batch_lookup(uint64_t gpfn)
{
    uint64_t entry;

    pmt_lookup_batch(&table, &gpfn, &entry, 1);
    return entry;
}

/* How far it goes, which finds the page's own word in its own way. */
static uint64_t run_lookup(uint64_t gpfn)
{
    uint64_t entry;

    (void)pmt_run(&table, gpfn, 1, &entry);
    return entry;
}

static void read_by(uint64_t (*one)(uint64_t gpfn), uint64_t (*then)(uint64_t gpfn))
{
    unsigned int known = explore_meet(), first = look_up(one, known);
    unsigned int second = look_up(then, known);

    explore_require(second >= first, "page %u: the second answer is older", page);
}

static void read_twice(void) { read_by(own_lookup, own_lookup); }
static void read_as_guest(void) { read_by(guest_lookup, guest_lookup); }
static void read_batch(void) { read_by(batch_lookup, batch_lookup); }
static void read_then_run(void) { read_by(own_lookup, run_lookup); }
static void read_by_leaf(void) { read_by(leaf_lookup, leaf_lookup); }
static void read_then_leaf(void) { read_by(own_lookup, leaf_lookup); }
static void read_leaf_first(void) { read_by(leaf_lookup, own_lookup); }
static void read_run_first(void) { read_by(run_lookup, own_lookup); }

/* Each page of a run is as if it had been looked up. */
static void read_run(void)
{
    uint64_t entry, length, i;
    unsigned int known = explore_meet();

    length = pmt_run(&table, page, 4, &entry);
    if ( pmt_is_nothing(entry) )
        return;
    for ( i = 0; i < length; i++ )
        (void)check(page + (unsigned int)i, entry + i * table.view.step, known);
}

/* What is in the table has an answer. */
static void read_size(void)
{
    unsigned int known = explore_meet();

    if ( pmt_nr_gpfns(&table) <= page )
        explore_give_up();
    explore_require(pmt_lookup(&table, page) != 0, "page %u is in the table, and has no answer", page);
    (void)known;
}

static void conclude(void)
{
    uint64_t gpfn = 0, word = history[page].was[history[page].nr - 1].word;
    const char *wrong = pmt_audit_parts(&table, &gpfn);

    explore_require(!wrong, "afterwards, at %lu: %s", (unsigned long)gpfn, wrong ? wrong : "");
    explore_require(pmt_lookup(&table, page) == word || pmt_is_nothing(word),
                    "afterwards page %u is not what was set last", page);
}

#define FOUR { RUN, 0, 4, 16 }
#define SCRIPT(NAME, BEFORE, THEN)                                             \
    static const struct script script_##NAME = { BEFORE, THEN,                 \
        sizeof((struct step[])BEFORE) / sizeof(struct step),                   \
        sizeof((struct step[])THEN) / sizeof(struct step) };                   \
    static void prepare_##NAME(void)                                           \
    {                                                                          \
        script = &script_##NAME;                                               \
        prepare();                                                             \
    }
#define STEPS(...) { __VA_ARGS__ }

SCRIPT(set, STEPS({ PREPARE, 0, 4, 0 }, { SET, 0, 1, 1 }, { SET, 1, 1, 3 }),
       STEPS({ SET, 0, 1, 5 }, { SET, 0, 1, 7 }, { CLEAR, 0, 1, 0 }, { SET, 1, 1, 9 }))
SCRIPT(replace, STEPS({ SET, 0, 1, 1 }, { SET, 1, 1, 3 }), STEPS({ REPLACE, 0, 1, 5 }, { REPLACE, 0, 1, 7 }))
SCRIPT(flip, STEPS({ SET, 0, 1, 1 }, { SET, 1, 1, 3 }), STEPS({ FLIP, 0, 2, 0 }))
SCRIPT(split, STEPS({ RUN, 0, 2, 16 }, { RUN, 2, 2, 32 }), STEPS({ SET, 0, 1, 5 }))
SCRIPT(split_top, STEPS(FOUR), STEPS({ SET, 0, 1, 5 }))
SCRIPT(merge, STEPS({ SET, 0, 1, 16 }, { SET, 1, 1, 9 }, { RUN, 2, 2, 32 }),
       STEPS({ SET, 1, 1, 17 }, { MERGE, 0, 0, 0 }))
SCRIPT(merge_top, STEPS({ SET, 0, 1, 16 }, { SET, 1, 1, 9 }, { RUN, 2, 2, 18 }),
       STEPS({ SET, 1, 1, 17 }, { MERGE, 0, 0, 0 }, { MERGE, 0, 0, 0 }))
SCRIPT(again, STEPS({ RUN, 0, 2, 16 }, { RUN, 2, 2, 32 }),
       STEPS({ PREPARE, 0, 1, 0 }, { MERGE, 0, 0, 0 }, { RUN, 0, 2, 64 }, { SET, 1, 1, 5 }))
SCRIPT(again_top, STEPS(FOUR),
       STEPS({ PREPARE, 0, 1, 0 }, { MERGE, 0, 0, 0 }, { MERGE, 0, 0, 0 }, { RUN, 0, 4, 64 }))
/* The frame of its leaves stays, for a neighbour's, if frames are as large. */
SCRIPT(beside, STEPS({ SET, 2, 1, 5 }, { RUN, 0, 2, 16 }),
       STEPS({ PREPARE, 0, 1, 0 }, { MERGE, 0, 0, 0 }, { RUN, 0, 2, 64 }))
SCRIPT(run_over, STEPS({ SET, 0, 1, 1 }, { SET, 1, 1, 3 }, { SET, 2, 1, 5 }),
       STEPS({ RUN, 0, 4, 16 }, { RUN, 0, 4, 32 }))
SCRIPT(over, STEPS({ SET, 0, 1, 1 }, { SET, 1, 1, 3 }, { SET, 2, 1, 5 }), STEPS({ RUN, 0, 4, 16 }))
SCRIPT(grow, STEPS({ GROW, 0, 0, 0 }), STEPS({ GROW, 0, 4, 0 }, { RUN, 0, 4, 16 }))

SCRIPT(only_grow, STEPS({ GROW, 0, 0, 0 }), STEPS({ GROW, 0, 4, 0 }))

#define ROW(NAME, SAYS) { #NAME, SAYS, prepare_##NAME, { write_steps, read_twice }, conclude, true }
#define ROW_AS(NAME, HOW, SAYS) { #NAME "+" #HOW, SAYS, prepare_##NAME, { write_steps, read_##HOW }, conclude, true }

const struct explore_scenario table_scenarios[] = {
    ROW(set, "a page is replaced, and lookups"),
    ROW(replace, "a page is replaced by another, and lookups"),
    ROW(flip, "two pages change places, and lookups"),
    ROW(split, "a directory entry is split, and lookups"),
    ROW(split_top, "an entry of the top is split, and lookups"),
    ROW(merge, "two pages become a run, their leaf goes, and lookups"),
    ROW(merge_top, "four pages become a run, their directory goes, and lookups"),
    ROW(again, "split, merged, another run, split again, and late lookups"),
    ROW(again_top, "the same one level higher"),
    ROW(run_over, "a run over what was there, and lookups"),
    ROW(grow, "the table grows, and lookups"),
    ROW_AS(split_top, run, "an entry of the top is split, and somebody asks for the run"),
    ROW_AS(merge, run, "two pages become a run, and somebody asks for the run"),
    ROW_AS(run_over, run, "a run over what was there, and somebody asks for the run"),
    ROW_AS(split, run, "a directory entry is split, and somebody asks for the run"),
    ROW_AS(over, then_run, "a run over what was there, a lookup, and how far it goes"),
    ROW_AS(over, run_first, "the same, in the other order"),
    ROW_AS(merge_top, run_first, "a directory goes, how far it goes, and a lookup"),
    ROW_AS(set, by_leaf, "a page is replaced, and lookups by the leaf"),
    ROW_AS(split_top, then_leaf, "an entry of the top is split, a lookup, and one by the leaf"),
    ROW_AS(split_top, leaf_first, "the same, in the other order"),
    ROW_AS(over, then_leaf, "a run over what was there, a lookup, and one by the leaf"),
    ROW_AS(over, leaf_first, "the same, in the other order"),
    ROW_AS(again, then_leaf, "split, merged, another run, a lookup, and one by the leaf"),
    ROW_AS(again, leaf_first, "the same, in the other order"),
    ROW_AS(merge_top, then_leaf, "a directory goes, a lookup, and one by the leaf"),
    ROW_AS(merge_top, leaf_first, "the same, in the other order"),
    ROW_AS(again_top, then_leaf, "split and merged one level higher, a lookup, and one by the leaf"),
    ROW_AS(grow, by_leaf, "the table grows, and lookups by the leaf"),
    ROW_AS(beside, then_leaf, "merged beside a page that keeps its leaf, another run, a lookup, and one by the leaf"),
    ROW_AS(beside, leaf_first, "the same, in the other order"),
    ROW_AS(split_top, as_guest, "an entry of the top is split, and a guest looks up"),
    ROW_AS(merge_top, as_guest, "a directory goes, and a guest looks up"),
    ROW_AS(run_over, as_guest, "a run over what was there, and a guest looks up"),
    ROW_AS(grow, as_guest, "the table grows, and a guest looks up"),
    ROW_AS(again, batch, "split, merged, split again, and a batch"),
    ROW_AS(grow, batch, "the table grows, and a batch"),
    ROW_AS(grow, size, "the table grows, and somebody asks how far"),
    ROW_AS(only_grow, size, "the table grows, and nothing else"),
};
const unsigned int nr_table_scenarios = sizeof(table_scenarios) / sizeof(table_scenarios[0]);
const char explored_numbers[] = "ABC";
/* Each load is an acquire, or each store a release, or there is a fence. */
const struct explored_pass explored_passes[] = { { 0 } };
