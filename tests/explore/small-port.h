/* SPDX-License-Identifier: MIT */
/* Memory for what is explored, the same in each run. */
#ifndef SMALL_PORT_H
#define SMALL_PORT_H

#include <stdint.h>

void small_port_reset(void);
/* This window has words of four bytes; all others have eight. */
void small_port_dir(const void *at, uint64_t bytes);

#endif
