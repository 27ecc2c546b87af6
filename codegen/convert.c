/* SPDX-License-Identifier: MIT */
/*
 * hcgen convert: a description in the other notation.  What is read has to be
 * in its place, but no name has to be known: one file can be converted alone.
 * Into YAML it goes as statements, into text as the model that dump prints.
 * Needs read.h, convert-yaml.c and dump-text.c; gives convert of commands.h.
 */
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "convert.h"
#include "front/build.h"
#include "front/yaml.h"
#include "read.h"

#define TEXT_SUFFIX ".idl"

struct converted {
    const char *path;           /* of the result */
    const char *text;
    size_t length;
};
struct converted_list { struct converted *at; size_t count, room; };

static bool fail(struct diag *diag, const char *path, const char *why)
{
    struct span nowhere = { 0 };

    diag_error(diag, CHECK_output, nowhere, "%s: %s", path, why);
    return false;
}

/* The name without its folder, and with the other suffix. */
static const char *other_name(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t length = strlen(name);

    if ( text_ends(name, YAML_IDL_SUFFIX) )
        return arena_copy(arena, name, length - strlen(YAML_IDL_SUFFIX) + strlen(TEXT_SUFFIX));
    if ( text_ends(name, TEXT_SUFFIX) )
        return arena_format(arena, "%.*s" YAML_IDL_SUFFIX, (int)(length - strlen(TEXT_SUFFIX)),
                            name);
    return NULL;
}

const char *convert_text(const struct model *model, const struct tree *tree)
{
    char *bytes = NULL;
    size_t length;
    FILE *stream = open_memstream(&bytes, &length);
    const char *text = "";

    if ( stream )
    {
        dump_text(model, &tree->notes, stream);
        fclose(stream);
        text = arena_copy(model->arena, bytes, length);
        free(bytes);
    }
    return text;
}

static void convert_file(struct arena *arena, struct diag *diag, const char *path,
                         struct converted_list *list)
{
    struct model model = { .arena = arena, .diag = diag };
    const char *name = other_name(arena, path);
    struct span nowhere = { 0 };
    const struct tree *tree;

    if ( !name )
    {
        diag_error(diag, CHECK_input, nowhere,
                   "%s: a description is named *.idl or *" YAML_IDL_SUFFIX, path);
        return;
    }
    tree = read_description(arena, diag, path);
    if ( tree )
        build_interface(&model, tree);
    if ( !tree || diag->errors )
        return;
    *LIST_ADD(arena, list) = (struct converted){
        .path = name,
        .text = text_ends(name, YAML_IDL_SUFFIX) ? convert_yaml(arena, tree)
                                                 : convert_text(&model, tree),
    };
}

/* All of them or none. */
static bool write_all(struct arena *arena, struct diag *diag, const char *folder,
                      const struct converted_list *list)
{
    struct file_staged *files = arena_alloc(arena, list->count * sizeof(*files));
    const char *why = NULL;
    size_t staged = 0;

    for ( ; staged < list->count && !why; staged += !why )
    {
        const struct converted *one = &list->at[staged];

        why = file_stage(arena, arena_format(arena, "%s/%s", folder, one->path), one->text,
                         strlen(one->text), &files[staged]);
        if ( why )
            fail(diag, one->path, why);
    }
    for ( size_t i = 0; i < staged; i++ )
    {
        if ( why )
            file_abandon(&files[i]);
        else if ( (why = file_commit(arena, &files[i])) )
            fail(diag, files[i].path, why);
    }
    return !why;
}

void convert(struct arena *arena, struct diag *diag, const struct options *options,
             FILE *stream)
{
    struct converted_list list = { 0 };
    struct path_list paths = { 0 };
    struct span nowhere = { 0 };

    for ( size_t i = 0; i < options->arguments.count; i++ )
        read_list(arena, diag, options->arguments.at[i], &paths);
    if ( paths.count > 1 && !options->output )
        diag_error(diag, CHECK_input, nowhere,
                   "%zu descriptions: say with --output which folder they go to", paths.count);
    for ( size_t i = 0; i < paths.count && !diag->errors; i++ )
        convert_file(arena, diag, paths.at[i], &list);
    if ( diag->errors )
        return;
    if ( options->output )
        write_all(arena, diag, options->output, &list);
    else
        LIST_EACH(one, &list)
            fputs(one->text, stream);
}
