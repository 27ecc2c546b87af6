/* SPDX-License-Identifier: MIT */
/*
 * What dom0 and a PVH payload agree on. The payload is a flat image, entered at
 * its first byte in 32-bit protected mode without paging; guest physical
 * addresses are all it knows. The same C is built for 32 and for 64 bits.
 */
#ifndef PVH_H
#define PVH_H

#define PVH_IMAGE 0x100000              /* Where the image lies, and starts. */
#define PVH_HEADER 8                    /* Offset of the header below. */
#define PVH_MAGIC 0x68767021

/* Frames below the image: one for each purpose, plain memory at first. */
#define PVH_FIRST_GFN 0x90
#define PVH_LOW_PAGES 16
#define PVH_MEETING_GFN 0x90            /* struct pvh_meeting */
#define PVH_GRANTED_GFN 0x91            /* For dom0, by reference. */
#define PVH_COPY_GFN 0x92               /* To copy to. */
#define PVH_TABLE_GFN 0x95              /* The grant table appears here. */
#define PVH_MAP_GFN 0x96                /* And a page of dom0 here. */
#define PVH_SPARE_GFN 0x97              /* Comes and goes. */
#define PVH_MOVE_GFN 0x98
#define PVH_MOVED_GFN 0x99
#define PVH_DOM0_GFN 0x9a               /* dom0 changes what is here. */
#define PVH_RANGE_GFN 0x9b              /* Two pages. */

#define PVH_PAGES (PVH_LOW_PAGES + PVH_IMAGE_PAGES)
#define PVH_IMAGE_PAGES 96
#define PVH_MAX_PAGES 512

/* References: in dom0's table, and in the payload's. */
#define PVH_WRITE_REF 24
#define PVH_READ_REF 25
#define PVH_OWN_REF 9

#define PVH_DOM0_WORD 0x30d0
#define PVH_OWN_WORD 0x9b9b
#define PVH_DOM0_ANSWER 0x31d1

#ifndef __ASSEMBLER__
#include <stdint.h>

/* In the image: where its expectations are. */
struct pvh_header
{
    uint32_t magic, expectations_first, expectations_end;
};

struct pvh_meeting
{
    uint32_t stage;                     /* 1: dom0 is to look. 2: end. */
    uint32_t where;                     /* The last group of tests begun. */
};
#endif
#endif
