/* SPDX-License-Identifier: MIT */
/*
 * Calls as their callers see them: what goes in and what comes out.
 *
 * Needs the declarations; gives for each op and hypercall its fields at any
 * depth, each with the direction that it has in this call, and the clauses
 * with what they can name.
 */
#include <string.h>

#include "checks.h"

/* A structure with more fields, counted to the bottom, is looked at no further. */
#define MOST_FIELDS 4096

struct refinements {
    struct { const struct member **at; size_t count, room; } lines;
};

struct walk {
    struct checker *checker;
    struct callable *call;
    struct map refined;         /* path -> struct refinements, by lines of the op */
};

static struct map refined_paths(struct checker *checker, const struct op *op)
{
    struct map map = { .arena = checker->arena };

    for ( size_t i = 0; op && i < op->refinements.count; i++ )
    {
        const struct member *line = &op->refinements.at[i];
        struct refinements *lines = map_find(&map, line->refines.text);

        if ( !lines )
        {
            lines = arena_alloc(checker->arena, sizeof(*lines));
            map_add(&map, line->refines.text, lines);
        }
        *LIST_ADD(checker->arena, &lines->lines) = line;
    }
    return map;
}

/* A member's own direction, within what the whole has. */
static enum direction direction_within(const struct field *around, enum direction own)
{
    enum direction whole = around ? around->direction : DIRECTION_NONE;

    if ( own == DIRECTION_NONE || whole == DIRECTION_NONE )
        return own ? own : whole;
    /* Against the whole: that of a handle counts, else a line has to say which. */
    return !(whole & own) && around->behind_handle ? whole : whole & own;
}

/*
 * Lines of direction replace what is declared; several are taken together. A
 * line with a condition adds to what holds without it.
 */
static void refine(struct walk *walk, struct field *field,
                   const struct member_list *siblings)
{
    const struct refinements *lines = map_find(&walk->refined, field->path);
    enum direction direction = DIRECTION_NONE;
    bool replaces = false;

    for ( size_t i = 0; siblings && field->name && i < siblings->count; i++ )
        if ( siblings->at[i].refines.text &&
             !strcmp(siblings->at[i].refines.text, field->name) )
            *LIST_ADD(walk->checker->arena, &field->refined) = &siblings->at[i];
    for ( size_t i = 0; lines && i < lines->lines.count; i++ )
        *LIST_ADD(walk->checker->arena, &field->refined) = lines->lines.at[i];
    for ( size_t i = 0; i < field->refined.count; i++ )
    {
        direction |= field->refined.at[i]->direction;
        replaces |= !field->refined.at[i]->when.count;
    }
    field->direction = replaces ? direction : direction | field->declared;
}

static bool is_inside(const struct field *field, const struct aggregate *aggregate)
{
    for ( ; field; field = field->around )
        if ( field->inside == aggregate )
            return true;
    return false;
}

static void walk_members(struct walk *walk, const struct aggregate *aggregate,
                         const struct field *around);

/* "handle x;" is about type x. */
static const struct type *type_of_handle(struct checker *checker, const struct type *type)
{
    const struct decl *decl = type->kind == TYPE_NAMED ? type->name.decl : NULL;
    struct type *of;

    if ( !decl || decl->kind != DECL_handle || decl->type )
        return type;
    of = arena_alloc(checker->arena, sizeof(*of));
    *of = *type;
    of->name.decl = check_type_named(checker, decl->name);
    return of;
}

/* The structure in a field: itself, or what its handle or array holds. */
static const struct aggregate *aggregate_in(struct checker *checker, const struct type *type,
                                           bool *behind_handle)
{
    while ( type && type->kind != TYPE_OP )
    {
        type = type_plain(type);
        if ( !type || !(type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER ||
                        type->kind == TYPE_ARRAY) )
            break;
        *behind_handle |= type->kind != TYPE_ARRAY;
        type = type->element;
    }
    return type ? model_type_aggregate(type_of_handle(checker, type)) : NULL;
}

static void add_field(struct walk *walk, struct field *field,
                      const struct member_list *siblings)
{
    struct checker *checker = walk->checker;
    struct callable *call = walk->call;
    bool behind = field->around && field->around->behind_handle;

    call->has_too_many |= call->fields.count >= MOST_FIELDS;
    if ( call->has_too_many )
        return;
    field->behind_handle = behind;
    field->direction = field->declared;
    refine(walk, field, siblings);
    *LIST_ADD(checker->arena, &call->fields) = field;
    map_add(&call->paths, field->path, field);
    field->inside = aggregate_in(checker, field->type, &behind);
    if ( !field->inside || is_inside(field->around, field->inside) )
        return;
    field->behind_handle = behind;
    walk_members(walk, field->inside, field);
    field->behind_handle = field->around && field->around->behind_handle;
}

static void walk_members(struct walk *walk, const struct aggregate *aggregate,
                         const struct field *around)
{
    struct arena *arena = walk->checker->arena;
    struct member_list lines = { 0 };

    LIST_EACH(member, &aggregate->members)
        if ( !member->name && !member->decl )
            *LIST_ADD(arena, &lines) = *member;
    LIST_EACH(member, &aggregate->members)
    {
        struct field *field;

        if ( !member->name )
            continue;
        field = arena_alloc(arena, sizeof(*field));
        *field = (struct field){
            .name = member->name, .type = member->type, .where = member->where,
            .member = member, .around = around,
            .path = around ? arena_format(arena, "%s.%s", around->path, member->name)
                           : member->name,
            .declared = direction_within(around, member->direction),
        };
        add_field(walk, field, lines.count ? &lines : NULL);
    }
}

static void walk_arguments(struct walk *walk, const struct parameter_values *arguments)
{
    LIST_EACH(argument, arguments)
    {
        struct field *field = arena_alloc(walk->checker->arena, sizeof(*field));
        const struct type *plain = type_plain(argument->type);
        bool points = plain && (plain->kind == TYPE_HANDLE || plain->kind == TYPE_POINTER);

        *field = (struct field){
            .name = argument->name, .path = argument->name, .type = argument->type,
            .where = argument->where,
            .declared = argument->direction || points ? argument->direction
                                                      : DIRECTION_IN,
        };
        add_field(walk, field, NULL);
    }
}

/* ---- calls --------------------------------------------------------------- */

const char *call_kind(const struct callable *call)
{
    return call->op ? "op" : "hypercall";
}

const struct clause *call_clause(const struct callable *call, enum clause_kind kind)
{
    const struct clause_list *clauses = call->scopes.at[0].clauses;

    LIST_EACH(clause, clauses)
        if ( clause->kind == kind )
            return clause;
    return NULL;
}

static bool takes_array(const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        if ( parameter->type && parameter->type->kind == TYPE_HANDLE &&
             parameter->type->element->kind == TYPE_OP && parameter->type->length )
            return true;
    return false;
}

static bool handles_one(const struct callable *call)
{
    const struct clause_list *clauses = call->scopes.at[0].clauses;

    LIST_EACH(clause, clauses)
        if ( clause->kind == CLAUSE_single ||
             (clause->kind == CLAUSE_legacy && clause->names.count &&
              !strcmp(clause->names.at[0].text, "count_ignored")) )
            return true;
    return false;
}

static void find_statuses(struct checker *checker, struct callable *call)
{
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        struct field *field = call->fields.at[i];
        const struct type *plain = type_plain(field->type);

        if ( !field->member || field->around || !(field->direction & DIRECTION_OUT) ||
             !plain || plain->kind != TYPE_NAMED || !plain->name.decl ||
             plain->name.decl->kind != DECL_status )
            continue;
        if ( !call->status )
            call->status = plain->name.decl->set;
        *LIST_ADD(checker->arena, &call->statuses) = field;
    }
}

/* Each arm once, in the first call that has it. */
static void add_arms(struct checker *checker, struct callable *call)
{
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];
        bool *done;

        if ( !field->inside || !field->inside->clauses.count )
            continue;
        done = &check_mark(checker, field->inside)->arms_done;
        if ( !*done )
            *LIST_ADD(checker->arena, &call->scopes) =
                (struct scope){ call, &field->inside->clauses, field, NULL };
        *done = true;
    }
}

static void collect_call(struct checker *checker, const struct decl *decl)
{
    struct callable *call = arena_alloc(checker->arena, sizeof(*call));
    struct walk walk = { checker, call, refined_paths(checker, decl->op) };

    call->decl = decl;
    call->op = decl->op;
    call->hypercall = decl->op ? decl->op->hypercall : decl->hypercall;
    call->has_ops = !decl->op && decl->hypercall->op_prefix;
    call->result = decl->op ? decl->op->result : decl->hypercall->result;
    call->structure = decl->op ? model_op_structure(decl->op) : NULL;
    call->paths.arena = checker->arena;
    *LIST_ADD(checker->arena, &call->scopes) = (struct scope){
        call, decl->op ? &decl->op->clauses : &decl->hypercall->clauses, NULL, NULL,
    };
    if ( call->structure )
        walk_members(&walk, call->structure, NULL);
    if ( decl->op )
        walk_arguments(&walk, &decl->op->parameters);
    walk_arguments(&walk, &call->hypercall->parameters);
    find_statuses(checker, call);
    add_arms(checker, call);
    call->is_batch = decl->op && takes_array(call->hypercall) && !handles_one(call);
    check_mark(checker, decl)->call = call;
    *LIST_ADD(checker->arena, &checker->calls) = call;
}

void collect_calls(struct checker *checker)
{
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];

        if ( decl->kind == DECL_hypercall ||
             (decl->kind == DECL_op && decl->op->hypercall && !decl->is_removed) )
            collect_call(checker, decl);
    }
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];
        struct callable *call = decl->kind == DECL_extend && decl->target.decl
                            ? check_mark(checker, decl->target.decl)->call : NULL;

        if ( call )
            *LIST_ADD(checker->arena, &call->scopes) =
                (struct scope){ call, &decl->op->clauses, NULL, decl };
    }
}

/* ---- what is wrong with the shape itself --------------------------------- */

void check_size(struct checker *checker, const struct callable *call)
{
    if ( call->has_too_many )
        check_error(checker, call->decl->where, "the structure of '%s' has more than %d "
                    "members, counted to the bottom", call->decl->name, MOST_FIELDS);
}

/* Clauses in a structure are those of the op while the tag of a union says so. */
void check_arm(struct checker *checker, const struct body *body)
{
    const struct aggregate *aggregate = body->aggregate;
    bool is_arm = body->parent && body->parent->aggregate->is_union &&
                  body->parent->aggregate->by.count;

    if ( !aggregate->clauses.count || is_arm || !body->parent )
        return;
    check_error(checker, aggregate->clauses.at[0].where,
                "'%s' stands in an op, or in a struct that is one arm of a tagged union",
                clause_text(aggregate->clauses.at[0].kind));
}
