/* SPDX-License-Identifier: MIT */
/* [type]: a type stands where it can. */
#include <string.h>

#include "checks.h"

static const char *role_text(const struct use *use)
{
    static const char *const texts[] = {
        [ROLE_MEMBER] = "a member", [ROLE_STORED] = "a stored width",
        [ROLE_ARGUMENT] = "an argument", [ROLE_CALL_RESULT] = "what a call returns",
        [ROLE_WIDTH] = "the width of a set", [ROLE_PART] = "a part of bits",
        [ROLE_TYPE] = "a type", [ROLE_HANDLE] = "what a handle points at",
        [ROLE_EXTERN] = "an extern",
    };

    return texts[use->role];
}

/* ---- what may be wrapped ------------------------------------------------- */

static bool is_unresolved(const struct type *type)
{
    return type && type->kind == TYPE_NAMED && !type->name.decl && !type_is_right(type);
}

static bool has_members(const struct type *type)
{
    return model_type_aggregate(type) ||
           (type && type->kind == TYPE_NAMED && type->name.decl &&
            type->name.decl->kind == DECL_struct);
}

static void check_wrapper(struct checker *checker, const struct type *type)
{
    static const char *const names[] = {
        [TYPE_RESERVED] = "reserved", [TYPE_UNCHECKED] = "unchecked",
        [TYPE_MACHINE] = "machine",
    };
    const struct type *inner = type->element;
    const char *name = names[type->kind];
    const struct type *plain = type_plain(inner);

    /* Behind a handle, the name of its type is the handle's. */
    if ( is_unresolved(plain) ||
         (plain->kind == TYPE_NAMED && plain->name.decl->kind == DECL_handle) )
        return;
    if ( has_members(inner) )
    {
        check_error(checker, type->where, "'%s' is for numbers, and this is a structure",
                    name);
        check_help(checker, type->where, "say it of its members");
    }
    else if ( type->kind == TYPE_MACHINE && !type_is_integer(inner) )
        check_error(checker, type->where,
                    "'machine' is for the number of a frame or for an address, not for %s",
                    type_text(checker->arena, inner));
    else if ( type->kind == TYPE_UNCHECKED && !type_is_integer(inner) )
        check_error(checker, type->where, "'unchecked' is for numbers, not for %s",
                    type_text(checker->arena, inner));
}

/* ---- each part of a type ------------------------------------------------- */

static bool may_be_op(const struct use *use, bool in_handle)
{
    return in_handle && use->role == ROLE_ARGUMENT && use->decl->kind == DECL_hypercall;
}

/* Flexible arrays end a structure. */
static void check_flexible(struct checker *checker, const struct use *use,
                           const struct type *type)
{
    const struct member_list *members = use->body ? &use->body->aggregate->members : NULL;

    if ( type->length || type->kind != TYPE_ARRAY )
        return;
    if ( !members || type != use->type )
        check_error(checker, type->where, "an array without a length can only end a "
                    "structure");
    else
        for ( size_t i = (size_t)(use->member - members->at) + 1; i < members->count; i++ )
            if ( members->at[i].name || use->body->aggregate->is_union )
            {
                check_error(checker, type->where, "an array without a length ends a "
                            "structure, and '%s' follows",
                            members->at[i].name ? members->at[i].name : "something");
                return;
            }
}

static void check_part(struct checker *checker, const struct use *use,
                       const struct type *type, bool in_handle)
{
    switch ( type->kind )
    {
    case TYPE_RESERVED:
    case TYPE_UNCHECKED:
    case TYPE_MACHINE:
        check_wrapper(checker, type);
        break;
    case TYPE_BASE:
        if ( type->base == BASE_void && !in_handle )
            check_error(checker, type->where, "'void' stands in handles only");
        break;
    case TYPE_OP:
        if ( !may_be_op(use, in_handle) )
            check_error(checker, type->where, "'op' stands in the handle that a hypercall "
                        "takes: handle<op>");
        break;
    case TYPE_COUNT:
        if ( use->role != ROLE_CALL_RESULT || use->decl->kind != DECL_op )
            check_error(checker, type->where, "'count' is what an op returns: -> count<%s>",
                        type->name.text);
        break;
    case TYPE_NAMED:
        if ( type_is_right(type) && use->role != ROLE_EXTERN )
            check_error(checker, type->where, "a right is no data; it is declared with "
                        "'extern NAME: right;'");
        break;
    case TYPE_ARRAY:
        check_flexible(checker, use, type);
        break;
    default:
        break;
    }
}

/* ---- the whole ----------------------------------------------------------- */

static bool is_in_structure(const struct use *use)
{
    return use->role == ROLE_MEMBER || use->role == ROLE_TYPE;
}

static void check_aligned(struct checker *checker, const struct use *use)
{
    const struct type *type = use->type;

    while ( type->element && type->kind != TYPE_HANDLE && type->kind != TYPE_POINTER )
        type = type->element;
    if ( type->kind == TYPE_BASE && type->base == BASE_u64_aligned && !is_in_structure(use) )
    {
        check_error(checker, type->where, "'u64_aligned' is about layout, and %s has none",
                    role_text(use));
        check_help(checker, type->where, "write u64");
    }
}

/* What has to be a number, or at most points at something. */
static void check_scalar(struct checker *checker, const struct use *use)
{
    const struct type *plain = type_plain(use->type);
    bool points = plain && (plain->kind == TYPE_HANDLE || plain->kind == TYPE_POINTER);

    if ( !plain || type_is_integer(use->type) || plain->kind == TYPE_COUNT ||
         plain->kind == TYPE_OP || is_unresolved(plain) || type_is_right(plain) ||
         (points && use->role == ROLE_ARGUMENT) )
        return;
    if ( plain->kind == TYPE_BASE )
        return;                 /* void has its own sentence */
    check_error(checker, use->type->where, "%s is an integer, and %s is none",
                role_text(use), type_text(checker->arena, use->type));
}

static uint64_t largest_value(const struct decl *decl)
{
    uint64_t largest = 0;

    LIST_EACH(constant, &decl->set->constants)
    {
        uint64_t value = constant->value;

        if ( constant->kind == CONSTANT_MACRO || constant->is_negative )
            continue;
        if ( constant->kind == CONSTANT_FIELD )
            value = constant->high >= 0 && constant->high < 64
                    ? UINT64_C(1) << constant->high : 0;
        else if ( decl->kind == DECL_bits )
            value = value < 64 ? UINT64_C(1) << value : 0;
        if ( value > largest )
            largest = value;
    }
    return largest;
}

/* 'space: phys_map_space as u16' */
static void check_stored(struct checker *checker, const struct use *use)
{
    const struct type *type = use->member->type;
    const struct set *set = model_type_set(type);
    unsigned int width = type_width(use->type);
    const struct decl *decl;
    uint64_t largest;

    if ( is_unresolved(type) || is_unresolved(use->type) )
        return;
    if ( !set || !width )
    {
        check_error(checker, use->type->where, set
                    ? "a set is stored as an integer, and %s is none"
                    : "'as' stores a set in another width, and '%s' is no set",
                    set ? type_text(checker->arena, use->type) : use->name);
        return;
    }
    while ( type->kind != TYPE_NAMED )
        type = type->element;
    decl = type->name.decl;
    largest = largest_value(decl);
    if ( width < 64 && largest >> (type_is_signed(use->type) ? width - 1 : width) )
    {
        check_error(checker, use->type->where, "%s is too narrow for '%s', whose largest "
                    "value is 0x%llx", type_text(checker->arena, use->type), decl->name,
                    (unsigned long long)largest);
        check_note(checker, decl->where, "'%s' is here", decl->name);
    }
}

static bool is_part_of_bits(const struct use *use)
{
    return use->role == ROLE_PART;
}

void check_type_place(struct checker *checker, const struct use *use)
{
    bool in_handle = use->role == ROLE_HANDLE;

    for ( const struct type *type = use->type; type; type = type->element )
    {
        check_part(checker, use, type, in_handle);
        in_handle |= type->kind == TYPE_HANDLE || type->kind == TYPE_POINTER;
    }
    check_aligned(checker, use);
    if ( use->role == ROLE_STORED )
        check_stored(checker, use);
    else if ( use->role == ROLE_ARGUMENT || use->role == ROLE_CALL_RESULT ||
              use->role == ROLE_WIDTH || is_part_of_bits(use) )
        check_scalar(checker, use);
}

/* ---- what clauses name ------------------------------------------------------ */

static bool is_handle(const struct type *type)
{
    const struct type *plain = type_plain(type);

    return plain && (plain->kind == TYPE_HANDLE || plain->kind == TYPE_POINTER);
}

static void visit_operand(struct checker *checker, const struct scope *scope,
                          const struct expression *expression, const struct named *named)
{
    (void)scope;
    if ( named->kind != NAMED_FIELD || type_is_integer(named->field->type) ||
         is_unresolved(type_plain(named->field->type)) )
        return;
    check_error(checker, expression->where, "'%s' is no number", named->field->path);
    check_note(checker, named->field->where, "'%s' is here", named->field->name);
    if ( is_handle(named->field->type) )
        check_help(checker, expression->where, "whether it is NULL says '%s.null'",
                   expression->text);
}

void check_operands(struct checker *checker, const struct scope *scope,
                    const struct clause *clause)
{
    path_each(checker, scope, clause->condition, visit_operand);
    if ( clause->kind != CLAUSE_handles )
        return;
    LIST_EACH(name, &clause->names)
    {
        struct named named = path_find(checker, scope, name->text);

        if ( named.kind == NAMED_NOTHING ||
             (named.kind == NAMED_FIELD && is_handle(named.field->type)) )
            continue;
        check_error(checker, name->where, "'%s' is no handle", name->text);
        if ( named.field )
            check_note(checker, named.field->where, "'%s' is here", named.field->name);
    }
}
