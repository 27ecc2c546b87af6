/* SPDX-License-Identifier: MIT */
/*
 * hcgen: from the description of a hypercall interface to its files.
 *
 * This file reads like a table of contents: scan and parse, build the model,
 * resolve names, check, measure; then, by command, print, compare, or plan and
 * render the output.  No stage knows a later one.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "back/back.h"
#include "base/file.h"
#include "commands.h"
#include "front/build.h"
#include "front/yaml.h"
#include "model/layout.h"
#include "model/lock.h"
#include "options.h"
#include "read.h"

enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_MACHINE = 3 };

/* Where the project's own tables and templates are, unless options say so. */
#ifndef HCGEN_HOME
#define HCGEN_HOME "."
#endif

/* ---- reading ------------------------------------------------------------------ */

static void read_descriptions(struct model *model, const char *path)
{
    struct path_list files = { 0 };

    read_list(model->arena, model->diag, path, &files);
    LIST_EACH(file, &files)
    {
        const struct tree *tree = read_description(model->arena, model->diag, *file);

        if ( tree )
            build_interface(model, tree);
    }
}

/* The folder with arch/ and flavour/: as told, with the descriptions, or our own. */
static const char *find_tables(const struct model *model, const struct options *options)
{
    if ( options->tables )
        return options->tables;
    for ( size_t i = 0; i < options->arguments.count; i++ )
    {
        const char *folder = options->arguments.at[i];

        if ( file_is_folder(arena_format(model->arena, "%s/arch", folder)) )
            return folder;
    }
    return HCGEN_HOME "/idl";
}

static void read_tables(struct model *model, const char *folder)
{
    struct path_list arches = { 0 }, flavours = { 0 };
    struct span nowhere = { 0 };

    read_folder(model->arena, model->diag, arena_format(model->arena, "%s/arch", folder),
                ".yaml", &arches);
    read_folder(model->arena, model->diag, arena_format(model->arena, "%s/flavour", folder),
                ".yaml", &flavours);
    if ( !model->diag->errors && (!arches.count || !flavours.count) )
        diag_error(model->diag, CHECK_input, nowhere, "%s/%s: no table (*.yaml) in it", folder,
                   arches.count ? "flavour" : "arch");
    for ( size_t i = 0; i < arches.count; i++ )
    {
        struct source *source = read_source(model->arena, model->diag, arches.at[i]);
        struct arch *arch = source ? yaml_arch(model->arena, model->diag, source) : NULL;

        if ( arch )
            *LIST_ADD(model->arena, &model->arches) = arch;
    }
    for ( size_t i = 0; i < flavours.count; i++ )
    {
        struct source *source = read_source(model->arena, model->diag, flavours.at[i]);
        struct flavour *flavour = source ? yaml_flavour(model->arena, model->diag, source)
                                         : NULL;

        if ( flavour )
            *LIST_ADD(model->arena, &model->flavours) = flavour;
    }
    arch_check_names(model);
}

/* ---- the pipeline ---------------------------------------------------------------- */

/* Text to checked model; false when something is wrong with it. */
static bool understand(struct model *model, const struct options *options,
                       const char *const *paths, size_t count)
{
    read_tables(model, find_tables(model, options));
    for ( size_t i = 0; i < count; i++ )
        read_descriptions(model, paths[i]);
    if ( !model->diag->errors )
        resolve_model(model);
    if ( !model->diag->errors )
        check_model(model);
    if ( !model->diag->errors )
        layout_check(model);
    return !model->diag->errors;
}

/* Checked model to rendered output; nothing is written yet. */
static bool plan(struct back *back)
{
    plan_headers(back);
    plan_stubs(back);
    plan_xencomm(back);
    plan_layouts(back);
    plan_compat(back);
    plan_dispatchers(back);
    return !back->diag->errors;
}

static struct back back_for(struct model *model, const struct options *options)
{
    return (struct back){
        .arena = model->arena, .diag = model->diag, .model = model,
        .templates = options->templates ? options->templates
                                        : HCGEN_HOME "/codegen/templates",
        .style = options->style ? options->style : HCGEN_HOME "/.clang-format",
        .folder = options->output ? options->output : "generated",
        .marked = options->causes != NULL,
    };
}

static void run_gen(struct model *model, const struct options *options)
{
    struct back back = back_for(model, options);

    if ( !plan(&back) )
        return;
    schema_outputs(&back);
    if ( !render_all(&back) )
        return;
    if ( options->causes )
        causes_write(&back, options->causes);
    else
        render_write(&back);
}

/* Leave only the interface that --interface names; false with an error where there is none. */
static bool pick_interface(struct model *model, const char *name)
{
    struct map names = { .arena = model->arena };
    struct span nowhere = { 0 };
    struct interface *found;
    const char *near;

    LIST_EACH(interface, &model->interfaces)
        map_add(&names, (*interface)->name, *interface);
    found = map_find(&names, name);
    if ( found )
    {
        model->interfaces.count = 0;
        *LIST_ADD(model->arena, &model->interfaces) = found;
        return true;
    }
    near = map_nearest(&names, name);
    diag_error(model->diag, CHECK_unknown_name, nowhere,
               near ? "no interface '%s'; did you mean '%s'?" : "no interface '%s'", name, near);
    return false;
}

static void run_dump(struct model *model, const struct options *options)
{
    struct back back = back_for(model, options);

    if ( options->interface && !pick_interface(model, options->interface) )
        return;
    if ( options->json )
        dump_json(model, stdout);
    else if ( !options->defs )
        dump_text(model, NULL, stdout);
    else if ( plan(&back) )
        dump_defs(&back, stdout);
}

static void run_lock(struct model *model, const struct options *options)
{
    struct span nowhere = { 0 };
    const char *path = options->lock ? options->lock
                       : arena_format(model->arena, "%s/abi.lock", options->arguments.at[0]);
    const char *why = NULL, *text;
    struct source *published = NULL;
    bool changed;

    if ( options->check || file_exists(path) )
        published = read_source(model->arena, model->diag, path);
    if ( model->diag->errors )
        return;
    if ( options->check )
    {
        lock_check(model, published);
        return;
    }
    text = lock_text(model, published);
    if ( text )
        why = file_write(model->arena, path, text, strlen(text), &changed);
    if ( why )
        diag_error(model->diag, CHECK_output, nowhere, "%s: %s", path, why);
}

static struct model model_new(struct arena *arena, struct diag *diag)
{
    return (struct model){ .arena = arena, .diag = diag, .types.arena = arena,
                           .macros.arena = arena, .handles.arena = arena,
                           .rights.arena = arena };
}

/* One side of a comparison, with the tables that lie beside it. */
static bool understand_side(struct model *model, const struct options *options, size_t side)
{
    struct options alone = *options;

    alone.arguments.at = options->arguments.at + side;
    alone.arguments.count = 1;
    return understand(model, &alone, alone.arguments.at, 1);
}

static void run_diff(struct model *now, const struct options *options)
{
    struct model then = model_new(now->arena, now->diag);
    struct diff_totals totals = { .arena = now->arena };
    struct back old, new;

    if ( !understand_side(&then, options, 0) || !understand_side(now, options, 1) )
        return;
    old = back_for(&then, options);
    new = back_for(now, options);
    if ( !plan(&old) || !plan(&new) || !render_all(&old) || !render_all(&new) )
        return;
    diff_models(&then, now, stdout, &totals);
    diff_files(&old, &new, stdout, &totals);
    printf("%zu of ops, %zu rules, %zu of layouts, %zu files; "
           "%zu published elements are not as they were\n", totals.ops, totals.rules,
           totals.layouts, totals.files, totals.broken);
}

static void run_model_command(struct model *model, const struct options *options)
{
    static const char *const own[] = { HCGEN_HOME "/idl" };
    const char *const *paths = options->arguments.at;
    size_t count = options->arguments.count;

    if ( options->command == COMMAND_layout )
    {
        paths++;
        if ( !--count )
            paths = own, count = 1;
    }
    if ( options->command == COMMAND_diff )
    {
        run_diff(model, options);
        return;
    }
    if ( !understand(model, options, paths, count) )
        return;
    switch ( options->command )
    {
    case COMMAND_gen:    run_gen(model, options); break;
    case COMMAND_dump:   run_dump(model, options); break;
    case COMMAND_lock:   run_lock(model, options); break;
    case COMMAND_layout: layout_print(model, options->arguments.at[0], options->abi, stdout); break;
    default:             break;
    }
}

static enum diag_format diagnostics_format(const struct options *options)
{
    const char *colour = options->colour ? options->colour : "auto";

    if ( options->diagnostics && !strcmp(options->diagnostics, "json") )
        return DIAG_JSON;
    if ( !strcmp(colour, "always") || (!strcmp(colour, "auto") && isatty(STDERR_FILENO)) )
        return DIAG_COLOUR;
    return DIAG_TEXT;
}

/* What is wrong with the input counts more than what is wrong with the machine. */
static int exit_status(const struct diag *diag)
{
    int status = EXIT_DONE;

    LIST_EACH(message, &diag->messages)
    {
        if ( message->severity != SEVERITY_ERROR )
            continue;
        if ( message->check != CHECK_output && message->check != CHECK_tool &&
             message->check != CHECK_template )
            return EXIT_INPUT;
        status = EXIT_MACHINE;
    }
    return status;
}

int main(int argc, char **argv)
{
    struct arena *arena = arena_new();
    struct diag diag = { .arena = arena };
    struct model model = model_new(arena, &diag);
    struct options options;
    int status = EXIT_DONE;

    signal(SIGPIPE, SIG_IGN);
    switch ( options_read(arena, argc, argv, &options) )
    {
    case OPTIONS_GO:
        if ( options.command == COMMAND_explain )
            explain(&diag, options.arguments.at[0], stdout);
        else if ( options.command == COMMAND_convert )
            convert(arena, &diag, &options, stdout);
        else
            run_model_command(&model, &options);
        diag_print(&diag, stderr, diagnostics_format(&options));
        status = exit_status(&diag);
        break;
    case OPTIONS_DONE:
        break;
    case OPTIONS_WRONG:
        status = EXIT_USAGE;
        break;
    }
    errno = 0;
    if ( fflush(stdout) || ferror(stdout) )
    {
        /* What was refused earlier has left no reason behind. */
        fprintf(stderr, "hcgen: standard output: %s\n",
                errno ? strerror(errno) : "cannot be written");
        status = EXIT_MACHINE;
    }
    arena_free(arena);
    return status;
}
