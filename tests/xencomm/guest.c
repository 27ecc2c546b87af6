/* SPDX-License-Identifier: MIT */
/* Frames of pages: a formula for each order, and a list of exceptions. */
#include <sanitizer/asan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guest-impl/xencomm.h"
#include "guest.h"

#define MAX_PUTS    4096
#define MAX_OBJECTS 256

/* An odd number and its inverse: pages that follow each other do not. */
#define FRAME_BITS  38
#define FRAME_MASK  ((UINT64_C(1) << FRAME_BITS) - 1)
#define STRIDE      UINT64_C(0x1a4f6b3d25)

int guest_fails = -1;
unsigned int guest_allocations, guest_live;
unsigned long guest_asked;

/* What is freed need not be kept for long: it is poisoned before. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "quarantine_size_mb=4:detect_stack_use_after_return=0";
}

static struct xencomm_memory memory;
static enum guest_order how;
static unsigned int nr_puts, nr_objects;
static struct put { uint64_t page, frame; } puts_at[MAX_PUTS];
static struct object { void *chunk; size_t bytes; } objects[MAX_OBJECTS];
static uint64_t next_frame;

static uint64_t inverse(uint64_t odd)
{
    uint64_t x = odd;

    for ( int i = 0; i < 6; i++ )
        x *= 2 - odd * x;
    return x;
}

static const struct put *put_of_page(uint64_t page)
{
    for ( unsigned int i = 0; i < nr_puts; i++ )
        if ( puts_at[i].page == page )
            return &puts_at[i];
    return NULL;
}

static uint64_t frame_of(uint64_t page)
{
    const struct put *put = put_of_page(page);

    if ( put )
        return put->frame;
    return how == GUEST_contiguous ? page + 1
           : how == GUEST_reversed ? FRAME_MASK - page
           : (page * STRIDE) & FRAME_MASK;
}

static uint64_t page_of(uint64_t frame)
{
    uint64_t page;

    for ( unsigned int i = 0; i < nr_puts; i++ )
        if ( puts_at[i].frame == frame )
            return puts_at[i].page;
    if ( frame > FRAME_MASK )
        return GUEST_NOTHING;
    page = how == GUEST_contiguous ? frame - 1
           : how == GUEST_reversed ? FRAME_MASK - frame
           : (frame * inverse(STRIDE)) & FRAME_MASK;
    return put_of_page(page) ? GUEST_NOTHING : page;
}

/* ---- for the hypervisor ------------------------------------------------------------ */

static bool access_memory(void *context, uint64_t address, void *buffer, size_t length,
                          bool write)
{
    uint64_t offset = address & ((UINT64_C(1) << memory.page_shift) - 1);
    uint64_t page = page_of(address >> memory.page_shift);
    char *at = (char *)((page << memory.page_shift) + offset);

    (void)context;
    if ( page == GUEST_NOTHING || offset + length > UINT64_C(1) << memory.page_shift )
        return false;
    if ( write )
        memcpy(at, buffer, length);
    else
        memcpy(buffer, at, length);
    return true;
}

const struct xencomm_memory *guest_memory(void)
{
    return &memory;
}

/* ---- for the runtime --------------------------------------------------------------- */

static unsigned long physical(const void *address)
{
    uint64_t offset = (uintptr_t)address & ((UINT64_C(1) << memory.page_shift) - 1);
    uint64_t frame = frame_of((uintptr_t)address >> memory.page_shift);

    guest_asked++;
    return frame == GUEST_NOTHING ? ~0ul : frame << memory.page_shift | offset;
}

/* From 1 to a whole page. */
static size_t before_end(size_t before)
{
    size_t page = (size_t)1 << memory.page_shift;

    return before % page ? before % page : page;
}

static struct object *new_chunk(size_t bytes, size_t before)
{
    size_t page = (size_t)1 << memory.page_shift;
    struct object *object = &objects[nr_objects++];

    if ( nr_objects > MAX_OBJECTS )
        abort();
    /* The page behind it belongs to nobody else. */
    object->bytes = (2 * page + bytes + page - 1) & -page;
    object->chunk = aligned_alloc(page, object->bytes);
    if ( !object->chunk )
        abort();
    ASAN_POISON_MEMORY_REGION(object->chunk, object->bytes);
    ASAN_UNPOISON_MEMORY_REGION((char *)object->chunk + page - before_end(before), bytes);
    return object;
}

/* Not at its end: the addresses behind the first cross a page, and are contiguous. */
static void *allocate(unsigned long bytes)
{
    size_t page = (size_t)1 << memory.page_shift;
    const struct object *object;

    if ( (int)guest_allocations++ == guest_fails )
        return NULL;
    object = new_chunk(bytes, 2 * sizeof(uint64_t));
    for ( size_t at = 0; at < object->bytes; at += page )
        guest_put((char *)object->chunk + at, next_frame++);
    next_frame++;
    guest_live++;
    return (char *)object->chunk + page - 2 * sizeof(uint64_t);
}

/* To be told from what is used: nobody may look any more. */
static void release(void *released, unsigned long bytes)
{
    guest_live--;
    for ( unsigned int i = 0; i < nr_objects; i++ )
        if ( (char *)released > (char *)objects[i].chunk &&
             (char *)released < (char *)objects[i].chunk + objects[i].bytes )
        {
            if ( (char *)released + bytes > (char *)objects[i].chunk + objects[i].bytes )
                abort();
            ASAN_POISON_MEMORY_REGION(objects[i].chunk, objects[i].bytes);
            return;
        }
    abort();
}

/* The shift changes from test to test. */
struct xencomm_guest xencomm_guest = {
    .physical = physical, .allocate = allocate, .release = release,
};

/* ---- for the test -------------------------------------------------------------------- */

void guest_put(const void *page, uint64_t frame)
{
    uint64_t number = (uintptr_t)page >> memory.page_shift;

    for ( unsigned int i = 0; i < nr_puts; i++ )
        if ( puts_at[i].page == number )
        {
            puts_at[i].frame = frame;
            return;
        }
    if ( nr_puts == MAX_PUTS )
        abort();
    puts_at[nr_puts++] = (struct put){ number, frame };
}

void *guest_object(size_t bytes, size_t before_page_end)
{
    char *chunk = new_chunk(bytes, before_page_end)->chunk;

    return chunk + ((size_t)1 << memory.page_shift) - before_end(before_page_end);
}

void guest_reset(unsigned int shift, enum guest_order order)
{
    for ( unsigned int i = 0; i < nr_objects; i++ )
    {
        ASAN_UNPOISON_MEMORY_REGION(objects[i].chunk, objects[i].bytes);
        free(objects[i].chunk);
    }
    nr_objects = nr_puts = 0;
    guest_allocations = guest_live = 0;
    guest_fails = -1;
    next_frame = UINT64_C(1) << (FRAME_BITS + 1);
    how = order;
    memory = (struct xencomm_memory){ .page_shift = shift, .access = access_memory };
    xencomm_guest.page_shift = shift;
}
