/* SPDX-License-Identifier: MIT */
/*
 * Marshalling for an architecture whose pointers are xencomm handles.
 *
 * Needs a checked model.  Gives, for each family of such an architecture, one
 * file of C for each interface that has pointers: for each hypercall a function
 * that makes handles of the pointers among its arguments, and of those in what
 * they point at, and the stub that stands in hc-*.h elsewhere.  What every file
 * has to know is in xc.h, and xc.c finds the function by a hypercall's number.
 */
#include <string.h>

#include "../model/words.h"
#include "plan-xencomm.h"

#define POINTERS "xencomm"
/* The quirk of an op that handles one element, whatever count says. */
#define IGNORED  "count_ignored"

static bool uses_handles(const struct arch *arch)
{
    return !strcmp(arch->pointers, POINTERS);
}

static bool has_pointer(const struct parameter_values *parameters)
{
    LIST_EACH(parameter, parameters)
        if ( parameter->type && parameter->type->kind == TYPE_HANDLE )
            return true;
    return false;
}

bool stub_is_marshalled(const struct stub *stub, const struct hypercall *hypercall)
{
    bool has = has_pointer(&hypercall->parameters);

    LIST_EACH(op, &hypercall->ops)
        has |= has_pointer(&(*op)->op->parameters);
    return has && uses_handles(stub->arches.at[0]);
}

/* ---- cases ----------------------------------------------------------------------- */

static void set_one(struct marshal *marshal, node_t node, const char *key, node_t one)
{
    struct node_list list = { 0 };

    *LIST_ADD(marshal->stub->header.arena, &list) = one;
    defs_list(marshal->stub->header.defs, node, key, &list);
}

static node_t new_step(struct marshal *marshal, struct node_list *steps, size_t index)
{
    node_t step = defs_node(marshal->stub->header.defs, "handle");

    defs_text(marshal->stub->header.defs, step, "is_argument", "1");
    defs_number(marshal->stub->header.defs, step, "path", index);
    *LIST_ADD(marshal->stub->header.arena, steps) = step;
    return step;
}

static bool has_clause(const struct op *op, enum clause_kind kind, const char *name)
{
    LIST_EACH(clause, &op->clauses)
        if ( clause->kind == kind &&
             (!name || (clause->names.count && !strcmp(clause->names.at[0].text, name))) )
            return true;
    return false;
}

/* How many elements of an op's structure are read, whatever the count says. */
static node_t count_elements(struct marshal *marshal, const struct op *op,
                             const struct parameter_value *parameter)
{
    node_t count = marshal_count(marshal, parameter->type->length, NULL, op->hypercall);

    if ( !parameter->type->length || has_clause(op, CLAUSE_legacy, IGNORED) )
        return marshal_number(marshal, "1");
    if ( has_clause(op, CLAUSE_single, NULL) )
        defs_text(marshal->stub->header.defs, count, "at_most_one", "1");
    return count;
}

static void plan_structure_step(struct marshal *marshal, struct node_list *steps,
                                const struct op *op, size_t index)
{
    const struct parameter_value *parameter = &op->hypercall->parameters.at[index];
    node_t step = new_step(marshal, steps, index);

    set_one(marshal, step, "count", count_elements(marshal, op, parameter));
    marshal_structure_unit(marshal, step, model_op_structure(op));
}

static void plan_pointer_step(struct marshal *marshal, struct node_list *steps,
                              const struct parameter_value *parameter, size_t index,
                              const struct hypercall *hypercall)
{
    node_t step = new_step(marshal, steps, index);

    set_one(marshal, step, "count",
            marshal_count(marshal, parameter->type->length, NULL, hypercall));
    marshal_unit(marshal, step, parameter->type->element);
}

static bool is_for_op(const struct parameter_value *parameter)
{
    return parameter->type->kind == TYPE_HANDLE && parameter->type->element->kind == TYPE_OP;
}

static void plan_op_steps(struct marshal *marshal, struct node_list *steps, const struct op *op)
{
    const struct hypercall *hypercall = op->hypercall;

    for ( size_t i = 0; i < hypercall->parameters.count; i++ )
        if ( is_for_op(&hypercall->parameters.at[i]) && model_op_structure(op) )
            plan_structure_step(marshal, steps, op, i);
    for ( size_t i = 0; i < op->parameters.count; i++ )
        if ( op->parameters.at[i].type && op->parameters.at[i].type->kind == TYPE_HANDLE )
            plan_pointer_step(marshal, steps, &op->parameters.at[i],
                              hypercall->parameters.count + i, hypercall);
}

/* Ops whose pointers are the same need one case. */
static bool has_same_steps(const struct op *a, const struct op *b)
{
    return !a->parameters.count && !b->parameters.count &&
           model_op_structure(a) == model_op_structure(b) &&
           has_clause(a, CLAUSE_single, NULL) == has_clause(b, CLAUSE_single, NULL) &&
           has_clause(a, CLAUSE_legacy, IGNORED) == has_clause(b, CLAUSE_legacy, IGNORED);
}

static bool has_same_conditions(const struct decl *a, const struct decl *b)
{
    if ( a->conditions.count != b->conditions.count )
        return false;
    for ( size_t i = 0; i < a->conditions.count; i++ )
        if ( !conditions_equal(&a->conditions.at[i], &b->conditions.at[i]) )
            return false;
    return true;
}

static bool shares_case(const struct decl *a, const struct decl *b)
{
    return !b->is_removed && has_same_steps(a->op, b->op) && has_same_conditions(a, b);
}

/* The labels of all ops that share a case, the first one's. */
static void plan_labels(struct marshal *marshal, node_t node, const struct decl *first)
{
    const struct hypercall *hypercall = first->op->hypercall;
    struct arena *arena = marshal->stub->header.arena;
    struct node_list labels = { 0 };

    LIST_EACH(op, &hypercall->ops)
        if ( *op == first || shares_case(first, *op) )
        {
            node_t label = defs_node(marshal->stub->header.defs, "label");

            defs_text(marshal->stub->header.defs, label, "text",
                      arena_format(arena, "%s%s", hypercall->op_prefix, (*op)->name));
            *LIST_ADD(arena, &labels) = label;
        }
    defs_list(marshal->stub->header.defs, node, "labels", &labels);
}

static void plan_case(struct marshal *marshal, struct body *cases, const struct decl *decl)
{
    struct condition_list conditions = { 0 };
    struct node_list steps = { 0 };
    node_t node;

    if ( decl->is_removed || !marshal_conditions(marshal, &decl->conditions, &conditions) )
        return;
    LIST_EACH(op, &decl->op->hypercall->ops)
    {
        if ( *op == decl )
            break;
        if ( shares_case(decl, *op) )
            return;
    }
    plan_op_steps(marshal, &steps, decl->op);
    if ( !steps.count )
        return;
    node = body_add(cases, "case", &conditions);
    plan_labels(marshal, node, decl);
    defs_list(marshal->stub->header.defs, node, "steps", &steps);
}

/* ---- hypercalls -------------------------------------------------------------------- */

static int lowest_place(const struct clause_list *clauses, int lowest)
{
    LIST_EACH(clause, clauses)
        LIST_EACH(step, &clause->resume)
        {
            const struct expression *target = step->target;

            if ( target->kind == EXPRESSION_BITS && target->left->kind == EXPRESSION_NAME &&
                 !strcmp(target->left->text, OP_ARGUMENT) && target->low < lowest )
                lowest = target->low;
        }
    return lowest;
}

/* The bits of cmd that are the op's number: what lies below any place. */
static void plan_mask(struct marshal *marshal, node_t node, const struct hypercall *hypercall)
{
    int lowest = lowest_place(&hypercall->clauses, 64);

    LIST_EACH(op, &hypercall->ops)
        lowest = lowest_place(&(*op)->op->clauses, lowest);
    if ( lowest < 64 )
        defs_text(marshal->stub->header.defs, node, "mask",
                  arena_format(marshal->stub->header.arena, "0x%llx", (1ull << lowest) - 1));
}

static void plan_switch(struct marshal *marshal, node_t node, const struct hypercall *hypercall)
{
    struct body cases = { .header = &marshal->stub->header };
    struct node_list unknown = { 0 };

    set_one(marshal, node, "command", marshal_argument(marshal, &hypercall->parameters.at[0], 0));
    plan_mask(marshal, node, hypercall);
    LIST_EACH(op, &hypercall->ops)
        plan_case(marshal, &cases, *op);
    body_end(&cases, node, "cases");
    for ( size_t i = 0; i < hypercall->parameters.count; i++ )
        if ( is_for_op(&hypercall->parameters.at[i]) )
            set_one(marshal, new_step(marshal, &unknown, i), "count",
                    marshal_number(marshal, "0"));
    defs_list(marshal->stub->header.defs, node, "unknown", &unknown);
}

static void need_structures(struct marshal *marshal, const struct hypercall *hypercall)
{
    const struct aggregate *aggregate;

    LIST_EACH(parameter, &hypercall->parameters)
        if ( parameter->type->kind == TYPE_HANDLE &&
             (aggregate = model_type_aggregate(parameter->type->element)) )
            marshal_structure(marshal, aggregate);
    LIST_EACH(op, &hypercall->ops)
    {
        struct condition_list left = { 0 };

        aggregate = model_op_structure((*op)->op);
        if ( aggregate && !(*op)->is_removed &&
             marshal_conditions(marshal, &(*op)->conditions, &left) )
            marshal_structure(marshal, aggregate);
        LIST_EACH(parameter, &(*op)->op->parameters)
            if ( parameter->type && parameter->type->kind == TYPE_HANDLE &&
                 (aggregate = model_type_aggregate(parameter->type->element)) )
                marshal_structure(marshal, aggregate);
    }
}

static void plan_hypercall(struct marshal *marshal, const struct hypercall *hypercall)
{
    struct condition_list conditions = { 0 };
    struct node_list steps = { 0 };
    node_t node;

    need_structures(marshal, hypercall);
    if ( !marshal_conditions(marshal, &hypercall->decl->conditions, &conditions) )
        return;
    node = body_add(marshal->file, "hypercall", &conditions);
    defs_text(marshal->stub->header.defs, node, "call", hypercall->decl->name);
    stub_raw(marshal->stub, node, hypercall);
    for ( size_t i = 0; i < hypercall->parameters.count; i++ )
        if ( hypercall->parameters.at[i].type->kind == TYPE_HANDLE &&
             !is_for_op(&hypercall->parameters.at[i]) )
            plan_pointer_step(marshal, &steps, &hypercall->parameters.at[i], i, hypercall);
    defs_list(marshal->stub->header.defs, node, "steps", &steps);
    if ( hypercall->ops.count )
        plan_switch(marshal, node, hypercall);
}

/* ---- files ------------------------------------------------------------------------- */

static struct defs *new_output(struct back *back, const char *path, const char *kind,
                               node_t *root)
{
    struct defs *defs = back_output(back, path, "xencomm", kind, root);

    back->outputs.at[back->outputs.count - 1].cause = CAUSE_pointer;
    return defs;
}

static bool has_file(struct stub *stub, const struct interface *interface)
{
    bool has = false;

    LIST_EACH(hypercall, &interface->hypercalls)
        has |= stub_is_marshalled(stub, *hypercall);
    return has && back_family_has(stub->header.back, stub->family, interface);
}

static void plan_file(struct stub *stub, const struct interface *interface)
{
    struct back *back = stub->header.back;
    struct body body = { .header = &stub->header };
    struct marshal marshal = { .stub = stub, .arch = stub->arches.at[0], .file = &body };
    node_t root;

    stub->header.interface = interface;
    stub->header.defs = new_output(back, arena_format(back->arena, "%s/guest/xc-%s.c",
                                                      stub->family, interface->name),
                                   "marshalling", &root);
    defs_text(stub->header.defs, root, "name", interface->name);
    defs_text(stub->header.defs, root, "header", interface->header);
    defs_text(stub->header.defs, root, "source", interface_file(back->arena, interface));
    LIST_EACH(hypercall, &interface->hypercalls)
        if ( stub_is_marshalled(stub, *hypercall) )
            plan_hypercall(&marshal, *hypercall);
    body_end(&body, root, "items");
}

static void plan_item(struct marshal *marshal, const char *kind,
                      const struct hypercall *hypercall)
{
    struct condition_list conditions = { 0 };
    struct defs *defs = marshal->stub->header.defs;
    node_t node;

    if ( !marshal_conditions(marshal, &hypercall->decl->conditions, &conditions) )
        return;
    node = body_add(marshal->file, kind, &conditions);
    defs_text(defs, node, "call", hypercall->decl->name);
    defs_text(defs, node, "number", arena_format(marshal->stub->header.arena,
                                                 HYPERCALL_PREFIX "%s", hypercall->decl->name));
}

/* One list of all calls: declarations, or a case for each but the one that has the others. */
static void plan_list(struct stub *stub, const char *file, const char *kind, const char *item,
                      const struct hypercall *without)
{
    struct back *back = stub->header.back;
    struct body body = { .header = &stub->header };
    struct marshal marshal = { .stub = stub, .arch = stub->arches.at[0], .file = &body };
    struct node_list includes = { 0 };
    node_t root, include;

    stub->header.defs = new_output(back, arena_format(back->arena, "%s/guest/%s", stub->family,
                                                      file), kind, &root);
    LIST_EACH(interface, &back->model->interfaces)
    {
        if ( !has_file(stub, *interface) )
            continue;
        include = defs_node(stub->header.defs, "include");
        defs_text(stub->header.defs, include, "header", (*interface)->header);
        *LIST_ADD(back->arena, &includes) = include;
        LIST_EACH(hypercall, &(*interface)->hypercalls)
            if ( stub_is_marshalled(stub, *hypercall) && *hypercall != without )
                plan_item(&marshal, item, *hypercall);
    }
    defs_list(stub->header.defs, root, "includes", &includes);
    body_end(&body, root, "items");
}

void plan_xencomm(struct back *back)
{
    struct text_list families = back_families(back);

    if ( !flavour_reference(back->model) )
        return;
    LIST_EACH(family, &families)
    {
        struct stub stub = stub_new(back, *family);

        if ( !uses_handles(stub.arches.at[0]) )
            continue;
        plan_list(&stub, "xc.h", "declarations", "declaration", NULL);
        plan_list(&stub, "xc.c", "calls", "call", stub.multicall);
        LIST_EACH(interface, &back->model->interfaces)
            if ( has_file(&stub, *interface) )
                plan_file(&stub, *interface);
    }
}
