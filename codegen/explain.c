/* SPDX-License-Identifier: MIT */
/* hcgen explain ID: what base/checks.def says about a diagnostic. */
#include "commands.h"

void explain(struct diag *diag, const char *id, FILE *stream)
{
    const char *ids[NR_CHECKS], *near;
    struct span nowhere = { 0 };
    int check = check_find(id);

    if ( check >= 0 )
    {
        fprintf(stream, "[%s]\n%s", id, check_explanation((enum check)check));
        return;
    }
    for ( int i = 0; i < NR_CHECKS; i++ )
        ids[i] = check_id((enum check)i);
    near = text_nearest(id, ids, NR_CHECKS);
    diag_error(diag, CHECK_unknown_name, nowhere,
               near ? "no diagnostic '%s'; did you mean '%s'?" : "no diagnostic '%s'", id, near);
    if ( !near )
    {
        struct text all = { .arena = diag->arena };

        for ( int i = 0; i < NR_CHECKS; i++ )
            text_format(&all, "%s%s", i ? ", " : "", ids[i]);
        diag_help(diag, nowhere, "there are: %s", text_string(&all));
    }
}
