/* SPDX-License-Identifier: MIT */
/*
 * The guest's own door: what the modules of this folder take from the kernel
 * they are part of, and what a kernel learns about where it runs.
 *
 * One kernel runs as first domain, as any other, and where there is no
 * hypervisor: guest_start() finds out which, and everything here asks struct
 * guest, never the preprocessor. Needs the generated stubs (hc-*.h), and of a
 * library only what compilers call by themselves: memcpy, memset.
 *
 * Frames: a pfn counts the guest's own pages, guest-physical. A machine frame
 * counts the granules of the machine. Which of the two an older interface
 * means by "frame" depends on the caller: guest_p2m_frame() knows.
 *
 * Nobody here panics: what can fail returns a negative GUEST_E*, which are
 * errno's numbers, and has then changed nothing that its comment does not say.
 *
 * Calls of one module on one structure are serialised by its user, as a driver
 * does with its queue. Words that another domain writes are read once.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What stubs and modules are written for; a later hypervisor still serves it. */
#ifndef __XEN_INTERFACE_VERSION__
#define __XEN_INTERFACE_VERSION__ 0x00040e00
#endif

enum guest_error {
    GUEST_EPERM = 1,
    GUEST_ENOENT = 2,
    GUEST_EIO = 5,
    GUEST_EAGAIN = 11,
    GUEST_ENOMEM = 12,
    GUEST_EFAULT = 14,
    GUEST_EBUSY = 16,
    GUEST_ENODEV = 19,
    GUEST_EINVAL = 22,
    GUEST_ENOSYS = 38,
};

#define GUEST_NO_FRAME  (~(uint64_t)0)

/* A batch: what one hypercall gets at most. */
#define GUEST_BATCH     64

/* ---- shared words ---------------------------------------------------------------- */

/* Naturally aligned words of 8 to 64 bits. Each use names its partner. */
#define guest_load(p)               __atomic_load_n(p, __ATOMIC_RELAXED)
#define guest_load_acquire(p)       __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define guest_store(p, v)           __atomic_store_n(p, v, __ATOMIC_RELAXED)
#define guest_store_release(p, v)   __atomic_store_n(p, v, __ATOMIC_RELEASE)

/* Full barrier; true if *p was old, and is now. */
#define guest_replace(p, old, now)                                                 \
    __extension__({                                                                \
        __typeof__(*(p)) guest_old = (old);                                        \
                                                                                   \
        __atomic_compare_exchange_n(p, &guest_old, now, false, __ATOMIC_SEQ_CST,   \
                                    __ATOMIC_RELAXED);                             \
    })

/* ---- what the kernel supplies ---------------------------------------------------- */

struct guest;

/* What a kernel is told when it starts, by start_info or by its feature words. */
#define GUEST_UNDER_XEN     (1u << 0)   /* there is a hypervisor */
#define GUEST_PRIVILEGED    (1u << 1)   /* the first domain */
#define GUEST_TRANSLATED    (1u << 2)   /* frames are the guest's own, page tables too */

struct guest_kernel {
    /* Flags, GUEST_*. */
    unsigned int (*start)(struct guest *g);

    /* Memory of the kernel, cleared, 8-aligned; hypercalls can read and write it. */
    void *(*allocate)(struct guest *g, unsigned long bytes);
    void (*release)(struct guest *g, void *memory, unsigned long bytes);

    /*
     * 2^order pages, guest-physically contiguous and aligned, and on a machine
     * without hypervisor below 2^address_bits (0: anywhere). 0 or -GUEST_ENOMEM.
     */
    int (*pages_get)(struct guest *g, unsigned int order, unsigned int address_bits,
                     uint64_t *pfn);
    void (*pages_put)(struct guest *g, unsigned int order, uint64_t pfn);

    /* nr guest-physical pages with nothing behind them. 0 or -GUEST_ENOMEM. */
    int (*hole_get)(struct guest *g, uint64_t nr, uint64_t *pfn);
    void (*hole_put)(struct guest *g, uint64_t nr, uint64_t pfn);

    /* PV alone: the linear address at which the kernel keeps a pfn. */
    uint64_t (*linear)(struct guest *g, uint64_t pfn);

    /*
     * A pointer to the byte at an address (guest_address() or what Xen told), good
     * up to the end of its page, until the page is changed. NULL: it faults.
     */
    void *(*reach)(struct guest *g, uint64_t address, bool write);
};

/* ---- where this guest runs ------------------------------------------------------- */

struct guest {
    const struct guest_kernel *kernel;
    void *context;                      /* the kernel's own */
    unsigned int page_shift;            /* of its pages: set before guest_start() */

    bool xen;
    bool privileged;
    bool translated;                    /* true also without Xen */
    bool pmt;                           /* pmt_op is there */
    bool right;                         /* may know machine frames */
    bool windows;                       /* can read its table */
    bool loans;
    unsigned int granule_shift;         /* of machine frames; without Xen, page_shift */
    unsigned int max_order;             /* of an exchange; 0 where there is none */
    uint64_t nr_gpfns;
};

/* kernel, context and page_shift are set. 0, or what Xen says about the table. */
int guest_start(struct guest *g);

static inline uint64_t guest_page_size(const struct guest *g)
{
    return (uint64_t)1 << g->page_shift;
}

/* Where the guest's processor, and for it the hypervisor, finds a page. */
static inline uint64_t guest_address(struct guest *g, uint64_t pfn)
{
    return g->translated ? pfn << g->page_shift : g->kernel->linear(g, pfn);
}

/* A page as the kernel sees it; NULL: nothing is there, or not to be written. */
static inline void *guest_page(struct guest *g, uint64_t pfn, bool write)
{
    return g->kernel->reach(g, guest_address(g, pfn), write);
}

/* GNTST_* and PMTST_* as an errno, 0 or negative. */
int guest_grant_error(int status);
int guest_pmt_error(int status);

#endif /* GUEST_H */
