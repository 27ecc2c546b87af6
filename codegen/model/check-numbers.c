/* SPDX-License-Identifier: MIT */
/* Numbers: each fits where it goes, is given out once, and shares no bits. */
#include <string.h>

#include "arch.h"
#include "checks.h"

static uint64_t ones(unsigned int bits)
{
    return bits >= 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

/* ---- [number] ------------------------------------------------------------ */

static bool fits(const struct constant *constant, unsigned int width, bool is_signed)
{
    unsigned int room = is_signed ? width - 1 : width;

    if ( constant->is_negative )
        return is_signed && ~constant->value <= ones(room);
    return constant->value <= ones(room);
}

static void check_value(struct checker *checker, const struct constant *constant,
                        const struct type *width)
{
    unsigned int bits = type_width(width);
    bool is_signed = type_is_signed(width);

    if ( !bits || fits(constant, bits, is_signed) )
        return;
    check_error(checker, constant->where, "%s does not fit %s", constant->text,
                type_text(checker->arena, width));
    if ( constant->is_negative && !is_signed )
        check_note(checker, width->where, "this has no sign");
    else
        check_note(checker, width->where, "the largest that fits is 0x%llx",
                   (unsigned long long)ones(is_signed ? bits - 1 : bits));
}

static void check_part_values(struct checker *checker, const struct constant *part)
{
    unsigned int bits = (unsigned int)(part->high - part->low + 1);

    LIST_EACH(value, &part->values)
        if ( value->kind == CONSTANT_VALUE && !fits(value, bits, false) )
        {
            check_error(checker, value->where, "%s does not fit the %u bits of '%s'",
                        value->text, bits, part->name);
            check_note(checker, part->where, "'%s' is here", part->name);
        }
}

static void check_bit(struct checker *checker, const struct constant *bit,
                      const struct type *width)
{
    unsigned int bits = type_width(width);

    if ( bit->is_negative || (bits && bit->value >= bits) )
    {
        check_error(checker, bit->where, "there is no bit %s in %s", bit->text,
                    type_text(checker->arena, width));
        check_note(checker, width->where, "its highest is %u", bits ? bits - 1 : 63);
    }
}

static void check_part(struct checker *checker, const struct constant *part,
                       const struct type *width)
{
    unsigned int bits = type_width(width) ? type_width(width) : 64;

    if ( part->high < part->low )
        return;
    if ( part->high >= (int)bits )
    {
        check_error(checker, part->where, "there is no bit %d in %s", part->high,
                    type_text(checker->arena, width));
        check_note(checker, width->where, "its highest is %u", bits - 1);
    }
    else if ( part->shift < 0 || part->shift > 63 - (part->high - part->low) )
        check_error(checker, part->where, "'%s' has more than 64 bits when it is shifted "
                    "by %d", part->name, part->shift);
    check_part_values(checker, part);
}

/* Two values of one part of a word with one number; versions may part them. */
static void check_part_reuse(struct checker *checker, const struct constant *part)
{
    struct map numbers = { .arena = checker->arena };

    LIST_EACH(value, &part->values)
    {
        const char *key = arena_format(checker->arena, "%llu",
                                       (unsigned long long)value->value);
        const struct constant *first = map_find(&numbers, key);

        if ( value->kind != CONSTANT_VALUE )
            continue;
        if ( !first )
            map_add(&numbers, key, (void *)value);
        else if ( !conditions_disjoint(&first->conditions, &value->conditions) )
        {
            check_error(checker, value->where, "number %s is '%s' already", value->text,
                        first->name);
            check_note(checker, first->where, "here");
        }
    }
}

void check_part_numbers(struct checker *checker, const struct decl *decl)
{
    if ( !decl->set )
        return;
    LIST_EACH(constant, &decl->set->constants)
        if ( constant->kind == CONSTANT_FIELD )
            check_part_reuse(checker, constant);
}

void check_set_numbers(struct checker *checker, const struct decl *decl)
{
    const struct set *set = decl->set;

    if ( !set )
        return;
    LIST_EACH(constant, &set->constants)
    {
        if ( constant->kind == CONSTANT_MACRO )
            continue;
        if ( constant->kind == CONSTANT_FIELD && decl->kind != DECL_bits )
            check_error(checker, constant->where, "only 'bits' have a range: '%s' is a "
                        "value", constant->name);
        else if ( constant->kind == CONSTANT_FIELD )
            check_part(checker, constant, set->width);
        else if ( decl->kind == DECL_bits )
            check_bit(checker, constant, set->width);
        else
            check_value(checker, constant, set->width);
    }
}

/* The lowest bit of cmd that holds the place to go on from; 64: none does. */
static unsigned int place_of(const struct hypercall *hypercall,
                             const struct expression **place)
{
    unsigned int lowest = 64;

    LIST_EACH(clause, &hypercall->clauses)
        LIST_EACH(step, &clause->resume)
        {
            const struct expression *target = step->target;

            if ( target->kind == EXPRESSION_BITS && target->left->kind == EXPRESSION_NAME &&
                 !strcmp(target->left->text, OP_ARGUMENT) && target->low < (int)lowest )
            {
                lowest = (unsigned int)target->low;
                *place = target;
            }
        }
    return lowest;
}

static const struct type *cmd_type(const struct hypercall *hypercall)
{
    LIST_EACH(parameter, &hypercall->parameters)
        if ( !strcmp(parameter->name, OP_ARGUMENT) )
            return parameter->type;
    return NULL;
}

static void check_op_number(struct checker *checker, const struct decl *decl)
{
    const struct hypercall *hypercall = decl->op->hypercall;
    const struct expression *place = NULL;
    unsigned int bits = place_of(hypercall, &place);
    const struct type *type = cmd_type(hypercall);
    unsigned int width = type ? type_width(type) : 0;

    if ( decl->op->number > ones(bits) )
    {
        check_error(checker, decl->where, "op number %s does not fit below bit %u",
                    decl->op->number_text, bits);
        check_note(checker, place->where, "from there on %s holds the place to go on from",
                   OP_ARGUMENT);
    }
    else if ( width && decl->op->number > ones(width) )
    {
        check_error(checker, decl->where, "op number %s does not fit %s",
                    decl->op->number_text, type_text(checker->arena, type));
        check_note(checker, type->where, "the type of %s is here", OP_ARGUMENT);
    }
}

static void check_hypercall_number(struct checker *checker, const struct decl *decl)
{
    for ( size_t i = 0; i < checker->model->arches.count; i++ )
        LIST_EACH(call, &checker->model->arches.at[i]->calls)
            if ( decl->hypercall->number > call->max )
            {
                check_error(checker, decl->where, "there is no hypercall %s: on %s the "
                            "highest is %u", decl->hypercall->number_text,
                            checker->model->arches.at[i]->name, call->max);
                return;
            }
}

void check_call_number(struct checker *checker, const struct decl *decl)
{
    if ( decl->kind == DECL_op && decl->op->hypercall )
        check_op_number(checker, decl);
    else if ( decl->kind == DECL_hypercall )
        check_hypercall_number(checker, decl);
}

/* ---- [number-reused] ----------------------------------------------------- */

/* Who has a number. */
struct holder {
    const char *name;
    struct span where;
    bool is_removed;
    const struct condition_list *conditions;
    const struct holder *earlier;       /* with the same number */
};

struct numbers {
    struct checker *checker;
    const char *what;                   /* "op", "value" */
    struct map holders;                 /* number as text -> latest holder */
    uint64_t highest;
    bool is_negative;                   /* numbers go down from 0 */
};

static void say_reused(struct numbers *numbers, const struct holder *holder,
                       const struct holder *first, uint64_t value, bool is_negative)
{
    struct checker *checker = numbers->checker;
    const char *number = arena_format(checker->arena, is_negative ? "%lld" : "%llu",
                                      (long long)value);

    if ( first->is_removed )
    {
        check_error(checker, holder->where, "number %s was %s '%s', and is never used again",
                    number, numbers->what, first->name);
        check_note(checker, first->where, "removed here");
    }
    else
    {
        check_error(checker, holder->where, "number %s is %s '%s' already", number,
                    numbers->what, first->name);
        check_note(checker, first->where, "'%s' is here", first->name);
    }
    if ( is_negative )
        check_help(checker, holder->where, "the next free number is %lld",
                   (long long)numbers->highest - 1);
    else if ( numbers->highest < UINT64_MAX )
        check_help(checker, holder->where, "the next free number is %llu",
                   (unsigned long long)numbers->highest + 1);
}

static const char *number_key(struct checker *checker, uint64_t value)
{
    return arena_format(checker->arena, "%llx", (unsigned long long)value);
}

static void note_extreme(struct numbers *numbers, uint64_t value, bool is_negative)
{
    if ( is_negative ? !numbers->is_negative || (int64_t)value < (int64_t)numbers->highest
                     : !numbers->is_negative && value > numbers->highest )
        numbers->highest = value;
    numbers->is_negative |= is_negative;
}

static void add_number(struct numbers *numbers, struct holder holder, uint64_t value,
                       bool is_negative)
{
    struct checker *checker = numbers->checker;
    const char *key = number_key(checker, value);
    struct holder **slot = map_find(&numbers->holders, key);
    struct holder *own = arena_alloc(checker->arena, sizeof(*own));

    *own = holder;
    if ( !slot )
    {
        slot = arena_alloc(checker->arena, sizeof(*slot));
        map_add(&numbers->holders, key, slot);
    }
    for ( const struct holder *first = *slot; first; first = first->earlier )
    {
        bool one_is_removed = own->is_removed || first->is_removed;

        if ( !one_is_removed && conditions_disjoint(first->conditions, own->conditions) )
            continue;
        if ( own->is_removed && !first->is_removed )
            say_reused(numbers, first, own, value, is_negative);
        else
            say_reused(numbers, own, first, value, is_negative);
        break;
    }
    own->earlier = *slot;
    *slot = own;
}

static void check_set_reuse(struct checker *checker, const struct decl *decl)
{
    struct numbers numbers = { .checker = checker, .what = "value",
                               .holders.arena = checker->arena };

    LIST_EACH(constant, &decl->set->constants)
        if ( constant->kind == CONSTANT_VALUE || constant->kind == CONSTANT_REMOVED )
            note_extreme(&numbers, constant->value, constant->is_negative);
    LIST_EACH(constant, &decl->set->constants)
    {
        struct holder holder = { constant->name, constant->where,
                                 constant->kind == CONSTANT_REMOVED,
                                 &constant->conditions, NULL };

        if ( constant->kind == CONSTANT_VALUE || constant->kind == CONSTANT_REMOVED )
            add_number(&numbers, holder, constant->value, constant->is_negative);
    }
}

static void check_op_reuse(struct checker *checker, const struct decl *decl)
{
    struct numbers numbers = { .checker = checker, .what = "op",
                               .holders.arena = checker->arena };

    for ( size_t i = 0; i < decl->hypercall->ops.count; i++ )
        note_extreme(&numbers, decl->hypercall->ops.at[i]->op->number, false);
    for ( size_t i = 0; i < decl->hypercall->ops.count; i++ )
    {
        const struct decl *op = decl->hypercall->ops.at[i];
        struct holder holder = { op->name, op->where, op->is_removed, &op->conditions,
                                 NULL };

        add_number(&numbers, holder, op->op->number, false);
    }
}

static void check_hypercall_reuse(struct checker *checker)
{
    struct numbers numbers = { .checker = checker, .what = "hypercall",
                               .holders.arena = checker->arena };

    for ( int pass = 0; pass < 2; pass++ )
        for ( size_t i = 0; i < checker->decls.count; i++ )
        {
            const struct decl *decl = checker->decls.at[i];
            const struct condition_list *conditions = decl->conditions.count
                ? &decl->conditions : &decl->interface->conditions;
            struct holder holder = { decl->name, decl->where, false, conditions, NULL };

            if ( decl->kind != DECL_hypercall )
                continue;
            if ( pass )
                add_number(&numbers, holder, decl->hypercall->number, false);
            else
                note_extreme(&numbers, decl->hypercall->number, false);
        }
}

void check_reuse(struct checker *checker)
{
    check_hypercall_reuse(checker);
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];

        if ( decl->set && decl->kind != DECL_bits )
            check_set_reuse(checker, decl);
        else if ( decl->kind == DECL_hypercall )
            check_op_reuse(checker, decl);
    }
}

/* ---- [bits-overlap], and [number-reused] of bits ------------------------- */

static bool is_part(const struct constant *constant)
{
    return constant->kind == CONSTANT_FIELD;
}

static const char *bits_text(struct arena *arena, const struct constant *constant)
{
    if ( is_part(constant) )
        return arena_format(arena, "%d..%d", constant->high, constant->low);
    return arena_format(arena, "%llu", (unsigned long long)constant->value);
}

/* Two meanings of a bit that never hold together. */
static bool meanings_exclude(const struct constant *a, const struct constant *b)
{
    if ( !a->when.count || !b->when.count )
        return false;
    LIST_EACH(x, &a->when)
        LIST_EACH(y, &b->when)
            if ( !strcmp(x->text, y->text) )
                return false;
    return true;
}

static void say_shared(struct checker *checker, const struct constant *constant,
                       const struct constant *first, int bit)
{
    bool was_removed = first->kind == CONSTANT_REMOVED;

    if ( was_removed || constant->kind == CONSTANT_REMOVED )
    {
        const struct constant *removed = was_removed ? first : constant;
        const struct constant *other = was_removed ? constant : first;

        diag_error(checker->diag, CHECK_number_reused, other->where,
                   "bit %d was '%s', and is never used again", bit, removed->name);
        check_note(checker, removed->where, "removed here");
        return;
    }
    check_error(checker, constant->where, "'%s' (%s) and '%s' (%s) share bit %d",
                constant->name, bits_text(checker->arena, constant), first->name,
                bits_text(checker->arena, first), bit);
    check_note(checker, first->where, "'%s' is here", first->name);
    if ( constant->when.count && first->when.count )
        check_help(checker, constant->where, "both say 'when' of the same value");
    else
        check_help(checker, constant->where, "if both are meant, each says with 'when' "
                   "for which values");
}

struct claim { const struct constant *constant; const struct claim *earlier; };

static void claim_bits(struct checker *checker, const struct claim **claims,
                       const struct constant *constant)
{
    int low = is_part(constant) ? constant->low : (int)constant->value;
    int high = is_part(constant) ? constant->high : low;
    bool said = false;

    for ( int bit = low; bit >= 0 && bit <= high && bit < 64; bit++ )
    {
        struct claim *claim = arena_alloc(checker->arena, sizeof(*claim));

        for ( const struct claim *first = claims[bit]; first && !said;
              first = first->earlier )
            if ( !meanings_exclude(first->constant, constant) &&
                 !conditions_disjoint(&first->constant->conditions,
                                      &constant->conditions) )
            {
                say_shared(checker, constant, first->constant, bit);
                said = true;
            }
        *claim = (struct claim){ constant, claims[bit] };
        claims[bit] = claim;
    }
}

void check_bits(struct checker *checker, const struct decl *decl)
{
    const struct claim *claims[64] = { NULL };

    if ( decl->kind != DECL_bits )
        return;
    LIST_EACH(constant, &decl->set->constants)
        if ( constant->kind != CONSTANT_MACRO &&
             (is_part(constant) || constant->value < 64) && !diag_is_full(checker->diag) )
            claim_bits(checker, claims, constant);
}

/* 'when' of a bit names values of the same set. */
void check_bit_names(struct checker *checker, const struct decl *decl)
{
    if ( !decl->set )
        return;
    LIST_EACH(constant, &decl->set->constants)
        LIST_EACH(name, &constant->when)
        {
            const char *near;

            if ( set_find(decl->set, name->text) )
                continue;
            near = set_nearest(checker, decl->set, name->text);
            check_error(checker, name->where,
                        near ? "'%s' is no value of '%s'; did you mean '%s'?"
                             : "'%s' is no value of '%s'", name->text, decl->name, near);
        }
}
