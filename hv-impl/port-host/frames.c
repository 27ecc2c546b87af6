/* SPDX-License-Identifier: MIT */
/*
 * Machine frames that nobody has: blocks of powers of two, buddies join. High
 * addresses go first, so that the low ones are left for who can use no others.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "host.h"

#define MOST_ORDER 24

struct host host = { .lock = PTHREAD_MUTEX_INITIALIZER };

/* Free blocks by order: low ones, high ones. */
static uint32_t blocks[2][MOST_ORDER + 1];

static unsigned int zone_of(uint32_t i)
{
    return i >= MACHINE_LOW_FRAMES;
}

uint64_t host_random(void)
{
    host.random ^= host.random << 13;
    host.random ^= host.random >> 7;
    host.random ^= host.random << 17;
    return host.random;
}

static void push(uint32_t i, unsigned int order)
{
    uint32_t *list = &blocks[zone_of(i)][order];
    struct frame *frame = &host.frame[i];

    frame_becomes(frame, FRAME_FREE);
    frame->order = order;
    frame->before = NO_FRAME;
    frame->next = *list;
    if ( *list != NO_FRAME )
        host.frame[*list].before = i;
    *list = i;
}

static void unlink_block(uint32_t i)
{
    struct frame *frame = &host.frame[i];

    if ( frame->before != NO_FRAME )
        host.frame[frame->before].next = frame->next;
    else
        blocks[zone_of(i)][frame->order] = frame->next;
    if ( frame->next != NO_FRAME )
        host.frame[frame->next].before = frame->before;
    frame_becomes(frame, FRAME_INSIDE);
}

/* Aligned in machine frame numbers. */
void frames_give(uint32_t first, unsigned int order)
{
    __atomic_fetch_add(&host.nr_free, 1ul << order, __ATOMIC_RELAXED);
    for ( ; order < MOST_ORDER; order++ )
    {
        const struct frame *other = frame_of(index_mfn(first) ^ (1ul << order));
        uint32_t buddy = other ? (uint32_t)(other - host.frame) : NO_FRAME;

        if ( buddy >= host.nr_frames || zone_of(buddy) != zone_of(first) ||
             frame_state(&host.frame[buddy]) != FRAME_FREE || host.frame[buddy].order != order )
            break;
        unlink_block(buddy);
        frame_becomes(&host.frame[first], FRAME_INSIDE);
        first = buddy < first ? buddy : first;
    }
    push(first, order);
}

static uint32_t take_from(unsigned int zone, unsigned int order)
{
    unsigned int have = order;
    uint32_t i;

    while ( have <= MOST_ORDER && blocks[zone][have] == NO_FRAME )
        have++;
    if ( have > MOST_ORDER )
        return NO_FRAME;
    i = blocks[zone][have];
    unlink_block(i);
    while ( have > order )
    {
        have--;
        push(i + (1u << have), have);
    }
    __atomic_fetch_sub(&host.nr_free, 1ul << order, __ATOMIC_RELAXED);
    return i;
}

uint32_t frames_take(unsigned int order, unsigned int address_bits)
{
    uint32_t i = NO_FRAME;

    if ( order > MOST_ORDER )
        return NO_FRAME;
    if ( !address_bits || address_bits > MACHINE_LOW_BITS )
        i = take_from(1, order);
    if ( i == NO_FRAME && (!address_bits || address_bits >= MACHINE_LOW_BITS) )
        i = take_from(0, order);
    return i;
}

void frames_start(uint64_t frames, bool low)
{
    uint64_t all = frames + MACHINE_IO_FRAMES, i;

    host.nr_frames = frames;
    host.frame = calloc(all, sizeof(*host.frame));
    host.memory = mmap(NULL, all << PAGE_SHIFT, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (low ? MAP_32BIT : 0), -1, 0);
    if ( !host.frame || host.memory == MAP_FAILED )
        port_unreachable(__FILE__, __LINE__);
    for ( i = 0; i <= MOST_ORDER; i++ )
        blocks[0][i] = blocks[1][i] = NO_FRAME;
    for ( i = 0; i < frames; i++ )
        frames_give((uint32_t)i, 0);
    for ( i = frames; i < all; i++ )
        host.frame[i] = (struct frame){ .references = ALLOCATED | 1, .owner = &host.io,
                                        .state = FRAME_USED, .special = true, .io = true };
}

void frames_stop(void)
{
    munmap(host.memory, (host.nr_frames + MACHINE_IO_FRAMES) << PAGE_SHIFT);
    free(host.frame);
    host.frame = NULL;
    host.nr_frames = host.nr_free = 0;
}

unsigned char *host_address(uint64_t mfn)
{
    return host.memory + ((uint64_t)(frame_of(mfn) - host.frame) << PAGE_SHIFT);
}
