/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/grant_table.h>.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#include "hd-grant_table.h"

static int map_grant_ref_one(struct hd_call *call,
                             struct gnttab_map_grant_ref *op)
{
    if ( unlikely(!(op->flags & 0x3)) )
    {
        op->status = GNTST_bad_gntref;
        return 0;
    }

    return hv_grant_table_map_grant_ref(call, op);
}

static always_inline int map_grant_ref_all(struct hd_call *call,
                                           XEN_GUEST_HANDLE_PARAM(void) *uop,
                                           unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_map_grant_ref_t) ops =
        guest_handle_cast(*uop, gnttab_map_grant_ref_t);
    struct gnttab_map_grant_ref block[32], *op = block;
    const unsigned int nr = *count;
    unsigned int i, read = 0;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++, op++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        if ( i == read )
        {
            const unsigned int came = hd_copy_block(block, ops, i, nr - i);

            if ( unlikely(!came) )
            {
                rc = -EFAULT;
                break;
            }
            op = block;
            read += came;
            if ( came > 1 )
                hv_grant_table_map_grant_ref_ahead(call, block, came);
        }
        op->status = GNTST_okay;

        rc = map_grant_ref_one(call, op);
        if ( rc )
            break;
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, op, host_addr, dom) ||
                 hd_copy_field_to_guest_offset(ops, i, op, status) ||
                 hd_copy_field_to_guest_offset(ops, i, op, handle) ||
                 hd_copy_field_to_guest_offset(ops, i, op, dev_bus_addr)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

int hd_grant_table_map_grant_ref(struct hd_call *call,
                                 XEN_GUEST_HANDLE_PARAM(void) *uop,
                                 unsigned int *count)
{
    return map_grant_ref_all(call, uop, count);
}

static always_inline int unmap_grant_ref_all(struct hd_call *call,
                                             XEN_GUEST_HANDLE_PARAM(void) *uop,
                                             unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_unmap_grant_ref_t) ops =
        guest_handle_cast(*uop, gnttab_unmap_grant_ref_t);
    struct gnttab_unmap_grant_ref block[32], *op = block;
    const unsigned int nr = *count;
    unsigned int i, read = 0;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++, op++ )
    {
        if ( i && !(i % 32) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_grant_table_op_end(call);
        }
        if ( i == read )
        {
            const unsigned int came = hd_copy_block(block, ops, i, nr - i);

            if ( unlikely(!came) )
            {
                rc = -EFAULT;
                break;
            }
            op = block;
            read += came;
            if ( came > 1 )
                hv_grant_table_unmap_grant_ref_ahead(call, block, came);
        }
        op->status = GNTST_okay;

        rc = hv_grant_table_unmap_grant_ref(call, op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

int hd_grant_table_unmap_grant_ref(struct hd_call *call,
                                   XEN_GUEST_HANDLE_PARAM(void) *uop,
                                   unsigned int *count)
{
    return unmap_grant_ref_all(call, uop, count);
}

static int setup_table_one(struct hd_call *call, struct gnttab_setup_table *op)
{
    struct domain *dom;
    int rc = 0;

    if ( !guest_handle_okay(op->frame_list, op->nr_frames) )
        return -EFAULT;

    dom = rcu_lock_domain_by_any_id(op->dom);
    if ( unlikely(!dom) )
    {
        op->status = GNTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(grant_setup, TARGET, call->caller, dom) )
    {
        op->status = GNTST_permission_denied;
        goto out;
    }

    rc = hv_grant_table_setup_table(call, op, dom);

out:
    rcu_unlock_domain(dom);

    return rc;
}

static int hd_grant_table_setup_table(struct hd_call *call,
                                      XEN_GUEST_HANDLE_PARAM(void) *uop,
                                      unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_setup_table_t) ops =
        guest_handle_cast(*uop, gnttab_setup_table_t);
    struct gnttab_setup_table op;
    int rc;

    if ( *count != 1 )
        return -EINVAL;
    if ( copy_from_guest(&op, ops, 1) )
        return -EFAULT;
    op.status = GNTST_okay;

    rc = setup_table_one(call, &op);
    if ( rc )
        return rc;
    if ( hd_copy_field_to_guest_offset(ops, 0, &op, status) )
        return -EFAULT;
    return rc;
}

static int transfer_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                        unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_transfer_t) ops =
        guest_handle_cast(*uop, gnttab_transfer_t);
    struct gnttab_transfer op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = GNTST_okay;

        rc = hv_grant_table_transfer(call, &op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int copy_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                    unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_copy_t) ops =
        guest_handle_cast(*uop, gnttab_copy_t);
    struct gnttab_copy op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = GNTST_okay;

        rc = hv_grant_table_copy(call, &op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int query_size_one(struct hd_call *call, struct gnttab_query_size *op)
{
    struct domain *dom;
    int rc = 0;

    dom = rcu_lock_domain_by_any_id(op->dom);
    if ( unlikely(!dom) )
    {
        op->status = GNTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(grant_query_size, TARGET, call->caller, dom) )
    {
        op->status = GNTST_permission_denied;
        goto out;
    }

    rc = hv_grant_table_query_size(call, op, dom);

out:
    rcu_unlock_domain(dom);

    return rc;
}

int hd_grant_table_query_size(struct hd_call *call,
                              XEN_GUEST_HANDLE_PARAM(void) *uop,
                              unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_query_size_t) ops =
        guest_handle_cast(*uop, gnttab_query_size_t);
    struct gnttab_query_size op;
    int rc;

    if ( *count != 1 )
        return -EINVAL;
    if ( copy_from_guest(&op, ops, 1) )
        return -EFAULT;
    op.status = GNTST_okay;

    rc = query_size_one(call, &op);
    if ( rc )
        return rc;
    if ( __copy_to_guest_offset(ops, 0, &op, 1) )
        return -EFAULT;
    return rc;
}

static always_inline int
unmap_and_replace_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                      unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_unmap_and_replace_t) ops =
        guest_handle_cast(*uop, gnttab_unmap_and_replace_t);
    struct gnttab_unmap_and_replace block[32], *op = block;
    const unsigned int nr = *count;
    unsigned int i, read = 0;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++, op++ )
    {
        if ( i && !(i % 32) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_grant_table_op_end(call);
        }
        if ( i == read )
        {
            const unsigned int came = hd_copy_block(block, ops, i, nr - i);

            if ( unlikely(!came) )
            {
                rc = -EFAULT;
                break;
            }
            op = block;
            read += came;
            if ( came > 1 )
                hv_grant_table_unmap_and_replace_ahead(call, block, came);
        }
        op->status = GNTST_okay;

        rc = hv_grant_table_unmap_and_replace(call, op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

int hd_grant_table_unmap_and_replace(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) *uop,
                                     unsigned int *count)
{
    return unmap_and_replace_all(call, uop, count);
}

int hd_grant_table_set_version(struct hd_call *call,
                               XEN_GUEST_HANDLE_PARAM(void) *uop,
                               unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_set_version_t) ops =
        guest_handle_cast(*uop, gnttab_set_version_t);
    struct gnttab_set_version op;
    int rc;

    (void)count;
    if ( copy_from_guest(&op, ops, 1) )
        return -EFAULT;

    rc = hv_grant_table_set_version(call, &op);
    if ( hd_copy_field_to_guest_offset(ops, 0, &op, version) )
        return -EFAULT;
    return rc;
}

static int get_status_frames_one(struct hd_call *call,
                                 struct gnttab_get_status_frames *op)
{
    struct domain *dom;
    int rc = 0;

    if ( !guest_handle_okay(op->frame_list, op->nr_frames) )
        return -EFAULT;

    dom = rcu_lock_domain_by_any_id(op->dom);
    if ( unlikely(!dom) )
    {
        op->status = GNTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(grant_setup, TARGET, call->caller, dom) )
    {
        op->status = GNTST_permission_denied;
        goto out;
    }

    rc = hv_grant_table_get_status_frames(call, op, dom);

out:
    rcu_unlock_domain(dom);

    return rc;
}

static int hd_grant_table_get_status_frames(struct hd_call *call,
                                            XEN_GUEST_HANDLE_PARAM(void) *uop,
                                            unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_get_status_frames_t) ops =
        guest_handle_cast(*uop, gnttab_get_status_frames_t);
    struct gnttab_get_status_frames op;
    int rc;

    if ( *count != 1 )
        return -EINVAL;
    if ( copy_from_guest(&op, ops, 1) )
        return -EFAULT;
    op.status = GNTST_okay;

    rc = get_status_frames_one(call, &op);
    if ( rc )
        return rc;
    if ( hd_copy_field_to_guest_offset(ops, 0, &op, status) )
        return -EFAULT;
    return rc;
}

static int get_version_one(struct hd_call *call, struct gnttab_get_version *op)
{
    struct domain *dom;
    int rc = 0;

    dom = rcu_lock_domain_by_any_id(op->dom);
    if ( unlikely(!dom) )
        return -ESRCH;

    if ( hd_xsm(grant_query_size, TARGET, call->caller, dom) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_grant_table_get_version(call, op, dom);

out:
    rcu_unlock_domain(dom);

    return rc;
}

int hd_grant_table_get_version(struct hd_call *call,
                               XEN_GUEST_HANDLE_PARAM(void) *uop,
                               unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_get_version_t) ops =
        guest_handle_cast(*uop, gnttab_get_version_t);
    struct gnttab_get_version op;
    int rc;

    (void)count;
    if ( copy_from_guest(&op, ops, 1) )
        return -EFAULT;

    rc = get_version_one(call, &op);
    if ( rc )
        return rc;
    if ( hd_copy_field_to_guest_offset(ops, 0, &op, version) )
        return -EFAULT;
    return rc;
}

static always_inline int swap_grant_ref_all(struct hd_call *call,
                                            XEN_GUEST_HANDLE_PARAM(void) *uop,
                                            unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_swap_grant_ref_t) ops =
        guest_handle_cast(*uop, gnttab_swap_grant_ref_t);
    struct gnttab_swap_grant_ref op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = GNTST_okay;

        rc = hv_grant_table_swap_grant_ref(call, &op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

int hd_grant_table_swap_grant_ref(struct hd_call *call,
                                  XEN_GUEST_HANDLE_PARAM(void) *uop,
                                  unsigned int *count)
{
    return swap_grant_ref_all(call, uop, count);
}

static int cache_flush_one(struct hd_call *call, struct gnttab_cache_flush *op)
{
    if ( unlikely(op->offset + 1u > hd_page_size(call->caller) ||
                  op->offset + op->length > hd_page_size(call->caller)) )
        return -EINVAL;

    if ( unlikely(op->op & 0xfffffffc) )
        return -EINVAL;

    return hv_grant_table_cache_flush(call, op);
}

static always_inline int cache_flush_all(struct hd_call *call,
                                         XEN_GUEST_HANDLE_PARAM(void) *uop,
                                         unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(gnttab_cache_flush_t) ops =
        guest_handle_cast(*uop, gnttab_cache_flush_t);
    struct gnttab_cache_flush op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    if ( unlikely(!guest_handle_okay(ops, nr)) )
        return -EFAULT;
    call->place <<= 12;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && hypercall_preempt_check() )
        {
            rc = -ERESTART;
            break;
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }

        rc = cache_flush_one(call, &op);
        if ( rc )
            break;
        call->place = 0;
    }

    if ( nr )
        hv_grant_table_op_end(call);
    if ( rc == -ERESTART )
    {
        call->place >>= 12;
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

int hd_grant_table_cache_flush(struct hd_call *call,
                               XEN_GUEST_HANDLE_PARAM(void) *uop,
                               unsigned int *count)
{
    return cache_flush_all(call, uop, count);
}

/* For other callers these numbers do not exist. */
static bool grant_table_op_exists(const struct hd_call *call)
{
    switch ( call->op )
    {
    case GNTTABOP_transfer:
    case GNTTABOP_unmap_and_replace:
    case GNTTABOP_get_status_frames:
    case GNTTABOP_cache_flush:
        return is_pv_domain(call->caller);
    default:
        return true;
    }
}

long do_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop,
                       unsigned int count)
{
    struct hd_call call;
    int rc;

    call.caller = current->domain;
    call.op = cmd & 0xfff;
    call.compat = false;
    call.place = cmd >> 12;
    call.data = NULL;

    if ( !grant_table_op_exists(&call) )
        return -ENOSYS;
    if ( paging_mode_translate(call.caller) && call.place )
        return -ENOSYS;
    if ( count > 0x7fffffffu )
        return -EINVAL;
    if ( call.place && call.op != GNTTABOP_cache_flush )
        return -EINVAL;
    if ( call.op >= 13 )
        return -ENOSYS;

    switch ( array_index_nospec(call.op, 13) )
    {
    case GNTTABOP_map_grant_ref:
        rc = map_grant_ref_all(&call, &uop, &count);
        break;

    case GNTTABOP_unmap_grant_ref:
        rc = unmap_grant_ref_all(&call, &uop, &count);
        break;

    case GNTTABOP_setup_table:
        rc = hd_grant_table_setup_table(&call, &uop, &count);
        break;

    case GNTTABOP_dump_table:
        return -ENOSYS;

    case GNTTABOP_transfer:
        rc = transfer_all(&call, &uop, &count);
        break;

    case GNTTABOP_copy:
        rc = copy_all(&call, &uop, &count);
        break;

    case GNTTABOP_query_size:
        rc = hd_grant_table_query_size(&call, &uop, &count);
        break;

    case GNTTABOP_unmap_and_replace:
        rc = unmap_and_replace_all(&call, &uop, &count);
        break;

    case GNTTABOP_set_version:
        rc = hd_grant_table_set_version(&call, &uop, &count);
        break;

    case GNTTABOP_get_status_frames:
        rc = hd_grant_table_get_status_frames(&call, &uop, &count);
        break;

    case GNTTABOP_get_version:
        rc = hd_grant_table_get_version(&call, &uop, &count);
        break;

    case GNTTABOP_swap_grant_ref:
        rc = swap_grant_ref_all(&call, &uop, &count);
        break;

    case GNTTABOP_cache_flush:
        rc = cache_flush_all(&call, &uop, &count);
        break;

    default:
        return -ENOSYS;
    }

    if ( rc == -ERESTART )
        return hypercall_create_continuation(
            __HYPERVISOR_grant_table_op, "ihi",
            call.op | ((unsigned int)call.place << 12), uop, count);

    return rc;
}
