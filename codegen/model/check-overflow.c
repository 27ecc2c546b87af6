/* SPDX-License-Identifier: MIT */
/*
 * [overflow]: how many bytes a list has fits into 64 bits, whatever the caller
 * says.  Works with upper bounds: of numbers from their widths and from what is
 * required, of types without looking at any architecture.
 */
#include <string.h>

#include "checks.h"

/* More than any count times any size may be. */
#define UNBOUNDED ((__uint128_t)1 << 100)

static __uint128_t at_most(__uint128_t value)
{
    return value > UNBOUNDED ? UNBOUNDED : value;
}

static __uint128_t multiply(__uint128_t left, __uint128_t right)
{
    return left && right > UNBOUNDED / left ? UNBOUNDED : left * right;
}

/* ---- numbers ------------------------------------------------------------- */

struct bounds {
    struct checker *checker;
    const struct scope *scope;
    int depth;                  /* of fields that bound each other */
};

static __uint128_t bound_of(const struct bounds *bounds,
                            const struct expression *expression);

/* 'name <= E', if it always has to hold. */
static __uint128_t bound_in(const struct bounds *bounds, const char *name,
                            const struct expression *required)
{
    __uint128_t left, right;

    if ( required->kind != EXPRESSION_BINARY )
        return UNBOUNDED;
    if ( required->operator == OPERATOR_and )
    {
        left = bound_in(bounds, name, required->left);
        right = bound_in(bounds, name, required->right);
        return left < right ? left : right;
    }
    if ( (required->operator != OPERATOR_less_equal &&
          required->operator != OPERATOR_equal) ||
         required->left->kind != EXPRESSION_NAME || strcmp(required->left->text, name) )
        return UNBOUNDED;
    return bound_of(bounds, required->right);
}

static __uint128_t required_bound(const struct bounds *bounds, const char *name)
{
    const struct callable *call = bounds->scope->call;
    const struct clause_list *lists[] = {
        call->scopes.at[0].clauses, &call->hypercall->clauses,
    };
    struct bounds inner = *bounds;
    __uint128_t least = UNBOUNDED;

    inner.depth++;
    for ( size_t i = 0; i < 2 && inner.depth < 4; i++ )
        LIST_EACH(clause, lists[i])
            if ( clause->condition && !clause->conditions.count )
            {
                __uint128_t bound = bound_in(&inner, name, clause->condition);

                least = bound < least ? bound : least;
            }
    return least;
}

static __uint128_t ones(unsigned int bits)
{
    return ((__uint128_t)1 << bits) - 1;
}

static __uint128_t name_bound(const struct bounds *bounds, const char *name)
{
    struct named named = path_find(bounds->checker, bounds->scope, name);
    __uint128_t required, width;

    if ( named.kind == NAMED_CONSTANT )
        return named.decl->is_extern ? ones(type_width(named.decl->type))
               : named.decl->kind == DECL_const ? named.decl->value : UNBOUNDED;
    if ( named.kind != NAMED_FIELD )
        return named.kind == NAMED_NOTHING ? 0 : 1;
    required = required_bound(bounds, named.field->path);
    width = ones(type_width(named.field->type));
    return required < width ? required : width;
}

static __uint128_t binary_bound(const struct bounds *bounds,
                                const struct expression *expression)
{
    __uint128_t left = bound_of(bounds, expression->left);
    __uint128_t right = bound_of(bounds, expression->right);

    switch ( expression->operator )
    {
    case OPERATOR_multiply:
        return multiply(left, right);
    case OPERATOR_add:
        return at_most(left + right);
    case OPERATOR_subtract:
        return left;
    case OPERATOR_shift_left:
        return !left ? 0 : right >= 100 || left > UNBOUNDED >> right ? UNBOUNDED
                                                                     : left << right;
    default:
        return 1;
    }
}

static __uint128_t bound_of(const struct bounds *bounds,
                            const struct expression *expression)
{
    switch ( expression->kind )
    {
    case EXPRESSION_NUMBER:
        return expression->value;
    case EXPRESSION_NAME:
        return name_bound(bounds, expression->text);
    case EXPRESSION_BITS:
        return ones(expression->high < 0 ? 64 - (unsigned int)expression->low
                    : (unsigned int)(expression->high - expression->low + 1));
    default:
        return binary_bound(bounds, expression);
    }
}

/* ---- sizes --------------------------------------------------------------- */

/* Not worked out: large for an array, and small enough to do no harm. */
#define SOME_LENGTH 0x10000

static __uint128_t type_bound(struct checker *checker, const struct type *type);

/* Each member with as much padding as any architecture gives it. */
static __uint128_t aggregate_bound(struct checker *checker,
                                   const struct aggregate *aggregate)
{
    struct mark *mark = check_mark(checker, aggregate);
    __uint128_t size = 0;

    if ( mark->size )
        return mark->size;
    LIST_EACH(member, &aggregate->members)
        if ( member->type )
            size = at_most(size + type_bound(checker, member->type) + 7);
    return check_mark(checker, aggregate)->size = size;
}

static __uint128_t length_bound(struct checker *checker,
                                const struct expression *length)
{
    const struct decl *decl = length && length->kind == EXPRESSION_NAME
                              ? map_find(&checker->model->macros, length->text) : NULL;

    if ( length && length->kind == EXPRESSION_NUMBER )
        return length->value;
    return decl && decl->kind == DECL_const && !decl->is_extern ? decl->value : SOME_LENGTH;
}

static __uint128_t type_bound(struct checker *checker, const struct type *type)
{
    const struct type *plain = type_plain(type);
    const struct aggregate *inside = model_type_aggregate(type);

    if ( !plain || (plain->kind == TYPE_BASE && plain->base == BASE_void) )
        return 1;
    if ( plain->kind == TYPE_ARRAY )
        return multiply(length_bound(checker, plain->length),
                        type_bound(checker, plain->element));
    if ( inside )
        return aggregate_bound(checker, inside);
    return type_width(plain) ? type_width(plain) / 8 : 8;
}

/* ---- the check ----------------------------------------------------------- */

void check_overflow(struct checker *checker, const struct callable *call)
{
    if ( call->decl->is_legacy )
        return;
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];
        const struct type *list = type_plain(field->type);
        struct scope scope = { call, NULL, field->around, NULL };
        struct bounds bounds = { checker, &scope, 0 };
        __uint128_t count, size;

        if ( !list || list->kind != TYPE_HANDLE || !list->length ||
             list->element->kind == TYPE_OP )
            continue;
        count = bound_of(&bounds, list->length);
        size = type_bound(checker, list->element);
        if ( !size || count <= UINT64_MAX / size || !check_first_at(checker, field->where) )
            continue;
        check_error(checker, list->length->where,
                    "nothing keeps the bytes of '%s' below 2^64", field->path);
        check_help(checker, list->length->where,
                   "use a narrower number, or bound it: require ... <= 0x10000 else ERR;");
    }
}
