/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/pmt.h>.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#include "hd-pmt.h"

static int info_one(struct hd_call *call, struct pmt_info *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    domid = hd_lock_live_by_any_id(op->domid);
    if ( unlikely(!domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(pmt_info, TARGET, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    rc = hv_pmt_info(call, op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int info_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                    unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_info_t) ops =
        guest_handle_cast(*uop, pmt_info_t);
    struct pmt_info op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && !(i % 64) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_pmt_op_end(call);
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = PMTST_okay;
        op.nr_gpfns = 0;
        op.nr_mapped = 0;
        op.page_shift = 0;
        op.granule_shift = 0;
        op.max_order = 0;
        op.features = 0;

        rc = info_one(call, &op);
        if ( rc )
            break;
        if ( op.status != PMTST_okay )
        {
            op.nr_gpfns = 0;
            op.nr_mapped = 0;
            op.page_shift = 0;
            op.granule_shift = 0;
            op.max_order = 0;
            op.features = 0;
        }
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, &op, status, features)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int attach_one(struct hd_call *call, struct pmt_attach *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0 || op->window > PMTW_state) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!domain_has_pmt(call->caller)) )
    {
        op->status = PMTST_denied;
        return 0;
    }

    if ( unlikely(op->done > op->nr) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    call->place = op->done;
    if ( call->place >= op->nr )
        return 0;
    call->place = array_index_nospec(call->place, op->nr);

    domid = hd_lock_live_by_any_id(op->domid);
    if ( unlikely(!domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(pmt_attach, TARGET, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    do
    {
        rc = hv_pmt_attach(call, op, domid);
        if ( rc > 0 )
        {
            rc = hd_advance(call, rc, op->nr, 64);
            op->done = call->place;
        }
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int attach_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                      unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_attach_t) ops =
        guest_handle_cast(*uop, pmt_attach_t);
    struct pmt_attach op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

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
        op.status = PMTST_okay;

        rc = attach_one(call, &op);
        if ( rc && rc != -ERESTART )
            break;
        if ( rc )
            op.status = PMTST_not_done;
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, &op, address, status)) )
        {
            rc = -EFAULT;
            break;
        }
        if ( rc )
            break;
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int detach_one(struct hd_call *call, struct pmt_detach *op)
{
    int rc;

    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(op->done > op->nr) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    call->place = op->done;
    if ( call->place >= op->nr )
        return 0;
    call->place = array_index_nospec(call->place, op->nr);

    do
    {
        rc = hv_pmt_detach(call, op);
        if ( rc > 0 )
        {
            rc = hd_advance(call, rc, op->nr, 64);
            op->done = call->place;
        }
    } while ( rc > 0 );

    return rc;
}

static int detach_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                      unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_detach_t) ops =
        guest_handle_cast(*uop, pmt_detach_t);
    struct pmt_detach op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

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
        op.status = PMTST_okay;

        rc = detach_one(call, &op);
        if ( rc && rc != -ERESTART )
            break;
        if ( rc )
            op.status = PMTST_not_done;
        if ( unlikely(hd_copy_span_to_guest_offset(ops, i, &op, done, status)) )
        {
            rc = -EFAULT;
            break;
        }
        if ( rc )
            break;
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int translate_one(struct hd_call *call, struct pmt_translate *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!domain_has_pmt(call->caller)) )
    {
        op->status = PMTST_denied;
        return 0;
    }

    domid = hd_lock_live_by_any_id(op->domid);
    if ( unlikely(!domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(pmt_translate, TARGET, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    rc = hv_pmt_translate(call, op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int translate_all(struct hd_call *call,
                         XEN_GUEST_HANDLE_PARAM(void) *uop, unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_translate_t) ops =
        guest_handle_cast(*uop, pmt_translate_t);
    struct pmt_translate op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && !(i % 64) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_pmt_op_end(call);
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = PMTST_okay;
        op.entry = 0;
        op.run = 0;

        rc = translate_one(call, &op);
        if ( rc )
            break;
        if ( op.status != PMTST_okay )
        {
            op.entry = 0;
            op.run = 0;
        }
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, &op, entry, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int reverse_one(struct hd_call *call, struct pmt_reverse *op)
{
    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!domain_has_pmt(call->caller)) )
    {
        op->status = PMTST_denied;
        return 0;
    }

    return hv_pmt_reverse(call, op);
}

static int reverse_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                       unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_reverse_t) ops =
        guest_handle_cast(*uop, pmt_reverse_t);
    struct pmt_reverse op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && !(i % 64) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_pmt_op_end(call);
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = PMTST_okay;
        op.gpfn = 0;

        rc = reverse_one(call, &op);
        if ( rc )
            break;
        if ( op.status != PMTST_okay )
        {
            op.gpfn = 0;
        }
        if ( unlikely(hd_copy_span_to_guest_offset(ops, i, &op, gpfn, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int map_one(struct hd_call *call, struct pmt_map *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0 || (op->flags & ~(PMTM_readonly | PMTM_device)) ||
                  op->pad1) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    domid = hd_lock_live_by_id(op->domid);
    if ( unlikely(!domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(grant_mapref, HOOK, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    rc = hv_pmt_map(call, op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int map_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                   unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_map_t) ops = guest_handle_cast(*uop, pmt_map_t);
    struct pmt_map block[32], *op = block;
    const unsigned int nr = *count;
    unsigned int i, read = 0;
    int rc = 0;

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
                hv_pmt_map_ahead(call, block, came);
        }
        op->status = PMTST_okay;
        op->handle = 0;
        op->entry = 0;

        rc = map_one(call, op);
        if ( rc )
            break;
        if ( op->status != PMTST_okay )
        {
            op->handle = 0;
            op->entry = 0;
        }
        if ( !domain_has_pmt(call->caller) )
            op->entry = 0;
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, op, address, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int exchange_one(struct hd_call *call, struct pmt_exchange *op)
{
    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(op->order > hd_max_order(call->caller)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(op->address_bits &&
                  (13u > op->address_bits || op->address_bits > 64u)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    return hv_pmt_exchange(call, op);
}

static int exchange_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                        unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_exchange_t) ops =
        guest_handle_cast(*uop, pmt_exchange_t);
    struct pmt_exchange op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

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
        op.status = PMTST_okay;
        op.entry = 0;

        rc = exchange_one(call, &op);
        if ( rc )
            break;
        if ( op.status != PMTST_okay )
        {
            op.entry = 0;
        }
        if ( !domain_has_pmt(call->caller) )
            op.entry = 0;
        if ( unlikely(
                 hd_copy_span_to_guest_offset(ops, i, &op, entry, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int protect_one(struct hd_call *call, struct pmt_protect *op)
{
    int rc;

    if ( unlikely(op->rights & ~(PMTR_read | PMTR_write)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(op->done > op->nr) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!hd_add_fits(op->gpfn, op->nr, HD_MAX_64)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!(op->rights & PMTR_read) && (op->rights & PMTR_write)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    call->place = op->done;
    if ( call->place >= op->nr )
        return 0;
    call->place = array_index_nospec(call->place, op->nr);

    do
    {
        rc = hv_pmt_protect(call, op);
        if ( rc > 0 )
        {
            rc = hd_advance(call, rc, op->nr, 64);
            op->done = call->place;
        }
    } while ( rc > 0 );

    return rc;
}

static int protect_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                       unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_protect_t) ops =
        guest_handle_cast(*uop, pmt_protect_t);
    struct pmt_protect op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

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
        op.status = PMTST_okay;

        rc = protect_one(call, &op);
        if ( rc && rc != -ERESTART )
            break;
        if ( rc )
            op.status = PMTST_not_done;
        if ( unlikely(hd_copy_span_to_guest_offset(ops, i, &op, done, status)) )
        {
            rc = -EFAULT;
            break;
        }
        if ( rc )
            break;
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int flip_one(struct hd_call *call, struct pmt_flip *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0 || op->pad1) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( rcu_lock_live_remote_domain_by_id(op->domid, &domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(grant_transfer, HOOK, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    rc = hv_pmt_flip(call, op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int flip_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                    unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_flip_t) ops =
        guest_handle_cast(*uop, pmt_flip_t);
    struct pmt_flip block[32], *op = block;
    const unsigned int nr = *count;
    unsigned int i, read = 0;
    int rc = 0;

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
                hv_pmt_flip_ahead(call, block, came);
        }
        op->status = PMTST_okay;
        op->entry = 0;

        rc = flip_one(call, op);
        if ( rc )
            break;
        if ( op->status != PMTST_okay )
        {
            op->entry = 0;
        }
        if ( !domain_has_pmt(call->caller) )
            op->entry = 0;
        if ( unlikely(hd_copy_span_to_guest_offset(ops, i, op, entry, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int donate_one(struct hd_call *call, struct pmt_donate *op)
{
    struct domain *domid;
    int rc = 0;

    if ( unlikely(op->pad0 || (op->rights & ~(PMTR_read | PMTR_write)) ||
                  op->pad1) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( unlikely(!(op->rights & PMTR_read)) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    if ( rcu_lock_live_remote_domain_by_id(op->domid, &domid) )
    {
        op->status = PMTST_bad_domain;
        return 0;
    }

    if ( hd_xsm(pmt_donate, DM_PRIV, call->caller, domid) )
    {
        op->status = PMTST_denied;
        goto out;
    }

    rc = hv_pmt_donate(call, op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static int donate_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                      unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_donate_t) ops =
        guest_handle_cast(*uop, pmt_donate_t);
    struct pmt_donate op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

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
        op.status = PMTST_okay;
        op.loan = 0;

        rc = donate_one(call, &op);
        if ( rc )
            break;
        if ( op.status != PMTST_okay )
        {
            op.loan = 0;
        }
        if ( unlikely(hd_copy_span_to_guest_offset(ops, i, &op, loan, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

static int reclaim_one(struct hd_call *call, struct pmt_reclaim *op)
{
    if ( unlikely(op->pad0) )
    {
        op->status = PMTST_bad_argument;
        return 0;
    }

    return hv_pmt_reclaim(call, op);
}

static int reclaim_all(struct hd_call *call, XEN_GUEST_HANDLE_PARAM(void) *uop,
                       unsigned int *count)
{
    XEN_GUEST_HANDLE_PARAM(pmt_reclaim_t) ops =
        guest_handle_cast(*uop, pmt_reclaim_t);
    struct pmt_reclaim op;
    const unsigned int nr = *count;
    unsigned int i;
    int rc = 0;

    for ( i = 0; i < nr; i++ )
    {
        if ( i && !(i % 32) )
        {
            if ( hypercall_preempt_check() )
            {
                rc = -ERESTART;
                break;
            }
            hv_pmt_op_end(call);
        }
        if ( unlikely(__copy_from_guest_offset(&op, ops, i, 1)) )
        {
            rc = -EFAULT;
            break;
        }
        op.status = PMTST_okay;

        rc = reclaim_one(call, &op);
        if ( rc )
            break;
        if ( unlikely(hd_copy_field_to_guest_offset(ops, i, &op, status)) )
        {
            rc = -EFAULT;
            break;
        }
    }

    if ( nr )
        hv_pmt_op_end(call);
    if ( rc == -ERESTART )
    {
        guest_handle_add_offset(ops, i);
        *uop = guest_handle_cast(ops, void);
        *count = nr - i;
    }
    return rc;
}

long do_pmt_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) args,
               unsigned long count)
{
    struct hd_call call;
    unsigned int nr;
    int rc;

    if ( cmd != (uint32_t)cmd || count != (uint32_t)count )
        return -EINVAL;

    call.caller = current->domain;
    call.op = cmd;
    call.compat = false;
    call.place = 0;
    call.data = NULL;

    if ( count > 0xfffffu )
        return -EINVAL;
    if ( cmd >= 11 )
        return -ENOSYS;
    nr = count;

    switch ( array_index_nospec(call.op, 11) )
    {
    case PMTOP_info:
        rc = info_all(&call, &args, &nr);
        break;

    case PMTOP_attach:
        rc = attach_all(&call, &args, &nr);
        break;

    case PMTOP_detach:
        rc = detach_all(&call, &args, &nr);
        break;

    case PMTOP_translate:
        rc = translate_all(&call, &args, &nr);
        break;

    case PMTOP_reverse:
        rc = reverse_all(&call, &args, &nr);
        break;

    case PMTOP_map:
        rc = map_all(&call, &args, &nr);
        break;

    case PMTOP_exchange:
        rc = exchange_all(&call, &args, &nr);
        break;

    case PMTOP_protect:
        rc = protect_all(&call, &args, &nr);
        break;

    case PMTOP_flip:
        rc = flip_all(&call, &args, &nr);
        break;

    case PMTOP_donate:
        rc = donate_all(&call, &args, &nr);
        break;

    case PMTOP_reclaim:
        rc = reclaim_all(&call, &args, &nr);
        break;

    default:
        return -ENOSYS;
    }

    if ( rc == -ERESTART )
        return hypercall_create_continuation(__HYPERVISOR_pmt_op, "lhl", cmd,
                                             args, (unsigned long)nr);

    return rc;
}
