/* SPDX-License-Identifier: MIT */
/* Flat m4 definitions; the quotes are the template library's. */
#include <stdio.h>
#include <string.h>

#include "defs.h"

static const struct { const char *name, *meaning; } causes[] = {
    [CAUSE_none] = { "", "" },
#define CAUSE(name, meaning) [CAUSE_##name] = { #name, meaning },
#include "causes.def"
#undef CAUSE
};

const char *cause_text(enum cause cause)
{
    return causes[cause].name;
}

const char *cause_meaning(enum cause cause)
{
    return causes[cause].meaning;
}

enum cause cause_find(const char *name, size_t length)
{
    for ( int i = CAUSE_none + 1; i < NR_CAUSES; i++ )
        if ( strlen(causes[i].name) == length && !memcmp(causes[i].name, name, length) )
            return (enum cause)i;
    return CAUSE_none;
}

struct defs *defs_new(struct arena *arena, bool marked)
{
    struct defs *defs = arena_alloc(arena, sizeof(*defs));

    defs->text.arena = arena;
    defs->marked = marked;
    return defs;
}

static void define(struct defs *defs, node_t node, const char *key)
{
    text_format(&defs->text, "m4_define(«n%u.%s», «", node, key);
}

static void end(struct defs *defs)
{
    text_add(&defs->text, "»)\n");
}

/* The front end lets no byte through that could end the quotes. */
static void quoted(struct defs *defs, const char *value)
{
    text_add(&defs->text, value);
}

node_t defs_node(struct defs *defs, const char *kind)
{
    node_t node = ++defs->nodes;

    defs_text(defs, node, "kind", kind);
    return node;
}

void defs_text(struct defs *defs, node_t node, const char *key, const char *value)
{
    define(defs, node, key);
    quoted(defs, value ? value : "");
    end(defs);
}

void defs_number(struct defs *defs, node_t node, const char *key, uint64_t value)
{
    define(defs, node, key);
    text_format(&defs->text, "%llu", (unsigned long long)value);
    end(defs);
}

void defs_cause(struct defs *defs, node_t node, const char *key, enum cause cause,
                const char *value)
{
    define(defs, node, key);
    if ( defs->marked )
        text_format(&defs->text, MARK_BEGIN "%s" MARK_NAME, cause_text(cause));
    quoted(defs, value ? value : "");
    if ( defs->marked )
        text_add(&defs->text, MARK_END);
    end(defs);
}

void defs_list(struct defs *defs, node_t node, const char *key,
               const struct node_list *list)
{
    define(defs, node, key);
    for ( size_t i = 0; i < list->count; i++ )
        text_format(&defs->text, "%sn%u", i ? "," : "", list->at[i]);
    end(defs);
}
