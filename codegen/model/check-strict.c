/* SPDX-License-Identifier: MIT */
/* [strict]: what is new has none of what only legacy may have. */
#include <string.h>

#include "checks.h"

/* "op 'flip' is strict", as the end of a sentence. */
static const char *who(struct checker *checker, const struct decl *decl)
{
    if ( !decl->name )
        return arena_format(checker->arena, "interface '%s' is strict",
                            decl->interface->name);
    return arena_format(checker->arena, "%s '%s' is strict", decl_kind_text(decl->kind),
                        decl->name);
}

static void say(struct checker *checker, const struct decl *decl, struct span where,
                const char *what, const char *remedy)
{
    check_error(checker, where, "%s is for legacy only, and %s", what, who(checker, decl));
    if ( remedy )
        check_help(checker, where, "%s", remedy);
}

/* ---- types --------------------------------------------------------------- */

static const char *fixed_width(struct checker *checker, enum base_type base)
{
    static const struct { enum base_type base; const char *instead; } rows[] = {
        { BASE_char, "u8" }, { BASE_uchar, "u8" }, { BASE_int, "s32" },
        { BASE_uint, "u32" }, { BASE_long, "s64" }, { BASE_ulong, "u64" },
        { BASE_u64_aligned, "u64, at an offset that is a multiple of 8" },
    };

    for ( size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++ )
        if ( rows[i].base == base )
            return arena_format(checker->arena, "write %s", rows[i].instead);
    return NULL;
}

static bool is_argument(const struct use *use)
{
    return use->role == ROLE_ARGUMENT || use->role == ROLE_CALL_RESULT;
}

static void check_part(struct checker *checker, const struct use *use,
                       const struct type *type)
{
    const char *base;

    switch ( type->kind )
    {
    case TYPE_UNCHECKED:
        say(checker, use->decl, type->where, "'unchecked'",
            "strict data is checked: leave the word out");
        break;
    case TYPE_POINTER:
        say(checker, use->decl, type->where, "'pointer'", "write handle64<...>");
        break;
    case TYPE_HANDLE:
        if ( !type->is_64 && !is_argument(use) )
            say(checker, use->decl, type->where, "'handle'",
                "a structure has the same layout everywhere with handle64<...>");
        break;
    case TYPE_BASE:
        base = base_type_name(type->base);
        if ( base_type_is_legacy(type->base) || type->base == BASE_char )
            say(checker, use->decl, type->where,
                arena_format(checker->arena, "'%s'", base),
                fixed_width(checker, type->base));
        break;
    default:
        break;
    }
}

void check_strict_type(struct checker *checker, const struct use *use)
{
    /* What comes from elsewhere has the width that it has there. */
    if ( use->decl->is_legacy || use->decl->is_extern )
        return;
    for ( const struct type *type = use->type; type; type = type->element )
        check_part(checker, use, type);
}

/* ---- declarations -------------------------------------------------------- */

static void check_set(struct checker *checker, const struct decl *decl)
{
    const struct set *set = decl->set;

    if ( set->is_c_enum )
        say(checker, decl, decl->where, "'typedef enum'",
            "write enum NAME: u32 { ... }, whose width is known");
    if ( set->spelling )
        say(checker, decl, decl->where, "a text for C ('as \"...\"')",
            "write as PREFIX_*; the values are spelled as numbers");
    LIST_EACH(constant, &set->constants)
    {
        if ( constant->spelling )
            say(checker, decl, constant->where, "a text for C ('as \"...\"')",
                "leave it out");
        if ( constant->kind == CONSTANT_MACRO )
            say(checker, decl, constant->where, "'macro'",
                "parts of bits have accessors without one");
        LIST_EACH(value, &constant->values)
            if ( value->spelling || value->kind == CONSTANT_MACRO )
                say(checker, decl, value->where, value->kind == CONSTANT_MACRO
                    ? "'macro'" : "a text for C ('as \"...\"')", "leave it out");
    }
}

void check_strict_decl(struct checker *checker, const struct decl *decl)
{
    if ( decl->is_legacy )
        return;
    switch ( decl->kind )
    {
    case DECL_code:
        say(checker, decl, decl->where, "'%{ %}'", "write macro, const, type or struct");
        break;
    case DECL_macro:
        say(checker, decl, decl->where, "'macro'", "write const, or a set of values");
        break;
    case DECL_const:
        if ( decl->spelling )
            say(checker, decl, decl->where, "a text for C ('as \"...\"')", "leave it out");
        break;
    case DECL_struct:
    case DECL_union:
        if ( decl->form == FORM_TYPEDEF || decl->form == FORM_NO_TAG )
            say(checker, decl, decl->where, "'typedef struct'", "write struct");
        break;
    default:
        if ( decl->set )
            check_set(checker, decl);
        break;
    }
}

void check_strict_clause(struct checker *checker, const struct scope *scope,
                         const struct clause *clause)
{
    if ( clause->kind == CLAUSE_legacy && !scope->call->decl->is_legacy )
        say(checker, scope->call->decl, clause->where, "a quirk ('legacy NAME')",
            "mend what it excuses");
}
