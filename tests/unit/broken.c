/* SPDX-License-Identifier: MIT */
/*
 * What run.sh has to see: of six tests one passes, one fails, one is skipped,
 * one cannot be set up, one breaks the program, and one is never reached.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "unit.h"

static void passes(void **state)
{
    assert_non_null(*state);
}

static void fails(void **state)
{
    assert_null(*state);
}

static void is_skipped(void **state)
{
    (void)state;
    skip();
}

static int no_start(void **state)
{
    (void)state;
    return -1;
}

static void breaks(void **state)
{
    static const struct rlimit no_core;

    (void)state;
    setrlimit(RLIMIT_CORE, &no_core);
    fflush(NULL);
    raise(SIGKILL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(passes), TEST(fails), TEST(is_skipped),
        cmocka_unit_test_setup(passes, no_start),
        TEST(breaks), TEST(passes),
    };

    return cmocka_run_group_tests_name("broken", tests, NULL, NULL);
}
