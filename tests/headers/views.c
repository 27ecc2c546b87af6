/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "views.h"

#define VERSION_MACRO "__XEN_INTERFACE_VERSION__"
#define LATEST_MACRO  "#define __XEN_LATEST_INTERFACE_VERSION__ "

struct option {
    const char *name;
    const char *flags;
};

static const struct option x86[] = {
    { "m64", "-m64" },
    { "m32", "-m32" },
    { NULL, NULL },
};

/* Which branches are taken asks for macros only: no ia64 compiler is needed. */
static const struct option ia64[] = {
    { "ia64", "-m64 -U__x86_64__ -D__ia64__" },
    { NULL, NULL },
};

/* These two force the latest version, so there is one view of each. */
static const struct option forced[] = {
    { "tools", "-D__XEN_TOOLS__" },
    { "hypervisor", "-D__XEN__" },
    { NULL, NULL },
};

/* Branches of xen.h that ask for the language or another architecture. */
static const struct option others[] = {
    { "c99", "-std=c99" },
    { "ansi", "-ansi" },
    { "ansi, not gnu", "-ansi -U__GNUC__" },
    { "c++", "-x c++ -std=gnu++98" },
    { "arm64 guest", "-U__x86_64__ -D__aarch64__" },
    { "arm64 tools", "-U__x86_64__ -D__aarch64__ -D__XEN_TOOLS__" },
    { NULL, NULL },
};

struct versions {
    unsigned int list[256];
    int count;
};

char *command_output(const char *command, int *status)
{
    FILE *pipe = popen(command, "r");
    size_t size = 0, room = 1 << 16, got;
    char *text = malloc(room);

    if ( !pipe || !text )
        abort();
    while ( (got = fread(text + size, 1, room - size - 1, pipe)) > 0 )
    {
        size += got;
        if ( size == room - 1 && !(text = realloc(text, room *= 2)) )
            abort();
    }
    text[size] = '\0';
    *status = pclose(pipe);
    return text;
}

const char *folder_find(const char *folder)
{
    char *path = realpath(folder, NULL);

    if ( !path || strlen(path) > 256 )
    {
        fprintf(stderr, "%s: no such folder, or too long a path\n", folder);
        exit(2);
    }
    return path;
}

static void versions_add(struct versions *versions, unsigned int version)
{
    for ( int i = 0; i < versions->count; i++ )
        if ( versions->list[i] == version )
            return;
    if ( versions->count == 256 )
        abort();
    versions->list[versions->count++] = version;
}

/*
 * One line: #if VERSION_MACRO >= 0x00030205, and whatever else stands there.
 * named gets the number; seen gets the versions on both sides of the step.
 */
static void line_scan(const char *line, struct versions *named,
                      struct versions *seen)
{
    const char *at = line;
    char sign[3];
    unsigned int version;

    if ( line[strspn(line, " \t")] != '#' )
        return;
    while ( (at = strstr(at, VERSION_MACRO)) )
    {
        at += strlen(VERSION_MACRO);
        if ( sscanf(at, " %2[<>=!] %x", sign, &version) != 2 )
            continue;
        versions_add(named, version);
        versions_add(seen, version - 1);
        versions_add(seen, version);
        if ( !strcmp(sign, ">") || !strcmp(sign, "<=") )
            versions_add(seen, version + 1);
    }
}

static bool file_scan(const char *path, struct versions *named,
                      struct versions *seen)
{
    FILE *file = fopen(path, "r");
    char line[512];

    if ( !file )
    {
        perror(path);
        return false;
    }
    while ( fgets(line, sizeof(line), file) )
        line_scan(line, named, seen);
    fclose(file);
    return true;
}

/* The versions that the headers, and all that they include, know of. */
static bool versions_find(const char *folder, const char *flags,
                          struct versions *named, struct versions *seen)
{
    char command[1024];
    char *list, *word;
    int status;
    bool good;

    snprintf(command, sizeof(command), "gcc -MM -nostdinc %s -x c -include "
             "%s/xen.h -include %s/physdev.h -include %s/grant_table.h "
             "-include %s/memory.h /dev/null",
             flags, folder, folder, folder, folder);
    list = command_output(command, &status);
    good = !status;
    for ( word = strtok(list, " \\\n"); good && word;
          word = strtok(NULL, " \\\n") )
        if ( strchr(word, '/') && strcmp(word, "/dev/null") )
            good = file_scan(word, named, seen);
    free(list);
    return good;
}

static unsigned int latest_find(const char *folder)
{
    char command[512];
    unsigned int latest = 0;
    char *text, *at;
    int status;

    snprintf(command, sizeof(command), "gcc -E -dM -nostdinc -x c -include "
             "%s/xen-compat.h /dev/null", folder);
    text = command_output(command, &status);
    at = strstr(text, LATEST_MACRO);
    if ( at )
        latest = strtoul(at + strlen(LATEST_MACRO), NULL, 16);
    free(text);
    return latest;
}

static struct view *view_add(struct views *views, const char *name,
                             const char *architecture, const char *flags,
                             const char *more)
{
    struct view *view = &views->view[views->count++];

    if ( views->count == sizeof(views->view) / sizeof(*views->view) )
        abort();
    *view = (struct view){ .assembly = false };
    snprintf(view->name, sizeof(view->name), "%s%s%s", name,
             *architecture ? " " : "", architecture);
    snprintf(view->flags, sizeof(view->flags), "%s %s", flags, more);
    return view;
}

/* Tools, hypervisor, then the guest at each version; the latest one first. */
static void architecture_add(struct views *views, const struct option *arch,
                             const struct versions *versions)
{
    char name[64], flags[64];

    for ( const struct option *f = forced; f->name; f++ )
        view_add(views, f->name, arch->name, arch->flags, f->flags);
    view_add(views, "guest, no version", arch->name, arch->flags, "");
    for ( int i = 0; i < versions->count; i++ )
    {
        snprintf(name, sizeof(name), "guest 0x%08x", versions->list[i]);
        snprintf(flags, sizeof(flags), "-D" VERSION_MACRO "=0x%08x",
                 versions->list[i]);
        view_add(views, name, arch->name, arch->flags, flags);
    }
    views->architectures++;
}

/* Each of the first views once more, as assembly sees it. */
static void assembly_add(struct views *views, int count)
{
    struct view *view;

    for ( int i = 0; i < count; i++ )
    {
        view = view_add(views, views->view[i].name, "assembly",
                        views->view[i].flags,
                        "-D__ASSEMBLY__ -x assembler-with-cpp");
        view->assembly = true;
    }
}

bool views_make(struct views *views, const char *folder, bool for_ia64)
{
    const struct option *arch = for_ia64 ? ia64 : x86;
    struct versions named = { .count = 0 };
    struct versions seen = { .count = 0 };
    struct versions wanted = { .count = 0 };
    unsigned int latest = latest_find(folder);
    int plain;

    for ( const struct option *a = arch; a->name; a++ )
        if ( !versions_find(folder, a->flags, &named, &seen) )
            latest = 0;
    if ( !latest || !named.count )
    {
        fprintf(stderr, "%s: no interface versions found\n", folder);
        return false;
    }

    versions_add(&wanted, latest);
    for ( int i = 0; i < seen.count; i++ )
        if ( seen.list[i] <= latest )
            versions_add(&wanted, seen.list[i]);

    views->boundaries = named.count;
    views->versions = wanted.count;
    for ( const struct option *a = arch; a->name; a++ )
        architecture_add(views, a, &wanted);
    plain = views->count;
    if ( !for_ia64 )
    {
        for ( const struct option *o = others; o->name; o++ )
            view_add(views, o->name, "", o->flags, "");
        view_add(views, "no architecture", "", "-U__x86_64__", "")
            ->refused = true;
    }
    assembly_add(views, plain);
    return true;
}
