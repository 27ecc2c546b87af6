/* SPDX-License-Identifier: MIT */
/*
 * Pins: what an entry allows, and that its granter sees it in use.
 *
 * Needs an entry and its lock. Gives one more user, with a reference to the page,
 * or one less. What the granter has written counts when the first user comes, and
 * is kept; later users get the same page, or nothing.
 *
 * The bits that say "in use" are set first, and then the rest is read: a granter
 * that finds them clear may write the entry anew, and one that finds them set
 * leaves it alone.
 */
#include "grant-table.h"

/* An entry's contents, read once. */
struct grant_seen {
    uint16_t kind;
    uint16_t offset, length;
    domid_t through_domid;
    grant_ref_t through_ref;
    uint64_t frame;
};

static bool pin_allowed(unsigned int version, struct grant_entry_header hdr,
                        struct domain *user, bool writable, bool whole)
{
    if ( hdr.domid != user->domain_id || (writable && (hdr.flags & GTF_readonly)) )
        return false;
    switch ( hdr.flags & GTF_type_mask )
    {
    case GTF_permit_access:
        return !whole || !(hdr.flags & GTF_sub_page);
    case GTF_transitive:
        return !whole && version == 2;
    default:
        return false;
    }
}

/* Bits of ours go; whatever else the guest has written stays. */
static void word_clear(struct grant_table *t, const struct grant_shared *s,
                       uint16_t bits)
{
    for ( unsigned int i = 0; i < GRANT_TRIES; i++ )
    {
        uint16_t was = port_load(s->flags); /* checked by the exchange */

        /* Pairs with the guest's exchange of flags for 0. */
        if ( !(was & bits) ||
             port_cmpxchg(s->flags, was, (uint16_t)(was & ~bits)) == was )
            return;
    }
    /* It keeps changing a word that it has no business with. */
    port_domain_crash(t->d);
}

/* Version 1: flags and domid, and our bits, in one exchange. */
static int mark_word(const struct grant_shared *s, struct domain *user,
                     bool writable, bool whole, uint16_t *flags,
                     uint16_t *set)
{
    uint16_t bits = GTF_reading | (writable ? GTF_writing : 0);

    for ( unsigned int i = 0; i < GRANT_TRIES; i++ )
    {
        union grant_head was, now;

        was.word = port_load(s->word); /* checked by the exchange */
        if ( !pin_allowed(1, was.hdr, user, writable, whole) )
            return GNTST_general_error;
        now = was;
        now.hdr.flags |= bits;
        PORT_POINT("grant looked at");
        /* Pairs with the guest's exchange of flags for 0. */
        if ( port_cmpxchg(s->word, was.word, now.word) == was.word )
        {
            *flags = was.hdr.flags;
            *set = bits & ~was.hdr.flags;
            return GNTST_okay;
        }
    }
    return GNTST_general_error;
}

/* Version 2: say so in the status word, then look whether the entry still stands. */
static int mark_status(const struct grant_shared *s, struct domain *user,
                       bool writable, bool whole, uint32_t pin, uint16_t *flags)
{
    uint16_t bits = GTF_reading | (writable ? GTF_writing : 0);

    for ( unsigned int i = 0; i < GRANT_TRIES; i++ )
    {
        union grant_head was, now;

        was.word = port_load(s->word); /* looked at again below */
        if ( !pin_allowed(2, was.hdr, user, writable, whole) )
            break;
        port_store(s->status, (uint16_t)(grant_bits(pin) | bits));
        PORT_POINT("grant looked at");
        /* F1: pairs with the guest's: flags to 0, fence, read status */
        port_fence();
        /* F2: what is read of the entry from here on is what flags stood for */
        now.word = port_load_acquire(s->word);
        if ( now.word == was.word )
        {
            *flags = was.hdr.flags;
            return GNTST_okay;
        }
    }
    port_store_release(s->status, grant_bits(pin)); /* as it was: pairs with grant_show() */
    return GNTST_general_error;
}

/* After the mark: the guest leaves the entry alone. */
static void entry_read(const struct grant_shared *s, uint16_t flags,
                       struct grant_seen *seen)
{
    memset(seen, 0, sizeof(*seen));
    seen->kind = GRANT_PAGE;
    if ( s->version == 1 )
        seen->frame = port_load((grant_word_t *)&s->v1->frame); /* after the mark's exchange */
    else if ( (flags & GTF_type_mask) == GTF_transitive )
    {
        seen->kind = GRANT_THROUGH;
        /* Read after F2, in mark_status(). */
        seen->through_domid = port_load((grant_flags_t *)&s->v2->transitive.trans_domid);
        seen->through_ref = port_load((grant_word_t *)&s->v2->transitive.gref);
    }
    else
    {
        seen->frame = port_load((grant_long_t *)&s->v2->full_page.frame); /* as above */
        if ( flags & GTF_sub_page )
        {
            seen->kind = GRANT_PART;
            /* Read after F2, in mark_status(). */
            seen->offset = port_load((grant_flags_t *)&s->v2->sub_page.page_off);
            seen->length = port_load((grant_flags_t *)&s->v2->sub_page.length);
        }
    }
}

static bool entry_is_as_recorded(const struct grant_entry *e,
                                 const struct grant_seen *seen)
{
    return e->kind == seen->kind && e->frame == seen->frame &&
           e->offset == seen->offset && e->length == seen->length &&
           e->through_domid == seen->through_domid &&
           e->through_ref == seen->through_ref;
}

static void entry_record(struct grant_entry *e, const struct grant_seen *seen,
                         struct domain *user)
{
    e->domid = user->domain_id;
    e->kind = seen->kind;
    e->offset = seen->offset;
    e->length = seen->length;
    e->through_domid = seen->through_domid;
    e->through_ref = seen->through_ref;
    e->frame = seen->frame;
    e->mfn = HV_INVALID_MFN;
}

/*
 * What a domain has borrowed it can grant back to the lender, who has the page
 * already, and to nobody else.
 */
static int page_borrowed(struct domain *granter, uint64_t frame,
                         struct domain *user, bool writable, uint64_t *mfn)
{
    bool typed;
    uint64_t entry = p2m_gfn_valid(granter, frame)
                     ? pmt_lookup(&granter->hv->pmt, frame) : 0;

    if ( !p2m_entry_holds(entry) || p2m_kind(entry) != P2M_LOAN ||
         (writable && !(entry & PMTE_writable)) )
        return GNTST_bad_page;
    *mfn = p2m_entry_mfn(entry);
    /* The loan may be over: then the page is the lender's, but not there. */
    if ( !port_page_get(*mfn, user) )
        return GNTST_bad_page;
    if ( writable )
        PORT_POINT("p2m-get-type");
    typed = !writable || port_page_get_type(*mfn, true);
    /* Only now, as in p2m_get_page(): who takes the right to write away counts types. */
    if ( typed && (!HV_RULE(LOOK_AGAIN) || entry == pmt_lookup(&granter->hv->pmt, frame)) )
        return GNTST_okay;
    if ( writable && typed )
        port_page_put_type(*mfn, true);
    port_page_put(*mfn);
    return GNTST_bad_page;
}

/* The first user's page. */
static int page_find(struct domain *granter, uint64_t frame,
                     struct domain *user, bool writable, uint64_t *mfn)
{
    switch ( p2m_get_frame(granter, frame, writable, mfn, NULL) )
    {
    case 0:
        return GNTST_okay;
    case -EXDEV:
        return page_borrowed(granter, frame, user, writable, mfn);
    case -EACCES:
        return GNTST_general_error;
    case -EAGAIN:
        return GNTST_eagain;
    default:
        if ( is_pv_domain(granter) && port_page_is_io(frame) )
            return GNTST_general_error;
        return GNTST_bad_page;
    }
}

/* A later user's, which is held already: if the granter still has it there, for this. */
static int page_again(struct grant_table *t, const struct grant_entry *e,
                      struct domain *user, bool writable)
{
    uint64_t mfn;
    int rc = page_find(t->d, e->frame, user, writable, &mfn);

    if ( rc || mfn == e->mfn )
        return rc;
    p2m_put_page(mfn, writable);
    return GNTST_bad_page;
}

/* Reads what the entry says now; it may have to be what the record says. */
static int pin_marked(struct grant_table *t, struct grant_entry *e,
                      const struct grant_shared *s, struct domain *user,
                      bool writable, uint16_t flags, struct grant_seen *seen,
                      uint64_t *mfn)
{
    entry_read(s, flags, seen);
    if ( e->pin && HV_RULE(READ_ONCE) && !entry_is_as_recorded(e, seen) )
        return GNTST_general_error;
    if ( seen->kind == GRANT_THROUGH )
        return GNTST_okay;
    if ( e->pin && HV_RULE(READ_ONCE) )
        return page_again(t, e, user, writable);
    return page_find(t->d, seen->frame, user, writable, mfn);
}

/* On failure the granter finds what was there before. */
static int pin_anew(struct grant_table *t, struct grant_entry *e,
                    const struct grant_shared *s, struct domain *user,
                    bool writable, bool whole, struct grant_seen *seen,
                    uint64_t *mfn)
{
    uint16_t flags, set = 0;
    int rc;

    if ( s->version == 2 )
        rc = mark_status(s, user, writable, whole, e->pin, &flags);
    else
        rc = mark_word(s, user, writable, whole, &flags, &set);
    if ( rc )
        return rc;
    PORT_POINT("grant marked");
    rc = pin_marked(t, e, s, user, writable, flags, seen, mfn);
    if ( rc && s->version == 2 )
        grant_show(t, e, s);
    else if ( rc )
        word_clear(t, s, set & ~grant_bits(e->pin));
    return rc;
}

int grant_pin(struct grant_table *t, struct grant_entry *e,
              const struct grant_shared *s, struct domain *user,
              bool writable, uint32_t add, bool whole)
{
    struct grant_seen seen;
    uint64_t mfn = e->mfn;
    int rc;

    if ( e->pin && (e->domid != user->domain_id || (e->pin & GRANT_PIN_FULL) ||
                    (whole && e->kind != GRANT_PAGE)) )
        return GNTST_general_error;

    if ( e->pin && !(writable && !(e->pin & GRANT_WRITERS)) )
        rc = e->kind == GRANT_THROUGH ? GNTST_okay : page_again(t, e, user, writable);
    else
    {
        if ( !e->pin )
            mfn = HV_INVALID_MFN;
        rc = pin_anew(t, e, s, user, writable, whole, &seen, &mfn);
        if ( !rc && !e->pin )
        {
            entry_record(e, &seen, user);
            e->mfn = mfn;
            grant_page_pinned(e);
        }
    }
    if ( !rc )
        e->pin += add;
    return rc;
}

void grant_show(struct grant_table *t, struct grant_entry *e,
                const struct grant_shared *s)
{
    const uint16_t none = (GTF_reading | GTF_writing) & ~grant_bits(e->pin);

    if ( s->version == 2 )
    {
        /* The guest, when it reads 0, has its page back: pairs with its fence. */
        port_store_release(s->status, grant_bits(e->pin));
        return;
    }
    word_clear(t, s, none);
}
