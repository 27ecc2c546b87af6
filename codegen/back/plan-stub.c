/* SPDX-License-Identifier: MIT */
/*
 * Guest stubs.
 *
 * Needs the checked model and the architectures.  Gives, for each family,
 * hc.h, which knows how to enter the hypervisor, and one file for each
 * interface with hypercalls, whose functions call what hc.h has.
 */
#include <string.h>

#include "../model/flavour.h"
#include "plan-stub.h"

/* The hypercall that takes entries of others; its structure is what fillers fill. */
#define MULTICALL "multicall"

struct arch_list stub_arches(const struct back *back, const char *family)
{
    struct arch_list list = { 0 };

    for ( int leaning = false; leaning <= true; leaning++ )
        for ( size_t i = 0; i < back->model->arches.count; i++ )
        {
            const struct arch *arch = back->model->arches.at[i];

            if ( !strcmp(arch->family, family) && (arch->compat_of != NULL) == leaning )
                *LIST_ADD(back->arena, &list) = arch;
        }
    return list;
}

static const struct hypercall *find_multicall(const struct model *model)
{
    for ( size_t i = 0; i < model->interfaces.count; i++ )
        for ( size_t j = 0; j < model->interfaces.at[i]->hypercalls.count; j++ )
            if ( !strcmp(model->interfaces.at[i]->hypercalls.at[j]->decl->name, MULTICALL) )
                return model->interfaces.at[i]->hypercalls.at[j];
    return NULL;
}

struct stub stub_new(struct back *back, const char *family)
{
    return (struct stub){
        .header = { .back = back, .arena = back->arena,
                    .flavour = flavour_reference(back->model) },
        .family = family,
        .arches = stub_arches(back, family),
        .multicall = find_multicall(back->model),
    };
}

static void plan_file(struct back *back, const char *family,
                      const struct interface *interface)
{
    struct stub stub = stub_new(back, family);
    struct body body = { .header = &stub.header };
    const char *path = arena_format(back->arena, "%s/guest/hc-%s.h", family,
                                    interface->name);
    node_t root;

    stub.header.interface = interface;
    stub.header.defs = back_output(back, path, "stub", "stubs", &root);
    if ( interface->conditions.count )
        back->outputs.at[back->outputs.count - 1].cause = CAUSE_arch;
    defs_text(stub.header.defs, root, "name", interface->name);
    defs_text(stub.header.defs, root, "guard", spell_upper(back->arena, interface->name));
    defs_text(stub.header.defs, root, "header", interface->header);
    defs_text(stub.header.defs, root, "source",
              interface_file(back->arena, interface));
    for ( size_t i = 0; i < interface->hypercalls.count; i++ )
    {
        const struct hypercall *hypercall = interface->hypercalls.at[i];

        stub_hypercall(&body, &stub, hypercall);
        for ( size_t j = 0; j < hypercall->ops.count; j++ )
            if ( !hypercall->ops.at[j]->is_removed )
                stub_op(&body, &stub, hypercall->ops.at[j]);
    }
    body_end(&body, root, "items");
}

void plan_stubs(struct back *back)
{
    struct text_list families = back_families(back);
    const struct model *model = back->model;

    if ( !flavour_reference(model) )
        return;
    for ( size_t i = 0; i < families.count; i++ )
    {
        stub_enter(back, families.at[i]);
        for ( size_t j = 0; j < model->interfaces.count; j++ )
            if ( model->interfaces.at[j]->hypercalls.count &&
                 back_family_has(back, families.at[i], model->interfaces.at[j]) )
                plan_file(back, families.at[i], model->interfaces.at[j]);
    }
}
