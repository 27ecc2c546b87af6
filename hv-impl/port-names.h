/* SPDX-License-Identifier: MIT */
/*
 * The door: what hand-written hv-impl takes from a hypervisor, beside the names
 * of Xen's own that generated dispatchers use. Included by each port.h, which
 * gives what stands in front: integer types, struct domain, struct port_lock.
 *
 * Counted as one of the 60 names that may be is what stands here and is used, and what
 * hand-written code itself uses of Xen's names: current, hd_xsm, rcu_lock_domain_by_id and such.
 * Of struct domain it reads domain_id, is_hvm, is_hardware, is_privileged, is_dying, page_shift,
 * address_bits, tot_pages and max_pages, and hv is its own; the rest is asked by macros.
 *
 * Frames are plain numbers, counted in granules of PAGE_SIZE. A page of a domain
 * is 2^(page_shift - PAGE_SHIFT) granules, and the first stands for all.
 */
#ifndef PORT_NAMES_H
#define PORT_NAMES_H

/* ---- atomics -------------------------------------------------------------------- */

/*
 * On naturally aligned words of 8 to 64 bits, of whatever type *p is. Each use says
 * within three lines which other it is the partner of.
 */
#define port_load(p)             __atomic_load_n(p, __ATOMIC_RELAXED)
#define port_load_acquire(p)     __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define port_store(p, v)         __atomic_store_n(p, v, __ATOMIC_RELAXED)
#define port_store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)

/* Full barriers; both give what was there. */
#define port_cmpxchg(p, old, new)                                              \
    __extension__({                                                            \
        __typeof__(*(p)) port_was = (old);                                     \
                                                                               \
        (void)__atomic_compare_exchange_n(p, &port_was, new, false,            \
                                          __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
        port_was;                                                              \
    })
#define port_fetch_add(p, v)     __atomic_fetch_add(p, v, __ATOMIC_SEQ_CST)

#ifdef __SANITIZE_THREAD__              /* it knows no fences: what it knows, instead */
extern uint64_t port_fence_word;
#define port_fence()             ((void)__atomic_fetch_add(&port_fence_word, 0, __ATOMIC_SEQ_CST))
#else
#define port_fence()             __atomic_thread_fence(__ATOMIC_SEQ_CST)
#endif

/* ---- locks ---------------------------------------------------------------------- */

/*
 * Taken from low to high (rank, order): rank is an enum hv_rank, order what tells
 * two of a rank apart, below 2^24. No guest memory is copied under one, and none
 * is held when a hypercall ends.
 */
void port_lock_init(struct port_lock *l, unsigned int rank, uint64_t order);
void port_lock(struct port_lock *l);
void port_unlock(struct port_lock *l);

/* ---- memory for own structures ---------------------------------------------------- */

void *port_alloc(size_t bytes);         /* zeroed; NULL: there is none */
void port_free(void *p, size_t bytes);

/*
 * Windows: reserved ranges of addresses that read as 0 where nothing was
 * committed. Ranges to commit and to drop are whole pages.
 */
void *port_window_create(uint64_t bytes);               /* NULL: no room */
/* What is there already stays; the rest is seen by everybody afterwards. 0 or -ENOMEM. */
int port_window_commit(void *at, uint64_t bytes);
/* Afterwards it reads as 0 for everybody, guests' windows too: the flush is part of it. */
void port_window_drop(void *at, uint64_t bytes);
void port_window_destroy(void *window, uint64_t bytes);
uint64_t port_window_frame(const void *at);             /* what is behind it; ~0: nothing */

/* ---- machine frames --------------------------------------------------------------- */

/*
 * Orders that each port gives, by their numbers: getting a reference (H4) and a type (H5) is
 * a full barrier, which pairs with H1, H2 and H3 of p2m.h; so is the beginning of
 * port_flush_page() (C2), which pairs with C1 of insert.h.
 */

bool port_mfn_valid(uint64_t mfn);
uint64_t port_min_mfn(void);            /* the first one */
uint64_t port_max_mfn(void);            /* the last one */
uint64_t port_free_pages(void);         /* granules */

/*
 * 2^order granules, contiguous, aligned, zeroed, d's and charged to it; each page
 * has one reference, "allocated". address_bits 0: anywhere. 0, -ENOMEM, -ENOSPC: d
 * would be over max_pages, -EINVAL: d is dying.
 */
int port_page_alloc(struct domain *d, unsigned int order, unsigned int address_bits,
                    uint64_t *mfn);
/* The same, as large as pages of d's, but nobody's so far, as if stolen, and not charged. */
int port_page_alloc_loose(const struct domain *d, unsigned int order, unsigned int address_bits,
                          uint64_t *mfn);
/*
 * "Allocated" ends: false if it had ended before. With the last reference the page is
 * free, and uncharged; what was stolen is free at once.
 */
bool port_page_free(uint64_t mfn);

/* One more reference, if it is d's; d NULL: somebody's. This, and a type, are full barriers. */
bool port_page_get(uint64_t mfn, struct domain *d);
void port_page_put(uint64_t mfn);
/* Who has a reference asks for use as plain memory; false: it is a page table or Xen's. */
bool port_page_get_type(uint64_t mfn, bool writable);
void port_page_put_type(uint64_t mfn, bool writable);

/* NULL: free, or changing hands. True for as long as a reference is held. */
struct domain *port_page_owner(uint64_t mfn);
/*
 * What there is now: "allocated" counts as a reference; writers are writable types. False: "allocated"
 * has ended, or never was; while there are references the page is its owner's all the same.
 */
bool port_page_counts(uint64_t mfn, unsigned int *references, unsigned int *writers);
bool port_page_is_special(uint64_t mfn);        /* Xen's own or device memory: nothing to give away */
bool port_page_is_io(uint64_t mfn);             /* device memory */
void *port_page_address(uint64_t mfn);          /* where the hypervisor sees it */

/*
 * Nobody's, if "allocated" and the caller's are the only references, and there is no type: his goes
 * with it. Else -EBUSY, and nothing has changed: at no time is he without.
 * charged: d stays charged for it, and gives or gets another one for that.
 */
int port_page_take(uint64_t mfn, struct domain *d, bool charged);
/*
 * What is nobody's becomes d's: 0; -ENOSPC, -EINVAL as for alloc, then it still is nobody's.
 * charged: d is so already, because of another one, and this cannot fail.
 */
int port_page_assign(uint64_t mfn, struct domain *d, bool charged);
/* A special page of d's, zeroed, not charged; port_page_free() ends it. */
int port_page_adopt(struct domain *d, uint64_t *mfn);
/* One of d's that are still "allocated", special ones apart, with a reference; false: none. */
bool port_page_first(struct domain *d, uint64_t *mfn);

/* ---- translations ------------------------------------------------------------------ */

/* Return when nothing of d's, processor or device, goes by what was there before. */
void port_flush_page(struct domain *d, uint64_t gpfn, uint64_t nr);      /* 0, ~0: all */

/*
 * In a PV domain's own page tables, at a linear address or at an entry's machine
 * address (GNTMAP_contains_pte): 0, or -EINVAL if no such place is there, or, for
 * unmap, if it maps something else. What stands at new_addr comes here, if it is not 0.
 */
int port_pv_map(struct domain *d, uint64_t host_addr, uint64_t mfn, unsigned int flags);
int port_pv_unmap(struct domain *d, uint64_t host_addr, uint64_t mfn, uint64_t new_addr,
                  unsigned int flags);

/* Whether d's devices reach a frame that is not d's; 0 or -ENOMEM, for map alone. */
int port_device(struct domain *d, uint64_t mfn, bool map, bool writable);

/* ---- domains ----------------------------------------------------------------------- */

void port_domain_crash(struct domain *d);
/* The structure stays, though the domain dies. False: it is going already. */
bool port_domain_hold(struct domain *d);
void port_domain_release(struct domain *d);

#endif /* PORT_NAMES_H */
