/* SPDX-License-Identifier: MIT */
/*
 * The hypervisor's copies from and to guests. A pointer, or behind a xencomm
 * handle a guest-physical address, has to lead to memory that the guest has, with
 * the rights that it has there. Every copy is counted, fails as planned, and is
 * looked at for frame numbers.
 */
#include "host.h"
#include "p2m.h"
#include "xencomm.h"

/* The running thread's stack, as guest-physical memory: above all frames. */
#define STACK_PHYSICAL (1ul << 50)
/* PV: from here up to MACHINE_PV_BASE addresses are the hypervisor's. */
#define HYPERVISOR_BASE 0xffff800000000000ul

/* ---- bytes that threads share ---------------------------------------------------------- */

#ifdef __SANITIZE_THREAD__
#define PIECES_ARE_ATOMIC 1
#else
#define PIECES_ARE_ATOMIC 0
#endif

#define COPY_WORD(type)                                                        \
    __atomic_store_n((type *)to, __atomic_load_n((const type *)from, __ATOMIC_RELAXED), __ATOMIC_RELAXED)

void host_copy(void *to, const void *from, size_t bytes)
{
    unsigned long both = (unsigned long)to | (unsigned long)from;
    unsigned char *t = to;
    const unsigned char *f = from;

    switch ( bytes )
    {
    case 8:
        if ( !(both % 8) )
        {
            COPY_WORD(uint64_t);
            return;
        }
        break;
    case 4:
        if ( !(both % 4) )
        {
            COPY_WORD(uint32_t);
            return;
        }
        break;
    case 2:
        if ( !(both % 2) )
        {
            COPY_WORD(uint16_t);
            return;
        }
        break;
    }
    if ( !PIECES_ARE_ATOMIC )
    {
        memcpy(to, from, bytes);
        return;
    }
    for ( ; bytes >= 8 && !(((unsigned long)t | (unsigned long)f) % 8); bytes -= 8, t += 8, f += 8 )
        __atomic_store_n((uint64_t *)t, __atomic_load_n((const uint64_t *)f, __ATOMIC_RELAXED),
                         __ATOMIC_RELAXED);
    for ( ; bytes; bytes--, t++, f++ )
        __atomic_store_n(t, __atomic_load_n(f, __ATOMIC_RELAXED), __ATOMIC_RELAXED);
}

void host_clear(void *at, size_t bytes)
{
    uint64_t *word = at;

    for ( ; bytes; bytes -= 8 )
        __atomic_store_n(word++, 0, __ATOMIC_RELAXED);
}

/* ---- where guests have memory ------------------------------------------------------------ */

static bool on_stack(unsigned long address)
{
    return address >= here.stack && address < here.stack_end;
}

static bool find_on_stack(unsigned long address, struct guest_bytes *found)
{
    *found = (struct guest_bytes){ (unsigned char *)address, here.stack_end - address, NOWHERE };
    return true;
}

/* To the end of the page, of which a reference is held until guest_done(). */
static bool find_in_frame(uint64_t mfn, uint64_t offset, uint64_t size, struct guest_bytes *found)
{
    *found = (struct guest_bytes){ (unsigned char *)port_page_address(mfn) + offset, size - offset, mfn };
    return true;
}

static bool find_in_table(struct domain *d, uint64_t gpa, bool write, struct guest_bytes *found)
{
    uint64_t mfn, entry = 0, size = 1ul << d->page_shift;

    if ( !d->port->built || p2m_get_page(d, gpa >> d->page_shift, false, &mfn, &entry) )
        return false;
    if ( !write || (entry & PMTE_writable) )
        return find_in_frame(mfn, gpa & (size - 1), size, found);
    p2m_put_page(mfn, false);
    return false;
}

static bool find_linear(struct domain *d, uint64_t va, bool write, struct guest_bytes *found)
{
    uint64_t *slot = pv_slot(d, va, false), pte, mfn;

    if ( !slot )
        return false;
    pte = __atomic_load_n(slot, __ATOMIC_ACQUIRE);
    mfn = (pte & ~(1ul << 63)) >> PAGE_SHIFT;
    if ( !(pte & MACHINE_PTE_PRESENT) || (write && !(pte & MACHINE_PTE_WRITABLE)) ||
         !port_page_get(mfn, NULL) )
        return false;
    return find_in_frame(mfn, va & (PAGE_SIZE - 1), PAGE_SIZE, found);
}

bool guest_find(struct domain *d, unsigned long address, bool write, struct guest_bytes *found)
{
    uint64_t offset = address - (unsigned long)d->port->kernel;

    if ( on_stack(address) )
        return find_on_stack(address, found);
    if ( d->is_pv && address >= MACHINE_PV_BASE )
        return find_linear(d, address, write, found);
    if ( !d->port->kernel || offset >= d->port->kernel_bytes || !find_in_table(d, offset, write, found) )
        return false;
    if ( found->at == (unsigned char *)address )
        return true;
    guest_done(found);                  /* another page is there by now */
    return false;
}

bool guest_find_physical(struct domain *d, uint64_t gpa, bool write, struct guest_bytes *found)
{
    uint64_t offset = gpa - STACK_PHYSICAL;

    if ( gpa >= STACK_PHYSICAL )
        return offset < here.stack_end - here.stack && find_on_stack(here.stack + offset, found);
    return find_in_table(d, gpa, write, found);
}

void guest_done(struct guest_bytes *found)
{
    if ( found->mfn != NOWHERE )
        port_page_put(found->mfn);
}

uint64_t machine_guest_physical(struct domain *d, const void *p)
{
    unsigned long address = (unsigned long)p;
    uint64_t offset = address - (unsigned long)d->port->kernel;

    if ( on_stack(address) )
        return STACK_PHYSICAL + (address - here.stack);
    return d->port->kernel && offset < d->port->kernel_bytes ? offset : NOWHERE;
}

/* ---- one copy ------------------------------------------------------------------------------ */

static bool in_hole(unsigned long address, unsigned long bytes, bool write)
{
    return machine_plan.hole_bytes && address < machine_plan.hole + machine_plan.hole_bytes &&
           address + bytes > machine_plan.hole && (write || !machine_plan.hole_is_for_writes);
}

/* As much at once as is looked for marks at once. */
#define MOST_AT_ONCE 256u

/* What was found is written, or read; where is what the guest calls it. */
static void copy_found(const struct guest_bytes *found, void *buffer, size_t bytes, bool write,
                       unsigned long where)
{
    uint64_t before[MOST_AT_ONCE / 8 + 1] = { 0 }, now[MOST_AT_ONCE / 8 + 1] = { 0 };
    size_t back = where % 8;

    if ( !write )
    {
        host_copy(buffer, found->at, bytes);
        return;
    }
    host_copy((char *)before + back, found->at, bytes);
    host_copy(found->at, buffer, bytes);
    marks_plant_memory(found->at, bytes);
    host_copy((char *)now + back, found->at, bytes);
    marks_look(before, now, back + bytes, where - back);
}

static void copy_begins(void)
{
    host_step();
    if ( here.locks )
        port_unreachable("a guest's memory is copied under a lock", __LINE__);
}

static void copy_is_done(unsigned long address, unsigned long bytes, bool write)
{
    if ( machine_plan.adversary && !here.in_point )
    {
        here.in_point = true;
        machine_plan.adversary(address, bytes, write);
        here.in_point = false;
    }
}

static size_t piece(size_t there, size_t wanted)
{
    size_t most = wanted < MOST_AT_ONCE ? wanted : MOST_AT_ONCE;

    return there < most ? there : most;
}

static bool copy_plain(unsigned long address, char *buffer, unsigned long bytes, bool write)
{
    struct guest_bytes found;

    if ( in_hole(address, bytes, write) )
        return false;
    while ( bytes )
    {
        size_t nr;

        if ( !guest_find(current->domain, address, write, &found) )
            return false;
        nr = piece(found.bytes, bytes);
        copy_found(&found, buffer, nr, write, address);
        guest_done(&found);
        address += nr;
        buffer += nr;
        bytes -= nr;
    }
    return true;
}

/* ---- plain addresses ------------------------------------------------------------------------- */

bool port_okay(unsigned long address, unsigned long count, unsigned long size)
{
    unsigned long bytes;

    if ( !HV_RULE(RANGE) )
        bytes = count * size;
    else if ( __builtin_mul_overflow(count, size, &bytes) || address + bytes < address ||
              (address < MACHINE_PV_BASE && address + bytes > HYPERVISOR_BASE) )
        return false;
    if ( here.okays < sizeof(here.okay) / sizeof(here.okay[0]) )
    {
        here.okay[here.okays].address = address;
        here.okay[here.okays++].bytes = bytes;
    }
    return true;
}

/* Somebody has asked about all of it since the call began. */
static bool was_okay(unsigned long address, unsigned long bytes)
{
    unsigned int i;

    for ( i = 0; i < here.okays; i++ )
        if ( address >= here.okay[i].address && bytes <= here.okay[i].bytes &&
             address - here.okay[i].address <= here.okay[i].bytes - bytes )
            return true;
    return here.okays == sizeof(here.okay) / sizeof(here.okay[0]);
}

/* Where arguments are; what is meant to be measured is not this. */
static bool copy_quickly(unsigned long address, void *buffer, unsigned long bytes, bool write)
{
    const struct port_domain *p = current->domain->port;

    if ( !on_stack(address) && address - (unsigned long)p->kernel >= p->kernel_bytes )
        return false;
    if ( write )
        memcpy((void *)address, buffer, bytes);
    else
        memcpy(buffer, (void *)address, bytes);
    return true;
}

static unsigned long copy(unsigned long address, void *buffer, unsigned long bytes, bool write,
                          bool checked)
{
    bool fails = plan_fails(&machine_counters.copies, machine_plan.fail_copy_at);

    if ( QUICK && copy_quickly(address, buffer, bytes, write) )
        return 0;
    copy_begins();
    if ( checked && !port_okay(address, bytes, 1) )
        fails = true;
    else if ( !checked && !was_okay(address, bytes) )
        violation("guest memory at %#lx is copied, and nobody has checked the range", address);
    if ( address < MACHINE_PV_BASE && address + bytes > HYPERVISOR_BASE )
    {
        if ( !fails )
            violation("memory of the hypervisor, at %#lx, is copied for a guest", address);
        fails = true;
    }
    if ( fails || !copy_plain(address, buffer, bytes, write) )
        return bytes;
    copy_is_done(address, bytes, write);
    return 0;
}

unsigned long port_read(void *to, unsigned long from, unsigned long bytes, bool checked)
{
    unsigned long left = copy(from, to, bytes, false, checked);

    if ( left )
        memset(to, 0, bytes);           /* as Xen does */
    return left;
}

unsigned long port_write(unsigned long to, const void *from, unsigned long bytes, bool checked)
{
    return copy(to, (void *)(unsigned long)from, bytes, true, checked);
}

/* ---- xencomm -------------------------------------------------------------------------------- */

static bool access_physical(void *context, uint64_t address, void *buffer, size_t length, bool write)
{
    struct domain *d = context;
    struct guest_bytes found;

    while ( length )
    {
        size_t nr;

        if ( in_hole(address, length, write) || !guest_find_physical(d, address, write, &found) )
            return false;
        nr = piece(found.bytes, length);
        copy_found(&found, buffer, nr, write, address);
        guest_done(&found);
        address += nr;
        buffer = (char *)buffer + nr;
        length -= nr;
    }
    return true;
}

static struct xencomm_memory guest_memory(void)
{
    return (struct xencomm_memory){ PAGE_SHIFT, current->domain, access_physical };
}

static unsigned long copy_handle(unsigned long handle, unsigned long offset, void *buffer,
                                 unsigned long bytes, bool write)
{
    struct xencomm_memory memory = guest_memory();

    copy_begins();
    if ( plan_fails(&machine_counters.copies, machine_plan.fail_copy_at) ||
         xencomm_copy(&memory, handle, offset, buffer, bytes, write) )
        return bytes;
    copy_is_done(handle, bytes, write);
    return 0;
}

unsigned long port_read_handle(void *to, unsigned long handle, unsigned long offset,
                               unsigned long bytes)
{
    unsigned long left = copy_handle(handle, offset, to, bytes, false);

    if ( left )
        memset(to, 0, bytes);
    return left;
}

unsigned long port_write_handle(unsigned long handle, unsigned long offset, const void *from,
                                unsigned long bytes)
{
    return copy_handle(handle, offset, (void *)(unsigned long)from, bytes, true);
}

/* A descriptor is used up where it lies; what cannot be is seen at the next copy. */
unsigned long port_handle_add(unsigned long handle, unsigned long bytes)
{
    struct xencomm_memory memory = guest_memory();
    uint64_t moved = handle;

    return xencomm_add_offset(&memory, &moved, bytes) ? 0 : moved;
}

bool port_handle_is_null(unsigned long handle)
{
    return xencomm_is_null(handle);
}

#ifdef PORT_XENCOMM
#include "../../guest-impl/xencomm.h"

/* ---- what the guest's side of xencomm asks of its guest ----------------------------------------- */

static unsigned long physical(const void *address)
{
    return machine_guest_physical(current->domain, address);
}

static void *allocate(unsigned long bytes)
{
    return machine_guest_alloc(current->domain, bytes);
}

static void release(void *memory, unsigned long bytes)
{
    machine_guest_free(current->domain, memory, bytes);
}

struct xencomm_guest xencomm_guest = { PAGE_SHIFT, physical, allocate, release };
#endif
