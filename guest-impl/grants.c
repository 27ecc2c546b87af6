/* SPDX-License-Identifier: MIT */
/* The table a guest shares with Xen: see grants.h. Pages of others are in grants-map.c. */
#include "grants.h"
#include "guest-pv.h"

#include "hc-grant_table.h"
#include "hc-memory.h"

/* A PV guest is told the frames that it maps by itself. */
struct frames_told {
    xen_pfn_t frame[GRANT_MAX_FRAMES];
    uint64_t status[GRANT_MAX_FRAMES];
    struct guest_pv pv;
};

static uint64_t entry_size(const struct grants *gr)
{
    return gr->version == 1 ? sizeof(grant_entry_v1_t) : sizeof(grant_entry_v2_t);
}

/* Byte at of the shared frames, or of the status frames behind them. */
static void *shared(struct grants *gr, uint64_t at, bool status)
{
    struct guest *g = gr->guest;
    uint64_t pfn = gr->frames_pfn + (status ? gr->nr_frames : 0) + (at >> g->page_shift);

    return g->kernel->reach(g, guest_address(g, pfn) + (at & (guest_page_size(g) - 1)), true);
}

static void *entry_of(struct grants *gr, grant_ref_t ref)
{
    return ref < gr->nr_entries ? shared(gr, ref * entry_size(gr), false) : NULL;
}

/* ---- frames ---------------------------------------------------------------------- */

static int appear(struct grants *gr, unsigned int i, bool status)
{
    xen_add_to_physmap_t add = {
        .domid = DOMID_SELF,
        .space = XENMAPSPACE_grant_table,
        .idx = i | (status ? XENMAPIDX_grant_table_status : 0),
        .gpfn = gr->frames_pfn + (status ? gr->nr_frames : 0) + i,
    };

    return (int)hc_memory_add_to_physmap(&add);
}

static int frames_translated(struct grants *gr)
{
    unsigned int i;
    int rc = 0;

    for ( i = 0; !rc && i < gr->nr_frames; i++ )
        rc = appear(gr, i, false);
    for ( i = 0; !rc && i < gr->nr_status; i++ )
        rc = appear(gr, i, true);
    return rc;
}

static int status_frames_pv(struct grants *gr, struct frames_told *told)
{
    gnttab_get_status_frames_t get = { .nr_frames = gr->nr_status, .dom = DOMID_SELF };
    unsigned int i;
    long rc;

    set_xen_guest_handle(get.frame_list, told->status);
    rc = hc_grant_table_get_status_frames(&get, 1);
    if ( rc || get.status )
        return rc ? (int)rc : guest_grant_error(get.status);
    for ( i = 0; i < gr->nr_status; i++ )
        guest_pv_map(&told->pv, gr->frames_pfn + gr->nr_frames + i, told->status[i]);
    return 0;
}

static int frames_pv(struct grants *gr, struct frames_told *told)
{
    gnttab_setup_table_t setup = { .dom = DOMID_SELF, .nr_frames = gr->nr_frames };
    unsigned int i;
    long rc;

    set_xen_guest_handle(setup.frame_list, told->frame);
    rc = hc_grant_table_setup_table(&setup, 1);
    if ( rc || setup.status )
        return rc ? (int)rc : guest_grant_error(setup.status);
    guest_pv_begin(&told->pv, gr->guest);
    for ( i = 0; i < gr->nr_frames; i++ )
        guest_pv_map(&told->pv, gr->frames_pfn + i, told->frame[i]);
    if ( gr->nr_status )
    {
        rc = status_frames_pv(gr, told);
        if ( rc )
            return (int)rc;
    }
    return guest_pv_commit(&told->pv);
}

/*
 * Asked for also where it is 1: who was here before may have left the other. Whether it is
 * granted or not, what counts is what the table says; one that cannot say has version 1.
 */
static int set_version(struct grants *gr, unsigned int version)
{
    gnttab_set_version_t set = { .version = version };
    gnttab_get_version_t now = { .dom = DOMID_SELF };
    long rc;

    hc_grant_table_set_version(&set, 1);
    rc = hc_grant_table_get_version(&now, 1);
    gr->version = rc || !now.version ? 1 : now.version;
    return gr->version > 2 ? -GUEST_EINVAL : 0;
}

static void free_all(struct grants *gr)
{
    uint32_t ref;

    gr->first_free = GRANT_NONE;
    gr->nr_free = 0;
    for ( ref = gr->nr_entries; ref-- > GNTTAB_NR_RESERVED_ENTRIES; )
        grants_put(gr, ref);
}

static int frames_appear(struct grants *gr)
{
    struct guest *g = gr->guest;
    struct frames_told *told;
    int rc;

    if ( g->translated )
        return frames_translated(gr);
    told = g->kernel->allocate(g, sizeof(*told));
    if ( !told )
        return -GUEST_ENOMEM;
    rc = frames_pv(gr, told);
    g->kernel->release(g, told, sizeof(*told));
    return rc;
}

int grants_start(struct grants *gr, struct guest_p2m *p2m, unsigned int version,
                 unsigned int nr_frames)
{
    struct guest *g = p2m->guest;
    uint64_t bytes = nr_frames * guest_page_size(g);
    int rc;

    *gr = (struct grants){ .guest = g, .p2m = p2m, .nr_frames = nr_frames };
    if ( !g->xen )
        return -GUEST_ENODEV;
    if ( !nr_frames || nr_frames > GRANT_MAX_FRAMES )
        return -GUEST_EINVAL;
    rc = set_version(gr, version);
    if ( rc )
        return rc;
    gr->nr_entries = (uint32_t)(bytes / entry_size(gr));
    if ( gr->version == 2 )
        gr->nr_status = (unsigned int)((gr->nr_entries * sizeof(grant_status_t) +
                                        guest_page_size(g) - 1) >> g->page_shift);
    gr->next = g->kernel->allocate(g, gr->nr_entries * sizeof(*gr->next));
    if ( !gr->next )
        return -GUEST_ENOMEM;
    rc = g->kernel->hole_get(g, gr->nr_frames + gr->nr_status, &gr->frames_pfn);
    if ( !rc )
        rc = frames_appear(gr);
    if ( rc )
    {
        g->kernel->release(g, gr->next, gr->nr_entries * sizeof(*gr->next));
        gr->next = NULL;
        return rc;
    }
    free_all(gr);
    return 0;
}

/* Shared frames stay where they appeared, so that hole stays taken; also if only some did. */
void grants_stop(struct grants *gr)
{
    struct guest *g = gr->guest;

    if ( gr->next )
        g->kernel->release(g, gr->next, gr->nr_entries * sizeof(*gr->next));
    gr->next = NULL;
    gr->nr_entries = gr->nr_free = 0;
    gr->first_free = GRANT_NONE;
}

/* ---- entries --------------------------------------------------------------------- */

int grants_get(struct grants *gr, grant_ref_t *ref)
{
    if ( gr->first_free == GRANT_NONE )
        return -GUEST_ENOMEM;
    *ref = gr->first_free;
    gr->first_free = gr->next[*ref];
    gr->nr_free--;
    return 0;
}

void grants_put(struct grants *gr, grant_ref_t ref)
{
    gr->next[ref] = gr->first_free;
    gr->first_free = ref;
    gr->nr_free++;
}

/* Flags last: what they make valid is there before. Pairs with Xen's load of the flags. */
static int write_entry(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t frame,
                       uint16_t flags)
{
    void *entry = entry_of(gr, ref);
    grant_entry_v1_t *one = entry;
    union grant_entry_v2 *two = entry;

    if ( !entry )
        return -GUEST_EINVAL;
    if ( gr->version == 1 )
    {
        if ( frame > ~(uint32_t)0 )
            return -GUEST_EINVAL;
        guest_store(&one->domid, domid);
        guest_store(&one->frame, (uint32_t)frame);
        guest_store_release(&one->flags, flags);
        return 0;
    }
    guest_store(&two->hdr.domid, domid);
    guest_store(&two->full_page.frame, frame);
    guest_store_release(&two->hdr.flags, flags);
    return 0;
}

int grants_access(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn,
                 uint16_t flags)
{
    uint64_t frame;
    int rc = guest_p2m_frame(gr->p2m, pfn, &frame);

    return rc ? rc : write_entry(gr, ref, domid, frame, flags | GTF_permit_access);
}

int grants_sub_page(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn,
                   uint16_t flags, uint16_t offset, uint16_t length)
{
    union grant_entry_v2 *two = entry_of(gr, ref);
    uint64_t frame;
    int rc;

    if ( gr->version != 2 )
        return -GUEST_ENOSYS;
    if ( !two )
        return -GUEST_EINVAL;
    rc = guest_p2m_frame(gr->p2m, pfn, &frame);
    if ( rc )
        return rc;
    guest_store(&two->sub_page.page_off, offset);
    guest_store(&two->sub_page.length, length);
    return write_entry(gr, ref, domid, frame, flags | GTF_permit_access | GTF_sub_page);
}

int grants_transitive(struct grants *gr, grant_ref_t ref, domid_t domid, uint16_t flags,
                     domid_t from, grant_ref_t theirs)
{
    union grant_entry_v2 *two = entry_of(gr, ref);

    if ( gr->version != 2 )
        return -GUEST_ENOSYS;
    if ( !two )
        return -GUEST_EINVAL;
    guest_store(&two->hdr.domid, domid);
    guest_store(&two->transitive.trans_domid, from);
    guest_store(&two->transitive.gref, theirs);
    /* Pairs with Xen's load of the flags, as in write_entry(). */
    guest_store_release(&two->hdr.flags, (uint16_t)(flags | GTF_transitive));
    return 0;
}

/* Version 1 says in the flags who uses the page, and both go in one step. */
static int end_v1(grant_entry_v1_t *entry)
{
    uint16_t flags = guest_load(&entry->flags);

    do {
        if ( flags & (GTF_reading | GTF_writing) )
            return -GUEST_EBUSY;
        /* Full barrier; pairs with Xen's own compare and exchange of flags. */
        if ( guest_replace(&entry->flags, flags, 0) )
            return 0;
        flags = guest_load(&entry->flags);
    } while ( true );
}

/* Version 2 says so elsewhere: invalid first, and then look whether that was too late. */
static int end_v2(union grant_entry_v2 *entry, grant_status_t *status)
{
    uint16_t flags = guest_load(&entry->hdr.flags);

    /*
     * Full barrier, also towards the load of status; pairs with Xen's, between writing the
     * status and reading the flags again.
     */
    while ( !guest_replace(&entry->hdr.flags, flags, 0) )
        flags = guest_load(&entry->hdr.flags);
    if ( !(guest_load_acquire(status) & (GTF_reading | GTF_writing)) )
        return 0;
    guest_store_release(&entry->hdr.flags, flags);
    return -GUEST_EBUSY;
}

int grants_end_access(struct grants *gr, grant_ref_t ref)
{
    void *entry = entry_of(gr, ref), *status;

    if ( !entry )
        return -GUEST_EINVAL;
    if ( gr->version == 1 )
        return end_v1(entry);
    status = shared(gr, ref * sizeof(grant_status_t), true);
    return status ? end_v2(entry, status) : -GUEST_EFAULT;
}

/* ---- transfers ------------------------------------------------------------------- */

int grants_accept(struct grants *gr, grant_ref_t ref, domid_t domid, uint64_t pfn)
{
    return write_entry(gr, ref, domid, pfn, GTF_accept_transfer);
}

static uint16_t *flags_of(struct grants *gr, grant_ref_t ref)
{
    return entry_of(gr, ref);       /* the first member, in both versions */
}

int grants_end_transfer(struct grants *gr, grant_ref_t ref, uint64_t *frame)
{
    uint16_t *at = flags_of(gr, ref), flags;

    if ( !at )
        return -GUEST_EINVAL;
    /* Pairs with Xen's own compare and exchange, which says committed. */
    if ( guest_replace(at, GTF_accept_transfer, 0) )
        return -GUEST_ENOENT;
    /* Pairs with Xen's release of completed, behind the frame. */
    flags = guest_load_acquire(at);
    if ( (flags & GTF_type_mask) != GTF_accept_transfer )
        return -GUEST_EINVAL;
    if ( !(flags & GTF_transfer_completed) )
        return -GUEST_EAGAIN;
    *frame = gr->version == 1 ? guest_load(&((grant_entry_v1_t *)(void *)at)->frame)
                              : guest_load(&((union grant_entry_v2 *)(void *)at)->full_page.frame);
    guest_store(at, 0);
    return 0;
}
