/* SPDX-License-Identifier: MIT */
/* grant_table_op: what holds for all of its ops; the ops that ask about a table. */
#include "guest.h"

#define NO_OP 0x7f

/* Rows 9.1, with query_size and swap_grant_ref standing for the others. */
static void the_call(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };

    fails(hc_grant_table_op, "9.1 count bit 31", "a count of 2^31",
          hc_grant_table_op(GNTTABOP_copy, NULL, 0x80000000u), EQ, -XEN_EINVAL);
    succeeds(hc_grant_table_op, "9.1 count 0", "a batch of nothing",
             hc_grant_table_op(GNTTABOP_copy, NULL, 0), EQ, 0);
    fails(hc_grant_table_op, "9.1 unknown cmd", "no such op",
          hc_grant_table_op(NO_OP, &query, 1), EQ, -XEN_ENOSYS);
    fails(hc_grant_table_op, "9.1 cmd bits 31..12", "a place to resume from, not from Xen",
          hc_grant_table_op(GNTTABOP_query_size | 1 << 12, &query, 1), EQ, -XEN_EINVAL);
    fails(hc_grant_table_op, "9.1 uop", "unreadable elements",
          hc_grant_table_op(GNTTABOP_query_size, NO_ADDRESS, 1), EQ, -XEN_EFAULT);
}

static void query_size(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct gnttab_query_size unknown = { .dom = NO_DOMAIN };

    succeeds(hc_grant_table_query_size, "3.2", "of the own table",
             status_of(hc_grant_table_query_size(&query, 1), query), EQ, GNTST_okay);
    shows(hc_grant_table_query_size, "3.3 limits", "a table has a frame",
          query.nr_frames, GE, 1);
    shows(hc_grant_table_query_size, "3.3 limits", "frames it may have",
          query.max_nr_frames, GE, query.nr_frames);

    fails(hc_grant_table_query_size, "9.4 unknown dom", "of no domain",
          status_of(hc_grant_table_query_size(&unknown, 1), unknown),
          EQ, GNTST_bad_domain);
    fails(hc_grant_table_query_size, "9.1 count", "two at a time",
          hc_grant_table_query_size(&query, 2), EQ, -XEN_EINVAL);
}

static long setup(domid_t domain, unsigned int frames, void *list)
{
    struct gnttab_setup_table setup = { .dom = domain, .nr_frames = frames };

    set_xen_guest_handle(setup.frame_list, list);

    return status_of(hc_grant_table_setup_table(&setup, 1), setup);
}

static void setup_table(void)
{
    xen_pfn_t frames[2] = { 0 };
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct gnttab_setup_table two = { .dom = DOMID_SELF };

    succeeds(hc_grant_table_setup_table, "3.2", "two frames",
             setup(DOMID_SELF, 2, frames), EQ, GNTST_okay);
    shows(hc_grant_table_setup_table, "3.2", "and they are told", frames[1], NE, 0);
    hc_grant_table_query_size(&query, 1);
    shows(hc_grant_table_setup_table, "3.2", "the table grew", query.nr_frames, EQ, 2);

    fails(hc_grant_table_setup_table, "9.4 nr_frames", "more than allowed",
          setup(DOMID_SELF, query.max_nr_frames + 1, frames), EQ, GNTST_general_error);
    fails(hc_grant_table_setup_table, "9.4 unknown dom", "of no domain",
          setup(NO_DOMAIN, 1, frames), EQ, GNTST_bad_domain);
    fails(hc_grant_table_setup_table, "9.4 frame_list fault", "nowhere to write",
          setup(DOMID_SELF, 1, NO_ADDRESS), EQ, GNTST_bad_virt_addr);
    fails(hc_grant_table_setup_table, "9.4 bad handle range", "Xen's own memory",
          setup(DOMID_SELF, 1, (void *)0xffff830000000000), EQ, CALL_ERROR(-XEN_EFAULT));
    fails(hc_grant_table_setup_table, "9.1 count", "two at a time",
          hc_grant_table_setup_table(&two, 2), EQ, -XEN_EINVAL);
}

static void get_version(void)
{
    struct gnttab_get_version get = { .dom = DOMID_SELF };
    struct gnttab_get_version unknown = { .dom = NO_DOMAIN };

    succeeds(hc_grant_table_get_version, "3.2", "of the own table",
             hc_grant_table_get_version(&get, 1), EQ, 0);
    shows(hc_grant_table_get_version, "3.2", "is 1", get.version, EQ, 1);
    fails(hc_grant_table_get_version, "9.4 unknown dom", "of no domain",
          hc_grant_table_get_version(&unknown, 1), EQ, -XEN_ESRCH);
}

static void dump_table(void)
{
    struct gnttab_dump_table dump = { .dom = DOMID_SELF };

    fails(hc_grant_table_dump_table, "3.1 dump_table", "Xen has no code for it",
          hc_grant_table_dump_table(&dump, 1), EQ, -XEN_ENOSYS);
}

static void cache_flush(void)
{
    static char page[PAGE_SIZE] __attribute__((aligned(4096)));
    struct gnttab_cache_flush flush = {
        .a.dev_bus_addr = mfn_of(page) * PAGE_SIZE, .length = 64, .op = GNTTAB_CACHE_CLEAN,
    };

    succeeds(hc_grant_table_cache_flush, "3.7 cache_flush", "clean a part of an own page",
             hc_grant_table_cache_flush(&flush, 1), EQ, 0);
    flush.op = GNTTAB_CACHE_CLEAN | GNTTAB_CACHE_INVAL;
    succeeds(hc_grant_table_cache_flush, "3.7 cache_flush", "clean it and forget it",
             hc_grant_table_cache_flush(&flush, 1), EQ, 0);
    flush.op = GNTTAB_CACHE_INVAL;
    fails(hc_grant_table_cache_flush, "3.7 cache_flush", "forget only",
          hc_grant_table_cache_flush(&flush, 1), EQ, -XEN_EOPNOTSUPP);
    flush.op = GNTTAB_CACHE_SOURCE_GREF;
    fails(hc_grant_table_cache_flush, "3.3 SOURCE_GREF", "by reference",
          hc_grant_table_cache_flush(&flush, 1), EQ, -XEN_EINVAL);
    flush.op = GNTTAB_CACHE_CLEAN;
    flush.offset = PAGE_SIZE - 63;
    fails(hc_grant_table_cache_flush, "3.7 cache_flush", "beyond the page",
          hc_grant_table_cache_flush(&flush, 1), EQ, -XEN_EINVAL);
    flush.length = 0;
    succeeds(hc_grant_table_cache_flush, "3.7 cache_flush", "of nothing",
             hc_grant_table_cache_flush(&flush, 1), EQ, 0);
    fails(hc_grant_table_cache_flush, "3.5 opaque", "of nothing, from a place to resume from",
          hc_grant_table_op(GNTTABOP_cache_flush | 1 << 12, &flush, 1), EQ, -XEN_EILSEQ);
}

static long swap(grant_ref_t a, grant_ref_t b)
{
    struct gnttab_swap_grant_ref swap = { .ref_a = a, .ref_b = b };
    return status_of(hc_grant_table_swap_grant_ref(&swap, 1), swap);
}

static void swap_grant_ref(void)
{
    grant_ref_t a = FIRST_REF, b = FIRST_REF + 1;

    grant_give(a, NO_DOMAIN, 77, GTF_permit_access);
    succeeds(hc_grant_table_swap_grant_ref, "3.1 swap", "a full and an empty entry",
             swap(a, b), EQ, GNTST_okay);
    shows(hc_grant_table_swap_grant_ref, "3.1 swap", "the entry moved",
          grants[b].frame, EQ, 77);
    shows(hc_grant_table_swap_grant_ref, "3.1 swap", "and left nothing behind",
          grants[a].flags, EQ, 0);
    succeeds(hc_grant_table_swap_grant_ref, "9.4 swap same ref", "an entry with itself",
             swap(b, b), EQ, GNTST_okay);
    fails(hc_grant_table_swap_grant_ref, "9.4 swap ref bad", "beyond the table",
          swap(b, 100000), EQ, GNTST_bad_gntref);
    grant_take_back(b);
}

void check_grant_queries(void)
{
    the_call();
    query_size();
    setup_table();
    grants_init();
    get_version();
    dump_table();
    cache_flush();
    swap_grant_ref();
}
