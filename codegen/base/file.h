/* SPDX-License-Identifier: MIT */
/* Files and programs: whole or not at all. */
#ifndef CODEGEN_BASE_FILE_H
#define CODEGEN_BASE_FILE_H

#include <stdbool.h>

#include "arena.h"

/*
 * Make the file hold exactly these bytes: written beside it, flushed, renamed.
 * An equal file is left alone (its time stamp too).  Missing folders are made.
 * Returns NULL, or why not; then the old file is as it was.
 */
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
