/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/grant_table.h> by callers of another width.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/grant_table.idl by "make"; edit that, not this.
 */
#include "hd-grant_table.h"
#include "hd-grant_table-compat.h"

static int setup_table_one(struct hd_call *call, struct gnttab_setup_table *op)
{
    struct domain *dom;
    int rc = 0;

    if ( !hd_compat_okay((unsigned long)op->frame_list.p, op->nr_frames,
                         sizeof(unsigned int)) )
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

static int compat_grant_table_setup_table(struct hd_call *call,
                                          XEN_GUEST_HANDLE_PARAM(void) *uop,
                                          unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(x86_32_gnttab_setup_table_t) ops =
        guest_handle_cast(*uop, x86_32_gnttab_setup_table_t);
    struct x86_32_gnttab_setup_table op32;
    struct gnttab_setup_table op;
    int rc;

    if ( *count != 1 )
        return -EINVAL;
    if ( copy_from_guest(&op32, ops, 1) )
        return -EFAULT;
    x86_32_get_gnttab_setup_table(&op, &op32);
    op.status = GNTST_okay;

    rc = setup_table_one(call, &op);
    if ( rc )
        return rc;
    op32.status = op.status;
    if ( hd_copy_field_to_guest_offset(ops, 0, &op32, status) )
        return -EFAULT;
    return rc;
}

static int transfer_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                        unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(x86_32_gnttab_transfer_t) ops =
        guest_handle_cast(*uop, x86_32_gnttab_transfer_t);
    struct x86_32_gnttab_transfer op32;
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
        if ( unlikely(__copy_from_guest_offset(&op32, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        x86_32_get_gnttab_transfer(&op, &op32);
        op.status = GNTST_okay;

        rc = hv_grant_table_transfer(call, &op);
        if ( rc )
            break;
        op32.status = op.status;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op32, status)) )
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
    XEN_GUEST_HANDLE_PARAM(x86_32_gnttab_copy_t) ops =
        guest_handle_cast(*uop, x86_32_gnttab_copy_t);
    struct x86_32_gnttab_copy op32;
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
        if ( unlikely(__copy_from_guest_offset(&op32, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        x86_32_get_gnttab_copy(&op, &op32);
        op.status = GNTST_okay;

        rc = hv_grant_table_copy(call, &op);
        if ( rc )
            break;
        op32.status = op.status;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op32, status)) )
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

static int get_status_frames_one(struct hd_call *call,
                                 struct gnttab_get_status_frames *op)
{
    struct domain *dom;
    int rc = 0;

    if ( !hd_compat_okay((unsigned long)op->frame_list.p, op->nr_frames,
                         sizeof(*op->frame_list.p)) )
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

static int
compat_grant_table_get_status_frames(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) *uop,
                                     unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(x86_32_gnttab_get_status_frames_t) ops =
        guest_handle_cast(*uop, x86_32_gnttab_get_status_frames_t);
    struct x86_32_gnttab_get_status_frames op32;
    struct gnttab_get_status_frames op;
    int rc;

    if ( *count != 1 )
        return -EINVAL;
    if ( copy_from_guest(&op32, ops, 1) )
        return -EFAULT;
    x86_32_get_gnttab_get_status_frames(&op, &op32);
    op.status = GNTST_okay;

    rc = get_status_frames_one(call, &op);
    if ( rc )
        return rc;
    op32.status = op.status;
    if ( hd_copy_field_to_guest_offset(ops, 0, &op32, status) )
        return -EFAULT;
    return rc;
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

int compat_grant_table_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) uop,
                          unsigned int count)
{
    struct hd_call call;
    int rc;

    call.caller = current->domain;
    call.op = cmd & 0xfff;
    call.compat = true;
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
        rc = hd_grant_table_map_grant_ref(&call, &uop, &count);
        break;

    case GNTTABOP_unmap_grant_ref:
        rc = hd_grant_table_unmap_grant_ref(&call, &uop, &count);
        break;

    case GNTTABOP_setup_table:
        rc = compat_grant_table_setup_table(&call, &uop, &count);
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
        rc = hd_grant_table_unmap_and_replace(&call, &uop, &count);
        break;

    case GNTTABOP_set_version:
        rc = hd_grant_table_set_version(&call, &uop, &count);
        break;

    case GNTTABOP_get_status_frames:
        rc = compat_grant_table_get_status_frames(&call, &uop, &count);
        break;

    case GNTTABOP_get_version:
        rc = hd_grant_table_get_version(&call, &uop, &count);
        break;

    case GNTTABOP_swap_grant_ref:
        rc = hd_grant_table_swap_grant_ref(&call, &uop, &count);
        break;

    case GNTTABOP_cache_flush:
        rc = hd_grant_table_cache_flush(&call, &uop, &count);
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
