/* SPDX-License-Identifier: MIT */
/*
 * What stands within braces: members, constants, clauses.  Needs
 * dump-text-line.c and dump-text-decl.c; gives the second part of dump-text.h.
 */
#include <string.h>

#include "dump-text.h"

/* ---- members ------------------------------------------------------------------- */

const struct aggregate *dump_body(const struct type *type)
{
    while ( type && type->kind == TYPE_ARRAY )
        type = type->element;
    return type && type->kind == TYPE_AGGREGATE ? type->aggregate : NULL;
}

/* The direction and the blanks up to the name. */
static struct text direction_line(const struct dump *dump, enum direction direction)
{
    struct text line = dump_line(dump);
    size_t name = line.length + COLUMN_NAME;

    if ( direction )
    {
        text_add(&line, direction_text(direction));
        dump_pad(&line, name);
    }
    return line;
}

void dump_aggregate(struct dump *dump, const struct aggregate *aggregate)
{
    struct condition_list groups = dump->groups;

    dump->groups = (struct condition_list){ 0 };
    dump_members(dump, &aggregate->members);
    dump_clauses(dump, &aggregate->clauses);
    dump_groups(dump, &dump->groups, 0);
    dump->groups = groups;
}

/* The first of those that were declared together: 'a, b: T'. */
static void put_member(struct dump *dump, const struct member *member,
                       const struct member *end, size_t outer)
{
    struct text line = direction_line(dump, member->direction);
    const struct aggregate *body = dump_body(member->type);

    text_add(&line, member->name);
    for ( const struct member *next = member + 1; next < end && next->joins_previous; next++ )
        text_format(&line, ", %s", next->name);
    text_add(&line, ":");
    dump_pad(&line, COLUMN_TYPE);
    dump_type(&line, member->type);
    if ( member->stored_as )
    {
        text_add(&line, " as ");
        dump_type(&line, member->stored_as);
    }
    if ( body )
        dump_references(&line, " by", &body->by);
    dump_references(&line, " when", &member->when);
    if ( member->otherwise )
        text_add(&line, " otherwise");
    dump_conditions(dump, &line, &member->conditions, outer);
    if ( body )
    {
        dump_open(dump, &line, member->doc);
        dump_aggregate(dump, body);
        dump_close(dump);
    }
    else
        dump_end(dump, &line, member->doc);
}

/* Was it written in one line with the refinement before? */
static bool continues(const struct member *member, const struct member *next)
{
    return member->doc && member->doc == next->doc &&
           member->direction == next->direction;
}

static void put_refinement(struct dump *dump, const struct member *member,
                           const struct member *end, size_t outer)
{
    struct text line = direction_line(dump, member->direction);

    text_add(&line, member->refines.text);
    for ( const struct member *next = member + 1; next < end && continues(next - 1, next); next++ )
        text_format(&line, ", %s", next->refines.text);
    dump_references(&line, " when", &member->when);
    dump_conditions(dump, &line, &member->conditions, outer);
    dump_end(dump, &line, member->doc);
}

/* Empty lines part declarations from members, and those with a body from all. */
static bool is_apart(const struct member *member, const struct member *before)
{
    if ( member->decl && dump_has_body(member->decl) )
        return true;
    return before && ((before->decl && dump_has_body(before->decl)) ||
                      !member->decl != !before->decl);
}

void dump_members(struct dump *dump, const struct member_list *members)
{
    const struct member *before = NULL;

    LIST_EACH(member, members)
    {
        const struct member *end = members->at + members->count;
        bool is_refinement = !member->decl && !member->type;
        size_t outer = dump_outer(&member->conditions,
                                  !member->decl || dump_takes_tails(member->decl));

        if ( member->joins_previous ||
             (before && is_refinement && before->refines.text && continues(before, member)) )
        {
            before = member;
            continue;
        }
        dump_groups(dump, &member->conditions, outer);
        if ( is_apart(member, before) )
            dump_gap(dump);
        before = member;
        dump_notes(dump, &member->where);
        if ( member->decl )
            dump_decl(dump, member->decl);
        else if ( is_refinement )
            put_refinement(dump, member, end, outer);
        else
            put_member(dump, member, end, outer);
    }
}

/* ---- clauses -------------------------------------------------------------------- */

static void add_steps(struct text *line, const char *word, const struct resume_list *steps)
{
    static const char *const hows[] = {
        [RESUME_SET] = "=", [RESUME_ADD] = "+=", [RESUME_SUBTRACT] = "-=",
    };

    LIST_EACH(step, steps)
    {
        text_add(line, step == steps->at ? word : ", ");
        expression_print(step->target, line);
        text_format(line, " %s ", hows[step->how]);
        expression_print(step->value, line);
    }
}

/* What follows the word of a clause; nothing, or blank first. */
static void add_operands(struct text *line, const struct clause *clause)
{
    bool is_every = clause->kind == CLAUSE_preempt && clause->names.count &&
                    !strcmp(clause->names.at[0].text, "every");

    dump_references(line, "", &clause->names);
    if ( clause->arguments.count )
    {
        text_add(line, clause->kind == CLAUSE_domain ? ": " : "(");
        dump_references(line, "", &clause->arguments);
        text_add(line, clause->kind == CLAUSE_domain ? "" : ")");
    }
    if ( is_every )
        text_format(line, " %u", clause->every);
    if ( clause->kind == CLAUSE_ahead )
        text_format(line, " %llu", (unsigned long long)clause->ahead);
    if ( clause->condition )
        expression_print(clause->condition, line);
    if ( clause->by )
    {
        text_add(line, " by ");
        expression_print(clause->by, line);
    }
    add_steps(line, clause->kind == CLAUSE_resume ? "" : " resume ", &clause->resume);
    if ( clause->otherwise.text )
        text_format(line, " else %s", clause->otherwise.text);
    dump_string(line, "", clause->text);
}

/* What the whole says already is not said again. */
static struct condition_list own_conditions(const struct dump *dump,
                                            const struct condition_list *conditions)
{
    struct condition_list own = { 0 };

    LIST_EACH(condition, conditions)
    {
        bool is_implied = false;

        for ( size_t i = 0; dump->implied && i < dump->implied->count; i++ )
            is_implied |= conditions_equal(&dump->implied->at[i], condition);
        if ( !is_implied )
            *LIST_ADD(dump->arena, &own) = *condition;
    }
    return own;
}

static void put_clause(struct dump *dump, const struct clause *clause)
{
    struct condition_list conditions = own_conditions(dump, &clause->conditions);
    size_t outer = dump_outer(&conditions, clause->kind == CLAUSE_require);
    struct text line, operands = { .arena = dump->arena };
    size_t column;
    const char *text;

    dump_groups(dump, &conditions, outer);
    dump_notes(dump, &clause->where);
    line = dump_line(dump);
    column = line.length + COLUMN_CLAUSE;
    add_operands(&operands, clause);
    dump_conditions(dump, &operands, &conditions, outer);
    text = text_string(&operands);
    text += strspn(text, " ");
    text_add(&line, clause_text(clause->kind));
    if ( *text )
        dump_pad(&line, column);
    text_add(&line, text);
    dump_end(dump, &line, clause->doc);
}

void dump_clauses(struct dump *dump, const struct clause_list *clauses)
{
    LIST_EACH(clause, clauses)
    {
        if ( clause == clauses->at )
        {
            dump_groups(dump, &dump->groups, 0);
            dump_gap(dump);
        }
        put_clause(dump, clause);
    }
}

/* ---- constants --------------------------------------------------------------------- */

static void add_number(struct text *line, const struct constant *constant)
{
    if ( constant->kind == CONSTANT_FIELD )
    {
        text_format(line, "= %d..%d", constant->high, constant->low);
        if ( constant->shift )
            text_format(line, " << %d", constant->shift);
    }
    else if ( constant->kind == CONSTANT_MACRO )
        text_format(line, "= \"%s\"", constant->text);
    else
        text_format(line, "= %s", constant->text);
}

static void put_constants(struct dump *dump, const struct constant *constants, size_t count);

static void put_constant(struct dump *dump, const struct constant *constant)
{
    struct text line = dump_line(dump);
    bool is_macro = constant->kind == CONSTANT_MACRO;

    dump_notes(dump, &constant->where);
    if ( is_macro || constant->kind == CONSTANT_REMOVED )
        text_add(&line, is_macro ? "macro " : "removed ");
    text_add(&line, constant->name);
    if ( constant->has_parameters )
    {
        text_add(&line, "(");
        dump_references(&line, "", &constant->parameters);
        text_add(&line, ")");
    }
    if ( constant->type )
    {
        text_add(&line, ": ");
        dump_type(&line, constant->type);
    }
    dump_pad(&line, is_macro ? 0 : COLUMN_TYPE);
    add_number(&line, constant);
    dump_string(&line, "as", constant->spelling);
    dump_references(&line, " when", &constant->when);
    if ( constant->is_deprecated )
        text_add(&line, " deprecated");
    dump_string(&line, "", constant->message);
    dump_conditions(dump, &line, &constant->conditions, 0);
    if ( constant->values.count )
    {
        dump_open(dump, &line, constant->doc);
        put_constants(dump, constant->values.at, constant->values.count);
        dump_close(dump);
    }
    else
        dump_end(dump, &line, constant->doc);
}

static void put_constants(struct dump *dump, const struct constant *constants, size_t count)
{
    for ( size_t i = 0; i < count; i++ )
        put_constant(dump, &constants[i]);
}

void dump_constants(struct dump *dump, const struct set *set)
{
    put_constants(dump, set->constants.at, set->constants.count);
}
