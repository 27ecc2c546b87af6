/* SPDX-License-Identifier: MIT */
/* codegen/model/lock-file.c: files that nobody wrote. */
#include "model.h"

static const char published[] =
    "/// Test.\ninterface test { header \"t.h\" guard T_H; legacy ops 0..99 \"old\"; }\n"
    "const LIMIT = 8;\n"
    "type ref_t: u32;\n"
    "bits set: ulong as SET_* { first = 0; }\n"
    "/// Call.\nhypercall call_op = 9 (cmd: u32) -> errno { ops CALL_*; structs call_*; }\n";

#define BY_HCGEN "help: the file is written by hcgen lock --update alone\n"

static struct source *lock_source(struct arena *arena, const char *text)
{
    return source_from_memory(arena, "abi.lock", text, strlen(text));
}

static const char *published_lock(struct arena *arena)
{
    return lock_text(model_read(arena, "t.idl", published), NULL);
}

/* The file with one text in the place of another. */
static const char *damaged(struct arena *arena, const char *from, const char *to)
{
    const char *text = published_lock(arena), *at = strstr(text, from);

    assert_non_null(at);
    return arena_format(arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

/* The head has 24 lines. */
static void expect_bad_file(void **state, const char *from, const char *to,
                            const char *expected)
{
    struct arena *arena = *state;
    struct source *lock = lock_source(arena, damaged(arena, from, to));
    struct model *model = model_read(arena, "t.idl", published);

    assert_false(lock_check(model, lock));
    assert_text(model_messages(model), expected);
    model_forget_messages(model);
    assert_null(lock_text(model, lock));
    assert_int_not_equal(model->diag->errors, 0);
}

static void a_damaged_file_is_an_error(void **state)
{
    expect_bad_file(state, "abi wide\n", "abi wide\nabi wide\n",
        "abi.lock:27:0: error: 'wide' is there twice [lock]\n" BY_HCGEN);
    expect_bad_file(state, "hypercall call_op", "hyperkall call_op",
        "abi.lock:30:0: error: a line begins with its kind, and there is no kind 'hyperkall' [lock]\n"
        BY_HCGEN);
    expect_bad_file(state, "hypercall call_op number 9\n", "hypercall call_op number\n",
        "abi.lock:30:0: error: 'number' has no value [lock]\n" BY_HCGEN);
    expect_bad_file(state, "hypercall call_op number 9\n", "hypercall\n",
        "abi.lock:30:0: error: a name is missing behind 'hypercall' [lock]\n" BY_HCGEN);
    expect_bad_file(state, "bit set SET_first number 0\n", "bit set\n",
        "abi.lock:28:0: error: a name is missing behind 'bit' [lock]\n" BY_HCGEN);
    expect_bad_file(state, "wide size 8\n", "narrow size 8\n",
        "abi.lock:31:0: error: no line says 'abi narrow' [lock]\n" BY_HCGEN);
    expect_bad_file(state, "wide size 8\n", "wide size\n",
        "abi.lock:31:0: error: 'size' has no value [lock]\n" BY_HCGEN);
    expect_bad_file(state, "type ref_t size 4\n", "type ref_t size 4, only nobody\n",
        "abi.lock:32:0: error: no line says 'abi nobody' [lock]\n" BY_HCGEN);
    expect_bad_file(state, "constant LIMIT value 8\n",
                    "constant X value 8\nconstant LIMIT value 8\n",
        "abi.lock:30:0: error: this belongs before 'constant X value 8': the lines are sorted [lock]\n"
        BY_HCGEN);
    expect_bad_file(state, "abi wide\n", "",
        "abi.lock:30:0: error: no line says 'abi wide' [lock]\n" BY_HCGEN);
}

static void no_file_means_that_all_is_new(void **state)
{
    struct model *model = model_read(*state, "t.idl",
        "/// Test.\ninterface test { header \"t.h\" guard T_H; }\nconst A = 1;\n");

    assert_false(lock_check(model, NULL));
    assert_messages(model,
        "small.yaml:1:7: error: abi 'small' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n"
        "t.idl:3:7: error: constant 'A' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n"
        "wide.yaml:1:7: error: abi 'wide' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_damaged_file_is_an_error),
        TEST(no_file_means_that_all_is_new),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
