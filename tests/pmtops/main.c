/* SPDX-License-Identifier: MIT */
/*
 * Runs the tests, each in a fresh world, for each page size and layout. With
 * "rule NAME" or "bug NAME" that rule is off, or that mistake planted: then
 * something has to fail. With other words only tests of those names.
 */
#include "pmtops.h"

static const struct { const char *name; void (*run)(void); } tests[] = {
#define TEST(name) { #name, test_##name },
    TESTS(TEST)
    IA64_TESTS(TEST)
#undef TEST
};

static unsigned int number_of(const char *name)
{
#define RULE(number, rule, what) if ( !strcmp(name, #rule) ) return HV_RULE_##rule;
    HV_RULES_LIST(RULE)
#undef RULE
    fprintf(stderr, "no such rule: %s\n", name);
    exit(2);
}

static unsigned int bug_number(const char *name)
{
    static const char *const bugs[] = {
        [HV_BUG_REVERSE] = "REVERSE", [HV_BUG_VIEWER] = "VIEWER", [HV_BUG_RECORD] = "RECORD",
        [HV_BUG_SEEN] = "SEEN",
    };
    unsigned int i;

    for ( i = 0; i < sizeof(bugs) / sizeof(bugs[0]); i++ )
        if ( bugs[i] && !strcmp(name, bugs[i]) )
            return i;
    fprintf(stderr, "no such mistake: %s\n", name);
    exit(2);
}

static bool is_wanted(const char *name, char **names)
{
    if ( !*names )
        return true;
    for ( ; *names; names++ )
        if ( !strcmp(name, *names) )
            return true;
    return false;
}

static void run_all(char **names)
{
    static const unsigned int shifts[] = { PAGE_SHIFT, 14, 16 };
    unsigned int i, j;

    for ( j = PAGE_SHIFT == 14; j < 3; j++ )
        for ( i = 0; i < sizeof(tests) / sizeof(tests[0]); i++ )
            if ( is_wanted(tests[i].name, names) )
            {
                testing = tests[i].name;
                world.pv = false;
                world_start(shifts[j], LAYOUT_FRAGMENTS);
                tests[i].run();
                world_stop();
            }
}

int main(int argc, char **argv)
{
    argv++;
    if ( argc > 2 && !strcmp(argv[0], "rule") )
    {
        hv_rule_off = number_of(argv[1]);
        argv += 2;
    }
    else if ( argc > 2 && !strcmp(argv[0], "bug") )
    {
        hv_bug = bug_number(argv[1]);
        argv += 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    run_all(argv);
    if ( !*argv && !hv_rule_off && !hv_bug )
        failed += covered();
    printf("%u checks passed, %u failed\n", passed, failed);
    return failed ? 1 : 0;
}
