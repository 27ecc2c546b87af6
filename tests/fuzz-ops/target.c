/* SPDX-License-Identifier: MIT */
/* One input: a machine, calls, and what the audit says of it. */
#include <stdio.h>
#include <stdlib.h>

#include "hv.h"
#include "machine.h"
#include "fuzz-ops.h"
#include "../naive/real.h"

#define STEPS_BETWEEN_AUDITS 8

extern unsigned int hv_bug;

static void found(const char *what)
{
    fprintf(stderr, "fuzz-ops: %s\n", what);
    abort();
}

/* What the hypervisor does wrong: hv-bug.h; or tells whom it must not: enum machine_leak. */
static unsigned int number_in(const char *variable)
{
    const char *value = getenv(variable);

    return value ? (unsigned int)atoi(value) : 0;
}

/* Hostile from here on, and the mistakes that are planted. */
static void begin(void)
{
    hostile_begin();
    machine_plan.plant_leak = number_in("FUZZ_OPS_LEAK");
}

static void audit(void)
{
    const char *wrong;

    begin();
    hostile_repair();
    wrong = real_audit();
    if ( wrong && getenv("FUZZ_OPS_SHOW") )
        hostile_show();
    if ( wrong )
        found(wrong);
}

/* A guest looks at a page, so that its TLB knows it. */
static void step_touch(unsigned int caller)
{
    uint64_t word = 0, address = input_gfn() << PAGE_SHIFT;

    if ( input_byte() & 1 )
        machine_read(real_vcpu[caller], address, &word, sizeof(word));
    else if ( !real_domain[caller]->is_pv )
        machine_write(real_vcpu[caller], address + 64, &word, sizeof(word));
}

/* A guest that gives its kernel away has no memory for arguments: that is its end. */
static uint64_t kernel[DOMAINS][8];

static bool kernels_are_there(bool first)
{
    unsigned int d, gfn;

    for ( d = 0; d < DOMAINS; d++ )
        for ( gfn = 0; gfn < 8; gfn++ )
        {
            uint64_t entry = pmt_lookup(&real_domain[d]->hv->pmt, gfn);

            if ( first )
                kernel[d][gfn] = PMTE_mfn(entry);
            else if ( PMTE_mfn(entry) != kernel[d][gfn] )
                return false;
        }
    return true;
}

static void step(void)
{
    uint8_t b = input_byte();
    unsigned int caller = b % DOMAINS;

    if ( machine_crashed(real_domain[caller]) || real_domain[caller]->is_dying )
        return;
    machine_run_as(real_vcpu[caller]);
    machine_guest_reset(real_domain[caller]);
    hostile_arguments(NULL, 0);
    find_words();
    switch ( b >> 4 )
    {
    case 0: case 1: case 2: case 3:
        step_grant(caller);
        break;
    case 4: case 5: case 6:
        step_memory(caller);
        break;
    case 7: case 8: case 9: case 10:
        step_pmt(caller);
        break;
    case 11: case 12: case 13:
        step_entry(caller);
        break;
    case 14:
        step_plan(caller);
        break;
    default:
        if ( b & 8 )
            step_more(caller);
        else
            step_touch(caller);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    unsigned int steps = 0;
    struct setting setting;
    const char *left;

    hv_bug = number_in("FUZZ_OPS_BUG");
    input_begin(bytes, size);
    setting = (struct setting){ .seed = input_byte(), .driver_privileged = true };
    setting.full = setting.seed & 64;
    real_start(&setting);
    if ( world.failed )
        found(world.why);
    begin();
    kernels_are_there(true);
    while ( input_left() && steps < 400 && kernels_are_there(false) )
    {
        step();
        if ( ++steps % STEPS_BETWEEN_AUDITS == 0 )
            audit();
    }
    audit();
    left = machine_stop();
    if ( left )
        found(left);
    return 0;
}
