/* SPDX-License-Identifier: MIT */
/*
 * A file of a Xen tree, with the tree's flags: the public headers stand where
 * the tree has its own, xen/include/public, and the tree has the types.
 */
typedef signed char int8_t;
typedef short int16_t;
typedef int int32_t;
typedef long int64_t;
typedef unsigned char uint8_t;
typedef unsigned short uint16_t;
typedef unsigned int uint32_t;
typedef unsigned long uint64_t;

#include <public/xen.h>
#include <public/grant_table.h>
#include <public/memory.h>
#include <public/physdev.h>
#include <public/pmt.h>

int grant_op_known(unsigned int cmd);

int grant_op_known(unsigned int cmd)
{
    return cmd <= GNTTABOP_cache_flush;
}
