/* SPDX-License-Identifier: MIT */
/* Where this guest runs: see guest.h. */
#include "guest.h"

#include "hc-pmt.h"

static void without_xen(struct guest *g)
{
    g->xen = g->pmt = g->right = g->windows = g->loans = false;
    g->privileged = true;
    g->translated = true;
    g->granule_shift = g->page_shift;
    g->max_order = 0;
    g->nr_gpfns = 0;
}

int guest_start(struct guest *g)
{
    unsigned int flags = g->kernel->start(g);
    pmt_info_t info = { .domid = DOMID_SELF };
    long rc;

    without_xen(g);
    if ( !(flags & GUEST_UNDER_XEN) )
        return 0;
    g->xen = true;
    g->privileged = flags & GUEST_PRIVILEGED;
    g->translated = flags & GUEST_TRANSLATED;
    rc = hc_pmt_info(&info, 1);
    if ( rc == -GUEST_ENOSYS )      /* an older Xen: grants and memory work without */
        return 0;
    if ( rc )
        return (int)rc;
    if ( info.status )
        return guest_pmt_error(info.status);
    if ( info.page_shift != g->page_shift )
        return -GUEST_EINVAL;
    g->pmt = true;
    g->right = info.features & PMTF_right;
    g->windows = info.features & PMTF_windows;
    g->loans = info.features & PMTF_loans;
    g->granule_shift = info.granule_shift;
    g->max_order = info.max_order;
    g->nr_gpfns = info.nr_gpfns;
    return 0;
}

int guest_grant_error(int status)
{
    switch ( status )
    {
    case GNTST_okay:
        return 0;
    case GNTST_bad_domain:
    case GNTST_bad_gntref:
    case GNTST_bad_handle:
        return -GUEST_ENOENT;
    case GNTST_permission_denied:
        return -GUEST_EPERM;
    case GNTST_bad_page:
        return -GUEST_EBUSY;
    case GNTST_eagain:
        return -GUEST_EAGAIN;
    case GNTST_no_space:
    case GNTST_no_device_space:
        return -GUEST_ENOMEM;
    case GNTST_bad_virt_addr:
    case GNTST_bad_dev_addr:
    case GNTST_address_too_big:
        return -GUEST_EFAULT;
    case GNTST_bad_copy_arg:
        return -GUEST_EINVAL;
    default:
        return -GUEST_EIO;
    }
}

int guest_pmt_error(int status)
{
    switch ( status )
    {
    case PMTST_okay:
        return 0;
    case PMTST_denied:
        return -GUEST_EPERM;
    case PMTST_bad_domain:
    case PMTST_bad_grant:
    case PMTST_bad_loan:
        return -GUEST_ENOENT;
    case PMTST_bad_frame:
        return -GUEST_EFAULT;
    case PMTST_busy:
        return -GUEST_EBUSY;
    case PMTST_no_memory:
        return -GUEST_ENOMEM;
    case PMTST_bad_argument:
        return -GUEST_EINVAL;
    case PMTST_not_done:
        return -GUEST_EAGAIN;
    default:
        return -GUEST_EIO;
    }
}
