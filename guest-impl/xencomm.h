/* SPDX-License-Identifier: MIT */
/*
 * Pointers for a hypervisor that cannot follow a guest's own addresses.
 *
 * Xen/ia64 takes a handle instead of a pointer: guest-physical addresses of
 * what a buffer lies in. The functions of generated/ia64/guest/xc-*.c make
 * handles of all pointers of a call, here is what they are made with, and
 * undone. Needs struct xencomm_guest from the guest, and no library.
 *
 * A handle is one of
 *
 *   0                          NULL
 *   bit 63 and an address      a buffer that is contiguous in guest-physical
 *                              memory: within one page, or in pages that happen
 *                              to follow each other
 *   an address                 of a struct xencomm_descriptor
 *
 * Addresses are guest-physical, in bytes, and below 2^59. A descriptor is
 * contiguous there and 8-aligned, so its header lies in one page. Each of its
 * addresses stands for the bytes from there to the end of the page, so pages
 * are as large as the hypervisor's, which on ia64 are 16 KiB; memory that the
 * guest itself maps in smaller pieces has to be contiguous within each.
 *
 * A call is between xencomm_begin() and xencomm_end(). Handles live as long:
 * Xen uses descriptors up while it copies, so whoever tries again begins again.
 * Within a call a word is turned once: a structure is not passed twice.
 * xencomm_end() puts every word back that xencomm_handle() has changed,
 * whatever became of the call, and frees what was allocated. Nothing is shared
 * between two calls: no lock, and any context in which the guest's functions
 * work. What no page is behind is -EFAULT, where memory is lacking -ENOMEM: then
 * there is no call at all, and xencomm_error() is what the stub returns.
 */
#ifndef XENCOMM_H
#define XENCOMM_H

#define XENCOMM_MAGIC   0x58434f4du             /* "XCOM" */
#define XENCOMM_INLINE  (1ul << 63)
#define XENCOMM_NO_ADDRESS (31ul << 59)         /* bits that no address has */

#define XENCOMM_ENOMEM  12
#define XENCOMM_EFAULT  14

/* What the guest supplies; it defines xencomm_guest. */
struct xencomm_guest {
    unsigned int page_shift;                    /* of the hypervisor's pages */
    /*
     * Guest-physical address of a byte; ~0: nothing is there. Asked about each page
     * of a buffer, about descriptors, and about the stack.
     */
    unsigned long (*physical)(const void *address);
    /*
     * Memory for descriptors: contiguous in guest-physical memory, 8-aligned,
     * and not at guest-physical 0. NULL: there is none.
     */
    void *(*allocate)(unsigned long bytes);
    void (*release)(void *memory, unsigned long bytes);
};
extern struct xencomm_guest xencomm_guest;

struct xencomm_descriptor {
    unsigned int magic;
    unsigned int nr_addresses;
    unsigned long address[];                    /* ~0: used up by Xen */
};

/*
 * Buffers in up to three pages, the first two of a call, have their descriptor
 * on the stack. It is aligned to its size, so it does not cross a page; nobody
 * aligns the stack so far, hence the room for one more.
 */
#define XENCOMM_MINI_ADDRESSES  3
#define XENCOMM_MINI_WORDS      (1 + XENCOMM_MINI_ADDRESSES)
#define XENCOMM_MINIS           2

/* Words that can be put back without memory for more. */
#define XENCOMM_RECORDS         6

/* Handles are words in structures of other types. */
typedef unsigned long __attribute__((__may_alias__)) xencomm_word_t;

struct xencomm_record {
    xencomm_word_t *word;
    unsigned long was;
    struct xencomm_descriptor *descriptor;      /* to be freed; NULL: none */
};

struct xencomm_block;

/* One call. */
struct xencomm {
    int error;                                  /* 0, -ENOMEM, -EFAULT: the first one */
    unsigned int nr_records;                    /* in the newest block, or in here */
    unsigned int nr_minis;
    struct xencomm_block *block;                /* the newest; NULL: there is none yet */
    struct xencomm_record record[XENCOMM_RECORDS];
    unsigned long mini[(XENCOMM_MINIS + 1) * XENCOMM_MINI_WORDS];
};

void xencomm_begin(struct xencomm *xc);

/*
 * Make a handle of the pointer in a word, to count elements of size bytes.
 *
 * Returns how many of them can be reached: count, and 0 where the pointer is
 * NULL or something went wrong, now or before; then nothing is changed.
 * Without elements a pointer that is not NULL stays one that is not.
 */
unsigned long xencomm_handle(struct xencomm *xc, void *word, unsigned long count,
                             unsigned long size);

/* The same, and then convert() for each element: it has pointers, too. */
void xencomm_elements(struct xencomm *xc, void *word, unsigned long count, unsigned long size,
                      void (*convert)(struct xencomm *xc, void *element));

/* Undo all of it, the last one first. */
void xencomm_end(struct xencomm *xc);

static inline int xencomm_error(const struct xencomm *xc)
{
    return xc->error;
}

#endif /* XENCOMM_H */
