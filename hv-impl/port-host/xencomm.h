/* SPDX-License-Identifier: MIT */
/*
 * What a hypervisor makes of a xencomm handle, by the rules of Xen 4.1.
 *
 * A handle is guest-physical: bit 63 and the address of a contiguous buffer, or
 * the address of a descriptor, {u32 magic, u32 nr, u64 address[nr]}. A
 * descriptor is 8-aligned, so its header does not cross a page; its addresses
 * may, and each page of them is looked up by itself. An address stands for the
 * bytes up to the end of its page, ~0 for none. What lies behind the last one
 * cannot be reached.
 */
#ifndef HV_PORT_HOST_XENCOMM_H
#define HV_PORT_HOST_XENCOMM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xencomm_memory {
    unsigned int page_shift;
    void *context;
    /* Copy bytes of one page, to the guest or from it; false: it is not there. */
    bool (*access)(void *context, uint64_t address, void *buffer, size_t length, bool write);
};

/*
 * Copy length bytes from offset on, to the guest where write is set. 0, or
 * -EFAULT: then what comes before has been copied.
 */
int xencomm_copy(const struct xencomm_memory *memory, uint64_t handle, uint64_t offset,
                 void *buffer, size_t length, bool write);

/*
 * Let the handle begin bytes later. Of a descriptor what is skipped is used up,
 * in the guest's memory: its addresses move on, or become ~0. 0 or -EFAULT.
 */
int xencomm_add_offset(const struct xencomm_memory *memory, uint64_t *handle, uint64_t bytes);

/* NULL, in either form. */
bool xencomm_is_null(uint64_t handle);

#endif
