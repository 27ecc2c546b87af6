/* SPDX-License-Identifier: MIT */
/* dom0 and the PV domain that it runs: where they meet. */
#ifndef DOMU_H
#define DOMU_H

#include "domain.h"

#define DOMU_PAGES 480
#define DOMU_SPARE 8                    /* It may grow by these. */

/* References in dom0's table, for the domain. */
enum
{
    MEETING_REF = 20,                   /* The page below. */
    READ_REF,                           /* Twice a page that may be read. */
    READ_REF_2,
    ACCEPT_REF,                         /* Room for one of the domain's pages. */
};

/* The reference in the domain's table, for dom0. */
#define DOMU_REF 9

#define MEETING_MAGIC 0x6d656574UL
#define DOMU_MAGIC 0x646f6d75UL
#define DOM0_MAGIC 0x646f6d30UL

/* Each waits until the other has moved the stage on. */
enum stage
{
    STAGE_BEGIN,
    STAGE_LOOK,                         /* dom0 is to look at the domain. */
    STAGE_END,                          /* The domain is to see what it did, and end. */
};

struct meeting
{
    uint32_t stage;
    uint32_t domain;                    /* Its own number. */
    uint64_t magic;
};

/* domu-build.c */
struct domu
{
    domid_t domain;
    xen_pfn_t frames[DOMU_PAGES];
};
void domu_build(struct domu *domu);

/* domu.c: what the domain does. It does not return. */
void domu_main(void) __attribute__((noreturn));

#endif
