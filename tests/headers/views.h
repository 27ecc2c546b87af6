/* SPDX-License-Identifier: MIT */
/*
 * Views: the ways in which somebody can look at the headers, each a set of
 * compiler flags.  Needs gcc.  The interface versions come from the #if lines
 * of the reference headers and of whatever they include.
 */
#ifndef TESTS_HEADERS_VIEWS_H
#define TESTS_HEADERS_VIEWS_H

#include <stdbool.h>

struct view {
    char name[64];
    char flags[192];
    bool assembly;      /* only headers that know __ASSEMBLY__ have it */
    bool refused;       /* the headers stop with an #error */
};

struct views {
    struct view view[1024];
    int count;
    int boundaries;     /* versions that the headers name */
    int versions;       /* versions looked at: boundaries and neighbours */
    int architectures;
};

/* The views of x86, or those of ia64.  False: a message has been printed. */
bool views_make(struct views *views, const char *folder, bool ia64);
/* What a command prints, ended by a NUL; the caller frees it. */
char *command_output(const char *command, int *status);
/* The whole path, as the line markers will have it; exits if there is none. */
const char *folder_find(const char *folder);

#endif /* TESTS_HEADERS_VIEWS_H */
