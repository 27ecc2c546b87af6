/* SPDX-License-Identifier: MIT */
/* codegen/base/checks.def, and how it is asked */
#include "unit.h"

#include "../../codegen/base/diag.h"

static void checks_are_a_sorted_table(void **state)
{
    (void)state;
    assert_int_equal(check_find("no-such-check"), -1);
    assert_int_equal(check_find(""), -1);
    assert_int_equal(check_find("mfn_leak"), -1);
    assert_int_equal(check_find("mfn-leak"), CHECK_mfn_leak);
    for ( enum check check = 0; check < NR_CHECKS; check++ )
    {
        assert_int_equal(check_find(check_id(check)), check);
        if ( check )
            assert_true(strcmp(check_id(check - 1), check_id(check)) < 0);
    }
}

/* A name in C is the id with _ for -. */
static void names_are_ids(void **state)
{
    static const char *const names[] = {
#define CHECK(name, id, explanation) #name,
#include "../../codegen/base/checks.def"
#undef CHECK
    };

    (void)state;
    for ( enum check check = 0; check < NR_CHECKS; check++ )
    {
        const char *id = check_id(check), *name = names[check];

        assert_int_equal(strlen(id), strlen(name));
        for ( ; *id; id++, name++ )
            assert_int_equal(*name, *id == '-' ? '_' : *id);
    }
}

/* What is wrong and why, then both examples; short enough for a screen. */
static void explanations_are_complete(void **state)
{
    (void)state;
    for ( enum check check = 0; check < NR_CHECKS; check++ )
    {
        const char *text = check_explanation(check);
        const char *wrong = strstr(text, "\nWrong:\n    ");
        const char *right = strstr(text, "\nRight:\n    ");
        int lines = 0;

        if ( !wrong || !right || wrong > right || !text_ends(text, "\n") )
            fail_msg("%s: not what is wrong and what is right", check_id(check));
        for ( const char *line = text; *line; lines++ )
        {
            if ( strcspn(line, "\n") > 88 )
                fail_msg("%s: a long line", check_id(check));
            line += strcspn(line, "\n") + 1;
        }
        if ( lines < 6 || lines > 14 )
            fail_msg("%s: %d lines", check_id(check), lines);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(checks_are_a_sorted_table), TEST(names_are_ids),
        TEST(explanations_are_complete),
    };

    return cmocka_run_group_tests_name("checks", tests, NULL, NULL);
}
