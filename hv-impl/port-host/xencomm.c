/* SPDX-License-Identifier: MIT */
/* Reading xencomm handles: see xencomm.h. Nothing here is the guest side's. */
#include <errno.h>

#include "xencomm.h"

#define MAGIC    0x58434f4du
#define FLAG     0x8000000000000000u
#define MASK     0xf800000000000000u    /* what of a word says that it is inline */
#define USED_UP  UINT64_MAX

/* A place in the addresses of a descriptor. */
struct walk {
    const struct xencomm_memory *memory;
    uint64_t entry;                     /* where the next address is */
    uint32_t left;
};

static bool is_inline(uint64_t handle)
{
    return (handle & MASK) == FLAG;
}

bool xencomm_is_null(uint64_t handle)
{
    return !handle || handle == FLAG;
}

/* How much of a page there is from an address on. */
static uint64_t to_page_end(const struct xencomm_memory *memory, uint64_t address)
{
    uint64_t size = (uint64_t)1 << memory->page_shift;

    return size - (address & (size - 1));
}

static bool start_walk(struct walk *walk, const struct xencomm_memory *memory, uint64_t handle)
{
    struct { uint32_t magic, nr; } header;

    if ( handle % sizeof(uint64_t) || to_page_end(memory, handle) < sizeof(header) ||
         !memory->access(memory->context, handle, &header, sizeof(header), false) ||
         header.magic != MAGIC )
        return false;
    *walk = (struct walk){ memory, handle + sizeof(header), header.nr };
    return true;
}

/* The next address that is not used up; *place is where it stands. */
static bool next_address(struct walk *walk, uint64_t *address, uint64_t *place)
{
    const struct xencomm_memory *memory = walk->memory;

    while ( walk->left )
    {
        *place = walk->entry;
        walk->entry += sizeof(*address);
        walk->left--;
        if ( !memory->access(memory->context, *place, address, sizeof(*address), false) )
            return false;
        if ( *address != USED_UP )
            return true;
    }
    return false;
}

/* Bytes that are contiguous in guest-physical memory, page by page. */
static bool copy_bytes(const struct xencomm_memory *memory, uint64_t address, char *buffer,
                       size_t length, bool write)
{
    while ( length )
    {
        uint64_t chunk = to_page_end(memory, address);

        if ( chunk > length )
            chunk = length;
        if ( !memory->access(memory->context, address, buffer, chunk, write) )
            return false;
        address += chunk;
        buffer += chunk;
        length -= chunk;
    }
    return true;
}

static bool copy_described(const struct xencomm_memory *memory, uint64_t handle,
                           uint64_t offset, char *buffer, size_t length, bool write)
{
    uint64_t address, place;
    struct walk walk;

    if ( !start_walk(&walk, memory, handle) )
        return false;
    while ( length )
    {
        uint64_t chunk;

        if ( !next_address(&walk, &address, &place) )
            return false;
        chunk = to_page_end(memory, address);
        if ( offset >= chunk )
        {
            offset -= chunk;
            continue;
        }
        chunk -= offset;
        if ( chunk > length )
            chunk = length;
        if ( !copy_bytes(memory, address + offset, buffer, chunk, write) )
            return false;
        offset = 0;
        buffer += chunk;
        length -= chunk;
    }
    return true;
}

int xencomm_copy(const struct xencomm_memory *memory, uint64_t handle, uint64_t offset,
                 void *buffer, size_t length, bool write)
{
    bool copied;

    if ( xencomm_is_null(handle) )
        copied = !length;
    else if ( is_inline(handle) )
        copied = copy_bytes(memory, (handle & ~MASK) + offset, buffer, length, write);
    else
        copied = copy_described(memory, handle, offset, buffer, length, write);
    return copied ? 0 : -EFAULT;
}

int xencomm_add_offset(const struct xencomm_memory *memory, uint64_t *handle, uint64_t bytes)
{
    uint64_t address, place;
    struct walk walk;

    if ( xencomm_is_null(*handle) )
        return bytes ? -EFAULT : 0;
    if ( is_inline(*handle) )
    {
        *handle += bytes;
        return 0;
    }
    if ( !start_walk(&walk, memory, *handle) )
        return -EFAULT;
    while ( bytes )
    {
        uint64_t chunk;

        if ( !next_address(&walk, &address, &place) )
            return -EFAULT;
        chunk = to_page_end(memory, address);
        if ( bytes < chunk )
            address += bytes;
        else
            address = USED_UP;
        if ( !memory->access(memory->context, place, &address, sizeof(address), true) )
            return -EFAULT;
        bytes -= bytes < chunk ? bytes : chunk;
    }
    return 0;
}
