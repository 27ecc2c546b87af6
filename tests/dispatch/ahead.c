/* SPDX-License-Identifier: MIT */
/*
 * Elements that are read as a block: each is read once, the handler is told of those
 * that come before the first is done, and a fault or an interruption in the middle
 * leaves what it leaves where each is read alone. Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

static unsigned int least(unsigned int a, unsigned int b)
{
    return a < b ? a : b;
}

/* The nth step that is no end; NULL: there are not so many. */
static const struct step *step_at(const struct outcome *o, unsigned int n)
{
    unsigned int i;

    for ( i = 0; i < o->steps; i++ )
        if ( !o->step[i].is_end && n-- == 0 )
            return &o->step[i];
    return NULL;
}

/* Of two runs: that step did the same. */
static bool is_same_step(const struct outcome *a, const struct outcome *b, unsigned int n)
{
    return step_at(a, n) && step_at(b, n) && step_at(a, n)->digest == step_at(b, n)->digest;
}

static unsigned int steps_of(const struct outcome *o)
{
    unsigned int n = 0;

    while ( step_at(o, n) )
        n++;
    return n;
}

static bool is_of_elements(const struct test_case *c, const struct access *a)
{
    return !a->write && a->address >= ARG_AT &&
           a->address < ARG_AT + elements(c) * c->layout->size;
}

/* What was told are the elements that were done next, or would have been. */
static void check_told(const struct outcome *o, const struct ahead *ahead,
                       const struct outcome *whole)
{
    unsigned int i;

    for ( i = 0; i < ahead->nr; i++ )
    {
        const struct step *step = step_at(whole, ahead->steps + i);

        expect(step && step->digest == ahead->digest[i],
               "element %u of those told before step %u is another", i, ahead->steps);
    }
    expect(ahead->accesses && is_of_elements(running, &o->access[ahead->accesses - 1]),
           "told of elements that were not just read");
}

/* All of n elements, none of which goes wrong. */
static void check_whole(const struct test_case *c, unsigned int n)
{
    unsigned int done = 0, told = 0, i;

    expect(!first.rc && steps_of(&first) == n, "%u elements: %ld, %u steps", n, (long)first.rc,
           steps_of(&first));
    for ( i = 0; i < first.accesses; i++ )
    {
        const struct access *a = &first.access[i];
        unsigned int nr = least(n - done, c->ahead);

        if ( !is_of_elements(c, a) )
            continue;
        expect(a->address == ARG_AT + done * c->layout->size && a->bytes == nr * c->layout->size,
               "%u elements: %lu bytes are read at element %u", n, a->bytes, done);
        if ( nr > 1 )
        {
            const struct ahead *ahead = &first.ahead[told++];

            expect(told <= first.aheads && ahead->nr == nr && ahead->steps == done &&
                   ahead->accesses == i + 1, "%u elements: told of %u at step %u, not of %u at %u",
                   n, ahead->nr, ahead->steps, nr, done);
            check_told(&first, ahead, &first);
        }
        done += nr;
    }
    expect(done == n && told == first.aheads, "%u elements: %u are read, told %u times, not %u", n,
           done, first.aheads, told);
    expect(!first.read_twice && !first.wrong_call, "%u elements: read twice, or told wrongly", n);
}

/* From this byte of element k on nothing can be read; tells: copies say how far they came. */
static void check_fault(const struct test_case *c, unsigned int k, unsigned int byte, bool tells)
{
    unsigned long at = ARG_AT - GUEST_BASE + k * c->layout->size;
    struct plan plan = { .lost = GUEST_BASE + at + byte, .tells = tells };
    unsigned int i;

    run_case(c, &plan, &second);
    expect((long)second.rc == -EFAULT, "fault in element %u: %ld", k, (long)second.rc);
    expect(steps_of(&second) == k, "fault in element %u: %u are done", k, steps_of(&second));
    for ( i = 0; i < k; i++ )
        expect(is_same_step(&second, &first, i),
               "fault in element %u: element %u is another", k, i);
    for ( i = 0; i < k * c->layout->size; i++ )
        expect(machine.reads[ARG_AT - GUEST_BASE + i] == 1,
               "fault in element %u: byte %u is read %u times", k, i,
               machine.reads[ARG_AT - GUEST_BASE + i]);
    expect(!memcmp(second.memory + at, run_before + at, (elements(c) - k) * c->layout->size),
           "fault in element %u: it is written", k);
    for ( i = 0; i < second.aheads; i++ )
    {
        check_told(&second, &second.ahead[i], &first);
        expect(second.ahead[i].steps + second.ahead[i].nr <= k,
               "fault in element %u: told of it", k);
    }
    expect(second.aheads == k / c->ahead + (tells && k % c->ahead > 1),
           "fault in element %u: told %u times", k, second.aheads);
    expect(!second.wrong_call, "fault in element %u: told wrongly", k);
}

/* At one look: what is not done is read again, by another entry. */
static void check_interrupted(const struct test_case *c, unsigned int n)
{
    unsigned int i, at, done = 0;

    for ( at = 0; at < first.looks; at++ )
    {
        struct plan plan = { .preempt = at + 1 };

        run_case(c, &plan, &second);
        expect(!second.rc && second.entries == 2 && steps_of(&second) == n,
               "interrupted at look %u: %ld, %u steps", at, (long)second.rc, steps_of(&second));
        for ( i = 0; i < n; i++ )
            expect(is_same_step(&second, &first, i),
                   "interrupted at look %u: step %u is another", at, i);
        for ( i = done = 0; i < n; i++ )
            done += step_at(&second, i) && step_at(&second, i)->entry == 0;
        for ( i = 0; i < second.aheads; i++ )
        {
            const struct ahead *ahead = &second.ahead[i];
            unsigned int begin = ahead->entry ? done : 0;

            check_told(&second, ahead, &first);
            expect((ahead->steps - begin) % c->ahead == 0 &&
                   ahead->nr == least(n - ahead->steps, c->ahead),
                   "interrupted at look %u: told of %u at step %u", at, ahead->nr, ahead->steps);
        }
        expect(!second.read_twice && !second.wrong_call,
               "interrupted at look %u: read twice, or told wrongly", at);
        expect(!memcmp(second.memory, first.memory, GUEST_SIZE),
               "interrupted at look %u: memory is another", at);
    }
}

void test_ahead(const struct test_case *c)
{
    const unsigned int counts[] = { 1, 2, c->ahead - 1, c->ahead, c->ahead + 1, c->ahead + 2,
                                    3 * c->ahead + 5 };
    struct test_case some = *c;
    struct plan plan = { .settings = { "@count=0" } };
    unsigned int i, k;

    if ( !c->ahead )
        return;
    run_case(&some, &plan, &first);
    expect(!first.rc && !first.accesses && !first.aheads, "none: %ld, %u copies, told %u times",
           (long)first.rc, first.accesses, first.aheads);
    plan.settings[0] = NULL;
    for ( i = 0; i < sizeof(counts) / sizeof(*counts); i++ )
    {
        some.count = counts[i];
        run_case(&some, &plan, &first);
        check_whole(&some, counts[i]);
    }
    check_interrupted(&some, some.count);
    for ( k = 0; k < some.count; k++ )
        for ( i = 0; i < 4; i++ )
            check_fault(&some, k, i & 1 ? some.layout->size / 2 : 0, i & 2);
}
