/* SPDX-License-Identifier: MIT */
/* Handles for the pointers of one call, and the way back: see xencomm.h. */
#include "xencomm.h"

#ifndef NULL
#define NULL ((void *)0)
#endif

#define BLOCK_RECORDS 42        /* a block has 1 KiB */

/* More words to put back. */
struct xencomm_block {
    struct xencomm_block *before;
    unsigned long room;         /* keeps the size a power of two */
    struct xencomm_record record[BLOCK_RECORDS];
};

/* A buffer, as pages. */
struct extent {
    unsigned long start, bytes;
    unsigned long nr_pages;
    unsigned long first;        /* guest-physical address of its first byte */
    int contiguous;
};

static void fail(struct xencomm *xc, int error)
{
    if ( !xc->error )
        xc->error = -error;
}

static unsigned long page_size(void)
{
    return 1ul << xencomm_guest.page_shift;
}

static unsigned long physical(unsigned long address)
{
    return xencomm_guest.physical((const void *)address);
}

static int is_address(unsigned long physical_address)
{
    return !(physical_address & XENCOMM_NO_ADDRESS);
}

/* Where page number i of a buffer begins, or for the first one the buffer. */
static unsigned long extent_page(const struct extent *extent, unsigned long i)
{
    return i ? (extent->start & -page_size()) + i * page_size() : extent->start;
}

/* False where there is a page with nothing behind it. */
static int extent_find(struct extent *extent)
{
    unsigned long last, i, expected;

    extent->nr_pages = 0;
    extent->contiguous = 1;
    if ( !extent->bytes )
        return 1;
    last = extent->start + extent->bytes - 1;
    if ( last < extent->start )
        return 0;
    extent->nr_pages = (last >> xencomm_guest.page_shift) -
                       (extent->start >> xencomm_guest.page_shift) + 1;
    extent->first = expected = physical(extent->start);
    if ( !is_address(extent->first) )
        return 0;
    for ( i = 1; i < extent->nr_pages; i++ )
    {
        unsigned long address = physical(extent_page(extent, i));

        if ( !is_address(address) )
            return 0;
        expected = (expected & -page_size()) + page_size();
        extent->contiguous &= address == expected;
    }
    return 1;
}

/* ---- what is to be put back ------------------------------------------------------ */

static struct xencomm_record *new_record(struct xencomm *xc)
{
    struct xencomm_block *block = xc->block;

    if ( xc->nr_records < (block ? BLOCK_RECORDS : XENCOMM_RECORDS) )
        return &(block ? block->record : xc->record)[xc->nr_records];
    block = xencomm_guest.allocate(sizeof(*block));
    if ( !block )
        return NULL;
    block->before = xc->block;
    xc->block = block;
    xc->nr_records = 0;
    return &block->record[0];
}

/* ---- descriptors ----------------------------------------------------------------- */

static unsigned long descriptor_bytes(unsigned long nr_addresses)
{
    return sizeof(struct xencomm_descriptor) + nr_addresses * sizeof(unsigned long);
}

static struct xencomm_descriptor *new_mini(struct xencomm *xc)
{
    unsigned long size = XENCOMM_MINI_WORDS * sizeof(unsigned long);
    unsigned long first = ((unsigned long)xc->mini + size - 1) & -size;

    return (struct xencomm_descriptor *)(first + size * xc->nr_minis++);
}

static struct xencomm_descriptor *new_descriptor(struct xencomm *xc,
                                                 struct xencomm_record *record,
                                                 unsigned long nr_addresses)
{
    if ( nr_addresses <= XENCOMM_MINI_ADDRESSES && xc->nr_minis < XENCOMM_MINIS )
        return new_mini(xc);
    if ( nr_addresses > ~0u )
        return NULL;
    record->descriptor = xencomm_guest.allocate(descriptor_bytes(nr_addresses));
    return record->descriptor;
}

/* The handle, or 0 with an error. */
static unsigned long describe(struct xencomm *xc, struct xencomm_record *record,
                              const struct extent *extent)
{
    struct xencomm_descriptor *descriptor = new_descriptor(xc, record, extent->nr_pages);
    unsigned long i, handle;

    if ( !descriptor )
    {
        fail(xc, XENCOMM_ENOMEM);
        return 0;
    }
    descriptor->magic = XENCOMM_MAGIC;
    descriptor->nr_addresses = extent->nr_pages;
    for ( i = 0; i < extent->nr_pages; i++ )
        descriptor->address[i] = physical(extent_page(extent, i));
    handle = physical((unsigned long)descriptor);
    if ( is_address(handle) && handle )
        return handle;
    fail(xc, XENCOMM_EFAULT);
    return 0;
}

/* ---- for others ------------------------------------------------------------------- */

void xencomm_begin(struct xencomm *xc)
{
    xc->error = 0;
    xc->nr_records = 0;
    xc->nr_minis = 0;
    xc->block = NULL;
}

static void undo(const struct xencomm_record *record)
{
    struct xencomm_descriptor *descriptor = record->descriptor;

    *record->word = record->was;
    /* Xen has used up its addresses, and left their number alone. */
    if ( descriptor )
        xencomm_guest.release(descriptor, descriptor_bytes(descriptor->nr_addresses));
}

unsigned long xencomm_handle(struct xencomm *xc, void *word, unsigned long count,
                             unsigned long size)
{
    xencomm_word_t *pointer = word;
    struct extent extent = { .start = *pointer, .bytes = count * size };
    struct xencomm_record *record;
    unsigned long handle;

    if ( xc->error || !*pointer )
        return 0;
    if ( (size && count > ~0ul / size) || !extent_find(&extent) )
    {
        fail(xc, XENCOMM_EFAULT);
        return 0;
    }
    record = new_record(xc);
    if ( !record )
    {
        fail(xc, XENCOMM_ENOMEM);
        return 0;
    }
    record->word = pointer;
    record->was = *pointer;
    record->descriptor = NULL;
    /* An address of 0 cannot be told from NULL. */
    if ( extent.bytes && extent.contiguous && extent.first )
        handle = XENCOMM_INLINE | extent.first;
    else
        handle = describe(xc, record, &extent);
    if ( !handle )
    {
        if ( record->descriptor )
            undo(record);
        return 0;
    }
    *pointer = handle;
    xc->nr_records++;
    return count;
}

void xencomm_elements(struct xencomm *xc, void *word, unsigned long count, unsigned long size,
                      void (*convert)(struct xencomm *xc, void *element))
{
    char *element = (char *)*(xencomm_word_t *)word;
    unsigned long left = xencomm_handle(xc, word, count, size);

    for ( ; left; left-- )
    {
        convert(xc, element);
        element += size;
    }
}

void xencomm_end(struct xencomm *xc)
{
    struct xencomm_block *block;

    while ( (block = xc->block) )
    {
        while ( xc->nr_records )
            undo(&block->record[--xc->nr_records]);
        xc->block = block->before;
        xc->nr_records = xc->block ? BLOCK_RECORDS : XENCOMM_RECORDS;
        xencomm_guest.release(block, sizeof(*block));
    }
    while ( xc->nr_records )
        undo(&xc->record[--xc->nr_records]);
}
