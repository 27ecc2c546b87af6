/* SPDX-License-Identifier: MIT */
/*
 * Each clause of each op, alone and with each other: the first that fails says
 * what comes back, and no handler is called. Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

bool row_is_of_family(const struct row *row)
{
    char family[16];

    return sscanf(row->clause, "for %15s", family) != 1 ||
           !strcmp(family, IS_IA64 ? "ia64" : "x86");
}

static bool row_is_here(const struct row *row)
{
#ifdef PORT_IA64
    /* Ranges are not checked: with descriptors each copy is. */
    return row_is_of_family(row) && strcmp(row->clause, "hypercall x86") &&
           !strstr(row->clause, "ia64 else") && !strstr(row->clause, "translated") &&
           (strncmp(row->clause, "handles ", 8) || !strcmp(row->clause, "handles arg"));
#else
    return row_is_of_family(row);
#endif
}

static void check_result(const struct test_case *c, const struct row *row,
                         const struct outcome *o, unsigned long place)
{
    unsigned int i;
    bool is_status;
    long value;

    /* Where the settings have a place of their own it is that. */
    if ( strstr(row->settings, "@place=") )
        sscanf(strstr(row->settings, "@place="), "@place=%lu", &place);
    is_status = outcome_parse(c, row->outcome, place, &value);
    expect((long)o->rc == (is_status ? 0 : value), "%ld is returned, not %ld", (long)o->rc,
           is_status ? 0 : value);
    for ( i = 0; is_status && i < elements(c); i++ )
        expect((int16_t)run_field(c, o, i, "status") == value,
               "status of element %u is %d, not %ld", i,
               (int16_t)run_field(c, o, i, "status"), value);
    for ( i = 0; i < o->steps; i++ )
        expect(o->step[i].is_end, "and yet the handler is called");
    for ( i = 0; i < o->accesses; i++ )
        expect(is_status || c->error_copyback || !o->access[i].write, "0x%lx is written",
               o->access[i].address);
}

/* Do two rows set the same thing? Then they cannot both fail. */
static bool are_apart(const struct row *a, const struct row *b)
{
    char copy[200], key[60], *word, *save = NULL;

    strcpy(copy, a->settings);
    for ( word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save) )
    {
        snprintf(key, sizeof(key), "%.*s", (int)strcspn(word, "="), word);
        if ( strstr(b->settings, key) )
            return false;
    }
    return true;
}

static void test_alone(const struct test_case *c, const struct row *row)
{
    struct plan plan = { .settings = { row->settings, NULL } };
    char title[400];

    snprintf(title, sizeof(title), "%s: %s", c->title, row->clause);
    test_begin("clause", title);
    run_case(c, &plan, &first);
    check_result(c, row, &first, 0);
    if ( !strcmp(row->outcome, "place") && !strstr(row->settings, "@place") )
    {
        plan.place = 2;
        run_case(c, &plan, &first);
        check_result(c, row, &first, 2);
    }
    test_done();
}

/* Each bit of what is reserved, each that a set does not have, each value too large. */
static void test_values(const struct test_case *c, const struct row *row)
{
    unsigned long allowed = 0, largest = 0, value;
    char field[48], text[80], title[400];
    struct plan plan = { .settings = { text, NULL } };
    unsigned int bit, bits;

    if ( sscanf(row->clause, "set %47s in %li", field, (long *)&allowed) != 2 &&
         sscanf(row->clause, "set %47s <= %li", field, (long *)&largest) != 2 &&
         sscanf(row->clause, "reserved %47s", field) != 1 )
        return;
    snprintf(title, sizeof(title), "%s: each value, %s", c->title, row->clause);
    test_begin("clause", title);
    bits = 8 * layout_field(c->layout, field)->size;
    for ( bit = 0; bit < bits; bit++ )
    {
        value = largest ? largest + (1UL << bit) : 1UL << bit;
        if ( (value & allowed) || (value >> (bits - 1)) > 1 )
            continue;
        snprintf(text, sizeof(text), "%s=0x%lx", field, value);
        run_case(c, &plan, &first);
        check_result(c, row, &first, 0);
    }
    test_done();
}

static void test_order(const struct test_case *c)
{
    unsigned int i, j;

    for ( i = 0; i < c->rows; i++ )
        for ( j = i + 1; j < c->rows; j++ )
        {
            const struct row *a = &c->row[i], *b = &c->row[j];
            struct plan plan = { .settings = { a->settings, b->settings } };
            char title[600];

            if ( !are_apart(a, b) || !row_is_here(a) || !row_is_here(b) )
                continue;
            snprintf(title, sizeof(title), "%s: %s, before %s", c->title, a->clause, b->clause);
            test_begin("order", title);
            run_case(c, &plan, &first);
            check_result(c, a, &first, 0);
            test_done();
        }
}

void test_clauses(void)
{
    unsigned int i, j;

    for ( i = 0; i < nr_cases; i++ )
    {
        if ( !case_is_here(&cases[i]) )
            continue;
        for ( j = 0; wanted("clause") && j < cases[i].rows; j++ )
            if ( row_is_here(&cases[i].row[j]) )
            {
                test_alone(&cases[i], &cases[i].row[j]);
                test_values(&cases[i], &cases[i].row[j]);
            }
        if ( wanted("order") )
            test_order(&cases[i]);
    }
}
