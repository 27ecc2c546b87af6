/* SPDX-License-Identifier: MIT */
/* One fault in one scenario: what the state may be afterwards, and that nothing leaks. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "faults.h"
#include "../naive/real.h"
#include "run-faults.h"

static const char *const names[FAULTS] = {
    "allocation", "page", "window", "copy", "device", "look",
};

const char *fault_name(enum fault fault)
{
    return names[fault];
}

static uint64_t *counter(enum fault fault)
{
    switch ( fault )
    {
    case FAULT_ALLOC:   return &machine_counters.allocs;
    case FAULT_PAGE:    return &machine_counters.pages;
    case FAULT_WINDOW:  return &machine_counters.windows;
    case FAULT_COPY:    return &machine_counters.copies;
    case FAULT_DEVICE:  return &machine_counters.devices;
    default:            return &machine_counters.looks;
    }
}

void fault_plan(enum fault fault, uint64_t n)
{
    machine_plan_reset();
    switch ( fault )
    {
    case FAULT_ALLOC:   machine_plan.fail_alloc_at = n; break;
    case FAULT_PAGE:    machine_plan.fail_page_at = n; break;
    case FAULT_WINDOW:  machine_plan.fail_window_at = n; break;
    case FAULT_COPY:    machine_plan.fail_copy_at = n; break;
    case FAULT_DEVICE:  machine_plan.fail_device_at = n; break;
    default:            machine_plan.preempt_at = n; break;
    }
}

bool fault_reached(enum fault fault, uint64_t n)
{
    return *counter(fault) > n;
}

/* ---- states -------------------------------------------------------------------- */

static struct world before;
static uint64_t asked[MACHINE_CALLS];           /* ops that the call was about */
static struct outcome good[MOST_ELEMENTS];      /* of the call without a fault */

/* Is the machine as the model is now? The model is left as it is. */
static bool same(void)
{
    struct world kept = world;
    bool so;

    real_compare();
    so = !world.failed;
    if ( so )
        return true;
    world = kept;
    return false;
}

/* The model after one element, as if it had come back like that; x of its parts. */
static bool after(const struct operation *op, const struct outcome *got, int parts)
{
    struct operation part = *op;
    struct outcome told = *got;

    if ( parts >= 0 )
    {
        part.x = parts;
        told.result = op->kind == OP_PROTECT || op->kind == OP_PHYSMAP_RANGE ? 0 : parts;
        told.value[0] = parts;
        told.status = 0;
    }
    model_perform(&part, &told);
    return !world.failed;
}

static bool in_parts(const struct operation *op)
{
    return op->kind == OP_POPULATE || op->kind == OP_INCREASE || op->kind == OP_DECREASE ||
           op->kind == OP_PROTECT || op->kind == OP_PHYSMAP_RANGE;
}

/* Nothing, all, or the first elements and parts: whichever it is, the model is so, too. */
static bool settle_prefix(const struct scenario *s)
{
    unsigned int nr, i;
    int parts;

    for ( nr = 0; nr <= s->nr; nr++ )
    {
        for ( parts = 0; parts <= (nr < s->nr && in_parts(&s->op[nr]) ? s->op[nr].x : 0); parts++ )
        {
            world = before;
            for ( i = 0; i < nr; i++ )
                after(&s->op[i], &good[i], -1);
            if ( nr < s->nr && parts )
                after(&s->op[nr], &good[nr], parts);
            if ( !world.failed && same() )
                return true;
        }
    }
    return false;
}

/* A page that is lost is that of an element that hands it to nobody. */
static bool lost(const struct operation *op, const struct outcome *out)
{
    struct operation to_nobody = *op;
    struct outcome bad_domain = { .status = -2 };

    if ( op->kind != OP_TRANSFER || out->status == -9 )
        return false;
    to_nobody.other = OTHER_NOBODY;
    model_perform(&to_nobody, &bad_domain);
    return true;
}

/* Each element says for itself whether it is done. */
static bool settle_each(const struct scenario *s, const struct outcome *out)
{
    unsigned int i;

    world = before;
    for ( i = 0; i < s->nr; i++ )
    {
        if ( in_parts(&s->op[i]) )
            after(&s->op[i], &good[i],
                  s->op[i].kind == OP_PROTECT ? (int)out[i].value[0] : (int)out[i].result);
        else if ( out[i].status == 0 && out[i].result >= 0 )
            after(&s->op[i], &out[i], -1);
        else
            lost(&s->op[i], &out[i]);
    }
    return !world.failed && same();
}

/* ---- one fault ----------------------------------------------------------------- */

/* A page that is read byte by byte has thousands of places that are all alike. */
#define EACH 200

static bool complain(const struct scenario *s, enum fault fault, uint64_t n, const char *what)
{
    printf("%s, %s %llu: %s\n", s->name, names[fault], (unsigned long long)n, what);
    return false;
}

static bool reach(const struct scenario *s)
{
    struct outcome out;
    unsigned int i;

    for ( i = 0; i < MOST_SETUP && s->setup[i].kind != OPERATIONS; i++ )
    {
        uint64_t done = world.done;

        real_perform(&s->setup[i], 1, &out);
        model_perform(&s->setup[i], &out);
        real_compare_touched();
        if ( world.failed || out.result < 0 || out.status < 0 )
        {
            printf("%s: step %u does not work (%ld, %d): %s\n", s->name, i + 1, out.result,
                   out.status, world.why);
            return false;
        }
        (void)done;
    }
    real_compare();
    return !world.failed;
}

static bool begin(const struct scenario *s)
{
    static const struct setting setting = { .seed = 7, .driver_privileged = true, .far = true };

    real_start(&setting);
    if ( world.failed || !reach(s) )
    {
        printf("%s: cannot begin: %s\n", s->name, world.why);
        return false;
    }
    machine_plan_reset();
    before = world;
    return true;
}

static long perform(const struct scenario *s, struct outcome *out)
{
    memset(out, 0, MOST_ELEMENTS * sizeof(*out));
    if ( s->nr )
    {
        real_perform(s->op, s->nr, out);
        return out[0].result;
    }
    machine_run_as(real_vcpu[s->caller]);
    return s->call();
}

static const char *finish(void)
{
    static char why[300];
    const char *wrong = real_audit(), *left;

    snprintf(why, sizeof(why), "%s", wrong ? wrong : "");
    left = machine_stop();
    if ( !wrong && left )
        snprintf(why, sizeof(why), "at the end: %s", left);
    return why[0] ? why : NULL;
}

/* Again, and nothing fails now: it works, or it was done before. */
static bool again(const struct scenario *s, bool was_done, bool untold)
{
    struct outcome out[MOST_ELEMENTS];
    unsigned int i;

    if ( was_done )
        return true;
    real_perform(s->op, s->nr, out);
    /* What is attached shows in no table: it may have been done, and not told. */
    if ( untold && out[0].status && (s->op[0].kind == OP_ATTACH || s->op[0].kind == OP_DETACH) )
        return same();
    for ( i = 0; i < s->nr && !world.failed; i++ )
        model_perform(&s->op[i], &out[i]);
    if ( !world.failed )
        real_compare();
    return !world.failed && out[0].result >= 0 && out[0].status >= 0;
}

/* A call that the model does not know: it leaves nothing, or what its counterpart undoes. */
static const char *other_call(const struct scenario *s, enum fault fault, long result)
{
    bool done = result >= 0;

    if ( fault == FAULT_PREEMPT && !done )
        return "fails when it is interrupted";
    machine_run_as(real_vcpu[s->caller]);
    if ( done && s->undo && s->undo() < 0 )
        return "is done, and cannot be undone";
    if ( !done )
    {
        /* Where the answer could not be written it may be done; nobody was told what. */
        bool untold = fault == FAULT_COPY && result == -EFAULT;

        if ( untold && s->undo )
            s->undo();
        if ( s->call() < 0 )
            return untold ? NULL : "does not work the second time";
        if ( s->undo && s->undo() < 0 )
            return "cannot be undone the second time";
    }
    return same() ? NULL : "changes more than it should";
}

static bool settle(const struct scenario *s, enum fault fault, bool happened,
                   const struct outcome *out)
{
    unsigned int i;

    if ( fault == FAULT_PREEMPT || !happened )
    {
        /* All of it is done, whoever was let in between. */
        world = before;
        for ( i = 0; i < s->nr && !world.failed; i++ )
            model_perform(&s->op[i], &out[i]);
        return !world.failed && same();
    }
    return out[0].result < 0 || fault == FAULT_COPY ? settle_prefix(s) : settle_each(s, out);
}

static bool is_before(void)
{
    return !memcmp(world.party, before.party, sizeof(world.party));
}

static bool one_fault(const struct scenario *s, enum fault fault, uint64_t n, bool *more)
{
    struct outcome out[MOST_ELEMENTS];
    const char *wrong;
    long result;

    *more = false;
    if ( !begin(s) )
        return complain(s, fault, n, "cannot begin");
    fault_plan(fault, n);
    result = perform(s, out);
    memcpy(asked, machine_counters.called, sizeof(asked));
    *more = fault_reached(fault, n);
    machine_plan_reset();
    if ( !s->nr )
    {
        wrong = other_call(s, fault, result);
        if ( wrong )
            return complain(s, fault, n, wrong);
    }
    else
    {
        if ( !settle(s, fault, *more, out) )
        {
            real_compare();
            printf("result %ld, status %d: %s\n", out[0].result, out[0].status, world.why);
            return complain(s, fault, n, "the state is neither as before nor done");
        }
        wrong = real_audit();
        if ( wrong )
            return complain(s, fault, n, wrong);
        if ( *more && !again(s, !is_before() || fault == FAULT_PREEMPT, result == -EFAULT) )
        {
            printf("%s\n", world.why);
            return complain(s, fault, n, "does not work the second time");
        }
    }
    wrong = finish();
    return wrong ? complain(s, fault, n, wrong) : true;
}

/* Without a fault it works; what comes back is remembered. */
static bool rehearse(const struct scenario *s)
{
    unsigned int i;
    long result;

    if ( !begin(s) )
        return false;
    result = perform(s, good);
    for ( i = 0; i < s->nr && !world.failed; i++ )
    {
        model_perform(&s->op[i], &good[i]);
        if ( good[i].status < 0 )
            result = good[i].status;
    }
    if ( s->nr )
        real_compare();
    if ( world.failed || result < 0 )
    {
        printf("%s does not work at all: %ld %s\n", s->name, result, world.why);
        return false;
    }
    machine_stop();
    return true;
}

unsigned int most_faults = 10000;

bool run_scenario(const struct scenario *s, unsigned int *faults, uint64_t called[])
{
    unsigned int fault, i;
    uint64_t n;
    bool more;

    if ( !rehearse(s) )
        return false;
    for ( fault = 0; fault < FAULTS; fault++ )
        for ( n = 0, more = true; more; n += n < EACH ? 1 : 41, *faults += more )
        {
            if ( n >= most_faults )
            {
                printf("%s: more than %u faults of one kind; the rest is not tried\n", s->name, most_faults);
                return false;
            }
            if ( !one_fault(s, fault, n, &more) )
                return false;
            for ( i = 0; i < MACHINE_CALLS; i++ )
                called[i] |= asked[i];
        }
    return true;
}
