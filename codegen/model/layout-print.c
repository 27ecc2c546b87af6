/* SPDX-License-Identifier: MIT */
/*
 * hcgen layout NAME: what a name stands for, in bytes and bits.
 *
 * Needs a resolved model and all architectures.  A name may be an op's, its
 * constant's, its structure's, a set's, a type's or a hypercall's.
 */
#include <string.h>

#include "layout-print.h"

static const char *rules(const struct decl *decl)
{
    return decl->is_legacy ? "legacy" : "strict";
}

static void put_title(struct layout_print *print, const struct decl *decl, const char *kind,
                      const char *name)
{
    fprintf(print->stream, "%s%s %s: %s:%d, %s\n", print->is_found ? "\n" : "", kind,
            name, decl->where.source->path, decl->where.first.line, rules(decl));
    print->is_found = true;
}

/* ---- ops, sets, types ---------------------------------------------------- */

/* "8 bytes", or the architectures one by one where they differ. */
static const char *sizes_text(struct layout_print *print, const struct decl *decl,
                              const struct type *type)
{
    struct text text = { .arena = print->model->arena };
    const char *size = NULL;
    bool is_same = true;

    for ( size_t i = 0; i < print->nr_arches; i++ )
    {
        const struct view *view = layouts_view(print->of[i]);
        uint64_t bytes = layout_of(print->of[i], type)->size;
        const char *own = bytes == LAYOUT_UNKNOWN ? "?"
                          : arena_format(print->model->arena, "%llu",
                                         (unsigned long long)bytes);

        if ( !view_has(view, decl) )
            continue;
        is_same &= !size || !strcmp(size, own);
        text_format(&text, "%s%s %s", size ? ", " : "size ", view->arch->name, own);
        size = own;
    }
    if ( !size )
        return "(not there)";
    return is_same ? arena_format(print->model->arena, "size %s", size) : text_string(&text);
}

static void put_parameters(struct layout_print *print, const struct decl *decl,
                           const struct parameter_values *parameters)
{
    unsigned int place = 1;

    LIST_EACH(parameter, parameters)
        if ( parameter->type )
            fprintf(print->stream, "  argument %u  %-18s %-24s %s%s%s\n", place++,
                    parameter->name,
                    layout_type_string(print->model->arena, parameter->type, NULL),
                    sizes_text(print, decl, parameter->type),
                    parameter->direction == DIRECTION_NONE ? "" : ", ",
                    direction_text(parameter->direction));
}

/* Members of a shared structure that go another way in this op. */
static void put_refinements(struct layout_print *print, const struct member_list *refinements)
{
    LIST_EACH(refinement, refinements)
    {
        const char *comma = " when ";

        fprintf(print->stream, "  here: %s %s", direction_text(refinement->direction),
                refinement->refines.text);
        LIST_EACH(when, &refinement->when)
        {
            fprintf(print->stream, "%s%s", comma, when->text);
            comma = ", ";
        }
        fputc('\n', print->stream);
    }
}

static void put_op(struct layout_print *print, const struct decl *decl)
{
    const struct op *op = decl->op;
    const struct aggregate *aggregate = model_op_structure(op);

    put_title(print, decl, "op", decl->name);
    fprintf(print->stream, "  %s%s = %llu of %s", op->hypercall ? op->hypercall->op_prefix : "",
            decl->name, (unsigned long long)op->number,
            op->hypercall ? op->hypercall->decl->name : "no hypercall");
    if ( aggregate )
        fprintf(print->stream, ", struct %s", aggregate->tag);
    fputc('\n', print->stream);
    put_parameters(print, decl, &op->parameters);
    put_refinements(print, &op->refinements);
    if ( aggregate )
        layout_print_table(print, decl, aggregate);
}

static const char *constant_text(const struct layout_print *print,
                                 const struct constant *constant)
{
    struct arena *arena = print->model->arena;

    if ( constant->kind == CONSTANT_FIELD )
        return arena_format(arena, "%d..%d", constant->high, constant->low);
    return arena_format(arena, "%s%llu", constant->is_negative ? "-" : "",
                        constant->is_negative ? -(unsigned long long)constant->value
                                              : (unsigned long long)constant->value);
}

static void put_constant(struct layout_print *print, const struct constant *constant,
                         bool is_bit, int depth)
{
    if ( constant->kind == CONSTANT_MACRO )
        return;
    fprintf(print->stream, "  %*s%10s  %s", depth * 4, "", constant_text(print, constant),
            constant->name);
    if ( constant->shift )
        fprintf(print->stream, " << %d", constant->shift);
    if ( constant->type )
        fprintf(print->stream, ": %s",
                layout_type_string(print->model->arena, constant->type, NULL));
    if ( constant->kind == CONSTANT_REMOVED )
        fputs("  (removed)", print->stream);
    else if ( is_bit && constant->kind == CONSTANT_VALUE && constant->value < 64 )
        fprintf(print->stream, "  0x%llx", 1ull << constant->value);
    fputc('\n', print->stream);
    for ( size_t i = 0; i < constant->values.count; i++ )
        put_constant(print, &constant->values.at[i], false, depth + 1);
}

/* The bits of a set that have a name. */
static uint64_t named_bits(const struct set *set)
{
    uint64_t named = 0;

    LIST_EACH(constant, &set->constants)
    {
        if ( constant->kind == CONSTANT_VALUE && constant->value < 64 )
            named |= (uint64_t)1 << constant->value;
        for ( int bit = constant->low; constant->kind == CONSTANT_FIELD &&
                                       bit <= constant->high && bit < 64; bit++ )
            named |= (uint64_t)1 << bit;
    }
    return named;
}

static void put_bits_at(struct layout_print *print, const struct set *set, uint64_t bit)
{
    LIST_EACH(constant, &set->constants)
        if ( (constant->kind == CONSTANT_FIELD ? (uint64_t)constant->low
                                               : constant->value) == bit )
            put_constant(print, constant, true, 0);
}

/* From bit 0 upwards, with what is between the names. */
static void put_bits(struct layout_print *print, const struct set *set, unsigned int width)
{
    uint64_t named = named_bits(set);

    for ( unsigned int low = 0, high; low < width; low = high + 1 )
    {
        high = low;
        put_bits_at(print, set, low);
        if ( named >> low & 1 )
            continue;
        while ( high + 1 < width && !(named >> (high + 1) & 1) )
            put_bits_at(print, set, ++high);
        fprintf(print->stream, "  %10s  (reserved)\n",
                high == low ? arena_format(print->model->arena, "%u", low)
                            : arena_format(print->model->arena, "%u..%u", high, low));
    }
}

static void put_set(struct layout_print *print, const struct decl *decl)
{
    const struct set *set = decl->set;
    uint64_t size = LAYOUT_UNKNOWN;

    put_title(print, decl, decl_kind_text(decl->kind), decl->name);
    if ( set->width )
        fprintf(print->stream, "  %s\n", sizes_text(print, decl, set->width));
    for ( size_t i = 0; set->width && i < print->nr_arches; i++ )
        size = layout_of(print->of[i], set->width)->size;
    fprintf(print->stream, "  %10s  name\n", decl->kind == DECL_bits ? "bits" : "value");
    if ( decl->kind == DECL_bits && size <= 8 )
    {
        put_bits(print, set, (unsigned int)size * 8);
        return;
    }
    LIST_EACH(constant, &set->constants)
        put_constant(print, constant, decl->kind == DECL_bits, 0);
}

static void put_type(struct layout_print *print, const struct decl *decl)
{
    struct type named = { .kind = TYPE_NAMED, .name.decl = (struct decl *)decl };
    const struct aggregate *aggregate = model_type_aggregate(&named);

    put_title(print, decl, "type", decl->name);
    if ( decl->type )
        fprintf(print->stream, "  is %s\n", layout_type_string(print->model->arena, decl->type, NULL));
    if ( aggregate )
        layout_print_table(print, decl, aggregate);
    else
        fprintf(print->stream, "  %s\n", sizes_text(print, decl, &named));
}

static void put_hypercall(struct layout_print *print, const struct decl *decl)
{
    put_title(print, decl, "hypercall", decl->name);
    fprintf(print->stream, "  number %llu\n",
            (unsigned long long)decl->hypercall->number);
    put_parameters(print, decl, &decl->hypercall->parameters);
}

/* ---- names --------------------------------------------------------------- */

/* 'x', and 'x_t' of what has a typedef. */
static bool names_type(const char *name, const char *wanted)
{
    size_t length = name ? strlen(name) : 0;

    return name && !strncmp(name, wanted, length) &&
           (!wanted[length] || !strcmp(wanted + length, "_t"));
}

static bool names_op(struct layout_print *print, const struct decl *decl,
                     const char *wanted)
{
    const struct op *op = decl->op;

    return !strcmp(decl->name, wanted) ||
           (op->owns_structure && names_type(op->aggregate->tag, wanted)) ||
           (op->hypercall && !strcmp(arena_format(print->model->arena, "%s%s",
                                                  op->hypercall->op_prefix, decl->name),
                                     wanted));
}

/* Structures written out in a declaration that have a name. */
static void find_inline(struct layout_print *print, const struct decl *decl,
                        const struct aggregate *aggregate, const char *wanted)
{
    if ( !aggregate )
        return;
    LIST_EACH(member, &aggregate->members)
    {
        const struct type *type = member->type;

        while ( type && type->kind == TYPE_ARRAY )
            type = type->element;
        if ( !type || type->kind != TYPE_AGGREGATE || member->joins_previous )
            continue;
        if ( type->aggregate->tag && !strcmp(type->aggregate->tag, wanted) )
        {
            put_title(print, decl, type->aggregate->is_union ? "union" : "struct", wanted);
            layout_print_table(print, decl, type->aggregate);
        }
        find_inline(print, decl, type->aggregate, wanted);
    }
}

static void find_decl(struct layout_print *print, const struct decl *decl,
                      const char *wanted)
{
    find_inline(print, decl, decl->aggregate, wanted);
    if ( decl->op )
        find_inline(print, decl, decl->op->aggregate, wanted);
    if ( !decl->name )
        return;
    if ( decl->kind == DECL_op && !decl->is_removed )
    {
        if ( names_op(print, decl, wanted) )
            put_op(print, decl);
    }
    else if ( decl->aggregate && names_type(decl->name, wanted) )
    {
        put_title(print, decl, decl_kind_text(decl->kind), decl->name);
        layout_print_table(print, decl, decl->aggregate);
    }
    else if ( strcmp(decl->name, wanted) )
        return;
    else if ( decl->set )
        put_set(print, decl);
    else if ( decl->kind == DECL_type )
        put_type(print, decl);
    else if ( decl->kind == DECL_hypercall )
        put_hypercall(print, decl);
}

static void add_name(struct map *names, const char *name)
{
    if ( name )
        map_add(names, name, names);
}

static void report_unknown(struct layout_print *print, const struct decl_list *decls,
                           const char *wanted)
{
    struct map names = { .arena = print->model->arena };
    const char *near;

    LIST_EACH(at, decls)
    {
        const struct decl *decl = *at;

        if ( decl->aggregate || decl->set || decl->kind == DECL_type ||
             decl->kind == DECL_hypercall || decl->kind == DECL_op )
            add_name(&names, decl->name);
        if ( decl->kind == DECL_op && decl->op->owns_structure )
            add_name(&names, decl->op->aggregate->tag);
        if ( decl->kind == DECL_op && decl->op->hypercall )
            add_name(&names, arena_format(names.arena, "%s%s",
                                          decl->op->hypercall->op_prefix, decl->name));
    }
    near = map_nearest(&names, wanted);
    diag_error(print->model->diag, CHECK_unknown_name, (struct span){ 0 },
               near ? "no op, structure, set or type '%s'; did you mean '%s'?"
                    : "no op, structure, set or type '%s'", wanted, near);
}

/* ---- the command --------------------------------------------------------- */

static bool choose_arches(struct layout_print *print, const char *abi)
{
    struct model *model = print->model;
    size_t count = model->arches.count;
    const char **names = arena_alloc(model->arena, (count + 1) * sizeof(*names));
    const char *near;

    print->of = arena_alloc(model->arena, (count + 1) * sizeof(*print->of));
    for ( size_t i = 0; i < count; i++ )
    {
        struct view view = view_latest(model->arches.at[i]);

        names[i] = view.arch->name;
        if ( !abi || !strcmp(abi, names[i]) )
            print->of[print->nr_arches++] = layouts_new(model, &view);
    }
    if ( print->nr_arches )
        return true;
    near = abi ? text_nearest(abi, names, count) : NULL;
    diag_error(model->diag, CHECK_unknown_name, (struct span){ 0 },
               near ? "no architecture '%s'; did you mean '%s'?" : "no architecture '%s'",
               abi ? abi : "", near);
    return false;
}

int layout_print(struct model *model, const char *name, const char *abi, FILE *stream)
{
    struct layout_print print = { .model = model, .stream = stream };
    struct decl_list decls = { 0 };

    if ( !choose_arches(&print, abi) )
        return 1;
    if ( text_starts(name, "struct ") || text_starts(name, "union ") )
        name = strchr(name, ' ') + 1;
    layout_decls(model, &decls);
    LIST_EACH(decl, &decls)
        find_decl(&print, *decl, name);
    if ( !print.is_found )
        report_unknown(&print, &decls, name);
    return !print.is_found;
}
