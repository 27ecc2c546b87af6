/* SPDX-License-Identifier: MIT */
/*
 * [mfn-leak]: nobody is told a machine frame who has no right to know it; and
 * [quirk]: what is excused has to be there.
 */
#include <string.h>

#include "checks.h"

/* ---- types that tell a machine frame ------------------------------------- */

static bool decl_tells(struct checker *checker, const struct decl *decl);

static bool members_tell(struct checker *checker, const struct aggregate *aggregate);

static bool type_tells(struct checker *checker, const struct type *type)
{
    for ( ; type; type = type->element )
    {
        if ( type->kind == TYPE_MACHINE )
            return true;
        /* What has to be 0 tells nothing. */
        if ( type->kind == TYPE_RESERVED )
            return false;
        if ( type->kind == TYPE_NAMED )
            return type->name.decl && decl_tells(checker, type->name.decl);
        if ( type->kind == TYPE_AGGREGATE )
            return members_tell(checker, type->aggregate);
    }
    return false;
}

static bool members_tell(struct checker *checker, const struct aggregate *aggregate)
{
    if ( aggregate )
        LIST_EACH(member, &aggregate->members)
            if ( !member->joins_previous && type_tells(checker, member->type) )
                return true;
    return false;
}

static bool set_tells(struct checker *checker, const struct set *set)
{
    if ( type_tells(checker, set->width) )
        return true;
    LIST_EACH(constant, &set->constants)
        if ( type_tells(checker, constant->type) )
            return true;
    return false;
}

static bool decl_tells(struct checker *checker, const struct decl *decl)
{
    struct mark *mark = check_mark(checker, decl);

    if ( mark->tells == TELLS_UNKNOWN )
    {
        bool tells;

        const struct decl *of = decl->kind == DECL_handle && !decl->type
                                ? check_type_named(checker, decl->name) : NULL;

        mark->tells = TELLS_ASKED;      /* within itself it adds nothing */
        tells = (of && decl_tells(checker, of)) || type_tells(checker, decl->type) ||
                members_tell(checker, decl->aggregate) ||
                (decl->set && set_tells(checker, decl->set)) ||
                (decl->kind == DECL_op && members_tell(checker, decl->op->aggregate));
        mark->tells = tells ? TELLS_FRAMES : TELLS_NOTHING;
    }
    return mark->tells == TELLS_FRAMES;
}

/* ---- rights -------------------------------------------------------------- */

/* a.b is both: one right in it is enough. */
static bool path_has_right(struct checker *checker, const char *path)
{
    while ( path )
    {
        size_t length = strcspn(path, ".");

        if ( map_find(&checker->model->rights, arena_copy(checker->arena, path, length)) )
            return true;
        path = path[length] ? path + length + 1 : NULL;
    }
    return false;
}

/* 'when a, b' is one of them: each has to be a right. */
static bool names_need_right(struct checker *checker, const struct reference_list *names)
{
    LIST_EACH(name, names)
        if ( !path_has_right(checker, name->text) )
            return false;
    return names->count != 0;
}

static bool clauses_need_right(struct checker *checker, const struct clause_list *clauses)
{
    LIST_EACH(clause, clauses)
        if ( clause->kind == CLAUSE_only && names_need_right(checker, &clause->names) )
            return true;
    return false;
}

static bool call_needs_right(struct checker *checker, const struct callable *call)
{
    return clauses_need_right(checker, call->scopes.at[0].clauses) ||
           (call->op && clauses_need_right(checker, &call->hypercall->clauses));
}

/* The line by which the field goes out without a right; NULL: there is none. */
static const struct member *unguarded_line(struct checker *checker,
                                           const struct field *field)
{
    for ( size_t i = 0; i < field->refined.count; i++ )
        if ( (field->refined.at[i]->direction & DIRECTION_OUT) &&
             !names_need_right(checker, &field->refined.at[i]->when) )
            return field->refined.at[i];
    return NULL;
}

static bool is_union_arm(const struct member *member)
{
    return member->parent && member->parent->is_union;
}

/* The field, or one around it, goes out only to callers with a right. */
static bool field_needs_right(struct checker *checker, const struct field *field)
{
    for ( ; field; field = field->around )
    {
        if ( field->refined.count && !unguarded_line(checker, field) )
            return true;
        if ( !field->refined.count && field->member && !is_union_arm(field->member) &&
             names_need_right(checker, &field->member->when) )
            return true;
    }
    return false;
}

/* ---- [mfn-leak] ---------------------------------------------------------- */

static bool has_quirk(const struct clause_list *clauses, const char *name)
{
    LIST_EACH(clause, clauses)
        if ( clause->kind == CLAUSE_legacy && !strcmp(clause->names.at[0].text, name) )
            return true;
    return false;
}

static bool is_excused(const struct callable *call)
{
    return call->decl->is_legacy &&
           (has_quirk(call->scopes.at[0].clauses, "mfn_visible") ||
            (call->op && has_quirk(&call->hypercall->clauses, "mfn_visible")));
}

static bool field_tells(struct checker *checker, const struct field *field)
{
    return !field->inside && (field->direction & DIRECTION_OUT) &&
           type_tells(checker, field->type);
}

/* An op that tells frames to callers without a right: the first such field. */
static const struct field *telling_field(struct checker *checker, const struct callable *call,
                                         size_t from, size_t *next)
{
    for ( size_t i = from; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];

        if ( field_tells(checker, field) && !field_needs_right(checker, field) )
        {
            *next = i + 1;
            return field;
        }
    }
    return NULL;
}

static bool tells_anyone(struct checker *checker, const struct callable *call)
{
    size_t next;

    return !call_needs_right(checker, call) &&
           (type_tells(checker, call->result) || telling_field(checker, call, 0, &next));
}

/* The answer to a caller without permission. */
static const char *denial(const struct callable *call)
{
    const struct clause *xsm = call_clause(call, CLAUSE_xsm);

    return xsm && xsm->otherwise.text ? xsm->otherwise.text : "EPERM";
}

static const char *right_in_reach(struct checker *checker)
{
    const struct map *rights = &checker->model->rights;

    return rights->entries.count ? rights->entries.at[0].name : NULL;
}

static void say_remedy(struct checker *checker, const struct callable *call, struct span where,
                       const char *line)
{
    const char *right = right_in_reach(checker);
    const char *or_say = call->decl->is_legacy
                         ? ", or 'legacy mfn_visible \"why\";'" : "";

    if ( !right )
        check_help(checker, where, "declare a right, 'extern NAME: right;', and write "
                   "'only NAME else %s;'%s", denial(call), or_say);
    else if ( line )
        check_help(checker, where, "write 'only %s else %s;', or '%s when %s;'%s", right,
                   denial(call), line, right, or_say);
    else
        check_help(checker, where, "write 'only %s else %s;'%s", right, denial(call), or_say);
}

static const struct field *outermost(const struct field *field)
{
    while ( field->around )
        field = field->around;
    return field;
}

static void say_field(struct checker *checker, const struct callable *call,
                      const struct field *field)
{
    const struct member *line = unguarded_line(checker, field);
    struct span where = line ? line->where : field->where;
    const char *remedy = NULL;

    check_error(checker, where, "'%s' tells a machine frame, and anyone may call '%s'",
                field->path, call->decl->name);
    /* A structure from elsewhere does not say where it is told. */
    if ( !line && field->around )
        check_note(checker, outermost(field)->where, "it comes out of '%s' here",
                   call->decl->name);
    else if ( !line && call->op && !call->op->owns_structure )
        check_note(checker, call->decl->where, "'%s' is here", call->decl->name);
    if ( line )
        remedy = arena_format(checker->arena, "%s %s", direction_text(line->direction),
                              line->refines.text);
    else if ( field->member && !field->around && call->op && call->op->owns_structure )
        remedy = arena_format(checker->arena, "%s %s: %s",
                              direction_text(field->direction), field->name,
                              type_text(checker->arena, field->type));
    else if ( field->member )
        remedy = arena_format(checker->arena, "%s %s", direction_text(DIRECTION_OUT),
                              field->path);
    say_remedy(checker, call, where, remedy);
}

void check_leaks(struct checker *checker, const struct callable *call)
{
    const struct field *field;
    size_t next = 0;

    if ( is_excused(call) || call_needs_right(checker, call) )
        return;
    /* The arguments of a hypercall are those of each of its ops: said once. */
    while ( (field = telling_field(checker, call, next, &next)) )
        if ( field->member || check_first_at(checker, field->where) )
            say_field(checker, call, field);
    if ( type_tells(checker, call->result) )
    {
        check_error(checker, call->result->where,
                    "what '%s' returns tells a machine frame, and anyone may call it",
                    call->decl->name);
        say_remedy(checker, call, call->result->where, NULL);
    }
}

/* ---- [quirk] ------------------------------------------------------------- */

static bool is_handle(const struct field *field)
{
    const struct type *plain = type_plain(field->type);

    return plain && (plain->kind == TYPE_HANDLE || plain->kind == TYPE_POINTER);
}

static bool excuses_truncation(struct checker *checker, const struct callable *call)
{
    const struct parameter_values *parameters =
        call->op && call->op->parameters.count ? &call->op->parameters
                                               : &call->hypercall->parameters;

    (void)checker;
    LIST_EACH(parameter, parameters)
    {
        unsigned int width = type_width(parameter->type);

        if ( width && width < 64 )
            return true;
    }
    return false;
}

static bool excuses_whole_copy(struct checker *checker, const struct callable *call)
{
    (void)checker;
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];

        if ( field->member && !field->behind_handle && !field->inside &&
             (is_handle(field) || !(field->direction & DIRECTION_OUT)) )
            return true;
    }
    return false;
}

static bool excuses_error_copy(struct checker *checker, const struct callable *call)
{
    (void)checker;
    for ( size_t i = 0; i < call->fields.count; i++ )
        if ( call->fields.at[i]->member && (call->fields.at[i]->direction & DIRECTION_OUT) )
            return true;
    return false;
}

static bool excuses_count(struct checker *checker, const struct callable *call)
{
    bool has_array = false;

    (void)checker;
    LIST_EACH(parameter, &call->hypercall->parameters)
        has_array |= parameter->type && parameter->type->kind == TYPE_HANDLE &&
                     parameter->type->element->kind == TYPE_OP && parameter->type->length;
    return has_array && !call_clause(call, CLAUSE_single);
}

typedef bool excuse(struct checker *checker, const struct callable *call);

/* In the order of QUIRKS; the second: why there is nothing to excuse. */
static const struct { excuse *excuses; const char *why_not; } excuses[] = {
    { excuses_truncation, "no argument is narrower than its register" },
    { excuses_whole_copy, "nothing in the structure goes in" },
    { excuses_error_copy, "nothing comes out" },
    { excuses_count, "there is no count to ignore" },
    { tells_anyone, "it tells no machine frame without a right" },
};

/* At a hypercall, a quirk is about each of its ops: one is enough. */
static bool some_op_needs(struct checker *checker, const struct callable *call, excuse *needs)
{
    for ( size_t i = 0; i < call->hypercall->ops.count; i++ )
    {
        const struct callable *op =
            check_mark(checker, call->hypercall->ops.at[i])->call;

        if ( op && op->op && needs(checker, op) )
            return true;
    }
    return false;
}

void check_quirk(struct checker *checker, const struct scope *scope,
                 const struct clause *clause)
{
    const struct callable *call = scope->call;
    const struct reference *name = clause->names.count ? &clause->names.at[0] : NULL;
    int quirk;

    if ( clause->kind != CLAUSE_legacy || !name )
        return;
    quirk = word_find(WORD_QUIRK, name->text);
    if ( quirk < 0 )
    {
        const char *near = word_nearest(WORD_QUIRK, name->text);

        check_error(checker, name->where, near ? "no quirk '%s'; did you mean '%s'?"
                                               : "no quirk '%s'", name->text, near);
        check_help(checker, name->where, "a quirk is %s",
                   word_all(checker->arena, WORD_QUIRK));
        return;
    }
    if ( !clause->text )
    {
        check_error(checker, clause->where, "'legacy %s' does not say why", name->text);
        check_help(checker, clause->where, "write 'legacy %s \"why\";'", name->text);
    }
    if ( excuses[quirk].excuses(checker, call) ||
         (call->has_ops && some_op_needs(checker, call, excuses[quirk].excuses)) )
        return;
    check_error(checker, name->where, "'%s' excuses nothing in '%s'", name->text,
                call->decl->name);
    check_note(checker, call->decl->where, "%s", excuses[quirk].why_not);
}
