/* SPDX-License-Identifier: MIT */
/*
 * Runs the rows: one line "ok" or "FAIL" for each, then RESULT.
 *
 * conformance          each row gives what the table says; and with another value
 *                      in the table it does not
 * conformance invert=N the same, with another value in row N
 */
#include <stdio.h>
#include <stdlib.h>

#include "conformance.h"

struct row { const char *number, *name, *call, *condition, *says; long result; long (*run)(void); };

#define ROW(number, name, result, call, condition, xen) long row_##name(void);
#include "table.def"
#undef ROW

static const struct row rows[] = {
#define ROW(number, name, result, call, condition, xen)                 \
    { number, #name, call, condition, #result, result, row_##name },
#include "table.def"
#undef ROW
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

struct script script;
static unsigned long memory_used;

struct domain *domain_of(domid_t id)
{
    unsigned int i;

    for ( i = 0; i < machine.nr_domains; i++ )
        if ( machine.domains[i].domain_id == id )
            return &machine.domains[i];
    abort();
}

void caller_is_translated(void)
{
    struct domain *caller = domain_of(CALLER);

    caller->is_pv = false;
    caller->is_hvm = caller->is_translated = true;
}

void *guest_memory(unsigned long bytes)
{
    void *memory = machine.memory + memory_used;

    memory_used += (bytes + 63) & ~63ul;
    if ( memory_used > GUEST_SIZE )
        abort();
    return memory;
}

unsigned long guest_address(const void *host)
{
    return GUEST_BASE + (unsigned long)((const unsigned char *)host - machine.memory);
}

long handled(const char *handler, struct hd_call *call, void *op)
{
    (void)handler;
    script.calls++;
    return script.act ? script.act(call, op) : script.result;
}

static void begin(void)
{
    struct domain *d;

    machine_reset();
    memset(&script, 0, sizeof(script));
    memory_used = 0;
    d = machine_add_domain(CALLER);
    d->is_pv = !IS_IA64;
    d->is_translated = IS_IA64;
    machine_run(d);
    machine_add_domain(OTHER)->is_pv = !IS_IA64;
    domain_of(OTHER)->is_translated = IS_IA64;
    d = machine_add_domain(TRANSLATED);
    d->is_hvm = d->is_translated = true;
    domain_of(CALLER)->is_privileged = true;
}

static bool holds(const struct row *row, long result, long *got)
{
    begin();
    *got = row->run();
    if ( machine_locks() || machine.not_checked )
        printf("%s %s: a domain stays locked, or memory was not checked\n", row->number, row->name);
    return *got == result && !machine_locks() && !machine.not_checked;
}

int main(int argc, char **argv)
{
    unsigned int i, red = 0, failed = 0;
    long inverted = argc > 1 && !strncmp(argv[1], "invert=", 7) ? atol(argv[1] + 7) : -1;
    long got, result;

    machine_start();
    for ( i = 0; i < ROWS; i++ )
    {
        const struct row *row = &rows[i];

        result = row->result ^ (i == inverted);
        if ( holds(row, result, &got) )
            printf("ok %s %s: %s [%s] is %s\n", row->number, row->name, row->call,
                   row->condition, row->says);
        else
        {
            failed++;
            printf("FAIL %s %s: %s [%s] is %ld, %ld (%s) is expected\n", row->number, row->name,
                   row->call, row->condition, got, result, row->says);
        }
        red += !holds(row, row->result ^ 1, &got);
    }
    printf("INVERTED %u of %zu red\n", red, ROWS);
    printf("RESULT %zu rows, %u failed\n", ROWS, failed);
    return failed || red != ROWS;
}
