/* SPDX-License-Identifier: MIT */
/*
 * The calls of <public/pmt.h> by callers of another width.
 *
 * Who may ask for what, with which data, in which order it is refused, what is
 * written back, and how an interrupted call goes on.
 *
 * Generated from idl/pmt.idl by "make"; edit that, not this.
 */
#include "hd-pmt.h"
#include "hd-pmt-compat.h"

int compat_pmt_op(unsigned int cmd, XEN_GUEST_HANDLE_PARAM(void) args,
                  unsigned int count)
{
    struct hd_call call;
    int rc;

    call.caller = current->domain;
    call.op = cmd;
    call.compat = true;
    call.place = 0;
    call.data = NULL;

    if ( count > 0xfffffu )
        return -EINVAL;
    if ( cmd >= 11 )
        return -ENOSYS;

    switch ( array_index_nospec(call.op, 11) )
    {
    case PMTOP_info:
        rc = hd_pmt_info(&call, &args, &count);
        break;

    case PMTOP_attach:
        rc = hd_pmt_attach(&call, &args, &count);
        break;

    case PMTOP_detach:
        rc = hd_pmt_detach(&call, &args, &count);
        break;

    case PMTOP_translate:
        rc = hd_pmt_translate(&call, &args, &count);
        break;

    case PMTOP_reverse:
        rc = hd_pmt_reverse(&call, &args, &count);
        break;

    case PMTOP_map:
        rc = hd_pmt_map(&call, &args, &count);
        break;

    case PMTOP_exchange:
        rc = hd_pmt_exchange(&call, &args, &count);
        break;

    case PMTOP_protect:
        rc = hd_pmt_protect(&call, &args, &count);
        break;

    case PMTOP_flip:
        rc = hd_pmt_flip(&call, &args, &count);
        break;

    case PMTOP_donate:
        rc = hd_pmt_donate(&call, &args, &count);
        break;

    case PMTOP_reclaim:
        rc = hd_pmt_reclaim(&call, &args, &count);
        break;

    default:
        return -ENOSYS;
    }

    if ( rc == -ERESTART )
        return hypercall_create_continuation(__HYPERVISOR_pmt_op, "ihi", cmd,
                                             args, count);

    return rc;
}
