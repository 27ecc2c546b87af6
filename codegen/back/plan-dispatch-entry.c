/* SPDX-License-Identifier: MIT */
/*
 * The function that the hypervisor's table of hypercalls names: what is asked
 * of every op, which op it is, and how an interrupted call goes on.
 */
#include <string.h>

#include "../model/words.h"
#include "plan-dispatch.h"

struct entry {
    struct dispatch *dispatch;
    const struct hypercall *hypercall;
    node_t node;
    unsigned int place;         /* the lowest bit of the place; 0: there is none */
    bool is_strict;
};

static node_t add(struct entry *entry, struct node_list *list, const char *kind)
{
    node_t node = defs_node(entry->dispatch->defs, kind);

    *LIST_ADD(entry->dispatch->arena, list) = node;
    return node;
}

static node_t add_text(struct entry *entry, struct node_list *list, const char *kind,
                       const char *text)
{
    node_t node = add(entry, list, kind);

    defs_text(entry->dispatch->defs, node, "text", text);
    return node;
}

void plan_cause(struct dispatch *dispatch, node_t node, const struct decl *decl)
{
    if ( !work_is_everywhere(dispatch, decl) )
        defs_text(dispatch->defs, node, "cause", cause_text(CAUSE_arch));
}

/* ---- the head ------------------------------------------------------------------------ */

static bool is_strict(const struct hypercall *hypercall)
{
    return !hypercall->decl->is_legacy;
}

/* A register is as wide as the architecture says; old calls take less. */
static const char *register_type(struct dispatch *dispatch, const struct hypercall *hypercall,
                                 const struct type *type)
{
    bool is_narrow = dispatch->is_compat ||
                     (!is_strict(hypercall) && dispatch_width(dispatch, type) < 64);

    return base_type_c_name(is_narrow ? BASE_uint : BASE_ulong);
}

static size_t extra_registers(const struct hypercall *hypercall)
{
    size_t most = 0;

    for ( size_t i = 0; i < hypercall->ops.count; i++ )
        if ( hypercall->ops.at[i]->op->parameters.count > most &&
             !dispatch_handle(hypercall) )
            most = hypercall->ops.at[i]->op->parameters.count;
    return most;
}

static const char *register_name(struct dispatch *dispatch, size_t index)
{
    return arena_format(dispatch->arena, "a%zu", index);
}

void plan_entry_head(struct dispatch *dispatch, node_t node, const struct hypercall *hypercall)
{
    struct node_list list = { 0 };
    const struct parameter_value *handle = dispatch_handle(hypercall);

    LIST_EACH(parameter, &hypercall->parameters)
    {
        node_t one = plan_argument(dispatch, &list, "parameter", NULL, parameter->name);

        if ( parameter == handle )
            defs_text(dispatch->defs, one, "handle", base_type_c_name(BASE_void));
        else
            defs_text(dispatch->defs, one, "type",
                      register_type(dispatch, hypercall, parameter->type));
    }
    for ( size_t i = 0; i < extra_registers(hypercall); i++ )
        defs_text(dispatch->defs,
                  plan_argument(dispatch, &list, "parameter", NULL, register_name(dispatch, i)),
                  "type", base_type_c_name(BASE_ulong));
    defs_list(dispatch->defs, node, "parameters", &list);
    defs_text(dispatch->defs, node, "name",
              arena_format(dispatch->arena, "%s_%s", dispatch->is_compat ? "compat" : "do",
                           hypercall->decl->name));
    if ( hypercall->result )
        plan_type(&dispatch->header, node, hypercall->result);
    else
        defs_text(dispatch->defs, node, "type",
                  base_type_c_name(dispatch->is_compat ? BASE_int : BASE_long));
}

/* ---- for whom a number exists -------------------------------------------------------------- */

static const char *op_value(struct entry *entry, const struct decl *decl)
{
    return arena_format(entry->dispatch->arena, "%s%s", entry->hypercall->op_prefix,
                        decl->name);
}

static const struct clause *exists_only(const struct decl *decl)
{
    LIST_EACH(clause, &decl->op->clauses)
        if ( clause->kind == CLAUSE_only && clause->otherwise.text &&
             !strcmp(clause->otherwise.text, "ENOSYS") )
            return clause;
    return NULL;
}

static struct truth plan_exists(struct entry *entry, const struct decl *decl)
{
    struct condition_scope scope = { .dispatch = entry->dispatch,
                                     .hypercall = entry->hypercall };
    const struct clause *only = exists_only(decl);

    return only ? plan_any(&scope, &only->names, false) : (struct truth){ .is = TRUTH_YES };
}

static const char *names_text(struct entry *entry, const struct clause *clause)
{
    struct text text = { .arena = entry->dispatch->arena };
    struct condition_scope scope = { .dispatch = entry->dispatch,
                                     .hypercall = entry->hypercall };

    /* 'pv, arm' and 'x86.pv, ia64' ask the same where the rest cannot be. */
    LIST_EACH(name, &clause->names)
    {
        const char *dot = strrchr(name->text, '.');

        if ( plan_property(&scope, NULL, name->text, false).is == TRUTH_ASK )
            text_format(&text, " %s", dot ? dot + 1 : name->text);
    }
    return text_string(&text);
}

/* Ops for which the same is asked stand together. */
static void plan_existence(struct entry *entry, struct node_list *items)
{
    struct dispatch *dispatch = entry->dispatch;
    struct node_list groups = { 0 };
    struct map seen = { .arena = dispatch->arena };
    bool is_common = false;
    node_t node;

    for ( size_t i = 0; i < entry->hypercall->ops.count; i++ )
    {
        const struct decl *decl = entry->hypercall->ops.at[i];
        struct truth truth = { .is = TRUTH_YES };
        struct node_list values = { 0 };
        node_t group;
        const char *key;

        if ( !work_is_here(dispatch, decl) )
            continue;
        truth = plan_exists(entry, decl);
        if ( truth.is != TRUTH_ASK )
            continue;
        key = names_text(entry, exists_only(decl));
        if ( !map_add(&seen, key, (void *)decl) )
            continue;
        for ( size_t j = i; j < entry->hypercall->ops.count; j++ )
        {
            const struct decl *other = entry->hypercall->ops.at[j];

            if ( work_is_here(dispatch, other) && exists_only(other) &&
                 plan_exists(entry, other).is == TRUTH_ASK &&
                 !strcmp(names_text(entry, exists_only(other)), key) )
                add_text(entry, &values, "name", op_value(entry, other));
        }
        group = add(entry, &groups, "group");
        defs_list(dispatch->defs, group, "values", &values);
        plan_truth(dispatch, group, "condition", truth);
        is_common |= !plan_names_architecture(&exists_only(decl)->names) ||
                     strchr(exists_only(decl)->names.at[0].text, '.') == NULL;
    }
    if ( !groups.count )
        return;
    node = add(entry, items, "existence");
    defs_text(dispatch->defs, node, "stem", dispatch_stem(dispatch, entry->hypercall));
    defs_list(dispatch->defs, node, "groups", &groups);
    defs_text(dispatch->defs, entry->node, "existence", "1");
    if ( is_common )
        return;
    defs_text(dispatch->defs, node, "cause", cause_text(CAUSE_arch));
    defs_text(dispatch->defs, entry->node, "existence_cause", cause_text(CAUSE_arch));
}

/* ---- what is asked of every op ---------------------------------------------------------------- */

static void plan_requirements(struct entry *entry)
{
    struct dispatch *dispatch = entry->dispatch;
    struct condition_scope scope = { .dispatch = dispatch, .hypercall = entry->hypercall };
    struct node_list list = { 0 };

    LIST_EACH(clause, &entry->hypercall->clauses)
    {
        struct truth truth;
        node_t node;

        if ( clause->kind != CLAUSE_require )
            continue;
        truth = plan_condition(&scope, clause->condition, true);
        if ( truth.is == TRUTH_NO )
            continue;
        node = add(entry, &list, "fail_if");
        plan_truth(dispatch, node, "condition", truth);
        if ( plan_asks_architecture(&scope, clause->condition) )
            defs_text(dispatch->defs, node, "cause", cause_text(CAUSE_arch));
        defs_text(dispatch->defs, node, "errno",
                  clause->otherwise.text ? clause->otherwise.text : "EINVAL");
    }
    defs_list(dispatch->defs, entry->node, "requirements", &list);
}

/* Strict: what is above the type of an argument must be 0. */
static void plan_upper_halves(struct entry *entry)
{
    struct dispatch *dispatch = entry->dispatch;
    struct node_list list = { 0 };

    LIST_EACH(parameter, &entry->hypercall->parameters)
        if ( is_strict(entry->hypercall) && !dispatch->is_compat &&
             parameter->type->kind != TYPE_HANDLE &&
             dispatch_width(dispatch, parameter->type) < dispatch->arch->registers )
        {
            node_t node = add_text(entry, &list, "upper", parameter->name);

            plan_type(&dispatch->header, node, parameter->type);
        }
    defs_list(dispatch->defs, entry->node, "uppers", &list);
}

/* ---- places ---------------------------------------------------------------------------------------- */

static void find_place(struct entry *entry, const struct clause_list *clauses)
{
    LIST_EACH(clause, clauses)
        LIST_EACH(step, &clause->resume)
            if ( step->target->kind == EXPRESSION_BITS &&
                 !strcmp(step->target->left->text, OP_ARGUMENT) )
                entry->place = (unsigned int)step->target->low;
}

static void plan_places(struct entry *entry)
{
    struct dispatch *dispatch = entry->dispatch;
    const struct hypercall *hypercall = entry->hypercall;
    struct node_list list = { 0 };

    find_place(entry, &hypercall->clauses);
    /* Where only single ops have one, it is looked at before the number. */
    defs_text(dispatch->defs, entry->node, "place_first", entry->place ? "" : "1");
    for ( size_t i = 0; i < hypercall->ops.count; i++ )
        find_place(entry, &hypercall->ops.at[i]->op->clauses);
    if ( !entry->place )
        return;
    defs_number(dispatch->defs, entry->node, "place", entry->place);
    defs_text(dispatch->defs, entry->node, "mask",
              arena_format(dispatch->arena, "0x%x", (1u << entry->place) - 1));
    for ( size_t i = 0; i < hypercall->ops.count; i++ )
        if ( work_is_here(dispatch, hypercall->ops.at[i]) &&
             work_takes_place(work_new(dispatch, hypercall->ops.at[i])) )
            plan_cause(dispatch, add_text(entry, &list, "name",
                                          op_value(entry, hypercall->ops.at[i])),
                       hypercall->ops.at[i]);
    defs_list(dispatch->defs, entry->node, "resumable", &list);
    defs_text(dispatch->defs, entry->node, "one_resumable", list.count == 1 ? "1" : "");
}

/* ---- which op ----------------------------------------------------------------------------------------- */

static void plan_registers(struct entry *entry, node_t node, const struct work *work)
{
    struct node_list list = { 0 };
    size_t index = 0;

    LIST_EACH(parameter, &work->op->parameters)
        if ( parameter->type )
            plan_argument(entry->dispatch, &list, "register",
                          parameter->type->kind == TYPE_HANDLE ? parameter->type : NULL,
                          register_name(entry->dispatch, index++));
    defs_list(entry->dispatch->defs, node, "registers", &list);
}

static void plan_case(struct entry *entry, struct node_list *list, const struct decl *decl)
{
    struct dispatch *dispatch = entry->dispatch;
    struct work *work = work_new(dispatch, decl);
    node_t node = add(entry, list, work->stub ? "case_stub" : work->is_batch ? "case_batch"
                                   : work->structure ? "case_structure" : "case_registers");
    bool was = dispatch->is_compat;

    plan_cause(dispatch, node, decl);
    defs_text(dispatch->defs, node, "value", op_value(entry, decl));
    if ( work->stub )
    {
        defs_text(dispatch->defs, node, "errno", work->stub->names.at[0].text);
        return;
    }
    if ( work_is_shared(work) )
        dispatch->is_compat = false;
    defs_text(dispatch->defs, node, "function",
              work_is_plain(work) ? work_handler(work)
              : work->is_batch && !work->is_single && !work->is_count_ignored &&
                was == dispatch->is_compat
              ? arena_format(dispatch->arena, "%s_all", decl->name) : work_function(work));
    dispatch->is_compat = was;
    plan_registers(entry, node, work);
    defs_text(dispatch->defs, node, "otherwise", decl->op->result_else.text);
    defs_text(dispatch->defs, node, "inner", work->preempt && work->preempt->by ? "1" : "");
}

static void plan_cases(struct entry *entry)
{
    const struct hypercall *hypercall = entry->hypercall;
    struct node_list list = { 0 };
    uint64_t most = 0;

    for ( size_t i = 0; i < hypercall->ops.count; i++ )
    {
        if ( !work_is_here(entry->dispatch, hypercall->ops.at[i]) )
            continue;
        plan_case(entry, &list, hypercall->ops.at[i]);
        if ( hypercall->ops.at[i]->op->number > most )
            most = hypercall->ops.at[i]->op->number;
    }
    defs_list(entry->dispatch->defs, entry->node, "cases", &list);
    defs_number(entry->dispatch->defs, entry->node, "limit", most + 1);
}

static const char *unknown_errno(const struct hypercall *hypercall)
{
    LIST_EACH(clause, &hypercall->clauses)
        if ( clause->kind == CLAUSE_default )
            return clause->names.at[0].text;
    return "ENOSYS";
}

/* ---- how it goes on ---------------------------------------------------------------------------------------- */

/* h, i, l: what hypercall_create_continuation() calls the kinds of arguments. */
static void plan_continuation(struct entry *entry)
{
    struct dispatch *dispatch = entry->dispatch;
    const struct parameter_value *handle = dispatch_handle(entry->hypercall);
    const struct parameter_value *count = dispatch_count(entry->hypercall);
    struct text format = { .arena = dispatch->arena };

    if ( !handle )
        return;
    LIST_EACH(parameter, &entry->hypercall->parameters)
        text_add(&format, parameter == handle ? "h"
                 : !strcmp(register_type(dispatch, entry->hypercall, parameter->type),
                           base_type_c_name(BASE_uint)) ? "i" : "l");
    defs_text(dispatch->defs, entry->node, "format", text_string(&format));
    defs_text(dispatch->defs, entry->node, "number",
              arena_format(dispatch->arena, "%s%s", HYPERCALL_PREFIX,
                           entry->hypercall->decl->name));
    defs_text(dispatch->defs, entry->node, "cmd_type",
              register_type(dispatch, entry->hypercall,
                            entry->hypercall->parameters.at[0].type));
    defs_text(dispatch->defs, entry->node, "handle", handle->name);
    defs_text(dispatch->defs, entry->node, "count", count ? count->name : "");
    defs_text(dispatch->defs, entry->node, "copies_count",
              count && is_strict(entry->hypercall) && !dispatch->is_compat ? "1" : "");
}

void plan_entry(struct dispatch *dispatch, struct node_list *items,
                const struct hypercall *hypercall)
{
    struct entry entry = { .dispatch = dispatch, .hypercall = hypercall };

    entry.node = defs_node(dispatch->defs, "entry");
    plan_entry_head(dispatch, entry.node, hypercall);
    plan_existence(&entry, items);
    plan_upper_halves(&entry);
    plan_places(&entry);
    plan_requirements(&entry);
    plan_cases(&entry);
    plan_continuation(&entry);
    defs_text(dispatch->defs, entry.node, "stem", dispatch_stem(dispatch, hypercall));
    defs_text(dispatch->defs, entry.node, "cmd", hypercall->parameters.at[0].name);
    defs_text(dispatch->defs, entry.node, "unknown", unknown_errno(hypercall));
    defs_text(dispatch->defs, entry.node, "compat", dispatch->is_compat ? "1" : "");
    defs_text(dispatch->defs, entry.node, "batches", dispatch_count(hypercall) ? "1" : "");
    *LIST_ADD(dispatch->arena, items) = entry.node;
}
