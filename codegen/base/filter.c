/* SPDX-License-Identifier: MIT */
/*
 * Running a program on a text.  Needs arena and text; gives file_filter.
 */
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "text.h"

/* Of what a program says about its failure, this much is kept. */
#define COMPLAINT_SIZE 4096

enum { INPUT, OUTPUT, COMPLAINT, NR_STREAMS };

struct filter {
    const char *program;
    pid_t process;
    int mine[NR_STREAMS];       /* our ends of the three pipes; -1: closed */
    int theirs[NR_STREAMS];
    const char *input;
    size_t left;
    struct text output, complaint;
};

static void close_end(int *end)
{
    if ( *end >= 0 )
        close(*end);
    *end = -1;
}

static void close_all(int ends[NR_STREAMS])
{
    for ( int i = 0; i < NR_STREAMS; i++ )
        close_end(&ends[i]);
}

static bool open_pipes(struct filter *filter)
{
    int ends[2];

    for ( int i = 0; i < NR_STREAMS; i++ )
    {
        if ( pipe2(ends, O_CLOEXEC) )
            return false;
        filter->theirs[i] = ends[i == INPUT ? 0 : 1];
        filter->mine[i] = ends[i == INPUT ? 1 : 0];
    }
    /* A program that writes before it has read all must not block us. */
    return !fcntl(filter->mine[INPUT], F_SETFL, O_NONBLOCK);
}

/* In the new process: become the program, or say why not. */
static void become(const struct filter *filter, const char *const *argv,
                   int report)
{
    int error = 0;
    ssize_t done;

    /* Not ours: that program shall die of a closed pipe as it always does. */
    signal(SIGPIPE, SIG_DFL);
    for ( int i = 0; i < NR_STREAMS && !error; i++ )
    {
        /* Streams of ours that were closed have given a pipe their number. */
        if ( (filter->theirs[i] == i ? fcntl(i, F_SETFD, 0)
                                     : dup2(filter->theirs[i], i)) < 0 )
            error = errno;
    }
    if ( !error )
    {
        execvp(argv[0], (char *const *)argv);
        error = errno;
    }
    done = write(report, &error, sizeof(error));
    _exit(done == sizeof(error) ? 127 : 126);
}

/* 0 or an errno; that of exec comes through a pipe that exec would close. */
static int start(struct filter *filter, const char *const *argv)
{
    int report[2], error = 0, status;
    ssize_t got;

    if ( pipe2(report, O_CLOEXEC) )
        return errno;
    filter->process = fork();
    if ( !filter->process )
        become(filter, argv, report[1]);
    if ( filter->process < 0 )
        error = errno;
    close(report[1]);
    while ( !error )
    {
        got = read(report[0], &error, sizeof(error));
        if ( !got )
            break;
        if ( got < 0 && errno != EINTR )
            error = errno;
    }
    close(report[0]);
    if ( error && filter->process > 0 )
        while ( waitpid(filter->process, &status, 0) < 0 && errno == EINTR )
            continue;
    return error;
}

static void feed(struct filter *filter)
{
    ssize_t done = 0;

    if ( filter->left )
        done = write(filter->mine[INPUT], filter->input, filter->left);
    if ( done < 0 && (errno == EINTR || errno == EAGAIN) )
        return;
    if ( done > 0 )
    {
        filter->input += done;
        filter->left -= (size_t)done;
    }
    /* It may end without reading all: its status says if that was right. */
    if ( done < 0 || !filter->left )
        close_end(&filter->mine[INPUT]);
}

static void drain(struct filter *filter, int stream)
{
    struct text *text = stream == OUTPUT ? &filter->output : &filter->complaint;
    char piece[65536];
    ssize_t got = read(filter->mine[stream], piece, sizeof(piece));

    if ( got < 0 && errno == EINTR )
        return;
    if ( got <= 0 )
    {
        close_end(&filter->mine[stream]);
        return;
    }
    if ( stream == OUTPUT || text->length < COMPLAINT_SIZE )
        text_add_bytes(text, piece, (size_t)got);
}

/* All three at once, or a full pipe would stop the program and then us. */
static bool pump(struct filter *filter)
{
    struct pollfd ends[NR_STREAMS];

    while ( filter->mine[OUTPUT] >= 0 || filter->mine[COMPLAINT] >= 0 ||
            filter->mine[INPUT] >= 0 )
    {
        for ( int i = 0; i < NR_STREAMS; i++ )
            ends[i] = (struct pollfd){
                .fd = filter->mine[i], .events = i == INPUT ? POLLOUT : POLLIN,
            };
        if ( poll(ends, NR_STREAMS, -1) < 0 )
        {
            if ( errno == EINTR )
                continue;
            return false;
        }
        if ( ends[INPUT].revents )
            feed(filter);
        if ( ends[OUTPUT].revents )
            drain(filter, OUTPUT);
        if ( ends[COMPLAINT].revents )
            drain(filter, COMPLAINT);
    }
    return true;
}

/* Why that status is a failure, or NULL. */
static const char *judge(struct filter *filter, struct arena *arena, int status)
{
    const char *complaint = text_string(&filter->complaint);
    size_t length;

    if ( WIFSIGNALED(status) )
        return arena_format(arena, "%s: ended by signal %d (%s)",
                            filter->program, WTERMSIG(status),
                            strsignal(WTERMSIG(status)));
    if ( !WEXITSTATUS(status) )
        return NULL;
    complaint += strspn(complaint, "\n");
    length = strcspn(complaint, "\n");
    return arena_format(arena, "%s: exit status %d%s%.*s", filter->program,
                        WEXITSTATUS(status), length ? ": " : "", (int)length,
                        complaint);
}

static const char *finish(struct filter *filter, struct arena *arena)
{
    bool pumped = pump(filter);
    int error = errno, status;

    close_all(filter->mine);
    while ( waitpid(filter->process, &status, 0) < 0 )
        if ( errno != EINTR )
            return arena_format(arena, "%s: %s", filter->program,
                                strerror(errno));
    if ( !pumped )
        return arena_format(arena, "%s: %s", filter->program, strerror(error));
    return judge(filter, arena, status);
}

static const char *run(struct filter *filter, struct arena *arena,
                       const char *const *argv)
{
    int error = open_pipes(filter) ? start(filter, argv) : errno;

    close_all(filter->theirs);
    if ( !error )
        return finish(filter, arena);
    close_all(filter->mine);
    if ( error == ENOENT )
        return arena_format(arena, "%s: not found", filter->program);
    return arena_format(arena, "%s: %s", filter->program, strerror(error));
}

const char *file_filter(struct arena *arena, const char *const *argv,
                        const char *input, size_t length,
                        char **output, size_t *output_length)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    struct filter filter = {
        .program = argv[0], .mine = { -1, -1, -1 }, .theirs = { -1, -1, -1 },
        .input = input, .left = length,
        .output.arena = arena, .complaint.arena = arena,
    };
    const char *why;

    sigaction(SIGPIPE, &ignore, &before);
    why = run(&filter, arena, argv);
    sigaction(SIGPIPE, &before, NULL);
    *output = NULL;
    *output_length = 0;
    if ( why )
        return why;
    *output = filter.output.at ? filter.output.at : arena_string(arena, "");
    *output_length = filter.output.length;
    return NULL;
}
