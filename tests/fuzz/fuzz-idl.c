/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as descriptions: several files in one input, parted by a line
 * "@@@".  They go all the way to the definitions that the templates see, with
 * the project's own architectures and flavours.  A last file that begins with
 * '#' is an abi.lock.
 *
 * Beyond what sanitizers see: every message has a place within the input; a
 * strict structure that passes has one size everywhere; what is published of
 * a model agrees with the model.
 */
#include <string.h>

#include "../../codegen/commands.h"
#include "../../codegen/base/file.h"
#include "../../codegen/front/build.h"
#include "../../codegen/front/yaml.h"
#include "../../codegen/model/layout.h"
#include "../../codegen/model/lock.h"
#include "fuzz.h"

#define BETWEEN "\n@@@\n"
#define MOST_FILES 4

/* ---- architectures and flavours: read once -------------------------------- */

static struct model tables;
#define MOST_TABLES 20
static struct source *table_sources[MOST_TABLES];
static size_t nr_tables;

static struct source *table(const char *path)
{
    const char *why;
    struct source *source = source_read(tables.arena, path, &why);

    EXPECT(source && nr_tables < MOST_TABLES);
    table_sources[nr_tables++] = source;
    return source;
}

static void read_tables(void)
{
    static struct diag diag;
    struct path_list arches = { 0 }, flavours = { 0 };

    tables.arena = diag.arena = arena_new();
    EXPECT(!file_list(tables.arena, "idl/arch", ".yaml", &arches));
    EXPECT(!file_list(tables.arena, "idl/flavour", ".yaml", &flavours));
    for ( size_t i = 0; i < arches.count; i++ )
        *LIST_ADD(tables.arena, &tables.arches) =
            yaml_arch(tables.arena, &diag, table(arches.at[i]));
    for ( size_t i = 0; i < flavours.count; i++ )
        *LIST_ADD(tables.arena, &tables.flavours) =
            yaml_flavour(tables.arena, &diag, table(flavours.at[i]));
    EXPECT(!diag.errors && tables.arches.count && tables.flavours.count);
}

static struct model *model_new(struct arena *arena, struct diag *diag)
{
    struct model *model = arena_alloc(arena, sizeof(*model));

    *model = (struct model){ .arena = arena, .diag = diag, .types.arena = arena,
                             .macros.arena = arena, .handles.arena = arena,
                             .rights.arena = arena };
    for ( size_t i = 0; i < tables.arches.count; i++ )
        *LIST_ADD(arena, &model->arches) = tables.arches.at[i];
    for ( size_t i = 0; i < tables.flavours.count; i++ )
        *LIST_ADD(arena, &model->flavours) = tables.flavours.at[i];
    return model;
}

/* ---- what was understood is consistent --------------------------------------- */

/* A strict structure that passed has the same size everywhere. */
static void check_strict_sizes(const struct model *model)
{
    struct structure_list structures = { 0 };
    struct layouts **of = arena_alloc(model->arena, model->arches.count * sizeof(*of));

    layout_structures(model, &structures);
    for ( size_t i = 0; i < model->arches.count; i++ )
    {
        struct view view = view_latest(model->arches.at[i]);

        of[i] = layouts_new(model, &view);
    }
    LIST_EACH(structure, &structures)
    {
        uint64_t size = 0;

        for ( size_t i = 0; !structure->decl->is_legacy && i < model->arches.count; i++ )
        {
            uint64_t here = layout_of_aggregate(of[i], structure->aggregate)->size;

            if ( !view_has(layouts_view(of[i]), structure->decl) )
                continue;
            EXPECT(!size || here == size);
            size = here;
        }
    }
}

/* The lock of a model is the lock that the model has. */
static void check_lock(struct model *model)
{
    const char *text = lock_text(model, NULL);
    struct source *lock;

    EXPECT(text && !model->diag->errors);
    lock = source_from_memory(model->arena, "abi.lock", text, strlen(text));
    EXPECT(lock_check(model, lock) && !model->diag->errors);
    EXPECT(!strcmp(lock_text(model, lock), text));
}

/* Any lock: it is refused, or nothing of it changes when the model is added. */
static void compare_lock(struct model *model, struct source *published)
{
    const char *text = lock_text(model, published);

    EXPECT(!text == (model->diag->errors != 0));
    if ( text )
    {
        struct source *lock = source_from_memory(model->arena, "abi.lock", text,
                                                 strlen(text));

        EXPECT(lock_check(model, lock) && !model->diag->errors);
    }
    lock_check(model, published);
}

static void print_all(struct model *model)
{
    struct back back = { .arena = model->arena, .diag = model->diag,
                         .model = model, .templates = "codegen/templates",
                         .style = ".clang-format", .folder = "generated" };

    dump_text(model, NULL, fuzz_nowhere());
    dump_json(model, fuzz_nowhere());
    plan_headers(&back);
    plan_stubs(&back);
    plan_layouts(&back);
    if ( !back.diag->errors )
        dump_defs(&back, fuzz_nowhere());
}

/* ---- one input ------------------------------------------------------------------ */

static void understand(struct model *model, struct source *const *sources,
                       size_t count)
{
    for ( size_t i = 0; i < count; i++ )
        build_interface(model, parse_description(model->arena, model->diag,
                                                 sources[i]));
    if ( model->interfaces.count )
        fuzz_plant_name(model->interfaces.at[0]->name);
    if ( !model->diag->errors )
        resolve_model(model);
    if ( !model->diag->errors )
        check_model(model);
    if ( !model->diag->errors )
        layout_check(model);
}

/* How many sources; the last takes what is left. */
static size_t split(struct arena *arena, const char *bytes, size_t size,
                    struct source **sources)
{
    size_t count = 0, length = strlen(BETWEEN);
    const char *end;

    while ( count < MOST_FILES - 1 &&
            (end = memmem(bytes, size, BETWEEN, length)) )
    {
        sources[count++] = source_from_memory(arena, "fuzz.idl", bytes,
                                              (size_t)(end + 1 - bytes));
        size -= (size_t)(end - bytes) + length;
        bytes = end + length;
    }
    sources[count++] = source_from_memory(arena, "fuzz.idl", bytes, size);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct source *sources[MOST_FILES + MOST_TABLES], *lock = NULL;
    struct diag diag = { 0 };
    struct arena *arena;
    struct model *model;
    size_t count;

    if ( !tables.arena )
        read_tables();
    fuzz_plant(bytes, size);
    arena = diag.arena = arena_new();
    model = model_new(arena, &diag);
    count = split(arena, (const char *)bytes, size, sources);
    if ( count > 1 && *sources[count - 1]->text == '#' )
        lock = sources[count - 1];
    memcpy(sources + count, table_sources, nr_tables * sizeof(*sources));
    understand(model, sources, count - (lock != NULL));
    fuzz_messages(&diag, sources, count + nr_tables);
    if ( !diag.errors )
    {
        check_strict_sizes(model);
        check_lock(model);
        print_all(model);
        if ( lock && !diag.errors )
            compare_lock(model, lock);
        fuzz_messages(&diag, sources, count + nr_tables);
    }
    arena_free(arena);
    return 0;
}
