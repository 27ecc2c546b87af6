/* SPDX-License-Identifier: MIT */
/* What PORT_DIRECT needs beside domain.c. */
#define PORT_DIRECT 1
#include <stdlib.h>

#include "recorder.h"

struct machine machine;
unsigned long port_limit = 1UL << 47;
volatile unsigned int port_pending;

void port_unreachable(const char *file, int line)
{
    (void)file;
    (void)line;
    abort();
}
