/* SPDX-License-Identifier: MIT */
/* Declarations, one by one, as items of a header. */
#include <string.h>

#include "plan-header.h"

static void plan_define(struct body *body, const struct decl *decl,
                        const struct condition_list *conditions)
{
    struct header *header = body->header;
    const char *texts[] = { decl->value_text };
    node_t node = body_add(body, decl->is_fallback ? "fallback" : "define", conditions);

    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "name", decl->name);
    if ( decl->kind == DECL_macro )
        defs_text(header->defs, node, "value", decl->text);
    else
        defs_text(header->defs, node, "value",
                  decl->spelling ? spell_pattern(header->arena, decl->spelling, "n", texts)
                                 : decl->value_text);
    if ( decl->has_parameters )
        header_parameters(header, node, &decl->parameters);
}

/* An alias of a name that has a number already takes its place. */
static bool alias_replaces(struct header *header, const struct decl *decl)
{
    const struct decl *first = map_find(&header->back->model->macros, decl->name);

    return first && first->kind != DECL_alias;
}

static void plan_alias(struct body *body, const struct decl *decl,
                       const struct condition_list *conditions)
{
    struct header *header = body->header;
    node_t node = body_add(body, "alias", conditions);

    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "name", decl->name);
    defs_text(header->defs, node, "value", decl->target.text);
    defs_text(header->defs, node, "replaces", alias_replaces(header, decl) ? "1" : "");
}

static void plan_typedef(struct body *body, const struct decl *decl,
                         const struct condition_list *conditions)
{
    struct header *header = body->header;
    node_t node = body_add(body, "typedef", conditions);

    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "name", decl->name);
    plan_type(header, node, decl->type);
    plan_lengths(header, node, decl->type);
}

/* DEFINE_XEN_GUEST_HANDLE(x), or with another name than the type's. */
static void plan_handle(struct body *body, const struct decl *decl,
                        const struct condition_list *conditions)
{
    struct header *header = body->header;
    node_t node = body_add(body, "handle", conditions);
    int base = base_type_find(decl->name);
    const char *c_name = base >= 0 ? base_type_c_name((enum base_type)base) : decl->name;
    const char *text;

    if ( decl->type && decl->type->kind == TYPE_BASE )
        text = header_spell(header, "define-handle2", decl->name,
                            base_type_c_name(decl->type->base));
    else if ( strchr(c_name, ' ') )
        text = header_spell(header, "define-handle2", decl->name, c_name);
    else
        text = header_spell(header, "define-handle", "", c_name);
    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "text", text);
}

void plan_structure(struct body *body, const struct decl *decl,
                    const struct aggregate *aggregate, enum form form,
                    const struct condition_list *conditions, bool with_directions)
{
    struct header *header = body->header;
    struct body inside = { .header = header };
    const char *type = header_structure_name(header, aggregate->tag);
    node_t node;

    if ( decl->kind != DECL_op )
        plan_leading(body, aggregate, conditions);
    node = body_add(body, "structure", conditions);
    header_doc(header, node, "doc", decl->kind == DECL_op ? NULL : decl->doc);
    defs_text(header->defs, node, "of_op", decl->kind == DECL_op ? "1" : "");
    defs_text(header->defs, node, "what", aggregate->is_union ? "union" : "struct");
    if ( form != FORM_NO_TAG )
        defs_text(header->defs, node, "tag", aggregate->tag);
    else
        type = aggregate->tag;
    if ( form == FORM_NO_TAG || (form == FORM_TYPEDEF && header_has_typedefs(header)) )
        defs_text(header->defs, node, "inline_typedef", type);
    else if ( form != FORM_TAG_ONLY && header_has_typedefs(header) )
        defs_text(header->defs, node, "typedef", type);
    if ( form == FORM_FULL )
        defs_text(header->defs, node, "handle",
                  header_spell(header, "define-handle", "", type));
    plan_members(&inside, aggregate, with_directions);
    body_end(&inside, node, "members");
}

/* ---- hypercalls and ops --------------------------------------------------------- */

static void plan_hypercall(struct body *body, const struct decl *decl)
{
    struct header *header = body->header;
    node_t node = body_add(body, "hypercall", &decl->conditions);

    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "name", decl->name);
}

static void plan_op_number(struct body *body, const struct decl *decl)
{
    struct header *header = body->header;
    node_t node = body_add(body, "define", &decl->conditions);

    defs_text(header->defs, node, "name",
              arena_format(header->arena, "%s%s", decl->op->hypercall->op_prefix,
                           decl->name));
    defs_text(header->defs, node, "value", decl->op->number_text);
}

/* All numbers of the hypercall that the interface's last 'ops' belong to. */
static void plan_list(struct body *body, const struct decl *decl)
{
    struct header *header = body->header;
    const struct interface *interface = header->interface;
    const struct hypercall *hypercall = NULL;
    bool has_marker;
    node_t node;

    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
        if ( interface->hypercalls.at[i]->op_prefix )
            hypercall = interface->hypercalls.at[i];
    if ( !hypercall )
        return;
    header->ops_are_listed = true;
    has_marker = header_has_marker(header, hypercall->decl->name);
    node = body_add(body, "set", &decl->conditions);
    if ( has_marker )
    {
        defs_text(header->defs, node, "marker", hypercall->decl->name);
        defs_text(header->defs, node, "from", hypercall->op_prefix);
        defs_text(header->defs, node, "to_struct", hypercall->struct_prefix);
    }
    for ( size_t i = 0; i < hypercall->ops.count; i++ )
        if ( !hypercall->ops.at[i]->is_removed )
            plan_op_number(body, hypercall->ops.at[i]);
    if ( has_marker )
        body_add(body, "marker_end", &decl->conditions);
}

/* -EINVAL, or GNTST_bad_page where the op's structure has a status. */
static const char *error_name(struct header *header, const struct op *op, const char *name)
{
    const struct aggregate *structure = model_op_structure(op);

    if ( structure )
    {
        LIST_EACH(member, &structure->members)
        {
            const struct set *set = member->type ? model_type_set(member->type) : NULL;

            if ( !set )
                continue;
            LIST_EACH(constant, &set->constants)
                if ( !strcmp(constant->name, name) )
                    return model_constant_name(header->arena, set, constant);
        }
    }
    return arena_format(header->arena, "-%s", name);
}

static void plan_errors(struct header *header, node_t node, const struct op *op)
{
    struct node_list list = { 0 };

    LIST_EACH(clause, &op->clauses)
    {
        struct text_list lines;
        node_t error;

        if ( clause->kind != CLAUSE_error || !clause->text )
            continue;
        error = defs_node(header->defs, "error");
        defs_text(header->defs, error, "name",
                  error_name(header, op, clause->names.at[0].text));
        lines = spell_wrap(header->arena, clause->text, 49);
        defs_text(header->defs, error, "text", lines.at[0]);
        *LIST_ADD(header->arena, &list) = error;
        for ( size_t i = 1; i < lines.count; i++ )
        {
            error = defs_node(header->defs, "error");
            defs_text(header->defs, error, "text", lines.at[i]);
            *LIST_ADD(header->arena, &list) = error;
        }
    }
    defs_list(header->defs, node, "errors", &list);
}

static void plan_op(struct body *body, const struct decl *decl)
{
    struct header *header = body->header;
    struct op *op = decl->op;
    node_t node = body_add(body, decl->is_removed ? "removed" : "op", &decl->conditions);

    defs_text(header->defs, node, "name", decl->name);
    defs_text(header->defs, node, "prefix", op->hypercall->op_prefix);
    defs_text(header->defs, node, "number", op->number_text);
    defs_text(header->defs, node, "reason",
              decl->is_removed || decl->is_deprecated ? decl->reason : NULL);
    if ( decl->is_removed )
        return;
    header_doc(header, node, "doc", decl->doc);
    plan_errors(header, node, op);
    if ( !header->ops_are_listed )
        plan_op_number(body, decl);
    plan_leading(body, op->aggregate, &decl->conditions);
    if ( op->owns_structure )
        plan_structure(body, decl, op->aggregate, FORM_FULL, &decl->conditions, true);
}

/* ---- all kinds ---------------------------------------------------------------------- */

static void plan_text(struct body *body, const struct decl *decl)
{
    struct header *header = body->header;
    node_t node = body_add(body, decl_kind_text(decl->kind), &decl->conditions);

    header_doc(header, node, "doc", decl->doc);
    defs_text(header->defs, node, "name", decl->name);
    defs_text(header->defs, node, "number", decl->value_text);
    defs_text(header->defs, node, "text", decl->kind == DECL_code ? decl->text : decl->reason);
}

void plan_simple(struct body *body, const struct decl *decl,
                 const struct condition_list *conditions)
{
    if ( decl->is_extern )
        return;
    switch ( decl->kind )
    {
    case DECL_const:
    case DECL_macro:
        plan_define(body, decl, conditions);
        break;
    case DECL_alias:
        plan_alias(body, decl, conditions);
        break;
    case DECL_type:
        plan_typedef(body, decl, conditions);
        break;
    case DECL_handle:
        plan_handle(body, decl, conditions);
        break;
    case DECL_bits:
    case DECL_enum:
    case DECL_status:
        plan_set(body, decl, conditions);
        break;
    case DECL_struct:
    case DECL_union:
        plan_structure(body, decl, decl->aggregate, decl->form, conditions, false);
        break;
    default:
        break;
    }
}

void plan_decl(struct body *body, const struct decl *decl)
{
    switch ( decl->kind )
    {
    case DECL_contents:
        if ( !header_has_markers(body->header) )
            break;
        /* fall through */
    case DECL_section:
    case DECL_code:
        plan_text(body, decl);
        break;
    case DECL_list:
        plan_list(body, decl);
        break;
    case DECL_hypercall:
        plan_hypercall(body, decl);
        break;
    case DECL_op:
        plan_op(body, decl);
        break;
    case DECL_extend:
        break;
    default:
        plan_simple(body, decl, &decl->conditions);
        break;
    }
}
