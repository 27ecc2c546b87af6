/* SPDX-License-Identifier: MIT */
/* Which way data goes, and how a call goes on. */
#include <string.h>

#include "checks.h"

/* ---- [direction] --------------------------------------------------------- */

static bool points(const struct type *type)
{
    return type && (type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER);
}

static void check_refined(struct checker *checker, const struct field *field)
{
    for ( size_t i = 0; i < field->refined.count; i++ )
    {
        const struct member *line = field->refined.at[i];

        if ( line->direction == DIRECTION_IN && field->declared == DIRECTION_OUT )
        {
            if ( !check_first_at(checker, line->where) )
                continue;
            check_error(checker, line->where, "'%s' is out, and cannot be in here",
                        field->path);
            check_note(checker, field->where, "'%s' is here", field->name);
        }
        else if ( field->refined.count == 1 && !line->when.count &&
                  line->direction == field->declared &&
                  check_first_at(checker, line->where) )
        {
            check_error(checker, line->where, "'%s' is %s already: this changes nothing",
                        field->path, direction_text(field->declared));
            check_note(checker, field->where, "'%s' is here", field->name);
        }
    }
}

static bool is_in_union(const struct field *field)
{
    for ( ; field; field = field->around )
        if ( field->member && field->member->parent && field->member->parent->is_union )
            return true;
    return false;
}

static void check_written_handle(struct checker *checker, const struct callable *call,
                                 const struct field *field, const struct type *handle)
{
    if ( !(field->direction & DIRECTION_OUT) )
        return;
    if ( handle->is_const && check_first_at(checker, field->where) )
    {
        check_error(checker, field->where, "'%s' is %s, and what it points at is const",
                    field->path, direction_text(field->direction));
        check_note(checker, handle->where, "here");
    }
    else if ( handle->is_64 && !call->decl->is_legacy && is_in_union(field) &&
              check_first_at(checker, field->where) )
    {
        check_error(checker, field->where, "Xen writes behind '%s', which is a list only if "
                    "the union's tag says so", field->path);
        check_help(checker, field->where, "give the list a member of its own, outside the "
                   "union");
    }
}

/* Out of a whole that goes in, or the other way round. */
static bool goes_against(const struct field *field)
{
    return field->member && field->around && field->member->direction &&
           field->around->direction && !field->direction;
}

static void check_has_direction(struct checker *checker, const struct callable *call,
                                const struct field *field)
{
    const struct type *element = field->type ? field->type->element : NULL;
    const struct field *around = field->around;

    if ( field->direction != DIRECTION_NONE || (around && goes_against(around)) )
        return;
    if ( goes_against(field) )
    {
        check_error(checker, around->where, "'%s' is %s, and '%s' in it is %s",
                    around->path, direction_text(around->direction), field->name,
                    direction_text(field->member->direction));
        check_note(checker, field->where, "'%s' is here", field->name);
        check_help(checker, around->where, "a line in the op says which: %s %s;",
                   direction_text(around->direction), field->path);
        return;
    }
    if ( field->inside || (element && element->kind == TYPE_OP) ||
         !check_first_at(checker, field->where) )
        return;
    check_error(checker, field->where, "nothing says whether '%s' goes in or out of '%s'",
                field->path, call->decl->name);
    check_help(checker, field->where, "write in, out or inout before it");
}

void check_directions(struct checker *checker, const struct callable *call)
{
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];
        const struct type *plain = type_plain(field->type);

        check_refined(checker, field);
        check_has_direction(checker, call, field);
        if ( points(plain) )
            check_written_handle(checker, call, field, plain);
    }
}

static void visit_read(struct checker *checker, const struct scope *scope,
                       const struct expression *expression, const struct named *named)
{
    (void)scope;
    if ( !named->field || named->field->direction != DIRECTION_OUT ||
         points(type_plain(named->field->type)) ||
         !check_first_at(checker, expression->where) )
        return;
    check_error(checker, expression->where,
                "this is looked at before the op runs, and '%s' is out", named->field->path);
    check_note(checker, named->field->where, "'%s' is here", named->field->name);
}

void check_read_fields(struct checker *checker, const struct scope *scope,
                       const struct clause *clause)
{
    path_each(checker, scope, clause->condition, visit_read);
    path_each(checker, scope, clause->by, visit_read);
}

/* ---- [preempt]: whether -------------------------------------------------- */

void check_batch_preempt(struct checker *checker, const struct callable *call)
{
    static const char text[] = "'%s' is a batch without 'preempt': its caller says for how "
                               "long it runs";

    if ( !call->is_batch || call_clause(call, CLAUSE_preempt) ||
         call_clause(call, CLAUSE_stub) )
        return;
    if ( call->decl->is_legacy )
        check_warning(checker, call->decl->where, text, call->decl->name);
    else
        check_error(checker, call->decl->where, text, call->decl->name);
    check_help(checker, call->decl->where, "write 'preempt each;' or 'preempt every 32;'");
}

static const struct resume_list *steps_of_hypercall(const struct hypercall *hypercall)
{
    LIST_EACH(clause, &hypercall->clauses)
        if ( clause->resume.count )
            return &clause->resume;
    return NULL;
}

static bool is_restart(const struct clause *clause)
{
    return clause->names.count && !strcmp(clause->names.at[0].text, "restart");
}

static void check_has_resume(struct checker *checker, const struct scope *scope,
                             const struct clause *clause)
{
    if ( is_restart(clause) || clause->resume.count ||
         steps_of_hypercall(scope->call->hypercall) )
        return;
    check_error(checker, clause->where, "nothing says how the interrupted call goes on");
    check_help(checker, clause->where, "write 'resume' behind it, or in hypercall '%s': resume "
               "cmd[31..6] = done;", scope->call->hypercall->decl->name);
}

/* ---- [preempt]: with what ------------------------------------------------ */

static void check_by(struct checker *checker, const struct scope *scope,
                     const struct clause *clause)
{
    struct named named;

    if ( !clause->by )
        return;
    named = path_find(checker, scope, clause->by->text);
    if ( named.kind == NAMED_NOTHING ||
         (named.kind == NAMED_FIELD && type_is_integer(named.field->type)) )
        return;
    check_error(checker, clause->by->where, "'%s' is no number of steps", clause->by->text);
    if ( named.field )
        check_note(checker, named.field->where, "'%s' is here", named.field->name);
}

/* Of a 'long', what the narrowest architecture has. */
static unsigned int least_width(const struct type *type)
{
    const struct type *plain = type_plain(type);

    if ( plain && plain->kind == TYPE_BASE &&
         (plain->base == BASE_long || plain->base == BASE_ulong) )
        return 32;
    return type_width(type);
}

static const struct expression *name_in(const struct expression *target)
{
    return target->kind == EXPRESSION_BITS ? target->left : target;
}

/* How many bits a target holds; 0: it has had its error. */
static unsigned int room_of(struct checker *checker, const struct scope *scope,
                            const struct expression *target)
{
    struct named named;

    if ( name_in(target)->kind != EXPRESSION_NAME )
        return 0;
    named = path_find(checker, scope, name_in(target)->text);
    if ( named.kind != NAMED_FIELD )
        return 0;
    if ( target->kind == EXPRESSION_BITS && target->high >= 0 )
        return (unsigned int)(target->high - target->low + 1);
    if ( target->kind == EXPRESSION_BITS )
        return least_width(named.field->type) - (unsigned int)target->low;
    return least_width(named.field->type);
}

static bool fits(uint64_t value, unsigned int bits)
{
    return bits >= 64 || !(value >> bits);
}

/* 'name <= N' anywhere in what is required: enough to show that someone thought. */
static bool is_bounded_in(const struct expression *expression, const char *name,
                          unsigned int bits)
{
    if ( expression->kind != EXPRESSION_BINARY )
        return false;
    if ( expression->operator == OPERATOR_less_equal &&
         expression->left->kind == EXPRESSION_NAME &&
         !strcmp(expression->left->text, name) )
        return expression->right->kind == EXPRESSION_NUMBER &&
               fits(expression->right->value, bits);
    return is_bounded_in(expression->left, name, bits) ||
           is_bounded_in(expression->right, name, bits);
}

static bool is_bounded(const struct scope *scope, const char *name, unsigned int bits)
{
    const struct clause_list *lists[] = {
        scope->clauses, scope->call->scopes.at[0].clauses,
        &scope->call->hypercall->clauses,
    };

    for ( size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++ )
        LIST_EACH(clause, lists[i])
            if ( clause->condition && is_bounded_in(clause->condition, name, bits) )
                return true;
    return false;
}

/* What 'done' counts up to. */
static const char *bound_of(const struct scope *scope, const struct clause *clause)
{
    const struct callable *call = scope->call;

    if ( clause->by )
        return clause->by->text;
    if ( call->result && call->result->kind == TYPE_COUNT )
        return call->result->name.text;
    return NULL;
}

static void check_room(struct checker *checker, const struct scope *scope,
                       const struct clause *clause, const struct resume_step *step)
{
    const char *bound = bound_of(scope, clause);
    unsigned int room = room_of(checker, scope, step->target);
    const struct expression *value = step->value;
    struct named named;
    unsigned int needed;

    if ( !room || step->how != RESUME_SET || value->kind != EXPRESSION_NAME ||
         strcmp(value->text, DONE_NAME) || !bound )
        return;
    named = path_find(checker, scope, bound);
    needed = named.kind == NAMED_FIELD ? least_width(named.field->type) : 0;
    if ( needed <= room || is_bounded(scope, bound, room) )
        return;
    check_error(checker, clause->where, "the place has %u bits, and '%s' may have %u", room,
                bound, needed);
    check_note(checker, step->where, "the place is here");
    check_help(checker, clause->where, "bound it: require %s <= 0x%llx;", bound,
               (unsigned long long)((UINT64_C(1) << room) - 1));
}

/* A part of 'done' goes into a part that is as wide. */
static void check_parts(struct checker *checker, const struct scope *scope,
                        const struct resume_step *step)
{
    const struct expression *value = step->value;
    unsigned int room = room_of(checker, scope, step->target);

    if ( room && value->kind == EXPRESSION_BITS && value->high >= 0 &&
         (unsigned int)(value->high - value->low + 1) > room )
        check_error(checker, step->where, "%d bits do not fit into %u",
                    value->high - value->low + 1, room);
}

static void check_target(struct checker *checker, const struct scope *scope,
                         const struct resume_step *step)
{
    const struct expression *name = name_in(step->target);
    struct named named;

    if ( name->kind != EXPRESSION_NAME )
        return;
    named = path_find(checker, scope, name->text);
    if ( named.kind == NAMED_NOTHING ||
         (named.kind == NAMED_FIELD && (!named.field->member ||
                                        named.field->direction == DIRECTION_INOUT)) )
        return;
    if ( named.kind != NAMED_FIELD )
    {
        check_error(checker, name->where, "'%s' can hold no place", name->text);
        return;
    }
    check_error(checker, name->where, "a place is read and written, and '%s' is %s",
                name->text, named.field->direction ? direction_text(named.field->direction)
                                                   : "neither in nor out");
    check_note(checker, named.field->where, "'%s' is here", named.field->name);
    check_help(checker, named.field->where, "make it inout");
}

void check_preempt(struct checker *checker, const struct scope *scope,
                   const struct clause *clause)
{
    const struct resume_list *steps = &clause->resume;

    if ( clause->kind == CLAUSE_preempt )
    {
        check_has_resume(checker, scope, clause);
        check_by(checker, scope, clause);
    }
    LIST_EACH(step, &clause->resume)
    {
        check_target(checker, scope, step);
        check_parts(checker, scope, step);
    }
    if ( clause->kind != CLAUSE_preempt || is_restart(clause) )
        return;
    if ( !steps->count )
        steps = steps_of_hypercall(scope->call->hypercall);
    for ( size_t i = 0; steps && i < steps->count; i++ )
        check_room(checker, scope, clause, &steps->at[i]);
}

/* ---- [ahead] ------------------------------------------------------------- */

void check_ahead(struct checker *checker, const struct scope *scope,
                 const struct clause *clause)
{
    const struct callable *call = scope->call;
    const struct clause *preempt = call_clause(call, CLAUSE_preempt);

    if ( clause->kind != CLAUSE_ahead )
        return;
    if ( scope->clauses != call->scopes.at[0].clauses )
        check_error(checker, clause->where, "'ahead' stands in the op itself, for everybody");
    if ( clause->ahead < AHEAD_LEAST || clause->ahead > AHEAD_MOST )
        check_error(checker, clause->where, "a block has %u to %u elements, not %llu",
                    AHEAD_LEAST, AHEAD_MOST, (unsigned long long)clause->ahead);
    if ( !call->is_batch || call_clause(call, CLAUSE_stub) )
        check_error(checker, clause->where, "'%s' has no elements to look ahead to",
                    call->decl->name);
    else if ( preempt && preempt->by )
    {
        check_error(checker, clause->where, "an element that goes on inside is done alone");
        check_note(checker, preempt->where, "it does, by this");
    }
}
