/* SPDX-License-Identifier: MIT */
/*
 * Maps of memory as BIOS call 0x15, 0xE820 has them: the machine's, and those that a
 * domain was given.
 *
 * Needs memory.h. What a domain has is copied under its lock, and told without it: it
 * may die, or get another, meanwhile.
 */
#include "memory.h"

struct map_entry {
    uint64_t address, size;
    uint32_t type;
} __attribute__((__packed__));
#define MAP_RAM     1u

/* All RAM in one piece: the machine's frames are told by nothing else. */
long hv_memory_machine_memory_map(struct hd_call *call,
                                  struct xen_memory_map *op)
{
    uint64_t first = port_min_mfn(), nr = port_max_mfn() - first + 1;
    const struct map_entry entry = {
        .type = MAP_RAM, .address = first << PMT_GRANULE_SHIFT, .size = nr << PMT_GRANULE_SHIFT,
    };

    if ( guest_handle_is_null(op->buffer) )
    {
        op->nr_entries = 1;
        return 0;
    }
    if ( op->nr_entries < 1 )
        return -EINVAL;
    op->nr_entries = 1;
    return hd_memory_machine_memory_map_put_buffer(call, op, 0, &entry,
                                                   sizeof(entry));
}

/* ---- a domain's map ------------------------------------------------------------------- */

long hv_memory_set_memory_map(struct hd_call *call,
                              struct xen_foreign_memory_map *op,
                              struct domain *domid)
{
    struct hv_domain *hv = domid->hv;
    unsigned int nr = op->map.nr_entries, bytes = nr * sizeof(struct map_entry);
    unsigned int before_bytes;
    void *map = port_alloc(bytes ? bytes : 1), *before;

    if ( !map )
        return -ENOMEM;
    if ( bytes && hd_memory_set_memory_map_get_map_buffer(call, op, 0, map, bytes) )
    {
        port_free(map, bytes);
        return -EFAULT;
    }
    port_lock(&hv->lock);
    if ( domid->is_dying )
    {
        before = map;
        before_bytes = bytes ? bytes : 1;
    }
    else
    {
        before = hv->memory_map;
        before_bytes = hv->memory_map_bytes;
        hv->memory_map = map;
        hv->memory_map_entries = nr;
        hv->memory_map_bytes = bytes ? bytes : 1;
    }
    port_unlock(&hv->lock);
    if ( before )
        port_free(before, before_bytes);
    return 0;
}

/* Copied under the lock: as many entries as there are, and room for. */
static int map_copy(struct hv_domain *hv, unsigned int room, void **copy,
                    unsigned int *nr, unsigned int *bytes)
{
    unsigned int most = room < 1024 ? room : 1024;
    int rc = 0;

    *bytes = most * sizeof(struct map_entry);
    *copy = *bytes ? port_alloc(*bytes) : NULL;
    if ( *bytes && !*copy )
        return -ENOMEM;
    port_lock(&hv->lock);
    *nr = hv->memory_map_entries < most ? hv->memory_map_entries : most;
    if ( !hv->memory_map )
        rc = -ENOSYS;
    else if ( *nr )
        memcpy(*copy, hv->memory_map, *nr * sizeof(struct map_entry));
    port_unlock(&hv->lock);
    return rc;
}

long hv_memory_memory_map(struct hd_call *call, struct xen_memory_map *op)
{
    unsigned int nr = 0, bytes = 0;
    void *copy = NULL;
    int rc = map_copy(call->caller->hv, op->nr_entries, &copy, &nr, &bytes);

    if ( !rc && nr )
        rc = hd_memory_memory_map_put_buffer(call, op, 0, copy,
                                             nr * sizeof(struct map_entry));
    if ( !rc )
        op->nr_entries = nr;
    if ( copy )
        port_free(copy, bytes);
    return rc;
}
