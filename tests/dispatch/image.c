/* SPDX-License-Identifier: MIT */
/*
 * One guest, compiled for 32 and for 64 bits, in a process of its own: what it
 * sees must be the same. Each hypercall comes through a pipe. What handlers tell
 * fits the narrow one.
 *
 *   harness-image NATIVE NARROW CASES... -- IMAGE32 IMAGE64
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#include "entry.h"
#include "hc.h"
#include "mailbox.h"

struct outcome first;

static uint64_t reports[2][MOST_REPORTS], nr_reports[2];
static unsigned int calls, interruptions;

static void fatal(const char *what)
{
    perror(what);
    exit(2);
}

/* Any case of the op: handlers want to know its fields. */
static const struct test_case *find_case(unsigned int nr, unsigned long cmd)
{
    const char *hypercall = nr == __HYPERVISOR_memory_op ? "memory"
                            : nr == __HYPERVISOR_pmt_op  ? "pmt"
                                                         : "grant_table";
    unsigned int i;

    if ( nr == __HYPERVISOR_memory_op )
        cmd &= 63;
    for ( i = 0; i < nr_cases; i++ )
        if ( !strcmp(cases[i].hypercall, hypercall) && cases[i].native->number == cmd )
            return &cases[i];
    fprintf(stderr, "image: hypercall %u, op %lu\n", nr, cmd);
    exit(2);
}

static void serve(struct mailbox *mailbox)
{
    unsigned long reg[5];
    unsigned int i;

    for ( i = 0; i < 5; i++ )
        reg[i] = mailbox->reg[i];
    memset(&first, 0, sizeof(first));
    recording = &first;
    running = find_case((unsigned int)mailbox->nr, reg[0]);
    script = (struct script){ .restart_at = ~0u, .fail_at = ~0u, .status_at = ~0u };
    machine.accesses = machine.entries = machine.looks = 0;
    mailbox->result = hc_host_call((unsigned int)mailbox->nr, reg);
    calls++;
    interruptions += first.continuations;
    if ( first.wrong_return || first.no_progress || machine_locks() )
    {
        printf("FAILED: %s leaves something behind\n", running->title);
        exit(1);
    }
}

static pid_t start(const char *image, int memory, int calls_from, int answers_to)
{
    pid_t pid = fork();

    if ( pid )
        return pid;
    /* Away from where the guest wants them, first. */
    memory = dup2(memory, 20);
    calls_from = dup2(calls_from, 21);
    answers_to = dup2(answers_to, 22);
    dup2(memory, MAILBOX_MEMORY);
    dup2(calls_from, MAILBOX_CALL);
    dup2(answers_to, MAILBOX_ANSWER);
    for ( int i = 6; i < 64; i++ )
        close(i);
    execl(image, image, (char *)NULL);
    _exit(3);
}

static void run_image(const char *image, bool narrow, bool interrupted)
{
    int memory = memfd_create("guest", 0), to_us[2], to_guest[2], status;
    unsigned char *private = machine.memory, *at;
    struct mailbox *mailbox;
    pid_t pid;
    char byte;

    if ( memory < 0 || ftruncate(memory, GUEST_SIZE) || pipe(to_us) || pipe(to_guest) )
        fatal("image");
    at = mmap(NULL, GUEST_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if ( at == MAP_FAILED )
        fatal("image");
    machine_reset();
    machine.memory = at;
    run_domains();
    machine.preempt_always = interrupted;
    entry_is_narrow = narrow;
    mailbox = (struct mailbox *)(at + MAILBOX_AT - GUEST_BASE);

    pid = start(image, memory, to_us[1], to_guest[0]);
    close(to_us[1]);
    close(to_guest[0]);
    while ( read(to_us[0], &byte, 1) == 1 )
    {
        serve(mailbox);
        if ( write(to_guest[1], &byte, 1) != 1 )
            break;
    }
    if ( waitpid(pid, &status, 0) != pid || status )
    {
        printf("FAILED: %s ends with status 0x%x\n", image, (unsigned int)status);
        exit(1);
    }
    nr_reports[narrow] = mailbox->reports;
    memcpy(reports[narrow], mailbox->report, sizeof(reports[narrow]));
    close(to_us[0]);
    close(to_guest[1]);
    close(memory);
    machine.memory = private;
    munmap(at, GUEST_SIZE);
}

static bool compare(const char *const *images, bool interrupted)
{
    unsigned int i;

    calls = interruptions = 0;
    run_image(images[0], true, interrupted);
    run_image(images[1], false, interrupted);
    printf("%s: %u calls, %u interruptions, %lu values\n",
           interrupted ? "interrupted" : "not interrupted", calls, interruptions,
           (unsigned long)nr_reports[0]);
    if ( nr_reports[0] < 200 || nr_reports[0] != nr_reports[1] ||
         (interruptions != 0) != interrupted )
    {
        printf("FAILED: %lu and %lu values\n", (unsigned long)nr_reports[0],
               (unsigned long)nr_reports[1]);
        return false;
    }
    for ( i = 0; i < nr_reports[0]; i++ )
        if ( reports[0][i] != reports[1][i] )
        {
            printf("FAILED: value %u is 0x%lx for 64 bits, and 0x%lx for 32\n", i,
                   (unsigned long)reports[0][i], (unsigned long)reports[1][i]);
            return false;
        }
    return true;
}

int main(int argc, char **argv)
{
    static uint64_t quiet[MOST_REPORTS];
    const char *const *images;
    int i;

    for ( i = 1; i < argc && strcmp(argv[i], "--"); i++ )
        if ( i <= 2 )
            model_read(argv[i], i == 1);
        else
            cases_read(argv[i]);
    if ( i + 3 != argc )
        return 2;
    images = (const char *const *)argv + i + 1;
    machine_start();
    if ( !compare(images, false) )
        return 1;
    memcpy(quiet, reports[0], sizeof(quiet));
    if ( !compare(images, true) )
        return 1;
    if ( memcmp(quiet, reports[0], sizeof(quiet)) )
    {
        printf("FAILED: other values when interrupted\n");
        return 1;
    }
    free(cases);
    return 0;
}
