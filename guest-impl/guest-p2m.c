/* SPDX-License-Identifier: MIT */
/* Lookups in the table that Xen keeps: see guest-p2m.h. */
#include "guest-p2m.h"

#include "hc-pmt.h"

#define TOP_SHIFT   18
#define DIR_SHIFT   9

/* nr_runs where most pages have a leaf. */
#define LEAF_FIRST  (UINT32_C(1) << 31)

/* Entry words without what may differ within a run. */
#define SAME_IN_RUN (PMTE_present | PMTE_writable | PMTE_io | PMTE_foreign)

struct place {
    uint64_t word;              /* of the page itself */
    uint64_t pages;             /* from this one on that the same word answers for */
};

static unsigned int page_order(const struct guest_p2m *p)
{
    return p->guest->page_shift - p->guest->granule_shift;
}

static uint64_t make_word(uint64_t mfn, uint64_t attributes)
{
    return mfn << 12 | attributes;
}

/* ---- windows --------------------------------------------------------------------- */

static uint64_t window_bytes(unsigned int window, uint64_t gpfns)
{
    switch ( window )
    {
    case PMTW_top:
        return ((gpfns - 1) >> TOP_SHIFT) * sizeof(uint64_t) + sizeof(uint64_t);
    case PMTW_dir:
        return ((gpfns - 1) >> DIR_SHIFT) * sizeof(uint32_t) + sizeof(uint32_t);
    case PMTW_leaf:
        return gpfns * sizeof(uint64_t);
    default:
        return sizeof(pmt_state_t);
    }
}

static uint32_t window_pages(const struct guest_p2m *p, unsigned int window, uint64_t gpfns)
{
    return (uint32_t)((window_bytes(window, gpfns) + guest_page_size(p->guest) - 1) >>
                      p->guest->page_shift);
}

static int attach(struct guest_p2m *p, unsigned int window, uint32_t nr, uint64_t address)
{
    pmt_attach_t a = { .domid = DOMID_SELF, .window = window, .nr = nr, .address = address };
    long rc = hc_pmt_attach(&a, 1);

    /* What was attached before something failed, too: it is to be detached. */
    p->window[window] = a.address;
    p->pages[window] = rc || a.status ? a.done : nr;
    return rc ? (int)rc : guest_pmt_error(a.status);
}

static void detach_all(struct guest_p2m *p)
{
    bool gone = true;
    unsigned int i;

    for ( i = 0; i < 4; i++ )
    {
        pmt_detach_t d = { .address = p->window[i], .nr = p->pages[i] };

        if ( p->pages[i] && (hc_pmt_detach(&d, 1) || d.status) )
            gone = false;
        p->pages[i] = 0;
    }
    p->covered = 0;
    /* What is still there must not be taken for a hole. */
    if ( gone && p->hole != GUEST_NO_FRAME )
        p->guest->kernel->hole_put(p->guest, p->hole_pages, p->hole);
    p->hole = GUEST_NO_FRAME;
}

/* All four, one behind the other in a hole; a PV guest is told where. */
static int attach_all(struct guest_p2m *p, uint64_t gpfns)
{
    struct guest *g = p->guest;
    uint64_t at = 0;
    unsigned int i;
    int rc;

    for ( i = 0, p->hole_pages = 0; i < 4; i++ )
        p->hole_pages += window_pages(p, i, gpfns);
    if ( g->translated )
    {
        rc = g->kernel->hole_get(g, p->hole_pages, &p->hole);
        if ( rc )
            return rc;
        at = p->hole << g->page_shift;
    }
    for ( i = 0; i < 4; i++ )
    {
        uint32_t nr = window_pages(p, i, gpfns);

        rc = attach(p, i, nr, at);
        if ( rc )
        {
            detach_all(p);
            return rc;
        }
        if ( g->translated )
            at += (uint64_t)nr << g->page_shift;
    }
    p->covered = gpfns;
    return 0;
}

int guest_p2m_start(struct guest_p2m *p, struct guest *g, uint64_t limit)
{
    uint64_t gpfns = limit < g->nr_gpfns ? limit : g->nr_gpfns;

    *p = (struct guest_p2m){ .guest = g, .hole = GUEST_NO_FRAME, .nr_pins = limit };
    p->pins = g->kernel->allocate(g, limit);
    if ( !p->pins )
        return -GUEST_ENOMEM;
    /* Where it may not grow so far, what is there; without windows all is asked for. */
    if ( g->right && g->windows && attach_all(p, limit) && gpfns < limit )
        attach_all(p, gpfns);
    return 0;
}

void guest_p2m_stop(struct guest_p2m *p)
{
    detach_all(p);
    if ( p->pins )
        p->guest->kernel->release(p->guest, p->pins, p->nr_pins);
    p->pins = NULL;
    p->nr_pins = 0;
}

/* ---- lookups --------------------------------------------------------------------- */

/* A pointer to element i of a window. */
static const void *element(struct guest_p2m *p, unsigned int window, uint64_t i, unsigned int size)
{
    return p->guest->kernel->reach(p->guest, p->window[window] + i * size, false);
}

static struct place read_leaf(struct guest_p2m *p, uint64_t pfn)
{
    const uint64_t *leaf = element(p, PMTW_leaf, pfn, sizeof(*leaf));

    /* Pairs with A1. */
    return (struct place){ leaf ? guest_load_acquire(leaf) : 0, 1 };
}

/* By the rules of enum pmt_window: 0, or what stands there. */
static struct place read_table(struct guest_p2m *p, uint64_t pfn)
{
    const struct place hole = { 0, 1 };
    const uint64_t in_top = pfn & ((1u << TOP_SHIFT) - 1), in_dir = pfn & ((1u << DIR_SHIFT) - 1);
    const pmt_state_t *state = element(p, PMTW_state, 0, sizeof(*state));
    const uint64_t *wide;
    const uint32_t *narrow;
    struct place place;
    uint32_t runs, d;

    if ( !state )
        return hole;
    /* Pairs with A7 of hv-impl/pmt.h. */
    runs = guest_load_acquire(&state->nr_runs);
    if ( runs & LEAF_FIRST )
    {
        place = read_leaf(p, pfn);
        if ( place.word )
            return place;
    }
    else if ( runs )
    {
        wide = element(p, PMTW_top, pfn >> TOP_SHIFT, sizeof(*wide));
        if ( !wide )
            return hole;
        /* Pairs with A5. */
        place.word = guest_load_acquire(wide);
        if ( !(place.word & PMTE_table) )
        {
            if ( !(place.word & PMTE_present) )
                return place.pages = 1, place;
            place.word = make_word(PMTE_mfn(place.word) + (in_top << page_order(p)),
                                   place.word & SAME_IN_RUN);
            place.pages = (1u << TOP_SHIFT) - in_top;
            return place;
        }
    }
    narrow = element(p, PMTW_dir, pfn >> DIR_SHIFT, sizeof(*narrow));
    if ( !narrow )
        return hole;
    /* Pairs with A3. The bits of an entry below table are those of the directory. */
    d = guest_load_acquire(narrow);
    if ( !(d & PMTD_table) )
    {
        /* Neither present nor 0: nothing is there, and this is no hole. */
        place.word = d & PMTD_present ? make_word(PMTD_mfn(d) + (in_dir << page_order(p)),
                                                  d & SAME_IN_RUN)
                                      : d ? PMTE_absent : 0;
        place.pages = (1u << DIR_SHIFT) - in_dir;
        return place;
    }
    return read_leaf(p, pfn);
}

static int ask(struct guest_p2m *p, uint64_t pfn, uint32_t limit, struct place *place)
{
    pmt_translate_t t = { .gpfn = pfn, .domid = DOMID_SELF, .limit = limit };
    long rc = hc_pmt_translate(&t, 1);

    p->asked++;
    if ( rc || t.status )
        return rc ? (int)rc : guest_pmt_error(t.status);
    place->word = t.entry;
    place->pages = t.run ? t.run : 1;
    return 0;
}

static int find(struct guest_p2m *p, uint64_t pfn, uint32_t limit, struct place *place)
{
    struct guest *g = p->guest;
    unsigned int tries;
    int rc;

    if ( !g->xen )
    {
        *place = (struct place){
            make_word(pfn << page_order(p), PMTE_present | PMTE_writable),
            limit ? limit : 1 };
        return 0;
    }
    if ( !g->right )
        return -GUEST_EPERM;
    place->word = 0;
    for ( tries = 0; pfn < p->covered && !place->word && tries < GUEST_P2M_TRIES; tries++ )
        *place = read_table(p, pfn);
    if ( !place->word )
    {
        rc = ask(p, pfn, limit, place);
        if ( rc )
            return rc;
    }
    return place->word & PMTE_present ? 0 : -GUEST_ENOENT;
}

int guest_p2m_lookup(struct guest_p2m *p, uint64_t pfn, uint64_t *entry)
{
    struct place place = { 0, 1 };
    int rc = find(p, pfn, 1, &place);

    *entry = place.word;
    return rc;
}

int guest_p2m_run(struct guest_p2m *p, uint64_t pfn, uint64_t limit, uint64_t *entry, uint64_t *run)
{
    struct place place = { 0, 1 };
    uint64_t mfn, n;
    int rc;

    limit = limit > 1u << TOP_SHIFT ? 1u << TOP_SHIFT : limit;
    rc = find(p, pfn, (uint32_t)limit, &place);
    *entry = place.word;
    *run = 0;
    if ( rc )
        return rc;
    mfn = PMTE_mfn(place.word);
    for ( n = place.pages; n < limit; n += place.pages )
        if ( find(p, pfn + n, (uint32_t)(limit - n), &place) ||
             PMTE_mfn(place.word) != mfn + (n << page_order(p)) ||
             ((place.word ^ *entry) & SAME_IN_RUN) )
            break;
    *run = n < limit ? n : limit;
    return 0;
}

int guest_p2m_reverse(struct guest_p2m *p, uint64_t mfn, uint64_t *pfn)
{
    pmt_reverse_t r = { .mfn = mfn };
    long rc;

    *pfn = mfn >> page_order(p);
    if ( !p->guest->xen )
        return 0;
    rc = hc_pmt_reverse(&r, 1);
    *pfn = r.gpfn;
    return rc ? (int)rc : guest_pmt_error(r.status);
}

/* ---- pins ------------------------------------------------------------------------ */

int guest_p2m_pin(struct guest_p2m *p, uint64_t pfn)
{
    if ( pfn >= p->nr_pins )
        return -GUEST_EINVAL;
    if ( p->pins[pfn] == 0xff )
        return -GUEST_EBUSY;
    p->pins[pfn]++;
    return 0;
}

void guest_p2m_unpin(struct guest_p2m *p, uint64_t pfn)
{
    if ( pfn < p->nr_pins && p->pins[pfn] )
        p->pins[pfn]--;
}

bool guest_p2m_pinned(const struct guest_p2m *p, uint64_t pfn)
{
    return pfn < p->nr_pins && p->pins[pfn];
}

int guest_p2m_frame(struct guest_p2m *p, uint64_t pfn, uint64_t *frame)
{
    uint64_t entry;
    int rc;

    *frame = pfn;
    if ( p->guest->translated )
        return 0;
    rc = guest_p2m_lookup(p, pfn, &entry);
    *frame = PMTE_mfn(entry);
    return rc;
}
