/* SPDX-License-Identifier: MIT */
/* Running lists, here and in a process of their own. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include "machine.h"
#include "run.h"

#define MOST_ELEMENTS 8

extern unsigned int hv_bug;

static void look(void)
{
    const char *wrong;

    real_compare();
    wrong = world.failed ? NULL : real_audit();
    if ( wrong )
        differ("%s", wrong);
}

/* One call; how many operations were its elements. */
static unsigned int step(struct operation *list, unsigned int nr)
{
    struct outcome out[MOST_ELEMENTS];
    unsigned int i, elements = 1;

    if ( model_skips(list) )
        return 1;
    while ( elements < nr && elements < MOST_ELEMENTS &&
            model_joins(list, elements, &list[elements]) && !model_skips(&list[elements]) )
        elements++;
    if ( world.doomed )
        model_perform_and_die(list, elements, out);
    else
    {
        real_perform(list, elements, out);
        for ( i = 0; i < elements && !world.failed; i++ )
            model_perform(&list[i], &out[i]);
    }
    if ( !world.failed )
        real_compare_touched();
    for ( i = 0; i < elements && !world.failed; i++ )
        real_compare_refs(&list[i]);
    return elements;
}

static void draw(struct operation *list, unsigned int i, uint64_t *seed)
{
    list[i] = i ? list[i - 1] : (struct operation){ .kind = OPERATIONS };
    operation_random(&list[i], seed);
    operation_sharpen(&list[i], seed);
}

void run_list(struct operation *list, unsigned int nr, const struct plan *plan,
              struct finding *found)
{
    unsigned int i = 0, looked = 0, drawn = 0;
    uint64_t seed = plan->setting.seed;

    memset(found, 0, sizeof(*found));
    hv_bug = plan->bug;
    real_start(&plan->setting);
    while ( i < nr && !world.failed )
    {
        for ( ; plan->draw && drawn < nr && drawn < i + MOST_ELEMENTS; drawn++ )
            draw(list, drawn, &seed);
        /* Whichever of its elements it is: all of them are needed. */
        found->at = i + MOST_ELEMENTS - 1 < nr ? i + MOST_ELEMENTS - 1 : nr - 1;
        i += step(&list[i], nr - i);
        found->at = i - 1;
        if ( !world.failed && (i - looked >= plan->interval || i == nr) )
        {
            look();
            looked = i;
        }
    }
    found->performed = i;
    memcpy(found->called, machine_counters.called, sizeof(found->called));
    memcpy(found->did, world.did, sizeof(found->did));
    memcpy(found->did_not, world.did_not, sizeof(found->did_not));
    if ( !world.failed )
        real_stop();
    found->failed = world.failed;
    memcpy(found->why, world.why, sizeof(found->why));
}

static void child(struct operation *list, unsigned int nr, const struct plan *plan,
                  struct finding *found)
{
    struct finding here;

    if ( plan->quiet )
    {
        int null = open("/dev/null", O_WRONLY);

        dup2(null, 1);
        dup2(null, 2);
    }
    alarm(120);
    run_list(list, nr, plan, found);
    here = *found;
    _exit(here.failed);
}

void run_apart(struct operation *list, unsigned int nr, const struct plan *plan,
               struct finding *found)
{
    static struct finding *shared;
    int status = 0;
    pid_t pid;

    if ( !shared )
        shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(shared, 0, sizeof(*shared));
    fflush(NULL);
    pid = fork();
    if ( pid == 0 )
        child(list, nr, plan, shared);
    if ( pid < 0 || waitpid(pid, &status, 0) != pid )
    {
        perror("naive");
        _exit(2);
    }
    *found = *shared;
    if ( WIFSIGNALED(status) || (WEXITSTATUS(status) && !found->failed) )
    {
        found->failed = true;
        snprintf(found->why, sizeof(found->why), "the hypervisor stopped: %s %d",
                 WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "status",
                 WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
}
