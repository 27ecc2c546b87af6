/* SPDX-License-Identifier: MIT */
/*
 * Looking for mistakes in a table, level by level. Each sentence is something that
 * tests/table plants.
 */
#include "pmt-parts.h"

/* What is counted on the way, to be compared with what the table says. */
struct counts {
    uint64_t runs, tables, extents, mapped;
};

#define RESERVED_BITS (UINT64_C(1) << 10 | UINT64_C(1) << 63)

/* An entry of one page, as a leaf may have it. */
static const char *entry_mistake(uint64_t entry)
{
    if ( !entry )
        return "a leaf in use is a hole";
    if ( entry & PMTE_table )
        return "a leaf says table";
    if ( entry & RESERVED_BITS )
        return "a reserved bit is set";
    if ( PMTE_order(entry) )
        return "an order, where none is kept";
    if ( (entry & PMTE_present) && (entry & PMTE_absent) )
        return "present and absent";
    if ( !(entry & PMTE_present) && entry != PMTE_absent && !PMTE_software(entry) )
        return "neither present nor absent, and nobody knows why";
    return NULL;
}

static const char *extent_mistake(const struct pmt *t, uint64_t dir, struct counts *found,
                                  uint64_t *gpfn)
{
    uint32_t word = pmt_dir_word(t, dir);
    uint64_t size = pmt_nr_gpfns(t), end = *gpfn + PMT_DIR_PAGES;
    const char *mistake;

    if ( !word )
        return "a directory in use is a hole";
    if ( !(word & PMTD_table) )
    {
        if ( !(word & PMTD_present) && word != PMT_DIR_ABSENT )
            return "a directory entry that is neither present nor absent";
        if ( (word & PMTD_present) && end > size )
            return "a run beyond the end of the table";
        found->mapped += word & PMTD_present ? PMT_DIR_PAGES : 0;
        if ( !pmt_leaf_there(t, dir) )
            return NULL;
        for ( ; *gpfn < end; ++*gpfn )
            if ( pmt_leaf_word(t, *gpfn) )
                return "a leaf that is not in use is no hole";
        return NULL;
    }
    if ( word != PMTD_table )
        return "a directory entry that says table, and more";
    found->extents++;
    for ( ; *gpfn < end; ++*gpfn )
    {
        uint64_t entry = pmt_leaf_word(t, *gpfn);

        mistake = entry_mistake(entry);
        if ( mistake )
            return mistake;
        if ( *gpfn >= size && entry != PMTE_absent )
            return "a page beyond the end of the table";
        found->mapped += entry != PMTE_absent;
    }
    return NULL;
}

static const char *top_mistake(const struct pmt *t, uint64_t top, struct counts *found,
                               uint64_t *gpfn)
{
    uint64_t word = pmt_top_word(t, top), dir = top * PMT_TOP_DIRS, i;
    const char *mistake;

    if ( !word )
        return "a top in use is a hole";
    if ( word & PMTE_table )
    {
        if ( word != PMTE_table )
            return "a top that says table, and more";
        found->tables++;
        for ( i = 0; i < PMT_TOP_DIRS; i++ )
        {
            *gpfn = (dir + i) << PMT_DIR_SHIFT;
            mistake = extent_mistake(t, dir + i, found, gpfn);
            if ( mistake )
                return mistake;
        }
        return NULL;
    }

    found->runs++;
    if ( !pmt_fits(t, word, PMT_TOP_PAGES) )
        return "a run in top that could not be split";
    if ( (word & PMTE_present) && *gpfn + PMT_TOP_PAGES > pmt_nr_gpfns(t) )
        return "a run beyond the end of the table";
    found->mapped += word & PMTE_present ? PMT_TOP_PAGES : 0;
    for ( i = 0; i < PMT_TOP_DIRS; i++ )
        if ( pmt_dir_word(t, dir + i) )
            return "a directory below a run is no hole";
    return NULL;
}

static const char *count_mistake(const struct pmt *t, const struct counts *found)
{
    if ( port_load(&t->state->nr_runs) !=
         pmt_gate_of(found->runs, found->extents, pmt_nr_gpfns(t)) )
        return "the gate says neither the runs of top nor whether most extents have leaves";
    if ( t->nr_tables != found->tables )
        return "the number of tables is wrong";
    if ( t->nr_extents != found->extents )
        return "the number of extents with leaves is wrong";
    if ( pmt_nr_mapped(t) != found->mapped )
        return "the number of pages is wrong";
    return NULL;
}

static const char *state_mistake(const struct pmt *t)
{
    if ( pmt_nr_gpfns(t) > t->view.limit )
        return "the table is longer than its windows";
    if ( t->state->page_shift != t->page_shift )
        return "guests are told another page size";
    return NULL;
}

const char *pmt_audit_parts(const struct pmt *t, uint64_t *gpfn)
{
    uint64_t top, size, slots = t->bytes[PMTW_top] / sizeof(*t->top);
    struct counts found = { .runs = 0 };
    const char *mistake;

    *gpfn = PMT_NO_GPFN;
    mistake = state_mistake(t);
    if ( mistake )
        return mistake;
    size = (pmt_nr_gpfns(t) + PMT_TOP_PAGES - 1) >> PMT_TOP_SHIFT;
    for ( top = 0; top < slots; top++ )
    {
        *gpfn = top << PMT_TOP_SHIFT;
        if ( top >= size && pmt_top_word(t, top) )
            return "a slot of top that is not in use is not 0";
        mistake = top < size ? top_mistake(t, top, &found, gpfn) : NULL;
        if ( mistake )
            return mistake;
    }
    *gpfn = PMT_NO_GPFN;
    return count_mistake(t, &found);
}

int pmt_audit(const struct pmt *t, pmt_audit_fn *fn, void *context)
{
    uint64_t gpfn = 0, entry;
    int rc;

    if ( pmt_audit_parts(t, &gpfn) )
        return -EINVAL;
    if ( !fn )
        return 0;
    for ( gpfn = pmt_next(t, 0); gpfn != PMT_NO_GPFN; gpfn = pmt_next(t, gpfn + 1) )
    {
        entry = pmt_lookup(t, gpfn);
        rc = pmt_is_nothing(entry) ? 0 : fn(context, gpfn, entry);
        if ( rc )
            return rc;
    }
    return 0;
}
