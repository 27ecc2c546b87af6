/* SPDX-License-Identifier: MIT */
/*
 * Changing what the entries of a table look like: version, and swapping two.
 *
 * Decode: nothing but the reserved entries is in use, and those fit; nobody is
 * about to come back to a shared word. To know that, block by block is closed (see
 * grant-table.h, 4), and the call is interrupted between them where somebody waits:
 * what was closed by then stays so, or is opened by who needs it. Perform, when all
 * are closed: the first frame, which has the reserved entries, and the version.
 * All other frames are stale from then on, and are cleared the same way.
 */
#include "grant-table.h"

/* A reserved entry, read once. */
struct grant_kept {
    struct grant_entry_header hdr;
    uint64_t frame;
    bool fits;                          /* into version 1 */
};

static void kept_read(const struct grant_table *t, unsigned int at,
                      struct grant_kept *kept)
{
    struct grant_shared s;
    union grant_head head;

    grant_shared_at(t, at, &s);
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

static void kept_write(struct grant_table *t, unsigned int at,
                       const struct grant_kept *kept)
{
    struct grant_entry *e = &t->entries[at];
    union grant_head head = { .hdr = kept->hdr };
    struct grant_shared s;

    grant_shared_at(t, at, &s);
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

/* Records, or words of a frame, that are had between two looks at others. */
#define VERSION_STEP 4096

static bool version_interrupted(unsigned int *done, unsigned int more)
{
    *done += more;
    if ( *done < VERSION_STEP )
        return false;
    *done = 0;
    return HV_RULE(STEP) && hypercall_preempt_check();
}

/* 0, or an errno, and it is open again. */
static int block_close(struct grant_table *t, unsigned int block)
{
    const unsigned int order = grant_frame_order(t, 1);
    struct grant_entry *e = &t->entries[block << order];
    int rc = 0;

    /* Told by the locks of its entries, each taken once; see E4. */
    port_store(&t->state[block], (uint8_t)(port_load(&t->state[block]) & ~GRANT_OPEN));
    for ( unsigned int i = 0; i < 1u << order; i++, e++ )
    {
        port_lock(&e->lock);
        if ( e->flight )
            rc = rc ? rc : -EAGAIN;
        else if ( e->pin && (block || i >= GNTTAB_NR_RESERVED_ENTRIES) )
            rc = -EBUSY;
        port_unlock(&e->lock);
    }
    rc = HV_RULE(IN_FLIGHT) ? rc : 0;
    if ( rc )
        grant_block_open_locked(t, block);
    return rc;
}

/* All that are open. */
static int blocks_close(struct grant_table *t)
{
    unsigned int done = 0;
    int rc = 0;

    for ( unsigned int i = 0; i < t->nr_frames && !rc; i++ )
    {
        if ( !(port_load(&t->state[i]) & GRANT_OPEN) ) /* the table's lock is held: no partner */
            continue;
        rc = block_close(t, i);
        /* One at least has been closed by now: whoever is interrupted each time gets on. */
        if ( !rc && version_interrupted(&done, 1u << grant_frame_order(t, 1)) )
            return -ERESTART;
    }
    return rc;
}

/* What is stale still: 0 or -ERESTART. */
static int frames_clear(struct grant_table *t)
{
    unsigned int done = 0;

    for ( unsigned int i = 0; i < t->nr_frames && t->nr_stale; i++ )
        if ( version_interrupted(&done, grant_clear_locked(t, i, i + 1)) )
            return -ERESTART;
    return 0;
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

/* All blocks are closed. 0, or an errno with nothing done. */
static int version_change(struct grant_table *t, unsigned int version)
{
    struct grant_kept kept[GNTTAB_NR_RESERVED_ENTRIES];

    PORT_POINT("grant version");
    for ( unsigned int i = 0; i < GNTTAB_NR_RESERVED_ENTRIES; i++ )
    {
        kept_read(t, i, &kept[i]);
        if ( version == 1 && !kept[i].fits )
            return -ERANGE;
    }
    if ( version == 2 && grant_status_grow_locked(t, grant_status_needed(t->nr_frames)) )
        return -ENOMEM;

    for ( unsigned int i = 0; i < t->nr_frames; i++ )
        port_store(&t->state[i], GRANT_STALE); /* the table's lock is held: no partner */
    t->nr_stale = t->nr_frames;
    (void)grant_clear_locked(t, 0, 1);
    port_store(&t->version, version); /* E3 publishes it */
    for ( unsigned int i = 0; i < GNTTAB_NR_RESERVED_ENTRIES; i++ )
        kept_write(t, i, &kept[i]);
    if ( version == 1 )
        grant_status_shrink_locked(t, 0);
    return 0;
}

/* 0, -ERESTART, or an errno with nothing done. */
static int version_set_locked(struct grant_table *t, unsigned int version)
{
    int rc = 0;

    if ( version != t->version )
    {
        if ( version == 1 && status_is_mapped(t) && !HV_BUG(STATUS) )
            return -EBUSY;
        rc = blocks_close(t);
        if ( !rc )
            rc = version_change(t, version);
    }
    /* The version is in force; whoever comes again finds the rest to be done. */
    return rc ? rc : frames_clear(t);
}

int hv_grant_table_set_version(struct hd_call *call,
                               struct gnttab_set_version *op)
{
    struct grant_table *t = grant_table_of(call->caller);
    const unsigned int version = op->version;
    int rc;

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
    else
        rc = version_set_locked(t, version);
    /* It is called again with what was wanted. */
    if ( rc != -ERESTART )
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

/* With both locks. */
static int swap_locked(struct grant_table *t, unsigned int low, unsigned int high)
{
    const struct grant_entry *e = &t->entries[low], *f = &t->entries[high];
    struct grant_shared a, b;
    uint64_t was[2], is[2];

    if ( e->pin || f->pin || e->flight || f->flight )
        return GNTST_eagain;
    grant_shared_at(t, low, &a);
    grant_shared_at(t, high, &b);
    entry_words(&a, was);
    entry_words(&b, is);
    entry_words_write(&a, is);
    entry_words_write(&b, was);
    return GNTST_okay;
}

/* The table's lock keeps both blocks open. */
static int swap_refs(struct grant_table *t, grant_ref_t first, grant_ref_t second)
{
    unsigned int low, high;
    int rc = GNTST_bad_gntref;

    if ( !t )
        return rc;
    port_lock(&t->lock);
    if ( grant_entry_find_locked(t, first, &low) &&
         grant_entry_find_locked(t, second, &high) )
    {
        rc = GNTST_okay;
        if ( low != high )
        {
            port_lock(&t->entries[low].lock);
            port_lock(&t->entries[high].lock);
            rc = swap_locked(t, low, high);
            port_unlock(&t->entries[high].lock);
            port_unlock(&t->entries[low].lock);
        }
    }
    port_unlock(&t->lock);
    return rc;
}

int hv_grant_table_swap_grant_ref(struct hd_call *call,
                                  struct gnttab_swap_grant_ref *op)
{
    grant_ref_t a = op->ref_a, b = op->ref_b;

    op->status = swap_refs(grant_table_of(call->caller), a < b ? a : b, a < b ? b : a);
    return 0;
}
