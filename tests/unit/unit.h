/* SPDX-License-Identifier: MIT */
/* What all unit tests share: cmocka, and an arena for each test. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../codegen/base/arena.h"

static inline int unit_start(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int unit_end(void **state)
{
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, unit_start, unit_end)

#endif
