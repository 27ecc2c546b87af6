/* SPDX-License-Identifier: MIT */
/* dom0's side of the running PV domain; its own tests are in domu.c. */
#include "domu.h"

#include <xen/sched.h>

static uint64_t *readable, *slot;
static struct meeting *meeting;

static void invite(struct domu *domu)
{
    meeting->stage = STAGE_BEGIN;
    meeting->domain = domu->domain;
    meeting->magic = MEETING_MAGIC;
    readable[0] = DOM0_MAGIC;
    grant_give(MEETING_REF, domu->domain, mfn_of(meeting), GTF_permit_access);
    grant_give(READ_REF, domu->domain, mfn_of(readable), GTF_permit_access | GTF_readonly);
    grant_give(READ_REF_2, domu->domain, mfn_of(readable), GTF_permit_access | GTF_readonly);
    grant_give(ACCEPT_REF, domu->domain, 0x12345, GTF_accept_transfer);
}

/* What memory_map says there: one range of the domain's size. */
static void set_map(struct domu *domu)
{
    static struct { uint64_t start, size; uint32_t type; } __attribute__((packed))
        range = { .size = DOMU_PAGES * PAGE_SIZE, .type = 1 };
    struct xen_foreign_memory_map map = { .domid = domu->domain, .map.nr_entries = 1 };

    set_xen_guest_handle(map.map.buffer, &range);
    succeeds(hc_memory_set_memory_map, "4.1 TARGET", "of another domain",
             hc_memory_set_memory_map(&map), EQ, 0);
}

static void look(struct domu *domu)
{
    struct gnttab_map_grant_ref map = {
        .host_addr = (unsigned long)slot, .flags = GNTMAP_host_map, .ref = DOMU_REF,
        .dom = domu->domain,
    };

    succeeds(hc_grant_table_map_grant_ref, "3.7 map", "of a domain that runs",
             grant_map(&map), EQ, GNTST_okay);
    shows(hc_grant_table_map_grant_ref, "3.7 map", "its word is there",
          slot[0], EQ, DOMU_MAGIC);
    slot[1] = DOM0_MAGIC;
    succeeds(hc_grant_table_unmap_grant_ref, "3.7 unmap", "of a domain that runs",
             grant_unmap(map.host_addr, map.handle), EQ, GNTST_okay);
    slot_restore(slot);
}

/* A page came from the domain: map it, and see what it wrote there. */
static void accepted(void)
{
    unsigned long frame = grants[ACCEPT_REF].frame;

    shows(hc_grant_table_transfer, "3.3 completed", "a page came",
          grants[ACCEPT_REF].flags, HAS, GTF_transfer_completed);
    must_be("map the page that came", slot_set(slot, pte_make(frame, PTE_RW)), 0);
    shows(hc_grant_table_transfer, "5.5", "with what the domain wrote",
          slot[0], EQ, DOMU_MAGIC);
    slot_restore(slot);
}

/* The image is the same, so its expectations are where ours are. */
static void merge(struct domu *domu)
{
    struct expectation *own;

    for ( own = expectations_first; own < expectations_end; own++ )
    {
        unsigned long offset = (unsigned long)own % PAGE_SIZE;
        char *window = window_open(domu->domain, domu->frames[pfn_of(own)]);
        const struct expectation *other = (void *)(window + offset);

        if ( other->reached )
            expectation_record(own, other->got, other->expected);
        window_close(window);
    }
}

/* What the domain printed; it has no console. */
static void show_log(struct domu *domu)
{
    char *window = window_open(domu->domain, domu->frames[pfn_of(console_log)]);

    print("%s", window);
    window_close(window);
}

void check_running(void)
{
    static struct domu domu;
    unsigned int reason;

    meeting = page_take();
    readable = page_take();
    slot = page_take();
    domu_build(&domu);
    set_map(&domu);
    invite(&domu);

    domctl_clear();
    must_be("unpause", domctl(XEN_DOMCTL_unpausedomain, domu.domain), 0);
    if ( domain_runs_until(domu.domain, &meeting->stage, STAGE_LOOK) )
    {
        look(&domu);
        accepted();
        meeting->stage = STAGE_END;
    }
    reason = domain_run_to_end(domu.domain);
    show_log(&domu);
    shows(domain, "5.3", "its reason to end", reason, EQ, SHUTDOWN_poweroff);
    merge(&domu);
    domain_destroy(domu.domain);
    grant_take_back(MEETING_REF);
    grant_take_back(READ_REF);
    grant_take_back(READ_REF_2);
}
