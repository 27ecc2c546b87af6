/* SPDX-License-Identifier: MIT */
/* Files and programs: whole or not at all. */
#ifndef CODEGEN_BASE_FILE_H
#define CODEGEN_BASE_FILE_H

#include <stdbool.h>

#include "arena.h"

/*
 * Several files, all of them or none: stage each, then commit each.  What is
 * staged is written, flushed and closed beside the old file; committing only
 * renames.  An equal file is left alone (its time stamp too).  Missing folders
 * are made.  Return NULL, or why not; then the old file is as it was.
 */
struct file_staged {
    const char *path;
    const char *temporary;      /* NULL: the file holds these bytes already */
};
const char *file_stage(struct arena *arena, const char *path, const char *bytes,
                       size_t length, struct file_staged *staged);
const char *file_commit(struct arena *arena, const struct file_staged *staged);
void file_abandon(const struct file_staged *staged);

/* One file: staged and committed. */
const char *file_write(struct arena *arena, const char *path, const char *bytes,
                       size_t length, bool *changed);

/*
 * Run a program (argv[0] is looked up in PATH) with input on its standard
 * input; *output is what it wrote to standard output.  Returns NULL, or why it
 * failed: it is missing, it ended with a status other than 0 (with the first
 * line that it wrote to standard error), or a signal ended it.
 */
const char *file_filter(struct arena *arena, const char *const *argv,
                        const char *input, size_t length,
                        char **output, size_t *output_length);

/*
 * All files in folder whose name ends in suffix, sorted; in a LIST of paths.
 * Returns NULL, or why the folder cannot be read.
 */
struct path_list { const char **at; size_t count, room; };
const char *file_list(struct arena *arena, const char *folder, const char *suffix,
                      struct path_list *list);
bool file_is_folder(const char *path);
bool file_exists(const char *path);

#endif
