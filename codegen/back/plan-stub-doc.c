/* SPDX-License-Identifier: MIT */
/* The comment above a stub: what the call does, and what it may answer. */
#include <string.h>

#include "../model/extend.h"
#include "plan-stub.h"

/* Names behind a label; a comment's line has this much room for them. */
#define NAMES_WIDTH 65

struct names { const char **at; size_t count, room; };

static void add_name(struct stub *stub, struct names *names, const char *name)
{
    LIST_EACH(known, names)
        if ( !strcmp(*known, name) )
            return;
    *LIST_ADD(stub->header.arena, names) = name;
}

/* The first line goes behind the label, the others below it. */
static void plan_names(struct stub *stub, node_t node, const char *key,
                       const struct names *names, enum cause cause)
{
    struct text text = { .arena = stub->header.arena };
    struct node_list list = { 0 };
    struct text_list lines;

    LIST_EACH(name, names)
        text_format(&text, "%s%s", text.length ? ", " : "", *name);
    lines = spell_wrap(stub->header.arena, text_string(&text), NAMES_WIDTH);
    for ( size_t i = 0; i < lines.count; i++ )
    {
        node_t line = defs_node(stub->header.defs, "names");

        defs_text(stub->header.defs, line, "text", lines.at[i]);
        defs_text(stub->header.defs, line, "goes_on", i ? "1" : "");
        defs_text(stub->header.defs, line, "cause", cause ? cause_text(cause) : "");
        *LIST_ADD(stub->header.arena, &list) = line;
    }
    defs_list(stub->header.defs, node, key, &list);
    if ( list.count )
        defs_text(stub->header.defs, node, "has_names", "1");
}

/* ---- directions ----------------------------------------------------------------- */

static bool goes(enum direction direction, enum direction way)
{
    return direction == way || direction == DIRECTION_INOUT;
}

/* What the lines of the op say about the member; else what it says itself. */
static bool member_goes(const struct op *op, const struct member *member,
                        enum direction way)
{
    bool refined = false, said = false;

    LIST_EACH(line, &op->refinements)
        if ( !strcmp(line->refines.text, member->name) )
        {
            refined = true;
            said |= goes(line->direction, way);
        }
    return refined ? said : goes(member->direction, way);
}

static void plan_direction_names(struct stub *stub, node_t node, const char *key,
                                 const struct op *op, enum direction way)
{
    const struct aggregate *structure = model_op_structure(op);
    struct names names = { 0 };

    if ( structure )
        LIST_EACH(member, &structure->members)
            if ( member->name && member->type && member->type->kind != TYPE_RESERVED &&
                 member_goes(op, member, way) )
                add_name(stub, &names, member->name);
    LIST_EACH(line, &op->refinements)
        if ( strchr(line->refines.text, '.') && goes(line->direction, way) )
            add_name(stub, &names, line->refines.text);
    plan_names(stub, node, key, &names, CAUSE_none);
}

/* ---- errors ------------------------------------------------------------------------ */

/* What a clause that names no error answers with; NULL: nothing of its own. */
static const char *unsaid(const struct clause *clause)
{
    switch ( clause->kind )
    {
    case CLAUSE_require:
        return "EINVAL";
    case CLAUSE_handles:
        return "EFAULT";
    case CLAUSE_xsm:
        return clause->text ? NULL : "EPERM";
    default:
        return NULL;
    }
}

static const char *clause_error(const struct clause *clause)
{
    switch ( clause->kind )
    {
    case CLAUSE_error:
    case CLAUSE_stub:
    case CLAUSE_default:
        return clause->names.at[0].text;
    default:
        return clause->otherwise.text ? clause->otherwise.text : unsaid(clause);
    }
}

static const struct set *status_set(const struct op *op)
{
    const struct aggregate *structure = op ? model_op_structure(op) : NULL;

    if ( structure )
        LIST_EACH(member, &structure->members)
            if ( member->name && member->type && member->type->kind == TYPE_NAMED &&
                 member->type->name.decl && member->type->name.decl->kind == DECL_status )
                return member->type->name.decl->set;
    return NULL;
}

/* The status as it is called in C, or NULL: the name is an errno's. */
static const char *status_name(struct stub *stub, const struct set *set, const char *name)
{
    for ( size_t i = 0; set && i < set->constants.count; i++ )
        if ( !strcmp(set->constants.at[i].name, name) )
            return model_constant_name(stub->header.arena, set, &set->constants.at[i]);
    return NULL;
}

/* An op that counts what is done shows no errors. cause: why there may be others elsewhere. */
static void plan_errors(struct stub *stub, node_t node, const struct clause_list *clauses,
                        const struct op *op, enum cause cause)
{
    bool counts = op && op->result && op->result->kind == TYPE_COUNT;
    struct names errors = { 0 }, statuses = { 0 };

    LIST_EACH(clause, clauses)
    {
        const char *name = clause_error(clause);
        const char *status = name ? status_name(stub, status_set(op), name) : NULL;

        if ( status )
            add_name(stub, &statuses, status);
        else if ( name && !(counts && !clause->otherwise.text) )
            add_name(stub, &errors, name);
    }
    plan_names(stub, node, "errors", &errors, cause);
    plan_names(stub, node, "statuses", &statuses, cause);
}

/* Those of the op, refused as they are here, and behind them those of the arms that act as ops. */
static struct clause_list all_clauses(struct stub *stub, const struct op *op, enum cause *cause)
{
    struct view view = view_latest(stub->arches.at[0]);
    const struct aggregate *structure = model_op_structure(op);
    struct clause_list all = { 0 };

    LIST_EACH(clause, &op->clauses)
    {
        struct clause *copy = LIST_ADD(stub->header.arena, &all);

        *copy = *clause;
        copy->otherwise.text = extend_refusal(&view, op, clause);
        if ( extend_refuses(op, clause) )
            *cause = CAUSE_arch;
    }
    for ( size_t i = 0; structure && i < structure->members.count; i++ )
    {
        const struct aggregate *parts = model_type_aggregate(structure->members.at[i].type);

        for ( size_t j = 0; parts && j < parts->members.count; j++ )
        {
            const struct aggregate *arm = model_type_aggregate(parts->members.at[j].type);

            if ( arm )
                LIST_EACH(clause, &arm->clauses)
                    *LIST_ADD(stub->header.arena, &all) = *clause;
        }
    }
    return all;
}

/* ---- comments ------------------------------------------------------------------------ */

void stub_doc_hypercall(struct stub *stub, node_t node, const struct hypercall *hypercall)
{
    header_doc(&stub->header, node, "doc", spell_own_words(stub->header.arena, hypercall->decl->doc));
    plan_errors(stub, node, &hypercall->clauses, NULL, CAUSE_none);
}

void stub_doc_op(struct stub *stub, node_t node, const struct decl *decl)
{
    const struct op *op = decl->op;
    enum cause cause = CAUSE_none;
    struct clause_list all;

    header_doc(&stub->header, node, "doc", spell_own_words(stub->header.arena, decl->doc));
    plan_direction_names(stub, node, "ins", op, DIRECTION_IN);
    plan_direction_names(stub, node, "outs", op, DIRECTION_OUT);
    if ( op->result && op->result->kind == TYPE_COUNT )
        defs_text(stub->header.defs, node, "counted", op->result->name.text);
    if ( op->result_else.text )
        defs_text(stub->header.defs, node, "failure", op->result_else.text);
    all = all_clauses(stub, op, &cause);
    plan_errors(stub, node, &all, op, cause);
}
