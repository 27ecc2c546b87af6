/* SPDX-License-Identifier: MIT */
/*
 * What declarations are made of, as JSON.  Needs dump-json-write.c, and
 * dump-text-line.c for the spelling of types; gives the second part of
 * dump-json.h.
 */
#include "dump-json.h"
#include "dump-text.h"

void json_place(struct json *json, const struct span *where)
{
    if ( !where->source )
        return;
    json_text(json, "file", where->source->path);
    json_number(json, "line", (uint64_t)where->first.line);
    json_number(json, "column", (uint64_t)where->first.column);
}

void json_names(struct json *json, const char *key, const struct reference_list *names)
{
    if ( !names->count )
        return;
    json_open(json, key, '[');
    LIST_EACH(name, names)
        json_text(json, NULL, name->text);
    json_close(json, ']');
}

static const char *expression_text(struct json *json, const struct expression *expression)
{
    struct text text = { .arena = json->arena };

    if ( !expression )
        return NULL;
    expression_print(expression, &text);
    return text_string(&text);
}

void json_conditions(struct json *json, const struct condition_list *conditions)
{
    static const char *const keys[] = {
        [CONDITION_SINCE] = "since", [CONDITION_BEFORE] = "before",
        [CONDITION_FOR] = "for", [CONDITION_EXCEPT] = "except",
    };

    if ( !conditions->count )
        return;
    json_open(json, "conditions", '[');
    LIST_EACH(condition, conditions)
    {
        json_open(json, NULL, '{');
        if ( condition->names.count )
            json_names(json, keys[condition->kind], &condition->names);
        else
            json_text(json, keys[condition->kind],
                      version_text(json->arena, condition->version));
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_type(struct json *json, const char *key, const struct type *type)
{
    struct text text = { .arena = json->arena };

    if ( !type )
        return;
    dump_type(&text, type);
    json_text(json, key, text_string(&text));
}

void json_parameters(struct json *json, const struct parameter_values *values)
{
    if ( !values->count )
        return;
    json_open(json, "parameters", '[');
    LIST_EACH(value, values)
    {
        json_open(json, NULL, '{');
        json_text(json, "name", value->name);
        if ( value->direction )
            json_text(json, "direction", direction_text(value->direction));
        json_type(json, "type", value->type);
        json_place(json, &value->where);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* ---- members ------------------------------------------------------------------------ */

static void put_member(struct json *json, const struct member *member)
{
    const struct aggregate *body = member->type ? dump_body(member->type) : NULL;

    json_open(json, NULL, '{');
    json_text(json, "name", member->name);
    json_text(json, "refines", member->refines.text);
    if ( member->direction )
        json_text(json, "direction", direction_text(member->direction));
    json_type(json, "type", member->type);
    json_type(json, "stored_as", member->stored_as);
    json_names(json, "when", &member->when);
    json_true(json, "otherwise", member->otherwise);
    json_conditions(json, &member->conditions);
    json_text(json, "doc", member->doc);
    json_place(json, &member->where);
    if ( body )
        json_aggregate(json, "body", body);
    json_close(json, '}');
}

void json_members(struct json *json, const char *key, const struct member_list *members)
{
    if ( !members->count )
        return;
    json_open(json, key, '[');
    LIST_EACH(member, members)
    {
        if ( member->decl )
            json_decl(json, NULL, member->decl);
        else
            put_member(json, member);
    }
    json_close(json, ']');
}

void json_aggregate(struct json *json, const char *key, const struct aggregate *aggregate)
{
    json_open(json, key, '{');
    json_text(json, "tag", aggregate->tag);
    json_true(json, "is_union", aggregate->is_union);
    json_names(json, "by", &aggregate->by);
    json_members(json, "members", &aggregate->members);
    json_clauses(json, &aggregate->clauses);
    json_close(json, '}');
}

/* ---- clauses ---------------------------------------------------------------------------- */

static void put_steps(struct json *json, const struct resume_list *steps)
{
    static const char *const hows[] = {
        [RESUME_SET] = "set", [RESUME_ADD] = "add", [RESUME_SUBTRACT] = "subtract",
    };

    if ( !steps->count )
        return;
    json_open(json, "resume", '[');
    LIST_EACH(step, steps)
    {
        json_open(json, NULL, '{');
        json_text(json, "target", expression_text(json, step->target));
        json_text(json, "how", hows[step->how]);
        json_text(json, "value", expression_text(json, step->value));
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_clauses(struct json *json, const struct clause_list *clauses)
{
    if ( !clauses->count )
        return;
    json_open(json, "clauses", '[');
    LIST_EACH(clause, clauses)
    {
        json_open(json, NULL, '{');
        json_text(json, "clause", clause_text(clause->kind));
        json_names(json, "names", &clause->names);
        json_names(json, "arguments", &clause->arguments);
        json_text(json, "condition", expression_text(json, clause->condition));
        if ( clause->kind == CLAUSE_preempt )
            json_number(json, "every", clause->every);
        if ( clause->kind == CLAUSE_ahead )
            json_number(json, "elements", clause->ahead);
        json_text(json, "by", expression_text(json, clause->by));
        put_steps(json, &clause->resume);
        json_text(json, "else", clause->otherwise.text);
        json_text(json, "text", clause->text);
        json_conditions(json, &clause->conditions);
        json_text(json, "doc", clause->doc);
        json_place(json, &clause->where);
        json_close(json, '}');
    }
    json_close(json, ']');
}

/* ---- sets ------------------------------------------------------------------------------- */

static void put_constants(struct json *json, const char *key, const struct set *set,
                          const struct constant *constants, size_t count);

static void put_constant(struct json *json, const struct set *set,
                         const struct constant *constant)
{
    static const char *const kinds[] = {
        [CONSTANT_VALUE] = "value", [CONSTANT_FIELD] = "field",
        [CONSTANT_REMOVED] = "removed", [CONSTANT_MACRO] = "macro",
    };

    json_open(json, NULL, '{');
    json_text(json, "kind", kinds[constant->kind]);
    json_text(json, "name", constant->name);
    json_text(json, "c_name", model_constant_name(json->arena, set, constant));
    if ( constant->kind == CONSTANT_FIELD )
    {
        json_number(json, "high", (uint64_t)constant->high);
        json_number(json, "low", (uint64_t)constant->low);
        json_number(json, "shift", (uint64_t)constant->shift);
    }
    else if ( constant->kind != CONSTANT_MACRO )
        json_signed(json, "value", constant->value, constant->is_negative);
    json_text(json, "written", constant->text);
    json_names(json, "parameters", &constant->parameters);
    json_type(json, "type", constant->type);
    json_text(json, "spelling", constant->spelling);
    json_names(json, "when", &constant->when);
    json_true(json, "deprecated", constant->is_deprecated);
    json_text(json, "message", constant->message);
    json_conditions(json, &constant->conditions);
    json_text(json, "doc", constant->doc);
    json_place(json, &constant->where);
    put_constants(json, "values", set, constant->values.at, constant->values.count);
    json_close(json, '}');
}

static void put_constants(struct json *json, const char *key, const struct set *set,
                          const struct constant *constants, size_t count)
{
    if ( !count )
        return;
    json_open(json, key, '[');
    for ( size_t i = 0; i < count; i++ )
        put_constant(json, set, &constants[i]);
    json_close(json, ']');
}

void json_set(struct json *json, const struct set *set)
{
    json_type(json, "width", set->width);
    json_text(json, "prefix", set->prefix);
    json_text(json, "spelling", set->spelling);
    json_text(json, "messages", set->messages);
    json_true(json, "is_c_enum", set->is_c_enum);
    put_constants(json, "constants", set, set->constants.at, set->constants.count);
}
