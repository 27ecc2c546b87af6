/* SPDX-License-Identifier: MIT */
/*
 * What comes back to the guest: exactly the description's fields, nothing that
 * was never set, domains unlocked and groups ended. Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

bool case_is_here(const struct test_case *c)
{
#ifdef PORT_IA64
    return !c->is_x86;
#else
    (void)c;
    return true;
#endif
}

bool case_has_status(const struct test_case *c)
{
    unsigned int i;

    for ( i = 0; i < c->layout->fields; i++ )
        if ( !strcmp(c->layout->field[i].path, "status") )
            return true;
    return false;
}

/* ---- the bytes of an element that are to be written ------------------------------ */

static bool is_listed(const char *list, const char *path)
{
    const char *at = strstr(list, path);
    size_t length = strlen(path);

    return at && (at == list || at[-1] == ' ') && (!at[length] || at[length] == ' ');
}

static bool is_out(const struct test_case *c, const struct field *f)
{
    if ( *c->writes && strcmp(c->writes, "all") )
        return is_listed(c->writes, f->path);
    return f->leaf && f->out && !f->handle;
}

static void expected_map(const struct test_case *c, bool *map)
{
    const struct layout *l = c->layout;
    unsigned int i, first_out = ~0u, last_out = 0;

    memset(map, !strcmp(c->writes, "all"), l->size);
    for ( i = 0; i < l->fields; i++ )
        if ( is_out(c, &l->field[i]) )
        {
            memset(map + l->field[i].offset, true, l->field[i].size);
            if ( l->field[i].offset < first_out )
                first_out = l->field[i].offset;
            if ( l->field[i].offset + l->field[i].size > last_out )
                last_out = l->field[i].offset + l->field[i].size;
        }
    if ( l->strict && first_out < last_out )
        memset(map + first_out, true, last_out - first_out);
}

static void written_map(const struct test_case *c, const struct outcome *o, unsigned int element,
                        bool *map)
{
    unsigned long base = ARG_AT + element * c->layout->size, i, j;

    memset(map, false, c->layout->size);
    for ( i = 0; i < o->accesses; i++ )
        for ( j = 0; o->access[i].write && j < o->access[i].bytes; j++ )
            if ( o->access[i].address + j - base < c->layout->size )
                map[o->access[i].address + j - base] = true;
}

/* What is not out is afterwards as it was. */
static void check_unchanged(const struct test_case *c, const struct outcome *o)
{
    unsigned int i, k, at;

    for ( k = 0; k < elements(c); k++ )
        for ( at = 0; at < c->layout->size; at++ )
        {
            unsigned long where = ARG_AT - GUEST_BASE + k * c->layout->size + at;

            for ( i = 0; i < c->layout->fields; i++ )
                if ( is_out(c, &c->layout->field[i]) && at >= c->layout->field[i].offset &&
                     at - c->layout->field[i].offset < c->layout->field[i].size )
                    break;
            expect(i < c->layout->fields || o->memory[where] == run_before[where],
                   "byte %u of element %u was 0x%x, and is 0x%x", at, k, run_before[where],
                   o->memory[where]);
        }
    for ( i = 0; i < o->accesses; i++ )
        expect(!o->access[i].write || o->access[i].address >= LISTS_AT ||
               (o->access[i].address >= ARG_AT &&
                o->access[i].address + o->access[i].bytes <=
                    ARG_AT + elements(c) * c->layout->size),
               "0x%lx is written", o->access[i].address);
}

/* The handler answers with an error status: out fields are 0 (strict), or as before. */
static void check_status(const struct test_case *c)
{
    const struct plan plan = { .status = 1, .status_value = -7 };
    const struct layout *l = c->layout;
    unsigned int i, j;

    run_case(c, &plan, &second);
    expect(!second.rc, "with an error status %ld is returned", (long)second.rc);
    expect((int16_t)run_field(c, &second, 0, "status") == -7, "the status is %d, not -7",
           (int16_t)run_field(c, &second, 0, "status"));
    for ( i = 0; i < l->fields; i++ )
        for ( j = 0; j < l->field[i].size && is_out(c, &l->field[i]); j++ )
            if ( !l->field[i].in && strcmp(l->field[i].path, "status") )
                expect(second.memory[ARG_AT - GUEST_BASE + l->field[i].offset + j] ==
                       (l->strict ? 0 : 0xa5),
                       "with an error status %s is 0x%lx", l->field[i].path,
                       run_field(c, &second, 0, l->field[i].path));
}

/* Strict: what the handler did not set is 0, whatever the guest had there. */
static void check_zeroed(const struct test_case *c)
{
    const struct plan plan = { .lazy = true };
    const struct layout *l = c->layout;
    unsigned int i;

    run_case(c, &plan, &second);
    for ( i = 0; i < l->fields; i++ )
        if ( is_out(c, &l->field[i]) && !l->field[i].in )
            expect(!run_field(c, &second, 0, l->field[i].path), "nobody set %s, and it is 0x%lx",
                   l->field[i].path, run_field(c, &second, 0, l->field[i].path));
}

/* What the handler set is what the guest finds. */
static void check_values(const struct test_case *c)
{
    const struct step *step = first.step;
    unsigned int i, k;

    for ( k = 0; k < elements(c) && case_steps(c) == elements(c); k++, step++ )
    {
        while ( step->is_end )
            step++;
        for ( i = 0; i < c->native->fields; i++ )
        {
            const struct field *f = &c->native->field[i];
            unsigned int size = layout_field(c->layout, f->path)->size;
            uint64_t value = field_value(step, f);

            if ( size < 8 )
                value &= (1UL << (8 * size)) - 1;
            expect(!field_is_filled(c, f) || run_field(c, &first, k, f->path) == value,
                   "element %u: %s is 0x%lx, and the handler said 0x%lx", k, f->path,
                   run_field(c, &first, k, f->path), (unsigned long)value);
        }
    }
}

/* Element i of an array is read, and told, in step i. */
static void check_arrays(const struct test_case *c)
{
    static const struct { const char *op, *name, *told; unsigned int reads; } arrays[] = {
        { "increase_reservation", "", "extent_start", 0 },
        { "decrease_reservation", "", NULL, 1 },
        { "populate_physmap", "", "extent_start", 1 },
        { "exchange", "", "out.extent_start", 4 },
        { "add_to_physmap_batch", "", "errs", 4 },
        { "access_op", "multi", NULL, 4 },
        { "acquire_resource", "", "frame_list", 0 },
    };
    const struct step *step = first.step;
    unsigned int i, k, size;

    for ( k = 0; k < sizeof(arrays) / sizeof(*arrays); k++ )
        if ( !strcmp(c->hypercall, "memory") && !strcmp(arrays[k].op, c->op) &&
             !strcmp(arrays[k].name, c->name) )
            break;
    if ( k == sizeof(arrays) / sizeof(*arrays) )
        return;
    for ( i = 0; i < case_steps(c); i++, step++ )
    {
        uint64_t value = 0;

        expect(!arrays[k].reads || step->added == arrays[k].reads * (0x11ul + i),
               "step %u reads 0x%lx", i, (unsigned long)step->added);
        if ( !arrays[k].told || (IS_IA64 && strcmp(arrays[k].told, "errs")) )
            continue;
        size = strcmp(arrays[k].told, "errs") ? WORD : 4;
        memcpy(&value, first.memory + (run_field(c, &first, 0, arrays[k].told) - GUEST_BASE) +
                           i * size, size);
        expect(value == (uint64_t)step_value(step), "step %u: 0x%lx is told, not 0x%lx", i,
               (unsigned long)value, (unsigned long)step_value(step));
    }
}

void test_copy_back(const struct test_case *c)
{
    bool expected[512], written[512];
    struct plan plan = { .stack = 0 };
    unsigned int k, at;

    run_case(c, &plan, &first);
    expected_map(c, expected);
    for ( k = 0; k < elements(c); k++ )
    {
        written_map(c, &first, k, written);
        for ( at = 0; at < c->layout->size; at++ )
            expect(expected[at] == written[at], "byte %u of element %u is %swritten", at, k,
                   written[at] ? "" : "not ");
    }
    check_unchanged(c, &first);
    check_values(c);
    check_arrays(c);
    if ( c->layout->strict )
        check_zeroed(c);
    if ( case_has_status(c) )
        check_status(c);
    plan.fail = 1;
    plan.failure = -ENOTEMPTY;
    run_case(c, &plan, &second);
    if ( case_is_count(c) )
        expect(!second.rc, "%ld, and nothing was done", (long)second.rc);
    else
        expect((long)second.rc == -ENOTEMPTY, "the handler's errno becomes %ld",
               (long)second.rc);
    for ( at = 0; at < second.accesses; at++ )
        expect(!second.access[at].write || c->error_copyback, "an errno, and 0x%lx is written",
               second.access[at].address);
    if ( c->error_copyback )
        check_unchanged(c, &second);
}

/* Whatever the stack held before, the same is written. */
void test_uninitialised(const struct test_case *c)
{
    struct plan plan = { .lazy = true, .stack = 0x11 };
    unsigned int i;

    for ( i = 0; i < 2; i++ )
    {
        plan.stack = 0x11;
        run_case(c, &plan, &first);
        plan.stack = 0xee;
        run_case(c, &plan, &second);
        expect(!memcmp(first.memory, second.memory, GUEST_SIZE) && first.rc == second.rc,
               "bytes of the stack reach the guest");
        if ( !case_has_status(c) )
            break;
        plan.status = 1;
        plan.status_value = -7;
    }
}

/* ---- what was begun is ended ------------------------------------------------------ */

static bool is_batch(const struct test_case *c)
{
    return c->resume == RESUME_ELEMENTS || (c->resume == RESUME_FIELD && c->layout->strict);
}

/* 32 steps at most are without an end, if the op says every 32. */
static unsigned int group_of(const struct test_case *c)
{
    if ( c->resume != RESUME_ELEMENTS || c->looks + 1 == case_steps(c) )
        return ~0u;
    return case_steps(c) < 100 ? 32 : 64;
}

static void check_balance(const struct test_case *c, const struct outcome *o, const char *what,
                          unsigned int at)
{
    unsigned int i, open = 0, entry = 0;

    expect(!o->locks, "%s %u: %d locks of domains are left", what, at, o->locks);
    for ( i = 0; i < o->steps; i++ )
    {
        const struct step *s = &o->step[i];

        expect(!s->after_wanted, "%s %u: ended when it is to be continued already", what, at);
        expect(!s->is_end || is_batch(c), "%s %u: no batch, and an end", what, at);
        if ( !s->is_end )
        {
            expect(!open || s->entry == entry || !is_batch(c),
                   "%s %u: interrupted without an end", what, at);
            open++;
            entry = s->entry;
        }
        else
        {
            expect(open || *what != 'l', "%s %u: an end with nothing to end", what, at);
            expect(i + 1 == o->steps || o->step[i + 1].entry != entry || open == group_of(c),
                   "%s %u: ended after %u steps, and goes on", what, at, open);
            open = 0;
        }
        expect(open <= group_of(c), "%s %u: %u steps without an end", what, at, open);
    }
    expect(!open || !is_batch(c), "%s %u: %u steps, and no end", what, at, open);
}

void test_balance(const struct test_case *c)
{
    struct plan plan = { .stack = 0 };
    unsigned int i, accesses, looks;

    run_case(c, &plan, &first);
    check_balance(c, &first, "run", 0);
    accesses = first.accesses;
    looks = first.looks;
    for ( i = 0; i < accesses; i++ )
    {
        plan.fault = i + 1;
        run_case(c, &plan, &first);
        check_balance(c, &first, "fault at access", i);
    }
    plan.fault = 0;
    for ( i = 0; i < looks; i++ )
    {
        plan.preempt = i + 1;
        run_case(c, &plan, &first);
        check_balance(c, &first, "look", i);
    }
    plan.preempt = 0;
    for ( i = 0; i < c->rows; i++ )
    {
        plan.settings[0] = c->row[i].settings;
        run_case(c, &plan, &first);
        expect(!first.locks, "%s: %d locks of domains are left", c->row[i].clause, first.locks);
    }
    plan.settings[0] = NULL;
    plan.failure = -ENOTEMPTY;
    for ( i = 0; i < 3; i++ )
    {
        plan.fail = i + 1;
        run_case(c, &plan, &first);
        check_balance(c, &first, "errno at step", i);
    }
}
