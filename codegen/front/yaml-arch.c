/* SPDX-License-Identifier: MIT */
/*
 * The keys of an architecture, and what has to agree between them.  Needs
 * yaml-table and the model's base types; gives yaml_arch.
 */
#include <limits.h>
#include <string.h>

#include "yaml.h"
#include "yaml-table.h"

#define ARCH(type, member) TYPED(type, struct arch, member)
#define CALL(type, member) TYPED(type, struct call, member)

/* ---- types ------------------------------------------------------------------ */

/* A size that is fixed has one value; else it is 4 or 8 bytes. */
#define FIXED(bits) .low = (bits) ? (bits) / 8 : 4, .high = (bits) ? (bits) / 8 : 8
#define SIZED(name, bits)                                                   \
    { .key = #name, .kind = VALUE_EXTENT,                                   \
      .to = ARCH(struct extent, base[BASE_##name]), FIXED(bits) },
#define FIELD_U(name, bits) SIZED(name, bits)
#define FIELD_S(name, bits) SIZED(name, bits)
#define FIELD_C(name, bits) SIZED(name, bits)
#define FIELD_V(name, bits)             /* void has no size */
#define NAME_U(name) #name,
#define NAME_S(name) #name,
#define NAME_C(name) #name,
#define NAME_V(name)

static const struct field type_fields[] = {
#define BASE(name, c_name, kind, bits, legacy) FIELD_##kind(name, bits)
#include "../model/base-types.def"
#undef BASE
    { .key = "handle", .kind = VALUE_EXTENT,
      .to = ARCH(struct extent, handle), FIXED(0) },
    { .key = "handle64", .kind = VALUE_EXTENT,
      .to = ARCH(struct extent, handle64), FIXED(64) },
};

static const char *const targets[] = {
#define BASE(name, c_name, kind, bits, legacy) NAME_##kind(name)
#include "../model/base-types.def"
#undef BASE
    NULL
};

/* xen_pfn_t: ulong.  What has a size of its own is a base type, or a mistake. */
static bool read_alias(struct reader *reader, const struct node_pair *pair,
                       void *structure)
{
    const struct field alias = { .key = pair->key, .shape = SHAPE_WORD,
                                 .words = targets };
    const struct node name = { .text = pair->key,
                               .length = strlen(pair->key) };
    struct arch *arch = structure;

    if ( shape_wrong(reader->arena, SHAPE_WORD, &name) )
        return false;
    if ( pair->value->kind != NODE_SCALAR || node_is_nothing(pair->value) )
        return false;
    if ( value_text(reader, &alias, pair->value) )
        *LIST_ADD(reader->arena, &arch->aliases) = (struct pair){
            .key = pair->key, .where = pair->where,
            .value = pair->value->text, .value_where = pair->value->where,
        };
    return true;
}

static const struct table type_table = {
    .noun = "'types'", .fields = type_fields,
    .count = sizeof(type_fields) / sizeof(type_fields[0]),
    .other = read_alias, .other_words = targets,
};

static void read_types(struct reader *reader, const struct node *map,
                       struct span key, void *structure)
{
    struct arch *arch = structure;

    table_read(reader, &type_table, map, key, arch);
    arch->base[BASE_void] = (struct extent){ 0, 1 };
}

/* ---- calls ------------------------------------------------------------------ */

static const char *const number_place[] = { "$nr", NULL };
static const char *const styles[] = { "inline", "function", NULL };
static const char *const takes[] = { "values", "array", NULL };
static const char *const rewritten[] = { "arguments", NULL };

static const struct field call_fields[] = {
    { .key = "doc", .kind = VALUE_TEXT, .to = CALL(const char *, doc),
      .optional = true },
    { .key = "style", .kind = VALUE_TEXT, .to = CALL(const char *, style),
      .words = styles },
    { .key = "when", .kind = VALUE_TEXT, .to = CALL(const char *, when),
      .optional = true },
    { .key = "enter", .kind = VALUE_TEXT, .to = CALL(const char *, enter),
      .optional = true, .places = number_place },
    { .key = "number", .kind = VALUE_TEXT, .to = CALL(const char *, number),
      .optional = true, .shape = SHAPE_WORD },
    { .key = "function", .kind = VALUE_TEXT, .to = CALL(const char *, function),
      .optional = true, .shape = SHAPE_WORD },
    { .key = "takes", .kind = VALUE_TEXT, .to = CALL(const char *, takes),
      .optional = true, .words = takes },
    { .key = "arguments", .kind = VALUE_TEXTS,
      .to = CALL(struct text_list, arguments), .shape = SHAPE_WORD, .most = 5 },
    { .key = "result", .kind = VALUE_TEXT, .to = CALL(const char *, result),
      .optional = true, .shape = SHAPE_WORD },
    { .key = "clobbers", .kind = VALUE_TEXTS,
      .to = CALL(struct text_list, clobbers), .shape = SHAPE_WORD },
    { .key = "rewrites", .kind = VALUE_TEXT, .to = CALL(const char *, rewrites),
      .optional = true, .words = rewritten },
    { .key = "max", .kind = VALUE_NUMBER, .to = CALL(unsigned int, max),
      .low = 0, .high = 127 },
};

static const struct table call_table = {
    .noun = "the call", .fields = call_fields,
    .count = sizeof(call_fields) / sizeof(call_fields[0]),
};

static void call_error(struct reader *reader, const struct call *call,
                       const char *wrong)
{
    diag_error(reader->diag, CHECK_yaml_value, call->where, "'%s' %s",
               call->name, wrong);
}

/* What one style has and the other has not. */
static void check_style(struct reader *reader, const struct call *call)
{
    bool is_function = !strcmp(call->style, "function");

    if ( is_function && !call->function )
        call_error(reader, call, "is a function, but 'function' is missing");
    if ( is_function && !call->takes )
        call_error(reader, call, "is a function, but 'takes' is missing");
    if ( !is_function && call->function )
        call_error(reader, call, "is inline, but has a 'function'");
    if ( !is_function && call->takes )
        call_error(reader, call, "is inline, but has 'takes'");
    if ( !is_function && !call->enter )
        call_error(reader, call, "is inline, but 'enter' is missing");
    if ( !call->enter && call->number )
        call_error(reader, call, "has a 'number', but no 'enter' to use it");
    if ( !call->enter && call->result )
        call_error(reader, call, "has a 'result', but no 'enter' to leave it");
    if ( call->enter && !call->result )
        call_error(reader, call, "has an 'enter', but 'result' is missing");
}

/* The number has one way in: a register, or the text of the instruction. */
static void check_number(struct reader *reader, const struct call *call)
{
    bool in_text = call->enter && strstr(call->enter, "$nr");

    if ( in_text && call->number )
        call_error(reader, call, "has the number twice: in 'enter' and in "
                   "'number'");
    if ( call->enter && !in_text && !call->number )
        call_error(reader, call, "does not say where the number goes: $nr in "
                   "'enter', or a register as 'number'");
}

static bool list_holds(const struct text_list *list, const char *text)
{
    if ( text )
        LIST_EACH(item, list)
            if ( !strcmp(*item, text) )
                return true;
    return false;
}

static void check_registers(struct reader *reader, const struct call *call)
{
    if ( list_holds(&call->arguments, call->number) )
        call_error(reader, call, "has the number in an argument's register");
    /* The asm says that its operand 0 goes in with the number. */
    if ( !strcmp(call->style, "inline") && call->number && call->result &&
         strcmp(call->number, call->result) )
        call_error(reader, call, "has number and result in two registers");
    for ( size_t i = 0; i < call->clobbers.count; i++ )
    {
        const char *name = call->clobbers.at[i];

        if ( list_holds(&call->arguments, name) ||
             (call->result && !strcmp(name, call->result)) )
            diag_error(reader->diag, CHECK_yaml_value,
                       call->clobbers.where[i],
                       "%s is an argument or the result, and no clobber", name);
    }
}

static bool read_call(struct reader *reader, const struct node_pair *pair,
                      struct call *call)
{
    call->name = pair->key;
    call->where = pair->where;
    if ( !value_is_map(reader, pair->key, pair->value) ||
         !table_read(reader, &call_table, pair->value, pair->where, call) )
        return false;
    check_style(reader, call);
    check_number(reader, call);
    check_registers(reader, call);
    return true;
}

/* Conditions are tried in turn; what has none is what is left. */
static void check_default(struct reader *reader, const struct call_list *calls,
                          struct span key)
{
    const struct call *first = NULL;

    LIST_EACH(call, calls)
    {
        if ( call->when )
            continue;
        if ( first )
        {
            call_error(reader, call, "needs a 'when': one call only can do "
                       "without");
            diag_note(reader->diag, first->where, "this one does already");
        }
        else
            first = call;
    }
    if ( !first )
        diag_error(reader->diag, CHECK_yaml_value, key, "one of the 'calls' "
                   "must do without 'when': it is the default");
}

static void read_calls(struct reader *reader, const struct node *map,
                       struct span key, void *structure)
{
    struct arch *arch = structure;
    bool are_whole = true;

    LIST_EACH(pair, &map->pairs)
    {
        struct call call = { .name = NULL };

        are_whole &= read_call(reader, pair, &call);
        *LIST_ADD(reader->arena, &arch->calls) = call;
    }
    /* A call whose 'when' could not be read is no default. */
    if ( are_whole )
        check_default(reader, &arch->calls, key);
}

/* ---- the whole ---------------------------------------------------------------- */

static const char *const endians[] = { "little", "big", NULL };
static const char *const widths[] = { "32", "64", NULL };
#define HANDLES "xencomm"
static const char *const pointers[] = { "virtual", HANDLES, NULL };
static const char *const orders[] = { "low-first", "high-first", NULL };

static const struct field arch_fields[] = {
    { .key = "name", .kind = VALUE_TEXT, .to = ARCH(const char *, name),
      .shape = SHAPE_NAME, .where = ARCH(struct span, where) },
    { .key = "family", .kind = VALUE_TEXT, .to = ARCH(const char *, family),
      .shape = SHAPE_NAME },
    { .key = "condition", .kind = VALUE_TEXT,
      .to = ARCH(const char *, condition) },
    { .key = "endian", .kind = VALUE_TEXT, .to = ARCH(const char *, endian),
      .words = endians },
    { .key = "pages", .kind = VALUE_NUMBERS,
      .to = ARCH(struct number_list, pages), .low = 10, .high = 30 },
    { .key = "registers", .kind = VALUE_NUMBER,
      .to = ARCH(unsigned int, registers), .high = UINT_MAX, .words = widths },
    { .key = "wide-arguments", .kind = VALUE_TEXT,
      .to = ARCH(const char *, wide_arguments), .optional = true,
      .words = orders },
    { .key = "pointers", .kind = VALUE_TEXT, .to = ARCH(const char *, pointers),
      .words = pointers },
    { .key = "provides", .kind = VALUE_TEXTS,
      .to = ARCH(struct text_list, provides), .shape = SHAPE_WORD },
    { .key = "compat-of", .kind = VALUE_TEXT,
      .to = ARCH(const char *, compat_of), .optional = true,
      .shape = SHAPE_NAME, .where = ARCH(struct span, compat_of_where) },
    { .key = "types", .kind = VALUE_MAP, .read = read_types,
      .of = &type_table },
    { .key = "calls", .kind = VALUE_MAP, .read = read_calls,
      .of = &call_table, .is_each = true },
};

const struct table arch_table = {
    .noun = "the architecture", .fields = arch_fields,
    .count = sizeof(arch_fields) / sizeof(arch_fields[0]),
};

static void check_arch(struct reader *reader, const struct arch *arch)
{
    if ( arch->registers == 32 && !arch->wide_arguments )
        diag_error(reader->diag, CHECK_yaml_missing, arch->where,
                   "the architecture needs 'wide-arguments': "
                   "64 bits take two of its registers");
    if ( arch->registers == 64 && arch->wide_arguments )
        diag_error(reader->diag, CHECK_yaml_value, arch->where,
                   "'wide-arguments' says nothing where a register holds "
                   "64 bits");
    if ( arch->pointers && !strcmp(arch->pointers, HANDLES) &&
         (arch->registers != 64 || arch->handle.size != 8) )
        diag_error(reader->diag, CHECK_yaml_value, arch->where,
                   "pointers that are '" HANDLES "' have 64 bits, in registers and in "
                   "structures");
    if ( arch->name && arch->compat_of && !strcmp(arch->name, arch->compat_of) )
        diag_error(reader->diag, CHECK_yaml_value, arch->compat_of_where,
                   "'compat-of' names the architecture itself");
}

struct arch *yaml_arch(struct arena *arena, struct diag *diag,
                       struct source *source)
{
    struct reader reader = { arena, diag };
    const struct node *root = table_root(&reader, source, arch_table.noun,
                                         YAML_DEPTH_LIMIT);
    struct arch *arch;

    if ( !root )
        return NULL;
    arch = arena_alloc(arena, sizeof(*arch));
    arch->where = table_place(root);
    table_read(&reader, &arch_table, root, table_place(root), arch);
    check_arch(&reader, arch);
    return arch;
}
