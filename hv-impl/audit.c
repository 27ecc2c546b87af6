/* SPDX-License-Identifier: MIT */
/*
 * The audit of one domain: does its table agree with the reverse map, with who owns
 * the pages, and with how many references there are?
 *
 * Needs p2m.h. Gives hv_audit, for a domain at rest.
 */
#include "p2m.h"

/* ---- a sentence ------------------------------------------------------------------------ */

struct sentence {
    char *text;
    size_t size, used;
};

static void say(struct sentence *s, const char *what)
{
    while ( *what && s->used + 1 < s->size )
        s->text[s->used++] = *what++;
    if ( s->size )
        s->text[s->used] = '\0';
}

static void say_number(struct sentence *s, const char *before, uint64_t value)
{
    char digits[17];
    unsigned int i = sizeof(digits) - 1;

    digits[i] = '\0';
    do
        digits[--i] = "0123456789abcdef"[value & 15];
    while ( (value >>= 4) );
    say(s, before);
    say(s, "0x");
    say(s, &digits[i]);
}

int hv_says(const char *sentence, char *what, size_t size)
{
    struct sentence s = { what, size, 0 };

    if ( sentence )
        say(&s, sentence);
    return sentence ? -1 : 0;
}

/* ---- one entry ---------------------------------------------------------------------------- */

struct audit {
    struct domain *d;
    struct sentence *s;
    uint64_t own;                       /* entries that have a reverse one */
};

static int wrong(struct audit *a, uint64_t gfn, uint64_t entry, const char *what)
{
    say(a->s, what);
    say_number(a->s, ": domain ", a->d->domain_id);
    say_number(a->s, ", frame ", gfn);
    say_number(a->s, ", entry ", entry);
    return -1;
}

static bool kind_is_own(enum p2m_kind kind)
{
    return kind == P2M_RAM || kind == P2M_LENT || kind == P2M_SPECIAL ||
           kind == P2M_LEAVING;
}

static int audit_page(struct audit *a, uint64_t gfn, uint64_t entry)
{
    struct domain *owner = port_page_owner(p2m_entry_mfn(entry));
    bool own = kind_is_own(p2m_kind(entry));
    unsigned int references, writers;
    bool allocated;

    if ( own && owner != a->d )
        return wrong(a, gfn, entry, "an entry for memory that is not the domain's");
    /* Who may grant to himself may map it, too. */
    if ( !own && (!owner || (owner == a->d && p2m_kind(entry) != P2M_GRANT)) )
        return wrong(a, gfn, entry, "an entry for another's page, which is not");
    if ( own != !(entry & PMTE_foreign) )
        return wrong(a, gfn, entry, "foreign is not said of the right pages");
    allocated = port_page_counts(p2m_entry_mfn(entry), &references, &writers);
    /* Whoever gives a page of his own back takes it out of his table first. */
    if ( p2m_kind(entry) == P2M_RAM && !allocated )
        return wrong(a, gfn, entry, "an entry for a page that was given back");
    /* Then "allocated" is one more. */
    if ( references < (own ? 2u : 1u) )
        return wrong(a, gfn, entry, "an entry that has no reference");
    return 0;
}

static int audit_entry(void *context, uint64_t gfn, uint64_t entry)
{
    struct audit *a = context;
    uint64_t mfn = p2m_entry_mfn(entry);

    if ( p2m_kind(entry) == P2M_PAGED )
        return entry == P2M_PAGED_WORD ? 0 : wrong(a, gfn, entry, "paged out, and more");
    if ( !p2m_entry_holds(entry) )
        return wrong(a, gfn, entry, "neither a page nor none");
    if ( p2m_kind(entry) == P2M_LEAVING && (entry & PMTE_present) )
        return wrong(a, gfn, entry, "leaving, and within reach");
    if ( p2m_kind(entry) >= P2M_NR_KINDS )
        return wrong(a, gfn, entry, "an entry of no kind");
    if ( p2m_kind(entry) == P2M_DEVICE )
        return port_page_is_io(mfn) ? 0 : wrong(a, gfn, entry, "no device memory");
    if ( !port_mfn_valid(mfn) )
        return wrong(a, gfn, entry, "an entry for no frame");
    if ( kind_is_own(p2m_kind(entry)) )
    {
        a->own++;
        if ( pmt_reverse_get(&hv_reverse, mfn) != gfn )
            return wrong(a, gfn, entry, "the reverse map says something else");
    }
    return audit_page(a, gfn, entry);
}

/* ---- the other way round -------------------------------------------------------------------- */

/* Memory comes in banks of so many granules at least, aligned. */
#define BANK UINT64_C(1024)

/* As many pages of the domain's say they are somewhere as there are entries. */
static int audit_reverse(struct audit *a)
{
    uint64_t mfn, gfn, nr = 0;

    for ( mfn = port_min_mfn(); mfn <= port_max_mfn(); mfn++ )
    {
        if ( !port_mfn_valid(mfn) )
        {
            mfn |= BANK - 1;
            continue;
        }
        if ( port_page_owner(mfn) != a->d )
            continue;
        gfn = pmt_reverse_get(&hv_reverse, mfn);
        if ( gfn == PMT_NO_GPFN )
            continue;
        if ( p2m_gfn_to_mfn(a->d, gfn) != mfn )
            return wrong(a, gfn, mfn, "the reverse map names a frame where the page is not");
        nr++;
    }
    return nr == a->own ? 0 : wrong(a, nr, a->own, "as many frames as entries");
}

int hv_audit(struct domain *d, char *what, size_t size)
{
    struct sentence s = { what, size, 0 };
    struct audit a = { d, &s, 0 };
    const char *part;
    uint64_t gfn = 0;
    int rc;

    if ( !d->hv )
        return 0;
    part = pmt_audit_parts(&d->hv->pmt, &gfn);
    if ( part )
        return wrong(&a, gfn, 0, part);
    /* In a dying domain entries may outlive their pages: nobody gets a page by them. */
    if ( d->is_dying )
        return 0;
    rc = pmt_audit(&d->hv->pmt, audit_entry, &a);
    if ( rc )
        return -1;
    if ( d->tot_pages > d->max_pages )
        return wrong(&a, d->tot_pages, d->max_pages, "more pages than it may have");
    return audit_reverse(&a);
}
