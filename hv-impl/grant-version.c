/* SPDX-License-Identifier: MIT */
/*
 * Changing what the entries of a table look like: version, and swapping two.
 *
 * Decode: nothing but the reserved entries is in use, and those fit; nobody is
 * about to come back to a shared word. Perform: the words. Both with the table's
 * lock held and changing set, so that all who want an entry wait.
 */
#include "grant-table.h"

/* A reserved entry, read once. */
struct grant_kept {
    struct grant_entry_header hdr;
    uint64_t frame;
    bool fits;                          /* into version 1 */
};

static void kept_read(const struct grant_table *t, grant_ref_t ref,
                      struct grant_kept *kept)
{
    struct grant_shared s;
    union grant_head head;

    grant_shared_at(t, ref, &s);
    head.word = port_load(s.word); /* the guest's; each word once */
    kept->hdr = head.hdr;
    kept->hdr.flags &= ~(GTF_reading | GTF_writing);
    kept->fits = true;
    if ( (head.hdr.flags & GTF_type_mask) == GTF_accept_transfer )
        kept->hdr.flags = head.hdr.flags;
    if ( s.version == 1 )
    {
        kept->frame = port_load((grant_word_t *)&s.v1->frame); /* as above */
        return;
    }
    kept->frame = port_load((grant_long_t *)&s.v2->full_page.frame); /* as above */
    switch ( head.hdr.flags & GTF_type_mask )
    {
    case GTF_invalid:
        memset(&kept->hdr, 0, sizeof(kept->hdr));
        kept->frame = 0;
        break;
    case GTF_permit_access:
        kept->fits = !(head.hdr.flags & GTF_sub_page) && !(kept->frame >> 32);
        break;
    case GTF_accept_transfer:
        kept->fits = !(kept->frame >> 32);
        break;
    default:
        kept->fits = false;
        break;
    }
}

static void kept_write(struct grant_table *t, grant_ref_t ref,
                       const struct grant_kept *kept)
{
    struct grant_entry *e = &t->entries[ref];
    union grant_head head = { .hdr = kept->hdr };
    struct grant_shared s;

    grant_shared_at(t, ref, &s);
    if ( s.version == 2 )
    {
        port_store((grant_long_t *)&s.v2->full_page.frame, kept->frame); /* before flags */
        port_store(s.status, grant_bits(e->pin)); /* before flags, too */
    }
    else
    {
        port_store((grant_word_t *)&s.v1->frame, (uint32_t)kept->frame); /* before flags */
        if ( (kept->hdr.flags & GTF_type_mask) != GTF_accept_transfer )
            head.hdr.flags |= grant_bits(e->pin);
    }
    port_store_release(s.word, head.word); /* pairs with the guest's look at flags */
}

static void words_clear(const struct grant_table *t, void *frame)
{
    uint64_t *word = frame;

    for ( unsigned int i = 0; i < 1u << (t->frame_shift - 3); i++ )
        port_store(&word[i], 0); /* the guest may look; it knows that they go */
}

/* changing is set: takes each entry's lock once, so nobody is in the middle (G2). */
static int entries_settle(struct grant_table *t)
{
    unsigned int nr = grant_limit(t, t->nr_frames);
    int rc = 0;

    for ( unsigned int i = 0; i < nr; i++ )
    {
        struct grant_entry *e = &t->entries[i];

        port_lock(&e->lock);
        if ( e->flight )
            rc = rc ? rc : -EAGAIN;
        else if ( e->pin && i >= GNTTAB_NR_RESERVED_ENTRIES )
            rc = -EBUSY;
        port_unlock(&e->lock);
    }
    return HV_RULE(IN_FLIGHT) ? rc : 0;
}

static bool status_is_mapped(const struct grant_table *t)
{
    for ( unsigned int i = 0; i < t->nr_status; i++ )
    {
        unsigned int references, writers;

        port_page_counts(t->status_mfn[i], &references, &writers);
        if ( references > 1 )
            return true;
    }
    return false;
}

/* With changing set. 0, or an errno with nothing done. */
static int version_change(struct grant_table *t, unsigned int version)
{
    struct grant_kept kept[GNTTAB_NR_RESERVED_ENTRIES];
    int rc = entries_settle(t);

    if ( rc )
        return rc;
    PORT_POINT("grant version");
    for ( unsigned int i = 0; i < GNTTAB_NR_RESERVED_ENTRIES; i++ )
    {
        kept_read(t, i, &kept[i]);
        if ( version == 1 && !kept[i].fits )
            return -ERANGE;
    }

    for ( unsigned int i = 0; i < t->nr_frames; i++ )
        words_clear(t, t->shared[i]);
    port_store(&t->version, version); /* others look, without the lock */
    for ( unsigned int i = 0; i < GNTTAB_NR_RESERVED_ENTRIES; i++ )
        kept_write(t, i, &kept[i]);
    return 0;
}

static int version_set_locked(struct grant_table *t, unsigned int version)
{
    unsigned int nr_status = t->nr_status;
    int rc;

    if ( version == 2 )
    {
        if ( grant_status_grow_locked(t, grant_status_needed(t->nr_frames)) )
            return -ENOMEM;
    }
    else if ( status_is_mapped(t) && !HV_BUG(STATUS) )
        return -EBUSY;

    /* G2: the locks that entries_settle() takes tell it to everybody. */
    port_store(&t->changing, 1);
    rc = version_change(t, version);
    if ( rc )
        grant_status_shrink_locked(t, nr_status);
    else if ( version == 1 )
        grant_status_shrink_locked(t, 0);
    /* Pairs with the acquire in grant_entry_lock(). */
    port_store_release(&t->changing, 0);
    return rc;
}

int hv_grant_table_set_version(struct hd_call *call,
                               struct gnttab_set_version *op)
{
    struct grant_table *t = grant_table_of(call->caller);
    const unsigned int version = op->version;
    int rc = 0;

    if ( !t )
    {
        op->version = 0;
        return -ENOSYS;
    }
    port_lock(&t->lock);
    if ( version != 1 && version != 2 )
        rc = -EINVAL;
    else if ( version > t->max_version )
        rc = -ENOSYS;
    else if ( version != t->version )
        rc = version_set_locked(t, version);
    op->version = t->version;
    port_unlock(&t->lock);
    return rc;
}

int hv_grant_table_get_version(struct hd_call *call,
                               struct gnttab_get_version *op,
                               struct domain *dom)
{
    const struct grant_table *t = grant_table_of(dom);

    (void)call;
    op->version = t ? port_load(&t->version) : 0; /* a look; it may have changed since */
    return 0;
}

/* ---- swapping ------------------------------------------------------------------------ */

static void entry_words(const struct grant_shared *s, uint64_t word[2])
{
    const grant_long_t *at = (const grant_long_t *)s->word;

    word[0] = port_load(&at[0]); /* the guest's; once */
    word[1] = s->version == 2 ? port_load(&at[1]) : 0; /* the guest's; once */
}

static void entry_words_write(const struct grant_shared *s, const uint64_t word[2])
{
    grant_long_t *at = (grant_long_t *)s->word;

    if ( s->version == 2 )
        port_store(&at[1], word[1]); /* before the word with flags */
    port_store_release(&at[0], word[0]); /* pairs with the guest's look at flags */
}

static int swap_refs(struct grant_table *t, grant_ref_t low, grant_ref_t high)
{
    struct grant_shared a, b;
    struct grant_entry *e = grant_entry_lock(t, low, &a), *f;
    unsigned int nr;
    int rc = GNTST_bad_gntref;

    if ( !e )
        return rc;
    nr = port_load_acquire(&t->nr_frames); /* G1: pairs with grant_grow_locked() */
    /* With the lock of low the version holds still: no need to wait for it. */
    f = low == high ? e : high < grant_limit(t, nr)
                          ? &t->entries[array_index_nospec(high, grant_records(t, nr))] : NULL;
    if ( f && f != e )
    {
        uint64_t was[2], is[2];

        port_lock(&f->lock);
        rc = GNTST_eagain;
        if ( !e->pin && !f->pin && !e->flight && !f->flight )
        {
            grant_shared_at(t, high, &b);
            entry_words(&a, was);
            entry_words(&b, is);
            entry_words_write(&a, is);
            entry_words_write(&b, was);
            rc = GNTST_okay;
        }
        port_unlock(&f->lock);
    }
    else if ( f )
        rc = GNTST_okay;
    grant_entry_unlock(e);
    return rc;
}

int hv_grant_table_swap_grant_ref(struct hd_call *call,
                                  struct gnttab_swap_grant_ref *op)
{
    grant_ref_t a = op->ref_a, b = op->ref_b;

    op->status = swap_refs(grant_table_of(call->caller), a < b ? a : b, a < b ? b : a);
    return 0;
}
