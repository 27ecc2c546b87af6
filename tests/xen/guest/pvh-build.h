/* SPDX-License-Identifier: MIT */
/* dom0 and the PVH domains that it runs. */
#ifndef PVH_BUILD_H
#define PVH_BUILD_H

#include "domain.h"

#include "../pvh/pvh.h"

/* payloads.S */
extern char pvh32[], pvh32_end[], pvh64[], pvh64_end[];

/* A domain with the payload in its memory, ready to be unpaused. */
domid_t pvh_build(const char *image, const char *end);

#endif
