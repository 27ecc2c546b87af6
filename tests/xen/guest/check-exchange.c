/* SPDX-License-Identifier: MIT */
/* memory_op exchange: other frames for the ones given. */
#include "guest.h"

static uint64_t *page;
static xen_pfn_t in_list[2], out_list[2];

static struct xen_memory_exchange one_page(void)
{
    struct xen_memory_exchange exchange = {
        .in = { .nr_extents = 1, .domid = DOMID_SELF },
        .out = { .nr_extents = 1, .domid = DOMID_SELF, .mem_flags = XENMEMF_address_bits(32) },
    };

    set_xen_guest_handle(exchange.in.extent_start, in_list);
    set_xen_guest_handle(exchange.out.extent_start, out_list);
    in_list[0] = mfn_of(page);
    out_list[0] = pfn_of(page);
    return exchange;
}

static void works(void)
{
    struct xen_memory_exchange exchange = one_page();

    must_be("unmap", slot_set(page, 0), 0);
    succeeds(hc_memory_exchange, "4.4 exchange", "a page, for one below 4 GiB",
             hc_memory_exchange(&exchange), EQ, 0);
    shows(hc_memory_exchange, "4.4 exchange", "all is done", exchange.nr_exchanged, EQ, 1);
    shows(hc_memory_exchange, "4.4 exchange", "M2P knows the new frame",
          m2p(out_list[0]), EQ, pfn_of(page));
    shows(hc_memory_exchange, "4.4 exchange", "the new frame is below 4 GiB",
          out_list[0] >> 20, EQ, 0);
    p2m_set(page, out_list[0]);
    slot_restore(page);

    exchange = one_page();
    exchange.nr_exchanged = 1;
    succeeds(hc_memory_exchange, "9.7 nr_exchanged == nr_extents", "nothing is left to do",
             hc_memory_exchange(&exchange), EQ, 0);
}

static void bad_sizes(void)
{
    struct xen_memory_exchange exchange = one_page();

    exchange.out.extent_order = 19;
    fails(hc_memory_exchange, "9.7 order > max", "an extent of 2 GiB",
          hc_memory_exchange(&exchange), EQ, -XEN_EPERM);
    exchange = one_page();
    exchange.out.extent_order = 1;
    fails(hc_memory_exchange, "9.7 totals differ", "two pages for one",
          hc_memory_exchange(&exchange), EQ, -XEN_EINVAL);
    exchange = one_page();
    exchange.nr_exchanged = 2;
    fails(hc_memory_exchange, "9.7 nr_exchanged > nr_extents", "more done than asked",
          hc_memory_exchange(&exchange), EQ, -XEN_EINVAL);
}

static void bad_places(void)
{
    struct xen_memory_exchange exchange = one_page();

    exchange.out.domid = NO_DOMAIN;
    fails(hc_memory_exchange, "9.7 domids differ", "from one domain to another",
          hc_memory_exchange(&exchange), EQ, -XEN_EINVAL);
    exchange.in.domid = NO_DOMAIN;
    fails(hc_memory_exchange, "9.7 unknown dom", "of no domain",
          hc_memory_exchange(&exchange), EQ, -XEN_ESRCH);
    exchange = one_page();
    set_xen_guest_handle(exchange.in.extent_start, NO_ADDRESS);
    fails(hc_memory_exchange, "9.7 list fault", "nothing to read",
          hc_memory_exchange(&exchange), EQ, -XEN_EFAULT);
    exchange = one_page();
    in_list[0] = 0x7ffffff0;
    fails(hc_memory_exchange, "9.7 bad input gmfn", "no such frame",
          hc_memory_exchange(&exchange), EQ, -XEN_EINVAL);
    shows(hc_memory_exchange, "9.7 nr_exchanged = completed", "none is done",
          exchange.nr_exchanged, EQ, 0);
}

void check_exchange(void)
{
    page = page_take();
    works();
    bad_sizes();
    bad_places();
}
