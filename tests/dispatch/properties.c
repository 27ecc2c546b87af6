/* SPDX-License-Identifier: MIT */
/*
 * What holds for every op: guest memory is read once and checked, faults end a
 * call as documented, interrupted calls end like others, what is done stays
 * done, domains are unlocked. Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

bool case_is_count(const struct test_case *c)
{
    return c->rows && !strcmp(c->row[0].outcome, "place");
}

unsigned int case_steps(const struct test_case *c)
{
    return c->steps ? c->steps : elements(c);
}

static long result_of(const struct test_case *c)
{
    return c->has_value ? 4242 : case_is_count(c) ? (long)case_steps(c) : 0;
}

/* The nth step that did something: no end, and not asked for again. */
static const struct step *nth_step(const struct outcome *o, unsigned int n)
{
    unsigned int i;

    for ( i = 0; i < o->steps; i++ )
        if ( !o->step[i].is_end && o->step[i].result != -ERESTART && n-- == 0 )
            return &o->step[i];
    return NULL;
}

static bool is_same_step(const struct step *a, const struct step *b)
{
    return a->op == b->op && a->place == b->place && a->result == b->result &&
           a->digest == b->digest && a->domain[0] == b->domain[0] &&
           a->domain[1] == b->domain[1];
}

/* How many steps of o are the first of those of the other; all: no more, no less. */
static bool are_same_steps(const struct outcome *o, const struct outcome *other, bool all)
{
    const struct step *a, *b;
    unsigned int n;

    for ( n = 0; (a = nth_step(o, n)) != NULL; n++ )
    {
        if ( !all && a->result < 0 )
            continue;
        b = nth_step(other, n);
        if ( !b || !is_same_step(a, b) )
            return false;
    }
    return !all || !nth_step(other, n);
}

static bool is_same_access(const struct access *a, const struct access *b)
{
    return a->address == b->address && a->bytes == b->bytes && a->write == b->write &&
           a->data == b->data;
}

static bool are_same_writes(const struct outcome *a, const struct outcome *b)
{
    unsigned int i, j = 0;

    for ( i = 0; i < a->accesses; i++ )
    {
        if ( !a->access[i].write )
            continue;
        while ( j < b->accesses && !b->access[j].write )
            j++;
        if ( j == b->accesses || !is_same_access(&a->access[i], &b->access[j++]) )
            return false;
    }
    while ( j < b->accesses && !b->access[j].write )
        j++;
    return j == b->accesses;
}

static void test_goes_through(const struct test_case *c)
{
    const struct plan plan = { .stack = 0xee };
    unsigned int n = 0;

    run_case(c, &plan, &first);
    expect((long)first.rc == result_of(c), "%ld is returned, not %ld", (long)first.rc,
           result_of(c));
    for ( ; nth_step(&first, n); n++ )
        expect(nth_step(&first, n)->place == 0 || c->steps || strstr(c->title, "range"),
               "step %u: place 0x%lx, and it has none", n, nth_step(&first, n)->place);
    expect(n == case_steps(c), "%u steps, not %u", n, case_steps(c));
    expect(first.looks == c->looks, "%u looks for what is pending, not %u", first.looks,
           c->looks);
    expect(first.accesses <= MOST_ACCESSES, "the log is too short");
    expect(!first.wrong_call, "what the elements share is wrong");
    for ( n = 0; n < elements(c) && case_has_status(c); n++ )
        expect(!run_field(c, &first, n, "status"), "element %u has status %ld", n,
               (long)run_field(c, &first, n, "status"));
}

static void test_read_once(const struct test_case *c)
{
    const struct plan plan = { .stack = 0 }, hostile = { .adversary = true },
                      refusing = { .refuse = true };

    run_case(c, &plan, &first);
    expect(!first.read_twice, "%u bytes are read a second time", first.read_twice);
    run_case(c, &hostile, &second);
    expect(first.rc == second.rc, "with memory that changes %ld is returned, not %ld",
           (long)second.rc, (long)first.rc);
    expect(are_same_steps(&first, &second, true), "with memory that changes the handler sees it");
    expect(are_same_writes(&first, &second), "with memory that changes other things are written");
    run_case(c, &refusing, &second);
    expect(first.rc == second.rc, "what is read again cannot be read: %ld", (long)second.rc);
}

static void test_checked(const struct test_case *c)
{
    const struct plan plan = { .stack = 0 };

    run_case(c, &plan, &first);
    /* The number of the op, and a place that it can be compared with. */
    expect(first.clamped >= 1u + (case_is_count(c) || c->resume == RESUME_FIELD) * elements(c),
           "an index that did not go through the nospec helper");
    expect(!first.not_checked, "%u copies of a range that nobody had checked",
           first.not_checked);
}

/* A frame that cannot be told: the handler makes it a status. */
static bool is_status_of_handler(const struct test_case *c, const struct access *a)
{
    return a->address >= LISTS_AT && !strcmp(c->hypercall, "grant_table");
}

/* Several elements: whether the first can be had alone is looked at, too. */
static bool is_block(const struct test_case *c, const struct access *a)
{
    return c->ahead && !a->write && a->bytes > c->layout->size;
}

static void check_fault(const struct test_case *c, unsigned int at)
{
    const struct access *a = &first.access[at];
    unsigned int i, done = 0;
    long rc = (long)second.rc;

    for ( i = 0; i < at; i++ )
        expect(is_same_access(&second.access[i], &first.access[i]),
               "fault at access %u changes access %u", at, i);
    expect(are_same_steps(&second, &first, false), "fault at access %u changes steps", at);
    while ( nth_step(&second, done) && nth_step(&second, done)->result >= 0 )
        done++;
    expect(!nth_step(&second, done) || !nth_step(&second, done + 1),
           "fault at access %u: the handler goes on", at);
    if ( is_status_of_handler(c, a) )
    {
        expect(!rc && run_field(c, &second, 0, "status") == (uint16_t)GNTST_bad_virt_addr,
               "fault at access %u: %ld, status %ld", at, rc,
               (long)run_field(c, &second, 0, "status"));
        return;
    }
    if ( case_is_count(c) )
        expect(rc == (long)done, "fault at access %u: %ld, not %u", at, rc, done);
    else
        expect(rc == -EFAULT, "fault at access %u: %ld", at, rc);
    if ( c->error_copyback && at )
        for ( i = at + 1; i < second.accesses; i++ )
            expect(second.access[i].write && second.access[i].address < LISTS_AT,
                   "fault at access %u: then 0x%lx is touched", at, second.access[i].address);
    else
        expect(second.accesses == at + 1 + is_block(c, a), "fault at access %u: %u more", at,
               second.accesses - at - 1);
    if ( c->error_copyback && c->resume == RESUME_FIELD && at && !a->write )
        expect(run_field(c, &second, 0, c->place_field) == done,
               "fault at access %u: %ld is told, not %u", at,
               (long)run_field(c, &second, 0, c->place_field), done);
}

static void test_fault(const struct test_case *c)
{
    struct plan plan = { .stack = 0 };
    unsigned int at;

    run_case(c, &plan, &first);
    for ( at = 0; at < first.accesses; at++ )
    {
        plan.fault = at + 1;
        run_case(c, &plan, &second);
        check_fault(c, at);
    }
}

/* How many steps were done when the nth continuation was made. */
static unsigned int done_before(const struct outcome *o, unsigned int n)
{
    unsigned int i, done = 0;

    for ( i = 0; i < o->steps; i++ )
        done += !o->step[i].is_end && o->step[i].result != -ERESTART && o->step[i].entry <= n;
    return done;
}

/* Elements that need nothing more, after so many steps. */
static unsigned long finished_elements(const struct test_case *c, unsigned long done)
{
    if ( c->resume == RESUME_ELEMENTS || (c->resume == RESUME_FIELD && c->count) )
        return done / (case_steps(c) / elements(c));
    return 0;
}

static void check_registers(const struct test_case *c, unsigned int n)
{
    const struct continuation *k = &second.continuation[n];
    unsigned long done = done_before(&second, n), cmd = c->layout->number;
    unsigned long finished = finished_elements(c, done);
    unsigned long arg = ARG_AT + finished * c->layout->size, count = elements(c) - finished;

    if ( c->resume == RESUME_PLACE )
        cmd |= done << 6;
    if ( c->resume == RESUME_RAW )
        cmd |= done;
    if ( c->resume == RESUME_FIELD && c->layout->strict && done % (case_steps(c) / elements(c)) )
        expect(second.status[n][finished] == PMTST_not_done,
               "interrupted after %lu steps the status is %ld", done, second.status[n][finished]);
    expect(k->reg[0] == cmd, "after %lu steps cmd is 0x%lx, not 0x%lx", done, k->reg[0], cmd);
    expect(k->reg[1] == arg, "after %lu steps the address is 0x%lx, not 0x%lx", done,
           k->reg[1], arg);
    if ( k->arguments > 2 )
        expect(k->reg[2] == count, "after %lu steps count is %lu, not %lu", done, k->reg[2],
               count);
}

static void check_same_end(const struct test_case *c, const char *what, unsigned int at)
{
    unsigned int i;

    expect(second.entries > 1, "%s %u: nothing was interrupted", what, at);
    expect(first.rc == second.rc, "%s %u: %ld is returned, not %ld", what, at,
           (long)second.rc, (long)first.rc);
    expect(are_same_steps(&second, &first, true), "%s %u: other steps", what, at);
    expect(!memcmp(first.memory, second.memory, GUEST_SIZE), "%s %u: other memory", what, at);
    expect(!second.wrong_return, "%s %u: returns something of its own", what, at);
    expect(!second.no_progress, "%s %u: no end", what, at);
    expect(!second.wrong_call, "%s %u: what the elements share is wrong", what, at);
    for ( i = 0; i < second.continuations; i++ )
        check_registers(c, i);
}

static void test_preempt(const struct test_case *c)
{
    struct plan plan = { .stack = 0 };
    unsigned int at;

    run_case(c, &plan, &first);
    for ( at = 0; at < first.looks; at++ )
    {
        plan.preempt = at + 1;
        run_case(c, &plan, &second);
        check_same_end(c, "look", at);
        expect(second.entries == 2, "look %u: %u entries", at, second.entries);
    }
    plan.preempt = 0;
    plan.preempt_always = true;
    run_case(c, &plan, &second);
    if ( first.looks )
        check_same_end(c, "every look", 0);
}

/* The handler wants the same element again, the first one too. */
static void test_again(const struct test_case *c)
{
    struct plan plan = { .stack = 0 };
    unsigned int at;

    run_case(c, &plan, &first);
    for ( at = 0; c->resume != RESUME_NONE && at < case_steps(c); at++ )
    {
        if ( c->resume == RESUME_RAW && at % 64 )   /* a place it has no bits for */
            continue;
        plan.restart = at + 1;
        run_case(c, &plan, &second);
        check_same_end(c, "step", at);
    }
}

static bool overlaps(const struct access *a, unsigned long address, unsigned long bytes)
{
    return bytes && a->address < address + bytes && address < a->address + a->bytes;
}

static void check_finished(const struct test_case *c, unsigned int n)
{
    unsigned long done = done_before(&second, n), i;
    char lists[100], *word, *save = NULL;

    for ( i = 0; i < second.accesses; i++ )
    {
        const struct access *a = &second.access[i];

        if ( a->entry <= n )
            continue;
        expect(!overlaps(a, ARG_AT, finished_elements(c, done) * c->layout->size),
               "0x%lx is touched, of %lu finished elements", a->address, done);
        strcpy(lists, c->lists);
        for ( word = strtok_r(lists, " :", &save); word; word = strtok_r(NULL, " :", &save) )
        {
            unsigned long base = run_field(c, &second, 0, word);
            unsigned int size;

            size = element_size(strtok_r(NULL, " :", &save));
            expect(!overlaps(a, base, done * size), "0x%lx is touched, of %lu done of %s",
                   a->address, done, word);
        }
    }
}

static void test_finished(const struct test_case *c)
{
    struct plan plan = { .stack = 0 };
    unsigned int at, i;

    run_case(c, &plan, &first);
    for ( at = 0; at <= first.looks; at++ )     /* the last: all of them */
    {
        plan.preempt = at + 1;
        plan.preempt_always = at == first.looks;
        run_case(c, &plan, &second);
        for ( i = 0; i < second.continuations; i++ )
            check_finished(c, i);
    }
}

/* The hooks of the description, by their rules, about the domains the handler gets. */
static void test_asked(const struct test_case *c)
{
    const struct plan plan = { .stack = 0 };
    const struct step *step;
    char wanted_hooks[256] = "";
    unsigned int i, hooks = 0;

    run_case(c, &plan, &first);
    step = nth_step(&first, 0);
    for ( i = 0; i < c->rows; i++ )
    {
        const char *at = strstr(c->row[i].clause, "xsm ");

        if ( !at || !row_is_of_family(&c->row[i]) )
            continue;
        snprintf(wanted_hooks + strlen(wanted_hooks), sizeof(wanted_hooks) - strlen(wanted_hooks),
                 "%.*s ", (int)strcspn(at + 4, " "), at + 4);
        expect(!step || hooks > 1 || first.about[hooks] == step->domain[hooks],
               "%s is about %u, not %u", at, first.about[hooks], step->domain[hooks]);
        hooks++;
    }
    expect(!strncmp(first.hooks, wanted_hooks, strlen(wanted_hooks)), "asks %s, not %s",
           first.hooks, wanted_hooks);
    expect(first.asked == hooks * elements(c), "asks %u times, not %u", first.asked,
           hooks * elements(c));
}

static const struct { const char *name; void (*test)(const struct test_case *c); } properties[] = {
    { "goes-through", test_goes_through },
    { "read-once", test_read_once },
    { "checked", test_checked },
    { "asked", test_asked },
    { "fault", test_fault },
    { "preempt", test_preempt },
    { "again", test_again },
    { "finished", test_finished },
    { "copy-back", test_copy_back },
    { "uninitialised", test_uninitialised },
    { "balance", test_balance },
    { "batch", test_batch },
    { "ahead", test_ahead },
};

void test_properties(void)
{
    unsigned int i, j;

    for ( i = 0; i < sizeof(properties) / sizeof(*properties); i++ )
        for ( j = 0; wanted(properties[i].name) && j < nr_cases; j++ )
        {
            if ( cases[j].is_stub || !case_is_here(&cases[j]) )
                continue;
            test_begin(properties[i].name, cases[j].title);
            properties[i].test(&cases[j]);
            test_done();
        }
}
