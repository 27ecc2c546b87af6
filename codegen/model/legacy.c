/* SPDX-License-Identifier: MIT */
/*
 * Which rules hold: those for what is frozen, or those for what is new.
 *
 * Needs names bound.  Gives is_legacy of every declaration: in a file with
 * legacy ops all is legacy but what only strict ops use.
 */
#include "model.h"

static void mark_type(const struct type *type, const struct interface *interface, bool legacy);

static void mark_members(const struct aggregate *aggregate,
                         const struct interface *interface, bool legacy)
{
    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
        {
            member->decl->used_by_legacy |= legacy;
            member->decl->used_by_strict |= !legacy;
            mark_members(member->decl->aggregate, interface, legacy);
        }
        mark_type(member->type, interface, legacy);
    }
}

static void mark_type(const struct type *type, const struct interface *interface, bool legacy)
{
    for ( ; type; type = type->element )
    {
        struct decl *decl = type->kind == TYPE_NAMED ? type->name.decl : NULL;

        if ( type->kind == TYPE_AGGREGATE )
            mark_members(type->aggregate, interface, legacy);
        if ( !decl || (legacy ? decl->used_by_legacy : decl->used_by_strict) )
            continue;
        decl->used_by_legacy |= legacy;
        decl->used_by_strict |= !legacy;
        if ( decl->kind != DECL_op )
            mark_members(decl->aggregate, interface, legacy);
        mark_type(decl->type, interface, legacy);
    }
}

static bool op_is_legacy(const struct decl *decl)
{
    const struct interface *interface = decl->interface;

    return interface->has_legacy && decl->op->number >= interface->legacy.low &&
           decl->op->number <= interface->legacy.high;
}

static void mark_op(struct decl *decl)
{
    const struct op *op = decl->op;

    decl->is_legacy = op_is_legacy(decl);
    if ( op->structure.decl )
    {
        struct type borrowed = { .kind = TYPE_NAMED, .name = op->structure };

        mark_type(&borrowed, decl->interface, decl->is_legacy);
    }
    mark_members(op->aggregate, decl->interface, decl->is_legacy);
    LIST_EACH(parameter, &op->parameters)
        mark_type(parameter->type, decl->interface, decl->is_legacy);
    mark_type(op->result, decl->interface, decl->is_legacy);
}

static void settle_members(const struct aggregate *aggregate)
{
    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        if ( member->decl )
        {
            member->decl->is_legacy = member->decl->owner->is_legacy;
            settle_members(member->decl->aggregate);
        }
        else if ( member->type && member->type->kind == TYPE_AGGREGATE )
            settle_members(member->type->aggregate);
    }
}

static void mark_ops(struct interface *interface)
{
    for ( size_t i = 0; i < interface->decls.count; i++ )
        if ( interface->decls.at[i]->kind == DECL_op )
            mark_op(interface->decls.at[i]);
}

static void settle(struct interface *interface)
{
    for ( size_t i = 0; i < interface->decls.count; i++ )
    {
        struct decl *decl = interface->decls.at[i];

        if ( decl->kind == DECL_extend && decl->target.decl )
            decl->is_legacy = decl->target.decl->is_legacy;
        else if ( decl->kind != DECL_op )
            decl->is_legacy = interface->has_legacy &&
                              (decl->used_by_legacy || !decl->used_by_strict);
        settle_members(decl->aggregate);
        if ( decl->op )
            settle_members(decl->op->aggregate);
    }
}

/* An op may use what another interface declares: all ops come first. */
void legacy_mark(struct model *model)
{
    for ( size_t i = 0; i < model->interfaces.count; i++ )
        mark_ops(model->interfaces.at[i]);
    for ( size_t i = 0; i < model->interfaces.count; i++ )
        settle(model->interfaces.at[i]);
}
