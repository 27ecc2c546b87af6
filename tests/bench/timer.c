/* SPDX-License-Identifier: MIT */
/*
 * timer RUNS PROGRAM ARGUMENT...: how long the program takes, run so often:
 * wall clock and processor (user and system), median and least, in
 * milliseconds.  Exit status 1: it ended with a status other than 0.
 *
 * Its output goes nowhere; what it says on standard error is shown.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct times { double *wall, *processor; };

static double wall_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void run_program(char **argv)
{
    int nowhere = open("/dev/null", O_WRONLY);

    if ( nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 )
        _exit(127);
    execvp(argv[0], argv);
    perror(argv[0]);
    _exit(127);
}

/* False if the program did not end well. */
static int run_once(char **argv, double *wall, double *processor)
{
    double start = wall_now();
    struct rusage usage;
    int status;
    pid_t child = fork();

    if ( !child )
        run_program(argv);
    if ( child < 0 || wait4(child, &status, 0, &usage) != child )
    {
        perror("timer");
        return 0;
    }
    *wall = wall_now() - start;
    *processor = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    return WIFEXITED(status) && !WEXITSTATUS(status);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return a < b ? -1 : a > b;
}

static void report(const char *name, double *times, int runs)
{
    qsort(times, (size_t)runs, sizeof(*times), compare);
    printf("%s %.2f %.2f\n", name, times[runs / 2], times[0]);
}

int main(int argc, char **argv)
{
    int runs = argc > 2 ? atoi(argv[1]) : 0;
    struct times times;

    if ( runs < 1 || runs > 100000 )
    {
        fputs("usage: timer RUNS PROGRAM ARGUMENT...\n", stderr);
        return 2;
    }
    times.wall = calloc((size_t)runs, sizeof(double));
    times.processor = calloc((size_t)runs, sizeof(double));
    if ( !times.wall || !times.processor )
        return 3;
    for ( int i = 0; i < runs; i++ )
        if ( !run_once(argv + 2, &times.wall[i], &times.processor[i]) )
        {
            fprintf(stderr, "timer: %s did not end well\n", argv[2]);
            return 1;
        }
    report("wall", times.wall, runs);
    report("processor", times.processor, runs);
    return 0;
}
