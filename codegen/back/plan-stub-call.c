/* SPDX-License-Identifier: MIT */
/*
 * One hypercall, one op: a function that calls, and one that fills an entry
 * with the same values.
 */
#include <string.h>

#include "plan-stub.h"

/* ---- names ------------------------------------------------------------------ */

static const char *join(struct stub *stub, const char *first, const char *second)
{
    return arena_format(stub->header.arena, "%s%s", first, second);
}

const char *stub_name(struct stub *stub, const struct hypercall *hypercall)
{
    return join(stub, "hc_", hypercall->decl->name);
}

const char *stub_filler_name(struct stub *stub, const char *name)
{
    return join(stub, "hc_multi_", name + strlen("hc_"));
}

static const char *op_stub_name(struct stub *stub, const struct decl *decl)
{
    const char *name = stub_name(stub, decl->op->hypercall);

    if ( text_ends(name, "_op") )
        name = arena_copy(stub->header.arena, name, strlen(name) - strlen("_op"));
    return arena_format(stub->header.arena, "%s_%s", name, decl->name);
}

static const char *number_macro(struct stub *stub, const struct hypercall *hypercall)
{
    return join(stub, "__HYPERVISOR_", hypercall->decl->name);
}

/* ---- parameters --------------------------------------------------------------- */

/* A node with text, as one more of a list. */
static node_t list_text(struct stub *stub, struct node_list *list, const char *kind,
                        const char *text)
{
    node_t node = defs_node(stub->header.defs, kind);

    defs_text(stub->header.defs, node, "text", text);
    *LIST_ADD(stub->header.arena, list) = node;
    return node;
}

/* A pointer to the structure, by its tag. */
static node_t pointer_to(struct stub *stub, struct node_list *list,
                         const struct aggregate *aggregate, const char *name)
{
    node_t node = defs_node(stub->header.defs, "parameter");

    defs_text(stub->header.defs, node, "tagged", aggregate->is_union ? "union" : "struct");
    defs_text(stub->header.defs, node, "type", aggregate->tag);
    defs_text(stub->header.defs, node, "pointer", "1");
    defs_text(stub->header.defs, node, "name", name);
    *LIST_ADD(stub->header.arena, list) = node;
    return node;
}

/* What a handle points at, as a C pointer; whichever op's structure is void. */
static void plan_pointer(struct stub *stub, struct node_list *list,
                         const struct parameter_value *parameter)
{
    const struct type *element = parameter->type->element;
    const struct aggregate *aggregate = model_type_aggregate(element);
    node_t node;

    if ( aggregate && aggregate->tag )
    {
        pointer_to(stub, list, aggregate, parameter->name);
        return;
    }
    node = defs_node(stub->header.defs, "parameter");
    if ( element->kind == TYPE_OP )
        defs_text(stub->header.defs, node, "type", base_type_c_name(BASE_void));
    else
        plan_type(&stub->header, node, element);
    defs_text(stub->header.defs, node, "pointer", "1");
    defs_text(stub->header.defs, node, "name", parameter->name);
    *LIST_ADD(stub->header.arena, list) = node;
}

static bool is_pointer(const struct parameter_value *parameter)
{
    return parameter->type->kind == TYPE_HANDLE;
}

static bool is_for_op(const struct parameter_value *parameter)
{
    return is_pointer(parameter) && parameter->type->element->kind == TYPE_OP;
}

static void plan_parameter(struct stub *stub, struct node_list *list,
                           const struct parameter_value *parameter)
{
    node_t node;

    if ( is_pointer(parameter) )
    {
        plan_pointer(stub, list, parameter);
        return;
    }
    node = defs_node(stub->header.defs, "parameter");
    plan_type(&stub->header, node, parameter->type);
    defs_text(stub->header.defs, node, "name", parameter->name);
    *LIST_ADD(stub->header.arena, list) = node;
}

/* The parameter that counts the elements of the hypercall's array, or NULL. */
static const char *count_of(const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        if ( is_for_op(parameter) && parameter->type->length )
            return parameter->type->length->text;
    return NULL;
}

/* How many registers the ops of a hypercall take beyond its own. */
static size_t extra_registers(const struct hypercall *hypercall)
{
    size_t most = 0;

    for ( size_t i = 0; i < hypercall->ops.count; i++ )
        if ( hypercall->ops.at[i]->op->parameters.count > most )
            most = hypercall->ops.at[i]->op->parameters.count;
    return most;
}

static const char *extra_name(struct stub *stub, size_t index)
{
    return arena_format(stub->header.arena, "a%zu", index + 1);
}

/* ---- registers ------------------------------------------------------------------ */

/* The base type that a value has in the end, or NULL. */
static const struct type *base_of(const struct type *type)
{
    while ( type && type->kind != TYPE_BASE )
    {
        const struct decl *decl = type->kind == TYPE_NAMED ? type->name.decl : NULL;

        type = decl ? decl->set ? decl->set->width : decl->type : type->element;
    }
    return type;
}

static bool is_wide(const struct arch *arch, const struct parameter_value *parameter)
{
    const struct type *base = is_pointer(parameter) ? NULL : base_of(parameter->type);

    return base && arch_base(arch, base->base).size * 8 > arch->registers;
}

/* What one register holds: a whole argument, or half of one. */
static void plan_slots(struct stub *stub, struct node_list *list, const struct arch *arch,
                       const struct parameter_value *parameter)
{
    struct defs *defs = stub->header.defs;
    const char *first = "low", *second = "high";

    if ( !is_wide(arch, parameter) )
    {
        list_text(stub, list, is_pointer(parameter) ? "address" : "whole", parameter->name);
        return;
    }
    if ( !strcmp(arch->wide_arguments, "high-first") )
        first = "high", second = "low";
    list_text(stub, list, first, parameter->name);
    list_text(stub, list, second, parameter->name);
    for ( size_t i = list->count - 2; i < list->count; i++ )
    {
        defs_number(defs, list->at[i], "bits", arch->registers);
        defs_text(defs, list->at[i], "half", base_type_c_name(BASE_u32));
    }
}

/* Both pass any argument in as many registers, in the same order. */
static bool takes_as_many(const struct arch *a, const struct arch *b)
{
    return a->registers == b->registers &&
           (!a->wide_arguments || !strcmp(a->wide_arguments, b->wide_arguments));
}

static bool has_wide(const struct stub *stub, const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        for ( size_t i = 0; i < stub->arches.count; i++ )
            if ( is_wide(stub->arches.at[i], parameter) )
                return true;
    return false;
}

static node_t plan_way(struct stub *stub, const struct hypercall *hypercall,
                       const struct arch *arch, size_t extra)
{
    struct defs *defs = stub->header.defs;
    node_t node = defs_node(defs, "way");
    struct node_list slots = { 0 };

    LIST_EACH(parameter, &hypercall->parameters)
        plan_slots(stub, &slots, arch, parameter);
    for ( size_t i = 0; i < extra; i++ )
        list_text(stub, &slots, "whole", extra_name(stub, i));
    for ( size_t i = 0; i < slots.count; i++ )
        defs_number(defs, slots.at[i], "index", i);
    defs_number(defs, node, "count", slots.count);
    defs_list(defs, node, "slots", &slots);
    return node;
}

/* One way to pass the arguments, or one for each architecture that differs. */
static void plan_ways(struct stub *stub, node_t node, const struct hypercall *hypercall,
                      size_t extra)
{
    struct defs *defs = stub->header.defs;
    struct node_list ways = { 0 };
    bool differ = false;

    for ( size_t i = 1; i < stub->arches.count; i++ )
        differ |= !takes_as_many(stub->arches.at[0], stub->arches.at[i]);
    differ = differ && has_wide(stub, hypercall);
    for ( size_t i = 0; i < stub->arches.count; i++ )
    {
        node_t way;

        if ( i && !differ )
            break;
        way = plan_way(stub, hypercall, stub->arches.at[i], extra);
        defs_text(defs, way, "number", number_macro(stub, hypercall));
        defs_text(defs, way, "word", i ? "elif" : "if");
        defs_text(defs, way, "condition", differ ? stub->arches.at[i]->condition : "");
        *LIST_ADD(stub->header.arena, &ways) = way;
    }
    defs_list(defs, node, "ways", &ways);
    defs_text(defs, node, "differ", differ ? "1" : "");
}

/* ---- the entry of a call within another ------------------------------------------- */

static void plan_entry_member(struct stub *stub, node_t node, const struct member *member,
                              bool *seen_number)
{
    if ( !member->name || !member->type )
        return;
    if ( member->type->kind == TYPE_ARRAY )
        defs_text(stub->header.defs, node, "entry_arguments", member->name);
    else if ( !*seen_number )
        defs_text(stub->header.defs, node, "entry_number", member->name);
    *seen_number = true;
}

/* Number first, arguments in the array. */
void stub_entry(struct stub *stub, node_t node)
{
    const struct parameter_value *list = &stub->multicall->parameters.at[0];
    const struct aggregate *aggregate = model_type_aggregate(list->type->element);
    struct node_list entry = { 0 };
    bool seen_number = false;

    pointer_to(stub, &entry, aggregate, "entry");
    defs_list(stub->header.defs, node, "entry", &entry);
    LIST_EACH(member, &aggregate->members)
        plan_entry_member(stub, node, member, &seen_number);
}

static void plan_filler(struct stub *stub, node_t node, const char *name)
{
    if ( !stub->multicall )
        return;
    defs_text(stub->header.defs, node, "filler", stub_filler_name(stub, name));
    stub_entry(stub, node);
}

/* ---- conditions ----------------------------------------------------------------------- */

/* Those of a declaration, without one that holds wherever there are functions. */
static struct condition_list conditions_of(struct stub *stub, const struct decl *decl)
{
    struct condition_list list = { 0 };

    LIST_EACH(condition, &decl->conditions)
        if ( condition->kind != CONDITION_FOR || strcmp(condition->names.at[0].text, "c") )
            *LIST_ADD(stub->header.arena, &list) = *condition;
    return list;
}

/* ---- hypercalls ---------------------------------------------------------------------- */

static void plan_result(struct stub *stub, node_t node, const struct type *type)
{
    struct node_list list = { 0 };
    node_t result = defs_node(stub->header.defs, "result");

    if ( type )
        plan_type(&stub->header, result, type);
    else
        defs_text(stub->header.defs, result, "type", base_type_c_name(BASE_long));
    *LIST_ADD(stub->header.arena, &list) = result;
    defs_list(stub->header.defs, node, "result", &list);
}

static void plan_extra(struct stub *stub, struct node_list *list, size_t count)
{
    for ( size_t i = 0; i < count; i++ )
    {
        node_t node = defs_node(stub->header.defs, "parameter");

        defs_text(stub->header.defs, node, "type", base_type_c_name(BASE_ulong));
        defs_text(stub->header.defs, node, "name", extra_name(stub, i));
        *LIST_ADD(stub->header.arena, list) = node;
    }
}

void stub_raw(struct stub *stub, node_t node, const struct hypercall *hypercall)
{
    size_t extra = extra_registers(hypercall);
    struct node_list parameters = { 0 };

    defs_text(stub->header.defs, node, "name", stub_name(stub, hypercall));
    plan_result(stub, node, hypercall->result);
    LIST_EACH(parameter, &hypercall->parameters)
        plan_parameter(stub, &parameters, parameter);
    plan_extra(stub, &parameters, extra);
    defs_list(stub->header.defs, node, "parameters", &parameters);
    plan_ways(stub, node, hypercall, extra);
}

void stub_hypercall(struct body *body, struct stub *stub, const struct hypercall *hypercall)
{
    const char *name = stub_name(stub, hypercall);
    struct condition_list conditions = conditions_of(stub, hypercall->decl);
    node_t node = body_add(body, "raw", &conditions);

    stub_doc_hypercall(stub, node, hypercall);
    stub_raw(stub, node, hypercall);
    defs_text(stub->header.defs, node, "elsewhere",
              stub_is_marshalled(stub, hypercall) ? "1" : "");
    /* A multicall within a multicall is refused. */
    if ( hypercall != stub->multicall )
        plan_filler(stub, node, name);
}

/* ---- ops -------------------------------------------------------------------------------- */

/* The structure's array, and how many there are of it. */
static void plan_structure_parameters(struct stub *stub, struct node_list *parameters,
                                      struct node_list *arguments, const struct decl *decl)
{
    const struct hypercall *hypercall = decl->op->hypercall;
    const struct aggregate *structure = model_op_structure(decl->op);
    const char *count = count_of(hypercall);

    for ( size_t i = 1; i < hypercall->parameters.count; i++ )
    {
        const struct parameter_value *parameter = &hypercall->parameters.at[i];
        bool is_count = count && !strcmp(count, parameter->name);

        if ( is_for_op(parameter) && structure )
            pointer_to(stub, parameters, structure, parameter->name);
        else if ( !is_for_op(parameter) && (structure || !is_count) )
            plan_parameter(stub, parameters, parameter);
        if ( structure || !(is_for_op(parameter) || is_count) )
            list_text(stub, arguments, "name", parameter->name);
        else
            list_text(stub, arguments, is_count ? "zero" : "null", "");
    }
}

static void plan_register_parameters(struct stub *stub, struct node_list *parameters,
                                     struct node_list *arguments, const struct op *op)
{
    size_t count = extra_registers(op->hypercall);

    for ( size_t i = 0; i < op->parameters.count; i++ )
    {
        plan_parameter(stub, parameters, &op->parameters.at[i]);
        list_text(stub, arguments, is_pointer(&op->parameters.at[i]) ? "address" : "name",
                  op->parameters.at[i].name);
    }
    for ( size_t i = op->parameters.count; i < count; i++ )
        list_text(stub, arguments, "zero", "");
}

/* What an element says until the hypervisor has said something else. */
static void plan_preset(struct stub *stub, node_t node, const struct decl *decl)
{
    const struct aggregate *structure = model_op_structure(decl->op);
    const struct hypercall *hypercall = decl->op->hypercall;
    struct node_list list = { 0 }, counts = { 0 };
    const char *count = count_of(hypercall);
    const struct set *set;
    node_t preset;

    if ( decl->is_legacy || !structure || !count )
        return;
    LIST_EACH(member, &structure->members)
    {
        set = member->name && member->type && member->type->kind == TYPE_NAMED &&
              member->type->name.decl && member->type->name.decl->kind == DECL_status
              ? member->type->name.decl->set : NULL;
        for ( size_t i = 0; set && i < set->constants.count; i++ )
            if ( !strcmp(set->constants.at[i].name, "not_done") )
            {
                preset = list_text(stub, &list, "preset",
                                   model_constant_name(stub->header.arena, set,
                                                       &set->constants.at[i]));
                defs_text(stub->header.defs, preset, "member", member->name);
            }
    }
    LIST_EACH(parameter, &hypercall->parameters)
    {
        if ( is_for_op(parameter) )
            defs_text(stub->header.defs, node, "array", parameter->name);
        if ( !strcmp(parameter->name, count) )
            plan_parameter(stub, &counts, parameter);
    }
    defs_list(stub->header.defs, node, "presets", &list);
    defs_list(stub->header.defs, node, "counts", &counts);
}

/* A number that the description says is returned; everything else is an errno. */
static const struct type *op_result(const struct op *op)
{
    bool is_plain = op->result && op->result->kind != TYPE_COUNT;

    return is_plain && (op->hypercall->result || op->result_else.text) ? op->result : NULL;
}

void stub_op(struct body *body, struct stub *stub, const struct decl *decl)
{
    const char *name = op_stub_name(stub, decl);
    const struct hypercall *hypercall = decl->op->hypercall;
    struct condition_list conditions = conditions_of(stub, decl);
    node_t node = body_add(body, "typed", &conditions);
    struct node_list parameters = { 0 }, arguments = { 0 };
    const char *raw = stub_name(stub, hypercall);

    stub_doc_op(stub, node, decl);
    defs_text(stub->header.defs, node, "name", name);
    defs_text(stub->header.defs, node, "raw", raw);
    defs_text(stub->header.defs, node, "raw_filler", stub_filler_name(stub, raw));
    plan_result(stub, node, op_result(decl->op));
    list_text(stub, &arguments, "name", join(stub, hypercall->op_prefix, decl->name));
    plan_structure_parameters(stub, &parameters, &arguments, decl);
    plan_register_parameters(stub, &parameters, &arguments, decl->op);
    defs_list(stub->header.defs, node, "parameters", &parameters);
    defs_list(stub->header.defs, node, "arguments", &arguments);
    plan_preset(stub, node, decl);
    plan_filler(stub, node, name);
}
