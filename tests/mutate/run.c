/* SPDX-License-Identifier: MIT */
/* Folders to work in, and programs to run there. */
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

const char *compiler;
const char *base_dump;

/* ---- programs ----------------------------------------------------------- */

static int start(const char *const *argv, const char *output, const char *complaint,
                 pid_t *process)
{
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_t actions;
    int error;

    if ( posix_spawn_file_actions_init(&actions) ||
         posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, flags, 0644) ||
         posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaint, flags, 0644) )
        fatal("no memory");
    error = posix_spawnp(process, argv[0], &actions, NULL, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static struct run run(const struct workplace *place, const char *const *argv)
{
    const char *output = name("%s/stdout", place->root);
    const char *complaint = name("%s/stderr", place->root);
    struct run result;
    pid_t process;
    int status, error = start(argv, output, complaint, &process);

    if ( error )
        fatal("%s: %s", argv[0], strerror(error));
    if ( waitpid(process, &status, 0) != process )
        fatal("%s: lost", argv[0]);
    result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    result.output = file_bytes(output, NULL);
    result.complaint = file_bytes(complaint, NULL);
    return result;
}

struct run run_gen(struct workplace *place)
{
    const char *const argv[] = { compiler, "gen", place->idl, "--output", place->out, NULL };

    return run(place, argv);
}

struct run run_dump(struct workplace *place)
{
    const char *const argv[] = { compiler, "dump", place->idl, NULL };
    struct run result = run(place, argv);
    const char *folder_name = name("%s/", place->idl), *at;
    struct text text = { .arena = arena };

    /* Where the files are is of no interest. */
    for ( const char *from = result.output; ; from = at + strlen(folder_name) )
    {
        at = strstr(from, folder_name);
        text_add_bytes(&text, from, at ? (size_t)(at - from) : strlen(from));
        if ( !at )
            break;
    }
    result.output = text_string(&text);
    return result;
}

/* ---- folders ------------------------------------------------------------ */

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *stream = fopen(path, "wb");

    if ( !stream || fwrite(bytes, 1, length, stream) != length || fclose(stream) )
        fatal("%s: cannot be written", path);
}

static void copy_file(const char *from, const char *to)
{
    size_t length;
    const char *bytes = file_bytes(from, &length);

    if ( !bytes )
        fatal("%s: cannot be read", from);
    write_file(to, bytes, length);
}

static const char *copy_from, *copy_to;

static int copy_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    const char *to = name("%s%s", copy_to, path + strlen(copy_from));

    (void)status;
    (void)place;
    if ( type == FTW_D )
        mkdir(to, 0755);
    else
        copy_file(path, to);
    return 0;
}

static void copy_folder(const char *from, const char *to)
{
    copy_from = from;
    copy_to = to;
    if ( nftw(from, copy_one, 16, FTW_PHYS) )
        fatal("%s: cannot be copied to %s", from, to);
}

struct workplace workplace_new(const char *root)
{
    struct workplace place = { root, name("%s/idl", root), name("%s/out", root) };

    mkdir(root, 0755);
    copy_folder(folder, place.idl);
    mkdir(place.out, 0755);
    mkdir(name("%s/inc", root), 0755);
    /* The generated headers as <xen/...>. */
    if ( symlink("../out/x86/xen-4.17/include/public", name("%s/inc/xen", root)) )
        fatal("%s/inc/xen: cannot be made", root);
    return place;
}

void workplace_fill(struct workplace *place)
{
    LIST_EACH(output, &outputs)
    {
        for ( const char *at = output->path; (at = strchr(at, '/')); at++ )
            mkdir(name("%s/%.*s", place->out, (int)(at - output->path), output->path), 0755);
        write_file(name("%s/%s", place->out, output->path), output->text, output->length);
    }
}

/* ---- mutations ---------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;

    return x->at < y->at ? -1 : x->at > y->at;
}

static void write_edited(const struct workplace *place, struct description *file,
                         const struct mutation *mutation)
{
    struct text text = { .arena = arena };
    size_t done = 0;

    LIST_EACH(edit, &mutation->edits)
    {
        if ( edit->file != file )
            continue;
        if ( edit->at < done )
            fatal("%s: %s: two edits at one place", mutation->place, mutation->what);
        text_add_bytes(&text, file->bytes + done, edit->at - done);
        text_add(&text, edit->text);
        done = edit->at + edit->length;
    }
    text_add(&text, file->bytes + done);
    write_file(name("%s/%s", place->idl, file->path), text_string(&text), text.length);
}

void workplace_mutate(struct workplace *place, const struct mutation *mutation)
{
    qsort(mutation->edits.at, mutation->edits.count, sizeof(struct edit), by_place);
    LIST_EACH(edit, &mutation->edits)
        write_edited(place, edit->file, mutation);
}

void workplace_restore(struct workplace *place, const struct mutation *mutation)
{
    LIST_EACH(edit, &mutation->edits)
        write_file(name("%s/%s", place->idl, edit->file->path), edit->file->bytes,
                   edit->file->length);
}

/* ---- outputs ------------------------------------------------------------ */

static const char *walk_root, *walk_new;

/*
 * Code says names in many places and ways: of marshalling tests/xencomm looks at
 * what it does, of dispatchers tests/dispatch, compat and relations.
 */
static bool is_predicted(const char *path)
{
    return !strstr(path, "/guest/xc") && !strstr(path, "/hv/");
}

static bool is_output(const char *path)
{
    LIST_EACH(output, &outputs)
        if ( !strcmp(output->path, path) )
            return true;
    return false;
}

static int note_new(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)place;
    path += strlen(walk_root) + 1;
    if ( type != FTW_D && is_predicted(path) && !is_output(path) )
        walk_new = name("%s is new", path);
    return 0;
}

const char *run_new_files(struct workplace *place)
{
    walk_root = place->out;
    walk_new = NULL;
    nftw(place->out, note_new, 16, FTW_PHYS);
    return walk_new;
}

static int add_output(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    struct output output = { .path = name("%s", path + strlen(walk_root) + (type != FTW_D)) };

    (void)status;
    (void)place;
    if ( type == FTW_D || !is_predicted(path) )
        return 0;
    output.text = file_bytes(path, &output.length);
    output.tokens = tokens_of(output.text);
    *LIST_ADD(arena, &outputs) = output;
    return 0;
}

void run_base(struct workplace *place)
{
    struct run result = run_gen(place);

    if ( result.status )
        fatal("the descriptions as they are: exit %d\n%s", result.status, result.complaint);
    walk_root = place->out;
    nftw(place->out, add_output, 16, FTW_PHYS);
    if ( !outputs.count )
        fatal("%s gen has made no file", compiler);
    result = run_dump(place);
    if ( result.status )
        fatal("dump of the descriptions as they are: exit %d\n%s", result.status,
              result.complaint);
    base_dump = result.output;
}

/* ---- layout.c ----------------------------------------------------------- */

const char *run_layout(struct workplace *place)
{
    const char *other_headers = getenv("XEN_HEADERS") ? getenv("XEN_HEADERS")
                                                      : "/usr/include/xen";
    static const char *const widths[] = { "-m64", "-m32" };

    for ( size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++ )
    {
        const char *const argv[] = {
            "gcc", "-std=gnu11", "-fsyntax-only", widths[i], "-I", name("%s/inc", place->root),
            "-iquote", other_headers, name("%s/x86/check/layout.c", place->out), NULL,
        };
        struct run result = run(place, argv);

        if ( result.status )
        {
            const char *error = strstr(result.complaint, "error: ");

            return name("layout.c, %s: %.200s", widths[i], error ? error : result.complaint);
        }
    }
    return NULL;
}
