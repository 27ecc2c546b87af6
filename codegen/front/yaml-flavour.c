/* SPDX-License-Identifier: MIT */
/*
 * The keys of a flavour.  Needs yaml-table; gives yaml_flavour.
 */
#include <string.h>

#include "yaml.h"
#include "yaml-table.h"

#define FLAVOUR(type, member) TYPED(type, struct flavour, member)

/* ---- spelling ---------------------------------------------------------------- */

static const char *const type_place[] = { "$T", NULL };
static const char *const bit_place[] = { "$n", NULL };
static const char *const field_places[] = { "$n", "$v", NULL };
static const char *const value_place[] = { "$v", NULL };
static const char *const name_places[] = { "$N", "$T", NULL };

#define SPELLING FLAVOUR(struct pair_list, spelling)

/* What a text is made of: nothing, a type, a name and a type, a number. */
#define PLAIN(name)                                                         \
    { .key = name, .kind = VALUE_PAIR, .to = SPELLING, .shape = SHAPE_WORD }
#define OF_TYPE(name)                                                       \
    { .key = name, .kind = VALUE_PAIR, .to = SPELLING, .places = type_place }
#define OF_NAME(name)                                                       \
    { .key = name, .kind = VALUE_PAIR, .to = SPELLING, .places = name_places }
#define OF_BIT(name)                                                        \
    { .key = name, .kind = VALUE_PAIR, .to = SPELLING, .places = bit_place }
#define OF_VALUE(name)                                                      \
    { .key = name, .kind = VALUE_PAIR, .to = SPELLING, .places = field_places }

static const struct field spelling_fields[] = {
    { .key = "version", .kind = VALUE_PAIR, .to = SPELLING, .optional = true,
      .shape = SHAPE_WORD },
    { .key = "typedef-name", .kind = VALUE_PAIR, .to = SPELLING, .optional = true,
      .places = type_place },
    OF_TYPE("handle"),
    OF_TYPE("handle64"),
    OF_TYPE("const-handle"),
    OF_TYPE("define-handle"),
    OF_NAME("define-handle2"),
    { .key = "flexible", .kind = VALUE_PAIR, .to = SPELLING, .optional = true,
      .shape = SHAPE_WORD },
    PLAIN("hypercall"),
    OF_TYPE("function"),
    OF_BIT("bit"),
    OF_BIT("bit64"),
    OF_BIT("status"),
    { .key = "wide", .kind = VALUE_PAIR, .to = SPELLING, .places = value_place },
    OF_VALUE("field"),
    OF_VALUE("field64"),
};

static const struct table spelling_table = {
    .noun = "'spelling'", .fields = spelling_fields,
    .count = sizeof(spelling_fields) / sizeof(spelling_fields[0]),
};

static void read_spelling(struct reader *reader, const struct node *map,
                          struct span key, void *structure)
{
    table_read(reader, &spelling_table, map, key, structure);
}

/* ---- what is otherwise ---------------------------------------------------------- */

#define VARIANT(type, member) TYPED(type, struct variant, member)

/* Whether the paths name something is seen when the descriptions are read. */
static const struct field variant_fields[] = {
    { .key = "includes", .kind = VALUE_TEXTS, .optional = true,
      .to = VARIANT(struct text_list, includes), .shape = SHAPE_PATH },
    { .key = "omit", .kind = VALUE_TEXTS, .optional = true,
      .to = VARIANT(struct text_list, omit), .shape = SHAPE_NAME },
    { .key = "restore", .kind = VALUE_TEXTS, .optional = true,
      .to = VARIANT(struct text_list, restore), .shape = SHAPE_NAME },
    { .key = "rename", .kind = VALUE_PAIRS, .optional = true,
      .to = VARIANT(struct pair_list, rename), .shape = SHAPE_WORD },
    { .key = "retype", .kind = VALUE_PAIRS, .optional = true,
      .to = VARIANT(struct pair_list, retype) },
};

static const struct table variant_table = {
    .noun = "an interface of 'changes'", .fields = variant_fields,
    .count = sizeof(variant_fields) / sizeof(variant_fields[0]),
};

static void read_variants(struct reader *reader, const struct node *map,
                          struct span key, void *structure)
{
    struct flavour *flavour = structure;

    (void)key;
    LIST_EACH(pair, &map->pairs)
    {
        struct variant *variant;

        if ( !value_is_map(reader, pair->key, pair->value) )
            continue;
        variant = LIST_ADD(reader->arena, &flavour->variants);
        *variant = (struct variant){ .interface = pair->key, .where = pair->where };
        table_read(reader, &variant_table, pair->value, pair->where, variant);
    }
}

/* ---- the whole ---------------------------------------------------------------- */

/* Before it is read further, version is a text. */
struct reading {
    struct flavour flavour;     /* first: its offsets are those of the whole */
    const char *version;
    const char *indent, *reference;
};

#define READING(type, member) TYPED(type, struct reading, member)

static const char *const closings[] = { "none", "emacs", NULL };
static const char *const indents[] = { "blanks", "tab", NULL };
static const char *const truths[] = { "true", "false", NULL };

static const struct field flavour_fields[] = {
    { .key = "name", .kind = VALUE_TEXT, .to = FLAVOUR(const char *, name),
      .shape = SHAPE_NAME, .where = FLAVOUR(struct span, where) },
    { .key = "version", .kind = VALUE_TEXT, .to = READING(const char *, version),
      .shape = SHAPE_VERSION },
    { .key = "reference", .kind = VALUE_TEXT,
      .to = READING(const char *, reference), .optional = true, .words = truths },
    { .key = "indent", .kind = VALUE_TEXT, .to = READING(const char *, indent),
      .optional = true, .words = indents },
    { .key = "include-path", .kind = VALUE_TEXT, .optional = true,
      .to = FLAVOUR(const char *, include_path), .shape = SHAPE_PATH },
    { .key = "path", .kind = VALUE_TEXT, .to = FLAVOUR(const char *, path),
      .shape = SHAPE_PATH },
    { .key = "licence", .kind = VALUE_TEXT,
      .to = FLAVOUR(const char *, licence) },
    { .key = "closing", .kind = VALUE_TEXT,
      .to = FLAVOUR(const char *, closing), .words = closings },
    { .key = "spelling", .kind = VALUE_MAP, .read = read_spelling,
      .of = &spelling_table },
    { .key = "views", .kind = VALUE_PAIRS,
      .to = FLAVOUR(struct pair_list, views) },
    { .key = "markers", .kind = VALUE_TEXTS, .optional = true,
      .to = FLAVOUR(struct text_list, markers), .shape = SHAPE_WORD },
    { .key = "families", .kind = VALUE_TEXTS,
      .to = FLAVOUR(struct text_list, families), .shape = SHAPE_NAME },
    { .key = "interfaces", .kind = VALUE_TEXTS,
      .to = FLAVOUR(struct text_list, interfaces), .shape = SHAPE_WORD },
    { .key = "changes", .kind = VALUE_MAP, .optional = true, .read = read_variants,
      .of = &variant_table, .is_each = true },
};

const struct table flavour_table = {
    .noun = "the flavour", .fields = flavour_fields,
    .count = sizeof(flavour_fields) / sizeof(flavour_fields[0]),
};

/* 3.2.10 is 0x0003020a; the shape was looked at before. */
static uint32_t version_number(const char *text)
{
    uint32_t version = 0;
    int shift = 16;

    for ( ; *text; text++, shift -= 8 )
    {
        uint32_t part = 0;

        for ( ; *text >= '0' && *text <= '9'; text++ )
            part = part * 10 + (uint32_t)(*text - '0');
        version |= part << shift;
        if ( !*text )
            break;
    }
    return version;
}

static void set_version(struct flavour *flavour, const char *text)
{
    flavour->until = UINT32_MAX;
    if ( !strcmp(text, "latest") )
        flavour->resolve_versions = true;
    else if ( text_starts(text, "since ") )
        flavour->since = version_number(text + strlen("since "));
    else
        flavour->until = version_number(text + strlen("up to "));
}

/* Without #ifs on versions the name of the version is not needed. */
static void check_spelling(struct reader *reader, const struct reading *reading)
{
    const struct flavour *flavour = &reading->flavour;

    if ( reading->version && !flavour->resolve_versions && flavour->spelling.count &&
         !pair_value(&flavour->spelling, "version") )
        diag_error(reader->diag, CHECK_yaml_missing, flavour->where,
                   "the flavour needs 'version' in 'spelling': it keeps #ifs on it");
}

struct flavour *yaml_flavour(struct arena *arena, struct diag *diag,
                             struct source *source)
{
    struct reader reader = { arena, diag };
    const struct node *root = table_root(&reader, source, flavour_table.noun,
                                         YAML_DEPTH_LIMIT);
    struct reading *reading;

    if ( !root )
        return NULL;
    reading = arena_alloc(arena, sizeof(*reading));
    reading->flavour.where = table_place(root);
    table_read(&reader, &flavour_table, root, table_place(root), reading);
    if ( reading->version )
        set_version(&reading->flavour, reading->version);
    reading->flavour.has_tabs = reading->indent && !strcmp(reading->indent, "tab");
    reading->flavour.is_reference = reading->reference &&
                                    !strcmp(reading->reference, "true");
    check_spelling(&reader, reading);
    return &reading->flavour;
}
