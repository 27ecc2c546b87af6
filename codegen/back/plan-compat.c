/* SPDX-License-Identifier: MIT */
/*
 * Callers whose structures are laid out in another way.
 *
 * Needs the checked model, and architectures of which one leans on another
 * (compat-of).  Gives, for each family that has such callers: their types; for
 * each interface with dispatchers their structures and what moves these to and
 * from the hypervisor's own; and the report about all of them.
 */
#include <string.h>

#include "plan-dispatch.h"

static const struct arch *find_arch(const struct back *back, const char *name)
{
    for ( size_t i = 0; i < back->model->arches.count; i++ )
        if ( !strcmp(back->model->arches.at[i]->name, name) )
            return back->model->arches.at[i];
    return NULL;
}

const struct arch *compat_arch(const struct back *back, const char *family)
{
    struct arch_list arches = stub_arches(back, family);

    LIST_EACH(arch, &arches)
        if ( (*arch)->compat_of )
            return *arch;
    return NULL;
}

static struct layouts *layouts_for(const struct back *back, const struct arch *arch)
{
    static const char *const names[] = { "c", "tools", "hypervisor", NULL };
    struct view view = { .arch = arch, .version = VERSION_LATEST, .names = names };

    return layouts_new(back->model, &view);
}

struct compat *compat_new(struct back *back, const char *family)
{
    const struct arch *arch = compat_arch(back, family);
    struct compat *compat = arena_alloc(back->arena, sizeof(*compat));

    if ( !arch || !flavour_reference(back->model) )
        return NULL;
    compat->header = (struct header){ .back = back, .arena = back->arena,
                                      .flavour = flavour_reference(back->model) };
    compat->arena = back->arena;
    compat->arch = arch;
    compat->native = find_arch(back, arch->compat_of);
    compat->prefix = arena_format(back->arena, "%s_", arch->name);
    compat->layouts = layouts_for(back, arch);
    compat->native_layouts = layouts_for(back, compat->native);
    return compat;
}

/* ---- files ---------------------------------------------------------------------------- */

static node_t new_file(struct compat *compat, const char *path, const char *template,
                       const char *kind)
{
    struct back *back = compat->header.back;
    node_t root;

    compat->header.defs = back_output(back, path, template, kind, &root);
    back->outputs.at[back->outputs.count - 1].cause = CAUSE_width;
    defs_text(compat->header.defs, root, "arch", compat->arch->name);
    defs_text(compat->header.defs, root, "native", compat->native->name);
    return root;
}

/* Types of a fixed width that the caller aligns in another way. */
static void plan_types(struct compat *compat, const char *family)
{
    node_t root = new_file(compat, arena_format(compat->arena, "%s/hv/hd-compat.h", family),
                           "compat", "types");
    struct defs *defs = compat->header.defs;
    struct node_list list = { 0 };

    for ( int base = BASE_u8; base <= BASE_s64; base++ )
    {
        unsigned int align = arch_base(compat->arch, (enum base_type)base).align;
        node_t node;

        if ( align == arch_base(compat->native, (enum base_type)base).align )
            continue;
        node = defs_node(defs, "aligned_type");
        defs_text(defs, node, "name", base_type_c_name((enum base_type)base));
        defs_text(defs, node, "prefix", compat->prefix);
        defs_number(defs, node, "align", align);
        *LIST_ADD(compat->arena, &list) = node;
    }
    defs_text(defs, root, "guard", spell_upper(compat->arena, compat->arch->name));
    defs_list(defs, root, "types", &list);
}

static void plan_names(struct compat *compat, node_t root, const struct interface *interface)
{
    struct defs *defs = compat->header.defs;

    defs_text(defs, root, "name", interface->name);
    defs_text(defs, root, "guard", spell_upper(compat->arena, interface->name));
    defs_text(defs, root, "source", interface_file(compat->arena, interface));
}

static void plan_structures(struct compat *compat, const char *family,
                            const struct interface *interface)
{
    const char *path = arena_format(compat->arena, "%s/hv/hd-%s-compat.h", family,
                                    interface->name);
    node_t root = new_file(compat, path, "compat", "structures");
    struct compat_structures all = { 0 };
    struct node_list list = { 0 };

    plan_names(compat, root, interface);
    compat_collect(compat, interface, &all);
    LIST_EACH(structure, &all)
        if ( !compat_is_equal(compat, structure->structure.aggregate) )
            *LIST_ADD(compat->arena, &list) = compat_structure(compat, structure);
    defs_list(compat->header.defs, root, "structures", &list);
}

static void plan_asserts(struct compat *compat, const char *family,
                         const struct interface_list *interfaces)
{
    node_t root = new_file(compat, arena_format(compat->arena, "%s/hv/hd-compat.c", family),
                           "compat-code", "code");
    struct defs *defs = compat->header.defs;
    struct node_list groups = { 0 };

    LIST_EACH(interface, interfaces)
    {
        node_t group = defs_node(defs, "interface");
        struct compat_structures all = { 0 };
        struct node_list list = { 0 };

        plan_names(compat, group, *interface);
        compat_collect(compat, *interface, &all);
        LIST_EACH(structure, &all)
            compat_asserts(compat, &structure->structure, &list);
        defs_list(defs, group, "structures", &list);
        *LIST_ADD(compat->arena, &groups) = group;
    }
    defs_list(defs, root, "interfaces", &groups);
}

void plan_compat(struct back *back)
{
    struct text_list families = back_families(back);

    LIST_EACH(family, &families)
    {
        struct compat *compat = compat_new(back, *family);
        struct interface_list interfaces = { 0 };

        LIST_EACH(interface, &back->model->interfaces)
            if ( dispatch_has(*interface) && back_family_has(back, *family, *interface) )
                *LIST_ADD(back->arena, &interfaces) = *interface;
        if ( !compat || !interfaces.count )
            continue;
        plan_types(compat, *family);
        LIST_EACH(interface, &interfaces)
        {
            compat->header.interface = *interface;
            plan_structures(compat, *family, *interface);
        }
        plan_asserts(compat, *family, &interfaces);
        compat_report(back, *family, &interfaces);
    }
}
