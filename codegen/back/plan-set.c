/* SPDX-License-Identifier: MIT */
/* Sets: bits, enums and statuses, as the macros that C sees. */
#include <string.h>

#include "plan-header.h"

/* Longest documentation that goes behind its value, not above it. */
#define REMARK_WIDTH 30

struct set_plan {
    struct body *body;
    const struct decl *decl;
    const struct set *set;
    const struct condition_list *conditions;    /* of the whole set */
    const struct constant *field;               /* whose values these are, or NULL */
};

static bool is_wide(const struct set *set)
{
    return set->width && set->width->kind == TYPE_BASE &&
           (set->width->base == BASE_u64 || set->width->base == BASE_u64_aligned);
}

/* The pattern for this value: its own, its field's, the set's, the flavour's. */
static const char *pattern_of(struct set_plan *plan, const struct constant *constant)
{
    struct header *header = plan->body->header;

    if ( constant->spelling )
        return constant->spelling;
    if ( plan->field && plan->field->spelling )
        return plan->field->spelling;
    if ( plan->set->spelling )
        return plan->set->spelling;
    if ( plan->decl->kind == DECL_status )
        return pair_value(&header->flavour->spelling, "status");
    if ( plan->decl->kind != DECL_bits )
        return "$n";
    if ( plan->field )
        return pair_value(&header->flavour->spelling,
                          is_wide(plan->set) ? "field64" : "field");
    return pair_value(&header->flavour->spelling, is_wide(plan->set) ? "bit64" : "bit");
}

static const char *value_text(struct set_plan *plan, const struct constant *constant)
{
    struct arena *arena = plan->body->header->arena;
    const char *pattern = pattern_of(plan, constant);
    const char *texts[] = {
        model_constant_name(arena, plan->set, constant),
        plan->field ? arena_format(arena, "%d", plan->field->low) : constant->text,
        constant->text,
    };

    return spell_pattern(arena, pattern ? pattern : "$n", "Nnv", texts);
}

static void plan_number(struct set_plan *plan, const struct constant *constant,
                        const struct condition_list *conditions)
{
    struct header *header = plan->body->header;
    const char *pattern = pattern_of(plan, constant);
    node_t node;

    if ( !pattern || !strstr(pattern, "_$N") )
        return;
    node = body_add(plan->body, "bit_number", conditions);
    defs_text(header->defs, node, "name",
              model_constant_name(header->arena, plan->set, constant));
    defs_text(header->defs, node, "value", constant->text);
}

static void remark(struct header *header, node_t node, const struct constant *constant)
{
    if ( constant->doc && strlen(constant->doc) <= REMARK_WIDTH &&
         !strchr(constant->doc, '\n') )
        defs_text(header->defs, node, "remark", constant->doc);
    else
        header_doc(header, node, "doc", constant->doc);
}

static void plan_value(struct set_plan *plan, const struct constant *constant)
{
    struct header *header = plan->body->header;
    struct condition_list conditions = header_join(plan->body->header, plan->conditions,
                                                    &constant->conditions);
    node_t node;

    plan_number(plan, constant, &conditions);
    node = body_add(plan->body, "define", &conditions);
    remark(header, node, constant);
    defs_text(header->defs, node, "name",
              model_constant_name(header->arena, plan->set, constant));
    defs_text(header->defs, node, "value", value_text(plan, constant));
}

static void plan_macro(struct set_plan *plan, const struct constant *constant)
{
    struct header *header = plan->body->header;
    struct condition_list conditions = header_join(plan->body->header, plan->conditions,
                                                    &constant->conditions);
    node_t node = body_add(plan->body, "define", &conditions);

    remark(header, node, constant);
    defs_text(header->defs, node, "name", constant->name);
    defs_text(header->defs, node, "value", constant->text);
    if ( constant->has_parameters )
        header_parameters(header, node, &constant->parameters);
}

static const char *mask_text(struct header *header, uint64_t mask, bool wide)
{
    const char *text = arena_format(header->arena, "0x%llx", (unsigned long long)mask);
    const char *pattern = pair_value(&header->flavour->spelling, "wide");

    return wide && pattern ? spell_pattern(header->arena, pattern, "v", &text) : text;
}

/* The part of a word, as a macro that takes the word. */
static void plan_accessor(struct set_plan *plan, const struct constant *constant)
{
    struct header *header = plan->body->header;
    struct condition_list conditions = header_join(plan->body->header, plan->conditions,
                                                    &constant->conditions);
    unsigned int bits = (unsigned int)(constant->high - constant->low) + 1;
    uint64_t mask = bits > 63 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
    /* Shifted, the part needs more bits than the word has. */
    bool wide = is_wide(plan->set) || constant->shift;
    node_t node = body_add(plan->body, "accessor", &conditions);

    remark(header, node, constant);
    defs_text(header->defs, node, "name",
              model_constant_name(header->arena, plan->set, constant));
    defs_number(header->defs, node, "low", (uint64_t)constant->low);
    defs_text(header->defs, node, "mask", mask_text(header, mask, wide));
    if ( constant->shift )
        defs_number(header->defs, node, "shift", (uint64_t)constant->shift);
    defs_text(header->defs, node, "wide", wide ? "1" : "");
}

static void plan_constants(struct set_plan *plan, const struct constant_list *list)
{
    LIST_EACH(constant, list)
    {
        struct set_plan values = *plan;

        switch ( constant->kind )
        {
        case CONSTANT_VALUE:
            plan_value(plan, constant);
            break;
        case CONSTANT_MACRO:
            plan_macro(plan, constant);
            break;
        case CONSTANT_FIELD:
            if ( !plan->decl->is_legacy )
                plan_accessor(plan, constant);
            values.field = constant;
            plan_constants(&values, &(const struct constant_list){
                constant->values.at, constant->values.count, constant->values.room });
            break;
        case CONSTANT_REMOVED:
            break;
        }
    }
}

/* typedef enum: the names alone, numbered where the count is broken. */
static void plan_c_enum(struct body *body, const struct decl *decl,
                        const struct condition_list *conditions)
{
    struct header *header = body->header;
    node_t node = body_add(body, "c_enum", conditions);
    struct node_list list = { 0 };
    uint64_t next = 0;

    defs_text(header->defs, node, "name", decl->name);
    header_doc(header, node, "doc", decl->doc);
    LIST_EACH(constant, &decl->set->constants)
    {
        node_t value;

        if ( constant->kind != CONSTANT_VALUE )
            continue;
        value = defs_node(header->defs, "enumerator");
        defs_text(header->defs, value, "name",
                  model_constant_name(header->arena, decl->set, constant));
        defs_text(header->defs, value, "remark", constant->doc);
        if ( constant->value != next )
            defs_text(header->defs, value, "value", constant->text);
        next = constant->value + 1;
        *LIST_ADD(header->arena, &list) = value;
    }
    defs_list(header->defs, node, "values", &list);
}

static void plan_messages(struct body *body, const struct decl *decl,
                          const struct condition_list *conditions)
{
    struct header *header = body->header;
    node_t node = body_add(body, "messages", conditions);
    struct node_list list = { 0 };

    defs_text(header->defs, node, "name", decl->set->messages);
    LIST_EACH(constant, &decl->set->constants)
    {
        node_t message = defs_node(header->defs, "message");

        defs_text(header->defs, message, "text", constant->message);
        *LIST_ADD(header->arena, &list) = message;
    }
    defs_list(header->defs, node, "messages", &list);
}

/* A set of which every value was removed has only a number to keep. */
static bool is_empty(const struct set *set)
{
    LIST_EACH(constant, &set->constants)
        if ( constant->kind != CONSTANT_REMOVED )
            return false;
    return true;
}

void plan_set(struct body *body, const struct decl *decl,
              const struct condition_list *conditions)
{
    struct set_plan plan = { body, decl, decl->set, conditions, NULL };
    struct header *header = body->header;
    bool has_marker = header_has_marker(header, decl->name);
    node_t node;

    if ( is_empty(decl->set) )
        return;
    if ( decl->set->is_c_enum )
    {
        plan_c_enum(body, decl, conditions);
        return;
    }
    node = body_add(body, "set", conditions);
    header_doc(header, node, "doc", decl->doc);
    if ( has_marker )
    {
        defs_text(header->defs, node, "marker", decl->name);
        /* The numbers of the hypercalls stand for functions. */
        if ( !strcmp(decl->set->prefix, header_spell(header, "hypercall", "", "")) )
        {
            defs_text(header->defs, node, "from", decl->set->prefix);
            defs_text(header->defs, node, "to", header_spell(header, "function", "", "*"));
        }
    }
    plan_constants(&plan, &decl->set->constants);
    if ( has_marker )
        body_add(body, "marker_end", conditions);
    if ( decl->set->messages )
        plan_messages(body, decl, conditions);
}
