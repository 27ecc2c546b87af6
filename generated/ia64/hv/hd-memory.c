/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/memory.h>.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/memory.idl by "make"; edit that, not this.
 */
#include "hd-memory.h"

static long hd_memory_increase_reservation(struct hd_call *call,
                                           XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_reservation op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return call->place;

    if ( op.nr_extents > 67108863u )
        return call->place;

    if ( call->place >= op.nr_extents )
        return call->place;
    call->place = array_index_nospec(call->place, op.nr_extents);

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return call->place;

    if ( hd_xsm(memory_adjust_reservation, TARGET, call->caller, domid) )
        goto out;

    if ( op.extent_order > hd_max_order(call->caller) )
        goto out;

    do
    {
        rc = hv_memory_increase_reservation(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.nr_extents, 1);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc == -ERESTART ? rc : (long)call->place;
}

static long hd_memory_decrease_reservation(struct hd_call *call,
                                           XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_reservation op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return call->place;

    if ( op.nr_extents > 67108863u )
        return call->place;

    if ( call->place >= op.nr_extents )
        return call->place;
    call->place = array_index_nospec(call->place, op.nr_extents);

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return call->place;

    if ( hd_xsm(memory_adjust_reservation, TARGET, call->caller, domid) )
        goto out;

    if ( op.extent_order > hd_max_order(call->caller) )
        goto out;

    do
    {
        rc = hv_memory_decrease_reservation(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.nr_extents, 1);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc == -ERESTART ? rc : (long)call->place;
}

static long hd_memory_populate_physmap(struct hd_call *call,
                                       XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_reservation op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return call->place;

    if ( op.nr_extents > 67108863u )
        return call->place;

    if ( call->place >= op.nr_extents )
        return call->place;
    call->place = array_index_nospec(call->place, op.nr_extents);

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return call->place;

    if ( hd_xsm(memory_adjust_reservation, TARGET, call->caller, domid) )
        goto out;

    if ( op.extent_order > hd_max_order(call->caller) &&
         !(op.mem_flags & XENMEMF_populate_on_demand) )
        goto out;

    do
    {
        rc = hv_memory_populate_physmap(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.nr_extents, 1);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc == -ERESTART ? rc : (long)call->place;
}

static long hd_memory_exchange(struct hd_call *call,
                               XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_exchange op;
    struct domain *out_domid = NULL;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.in.extent_order > hd_max_order(call->caller) ||
         op.out.extent_order > hd_max_order(call->caller) )
    {
        rc = -EPERM;
        goto out;
    }

    if ( op.nr_exchanged > op.in.nr_extents )
    {
        rc = -EINVAL;
        goto out;
    }

    if ( op.in.domid != op.out.domid )
    {
        rc = -EINVAL;
        goto out;
    }

    if ( !hd_shift_fits(op.in.nr_extents, op.in.extent_order, HD_MAX_64) ||
         !hd_shift_fits(op.out.nr_extents, op.out.extent_order, HD_MAX_64) ||
         hd_shift(op.in.nr_extents, op.in.extent_order) !=
             hd_shift(op.out.nr_extents, op.out.extent_order) )
    {
        rc = -EINVAL;
        goto out;
    }

    call->place = op.nr_exchanged;
    if ( call->place >= op.in.nr_extents )
        return 0;
    call->place = array_index_nospec(call->place, op.in.nr_extents);

    out_domid = rcu_lock_domain_by_any_id(op.out.domid);
    if ( !out_domid )
    {
        rc = -ESRCH;
        goto out;
    }

    if ( hd_xsm(memory_exchange, TARGET, call->caller, out_domid) )
    {
        rc = -EPERM;
        goto out;
    }

    do
    {
        rc = hv_memory_exchange(call, &op, out_domid);
        if ( rc > 0 )
        {
            rc = hd_advance(call, rc, op.in.nr_extents, 1);
            op.nr_exchanged = call->place;
        }
    } while ( rc > 0 );

out:
    if ( out_domid )
        rcu_unlock_domain(out_domid);

    if ( hd_copy_field_to_guest_offset(arg, 0, &op, nr_exchanged) )
        rc = -EFAULT;
    call->place = 0;

    return rc;
}

static long hd_memory_current_reservation(struct hd_call *call,
                                          XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_domain op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( hd_xsm(memory_stat_reservation, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_current_reservation(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_maximum_reservation(struct hd_call *call,
                                          XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_domain op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( hd_xsm(memory_stat_reservation, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_maximum_reservation(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_maximum_gpfn(struct hd_call *call,
                                   XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_domain op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( hd_xsm(memory_stat_reservation, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_maximum_gpfn(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_add_to_physmap(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_add_to_physmap op;
    struct domain *domid;
    long rc = 0;

    if ( call->place > 0xffffu )
        return -EDOM;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.space == XENMAPSPACE_gmfn_foreign )
        return -ENOSYS;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( !paging_mode_translate(domid) )
    {
        rc = -EACCES;
        goto out;
    }

    if ( hd_xsm(add_to_physmap, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    do
    {
        rc = hv_memory_add_to_physmap(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.size, 1);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_add_to_physmap_batch(struct hd_call *call,
                                           XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_add_to_physmap_batch op;
    struct domain *domid;
    long rc = 0;

    if ( call->place > 0xffffu )
        return -EDOM;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.space == XENMAPSPACE_gmfn_range )
        return -EOPNOTSUPP;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( !paging_mode_translate(domid) )
    {
        rc = -EACCES;
        goto out;
    }

    if ( hd_xsm(add_to_physmap, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    if ( call->place && call->place + 1u > op.size )
    {
        rc = -EILSEQ;
        goto out;
    }

    do
    {
        rc = hv_memory_add_to_physmap_batch(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.size, 1);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_remove_from_physmap(struct hd_call *call,
                                          XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_remove_from_physmap op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( !paging_mode_translate(domid) )
    {
        rc = -EACCES;
        goto out;
    }

    if ( hd_xsm(remove_from_physmap, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_remove_from_physmap(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long hd_memory_machine_memory_map(struct hd_call *call,
                                         XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_map op;
    long rc;

    if ( call->place )
        return -ENOSYS;

    if ( hd_xsm(machine_memory_map, PRIV, call->caller, NULL) )
        return -EINVAL;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    rc = hv_memory_machine_memory_map(call, &op);

    if ( !rc && hd_copy_field_to_guest_offset(arg, 0, &op, nr_entries) )
        rc = -EFAULT;

    return rc;
}

static long hd_memory_set_pod_target(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_pod_target op;
    struct domain *domid;
    long rc = 0;

    if ( call->place )
        return -ENOSYS;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( !is_hvm_domain(domid) )
    {
        rc = -EINVAL;
        goto out;
    }

    if ( hd_xsm(set_pod_target, PRIV, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_set_pod_target(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    if ( !rc && __copy_to_guest(arg, &op, 1) )
        rc = -EFAULT;

    return rc;
}

static long hd_memory_get_pod_target(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_pod_target op;
    struct domain *domid;
    long rc = 0;

    if ( call->place )
        return -ENOSYS;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
        return -ESRCH;

    if ( !is_hvm_domain(domid) )
    {
        rc = -EINVAL;
        goto out;
    }

    if ( hd_xsm(get_pod_target, PRIV, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_get_pod_target(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    if ( !rc && __copy_to_guest(arg, &op, 1) )
        rc = -EFAULT;

    return rc;
}

static long hd_memory_access_op(struct hd_call *call,
                                XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_mem_access_op op;
    struct domain *domid;
    long rc = 0;

    call->place <<= 6;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    rc = rcu_lock_live_remote_domain_by_id(op.domid, &domid);
    if ( rc )
        return rc;

    if ( hd_xsm(mem_access, DM_PRIV, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    do
    {
        rc = hv_memory_access_op(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.nr, 64);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    if ( !rc && op.op == XENMEM_access_op_get_access &&
         hd_copy_field_to_guest_offset(arg, 0, &op, access) )
        rc = -EFAULT;
    if ( rc == -ERESTART )
        call->place >>= 6;

    return rc;
}

static long hd_memory_claim_pages(struct hd_call *call,
                                  XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_memory_reservation op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( !guest_handle_is_null(op.extent_start) )
        return -EINVAL;

    if ( op.extent_order || op.mem_flags )
        return -EINVAL;

    domid = rcu_lock_domain_by_id(op.domid);
    if ( !domid )
        return -EINVAL;

    if ( hd_xsm(claim_pages, PRIV, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_claim_pages(call, &op, domid);

out:
    rcu_unlock_domain(domid);

    return rc;
}

static long
hd_memory_reserved_device_memory_map(struct hd_call *call,
                                     XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_reserved_device_memory_map op;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.flags & 0xfffffffe )
    {
        rc = -EINVAL;
        goto out;
    }

    rc = hv_memory_reserved_device_memory_map(call, &op);

out:
    if ( __copy_to_guest(arg, &op, 1) )
        rc = -EFAULT;

    return rc;
}

static long hd_memory_acquire_resource(struct hd_call *call,
                                       XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_mem_acquire_resource op;
    struct domain *domid;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.pad )
        return -EINVAL;

    if ( !hd_add_fits(op.frame, op.nr_frames, HD_MAX_64) ||
         op.frame + op.nr_frames > 0xffffffffu )
        return -EINVAL;

    rc = rcu_lock_remote_domain_by_id(op.domid, &domid);
    if ( rc )
        return rc;

    if ( hd_xsm(domain_resource_map, DM_PRIV, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    if ( guest_handle_is_null(op.frame_list) && (op.nr_frames || call->place) )
    {
        rc = -EINVAL;
        goto out;
    }

    if ( !guest_handle_is_null(op.frame_list) &&
         (call->place + 1u > op.nr_frames || op.nr_frames > 67108863u) )
    {
        rc = -EINVAL;
        goto out;
    }

    do
    {
        rc = hv_memory_acquire_resource(call, &op, domid);
        if ( rc > 0 )
            rc = hd_advance(call, rc, op.nr_frames, 32);
    } while ( rc > 0 );

out:
    rcu_unlock_domain(domid);

    if ( !rc && guest_handle_is_null(op.frame_list) &&
         hd_copy_field_to_guest_offset(arg, 0, &op, nr_frames) )
        rc = -EFAULT;

    return rc;
}

static long hd_memory_get_vnumainfo(struct hd_call *call,
                                    XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct xen_vnuma_topology_info op;
    struct domain *domid = NULL;
    long rc = 0;

    if ( copy_from_guest(&op, arg, 1) )
        return -EFAULT;

    if ( op.pad )
    {
        rc = -EINVAL;
        goto out;
    }

    domid = rcu_lock_domain_by_any_id(op.domid);
    if ( !domid )
    {
        rc = -ESRCH;
        goto out;
    }

    if ( hd_xsm(get_vnumainfo, TARGET, call->caller, domid) )
    {
        rc = -EPERM;
        goto out;
    }

    rc = hv_memory_get_vnumainfo(call, &op, domid);

out:
    if ( domid )
        rcu_unlock_domain(domid);

    if ( __copy_to_guest(arg, &op, 1) )
        rc = -EFAULT;

    return rc;
}

/* What goes on in the middle says so in the number; all others start anew. */
static bool memory_op_resumes(unsigned int op)
{
    switch ( op )
    {
    case XENMEM_increase_reservation:
    case XENMEM_decrease_reservation:
    case XENMEM_populate_physmap:
    case XENMEM_add_to_physmap:
    case XENMEM_add_to_physmap_batch:
    case XENMEM_machine_memory_map:
    case XENMEM_set_pod_target:
    case XENMEM_get_pod_target:
    case XENMEM_access_op:
    case XENMEM_acquire_resource:
        return true;
    default:
        return false;
    }
}

long do_memory_op(unsigned long cmd, XEN_GUEST_HANDLE_PARAM(void) arg)
{
    struct hd_call call;
    long rc;

    call.caller = current->domain;
    call.op = cmd & 0x3f;
    call.compat = false;
    call.place = cmd >> 6;
    call.data = NULL;

    if ( call.op >= 29 )
        return -ENOSYS;
    if ( call.place && !memory_op_resumes(call.op) )
        return -EINVAL;

    switch ( array_index_nospec(call.op, 29) )
    {
    case XENMEM_increase_reservation:
        rc = hd_memory_increase_reservation(&call, arg);
        break;

    case XENMEM_decrease_reservation:
        rc = hd_memory_decrease_reservation(&call, arg);
        break;

    case XENMEM_populate_physmap:
        rc = hd_memory_populate_physmap(&call, arg);
        break;

    case XENMEM_exchange:
        rc = hd_memory_exchange(&call, arg);
        break;

    case XENMEM_maximum_ram_page:
        rc = hv_memory_maximum_ram_page(&call);
        break;

    case XENMEM_current_reservation:
        rc = hd_memory_current_reservation(&call, arg);
        break;

    case XENMEM_maximum_reservation:
        rc = hd_memory_maximum_reservation(&call, arg);
        break;

    case XENMEM_maximum_gpfn:
        rc = hd_memory_maximum_gpfn(&call, arg);
        break;

    case XENMEM_add_to_physmap:
        rc = hd_memory_add_to_physmap(&call, arg);
        break;

    case XENMEM_add_to_physmap_batch:
        rc = hd_memory_add_to_physmap_batch(&call, arg);
        break;

    case XENMEM_remove_from_physmap:
        rc = hd_memory_remove_from_physmap(&call, arg);
        break;

    case XENMEM_machine_memory_map:
        rc = hd_memory_machine_memory_map(&call, arg);
        break;

    case XENMEM_set_pod_target:
        rc = hd_memory_set_pod_target(&call, arg);
        break;

    case XENMEM_get_pod_target:
        rc = hd_memory_get_pod_target(&call, arg);
        break;

    case XENMEM_access_op:
        rc = hd_memory_access_op(&call, arg);
        break;

    case XENMEM_claim_pages:
        rc = hd_memory_claim_pages(&call, arg);
        break;

    case XENMEM_reserved_device_memory_map:
        rc = hd_memory_reserved_device_memory_map(&call, arg);
        break;

    case XENMEM_acquire_resource:
        rc = hd_memory_acquire_resource(&call, arg);
        break;

    case XENMEM_get_vnumainfo:
        rc = hd_memory_get_vnumainfo(&call, arg);
        break;

    default:
        return -ENOSYS;
    }

    if ( rc == -ERESTART )
        return hypercall_create_continuation(
            __HYPERVISOR_memory_op, "lh",
            call.op | ((unsigned long)call.place << 6), arg);

    return rc;
}
