/* SPDX-License-Identifier: MIT */
/* The rows of grant.def, but for those about interruptions: see batches.c. */
#include "conformance.h"

#define HANDLE_BEFORE 0x77

struct gnttab_map_grant_ref *new_maps(unsigned int count)
{
    struct gnttab_map_grant_ref *maps = guest_new(struct gnttab_map_grant_ref, count);
    unsigned int i;

    for ( i = 0; i < count; i++ )
    {
        maps[i].host_addr = 0x1000 * i;
        maps[i].flags = GNTMAP_host_map;
        maps[i].ref = i;
        maps[i].dom = OTHER;
        maps[i].status = STATUS_BEFORE;
        maps[i].handle = HANDLE_BEFORE;
    }
    return maps;
}

static long query(unsigned int more, void *uop, unsigned int count)
{
    struct gnttab_query_size *queries = guest_new(struct gnttab_query_size, 2);

    queries[0].dom = queries[1].dom = DOMID_SELF;
    return hc_grant_table_op(GNTTABOP_query_size | more, uop ? uop : at(queries), count);
}

/* ---- 9.1 ------------------------------------------------------------------------ */

static long copies(unsigned int count)
{
    return hc_grant_table_copy(at(guest_new(struct gnttab_copy, 1)), count);
}

long row_count_bit_31(void)
{
    return copies(0x80000000u);
}

long row_count_0(void)
{
    return copies(0);
}

long row_count_0_handlers(void)
{
    copies(0);
    return script.calls;
}

long row_count_0_memory(void)
{
    copies(0);
    return machine.accesses;
}

long row_unknown_cmd(void)
{
    return hc_grant_table_op(0x7f, at(guest_memory(64)), 1);
}

long row_unknown_cmd_hvm(void)
{
    caller_is_translated();
    return hc_grant_table_op(0x7f, at(guest_memory(64)), 1);
}

long row_place(void)
{
    return query(1 << 12, NULL, 1);
}

long row_place_no_op(void)
{
    return hc_grant_table_op(0x7f | 1 << 12, NOWHERE, 1);
}

long row_place_no_code(void)
{
    return hc_grant_table_op(GNTTABOP_dump_table | 1 << 12, NOWHERE, 1);
}

/* How many ops, of those that have code, answer so; cache_flush has a place. */
static unsigned int ops_that_say(unsigned int more, void *uop, long answer)
{
    unsigned int op, count = 0;

    for ( op = GNTTABOP_map_grant_ref; op < GNTTABOP_cache_flush; op++ )
        if ( op != GNTTABOP_dump_table )
            count += hc_grant_table_op(op | more, uop, 1) == answer && !script.calls;
    return count;
}

long row_place_each(void)
{
    return ops_that_say(1 << 12, NOWHERE, -EINVAL);
}

long row_place_hvm(void)
{
    caller_is_translated();
    return query(1 << 12, NULL, 1);
}

long row_unreadable(void)
{
    return query(0, NOWHERE, 1);
}

long row_unreadable_each(void)
{
    return ops_that_say(0, NOWHERE, -EFAULT);
}

long row_out_of_range_each(void)
{
    return ops_that_say(0, XENS_OWN, -EFAULT);
}

/* The first lies at the end of what a guest may name. */
static long map_across_the_limit(void)
{
    return hc_grant_table_map_grant_ref(
        (struct gnttab_map_grant_ref *)(GUEST_LIMIT - sizeof(struct gnttab_map_grant_ref)), 2);
}

long row_out_of_range(void)
{
    return map_across_the_limit();
}

long row_out_of_range_first(void)
{
    map_across_the_limit();
    return script.calls + machine.accesses;
}

#define HVM(name, op)                                                           \
    long row_hvm_##name(void)                                                   \
    {                                                                           \
        caller_is_translated();                                                 \
        return hc_grant_table_##op(at(guest_new(struct gnttab_##op, 1)), 1);    \
    }

HVM(transfer, transfer)
HVM(replace, unmap_and_replace)
HVM(status_frames, get_status_frames)
HVM(dump, dump_table)
HVM(cache_flush, cache_flush)

long row_two_setups(void)
{
    return hc_grant_table_setup_table(at(guest_new(struct gnttab_setup_table, 2)), 2);
}

long row_two_queries(void)
{
    return query(0, NULL, 2);
}

long row_two_status_frames(void)
{
    return hc_grant_table_get_status_frames(at(guest_new(struct gnttab_get_status_frames, 2)), 2);
}

/* ---- 9.2 and 9.3 ------------------------------------------------------------------ */

static struct gnttab_map_grant_ref *map_for_nobody(long *result)
{
    struct gnttab_map_grant_ref *map = new_maps(1);

    map->flags = GNTMAP_readonly;
    *result = hc_grant_table_map_grant_ref(at(map), 1);
    return map;
}

long row_neither_map(void)
{
    long result;

    return map_for_nobody(&result)->status;
}

long row_neither_map_call(void)
{
    long result;

    map_for_nobody(&result);
    return result;
}

long row_refused_handle(void)
{
    long result;

    return map_for_nobody(&result)->handle;
}

static long map_refused(struct hd_call *call, void *op)
{
    (void)call;
    ((struct gnttab_map_grant_ref *)op)->status = GNTST_general_error;
    return 0;
}

long row_failed_handle(void)
{
    struct gnttab_map_grant_ref *map = new_maps(1);

    script.act = map_refused;
    hc_grant_table_map_grant_ref(at(map), 1);
    return map->handle;
}

static struct gnttab_unmap_grant_ref *unmap_with_fault(long *result)
{
    struct gnttab_unmap_grant_ref *unmaps = guest_new(struct gnttab_unmap_grant_ref, 3);

    unmaps[0].status = unmaps[1].status = unmaps[2].status = STATUS_BEFORE;
    machine.hole = guest_address(&unmaps[1].status);
    machine.hole_bytes = sizeof(unmaps[1].status);
    machine.hole_is_for_writes = true;
    *result = hc_grant_table_unmap_grant_ref(at(unmaps), 3);
    return unmaps;
}

long row_unmap_fault(void)
{
    long result;

    unmap_with_fault(&result);
    return result;
}

long row_unmap_fault_first(void)
{
    long result;

    return unmap_with_fault(&result)->status;
}

long row_unmap_fault_handlers(void)
{
    long result;

    unmap_with_fault(&result);
    return script.calls;
}

long row_unmap_fault_end(void)
{
    long result;

    unmap_with_fault(&result);
    return script.ends;
}

/* ---- 9.4 ------------------------------------------------------------------------ */

static struct gnttab_setup_table *new_setup(domid_t dom)
{
    struct gnttab_setup_table *setup = guest_new(struct gnttab_setup_table, 1);

    setup->dom = dom;
    setup->nr_frames = 1;
    setup->status = STATUS_BEFORE;
    set_xen_guest_handle(setup->frame_list, at(guest_new(xen_pfn_t, 1)));
    return setup;
}

long row_setup_unknown(void)
{
    struct gnttab_setup_table *setup = new_setup(NOBODY);

    hc_grant_table_setup_table(at(setup), 1);
    return setup->status;
}

long row_setup_denied(void)
{
    struct gnttab_setup_table *setup = new_setup(OTHER);

    machine.denied = "*";
    hc_grant_table_setup_table(at(setup), 1);
    return setup->status;
}

static struct gnttab_setup_table *setup_out_of_range(long *result)
{
    struct gnttab_setup_table *setup = new_setup(DOMID_SELF);

    set_xen_guest_handle(setup->frame_list, (xen_pfn_t *)XENS_OWN);
    *result = hc_grant_table_setup_table(at(setup), 1);
    return setup;
}

long row_setup_range(void)
{
    long result;

    setup_out_of_range(&result);
    return result;
}

long row_setup_range_status(void)
{
    long result;

    return setup_out_of_range(&result)->status;
}

static long query_of(domid_t dom)
{
    struct gnttab_query_size *size = guest_new(struct gnttab_query_size, 1);

    size->dom = dom;
    size->status = STATUS_BEFORE;
    hc_grant_table_query_size(at(size), 1);
    return size->status;
}

long row_query_unknown(void)
{
    return query_of(NOBODY);
}

long row_query_denied(void)
{
    machine.denied = "*";
    return query_of(OTHER);
}

static long copy_second_denied(struct hd_call *call, void *op)
{
    (void)call;
    ((struct gnttab_copy *)op)->status =
        script.calls == 2 ? GNTST_permission_denied : GNTST_okay;
    return 0;
}

static struct gnttab_copy *copy_three(long *result)
{
    struct gnttab_copy *copy = guest_new(struct gnttab_copy, 3);

    copy[0].status = copy[1].status = copy[2].status = STATUS_BEFORE;
    script.act = copy_second_denied;
    *result = hc_grant_table_copy(at(copy), 3);
    return copy;
}

long row_copy_goes_on(void)
{
    long result;

    copy_three(&result);
    return result;
}

long row_copy_second(void)
{
    long result;

    return copy_three(&result)[1].status;
}

long row_copy_third(void)
{
    long result;

    return copy_three(&result)[2].status;
}

static long version_refused(struct hd_call *call, void *op)
{
    (void)call;
    ((struct gnttab_set_version *)op)->version = 1;
    return -EINVAL;
}

static struct gnttab_set_version *set_version_3(long *result)
{
    struct gnttab_set_version *set = guest_new(struct gnttab_set_version, 1);

    set->version = 3;
    script.act = version_refused;
    *result = hc_grant_table_set_version(at(set), 1);
    return set;
}

long row_version_3(void)
{
    long result;

    set_version_3(&result);
    return result;
}

long row_version_3_told(void)
{
    long result;

    return set_version_3(&result)->version;
}

static long version_of(domid_t dom)
{
    struct gnttab_get_version *get = guest_new(struct gnttab_get_version, 1);

    get->dom = dom;
    return hc_grant_table_get_version(at(get), 1);
}

long row_version_unknown(void)
{
    return version_of(NOBODY);
}

long row_version_denied(void)
{
    machine.denied = "*";
    return version_of(OTHER);
}
