/* SPDX-License-Identifier: MIT */
/* From the command line's words to sources and trees.  Gives read.h. */
#include <string.h>

#include "front/yaml.h"
#include "read.h"

struct source *read_source(struct arena *arena, struct diag *diag, const char *path)
{
    struct span nowhere = { 0 };
    const char *why = NULL;
    struct source *source = source_read(arena, path, &why);

    if ( !source )
        diag_error(diag, CHECK_input, nowhere, "%s: %s", path, why);
    return source;
}

bool read_folder(struct arena *arena, struct diag *diag, const char *folder,
                 const char *suffix, struct path_list *list)
{
    struct span nowhere = { 0 };
    const char *why = file_list(arena, folder, suffix, list);

    if ( why )
        diag_error(diag, CHECK_input, nowhere, "%s: %s", folder, why);
    return !why;
}

void read_list(struct arena *arena, struct diag *diag, const char *path,
               struct path_list *list)
{
    struct path_list texts = { 0 }, tables = { 0 };
    struct span nowhere = { 0 };

    if ( !file_is_folder(path) )
    {
        *LIST_ADD(arena, list) = path;
        return;
    }
    if ( !read_folder(arena, diag, path, ".idl", &texts) ||
         !read_folder(arena, diag, path, YAML_IDL_SUFFIX, &tables) )
        return;
    if ( !texts.count && !tables.count )
        diag_error(diag, CHECK_input, nowhere,
                   "%s: no description (*.idl, *.idl.yaml) in it", path);
    /* In one order, whichever notation each is in. */
    for ( size_t i = 0, j = 0; i < texts.count || j < tables.count; )
    {
        bool is_table = i == texts.count ||
                        (j < tables.count && strcmp(tables.at[j], texts.at[i]) < 0);

        *LIST_ADD(arena, list) = is_table ? tables.at[j++] : texts.at[i++];
    }
}

struct tree *read_description(struct arena *arena, struct diag *diag, const char *path)
{
    struct source *source = read_source(arena, diag, path);

    if ( !source )
        return NULL;
    return text_ends(path, YAML_IDL_SUFFIX) ? yaml_description(arena, diag, source)
                                            : parse_description(arena, diag, source);
}
