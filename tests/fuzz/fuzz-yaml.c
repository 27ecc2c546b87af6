/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an architecture, then as a flavour.  Beyond what sanitizers see:
 * every place lies within the file, what is printed ends, and a file without
 * an error gives a table without a hole.
 */
#include <string.h>

#include "../../codegen/front/yaml.h"
#include "fuzz.h"

static void check_arch(const struct arch *arch)
{
    EXPECT(arch->name && arch->family && arch->condition && arch->endian);
    EXPECT(arch->pages.count && arch->provides.count && arch->pointers);
    EXPECT(arch->registers == 32 || arch->registers == 64);
    EXPECT(arch->handle.align && arch->handle64.align);
    for ( int base = 0; base < NR_BASE_TYPES; base++ )
        EXPECT(arch->base[base].align);
    EXPECT(arch->calls.count);
    LIST_EACH(call, &arch->calls)
    {
        EXPECT(call->name && call->style && call->clobbers.count);
        EXPECT(call->arguments.count && call->arguments.count <= 5);
        EXPECT(call->enter || call->function);
    }
}

static void check_flavour(const struct flavour *flavour)
{
    EXPECT(flavour->name && flavour->path && flavour->licence);
    EXPECT(flavour->closing && flavour->families.count &&
           flavour->interfaces.count);
    EXPECT(flavour->since <= flavour->until);
    EXPECT(!strstr(flavour->path, "..") && flavour->path[0] != '/');
    EXPECT(pair_value(&flavour->spelling, "hypercall"));
    EXPECT(flavour->resolve_versions || pair_value(&flavour->spelling, "version"));
    LIST_EACH(variant, &flavour->variants)
        EXPECT(variant->interface);
}

static void run(const uint8_t *bytes, size_t size, bool is_flavour)
{
    struct arena *arena = arena_new();
    struct diag diag = { .arena = arena };
    struct source *source = source_from_memory(arena, "fuzz.yaml",
                                               (const char *)bytes, size);

    if ( is_flavour )
    {
        const struct flavour *flavour = yaml_flavour(arena, &diag, source);

        EXPECT(flavour || diag.errors);
        if ( !diag.errors )
            check_flavour(flavour);
    }
    else
    {
        const struct arch *arch = yaml_arch(arena, &diag, source);

        EXPECT(arch || diag.errors);
        if ( !diag.errors )
            check_arch(arch);
        fuzz_plant_name(arch ? arch->name : NULL);
    }
    fuzz_messages(&diag, &source, 1);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    fuzz_plant(bytes, size);
    run(bytes, size, false);
    run(bytes, size, true);
    return 0;
}
