/* SPDX-License-Identifier: MIT */
/*
 * Relations between fields, exactly: where a side could overflow the type of
 * its fields, that it does not is asked first.
 *
 * What is known when the dispatcher is planned (architectures, ranges of types)
 * is not asked at all.
 */
#include <string.h>

#include "plan-dispatch.h"

typedef unsigned __int128 wide_t;

/* An expression's value, and how large it can be. */
struct side {
    node_t node;
    wide_t most;
    unsigned int width;         /* of the type that it has in C, promoted */
    const struct set *set;
    bool is_narrow;             /* what it is promoted to is signed */
    struct truth fits;          /* nothing in it overflows */
};

static wide_t most_of(unsigned int bits)
{
    return ((wide_t)1 << bits) - 1;
}

static struct named find(const struct condition_scope *scope, const char *path)
{
    return dispatch_find(scope->dispatch, scope->scope, scope->hypercall,
                         scope->work ? scope->work->op : NULL, path);
}

static node_t plan_name(const struct condition_scope *scope, const char *kind, const char *text)
{
    node_t node = defs_node(scope->dispatch->defs, kind);

    defs_text(scope->dispatch->defs, node, "text", text);
    defs_text(scope->dispatch->defs, node, "outside", scope->work ? "" : "1");
    return node;
}

/* A field of the structure, or an argument. */
static node_t plan_field(const struct condition_scope *scope, const char *path)
{
    const char *access = scope->work && scope->work->structure ? scope->work->access : "";

    return plan_name(scope, "name", arena_format(scope->dispatch->arena, "%s%s", access, path));
}

static struct truth plan_test(const struct condition_scope *scope, const struct named *named,
                              bool negate)
{
    struct dispatch *dispatch = scope->dispatch;
    bool is_bit = named->is_bits;
    node_t node = defs_node(dispatch->defs, is_bit ? "has_bit" : "compare");

    defs_text(dispatch->defs, node, "sign",
              operator_text(negate ? OPERATOR_unequal : OPERATOR_equal));
    defs_text(dispatch->defs, node, "not", is_bit && negate ? "1" : "");
    plan_child(dispatch, node, "left", plan_field(scope, named->path));
    plan_child(dispatch, node, "right", plan_name(scope, "name",
        model_constant_name(dispatch->arena, named->set, named->constant)));
    return truth_ask(node);
}

static struct truth plan_named(const struct condition_scope *scope, const char *path,
                               bool negate)
{
    struct dispatch *dispatch = scope->dispatch;
    struct named named = find(scope, path);
    node_t node;

    switch ( named.kind )
    {
    case NAMED_PROPERTY:
        return plan_property(scope, named.path, named.text, negate);
    case NAMED_TEST:
        return plan_test(scope, &named, negate);
    default:
        node = defs_node(dispatch->defs, named.kind == NAMED_NULL ? "is_null" : "is_set");
        defs_text(dispatch->defs, node, "not", negate ? "1" : "");
        plan_child(dispatch, node, "left", plan_field(scope, named.path));
        return truth_ask(node);
    }
}

struct truth plan_any(const struct condition_scope *scope, const struct reference_list *names,
                      bool negate)
{
    struct truth any = negate ? truth_yes : truth_no;

    LIST_EACH(name, names)
        any = truth_join(scope->dispatch, any, plan_named(scope, name->text, negate), !negate);
    return any;
}

/* ---- values ----------------------------------------------------------------------------- */

static struct side plan_side(const struct condition_scope *scope,
                             const struct expression *expression);

static struct side name_side(const struct condition_scope *scope,
                             const struct expression *expression)
{
    struct dispatch *dispatch = scope->dispatch;
    struct named named = find(scope, expression->text);
    struct side side = { .fits = truth_yes, .set = named.set };

    switch ( named.kind )
    {
    case NAMED_EXTERN:
        side.node = plan_name(scope, "extern", named.text);
        break;
    case NAMED_PLACE:
        side.node = plan_name(scope, "place", "");
        break;
    default:
        side.node = plan_field(scope, named.path ? named.path : named.text);
        break;
    }
    side.width = named.type ? dispatch_width(dispatch, named.type) : 32;
    side.most = most_of(side.width);
    side.is_narrow = side.width < 32;
    if ( side.is_narrow )
        side.width = 32;
    return side;
}

/* Bits, shifted down; the place stands by itself already. */
static struct side bits_side(const struct condition_scope *scope,
                             const struct expression *expression)
{
    struct dispatch *dispatch = scope->dispatch;
    struct named named = find(scope, expression->left->text);
    struct side side = plan_side(scope, expression->left);
    unsigned int width = dispatch_width(dispatch, named.type);
    unsigned int high = expression->high < 0 ? width - 1 : (unsigned int)expression->high;
    unsigned int low = (unsigned int)expression->low;
    node_t node = side.node;

    side.most = most_of(high - low + 1);
    side.set = NULL;
    if ( named.kind == NAMED_PLACE )
        return side;
    side.node = defs_node(dispatch->defs, "bits");
    plan_child(dispatch, side.node, "left", node);
    defs_number(dispatch->defs, side.node, "low", low);
    defs_text(dispatch->defs, side.node, "mask",
              arena_format(dispatch->arena, "0x%llx", (unsigned long long)side.most));
    defs_text(dispatch->defs, side.node, "in_place",
              arena_format(dispatch->arena, "0x%llx", (unsigned long long)(side.most << low)));
    defs_text(dispatch->defs, side.node, "shifted", low ? "1" : "");
    defs_text(dispatch->defs, side.node, "cut", high + 1 < width ? "1" : "");
    return side;
}

static wide_t ideal(enum operator operator, wide_t a, wide_t b)
{
    const wide_t huge = ~(wide_t)0;

    switch ( operator )
    {
    case OPERATOR_add:        return a + b;
    case OPERATOR_multiply:   return a && b > huge / a ? huge : a * b;
    case OPERATOR_shift_left: return b >= 64 || a > huge >> b ? huge : a << b;
    default:                  return a;
    }
}

static const char *fits_kind(enum operator operator)
{
    return operator == OPERATOR_multiply ? "multiply_fits"
           : operator == OPERATOR_shift_left ? "shift_fits"
           : operator == OPERATOR_subtract ? "subtract_fits" : "add_fits";
}

static struct side binary_side(const struct condition_scope *scope,
                               const struct expression *expression)
{
    struct dispatch *dispatch = scope->dispatch;
    struct side a = plan_side(scope, expression->left), b = plan_side(scope, expression->right);
    struct side side = { .node = defs_node(dispatch->defs, "binary") };
    bool is_shift = expression->operator == OPERATOR_shift_left;

    side.width = is_shift || a.width > b.width ? a.width : b.width;
    side.most = ideal(expression->operator, a.most, b.most);
    side.fits = truth_join(dispatch, a.fits, b.fits, false);
    plan_child(dispatch, side.node, "left", a.node);
    plan_child(dispatch, side.node, "right", b.node);
    defs_text(dispatch->defs, side.node, "sign", operator_text(expression->operator));
    side.is_narrow = a.is_narrow && b.is_narrow && expression->operator == OPERATOR_add;
    if ( is_shift )
        defs_text(dispatch->defs, side.node, "shift", "1");
    else if ( a.is_narrow && expression->operator != OPERATOR_add )
        defs_text(dispatch->defs, side.node, "unsigned", "1");
    if ( side.most > most_of(side.width) || expression->operator == OPERATOR_subtract )
    {
        node_t node = defs_node(dispatch->defs, fits_kind(expression->operator));

        plan_child(dispatch, node, "left", a.node);
        plan_child(dispatch, node, "right", b.node);
        defs_number(dispatch->defs, node, "bits", side.width);
        side.fits = truth_join(dispatch, side.fits, truth_ask(node), false);
        side.most = most_of(side.width);
    }
    return side;
}

static struct side plan_side(const struct condition_scope *scope,
                             const struct expression *expression)
{
    switch ( expression->kind )
    {
    case EXPRESSION_NUMBER:
        return (struct side){ .node = plan_name(scope, "number", expression->text),
                              .most = expression->value, .fits = truth_yes,
                              .width = expression->value > most_of(32) ? 64 : 32 };
    case EXPRESSION_NAME:
        return name_side(scope, expression);
    case EXPRESSION_BITS:
        return bits_side(scope, expression);
    default:
        return binary_side(scope, expression);
    }
}

node_t plan_value(const struct condition_scope *scope, const struct expression *expression)
{
    return plan_side(scope, expression).node;
}

node_t plan_count(const struct condition_scope *scope, const struct expression *expression)
{
    struct side side = plan_side(scope, expression);

    /* What overflows 32 bits fits into 64. */
    if ( side.fits.is == TRUTH_ASK )
        defs_text(scope->dispatch->defs, side.node, "wide", "1");
    return side.node;
}

/* ---- comparisons --------------------------------------------------------------------------- */

static enum operator opposite(enum operator operator)
{
    switch ( operator )
    {
    case OPERATOR_equal:   return OPERATOR_unequal;
    case OPERATOR_unequal: return OPERATOR_equal;
    default:               return operator;
    }
}

/* How 'not at most' and 'not at least' are written. */
static const char *sign_text(enum operator operator, bool negate)
{
    if ( negate && operator == OPERATOR_less_equal )
        return ">";
    if ( negate && operator == OPERATOR_greater_equal )
        return "<";
    return operator_text(negate ? opposite(operator) : operator);
}

/* A name that is a value of the other side's set. */
static bool plan_constant(const struct condition_scope *scope, const struct side *side,
                          const struct expression *expression, struct side *constant)
{
    const struct constant *found = expression->kind == EXPRESSION_NAME
                                   ? set_find(side->set, expression->text) : NULL;

    if ( !found || find(scope, expression->text).kind != NAMED_PROPERTY )
        return false;
    *constant = (struct side){ .fits = truth_yes, .width = 32, .most = found->value,
        .node = plan_name(scope, "name", model_constant_name(scope->dispatch->arena, side->set,
                                                              found)) };
    return true;
}

static bool is_number(const struct expression *expression, uint64_t value)
{
    return expression->kind == EXPRESSION_NUMBER && expression->value == value;
}

/* What is 1 or 0 by itself. */
static bool is_truth(const struct condition_scope *scope, const struct expression *expression)
{
    enum named_kind kind = expression->kind == EXPRESSION_NAME
                           ? find(scope, expression->text).kind : NAMED_NOTHING;

    return kind == NAMED_PROPERTY || kind == NAMED_NULL || kind == NAMED_TEST;
}

/* A sum is at least each of its parts, as nothing wraps. */
static bool is_always(const struct expression *expression, const struct side *left,
                      const struct side *right)
{
    const struct expression *sum = expression->left, *part = expression->right;

    if ( expression->operator == OPERATOR_less_equal )
        return part->kind == EXPRESSION_NUMBER && left->most <= right->most;
    return expression->operator == OPERATOR_greater_equal && sum->kind == EXPRESSION_BINARY &&
           sum->operator == OPERATOR_add && part->kind == EXPRESSION_NAME &&
           sum->left->kind == EXPRESSION_NAME && !strcmp(sum->left->text, part->text);
}

/* That no overflow happens must hold; negated, that one does is enough. */
static struct truth with_fits(const struct condition_scope *scope, struct truth fits,
                              struct truth truth, bool negate)
{
    if ( fits.is == TRUTH_ASK && negate )
    {
        node_t node = defs_node(scope->dispatch->defs, "not");

        plan_child(scope->dispatch, node, "left", fits.node);
        fits.node = node;
    }
    return truth_join(scope->dispatch, truth_negated(fits, negate), truth, negate);
}

static struct truth plan_comparison(const struct condition_scope *scope,
                                    const struct expression *expression, bool negate)
{
    struct dispatch *dispatch = scope->dispatch;
    const struct expression *left = expression->left, *right = expression->right;
    bool is_equality = expression->operator == OPERATOR_equal ||
                       expression->operator == OPERATOR_unequal;
    bool is_zero = is_number(right, 0);
    struct side a, b;
    struct truth fits;
    node_t node;

    if ( is_equality && (is_zero || is_number(right, 1)) && is_truth(scope, left) )
        return plan_condition(scope, left,
                              negate != (is_zero == (expression->operator == OPERATOR_equal)));
    a = plan_side(scope, left);
    if ( !plan_constant(scope, &a, right, &b) )
        b = plan_side(scope, right);
    fits = truth_join(dispatch, a.fits, b.fits, false);
    if ( is_always(expression, &a, &b) )
        return with_fits(scope, fits, negate ? truth_no : truth_yes, negate);
    if ( is_equality && is_zero )
    {
        node = defs_node(dispatch->defs, "is_set");
        defs_text(dispatch->defs, node, "not",
                  (expression->operator == OPERATOR_equal) != negate ? "1" : "");
        plan_child(dispatch, node, "left", a.node);
        return with_fits(scope, fits, truth_ask(node), negate);
    }
    node = defs_node(dispatch->defs, "compare");
    plan_child(dispatch, node, "left", a.node);
    plan_child(dispatch, node, "right", b.node);
    defs_text(dispatch->defs, node, "sign", sign_text(expression->operator, negate));
    return with_fits(scope, fits, truth_ask(node), negate);
}

struct truth plan_condition(const struct condition_scope *scope,
                            const struct expression *expression, bool negate)
{
    if ( expression->kind == EXPRESSION_NAME )
        return plan_named(scope, expression->text, negate);
    if ( expression->kind != EXPRESSION_BINARY )
        return truth_negated(truth_yes, negate);
    if ( expression->operator == OPERATOR_and || expression->operator == OPERATOR_or )
        return truth_join(scope->dispatch, plan_condition(scope, expression->left, negate),
                          plan_condition(scope, expression->right, negate),
                          (expression->operator == OPERATOR_or) != negate);
    return plan_comparison(scope, expression, negate);
}
