/* SPDX-License-Identifier: MIT */
/*
 * Entries with references.
 *
 * Needs the table, and the machine's pages. Gives lookups that end in a
 * reference, and changes that keep table, reverse map and references in step.
 */
#include "p2m.h"
#include "loan.h"
#include "window.h"

/* How often a lookup is repeated without a lock. */
#define LOOKUPS 4

unsigned int p2m_page_order(const struct domain *d)
{
    return d->page_shift - PMT_GRANULE_SHIFT;
}

bool p2m_gfn_valid(const struct domain *d, uint64_t gfn)
{
    return gfn < d->hv->pmt.view.limit;
}

/* Its page belongs to this domain, and the reverse map says where it is. */
static bool entry_is_own(uint64_t entry)
{
    enum p2m_kind kind = p2m_kind(entry);

    return kind == P2M_RAM || kind == P2M_LENT || kind == P2M_SPECIAL ||
           kind == P2M_LEAVING;
}

/* Device memory is no page that could be counted. */
static bool entry_is_counted(uint64_t entry)
{
    enum p2m_kind kind = p2m_kind(entry);

    return kind != P2M_DEVICE;
}

/* What a call does to an entry of a kind. */
enum action { REFUSE, UNHOOK, GIVE_BACK, LET_GO };

static enum action kind_action(uint64_t entry, enum p2m_way way)
{
    static const uint8_t action[P2M_NR_KINDS][P2M_KILL] = {
#define P2M_KIND(name, decrease, replace, remove, zap)                         \
        [P2M_##name] = { [P2M_DECREASE] = decrease, [P2M_REPLACE] = replace,   \
                         [P2M_REMOVE] = remove, [P2M_ZAP] = zap },
        P2M_KINDS(P2M_KIND)
#undef P2M_KIND
    };
    enum p2m_kind kind = p2m_kind(entry);

    if ( way == P2M_KILL || !HV_RULE(KIND) )
        return kind == P2M_RAM || kind == P2M_LENT || kind == P2M_LEAVING ? GIVE_BACK : UNHOOK;
    return kind < P2M_NR_KINDS ? (enum action)action[kind][way] : REFUSE;
}

/* ---- lookups ------------------------------------------------------------------ */

/* What an entry lets others do: 0, or why not. */
static int entry_check(uint64_t entry, bool writable)
{
    if ( p2m_is_paged(entry) )
        return -EAGAIN;
    if ( !p2m_entry_holds(entry) )
        return -ENOENT;
    switch ( p2m_kind(entry) )
    {
    case P2M_RAM:
    case P2M_LENT:
        break;
    case P2M_GRANT:
    case P2M_FOREIGN:
    case P2M_LOAN:
        return -EXDEV;
    default:
        return -EACCES;
    }
    if ( !(entry & PMTE_present) || (writable && !(entry & PMTE_writable)) )
        return -EACCES;
    return 0;
}

/* Two looks at one entry saw the same; how it is kept may have changed. */
static bool entry_is_same(uint64_t a, uint64_t b)
{
    const uint64_t kept = PMTE_table | (UINT64_C(0x1f) << 5);

    return !((a ^ b) & ~kept);
}

/* No errno: it moved meanwhile. */
#define MOVED 1

/* H4, H5: reference and type pair with H1, H2 and H3; then the second look. */
static int get_page_once(struct domain *d, uint64_t gfn, bool writable,
                         bool locked, uint64_t *entry)
{
    struct pmt *table = &d->hv->pmt;
    uint64_t mfn;
    bool typed;
    int rc;

    *entry = pmt_lookup(table, gfn);
    /* 0 is no answer: the table is being changed there, or is not so long. */
    if ( !*entry && !locked )
        return MOVED;
    rc = entry_check(*entry, writable);
    if ( rc )
        return rc;
    mfn = p2m_entry_mfn(*entry);
    PORT_POINT("p2m-get-page");
    if ( !port_page_get(mfn, d) )
        return MOVED;
    if ( writable )
        PORT_POINT("p2m-get-type");
    typed = !writable || port_page_get_type(mfn, true);
    /*
     * Both are full barriers: with the reference nobody can give the page away, and who
     * takes the right to write away either finds this type, or is seen here.
     */
    if ( HV_RULE(LOOK_AGAIN) && !locked &&
         !entry_is_same(*entry, pmt_lookup(table, gfn)) )
        rc = MOVED;
    else if ( !typed )
        rc = -EACCES;
    else
        return 0;
    if ( writable && typed )
        port_page_put_type(mfn, true);
    port_page_put(mfn);
    return rc;
}

int p2m_get_page(struct domain *d, uint64_t gfn, bool writable, uint64_t *mfn,
                 uint64_t *entry)
{
    struct pmt *table = &d->hv->pmt;
    unsigned int tries = LOOKUPS;
    uint64_t found;
    int rc;

    if ( !p2m_gfn_valid(d, gfn) )
        return -ENOENT;
    do
        rc = get_page_once(d, gfn, writable, false, &found);
    while ( rc == MOVED && --tries );
    if ( rc == MOVED )
    {
        pmt_lock(table);
        rc = get_page_once(d, gfn, writable, true, &found);
        pmt_unlock(table);
        /* Whoever dies has pages in the table that are nobody's already. */
        if ( rc == MOVED )
            rc = -ENOENT;
    }
    if ( rc )
        return rc;
    if ( mfn )
        *mfn = p2m_entry_mfn(found);
    if ( entry )
        *entry = found;
    return 0;
}

void p2m_put_page(uint64_t mfn, bool writable)
{
    if ( writable )
        port_page_put_type(mfn, true);
    port_page_put(mfn);
}

/* A PV domain names the machine frame itself. */
static int get_machine_frame(struct domain *d, uint64_t mfn, bool writable,
                             uint64_t *entry)
{
    uint64_t gfn;

    if ( !port_mfn_valid(mfn) || !port_page_get(mfn, d) )
        return -ENOENT;
    if ( port_page_is_special(mfn) ||
         (writable && !port_page_get_type(mfn, true)) )
    {
        port_page_put(mfn);
        return -EACCES;
    }
    gfn = p2m_mfn_to_gfn(mfn);
    *entry = gfn == PMT_NO_GPFN ? 0 : pmt_lookup(&d->hv->pmt, gfn);
    /* At no frame of its own, or on its way: then it is just the domain's. */
    if ( !p2m_entry_holds(*entry) || p2m_entry_mfn(*entry) != mfn )
        *entry = p2m_entry_make(mfn, p2m_attributes(P2M_RAM, true));
    return 0;
}

int p2m_get_frame(struct domain *d, uint64_t frame, bool writable,
                  uint64_t *mfn, uint64_t *entry)
{
    uint64_t found;
    int rc;

    if ( !is_pv_domain(d) )
        return p2m_get_page(d, frame, writable, mfn, entry);
    rc = get_machine_frame(d, frame, writable, &found);
    if ( rc )
        return rc;
    if ( mfn )
        *mfn = frame;
    if ( entry )
        *entry = found;
    return 0;
}

uint64_t p2m_gfn_to_mfn(struct domain *d, uint64_t gfn)
{
    uint64_t entry = p2m_gfn_valid(d, gfn) ? pmt_lookup(&d->hv->pmt, gfn) : 0;

    return p2m_entry_holds(entry) ? p2m_entry_mfn(entry) : HV_INVALID_MFN;
}

uint64_t p2m_mfn_to_gfn(uint64_t mfn)
{
    return port_mfn_valid(mfn) ? pmt_reverse_get(&hv_reverse, mfn) : PMT_NO_GPFN;
}

/* ---- one entry ------------------------------------------------------------------ */

/* Both tables; the slot is prepared. The table first: what it says is true. */
static void entry_set(struct domain *d, uint64_t gfn, uint64_t entry)
{
    pmt_set_locked(&d->hv->pmt, gfn, entry);
    if ( entry_is_own(entry) )
        pmt_reverse_set(&hv_reverse, p2m_entry_mfn(entry), gfn);
}

static void entry_clear(struct domain *d, uint64_t gfn, uint64_t entry)
{
    pmt_clear_locked(&d->hv->pmt, gfn);
    if ( entry_is_own(entry) && HV_RULE(BOTH_TABLES) )
        pmt_reverse_set(&hv_reverse, p2m_entry_mfn(entry), PMT_NO_GPFN);
}

/* is_dying can be set at any moment: it is asked here, and by p2m_set_prepared() no more. */
int p2m_prepare_locked(struct domain *d, uint64_t gfn)
{
    int rc;

    if ( (HV_RULE(WIDTH) && !p2m_gfn_valid(d, gfn)) ||
         (HV_RULE(DYING) && d->is_dying) )
        return -EINVAL;
    if ( p2m_entry_holds(pmt_lookup(&d->hv->pmt, gfn)) || window_covers(d, gfn) )
        return -EBUSY;
    rc = pmt_prepare_locked(&d->hv->pmt, gfn, 1);
    PORT_POINT("p2m-prepared");
    return rc;
}

void p2m_set_prepared(struct domain *d, uint64_t gfn, uint64_t entry)
{
    entry_set(d, gfn, entry & ~(PMTE_table | (UINT64_C(0x1f) << 5)));
}

int p2m_add_locked(struct domain *d, uint64_t gfn, uint64_t mfn,
                   uint64_t attributes)
{
    uint64_t entry = p2m_entry_make(mfn, attributes);
    int rc = p2m_prepare_locked(d, gfn);

    if ( rc )
        return rc;
    /* One page, one place. */
    if ( entry_is_own(entry) &&
         pmt_reverse_get(&hv_reverse, mfn) != PMT_NO_GPFN )
        return -EBUSY;
    entry_set(d, gfn, entry);
    return 0;
}

int p2m_add_page(struct domain *d, uint64_t gfn, uint64_t mfn,
                 uint64_t attributes)
{
    int rc;

    pmt_lock(&d->hv->pmt);
    rc = p2m_add_locked(d, gfn, mfn, attributes);
    pmt_unlock(&d->hv->pmt);
    return rc;
}

int p2m_remove_locked(struct domain *d, uint64_t gfn, uint64_t expect_mfn,
                      uint64_t *old)
{
    int rc;

    *old = p2m_gfn_valid(d, gfn) ? pmt_lookup(&d->hv->pmt, gfn) : 0;
    if ( !p2m_entry_holds(*old) )
        return -ENOENT;
    if ( expect_mfn != HV_INVALID_MFN && p2m_entry_mfn(*old) != expect_mfn )
        return -EXDEV;
    /* A run may have to be split. */
    rc = HV_RULE(PREPARE) ? pmt_prepare_locked(&d->hv->pmt, gfn, 1) : 0;
    if ( rc )
        return rc;
    entry_clear(d, gfn, *old);
    return 0;
}

void p2m_drop(uint64_t entry)
{
    if ( p2m_entry_holds(entry) && entry_is_counted(entry) )
        p2m_put_page(p2m_entry_mfn(entry), entry & P2M_TYPED);
}

void p2m_flush(struct domain *d, uint64_t gfn)
{
    if ( gfn == PMT_NO_GPFN )
        port_flush_page(d, 0, PMT_NO_GPFN);
    else
        port_flush_page(d, gfn, 1);
}

/*
 * What is given back is the domain's no more, before the flush: what its devices reach is
 * what it has. The entry's reference keeps the page until after it.
 */
static void entry_give_back(uint64_t entry, enum p2m_way way)
{
    if ( p2m_entry_holds(entry) && kind_action(entry, way) == GIVE_BACK )
        port_page_free(p2m_entry_mfn(entry));
}

bool p2m_may_discard(struct domain *d, uint64_t gfn, enum p2m_way way)
{
    uint64_t entry = p2m_gfn_valid(d, gfn) ? pmt_lookup(&d->hv->pmt, gfn) : 0;

    return !p2m_entry_holds(entry) || kind_action(entry, way) != REFUSE;
}

int p2m_discard_locked(struct domain *d, uint64_t gfn, enum p2m_way way,
                       uint64_t *old)
{
    int rc;

    *old = p2m_gfn_valid(d, gfn) ? pmt_lookup(&d->hv->pmt, gfn) : 0;
    if ( !p2m_entry_holds(*old) )
    {
        if ( p2m_kind(*old) != P2M_PAGED || kind_action(*old, way) != UNHOOK )
            return -ENOENT;
        entry_clear(d, gfn, *old);      /* words with a kind have a leaf: it is prepared */
        return 0;
    }
    switch ( kind_action(*old, way) )
    {
    case REFUSE:
        return -EPERM;
    case LET_GO:
        return -EAGAIN;
    default:
        rc = p2m_remove_locked(d, gfn, HV_INVALID_MFN, old);
        if ( !rc )
            entry_give_back(*old, way);
        return rc;
    }
}

uint64_t p2m_kill_locked(struct domain *d, uint64_t gfn)
{
    uint64_t old;

    if ( p2m_remove_locked(d, gfn, HV_INVALID_MFN, &old) == -ENOMEM && entry_is_own(old) )
        pmt_reverse_set(&hv_reverse, p2m_entry_mfn(old), PMT_NO_GPFN);
    entry_give_back(old, P2M_KILL);
    return old;
}

int p2m_discard(struct domain *d, uint64_t gfn, enum p2m_way way)
{
    uint64_t old;
    int rc;

    PORT_POINT("p2m-discard");
    pmt_lock(&d->hv->pmt);
    /* An entry that killing had to leave is of a page that may be another's by now. */
    rc = HV_RULE(DYING) && d->is_dying ? -EINVAL : p2m_discard_locked(d, gfn, way, &old);
    pmt_unlock(&d->hv->pmt);
    /* Only a loan: its lender may have to be asked. */
    if ( rc == -EAGAIN )
        return loan_let_go(d, gfn) ? -EPERM : 0;
    if ( rc )
        return rc;
    if ( !HV_RULE(FLUSH) )
        p2m_drop(old);
    PORT_POINT("p2m-before-flush");
    port_flush_page(d, gfn, 1);
    if ( HV_RULE(FLUSH) )
        p2m_drop(old);
    return 0;
}

/*
 * The entry for mfn, if the domain's table has one, is gone, and told; "allocated" ends
 * with it, so that the page comes to no other place meanwhile. Of two that give the same
 * frame back one is too late.
 */
static int remove_machine_frame(struct domain *d, uint64_t mfn, uint64_t *gfn,
                                uint64_t *old)
{
    int rc = 0;

    pmt_lock(&d->hv->pmt);
    *gfn = p2m_mfn_to_gfn(mfn);
    if ( *gfn != PMT_NO_GPFN && p2m_gfn_to_mfn(d, *gfn) == mfn )
        rc = p2m_discard_locked(d, *gfn, P2M_DECREASE, old);
    else
    {
        *gfn = PMT_NO_GPFN;
        rc = port_page_free(mfn) ? 0 : -ENOENT;
    }
    if ( rc )
        *old = 0;
    pmt_unlock(&d->hv->pmt);
    return rc;
}

int p2m_discard_machine_frame(struct domain *d, uint64_t mfn)
{
    uint64_t gfn = PMT_NO_GPFN, old = 0;
    int rc;

    /* Until the flush the page is held: nobody can take it, and it is not free. */
    if ( !port_mfn_valid(mfn) || !port_page_get(mfn, d) )
        return -ENOENT;
    rc = port_page_is_special(mfn) ? -EACCES
                                   : remove_machine_frame(d, mfn, &gfn, &old);
    PORT_POINT("p2m-before-flush");
    /* Its devices reach a page of the domain's that is at no place, too. */
    if ( !rc )
        p2m_flush(d, gfn);
    p2m_drop(old);
    port_page_put(mfn);
    return rc;
}
