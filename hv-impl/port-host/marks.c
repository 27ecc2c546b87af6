/* SPDX-License-Identifier: MIT */
/*
 * Frame numbers are marked, and looked for in whatever a domain gets to see that may not
 * know them, a translated one without has_pmt: what is written into its memory, results,
 * frames that it shares with the hypervisor.
 */
#include <stdio.h>

#include "host.h"

static char text[256];
static unsigned int leaks;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static inline bool is_frame(uint64_t word)
{
    uint64_t high = word - MACHINE_HIGH_BASE + MACHINE_LOW_FRAMES;

    return word - PORT_MFN_BASE < MACHINE_LOW_FRAMES ||
           (high >= MACHINE_LOW_FRAMES && high < host.nr_frames);
}

/* As it is, as an address, in an entry of the table. */
bool machine_marked(uint64_t word)
{
    return is_frame(word) || is_frame(word >> PAGE_SHIFT) ||
           is_frame((word & 0x000ffffffffff000ul) >> 12);
}

unsigned int machine_leaks(void)
{
    return __atomic_load_n(&leaks, __ATOMIC_RELAXED);
}

const char *machine_leak_text(void)
{
    return text;
}

void marks_forget(void)
{
    leaks = 0;
    text[0] = 0;
}

static void leak(const char *where, unsigned long place, uint64_t word)
{
    pthread_mutex_lock(&lock);
    if ( !leaks )
        snprintf(text, sizeof(text), "domain %u is told %#lx %s %#lx", current->domain->domain_id,
                 (unsigned long)word, where, place);
    __atomic_fetch_add(&leaks, 1, __ATOMIC_RELAXED);
    pthread_mutex_unlock(&lock);
}

bool marks_apply(const struct domain *d)
{
    return !d->has_pmt && !d->is_pv;
}

/* Once, for the plan. */
static bool plant(enum machine_leak which)
{
    if ( machine_plan.plant_leak != which || !marks_apply(current->domain) )
        return false;
    machine_plan.plant_leak = MACHINE_NO_LEAK;
    return true;
}

void marks_plant_memory(void *at, size_t bytes)
{
    size_t skip = -(unsigned long)at % 8;
    uint64_t frame = PORT_MFN_BASE + 1;

    if ( bytes >= skip + 8 && plant(MACHINE_LEAK_MEMORY) )
        host_copy((char *)at + skip, &frame, sizeof(frame));
}

#ifdef PORT_PATTERN
/* I8: bytes that nobody has set are handed out. Half a word of them is no accident. */
static void look_for_pattern(const uint64_t *was, const uint64_t *is, size_t words,
                             unsigned long where)
{
    const uint32_t pattern = PORT_PATTERN * 0x01010101u;
    size_t i;

    for ( i = 0; i < words; i++ )
        if ( was[i] != is[i] && ((uint32_t)is[i] == pattern || is[i] >> 32 == pattern) )
            violation("bytes that were never set are written to guest memory at %#lx", where + i * 8);
}
#else
#define look_for_pattern(was, is, words, where) ((void)0)
#endif

/* Words of 64 and of 32 bits, the last padded; what stood there before is not told. */
void marks_look(const void *before, const void *now, size_t bytes, unsigned long where)
{
    const uint64_t *was = before, *is = now;
    size_t i;

    if ( QUICK )
        return;
    look_for_pattern(was, is, (bytes + 7) / 8, where);
    if ( !marks_apply(current->domain) || here.open )
        return;
    for ( i = 0; i < (bytes + 7) / 8; i++ )
    {
        uint64_t word = is[i];

        if ( word == was[i] )
            continue;
        if ( machine_marked(word) )
            leak("in memory at", where + i * 8, word);
        else if ( is_frame((uint32_t)word) && (uint32_t)word != (uint32_t)was[i] )
            leak("in memory at", where + i * 8, (uint32_t)word);
        else if ( is_frame(word >> 32) && word >> 32 != was[i] >> 32 )
            leak("in memory at", where + i * 8 + 4, word >> 32);
    }
}

/* How much memory the machine has is no secret. */
bool marks_open(unsigned int nr, unsigned long cmd, unsigned long result)
{
    return nr == __HYPERVISOR_memory_op && cmd == XENMEM_maximum_ram_page && result == port_max_mfn();
}

unsigned long marks_register(unsigned int nr, unsigned long cmd, unsigned long result)
{
    if ( QUICK )
        return result;
    if ( plant(MACHINE_LEAK_REGISTER) )
        result = PORT_MFN_BASE + 2;
    if ( marks_open(nr, cmd, result) )
        return result;
    if ( marks_apply(current->domain) && machine_marked(result) )
        leak("as the result of call", nr, result);
    return result;
}

/* Guests write there as they like: for ThreadSanitizer this is no reader. */
static __attribute__((__no_sanitize__("thread"))) void look_at_frame(uint64_t mfn)
{
    const uint64_t *at = (const uint64_t *)host_address(mfn);
    size_t i;

    for ( i = 0; i < PAGE_SIZE / 8; i++ )
    {
        uint64_t word = at[i];

        /* Most of it is empty: eight words at a time. */
        if ( i % 8 == 0 && !(at[i] | at[i + 1] | at[i + 2] | at[i + 3] | at[i + 4] |
                             at[i + 5] | at[i + 6] | at[i + 7]) )
        {
            i += 7;
            continue;
        }
        if ( word && (machine_marked(word) || is_frame((uint32_t)word) || is_frame(word >> 32)) )
        {
            leak("in a frame it shares, at word", i, word);
            return;
        }
    }
}

/* Grant tables and the like of all that may not know; page tables are nobody's to read. */
void marks_shared(void)
{
    struct domain *d;
    unsigned int i;

    if ( QUICK )
        return;
    for_each_domain(d, i)
    {
        uint32_t frame;

        if ( !marks_apply(d) )
            continue;
        pthread_mutex_lock(&d->port->page_lock);
        for ( frame = d->port->first_special; frame != NO_FRAME; frame = host.frame[frame].next )
        {
            if ( d == current->domain && plant(MACHINE_LEAK_SHARED) )
                ((uint64_t *)port_page_address(index_mfn(frame)))[PAGE_SIZE / 8 - 1] = PORT_MFN_BASE + 3;
            look_at_frame(index_mfn(frame));
        }
        pthread_mutex_unlock(&d->port->page_lock);
    }
}
