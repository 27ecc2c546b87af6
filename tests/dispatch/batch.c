/* SPDX-License-Identifier: MIT */
/*
 * One element among others: what is wrong with it is told in its status and the
 * others are done, or it ends the batch. Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

#define BAD 1                           /* the element that is wrong; there is one before */

static bool is_untouched(const struct test_case *c, unsigned int element)
{
    unsigned long at = ARG_AT - GUEST_BASE + element * c->layout->size;

    return !memcmp(first.memory + at, run_before + at, c->layout->size);
}

static unsigned int steps_of(const struct outcome *o)
{
    unsigned int i, n = 0;

    for ( i = 0; i < o->steps; i++ )
        n += !o->step[i].is_end;
    return n;
}

static void check_goes_on(const struct test_case *c, long status)
{
    unsigned int i;

    expect(!first.rc, "%ld is returned", (long)first.rc);
    expect(steps_of(&first) == (elements(c) - 1) * (case_steps(c) / elements(c)),
           "%u steps", steps_of(&first));
    for ( i = 0; i < elements(c); i++ )
        expect((int16_t)run_field(c, &first, i, "status") == (i == BAD ? status : 0),
               "status of element %u is %d", i, (int16_t)run_field(c, &first, i, "status"));
}

static void check_ends(const struct test_case *c, long error, unsigned int steps)
{
    unsigned int i;

    expect((long)first.rc == error, "%ld is returned, not %ld", (long)first.rc, error);
    expect(steps_of(&first) == steps, "%u steps, not %u", steps_of(&first), steps);
    for ( i = BAD; i < elements(c); i++ )
        expect(is_untouched(c, i), "element %u is written", i);
    for ( i = 0; i < first.accesses; i++ )
        expect(first.access[i].address < ARG_AT + (BAD + 1) * c->layout->size ||
               first.access[i].address >= LISTS_AT,
               "0x%lx is touched, behind the element that ended it", first.access[i].address);
}

void test_batch(const struct test_case *c)
{
    struct plan plan = { .only = BAD + 1 };
    unsigned int i, each = case_steps(c) / elements(c);     /* steps of one element */
    long value;

    if ( !c->count || elements(c) <= BAD || c->resume == RESUME_NONE )
        return;
    for ( i = 0; i < c->rows; i++ )
    {
        if ( strchr(c->row[i].settings, '@') )
            continue;
        plan.settings[0] = c->row[i].settings;
        run_case(c, &plan, &first);
        if ( outcome_parse(c, c->row[i].outcome, 0, &value) )
            check_goes_on(c, value);
        else
            check_ends(c, value, BAD * each);
    }
    plan.settings[0] = NULL;
    plan.fail = BAD * each + 1;
    plan.failure = -ENOTEMPTY;
    run_case(c, &plan, &first);
    check_ends(c, -ENOTEMPTY, BAD * each + 1);
    expect(!case_has_status(c) || !run_field(c, &first, 0, "status"),
           "the element before it is not okay");
}
