/* SPDX-License-Identifier: MIT */
/*
 * hcgen dump --defs: what the templates see, for each output.  The line before
 * the definitions names it; it is a comment to m4 as well.
 */
#include "commands.h"

void dump_defs(const struct back *back, FILE *stream)
{
    LIST_EACH(output, &back->outputs)
        fprintf(stream, "# %s\n%s", output->path, text_string(&output->defs->text));
}
