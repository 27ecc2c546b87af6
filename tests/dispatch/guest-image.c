/* SPDX-License-Identifier: MIT */
/*
 * A guest: makes every call once, and reports what it sees afterwards. Compiled
 * for 32 and for 64 bits, with nothing but the headers and the stubs. What it
 * calls with lies in the memory that it shares with the machine.
 */
#include <stddef.h>
#include <stdint.h>

#include <xen/xen.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

#include "mailbox.h"

void guest_start(void);
void *memset(void *to, int byte, size_t bytes);

static struct mailbox *const mailbox = (struct mailbox *)MAILBOX_AT;
static unsigned long next_free;

#ifdef __x86_64__
static long system_call(long nr, long a, long b, long c)
{
    long rc;

    __asm__ volatile ( "syscall" : "=a" (rc) : "0" (nr), "D" (a), "S" (b), "d" (c)
                       : "rcx", "r11", "memory" );
    return rc;
}
enum { SYS_READ = 0, SYS_WRITE = 1, SYS_EXIT = 60 };

/* The memory that is shared, at its place. */
static long map_memory(void)
{
    register long flags __asm__ ( "r10" ) = 0x11, file __asm__ ( "r8" ) = MAILBOX_MEMORY,
                  offset __asm__ ( "r9" ) = 0;
    long rc;

    __asm__ volatile ( "syscall" : "=a" (rc)
                       : "0" (9l), "D" (0x10000000l), "S" (0x40000l), "d" (3l), "r" (flags),
                         "r" (file), "r" (offset) : "rcx", "r11", "memory" );
    return rc;
}
#else
static long system_call(long nr, long a, long b, long c)
{
    long rc;

    __asm__ volatile ( "int $0x80" : "=a" (rc) : "0" (nr), "b" (a), "c" (b), "d" (c)
                       : "memory" );
    return rc;
}
enum { SYS_READ = 3, SYS_WRITE = 4, SYS_EXIT = 1 };

static long map_memory(void)
{
    const unsigned long arguments[6] = { 0x10000000, 0x40000, 3, 0x11, MAILBOX_MEMORY, 0 };

    return system_call(90, (long)arguments, 0, 0);
}
#endif

void *memset(void *to, int byte, size_t bytes)
{
    volatile unsigned char *at = to;

    while ( bytes-- )
        *at++ = (unsigned char)byte;
    return to;
}

static void report(uint64_t value)
{
    if ( mailbox->reports < MOST_REPORTS )
        mailbox->report[mailbox->reports++] = value;
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    unsigned int i;
    char byte = 0;

    mailbox->nr = nr;
    for ( i = 0; i < 5; i++ )
        mailbox->reg[i] = reg[i];
    if ( system_call(SYS_WRITE, MAILBOX_CALL, (long)&byte, 1) != 1 ||
         system_call(SYS_READ, MAILBOX_ANSWER, (long)&byte, 1) != 1 )
        system_call(SYS_EXIT, 1, 0, 0);
    return (unsigned long)mailbox->result;
}

/* Fresh memory of zeros. */
static void *take(size_t bytes)
{
    void *at = (void *)(0x10001000 + next_free);

    next_free += (bytes + 127) & ~63UL;
    return memset(at, 0, bytes);
}

#define LIST(type, n, first) ({                     \
        type *list_ = take((n) * sizeof(type));     \
        unsigned int j_;                            \
                                                    \
        for ( j_ = 0; j_ < (n); j_++ )              \
            list_[j_] = (type)((first) + j_);       \
        list_; })
#define REPORT_LIST(list, n) do {                   \
        unsigned int k_;                            \
                                                    \
        for ( k_ = 0; k_ < (n); k_++ )              \
            report((uint64_t)(list)[k_]);           \
    } while ( 0 )
#define EACH for ( i = 0; i < 3; i++ )
#define RETURNED(rc) report((uint64_t)(int64_t)(rc))

static void grants(void)
{
    struct gnttab_map_grant_ref *map = take(3 * sizeof(*map));
    struct gnttab_unmap_grant_ref *unmap = take(3 * sizeof(*unmap));
    struct gnttab_transfer *transfer = take(3 * sizeof(*transfer));
    struct gnttab_copy *copy = take(3 * sizeof(*copy));
    struct gnttab_unmap_and_replace *replace = take(3 * sizeof(*replace));
    struct gnttab_swap_grant_ref *swap = take(3 * sizeof(*swap));
    struct gnttab_cache_flush *flush = take(3 * sizeof(*flush));
    unsigned int i;

    EACH
    {
        map[i].host_addr = 0x1000 * i;
        map[i].flags = i ? GNTMAP_host_map : 0;
        map[i].ref = 9 + i;
        map[i].dom = 1;
        unmap[i].handle = transfer[i].ref = swap[i].ref_a = replace[i].handle = 7 + i;
        transfer[i].mfn = 0x1234 + i;
        transfer[i].domid = 1;
        copy[i].source.u.gmfn = 0x4321 + i;
        copy[i].source.domid = DOMID_SELF;
        copy[i].source.offset = 3;
        copy[i].dest.u.ref = 8;
        copy[i].dest.domid = 1;
        copy[i].dest.offset = 5;
        copy[i].len = 100;
        copy[i].flags = GNTCOPY_dest_gref;
        replace[i].new_addr = 0x7000;
        flush[i].a.dev_bus_addr = 0x123456789000ull;
        flush[i].length = 64;
        flush[i].op = GNTTAB_CACHE_CLEAN;
    }
    RETURNED(hc_grant_table_map_grant_ref(map, 3));
    RETURNED(hc_grant_table_unmap_grant_ref(unmap, 3));
    RETURNED(hc_grant_table_transfer(transfer, 3));
    RETURNED(hc_grant_table_copy(copy, 3));
    RETURNED(hc_grant_table_unmap_and_replace(replace, 3));
    RETURNED(hc_grant_table_swap_grant_ref(swap, 3));
    RETURNED(hc_grant_table_cache_flush(flush, 3));
    EACH
    {
        report((uint64_t)map[i].status);
        report(map[i].handle);
        report(map[i].dev_bus_addr);
        report(map[i].host_addr);
        report((uint64_t)unmap[i].status);
        report((uint64_t)transfer[i].status);
        report(transfer[i].mfn);
        report((uint64_t)copy[i].status);
        report(copy[i].len);
        report((uint64_t)replace[i].status);
        report((uint64_t)swap[i].status);
    }
}

static void tables(domid_t domid)
{
    struct gnttab_setup_table *setup = take(sizeof(*setup));
    struct gnttab_get_status_frames *frames = take(sizeof(*frames));
    struct gnttab_query_size *size = take(sizeof(*size));
    struct gnttab_set_version *version = take(sizeof(*version));
    struct gnttab_get_version *get = take(sizeof(*get));
    xen_pfn_t *list = LIST(xen_pfn_t, 3, 0);
    uint64_t *wide = LIST(uint64_t, 3, 0);

    setup->dom = frames->dom = size->dom = get->dom = domid;
    setup->nr_frames = frames->nr_frames = 3;
    set_xen_guest_handle(setup->frame_list, list);
    set_xen_guest_handle(frames->frame_list, wide);
    version->version = 2;
    RETURNED(hc_grant_table_setup_table(setup, 1));
    RETURNED(hc_grant_table_get_status_frames(frames, 1));
    RETURNED(hc_grant_table_query_size(size, 1));
    RETURNED(hc_grant_table_query_size(size, 2));
    RETURNED(hc_grant_table_set_version(version, 1));
    RETURNED(hc_grant_table_get_version(get, 1));
    report((uint64_t)setup->status);
    report((uint64_t)frames->status);
    report((uint64_t)size->status);
    report(size->nr_frames);
    report(size->max_nr_frames);
    report(version->version);
    report(get->version);
    REPORT_LIST(list, 3);
    REPORT_LIST(wide, 3);
}

static void extents(domid_t domid, unsigned int order)
{
    struct xen_memory_reservation *r = take(sizeof(*r));
    struct xen_memory_exchange *x = take(sizeof(*x));
    xen_pfn_t *list = LIST(xen_pfn_t, 4, 0x100), *out = LIST(xen_pfn_t, 4, 0x200);

    r->nr_extents = x->in.nr_extents = x->out.nr_extents = 4;
    r->extent_order = x->in.extent_order = x->out.extent_order = order;
    r->domid = x->in.domid = x->out.domid = domid;
    set_xen_guest_handle(r->extent_start, list);
    set_xen_guest_handle(x->in.extent_start, list);
    set_xen_guest_handle(x->out.extent_start, out);
    RETURNED(hc_memory_increase_reservation(r));
    REPORT_LIST(list, 4);
    RETURNED(hc_memory_decrease_reservation(r));
    RETURNED(hc_memory_populate_physmap(r));
    REPORT_LIST(list, 4);
    RETURNED(hc_memory_exchange(x));
    REPORT_LIST(out, 4);
    report(x->nr_exchanged);
    set_xen_guest_handle(r->extent_start, (xen_pfn_t *)NULL);
    r->extent_order = 0;
    RETURNED(hc_memory_op(XENMEM_claim_pages, r));
}

static void counts(domid_t domid)
{
    struct xen_memory_domain *d = take(sizeof(*d));
    struct xen_memory_map *map = take(sizeof(*map));
    struct xen_foreign_memory_map *foreign = take(sizeof(*foreign));
    struct xen_machphys_mfn_list *frames = take(sizeof(*frames));
    struct xen_machphys_mapping *mapping = take(sizeof(*mapping));
    unsigned char *buffer = take(60);
    xen_pfn_t *list = LIST(xen_pfn_t, 3, 0);

    d->domid = foreign->domid = domid;
    map->nr_entries = foreign->map.nr_entries = 3;
    set_xen_guest_handle(map->buffer, (void *)buffer);
    set_xen_guest_handle(foreign->map.buffer, (void *)buffer);
    frames->max_extents = 3;
    set_xen_guest_handle(frames->extent_start, list);
    RETURNED(hc_memory_maximum_ram_page());
    RETURNED(hc_memory_current_reservation(d));
    RETURNED(hc_memory_maximum_reservation(d));
    RETURNED(hc_memory_maximum_gpfn(d));
    RETURNED(hc_memory_machphys_mfn_list(frames));
    report(frames->nr_extents);
    REPORT_LIST(list, 3);
    RETURNED(hc_memory_machphys_compat_mfn_list(frames));
    RETURNED(hc_memory_machphys_mapping(mapping));
    RETURNED(hc_memory_memory_map(map));
    REPORT_LIST(buffer, 60);
    RETURNED(hc_memory_machine_memory_map(map));
    RETURNED(hc_memory_set_memory_map(foreign));
}

static void places(domid_t domid, unsigned int space)
{
    struct xen_add_to_physmap *add = take(sizeof(*add));
    struct xen_add_to_physmap_batch *batch = take(sizeof(*batch));
    struct xen_remove_from_physmap *gone = take(sizeof(*gone));
    struct xen_mem_acquire_resource *resource = take(sizeof(*resource));
    struct xen_reserved_device_memory_map *rdm = take(sizeof(*rdm));
    xen_reserved_device_memory_t *entries = take(3 * sizeof(*entries));
    int *errors = LIST(int, 4, 0);
    xen_pfn_t *frames = LIST(xen_pfn_t, 70, 0x300);
    unsigned int i;

    add->domid = batch->domid = gone->domid = resource->domid = domid;
    add->space = batch->space = (uint16_t)space;
    add->size = batch->size = 4;
    add->idx = add->gpfn = gone->gpfn = 0x55;
    set_xen_guest_handle(batch->idxs, LIST(xen_ulong_t, 4, 0x400));
    set_xen_guest_handle(batch->gpfns, LIST(xen_pfn_t, 4, 0x500));
    set_xen_guest_handle(batch->errs, errors);
    resource->nr_frames = 70;
    resource->frame = 3;
    set_xen_guest_handle(resource->frame_list, frames);
    rdm->flags = XENMEM_RDM_ALL;
    rdm->nr_entries = 3;
    set_xen_guest_handle(rdm->buffer, entries);
    RETURNED(hc_memory_add_to_physmap(add));
    RETURNED(hc_memory_add_to_physmap_batch(batch));
    REPORT_LIST(errors, 4);
    RETURNED(hc_memory_remove_from_physmap(gone));
    RETURNED(hc_memory_acquire_resource(resource));
    REPORT_LIST(frames, 70);
    RETURNED(hc_memory_reserved_device_memory_map(rdm));
    EACH
    {
        report(entries[i].start_pfn);
        report(entries[i].nr_pages);
    }
    set_xen_guest_handle(resource->frame_list, (xen_pfn_t *)NULL);
    resource->nr_frames = 0;
    RETURNED(hc_memory_acquire_resource(resource));
    report(resource->nr_frames);
}

static void translations(void)
{
    struct pmt_translate *translate = take(3 * sizeof(*translate));
    struct pmt_map *map = take(3 * sizeof(*map));
    struct pmt_attach *attach = take(sizeof(*attach));
    unsigned int i;

    EACH
    {
        translate[i].gpfn = map[i].address = 0x123456789000ull + i;
        translate[i].domid = map[i].domid = (domid_t)(i == 2 ? 77 : 1);
        map[i].ref = 5 + i;
    }
    attach->domid = DOMID_SELF;
    attach->nr = 130;
    RETURNED(hc_pmt_translate(translate, 3));
    RETURNED(hc_pmt_map(map, 3));
    RETURNED(hc_pmt_attach(attach, 1));
    report(attach->done);
    report((uint64_t)attach->status);
    EACH
    {
        report((uint64_t)translate[i].status);
        report(translate[i].entry);
        report(translate[i].run);
        report((uint64_t)map[i].status);
        report(map[i].address);
        report(map[i].handle);
    }
}

void guest_start(void)
{
    if ( map_memory() != 0x10000000 )
        system_call(SYS_EXIT, 2, 0, 0);
    grants();
    tables(DOMID_SELF);
    tables(77);
    extents(1, 0);
    extents(1, 10);
    next_free = 0;
    counts(1);
    counts(77);
    places(2, XENMAPSPACE_gmfn);
    places(2, XENMAPSPACE_gmfn_range);
    places(1, XENMAPSPACE_gmfn);
    next_free = 0;
    translations();
    system_call(SYS_EXIT, 0, 0, 0);
    for ( ; ; )
        ;
}
