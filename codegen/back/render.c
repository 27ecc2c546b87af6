/* SPDX-License-Identifier: MIT */
/*
 * Definitions become files.
 *
 * Needs the outputs that the plans made.  Runs m4 over definitions and
 * template, refuses what still looks like a macro, runs clang-format, and
 * writes only when everything is there and only what has changed.
 */
#include <ctype.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "../base/file.h"
#include "back.h"

/* The major version of the formatter is part of the output's definition. */
#define FORMATTER "clang-format-14"
/* Blanks of one level, as .clang-format has it. */
#define INDENT 4

struct defs *back_output(struct back *back, const char *path, const char *template,
                         const char *kind, node_t *root)
{
    struct defs *defs = defs_new(back->arena, back->marked);

    *root = defs_node(defs, kind);
    *LIST_ADD(back->arena, &back->outputs) =
        (struct output){ .path = path, .template = template, .defs = defs, .root = *root };
    return defs;
}

struct text_list back_families(const struct back *back)
{
    struct text_list families = { 0 };

    for ( size_t i = 0; i < back->model->arches.count; i++ )
    {
        const char *family = back->model->arches.at[i]->family;
        bool seen = false;

        for ( size_t j = 0; j < families.count; j++ )
            seen |= !strcmp(families.at[j], family);
        if ( !seen )
            *LIST_ADD(back->arena, &families) = family;
    }
    return families;
}

bool back_family_has(const struct back *back, const char *family,
                     const struct interface *interface)
{
    bool has = true;

    LIST_EACH(condition, &interface->conditions)
    {
        bool one = false;

        for ( size_t i = 0; i < back->model->arches.count; i++ )
            LIST_EACH(name, &condition->names)
                one |= !strcmp(back->model->arches.at[i]->family, family) &&
                       arch_provides(back->model->arches.at[i], name->text);
        has &= one == (condition->kind == CONDITION_FOR);
    }
    return has;
}

static bool fails(struct back *back, const struct output *output, enum check check,
                  const char *why)
{
    struct span nowhere = { 0 };

    diag_error(back->diag, check, nowhere, "%s: %s", output->path, why);
    return false;
}

/* A word that only a macro of ours or m4's can be: h_..., m4_... */
static const char *leftover(struct arena *arena, const char *text)
{
    for ( const char *at = text; *at; at++ )
    {
        size_t length = 0;

        if ( at > text && (isalnum((unsigned char)at[-1]) || at[-1] == '_') )
            continue;
        if ( strncmp(at, "h_", 2) && strncmp(at, "m4_", 3) )
            continue;
        while ( isalnum((unsigned char)at[length]) || at[length] == '_' )
            length++;
        return arena_copy(arena, at, length);
    }
    return NULL;
}

static bool run_template(struct back *back, struct output *output)
{
    const char *library = arena_format(back->arena, "%s/lib.m4", back->templates);
    const char *shared = arena_format(back->arena, "%s/c.m4", back->templates);
    const char *template = arena_format(back->arena, "%s/%s.m4", back->templates,
                                        output->template);
    const char *const argv[] = { "m4", "-P", library, shared, template, "-", NULL };
    struct text input = { .arena = back->arena };
    const char *why, *word;
    char *text;

    if ( back->marked )
        text_add(&input, "m4_define(«h_marked», «»)");
    text_add(&input, "m4_divert(-1)\n");
    text_add(&input, text_string(&output->defs->text));
    text_format(&input, "m4_divert(0)m4_dnl\nh_file(«n%u»)", output->root);
    why = file_filter(back->arena, argv, text_string(&input), input.length, &text,
                      &output->length);
    if ( why )
        return fails(back, output, CHECK_tool, why);
    output->text = text;
    word = leftover(back->arena, text);
    if ( word )
        return fails(back, output, CHECK_template, arena_format(back->arena,
                     "the template %s.m4 left '%s' unexpanded", output->template, word));
    return true;
}

/* Blanks in front of a line; one tab for each level where the flavour wants that. */
static void indent_line(struct text *text, const struct output *output, size_t blanks,
                        const char *line)
{
    for ( ; output->has_tabs && blanks >= INDENT && *line; blanks -= INDENT )
        text_add(text, "\t");
    text_format(text, "%*s%s\n", (int)blanks, "", line);
}

/*
 * What the formatter leaves undone: lines that only told it where to keep away
 * go, a comment on several lines stands below its first one, and the one behind #else
 * is not aligned with that behind #endif.
 */
static void tidy(struct back *back, struct output *output)
{
    struct text kept = { .arena = back->arena };
    const char *at = output->text;
    size_t indent = 0;
    bool is_inside = false;

    while ( *at )
    {
        size_t length = strcspn(at, "\n"), blank = strspn(at, " ");
        const char *line = arena_copy(back->arena, at + blank, length - blank);

        at += length + (at[length] == '\n');
        if ( text_starts(line, "/* clang-format o") )
            continue;
        if ( text_starts(line, "#else  ") )
            line = arena_format(back->arena, "#else %s", line + 6 + strspn(line + 6, " "));
        if ( is_inside && *line == '*' )
            indent_line(&kept, output, indent + 1, line);
        else
            indent_line(&kept, output, blank, line);
        if ( is_inside ? strstr(line, "*/") != NULL : text_starts(line, "/*") )
        {
            is_inside = !is_inside && !strstr(line, "*/");
            indent = blank;
        }
    }
    output->text = text_string(&kept);
    output->length = kept.length;
}

static bool format(struct back *back, struct output *output)
{
    const char *style = arena_format(back->arena, "--style=file:%s", back->style);
    const char *name = arena_format(back->arena, "--assume-filename=%s", output->path);
    const char *const argv[] = { FORMATTER, style, name, NULL };
    char *text;
    const char *why;

    if ( !text_ends(output->path, ".h") && !text_ends(output->path, ".c") )
        return true;
    why = file_filter(back->arena, argv, output->text, output->length, &text,
                      &output->length);
    if ( why )
        return fails(back, output, CHECK_tool, why);
    if ( !output->length )
        return fails(back, output, CHECK_tool, FORMATTER " gave nothing");
    output->text = text;
    return true;
}

/* The programs that the output depends on, and what --version has to say. */
static const struct tool {
    const char *name, *version;
} tools[] = {
    { "m4", "m4 (GNU M4) 1." },
    { FORMATTER, "clang-format version 14." },
};

static bool check_tool(struct back *back, const struct tool *tool)
{
    const char *const argv[] = { tool->name, "--version", NULL };
    struct span nowhere = { 0 };
    size_t length;
    char *text = NULL;
    const char *why = file_filter(back->arena, argv, "", 0, &text, &length);

    if ( !why && strstr(text, tool->version) )
        return true;
    if ( why )
        diag_error(back->diag, CHECK_tool, nowhere, "%s", why);
    else
        diag_error(back->diag, CHECK_tool, nowhere,
                   "%s is another version: it says '%.*s', and '%s' is wanted", tool->name,
                   (int)strcspn(text, "\n"), text, tool->version);
    diag_help(back->diag, nowhere, "install the package %s", tool->name);
    return false;
}

/* ---- several outputs at a time ---------------------------------------------- */

/*
 * A worker renders every step-th output.  It shares the outputs and what they
 * were planned from, which nobody changes now; memory and messages are its own.
 */
enum { MOST_WORKERS = 8 };

struct worker {
    pthread_t thread;
    struct back back;
    struct diag diag;
    size_t first, step;
    bool is_running;
};

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct back *back = &worker->back;

    for ( size_t i = worker->first; i < back->outputs.count; i += worker->step )
    {
        struct output *output = &back->outputs.at[i];

        if ( !output->defs )
            continue;
        if ( !run_template(back, output) || (!back->marked && !format(back, output)) )
            break;
        tidy(back, output);
    }
    return NULL;
}

static void start(struct worker *worker, const struct back *back, size_t first, size_t step)
{
    worker->first = first;
    worker->step = step;
    worker->back = *back;
    worker->back.arena = worker->diag.arena = arena_new();
    worker->back.diag = &worker->diag;
    worker->is_running = !pthread_create(&worker->thread, NULL, work, worker);
    /* No thread is to be had: then it is done here. */
    if ( !worker->is_running )
        work(worker);
}

/*
 * What it made outlives the worker's memory; and what the first one has to say
 * that failed, the others failed for the same reason.
 */
static void finish(struct worker *worker, struct back *back)
{
    bool failed = back->diag->errors != 0;

    if ( worker->is_running )
        pthread_join(worker->thread, NULL);
    for ( size_t i = worker->first; i < back->outputs.count; i += worker->step )
    {
        struct output *output = &back->outputs.at[i];

        if ( output->text )
            output->text = arena_copy(back->arena, output->text, output->length);
    }
    for ( size_t i = 0; !failed && i < worker->diag.messages.count; i++ )
    {
        const struct message *message = &worker->diag.messages.at[i];

        if ( message->severity == SEVERITY_ERROR )
            diag_error(back->diag, message->check, message->where, "%s", message->text);
        else
            diag_help(back->diag, message->where, "%s", message->text);
    }
    arena_free(worker->back.arena);
}

bool render_all(struct back *back)
{
    static struct worker workers[MOST_WORKERS];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = processors < 1 ? 1
                   : processors > MOST_WORKERS ? MOST_WORKERS : (size_t)processors;

    for ( size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++ )
        if ( !check_tool(back, &tools[i]) )
            return false;
    for ( size_t i = 0; i < count; i++ )
        start(&workers[i], back, i, count);
    for ( size_t i = 0; i < count; i++ )
        finish(&workers[i], back);
    return !back->diag->errors;
}

/* Everything is on the disk before the first old file goes. */
bool render_write(struct back *back)
{
    size_t count = back->outputs.count, staged = 0;
    struct file_staged *files = arena_alloc(back->arena, (count + 1) * sizeof(*files));
    const char *why = NULL;

    for ( ; staged < count && !why; staged += !why )
    {
        const struct output *output = &back->outputs.at[staged];
        const char *path = arena_format(back->arena, "%s/%s", back->folder, output->path);

        why = file_stage(back->arena, path, output->text, output->length, &files[staged]);
        if ( why )
            fails(back, output, CHECK_output, why);
    }
    for ( size_t i = 0; i < staged; i++ )
    {
        const char *failure = NULL;

        if ( why )
            file_abandon(&files[i]);
        else if ( (failure = file_commit(back->arena, &files[i])) )
            fails(back, &back->outputs.at[i], CHECK_output, failure);
    }
    return !back->diag->errors;
}
