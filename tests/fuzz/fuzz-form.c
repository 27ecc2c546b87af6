/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a description in each of the two notations.  What can be read is
 * converted to the other and back, and has to be what it was: to the byte.
 */
#include <string.h>

#include "../../codegen/convert.h"
#include "../../codegen/front/build.h"
#include "../../codegen/front/yaml.h"
#include "fuzz.h"

struct reading {
    struct arena *arena;
    struct diag diag;
    struct model model;
    struct source *source;
    struct tree *tree;
};

/* What is in its place; no name has to be known. */
static bool read(struct reading *reading, const char *bytes, size_t size, bool is_table)
{
    struct arena *arena = reading->arena;

    reading->diag = (struct diag){ .arena = arena };
    reading->model = (struct model){ .arena = arena, .diag = &reading->diag };
    reading->source = source_from_memory(arena, "fuzz.idl", bytes, size);
    reading->tree = (is_table ? yaml_description : parse_description)
                        (arena, &reading->diag, reading->source);
    build_interface(&reading->model, reading->tree);
    return !reading->diag.errors;
}

static const char *text_of(struct reading *reading, const char *bytes, bool is_table)
{
    EXPECT(read(reading, bytes, strlen(bytes), is_table));
    return convert_text(&reading->model, reading->tree);
}

static void convert_both(struct arena *arena, const struct reading *first)
{
    struct reading again = { .arena = arena };
    const char *text = convert_text(&first->model, first->tree), *table, *same;

    text_of(&again, text, false);
    table = convert_yaml(arena, again.tree);
    same = text_of(&again, table, true);
    EXPECT(!strcmp(text, same));
}

static void run(const uint8_t *bytes, size_t size, bool is_table)
{
    struct arena *arena = arena_new();
    struct reading first = { .arena = arena };

    if ( read(&first, (const char *)bytes, size, is_table) )
    {
        fuzz_plant_name(first.model.interfaces.at[0]->name);
        convert_both(arena, &first);
    }
    fuzz_messages(&first.diag, &first.source, 1);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_plant(bytes, size);
    run(bytes, size, true);
    run(bytes, size, false);
    return 0;
}
