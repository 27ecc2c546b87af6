/* SPDX-License-Identifier: MIT */
/* multicall, and the functions that fill its entries. */
#include "guest.h"

static uint64_t *page, *slot;

/* Four calls of three kinds; one fails, the others are done. */
static void mixed(void)
{
    struct gnttab_query_size query = { .dom = DOMID_SELF };
    struct xen_memory_domain self = { .domid = DOMID_SELF }, unknown = { .domid = NO_DOMAIN };
    multicall_entry_t calls[4];

    page[0] = 0x44;
    memset(calls, 0xff, sizeof(calls));
    hc_multi_update_va_mapping(&calls[0], (unsigned long)slot,
                               pte_make(mfn_of(page), PTE_RW), UVMF_INVLPG);
    hc_multi_memory_current_reservation(&calls[1], &self);
    hc_multi_memory_current_reservation(&calls[2], &unknown);
    hc_multi_grant_table_query_size(&calls[3], &query, 1);

    succeeds(hc_multicall, "6.2", "four calls", hc_multicall(calls, 4), EQ, 0);
    shows(hc_multicall, "6.2 result", "update_va_mapping", calls[0].result, EQ, 0);
    shows(hc_multicall, "6.2 result", "the page is there", slot[0], EQ, 0x44);
    shows(hc_multicall, "6.2 result", "current_reservation", calls[1].result,
          EQ, hc_memory_current_reservation(&self));
    shows(hc_multicall, "9.8 sub-op error only in result", "of no domain",
          (long)calls[2].result, EQ, -XEN_ESRCH);
    shows(hc_multicall, "6.2 result", "query_size", calls[3].result, EQ, 0);
    shows(hc_multicall, "6.2 result", "and its structure", query.nr_frames, GE, 1);
}

static void bad_calls(void)
{
    multicall_entry_t calls[2] = {
        { .op = 60 }, { .op = __HYPERVISOR_multicall },
    };

    succeeds(hc_multicall, "6.2", "no calls", hc_multicall(calls, 0), EQ, 0);
    must_be("two bad calls", hc_multicall(calls, 2), 0);
    shows(hc_multicall, "9.8 op out of range", "no such call",
          (long)calls[0].result, EQ, -XEN_ENOSYS);
    shows(hc_multicall, "9.8 nested", "a multicall in a multicall",
          (long)calls[1].result, EQ, -XEN_EINVAL);
    fails(hc_multicall, "9.8 unreadable", "nothing to read",
          hc_multicall(NO_ADDRESS, 1), EQ, -XEN_EFAULT);
}

void check_multicall(void)
{
    page = page_take();
    slot = page_take();
    mixed();
    bad_calls();
    slot_restore(slot);
}
