/* SPDX-License-Identifier: MIT */
/* Memory in pages of one size, and whether they came. Gives memory_*() of design.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "design.h"

#define HUGE (2ul << 20)
#define MOST_RANGES 64

bool memory_huge;
static struct { char *at; uint64_t bytes; } range[MOST_RANGES];
static unsigned int nr_ranges;

void *memory_reserve(uint64_t bytes)
{
    uint64_t size = (bytes + HUGE - 1) / HUGE * HUGE;
    char *at = mmap(NULL, size + HUGE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if ( at == MAP_FAILED || nr_ranges == MOST_RANGES )
        return NULL;
    at = (char *)(((uintptr_t)at + HUGE - 1) / HUGE * HUGE);
    if ( madvise(at, size, memory_huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) )
        return NULL;
    range[nr_ranges].at = at;
    range[nr_ranges++].bytes = size;
    return at;
}

void memory_resident(uint64_t *bytes, uint64_t *huge)
{
    char line[256];
    unsigned long from, to, kib;
    bool ours = false;
    unsigned int i;
    FILE *f = fopen("/proc/self/smaps", "r");

    *bytes = *huge = 0;
    if ( !f )
        return;
    while ( fgets(line, sizeof(line), f) )
        if ( sscanf(line, "%lx-%lx ", &from, &to) == 2 )
        {
            ours = false;
            for ( i = 0; i < nr_ranges; i++ )
                ours |= from < (uintptr_t)range[i].at + range[i].bytes && to > (uintptr_t)range[i].at;
        }
        else if ( ours && sscanf(line, "Rss: %lu kB", &kib) == 1 )
            *bytes += kib << 10;
        else if ( ours && sscanf(line, "AnonHugePages: %lu kB", &kib) == 1 )
            *huge += kib << 10;
    fclose(f);
}
