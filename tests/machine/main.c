/* SPDX-License-Identifier: MIT */
/* Runs the tests, or the one that is named: "ok NAME" or "FAILED NAME" each. */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

struct domain *dom0, *domu;
struct vcpu *v0, *vu;
unsigned int failures;

bool found(const char *words)
{
    const char *said = machine_audit();
    bool right = said && strstr(said, words);

    if ( !right )
        printf("    the audit says: %s\n", said ? said : "nothing");
    machine_forget();
    return right;
}

bool aborts(void (*function)(void), const char *words)
{
    char said[256] = "";
    ssize_t nr, all = 0;
    int status, end[2];
    pid_t child;

    fflush(stdout);
    if ( pipe(end) || (child = fork()) < 0 )
        port_unreachable(__FILE__, __LINE__);
    if ( !child )
    {
        dup2(end[1], 2);
        signal(SIGABRT, SIG_DFL);
        function();
        _exit(0);
    }
    close(end[1]);
    while ( (nr = read(end[0], said + all, sizeof(said) - 1 - (size_t)all)) > 0 )
        all += nr;
    close(end[0]);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strstr(said, words);
}

static void build(void)
{
    struct machine_domain first = { .id = 0, .privileged = true, .hardware = true, .has_pmt = true,
                                    .vcpus = 2, .pages = 128, .mapped = true };
    struct machine_domain other = { .id = 1, .hvm = true, .vcpus = 2, .pages = 128, .max_pages = 160 };

#ifdef PORT_IA64
    other.hvm = false;
#else
    first.pv = true;
#endif
    machine_start(NULL);
    dom0 = machine_domain(&first);
    domu = machine_domain(&other);
    if ( !dom0 || !domu )
        port_unreachable(__FILE__, __LINE__);
    v0 = machine_vcpu(dom0, 0);
    vu = machine_vcpu(domu, 0);
    machine_run_as(v0);
}

static bool run(const char *name, void (*test)(void))
{
    const char *said;

    failures = 0;
    build();
    test();
    machine_plan_reset();
    said = machine_audit();
    if ( said )
        printf("    audit: %s\n", said);
    failures += said != NULL;
    said = machine_stop();
    if ( said )
        printf("    end: %s\n", said);
    failures += said != NULL;
    printf("%s %s\n", failures ? "FAILED" : "ok", name);
    return !failures;
}

int main(int argc, char **argv)
{
    static const struct { const char *name; void (*test)(void); } tests[] = {
#define MACHINE_TEST(name) { #name, test_##name },
        MACHINE_TESTS(MACHINE_TEST)
    };
    unsigned int i;
    bool all = true;

    setvbuf(stdout, NULL, _IOLBF, 0);

    for ( i = 0; i < sizeof(tests) / sizeof(tests[0]); i++ )
        if ( argc < 2 || !strcmp(argv[1], tests[i].name) )
            all &= run(tests[i].name, tests[i].test);
    return !all;
}
