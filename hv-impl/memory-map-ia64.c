/* SPDX-License-Identifier: MIT */
/*
 * The machine's map of memory as EFI has it: descriptors behind a header that says how
 * large they are, all of it counted in bytes.
 *
 * Needs memory.h. A domain's own map is not told by a call there.
 */
#include "memory.h"

struct map_header {
    uint64_t map_size, descriptor_size, descriptor_version;
};
struct map_entry {
    uint32_t type, pad;
    uint64_t physical, virtual, pages, attribute;
};
#define MAP_RAM         7u
#define MAP_WRITE_BACK  8u
#define MAP_PAGE        12              /* EFI's pages */

/* All RAM in one piece: the machine's frames are told by nothing else. */
long hv_memory_machine_memory_map(struct hd_call *call,
                                  struct xen_memory_map *op)
{
    uint64_t first = port_min_mfn(), nr = port_max_mfn() - first + 1;
    const struct map_entry entry = {
        .type = MAP_RAM, .physical = first << PMT_GRANULE_SHIFT,
        .pages = nr << (PMT_GRANULE_SHIFT - MAP_PAGE), .attribute = MAP_WRITE_BACK,
    };
    const struct map_header header = { sizeof(entry), sizeof(entry), 1 };
    const unsigned int need = sizeof(header) + sizeof(entry);

    if ( guest_handle_is_null(op->buffer) )
    {
        op->nr_entries = need;
        return 0;
    }
    if ( op->nr_entries < need )
        return -EINVAL;
    op->nr_entries = need;
    if ( hd_memory_machine_memory_map_put_buffer(call, op, 0, &header,
                                                 sizeof(header)) )
        return -EFAULT;
    return hd_memory_machine_memory_map_put_buffer(call, op, sizeof(header),
                                                   &entry, sizeof(entry));
}
