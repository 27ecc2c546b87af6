/* SPDX-License-Identifier: MIT */
/*
 * Entries with references: what stands at a domain's guest frames, and who may
 * take it away.
 *
 * Needs the table (pmt.h) and the machine's pages (port.h). Gives lookups that
 * end in a reference to the page, and changes of one entry that keep the table,
 * the reverse map and the pages' references in step:
 *
 * - An entry is a reference to its page. Who adds one gives his own away; who
 *   removes one gets it, and puts it after the flush.
 * - The table is changed first, then the reverse map, both under the lock of the
 *   table. Only the owner's own entry has a reverse one: foreign ones have none.
 * - Which calls may remove an entry depends on its kind. Ordinary calls remove
 *   ordinary memory; the rest only goes as it came.
 *
 * Orders between processors, each with the scenario of tests/explore-pages that goes wrong
 * without it. Who takes an entry or a right away stores first, and then counts who has
 * the page; who wants the page takes reference and type first, and then looks at the entry
 * again. So one of the two sees the other: the first puts the entry back, or the second
 * lets go and finds it anew.
 *
 *    H1 fence, page leaves      H4 port_page_get        leave: to a pager
 *    H3 fence, loan ends        (the same)              loan: a grant of what was borrowed
 *    H2 fence, protect          H5 port_page_get_type   protect, loan+protect: writing
 *
 * Frames are counted in the domain's own pages; an mfn in granules, the first of
 * its page.
 */
#ifndef HV_P2M_H
#define HV_P2M_H

#include "hv.h"

/*
 * Kinds of entries, kept in the bits that tell readers nothing. Ordinary memory
 * is 0, so that only such pages make runs. The columns are what calls do to
 * an entry: decrease_reservation, something else put there by add_to_physmap,
 * remove_from_physmap, and dom0vp's zap_physmap. What none does is left to whoever
 * brought it.
 */
#define P2M_KINDS(X)                                                           \
    /* kind     decrease   replace    remove  zap           what it is */      \
    X(RAM,      GIVE_BACK, GIVE_BACK, UNHOOK, GIVE_BACK) /* the domain's own memory */ \
    X(GRANT,    REFUSE,    REFUSE,    REFUSE, REFUSE)    /* a grant: ends with its unmap */ \
    X(FOREIGN,  REFUSE,    REFUSE,    UNHOOK, UNHOOK)    /* another's page or resource */ \
    X(LOAN,     LET_GO,    REFUSE,    LET_GO, LET_GO)    /* lent by another domain */ \
    X(LENT,     REFUSE,    REFUSE,    REFUSE, REFUSE)    /* own memory, lent to another */ \
    X(SPECIAL,  UNHOOK,    UNHOOK,    UNHOOK, UNHOOK)    /* Xen's page for this domain */ \
    X(DEVICE,   REFUSE,    REFUSE,    REFUSE, UNHOOK)    /* device memory */   \
    X(LEAVING,  GIVE_BACK, GIVE_BACK, UNHOOK, GIVE_BACK) /* own memory a pager will have: out of reach */ \
    X(PAGED,    UNHOOK,    UNHOOK,    REFUSE, UNHOOK)    /* a pager has it: no page stands behind it */

enum p2m_kind {
#define P2M_KIND(name, decrease, replace, remove, zap) P2M_##name,
    P2M_KINDS(P2M_KIND)
#undef P2M_KIND
    P2M_NR_KINDS
};

enum p2m_way { P2M_DECREASE, P2M_REPLACE, P2M_REMOVE, P2M_ZAP, P2M_KILL };

#define P2M_KIND_SHIFT  52
#define P2M_KIND_MASK   (UINT64_C(0xf) << P2M_KIND_SHIFT)
/* The most that protect may give back is reading. */
#define P2M_READ_ONLY   (UINT64_C(1) << 56)
/* The page is there, but nobody reaches it (protect, a pager): present is clear. */
#define P2M_NO_ACCESS   (UINT64_C(1) << 57)
/* Another's page that is written here: the entry is a writable type, too. */
#define P2M_TYPED       (UINT64_C(1) << 58)
#define P2M_SOFTWARE    (UINT64_C(0x7ff) << 52)

static inline enum p2m_kind p2m_kind(uint64_t entry)
{
    return (enum p2m_kind)((entry & P2M_KIND_MASK) >> P2M_KIND_SHIFT);
}

/*
 * Who is told machine frames, whoever they belong to: PV domains name frames so, others
 * have to have the right; 0 to all who have not.
 */
static inline bool p2m_is_told(const struct domain *caller)
{
    return is_pv_domain(caller) || domain_has_pmt(caller);
}

static inline uint64_t p2m_told(const struct domain *caller, uint64_t mfn)
{
    return p2m_is_told(caller) ? mfn : 0;
}

/* What guests are told of an entry. */
static inline uint64_t p2m_entry_answer(uint64_t entry)
{
    return entry & ~P2M_SOFTWARE;
}

/* Was memory, and comes back: whoever wants it has to try again. */
static inline bool p2m_is_paged(uint64_t entry)
{
    return p2m_kind(entry) == P2M_LEAVING || p2m_kind(entry) == P2M_PAGED;
}

/* All there is of a page that is paged out. */
#define P2M_PAGED_WORD ((uint64_t)P2M_PAGED << P2M_KIND_SHIFT)

/* A page stands behind it: it is a reference. */
static inline bool p2m_entry_holds(uint64_t entry)
{
    return entry & (PMTE_present | P2M_NO_ACCESS);
}

static inline uint64_t p2m_entry_mfn(uint64_t entry)
{
    return PMTE_mfn(entry);
}

/* attributes: PMTE_writable, PMTE_io, PMTE_foreign and the bits above. */
static inline uint64_t p2m_entry_make(uint64_t mfn, uint64_t attributes)
{
    return PMTE_present | (mfn << 12) | attributes;
}

static inline uint64_t p2m_attributes(enum p2m_kind kind, bool writable)
{
    return ((uint64_t)kind << P2M_KIND_SHIFT) | (writable ? PMTE_writable : 0) |
           (kind == P2M_GRANT || kind == P2M_FOREIGN || kind == P2M_LOAN
            ? PMTE_foreign : 0) |
           (kind == P2M_DEVICE ? PMTE_io : 0);
}

/* Granules in one of the domain's pages, as an order. */
unsigned int p2m_page_order(const struct domain *d);

/* All of a page of the domain's that begins at this frame has addresses of so many bits; 0: any. */
static inline bool p2m_page_fits(const struct domain *d, uint64_t mfn, unsigned int bits)
{
    uint64_t last = (mfn << PMT_GRANULE_SHIFT) + (UINT64_C(1) << d->page_shift) - 1;

    return !bits || bits >= 64 || !(last >> bits);
}

/* It can do with them. */
static inline bool p2m_can_address(const struct domain *d, uint64_t mfn)
{
    return p2m_page_fits(d, mfn, d->address_bits);
}

/* No page of the domain's can be at gfn: beyond what its table can hold. */
bool p2m_gfn_valid(const struct domain *d, uint64_t gfn);

/*
 * Which page is at gfn, with a reference to it, and a writable type if so wanted.
 * Takes no lock while the table holds still. 0; -ENOENT: none; -EACCES: no
 * memory, or not writable; -EXDEV: it is another domain's; -EAGAIN: it is paged out, or
 * about to be. mfn and entry may be NULL.
 */
int p2m_get_page(struct domain *d, uint64_t gfn, bool writable, uint64_t *mfn,
                 uint64_t *entry);
void p2m_put_page(uint64_t mfn, bool writable);

/*
 * The same with a frame number as the domain writes it in calls: of one that is
 * translated the page at that guest frame, of a PV domain the machine frame itself.
 */
int p2m_get_frame(struct domain *d, uint64_t frame, bool writable,
                  uint64_t *mfn, uint64_t *entry);

/* What is at gfn, without a reference: the answer may be old already. HV_INVALID_MFN: nothing. */
uint64_t p2m_gfn_to_mfn(struct domain *d, uint64_t gfn);

/* At which guest frame of its owner's a page is; PMT_NO_GPFN: at none. */
uint64_t p2m_mfn_to_gfn(uint64_t mfn);

/*
 * Put a page where none is. The caller's reference becomes the entry's; on
 * failure he keeps it. 0; -EBUSY: taken; -EINVAL: no such frame, or the domain is
 * dying; -ENOMEM.
 */
int p2m_add_page(struct domain *d, uint64_t gfn, uint64_t mfn,
                 uint64_t attributes);
int p2m_add_locked(struct domain *d, uint64_t gfn, uint64_t mfn,
                   uint64_t attributes);

/*
 * Take an entry away, whatever its kind; expect_mfn may be HV_INVALID_MFN. The caller
 * flushes, and then drops the old entry. 0, -ENOENT, -ENOMEM, -EXDEV: another page is
 * there.
 */
int p2m_remove_locked(struct domain *d, uint64_t gfn, uint64_t expect_mfn,
                      uint64_t *old);

/*
 * An entry can come to gfn, and while the lock is held the second does not fail, even if
 * the domain begins to die: 0, -EBUSY, -EINVAL, -ENOMEM. A page of d's own is at no other
 * place; the reference is the caller's, as for p2m_add_page().
 */
int p2m_prepare_locked(struct domain *d, uint64_t gfn);
void p2m_set_prepared(struct domain *d, uint64_t gfn, uint64_t entry);

/* The reference that an entry was, and its type. */
void p2m_drop(uint64_t entry);

/* Whoever knows what was at gfn; PMT_NO_GPFN: a page of d's that was at no place. */
void p2m_flush(struct domain *d, uint64_t gfn);

/*
 * What a call takes away: -EPERM where the kind forbids it, -EINVAL of a dying domain,
 * whose entries may outlive its pages. Flushed and put; what is given back is the
 * machine's again.
 */
int p2m_discard(struct domain *d, uint64_t gfn, enum p2m_way way);
/*
 * The same with the lock: what is given back is not the domain's any more, the caller
 * flushes, and then drops the old entry. Does not let go of loans, and does not ask
 * whether d is dying.
 */
int p2m_discard_locked(struct domain *d, uint64_t gfn, enum p2m_way way,
                       uint64_t *old);
/*
 * A dying domain's entry, whatever its kind, to be flushed and dropped; it may hold
 * nothing. To clear one page of a run can need memory; without any the entry is left, and
 * the reverse map alone forgets it: who looks it up gets no page, since the page is not
 * the domain's any more, and calls take nothing from a dying domain's table.
 */
uint64_t p2m_kill_locked(struct domain *d, uint64_t gfn);

/* A look before: nothing is there, or it may go. */
bool p2m_may_discard(struct domain *d, uint64_t gfn, enum p2m_way way);

/*
 * A machine frame of the domain's is given back, wherever it is: as PV domains do. 0;
 * -ENOENT: not its own, or given back already; -EACCES, -EPERM, -ENOMEM.
 */
int p2m_discard_machine_frame(struct domain *d, uint64_t mfn);

/*
 * Take a page from its owner: out of the table, flushed, nobody's. Only if there
 * is no reference but the entry's; gfn says where it was (PMT_NO_GPFN: nowhere).
 * 0; -ENOENT, -EACCES: no ordinary memory; -EBUSY: in use; -ENOMEM: the table
 * cannot be split. frame is as in calls: of PV domains a machine frame.
 */
int p2m_steal_frame(struct domain *d, uint64_t frame, uint64_t *mfn,
                    uint64_t *gfn);

/*
 * Make a page that is nobody's the domain's, at gfn (PMT_NO_GPFN: nowhere yet).
 * 0; -ENOSPC, -EINVAL, -EBUSY, -ENOMEM: it still is nobody's.
 */
int p2m_assign_page(struct domain *d, uint64_t mfn, uint64_t gfn);
int p2m_assign_locked(struct domain *d, uint64_t mfn, uint64_t gfn);

/*
 * p2m_steal_frame(), but the domain stays charged for the page meanwhile: it has room for
 * one. entry is what it was. It comes back with the rights of like; -EINVAL, -EBUSY,
 * -ENOMEM: it still is nobody's.
 */
int p2m_take_frame(struct domain *d, uint64_t frame, uint64_t *mfn,
                   uint64_t *gfn, uint64_t *entry);
int p2m_return_page(struct domain *d, uint64_t mfn, uint64_t gfn, uint64_t like);

/*
 * The same with the lock, at a place that p2m_prepare_locked() has said yes to, or at none:
 * cannot fail. The last gives the page an entry's reference, and the caller sets the entry.
 */
void p2m_return_prepared(struct domain *d, uint64_t mfn, uint64_t gfn, uint64_t like);
void p2m_return_charged(struct domain *d, uint64_t mfn);

/*
 * A pager takes a page of a translated domain's, and brings it back (p2m-page.c).
 * leave: nobody reaches it by the table any more; a pager saves it by its machine frame,
 * as PV domains name one. 0; -EINVAL: no plain memory; -EBUSY: somebody refers to it; -ENOMEM. stay: it is as before. 0, -ENOENT. out:
 * the page is the machine's again, and the domain not charged for it. 0; -EINVAL: it was
 * not leaving; -EBUSY. in: a page that is nobody's comes to its place. 0; -ENOENT: it is
 * not paged out; -ENOSPC, -EINVAL: it still is nobody's.
 */
int p2m_page_leave(struct domain *d, uint64_t gfn);
int p2m_page_stay(struct domain *d, uint64_t gfn);
int p2m_page_out(struct domain *d, uint64_t gfn);
int p2m_page_in(struct domain *d, uint64_t gfn, uint64_t mfn);

/*
 * A PV domain says where it wants one of its own frames to be: the table and the
 * reverse map follow. What was at pfn is nowhere then. pfn may be PMT_NO_GPFN.
 * The caller holds a reference to mfn, and keeps it. 0; -EINVAL: not one of its own, lent,
 * or given back already; -ENOMEM.
 */
int hv_pv_set_pfn(struct domain *d, uint64_t mfn, uint64_t pfn);

#endif /* HV_P2M_H */
