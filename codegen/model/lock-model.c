/* SPDX-License-Identifier: MIT */
/*
 * What the model publishes.
 *
 * Needs a resolved model and all architectures.  Everything is collected once
 * for each ABI at the latest version, and what only older versions have at the
 * last version that had it.
 */
#include <stdlib.h>
#include <string.h>

#include "lock-entry.h"

/* What is being collected. */
struct collect {
    const struct model *model;
    struct lock *lock;
    struct layouts *layouts;
    size_t abi;
    const char *suffix;         /* "", or "@before-3.2.10" */
    struct map seen;            /* keys without suffix -> bool, for each ABI */
};

/* ---- entries ------------------------------------------------------------- */

/* Of what several older versions have, the latest counts. */
static bool is_seen(struct collect *collect, const char *key)
{
    bool *seen = map_find(&collect->seen, key);

    if ( !seen )
    {
        seen = arena_alloc(collect->lock->arena, collect->lock->nr_abis);
        map_add(&collect->seen, key, seen);
    }
    if ( seen[collect->abi] )
        return true;
    seen[collect->abi] = true;
    return false;
}

/* NULL: the ABI has it already. */
static struct lock_attributes *add(struct collect *collect, enum lock_kind kind,
                                   const char *scope, const char *name,
                                   struct span where)
{
    struct lock *lock = collect->lock;
    const char *key = lock_key(lock->arena, kind, scope, name);
    struct lock_entry *entry = map_find(&lock->entries, key);

    if ( entry && entry->is_there[collect->abi] )
        return NULL;
    if ( *collect->suffix )
    {
        if ( is_seen(collect, key) )
            return NULL;
        name = arena_format(lock->arena, "%s%s", name, collect->suffix);
        key = lock_key(lock->arena, kind, scope, name);
        entry = NULL;
    }
    if ( !entry )
        entry = lock_add(lock, key, kind, scope, name, where);
    entry->is_there[collect->abi] = true;
    return &entry->on[collect->abi];
}

static void say(struct collect *collect, struct lock_attributes *attributes,
                const char *label, const char *value)
{
    if ( attributes && value && *value )
        *LIST_ADD(collect->lock->arena, attributes) =
            (struct lock_attribute){ label, value };
}

static void say_number(struct collect *collect, struct lock_attributes *attributes,
                       const char *label, uint64_t number)
{
    if ( number == LAYOUT_UNKNOWN )
        say(collect, attributes, label, "?");
    else
        say(collect, attributes, label,
            arena_format(collect->lock->arena, "%llu", (unsigned long long)number));
}

static void say_value(struct collect *collect, struct lock_attributes *attributes,
                      const char *label, uint64_t value, bool is_negative)
{
    if ( is_negative )
        say(collect, attributes, label,
            arena_format(collect->lock->arena, "-%llu", -(unsigned long long)value));
    else
        say(collect, attributes, label,
            arena_format(collect->lock->arena, "%llu", (unsigned long long)value));
}

static const char *type_text(struct collect *collect, const struct type *type)
{
    char *text;

    if ( !type )
        return NULL;
    text = arena_string(collect->lock->arena,
                        layout_type_string(collect->lock->arena, type, NULL));
    for ( char *at = text; *at; at++ )
        if ( *at == ' ' || *at == ',' )
            *at = '_';                 /* one word in the file */
    return text;
}

/* ---- structures ---------------------------------------------------------- */

static void add_structure(struct collect *collect, const struct structure *structure)
{
    const struct layout *layout = layout_of_aggregate(collect->layouts,
                                                      structure->aggregate);
    struct lock_attributes *attributes;
    struct layout_field_list fields = { 0 };

    attributes = add(collect, LOCK_structure, NULL, structure->name,
                     structure->decl->where);
    say_number(collect, attributes, "size", layout->size);
    if ( layout->align )
        say_number(collect, attributes, "align", layout->align);
    layout_fields(collect->layouts, structure->aggregate, &fields);
    LIST_EACH(field, &fields)
    {
        attributes = add(collect, LOCK_field, structure->name, field->path,
                         field->member->where);
        say(collect, attributes, "direction", direction_text(field->direction));
        say_number(collect, attributes, "offset", field->offset);
        say_number(collect, attributes, "size", field->size);
    }
}

/* ---- sets ---------------------------------------------------------------- */

static void add_constant(struct collect *collect, const struct decl *decl,
                         const char *scope, const struct constant *constant, bool is_bit)
{
    const char *name = model_constant_name(collect->lock->arena, decl->set, constant);
    struct lock_attributes *attributes;

    if ( constant->kind == CONSTANT_MACRO ||
         !view_holds(layouts_view(collect->layouts), &constant->conditions) )
        return;
    if ( constant->kind == CONSTANT_REMOVED )
    {
        attributes = add(collect, is_bit ? LOCK_removed_bit : LOCK_removed_value,
                         scope, name, constant->where);
        say_value(collect, attributes, "number", constant->value, constant->is_negative);
        return;
    }
    attributes = add(collect, is_bit ? LOCK_bit : LOCK_value, scope, name,
                     constant->where);
    if ( constant->kind == CONSTANT_VALUE )
    {
        say_value(collect, attributes, "number", constant->value, constant->is_negative);
        return;
    }
    say_number(collect, attributes, "high", (uint64_t)constant->high);
    say_number(collect, attributes, "low", (uint64_t)constant->low);
    if ( constant->shift )
        say_number(collect, attributes, "shift", (uint64_t)constant->shift);
    for ( size_t i = 0; i < constant->values.count; i++ )
        add_constant(collect, decl,
                     arena_format(collect->lock->arena, "%s.%s", scope, constant->name),
                     &constant->values.at[i], false);
}

static void add_set(struct collect *collect, const struct decl *decl)
{
    struct lock_attributes *attributes;

    if ( decl->set->width )
    {
        attributes = add(collect, LOCK_set, NULL, decl->name, decl->where);
        say_number(collect, attributes, "size",
                   layout_of(collect->layouts, decl->set->width)->size);
    }
    LIST_EACH(constant, &decl->set->constants)
        add_constant(collect, decl, decl->name, constant, decl->kind == DECL_bits);
}

/* ---- calls --------------------------------------------------------------- */

static void add_arguments(struct collect *collect, const char *scope,
                          const struct parameter_values *parameters)
{
    struct lock_attributes *attributes;
    uint64_t place = 1;

    LIST_EACH(parameter, parameters)
    {
        attributes = add(collect, LOCK_argument, scope, parameter->name,
                         parameter->where);
        say_number(collect, attributes, "place", place++);
        say(collect, attributes, "direction", direction_text(parameter->direction));
        if ( parameter->type )
            say_number(collect, attributes, "size",
                       layout_of(collect->layouts, parameter->type)->size);
    }
}

static void add_hypercall(struct collect *collect, const struct decl *decl)
{
    const struct hypercall *hypercall = decl->hypercall;
    struct lock_attributes *attributes;

    attributes = add(collect, LOCK_hypercall, NULL, decl->name, decl->where);
    say_number(collect, attributes, "number", hypercall->number);
    say(collect, attributes, "returns", type_text(collect, hypercall->result));
    add_arguments(collect, decl->name, &hypercall->parameters);
}

/* 'in x when P;' beside 'in x;' are two. */
static void add_use(struct collect *collect, const char *scope,
                    const struct member *refinement)
{
    struct text name = { .arena = collect->lock->arena };

    if ( !view_holds(layouts_view(collect->layouts), &refinement->conditions) )
        return;
    text_add(&name, refinement->refines.text);
    LIST_EACH(when, &refinement->when)
        text_format(&name, "@%s", when->text);
    say(collect, add(collect, LOCK_use, scope, text_string(&name), refinement->where),
        "direction", direction_text(refinement->direction));
}

static const char *structure_name(const struct op *op)
{
    if ( op->structure.decl && op->structure.decl->kind == DECL_op )
        return op->structure.decl->op->aggregate->tag;
    if ( op->structure.text )
        return op->structure.text;
    return op->owns_structure ? op->aggregate->tag : NULL;
}

static void add_op(struct collect *collect, const struct decl *decl)
{
    const struct op *op = decl->op;
    struct lock_attributes *attributes;
    const char *name;

    if ( !op->hypercall )
        return;
    name = arena_format(collect->lock->arena, "%s%s", op->hypercall->op_prefix,
                        decl->name);
    attributes = add(collect, decl->is_removed ? LOCK_removed_op : LOCK_op,
                     op->hypercall->decl->name, name, decl->where);
    say_number(collect, attributes, "number", op->number);
    if ( decl->is_removed )
        return;
    say(collect, attributes, "structure", structure_name(op));
    say(collect, attributes, "returns", type_text(collect, op->result));
    add_arguments(collect, name, &op->parameters);
    LIST_EACH(refinement, &op->refinements)
        add_use(collect, name, refinement);
}

/* ---- all of it ----------------------------------------------------------- */

static void add_decl(struct collect *collect, const struct decl *decl)
{
    struct type named = { .kind = TYPE_NAMED, .name.decl = (struct decl *)decl };

    switch ( decl->kind )
    {
    case DECL_const:
        if ( !decl->is_extern )
            say_value(collect, add(collect, LOCK_constant, NULL, decl->name, decl->where),
                      "value", decl->value, decl->is_negative);
        break;
    case DECL_type:
        say_number(collect, add(collect, LOCK_type, NULL, decl->name, decl->where),
                   "size", layout_of(collect->layouts, &named)->size);
        break;
    case DECL_bits:
    case DECL_enum:
    case DECL_status:
        add_set(collect, decl);
        break;
    case DECL_hypercall:
        add_hypercall(collect, decl);
        break;
    case DECL_op:
        add_op(collect, decl);
        break;
    default:
        break;
    }
}

static void add_version(struct collect *collect, const struct decl_list *decls,
                        const struct structure_list *structures)
{
    const struct view *view = layouts_view(collect->layouts);

    LIST_EACH(decl, decls)
        if ( view_has(view, *decl) )
            add_decl(collect, *decl);
    LIST_EACH(structure, structures)
        if ( view_has(view, structure->decl) )
            add_structure(collect, structure);
}

/* ---- versions that had more ---------------------------------------------- */

/* What 'before' is said of, and the versions that it names. */
struct older {
    struct arena *arena;
    struct decl_list decls;
    struct structure_list structures;
    struct { uint32_t *at; size_t count, room; } versions;
};

static bool note_conditions(struct older *older, const struct condition_list *conditions)
{
    bool is_older = false;

    LIST_EACH(condition, conditions)
    {
        bool is_known = condition->kind != CONDITION_BEFORE || !condition->version;

        is_older |= condition->kind == CONDITION_BEFORE;
        LIST_EACH(version, &older->versions)
            is_known |= *version == condition->version;
        if ( !is_known )
            *LIST_ADD(older->arena, &older->versions) = condition->version;
    }
    return is_older;
}

static bool note_members(struct older *older, const struct aggregate *aggregate)
{
    bool is_older = false;

    LIST_EACH(member, &aggregate->members)
    {
        const struct type *type = member->type;

        is_older |= note_conditions(older, &member->conditions);
        while ( type && type->kind == TYPE_ARRAY )
            type = type->element;
        if ( type && type->kind == TYPE_AGGREGATE )
            is_older |= note_members(older, type->aggregate);
    }
    return is_older;
}

static bool note_decl(struct older *older, const struct decl *decl)
{
    bool is_older = false;

    for ( const struct decl *outer = decl; outer; outer = outer->owner )
        is_older |= note_conditions(older, &outer->conditions);
    if ( decl->set )
        LIST_EACH(constant, &decl->set->constants)
            is_older |= note_conditions(older, &constant->conditions);
    if ( decl->op )
        LIST_EACH(refinement, &decl->op->refinements)
            is_older |= note_conditions(older, &refinement->conditions);
    return is_older;
}

static int newest_first(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return a > b ? -1 : a < b;
}

static void find_older(struct older *older, const struct decl_list *decls,
                       const struct structure_list *structures)
{
    LIST_EACH(decl, decls)
        if ( note_decl(older, *decl) )
            *LIST_ADD(older->arena, &older->decls) = *decl;
    LIST_EACH(structure, structures)
    {
        bool of_decl = note_decl(older, structure->decl);
        bool of_members = note_members(older, structure->aggregate);

        if ( of_decl || of_members )
            *LIST_ADD(older->arena, &older->structures) = *structure;
    }
    if ( older->versions.count )
        qsort(older->versions.at, older->versions.count, sizeof(*older->versions.at),
              newest_first);
}

/* ---- the architectures --------------------------------------------------- */

static int by_name(const void *left, const void *right)
{
    const struct arch *const *a = left, *const *b = right;

    return strcmp((*a)->name, (*b)->name);
}

static struct lock *new_lock(const struct model *model, const struct arch **arches)
{
    struct lock *lock = arena_alloc(model->arena, sizeof(*lock));

    lock->arena = lock->entries.arena = model->arena;
    lock->nr_abis = model->arches.count;
    lock->abis = arena_alloc(model->arena, (lock->nr_abis + 1) * sizeof(*lock->abis));
    for ( size_t i = 0; i < lock->nr_abis; i++ )
        arches[i] = model->arches.at[i];
    qsort(arches, lock->nr_abis, sizeof(*arches), by_name);
    for ( size_t i = 0; i < lock->nr_abis; i++ )
        lock->abis[i] = arches[i]->name;
    return lock;
}

struct lock *lock_of_model(const struct model *model)
{
    const struct arch **arches = arena_alloc(model->arena,
                                             (model->arches.count + 1) * sizeof(*arches));
    struct collect collect = { .model = model, .lock = new_lock(model, arches) };
    struct structure_list structures = { 0 };
    struct decl_list decls = { 0 };
    struct older older = { .arena = model->arena };

    collect.seen.arena = model->arena;
    layout_decls(model, &decls);
    layout_structures(model, &structures);
    find_older(&older, &decls, &structures);
    for ( collect.abi = 0; collect.abi < collect.lock->nr_abis; collect.abi++ )
    {
        struct view view = view_latest(arches[collect.abi]);
        struct layouts *latest = layouts_new(model, &view);

        lock_add(collect.lock, lock_key(model->arena, LOCK_abi, NULL,
                                        arches[collect.abi]->name),
                 LOCK_abi, NULL, arches[collect.abi]->name, arches[collect.abi]->where);
        collect.layouts = latest;
        collect.suffix = "";
        add_version(&collect, &decls, &structures);
        LIST_EACH(version, &older.versions)
        {
            collect.layouts = layouts_at(latest, *version - 1);
            collect.suffix = arena_format(model->arena, "@before-%s",
                                          version_text(model->arena, *version));
            add_version(&collect, &older.decls, &older.structures);
        }
    }
    return collect.lock;
}
