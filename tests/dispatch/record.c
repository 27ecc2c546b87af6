/* SPDX-License-Identifier: MIT */
/*
 * What all handlers of the tests do: write down what they were given, do what
 * the script says, and fill the out fields with what depends on the in fields.
 * Needs harness.h.
 */
#include "harness.h"

#include "entry.h"

struct script script;
struct outcome *recording;
const struct test_case *running;

static struct step spare;

/* What a call is to look like: data is the last step of this entry, or NULL. */
static void check_call(const struct hd_call *call, const struct step *step)
{
    const struct step *before = NULL, *s;

    for ( s = recording->step; s != step && s < recording->step + recording->steps; s++ )
        if ( !s->is_end && s->entry == step->entry )
            before = s;
    if ( step != &spare && (call->data != before || call->caller != current->domain ||
                            call->compat != entry_is_narrow) )
        recording->wrong_call = true;
}

static struct step *step_new(void)
{
    struct step *step = &spare;

    if ( recording->steps < MOST_STEPS )
        step = &recording->step[recording->steps++];
    memset(step, 0, sizeof(*step));
    step->entry = machine.entries - 1;
    step->accesses = machine.accesses;
    step->domain[0] = step->domain[1] = DOMID_INVALID;
    return step;
}

/* How many steps there were before, ends not counted. */
static unsigned int number_of(const struct step *step)
{
    const struct step *s;
    unsigned int n = 0;

    for ( s = recording->step; s < recording->step + recording->steps && s != step; s++ )
        n += !s->is_end;
    return n;
}

/* All that goes in. */
static uint64_t digest_of(const void *op)
{
    const struct layout *l = running->native;
    uint64_t digest = 0;
    unsigned int i;

    for ( i = 0; i < l->fields; i++ )
        if ( l->field[i].leaf && l->field[i].in && !l->field[i].handle )
            digest = machine_digest((const char *)op + l->field[i].offset, l->field[i].size,
                                    digest);
    return digest;
}

struct step *step_begin(struct hd_call *call, const void *op, const struct domain *d,
                        const struct domain *e)
{
    struct step *step = step_new();
    unsigned int n = number_of(step);

    check_call(call, step);
    step->op = call->op;
    step->place = call->place;
    if ( d )
        step->domain[0] = d->domain_id;
    if ( e )
        step->domain[1] = e->domain_id;
    if ( op )
        step->digest = digest_of(op);
    if ( n == script.restart_at )
        step->result = -ERESTART;
    else if ( n == script.fail_at )
        step->result = script.failure;
    return step;
}

void step_add(struct step *step, uint64_t value)
{
    step->added = value;
    step->digest = machine_digest(&value, sizeof(value), step->digest);
}

/* What a handler tells: depends on what it was given, and fits a 32-bit caller or not. */
long step_value(const struct step *step)
{
    return (long)(step->digest & 0x7fffffff) | (long)script.wide << 40;
}

static bool is_alone(const struct layout *l, const struct field *f)
{
    unsigned int i;

    for ( i = 0; i < l->fields; i++ )
        if ( &l->field[i] != f && l->field[i].leaf &&
             l->field[i].offset < f->offset + f->size &&
             f->offset < l->field[i].offset + l->field[i].size )
            return false;
    return true;
}

/* A field that handlers fill with what they make of the in fields. */
bool field_is_filled(const struct test_case *c, const struct field *f)
{
    return f->leaf && f->out && !f->handle && is_alone(c->native, f) &&
           !strstr(f->type, "_status") && strcmp(f->path, c->place_field);
}

uint64_t field_value(const struct step *step, const struct field *f)
{
    return machine_digest(f->path, strlen(f->path), step->digest);
}

static void fill(const struct step *step, char *op)
{
    const struct layout *l = running->native;
    unsigned int i, j;

    for ( i = 0; i < l->fields; i++ )
    {
        const struct field *f = &l->field[i];
        uint64_t value = field_value(step, f);
        unsigned int size = f->size;

        if ( !field_is_filled(running, f) )
            continue;
        if ( !script.wide )                 /* fits the guest's field */
            size = layout_field(running->layout, f->path)->size;
        for ( j = 0; j < f->size; j++ )
            op[f->offset + j] = (char)(j < size ? value >> (8 * (j % 8)) : 0);
    }
}

static void set_status(char *op, long status)
{
    const struct layout *l = running->native;
    unsigned int i;

    for ( i = 0; i < l->fields; i++ )
        if ( strstr(l->field[i].type, "_status") )
            memcpy(op + l->field[i].offset, &status, l->field[i].size);
}

long step_end(struct step *step, struct hd_call *call, void *op, long result)
{
    if ( step->result )
        result = step->result;
    else if ( number_of(step) == script.status_at )
    {
        if ( running->native->strict )      /* set, and then something went wrong */
            fill(step, op);
        set_status(op, script.status);
    }
    else if ( result >= 0 && op && !script.lazy )
        fill(step, op);
    step->result = result;
    if ( result == -ERESTART && script.place )
        call->place = script.place;
    if ( result == -ERESTART )
        script.restart_at = ~0u;
    call->data = step;
    return result;
}

void record_end(struct hd_call *call)
{
    struct step *step = step_new();

    check_call(call, step);
    step->is_end = true;
    step->op = call->op;
    step->after_wanted = machine.next.wanted;
}

/* The registers for the next entry, and what the guest can see meanwhile. */
void record_continuation(void)
{
    const struct layout *l = running->layout;
    unsigned int n = recording->continuations++, i, j;

    recording->continuation[n] = machine.next;
    for ( i = 0; i < l->fields; i++ )
        for ( j = 0; j < 4 && !strcmp(l->field[i].path, "status"); j++ )
        {
            int32_t status = 0;

            memcpy(&status, machine_memory(ARG_AT + j * l->size + l->field[i].offset, 4),
                   l->field[i].size);
            recording->status[n][j] = status;
        }
}

/* Before the first of them is done, and not for one alone. */
void record_ahead(const struct hd_call *call, const void *ops, size_t size, unsigned int nr)
{
    struct ahead *ahead = &recording->ahead[recording->aheads % MOST_AHEADS];
    unsigned int i;

    recording->aheads++;
    recording->wrong_call |= nr < 2 || nr > MOST_BLOCK || call->caller != current->domain ||
                             call->compat != entry_is_narrow;
    *ahead = (struct ahead){ .nr = nr, .entry = machine.entries - 1,
                             .accesses = machine.accesses, .steps = number_of(NULL) };
    for ( i = 0; i < nr && i < MOST_BLOCK; i++ )
        ahead->digest[i] = digest_of((const char *)ops + i * size);
}
