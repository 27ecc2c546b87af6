/* SPDX-License-Identifier: MIT */
/*
 * What tests/conformance asks of the dispatchers and nobody else asks of Xen:
 * partial results, and what must stay as it was.
 */
#include "guest.h"

#define OWN_DOMAIN 0
#define REF FIRST_REF
#define EMPTY_REF (FIRST_REF + 100)
#define NO_FRAME 0x7ffffff0UL
#define XEN_ADDRESS ((void *)0xffff830000000000UL)

/* Two pages for arrays that cross from one into the other, and two to give away. */
static char area[4][PAGE_SIZE] __attribute__((aligned(4096)));

static long handle_after(grant_ref_t ref, uint32_t flags)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)area[2], .flags = flags, .ref = ref, .dom = OWN_DOMAIN,
        .handle = 0x77,
    };

    must_be("a map that is refused", grant_map(&map) < 0, 1);
    return map.handle;
}

static void refused_maps(void)
{
    shows(hc_grant_table_map_grant_ref, "9.2 failure leaves handle", "unset",
          handle_after(REF, GNTMAP_readonly), EQ, 0x77);
    shows(hc_grant_table_map_grant_ref, "9.2 failure leaves handle", "of an entry that is empty",
          handle_after(EMPTY_REF, GNTMAP_host_map), EQ, 0x77);
    fails(hc_grant_table_map_grant_ref, "9.1 uop", "Xen's own memory",
          hc_grant_table_map_grant_ref(XEN_ADDRESS, 2), EQ, -XEN_EFAULT);
}

/* Each op looks at its place, and where its elements are. */
#define EACH(op)                                                                \
    fails_as("hc_grant_table_" #op, "9.1 uop", "each, Xen's own memory",        \
             hc_grant_table_op(GNTTABOP_##op, XEN_ADDRESS, 1), EQ, -XEN_EFAULT); \
    fails_as("hc_grant_table_" #op, "9.1 uop", "each, unreadable",              \
             hc_grant_table_op(GNTTABOP_##op, NO_ADDRESS, 1), EQ, -XEN_EFAULT); \
    fails_as("hc_grant_table_" #op, "9.1 cmd bits 31..12", "each",              \
             hc_grant_table_op(GNTTABOP_##op | 1 << 12, NO_ADDRESS, 1), EQ, -XEN_EINVAL)

static void each_op(void)
{
    EACH(map_grant_ref);
    EACH(unmap_grant_ref);
    EACH(setup_table);
    EACH(transfer);
    EACH(copy);
    EACH(query_size);
    EACH(unmap_and_replace);
    EACH(set_version);
    EACH(get_status_frames);
    EACH(get_version);
    EACH(swap_grant_ref);
    fails(hc_grant_table_dump_table, "9.1 cmd bits 31..12", "of an op without code",
          hc_grant_table_op(GNTTABOP_dump_table | 1 << 12, NO_ADDRESS, 1), EQ, -XEN_EINVAL);
    fails(hc_grant_table_op, "9.1 cmd bits 31..12", "of no op",
          hc_grant_table_op(0x7f | 1 << 12, NO_ADDRESS, 1), EQ, -XEN_EINVAL);
}

/* The second of two lies in a page that cannot be written. */
static void unmap_fault(void)
{
    struct gnttab_unmap_grant_ref *unmaps = (void *)(area[1] - sizeof(*unmaps));
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)area[2], .flags = GNTMAP_host_map, .ref = REF,
        .dom = OWN_DOMAIN,
    };

    grant_give(REF, OWN_DOMAIN, mfn_of(area[3]), GTF_permit_access);
    must_be("map", grant_map(&map), 0);
    /* Both addresses are 0: nothing is done, and that is okay. */
    unmaps[0] = unmaps[1] = (struct gnttab_unmap_grant_ref){ .handle = map.handle, .status = 1 };
    must_be("read-only", slot_set(area[1], pte_make(mfn_of(area[1]), PTE_RO)), 0);
    fails(hc_grant_table_unmap_grant_ref, "9.3 out copy failure", "the second cannot be written",
          hc_grant_table_unmap_grant_ref(unmaps, 2), EQ, -XEN_EFAULT);
    shows(hc_grant_table_unmap_grant_ref, "9.3 out copy failure", "the first is done",
          unmaps[0].status, EQ, GNTST_okay);
    shows(hc_grant_table_unmap_grant_ref, "9.3 out copy failure", "the second is as it was",
          unmaps[1].status, EQ, 1);
    slot_restore(area[1]);
    must_be("unmap", grant_unmap(map.host_addr, map.handle), 0);
    slot_restore(area[2]);
    grant_take_back(REF);
}

static void setup_range(void)
{
    struct gnttab_setup_table setup = { .dom = DOMID_SELF, .nr_frames = 1, .status = 1 };

    set_xen_guest_handle(setup.frame_list, XEN_ADDRESS);
    must_be("setup_table", hc_grant_table_setup_table(&setup, 1), -XEN_EFAULT);
    shows(hc_grant_table_setup_table, "9.4 bad handle range", "and its status is as it was",
          setup.status, EQ, 1);
}

/* ---- counts ---------------------------------------------------------------------- */

static struct xen_memory_reservation reservation(void *list, unsigned long count)
{
    struct xen_memory_reservation some = { .nr_extents = count, .domid = DOMID_SELF };

    set_xen_guest_handle(some.extent_start, list);
    return some;
}

static void counts(void)
{
    xen_pfn_t frame = NO_FRAME;
    struct xen_memory_reservation some = reservation(&frame, 0);

    fails(hc_memory_increase_reservation, "9.6 arg unreadable", "nothing to read",
          hc_memory_increase_reservation(NO_ADDRESS), EQ, 0);
    fails(hc_memory_decrease_reservation, "9.6 arg unreadable", "nothing to read",
          hc_memory_decrease_reservation(NO_ADDRESS), EQ, 0);
    succeeds(hc_memory_increase_reservation, "9.6 nr_extents 0", "nothing",
             hc_memory_increase_reservation(&some), EQ, 0);
    succeeds(hc_memory_decrease_reservation, "9.6 nr_extents 0", "nothing",
             hc_memory_decrease_reservation(&some), EQ, 0);
    some.nr_extents = 67108864;
    fails(hc_memory_increase_reservation, "9.6 nr_extents > 67108863", "too many to count",
          hc_memory_increase_reservation(&some), EQ, 0);
    fails(hc_memory_decrease_reservation, "9.6 nr_extents > 67108863", "too many to count",
          hc_memory_decrease_reservation(&some), EQ, 0);
    some = reservation(&frame, 1);
    some.extent_order = 19;
    fails(hc_memory_decrease_reservation, "9.6 extent_order", "an extent of 2 GiB",
          hc_memory_decrease_reservation(&some), EQ, 0);
    fails(hc_memory_populate_physmap, "9.6 start_extent", "resumed, and unreadable",
          hc_memory_op(XENMEM_populate_physmap | 7 << 6, NO_ADDRESS), EQ, 7);
    some = reservation(&frame, 4);
    fails(hc_memory_populate_physmap, "9.6 start_extent", "resumed behind the last",
          hc_memory_op(XENMEM_populate_physmap | 9 << 6, &some), EQ, 9);
}

static void sizes(void)
{
    fails(hc_memory_maximum_reservation, "9.7 fault", "nothing to read",
          hc_memory_maximum_reservation(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_memory_maximum_gpfn, "9.7 fault", "nothing to read",
          hc_memory_maximum_gpfn(NO_ADDRESS), EQ, -XEN_EFAULT);
    fails(hc_memory_op, "9.5 unknown op", "with a place to resume from",
          hc_memory_op(0x3f | 1 << 6, NO_ADDRESS), EQ, -XEN_ENOSYS);
    fails(hc_memory_add_to_physmap_batch, "9.5 start_extent", "wider than size",
          hc_memory_op(XENMEM_add_to_physmap_batch | 0x10000ul << 6, NO_ADDRESS), EQ, -XEN_EDOM);
}

/* What populate or exchange told for a page of ours. */
static void page_is_back(void *page, unsigned long mfn)
{
    p2m_set(page, mfn);
    slot_restore(page);
}

/* The list ends with its page, and there is none behind it. */
static void list_faults(void)
{
    xen_pfn_t *list = (xen_pfn_t *)(area[1] - 2 * sizeof(*list));
    struct xen_memory_reservation some = reservation(list, 3);
    unsigned int i;

    must_be("no page behind", slot_set(area[1], 0), 0);
    for ( i = 0; i < 2; i++ )
    {
        list[i] = mfn_of(area[2 + i]);
        must_be("unmap", slot_set(area[2 + i], 0), 0);
    }
    fails(hc_memory_decrease_reservation, "9.6 bad list page", "the third",
          hc_memory_decrease_reservation(&some), EQ, 2);
    for ( i = 0; i < 2; i++ )
        list[i] = pfn_of(area[2 + i]);
    fails(hc_memory_populate_physmap, "9.6 bad list page", "the third",
          hc_memory_populate_physmap(&some), EQ, 2);
    for ( i = 0; i < 2; i++ )
        page_is_back(area[2 + i], list[i]);
    slot_restore(area[1]);
}

static void second_is_none(void)
{
    xen_pfn_t list[3] = { mfn_of(area[2]), NO_FRAME, mfn_of(area[3]) };
    struct xen_memory_reservation some = reservation(list, 3);

    must_be("unmap", slot_set(area[2], 0), 0);
    fails(hc_memory_decrease_reservation, "9.6 absent gmfn", "the second of three",
          hc_memory_decrease_reservation(&some), EQ, 1);
    list[0] = pfn_of(area[2]);
    some.nr_extents = 1;
    must_be("populate", hc_memory_populate_physmap(&some), 1);
    page_is_back(area[2], list[0]);
}

static void exchange_second(void)
{
    xen_pfn_t in[2] = { mfn_of(area[2]), NO_FRAME };
    xen_pfn_t out[2] = { pfn_of(area[2]), pfn_of(area[3]) };
    struct xen_memory_exchange exchange = {
        .in = reservation(in, 2), .out = reservation(out, 2),
    };

    must_be("unmap", slot_set(area[2], 0), 0);
    must_be("exchange", hc_memory_exchange(&exchange), -XEN_EINVAL);
    shows(hc_memory_exchange, "9.7 nr_exchanged = completed", "one is done",
          exchange.nr_exchanged, EQ, 1);
    page_is_back(area[2], out[0]);
}

void check_rows(void)
{
    refused_maps();
    each_op();
    unmap_fault();
    setup_range();
    counts();
    sizes();
    list_faults();
    second_is_none();
    exchange_second();
}
