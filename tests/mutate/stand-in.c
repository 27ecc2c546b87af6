/* SPDX-License-Identifier: MIT */
/*
 * Stands in for m4 and for clang-format while mutations are tried, by its name.
 *
 * m4: what m4 made of the same templates and the same definitions before is
 * made again without it; anything else goes to m4 itself.  With MUTATE_LEARN
 * what it makes is kept, in the folder MUTATE_MEMORY.
 *
 * clang-format: changes nothing; mutate compares tokens.
 *
 * What the real ones say to --version is remembered in the same way.
 *
 * The real programs are those in MUTATE_PATH.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct bytes { char *at; size_t length, room; };

static void stop(const char *what)
{
    fprintf(stderr, "stand-in: %s: %s\n", what, strerror(errno));
    exit(2);
}

static struct bytes read_all(int from)
{
    struct bytes bytes = { 0 };
    ssize_t got;

    do {
        if ( bytes.room - bytes.length < 65536 )
        {
            bytes.room = bytes.room * 2 + 65536;
            bytes.at = realloc(bytes.at, bytes.room);
            if ( !bytes.at )
                stop("memory");
        }
        got = read(from, bytes.at + bytes.length, bytes.room - bytes.length);
        if ( got < 0 )
            stop("read");
        bytes.length += (size_t)got;
    } while ( got );
    return bytes;
}

static void write_all(int to, const char *at, size_t length)
{
    while ( length )
    {
        ssize_t done = write(to, at, length);

        if ( done < 0 )
            stop("write");
        at += done;
        length -= (size_t)done;
    }
}

/* ---- the real one ------------------------------------------------------- */

static void real_path(void)
{
    const char *path = getenv("MUTATE_PATH");

    if ( !path || setenv("PATH", path, 1) )
        stop("MUTATE_PATH");
}

static void become(char **argv)
{
    real_path();
    execvp(argv[0], argv);
    stop(argv[0]);
}

/* The program with this input; its output.  It reads all before it writes much. */
static struct bytes run(char **argv, const struct bytes *input)
{
    struct bytes output;
    int in[2], out[2], status;
    pid_t writer, program;

    if ( pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) )
        stop("pipe");
    program = fork();
    if ( !program )
    {
        dup2(in[0], 0);
        dup2(out[1], 1);
        become(argv);
    }
    writer = fork();
    if ( !writer )
    {
        write_all(in[1], input->at, input->length);
        _exit(0);
    }
    close(in[0]);
    close(in[1]);
    close(out[1]);
    output = read_all(out[0]);
    waitpid(writer, NULL, 0);
    if ( waitpid(program, &status, 0) != program || status )
        exit(WIFEXITED(status) ? WEXITSTATUS(status) : 2);
    return output;
}

/* ---- what is remembered ------------------------------------------------- */

/* FNV-1a over arguments and input; which file, not whether it is the same. */
static uint64_t key_of(char **argv, const struct bytes *input)
{
    uint64_t key = 0xcbf29ce484222325u;

    for ( ; *argv; argv++ )
        for ( const char *at = *argv; *at; at++ )
            key = (key ^ (unsigned char)*at) * 0x100000001b3u;
    for ( size_t i = 0; i < input->length; i++ )
        key = (key ^ (unsigned char)input->at[i]) * 0x100000001b3u;
    return key;
}

static void path_of(char *path, size_t size, uint64_t key, const char *what)
{
    const char *memory = getenv("MUTATE_MEMORY");

    if ( !memory )
        stop("MUTATE_MEMORY");
    snprintf(path, size, "%s/%016llx.%s", memory, (unsigned long long)key, what);
}

static int recall(uint64_t key, const struct bytes *input)
{
    struct bytes known;
    char path[4096];
    int file;

    path_of(path, sizeof(path), key, "in");
    file = open(path, O_RDONLY);
    if ( file < 0 )
        return 0;
    known = read_all(file);
    if ( known.length != input->length || memcmp(known.at, input->at, known.length) )
        return 0;
    path_of(path, sizeof(path), key, "out");
    file = open(path, O_RDONLY);
    if ( file < 0 )
        return 0;
    known = read_all(file);
    write_all(1, known.at, known.length);
    return 1;
}

static void keep(uint64_t key, const char *what, const struct bytes *bytes)
{
    char path[4096];
    int file;

    path_of(path, sizeof(path), key, what);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if ( file < 0 )
        stop(path);
    write_all(file, bytes->at, bytes->length);
    close(file);
}

static void from_memory(char **argv, struct bytes input)
{
    struct bytes output;
    uint64_t key = key_of(argv, &input);

    if ( recall(key, &input) )
        return;
    output = run(argv, &input);
    if ( getenv("MUTATE_LEARN") )
    {
        keep(key, "in", &input);
        keep(key, "out", &output);
    }
    write_all(1, output.at, output.length);
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');

    if ( slash )
        argv[0] = (char *)slash + 1;
    if ( argc < 2 )
        become(argv);
    else if ( !strcmp(argv[argc - 1], "--version") )
        from_memory(argv, (struct bytes){ .at = (char *)"" });
    else if ( !strcmp(argv[0], "m4") )
        from_memory(argv, read_all(0));
    else
    {
        struct bytes input = read_all(0);

        write_all(1, input.at, input.length);
    }
    return 0;
}
