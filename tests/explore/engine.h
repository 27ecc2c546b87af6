/* SPDX-License-Identifier: MIT */
/* Inside the explorer: what a run consists of. */
#ifndef ENGINE_H
#define ENGINE_H

#include <setjmp.h>
#include <ucontext.h>

#include "explore.h"

#define MOST_LOCATIONS  96
#define MOST_MESSAGES   24
#define MOST_CHOICES    4096
#define MOST_LOCKS      8
#define MOST_MILESTONES 32
#define MOST_OPEN       16
#define STACK_SIZE      (64 * 1024)

/* For each location the oldest value that can still be seen. */
typedef struct { unsigned char at[MOST_LOCATIONS]; } view_t;

struct message {
    uint64_t value;
    view_t view;
};

struct location {
    void *at;
    size_t size;
    unsigned int nr;
    struct message message[MOST_MESSAGES];
};

/* A plain load of a word that others store to, and no full fence since: later stores may pass it. */
struct open_load {
    const struct location *of;
    const struct explore_site *site;
};

struct thread {
    view_t knows, pending, fenced;      /* pending: seen by plain loads; fenced: at the last fence */
    bool is_there, is_done;
    struct open_load open[MOST_OPEN];
    unsigned int nr_open;
    struct lock *waits_for;
    ucontext_t start;
    jmp_buf place;
    bool has_begun;
    char *stack;
};

struct lock {
    void *at;
    struct thread *holder;
    view_t view;
};

struct choices {
    unsigned int nr, place;
    unsigned char of[MOST_CHOICES], taken[MOST_CHOICES];
};

/*
 * Who has read and who has stored a word, in any run so far: bits of threads. What no
 * other thread has to do with is no place to let others go first. When that turns
 * out to be wrong, the exploration begins anew.
 */
struct word_use {
    const void *at;
    unsigned char readers, writers;
};

struct engine {
    const struct explore_scenario *scenario;
    struct choices choices;
    unsigned int nr_locations, nr_locks, nr_milestones;
    struct location location[MOST_LOCATIONS];
    struct lock lock[MOST_LOCKS];
    view_t fences, milestone[MOST_MILESTONES];
    struct thread thread[EXPLORE_THREADS];
    struct thread *running;             /* NULL: accesses are plain */
    jmp_buf end;
    struct word_use use[MOST_LOCATIONS];
    unsigned int nr_uses;
    bool is_tracing, is_new_use;
    char finding[256];
};
extern struct engine engine;

/* Before each step: somebody else may go first. */
void engine_step(void);
void engine_step_at(const void *at, bool is_store);
bool engine_is_last_reader(const struct thread *t);
void engine_abort(const char *why) __attribute__((noreturn));

#endif /* ENGINE_H */
