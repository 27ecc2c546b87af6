/* SPDX-License-Identifier: MIT */
/*
 * A case on a fresh machine: lays out its structures as a guest would, makes
 * the call through the stubs, and gathers what came of it. Needs harness.h.
 */
#include <stdlib.h>

#include "harness.h"
#include "properties.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"
#include "entry.h"

unsigned char run_before[GUEST_SIZE];

/* What settings beginning with @ say. */
struct environment {
    unsigned long bits, place, arg;
    uint32_t count;
    unsigned long lists;                /* where the next array goes */
    unsigned int only;                  /* the one element to set, one too large */
};

unsigned int elements(const struct test_case *c)
{
    return c->count ? c->count : 1;
}

void run_domains(void)
{
    struct domain *d = machine_add_domain(0);

    d->is_pv = d->is_hardware = d->is_privileged = true;
    d->has_pmt = true;
    machine_run(d);
    machine_add_domain(1)->is_pv = true;
    d = machine_add_domain(2);
    d->is_hvm = d->is_translated = true;
    d->has_pmt = true;
    d = machine_add_domain(3);
    d->is_hvm = d->is_translated = true;
    d->is_dying = true;
#ifdef PORT_IA64
    machine.domains[0].is_translated = machine.domains[1].is_translated = true;
#endif
}

static void poke(const struct test_case *c, unsigned int element, const char *path,
                 unsigned long value)
{
    const struct field *f = layout_field(c->layout, path);
    char *at = machine_memory(ARG_AT + element * c->layout->size + f->offset, f->size);

    memcpy(at, &value, f->size < 8 ? f->size : 8);
}

/* A number of bytes, or of the guest's words: 8, w, 2w. */
unsigned int element_size(const char *text)
{
    char *rest;
    unsigned int n = (unsigned int)strtoul(text, &rest, 10);

    return *rest == 'w' ? (n ? n : 1) * WORD : n;
}

/* Room for n elements of size bytes, no two of which are alike. */
static unsigned long new_list(struct environment *e, unsigned int n, unsigned int size)
{
    unsigned long address = e->lists, i;
    unsigned char *at = machine_memory(address, n * size);

    if ( !at )
        abort();
    for ( i = 0; i < n * size; i++ )
        at[i] = (unsigned char)(i % size ? 0 : 0x11 + i / size);
    e->lists += (n * size + 127UL) & ~63UL;
    return address;
}

static void set_field(const struct test_case *c, struct environment *e, const char *path,
                      const char *value)
{
    unsigned long start, step = 0;
    unsigned int i, n;
    char *rest, size[8];

    if ( sscanf(value, "list:%u:%7s", &n, size) == 2 )
        start = new_list(e, n, element_size(size));
    else if ( !strcmp(value, "top") )
        start = 1UL << (8 * WORD - 1);
    else if ( !strcmp(value, "self") )
        start = DOMID_SELF;
    else
    {
        start = strtoul(value, &rest, 0);
        if ( *rest == '+' )
            step = strtoul(rest + 1, NULL, 0);
    }
    for ( i = 0; i < elements(c); i++ )
        if ( !e->only || e->only == i + 1 )
            poke(c, i, path, start + i * step);
}

static void set_environment(const struct test_case *c, struct environment *e, const char *name,
                            const char *value)
{
    unsigned long number = strtoul(value, NULL, 0);

    if ( !strcmp(name, "caller") )
        machine_run(&machine.domains[*value == 'h' ? 2 : 1]);
    else if ( !strcmp(name, "lacks") )
        current->domain->has_pmt = false;
    else if ( !strcmp(name, "bits") )
        e->bits = number;
    else if ( !strcmp(name, "place") )
        e->place = number;
    else if ( !strcmp(name, "count") )
        e->count = (uint32_t)number;
    else if ( !strcmp(name, "arg") )
        e->arg = number;
    else if ( !strcmp(name, "deny") )
    {
        static char hook[40];

        snprintf(hook, sizeof(hook), "%.39s", *value ? value : "*");
        machine.denied = hook;
    }
    else if ( !strcmp(name, "hole") )
    {
        machine.hole = ARG_AT;
        machine.hole_bytes = c->layout->size;
    }
    else
        abort();
}

static void set_all(const struct test_case *c, struct environment *e, const char *settings)
{
    char copy[600], *word, *save = NULL, *value;

    snprintf(copy, sizeof(copy), "%.599s", settings ? settings : "");
    for ( word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save) )
    {
        value = strchr(word, '=');
        if ( value )
            *value++ = 0;
        if ( *word == '@' )
            set_environment(c, e, word + 1, value ? value : "");
        else
            set_field(c, e, word, value);
    }
}

/* in: 0; out: what must not survive unseen; between them: what must. */
static void lay_out(const struct test_case *c)
{
    const struct layout *l = c->layout;
    unsigned int i, j;

    for ( i = 0; i < elements(c); i++ )
    {
        unsigned char *at = machine_memory(ARG_AT + i * l->size, l->size);

        memset(at, 0x5a, l->size);
        for ( j = 0; j < l->fields; j++ )
            if ( l->field[j].leaf )
                memset(at + l->field[j].offset,
                       l->field[j].out && !l->field[j].in && !l->field[j].handle ? 0xa5 : 0,
                       l->field[j].size);
    }
}

static void spoil(struct machine *m, unsigned long address, unsigned long bytes)
{
    unsigned char *at = machine_memory(address, bytes);

    (void)m;
    while ( bytes-- )
        *at++ ^= 0xff;
}

static long call(const struct test_case *c, const struct environment *e)
{
    unsigned long cmd = c->layout->number | e->bits;
    void *arg = c->layout->size ? (void *)e->arg : NULL;

    if ( !strcmp(c->hypercall, "grant_table") )
        return hc_grant_table_op((uint32_t)cmd, arg, e->count);
    if ( !strcmp(c->hypercall, "pmt") )
        return hc_pmt_op((uint32_t)cmd, arg, e->count);
    return hc_memory_op(cmd | (c->resume == RESUME_RAW ? e->place : e->place << 6), arg);
}

static void gather(struct outcome *o)
{
    o->entries = machine.entries;
    o->accesses = machine.accesses;
    o->looks = machine.looks;
    o->asked = machine.asked;
    o->read_twice = machine.read_twice;
    o->not_checked = machine.not_checked;
    o->locks = machine_locks();
    memcpy(o->hooks, machine.hooks, sizeof(o->hooks));
    memcpy(o->about, machine.about, sizeof(o->about));
    o->clamped = machine.clamped;
    memcpy(o->access, machine.access, sizeof(o->access));
    memcpy(o->memory, machine.memory, GUEST_SIZE);
}

void run_case(const struct test_case *c, const struct plan *plan, struct outcome *o)
{
    struct environment e = { 0, plan->place, ARG_AT, elements(c), LISTS_AT, 0 };

    memset(o, 0, sizeof(*o));
    machine_reset();
    run_domains();
    lay_out(c);
    set_all(c, &e, c->set);
    e.only = plan->only;
    set_all(c, &e, plan->settings[0]);
    set_all(c, &e, plan->settings[1]);

    machine.fault_at = plan->fault - 1;
    machine.lost = plan->lost ? plan->lost : ~0UL;
    machine.tells = plan->tells;
    machine.preempt_at = plan->preempt - 1;
    machine.preempt_always = plan->preempt_always;
    machine.refuse_second = plan->refuse;
    machine.adversary = plan->adversary ? spoil : NULL;
    script = (struct script){
        .restart_at = plan->restart - 1, .fail_at = plan->fail - 1,
        .status_at = plan->status - 1, .failure = plan->failure,
        .status = plan->status_value, .lazy = plan->lazy, .wide = plan->wide,
        .place = plan->inner,
    };
    entry_stack = plan->stack;
    memcpy(run_before, machine.memory, GUEST_SIZE);
    running = c;
    recording = o;
    o->rc = (unsigned long)call(c, &e);
    gather(o);
}

unsigned long run_field(const struct test_case *c, const struct outcome *o, unsigned int element,
                        const char *path)
{
    const struct field *f = layout_field(c->layout, path);
    unsigned long value = 0;

    memcpy(&value, o->memory + (ARG_AT - GUEST_BASE) + element * c->layout->size + f->offset,
           f->size < 8 ? f->size : 8);
    return value;
}
