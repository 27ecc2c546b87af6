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
    PLAIN("version"),
    OF_TYPE("typedef-name"),
    OF_TYPE("handle"),
    OF_TYPE("handle64"),
    OF_TYPE("const-handle"),
    OF_TYPE("define-handle"),
    OF_NAME("define-handle2"),
    PLAIN("flexible"),
    PLAIN("hypercall"),
    OF_TYPE("function"),
    OF_BIT("bit"),
    OF_BIT("bit64"),
    OF_BIT("status"),
    { .key = "wide", .kind = VALUE_PAIR, .to = SPELLING, .places = value_place },
    OF_VALUE("field"),
    OF_VALUE("field64"),
};

static void read_spelling(struct reader *reader, const struct node *map,
                          struct span key, void *structure)
{
    static const struct table table = {
        .noun = "'spelling'", .fields = spelling_fields,
        .count = sizeof(spelling_fields) / sizeof(spelling_fields[0]),
    };

    table_read(reader, &table, map, key, structure);
}

/* ---- the whole ---------------------------------------------------------------- */

/* Before it is read further, version is a text. */
struct reading {
    struct flavour flavour;     /* first: its offsets are those of the whole */
    const char *version;
};

#define READING(type, member) TYPED(type, struct reading, member)

static const char *const closings[] = { "none", "emacs", NULL };

static const struct field flavour_fields[] = {
    { .key = "name", .kind = VALUE_TEXT, .to = FLAVOUR(const char *, name),
      .shape = SHAPE_NAME, .where = FLAVOUR(struct span, where) },
    { .key = "version", .kind = VALUE_TEXT, .to = READING(const char *, version),
      .shape = SHAPE_VERSION },
    { .key = "path", .kind = VALUE_TEXT, .to = FLAVOUR(const char *, path),
      .shape = SHAPE_PATH },
    { .key = "licence", .kind = VALUE_TEXT,
      .to = FLAVOUR(const char *, licence) },
    { .key = "closing", .kind = VALUE_TEXT,
      .to = FLAVOUR(const char *, closing), .words = closings },
    { .key = "spelling", .kind = VALUE_MAP, .read = read_spelling },
    { .key = "views", .kind = VALUE_PAIRS,
      .to = FLAVOUR(struct pair_list, views) },
    { .key = "markers", .kind = VALUE_TEXTS, .optional = true,
      .to = FLAVOUR(struct text_list, markers), .shape = SHAPE_WORD },
    { .key = "families", .kind = VALUE_TEXTS,
      .to = FLAVOUR(struct text_list, families), .shape = SHAPE_NAME },
    { .key = "interfaces", .kind = VALUE_TEXTS,
      .to = FLAVOUR(struct text_list, interfaces), .shape = SHAPE_WORD },
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

struct flavour *yaml_flavour(struct arena *arena, struct diag *diag,
                             struct source *source)
{
    static const struct table table = {
        .noun = "the flavour", .fields = flavour_fields,
        .count = sizeof(flavour_fields) / sizeof(flavour_fields[0]),
    };
    struct reader reader = { arena, diag };
    const struct node *root = table_root(&reader, source, table.noun);
    struct reading *reading;

    if ( !root )
        return NULL;
    reading = arena_alloc(arena, sizeof(*reading));
    reading->flavour.where = table_place(root);
    table_read(&reader, &table, root, table_place(root), reading);
    if ( reading->version )
        set_version(&reading->flavour, reading->version);
    return &reading->flavour;
}
