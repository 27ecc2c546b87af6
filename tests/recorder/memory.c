/* SPDX-License-Identifier: MIT */
/*
 * Guest memory. Every copy goes through access_begin(), which counts, logs and
 * fails as planned. With PORT_VALGRIND what is written must have been set. Gives
 * what port.h says of guest memory, and machine.h's.
 */
#include <stdlib.h>
#include <sys/mman.h>

#ifdef PORT_VALGRIND
#include <valgrind/memcheck.h>
#endif

#include "recorder.h"

struct machine machine;

void port_unreachable(const char *file, int line)
{
    (void)file;
    (void)line;
    abort();
}

uint64_t machine_digest(const void *from, unsigned long bytes, uint64_t seed)
{
    const unsigned char *at = from;
    uint64_t digest = seed ^ 0xcbf29ce484222325UL;

    while ( bytes-- )
        digest = (digest ^ *at++) * 0x100000001b3UL;
    return digest;
}

void machine_start(void)
{
    /* Pages nobody may touch lie on both sides. */
    unsigned char *at = mmap(NULL, 3 * GUEST_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if ( at == MAP_FAILED ||
         mprotect(at + GUEST_SIZE, GUEST_SIZE, PROT_READ | PROT_WRITE) )
        abort();
    machine.memory = at + GUEST_SIZE;
    machine.reads = calloc(1, GUEST_SIZE);
    if ( !machine.reads )
        abort();
    machine_reset();
}

void machine_reset(void)
{
    unsigned char *memory = machine.memory, *reads = machine.reads;

    memset(&machine, 0, sizeof(machine));
    machine.memory = memory;
    machine.reads = reads;
    machine.fault_at = machine.preempt_at = ~0u;
    machine.lost = ~0UL;
    memset(memory, 0, GUEST_SIZE);
    memset(reads, 0, GUEST_SIZE);
}

void machine_enter(void)
{
    memset(machine.reads, 0, GUEST_SIZE);
    machine.okays = 0;
    machine.next.wanted = false;
    machine.entries++;
}

void *machine_memory(unsigned long address, unsigned long bytes)
{
    if ( address < GUEST_BASE || bytes > GUEST_SIZE ||
         address - GUEST_BASE > GUEST_SIZE - bytes )
        return NULL;
    return machine.memory + (address - GUEST_BASE);
}

bool port_okay(unsigned long address, unsigned long count, unsigned long size)
{
    if ( count >= ~0UL / size || address >= GUEST_LIMIT ||
         count * size > GUEST_LIMIT - address )
        return false;
    if ( machine.okays < 64 )
    {
        machine.okay[machine.okays].address = address;
        machine.okay[machine.okays++].bytes = count * size;
    }
    return true;
}

static bool is_okay(unsigned long address, unsigned long bytes)
{
    unsigned int i;

    for ( i = 0; i < machine.okays; i++ )
        if ( address >= machine.okay[i].address &&
             address - machine.okay[i].address + bytes <= machine.okay[i].bytes )
            return true;
    return false;
}

/* NULL: this access fails. */
static unsigned char *access_begin(unsigned long address, unsigned long bytes, bool write,
                                   bool checked)
{
    unsigned int number = machine.accesses++;
    struct access *a = &machine.access[number % MOST_ACCESSES];
    unsigned char *at = machine_memory(address, bytes);

#ifdef PORT_IA64
    checked = true;                     /* a descriptor is looked at with each copy */
#endif
    *a = (struct access){ .address = address, .bytes = bytes, .write = write,
                          .entry = machine.entries - 1 };
    if ( checked ? !port_okay(address, bytes, 1) : !is_okay(address, bytes) )
    {
        machine.not_checked += !checked;
        at = NULL;
    }
    if ( address < machine.hole + machine.hole_bytes && address + bytes > machine.hole &&
         (write || !machine.hole_is_for_writes) )
        at = NULL;
    if ( number == machine.fault_at )
    {
        at = NULL;
        if ( !write )
            machine.lost = address;
    }
    a->failed = at == NULL;
    return at;
}

unsigned long (port_read)(void *to, unsigned long from, unsigned long bytes, bool checked)
{
    unsigned char *at = access_begin(from, bytes, false, checked);
    unsigned long i, twice = 0, there = bytes;

    if ( at && from + bytes > machine.lost )
    {
        machine.access[(machine.accesses - 1) % MOST_ACCESSES].failed = true;
        there = machine.tells && from < machine.lost ? machine.lost - from : 0;
    }
    for ( i = 0; at && i < there; i++ )
        twice += machine.reads[from - GUEST_BASE + i]++ != 0;
    machine.read_twice += twice;
    if ( !at || (twice && machine.refuse_second) )
        there = 0;
    if ( there )
        memcpy(to, at, there);
    memset((char *)to + there, 0, bytes - there);       /* as Xen does */
    if ( there < bytes )
        return bytes - there;
    machine.access[(machine.accesses - 1) % MOST_ACCESSES].data = machine_digest(to, bytes, 0);
    if ( machine.adversary )
        machine.adversary(&machine, from, bytes);
    return 0;
}

unsigned long (port_write)(unsigned long to, const void *from, unsigned long bytes, bool checked)
{
    unsigned char *at = access_begin(to, bytes, true, checked);

#ifdef PORT_VALGRIND
    (void)VALGRIND_CHECK_MEM_IS_DEFINED(from, bytes);
#endif
    if ( !at )
        return bytes;
    memcpy(at, from, bytes);
    machine.access[(machine.accesses - 1) % MOST_ACCESSES].data = machine_digest(from, bytes, 0);
    return 0;
}
