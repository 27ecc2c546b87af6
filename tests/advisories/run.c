/* SPDX-License-Identifier: MIT */
/*
 * Runs recipes, each in a process of its own.
 *
 * advisories              each recipe for each kind of domain: "ok" or "FAIL NAME KIND: what"
 * advisories NAME         this one, here
 * advisories off=RULE NAME with a rule of rules.h switched off: ends at the first that is
 *                         red; 3, if none is and nobody has asked about the rule
 * advisories bug=BUG NAME  with a mistake of hv-bug.h planted
 * advisories leak=N NAME   with a frame number told: enum machine_leak
 */
#include <sys/wait.h>
#include <unistd.h>

#include "recipes.h"
#include "hv-bug.h"
#include "rules.h"

static const struct recipe { const char *name, *what; unsigned int who; void (*run)(void); } recipes[] = {
#define RECIPE(name, who, what) { #name, what, who, recipe_##name },
#include "recipes.def"
#undef RECIPE
};

static const char *const rules[] = {
    "none",
#define RULE(number, name, what) #name,
    HV_RULES_LIST(RULE)
#undef RULE
};

#ifdef PORT_IA64
static const enum kind kinds[] = { ITANIUM };
static const char *const kind_names[] = { "translated" };
#else
static const enum kind kinds[] = { PV, HVM };
static const char *const kind_names[] = { "PV", "HVM" };
#endif

/* Mistakes of hv-bug.h, in its order. */
static const char *const bugs[] = { "NONE", "REVERSE", "FLUSH", "LEAK", "PIN", "MERGE" };

/* Nothing here takes long; what hangs is red. */
#define MOST_SECONDS 300

#define NOT_ASKED 3

static int run_here(const struct recipe *recipe, enum kind which)
{
    kind = which;
    expected = missed = 0;
    alarm(MOST_SECONDS);
    recipe->run();
    end();
    if ( !expected )
        printf("  nothing was expected\n");
    fflush(stdout);
    if ( missed || !expected )
        return 1;
    return hv_rule_off && !hv_rule_asked ? NOT_ASKED : 0;
}

static unsigned int not_asked;

static int run_apart(const struct recipe *recipe, unsigned int which)
{
    int status;
    pid_t child;

    fflush(stdout);
    child = fork();
    if ( !child )
        _exit(run_here(recipe, kinds[which]));
    if ( child < 0 || waitpid(child, &status, 0) != child )
        return 1;
    if ( WIFSIGNALED(status) )
        printf("  it ended by signal %d\n", WTERMSIG(status));
    status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    if ( status == NOT_ASKED )
    {
        not_asked++;
        status = 0;
    }
    printf("%s %s %s: %s\n", status ? "FAIL" : "ok", recipe->name, kind_names[which], recipe->what);
    return status;
}

static int find(const char *name, const char *const list[], unsigned int nr, unsigned int *which)
{
    for ( *which = 1; *which < nr; ++*which )
        if ( !strcmp(name, list[*which]) )
            return 0;
    fprintf(stderr, "%s: no such thing\n", name);
    return 1;
}

int main(int argc, char **argv)
{
    const char *only = NULL;
    unsigned int which, ran = 0, failed = 0;
    int i;

    for ( i = 1; i < argc; i++ )
        if ( !strncmp(argv[i], "off=", 4) )
        {
            if ( find(argv[i] + 4, rules, HV_RULES_NR, &hv_rule_off) )
                return 2;
        }
        else if ( !strncmp(argv[i], "bug=", 4) )
        {
            if ( find(argv[i] + 4, bugs, sizeof(bugs) / sizeof(bugs[0]), &hv_bug) )
                return 2;
        }
        else if ( !strncmp(argv[i], "leak=", 5) )
            planted_leak = (enum machine_leak)atoi(argv[i] + 5);
        else
            only = argv[i];
    for each( n, recipes )
        for ( which = 0; which < sizeof(kinds) / sizeof(kinds[0]); which++ )
            if ( (recipes[n].who & kinds[which]) && (!only || !strcmp(only, recipes[n].name)) )
            {
                ran++;
                failed += run_apart(&recipes[n], which) != 0;
            }
    printf("RESULT %u recipes, %u failed\n", ran, failed);
    return failed || !ran ? 1 : not_asked == ran ? NOT_ASKED : 0;
}
