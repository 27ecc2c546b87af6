/* SPDX-License-Identifier: MIT */
/* codegen/model/lock*.c: what is published stays. */
#include "model.h"

/* What was published: the lock of it is what every test compares with. */
static const char published[] =
    "/// Test.\ninterface test { header \"t.h\" guard T_H; legacy ops 0..99 \"old\"; }\n"
    "const LIMIT = 8;\n"
    "const ONLY_OLD = 3 before 4.0;\n"
    "type ref_t: u32;\n"
    "bits set: u16 as SET_* {\n"
    "    kind = 3..2 { none = 0; all = 3; }\n"
    "    first = 0; second = 1; removed gone = 5 \"why\";\n"
    "}\n"
    "status result: s16 as R_* { okay = 0; bad = -3; removed worse = -4 \"why\"; }\n"
    "enum free { one = 1; }\n"
    "struct shared { in x: u8; out y: ulong[2]; a: u32 before 4.2; b: u32 since 4.2; }\n"
    "/// Call.\nhypercall call_op = 9 (cmd: u32, arg: handle<op>, nr: u16) -> errno { ops CALL_*; structs call_*; }\n"
    "/// Do.\nop do_it = 4 { in a: u64; in s: struct { p: u8; q: set; } out st: result; }\n"
    "/// Lend.\nop lend = 5 (shared) { out x; in y when pv; }\n"
    "/// Ask.\nop ask = 6 (ref: ref_t, mode: u32) -> ulong { }\n"
    "removed op old = 3 \"why\";\n";

/* The same with one text in the place of another, everywhere. */
static const char *edited(struct arena *arena, const char *text, const char *from,
                          const char *to)
{
    struct text result = { .arena = arena };
    const char *at;

    assert_non_null(strstr(text, from));
    while ( (at = strstr(text, from)) )
    {
        text_add_bytes(&result, text, (size_t)(at - text));
        text_add(&result, to);
        text = at + strlen(from);
    }
    text_add(&result, text);
    return text_string(&result);
}

static struct source *lock_source(struct arena *arena, const char *text)
{
    return source_from_memory(arena, "abi.lock", text, strlen(text));
}

static const char *published_lock(struct arena *arena)
{
    const char *text = lock_text(model_read(arena, "t.idl", published), NULL);

    assert_non_null(text);
    return text;
}

/* Without line numbers of the file, which move when anything is published. */
static const char *without_lines(struct arena *arena, const char *text)
{
    struct text result = { .arena = arena };
    const char *at;

    while ( (at = strstr(text, "abi.lock:")) )
    {
        text_add_bytes(&result, text, (size_t)(at - text) + strlen("abi.lock"));
        at += strlen("abi.lock:");
        text = at + strcspn(at, " ") - 1;
    }
    text_add(&result, text);
    return text_string(&result);
}

/*
 * With 'from' turned into 'to' in the description, the check says 'expected',
 * and an update is refused, unless it is only about what is new.
 */
static void expect(void **state, const char *from, const char *to, bool is_break,
                   const char *expected)
{
    struct arena *arena = *state;
    struct source *lock = lock_source(arena, published_lock(arena));
    struct model *model = model_read(arena, "t.idl", edited(arena, published, from, to));
    const char *text;

    assert_int_equal(lock_check(model, lock), !*expected);
    assert_text(without_lines(arena, model_messages(model)), expected);
    model_forget_messages(model);
    text = lock_text(model, lock);
    assert_int_equal(text == NULL, is_break);
    assert_int_equal(model->diag->errors != 0, is_break);
    if ( is_break )
        return;
    /* What an update wrote is right, and says nothing more. */
    assert_true(lock_check(model, lock_source(arena, text)));
    assert_text(lock_text(model, lock_source(arena, text)), text);
}

#define BY_HAND "help: if nobody has the old form yet, take the line out of the file by hand, then hcgen lock --update\n"
#define expect_break(from, to, expected) expect(state, from, to, true, expected)
#define expect_new(from, to, expected) expect(state, from, to, false, expected)

/* ---- the file ------------------------------------------------------------ */

static void every_element_has_its_line(void **state)
{
    const char *text = published_lock(*state);
    const char *body = strstr(text, "\nabi ");

    assert_non_null(body);
    assert_text(body + 1,
        "abi small\n"
        "abi wide\n"
        "argument CALL_ask mode place 2 size 4\n"
        "argument CALL_ask ref place 1 size 4\n"
        "argument call_op arg place 2 size 4, wide size 8\n"
        "argument call_op cmd place 1 size 4\n"
        "argument call_op nr place 3 size 2\n"
        "bit set SET_first number 0\n"
        "bit set SET_kind high 3 low 2\n"
        "bit set SET_second number 1\n"
        "constant LIMIT value 8\n"
        "constant ONLY_OLD@before-4.0 value 3\n"
        "field call_do_it a direction in offset 0 size 8\n"
        "field call_do_it s direction in offset 8 size 4\n"
        "field call_do_it s.p direction in offset 8 size 1\n"
        "field call_do_it s.q direction in offset 10 size 2\n"
        "field call_do_it st direction out offset 12 size 2\n"
        "field shared a@before-4.2 offset 12 size 4, wide offset 24\n"
        "field shared b offset 12 size 4, wide offset 24\n"
        "field shared x direction in offset 0 size 1\n"
        "field shared y direction out offset 4 size 8, wide offset 8 size 16\n"
        "hypercall call_op number 9\n"
        "op call_op CALL_ask number 6 returns ulong\n"
        "op call_op CALL_do_it number 4 structure call_do_it\n"
        "op call_op CALL_lend number 5 structure shared\n"
        "removed-bit set SET_gone number 5\n"
        "removed-op call_op CALL_old number 3\n"
        "removed-value result R_worse number -4\n"
        "set result size 2\n"
        "set set size 2\n"
        "structure call_do_it size 16 align 4, wide align 8\n"
        "structure shared size 16 align 4, wide size 32 align 8\n"
        "type ref_t size 4\n"
        "use CALL_lend x direction out\n"
        "use CALL_lend y@pv direction in\n"
        "value free free_one number 1\n"
        "value result R_bad number -3\n"
        "value result R_okay number 0\n"
        "value set.kind SET_all number 3\n"
        "value set.kind SET_none number 0\n");
}

static void what_did_not_change_is_no_difference(void **state)
{
    struct source *lock = lock_source(*state, published_lock(*state));
    struct model *model = model_read(*state, "t.idl", published);

    assert_true(lock_check(model, lock));
    assert_messages(model, "");
    assert_text(lock_text(model, lock), published_lock(*state));
}

/* Documentation, reasons, order of the text: not published. */
static void what_is_not_published_may_change(void **state)
{
    expect_new("/// Do.", "/// Do it now.", "");
    expect_new("\"why\"", "\"another reason\"", "");
    expect_new("first = 0; second = 1;", "second = 1; first = 0;", "");
}

/* ---- breaks -------------------------------------------------------------- */

static void a_number_changes(void **state)
{
    expect_break("op do_it = 4", "op do_it = 7",
        "abi.lock: error: op 'CALL_do_it' had number 4; it has 7 now [abi-break]\n"
        "t.idl:16:4: note: it is here\n" BY_HAND);
    expect_break("hypercall call_op = 9", "hypercall call_op = 10",
        "abi.lock: error: hypercall 'call_op' had number 9; it has 10 now [abi-break]\n"
        "t.idl:14:11: note: it is here\n" BY_HAND);
    expect_break("bad = -3", "bad = -5",
        "abi.lock: error: value 'R_bad' had number -3; it has -5 now [abi-break]\n"
        "t.idl:10:39: note: it is here\n" BY_HAND);
    expect_break("LIMIT = 8", "LIMIT = 9",
        "abi.lock: error: constant 'LIMIT' had value 8; it has 9 now [abi-break]\n"
        "t.idl:3:7: note: it is here\n" BY_HAND);
    expect_break("ONLY_OLD = 3", "ONLY_OLD = 4",
        "abi.lock: error: constant 'ONLY_OLD@before-4.0' had value 3; it has 4 now [abi-break]\n"
        "t.idl:4:7: note: it is here\n" BY_HAND);
}

static void a_bit_changes(void **state)
{
    expect_break("second = 1", "second = 6",
        "abi.lock: error: bit 'SET_second' had number 1; it has 6 now [abi-break]\n"
        "t.idl:8:16: note: it is here\n" BY_HAND);
    expect_break("kind = 3..2", "kind = 4..2",
        "abi.lock: error: bit 'SET_kind' had high 3; it has 4 now [abi-break]\n"
        "t.idl:7:5: note: it is here\n" BY_HAND);
    expect_break("all = 3", "all = 2",
        "abi.lock: error: value 'SET_all' had number 3; it has 2 now [abi-break]\n"
        "t.idl:7:29: note: it is here\n" BY_HAND);
    expect_break("second = 1;", "second = 4..1;",
        "abi.lock: error: bit 'SET_second' had number 1; it has none now [abi-break]\n"
        "t.idl:8:16: note: it is here\n" BY_HAND);
}

static void a_field_moves(void **state)
{
    expect_break("in a: u64; in s", "in z: u64; in a: u64; in s",
        "abi.lock: error: field 'a' of 'call_do_it' had offset 0; it has 8 now [abi-break]\n"
        "t.idl:16:30: note: it is here\n" BY_HAND
        "abi.lock: error: field 's' of 'call_do_it' had offset 8; it has 16 now [abi-break]\n"
        "t.idl:16:41: note: it is here\n" BY_HAND
        "abi.lock: error: field 's.p' of 'call_do_it' had offset 8; it has 16 now [abi-break]\n"
        "t.idl:16:53: note: it is here\n" BY_HAND
        "abi.lock: error: field 's.q' of 'call_do_it' had offset 10; it has 18 now [abi-break]\n"
        "t.idl:16:60: note: it is here\n" BY_HAND
        "abi.lock: error: field 'st' of 'call_do_it' had offset 12; it has 20 now [abi-break]\n"
        "t.idl:16:74: note: it is here\n" BY_HAND
        "abi.lock: error: structure 'call_do_it' had size 16; it has 24 now [abi-break]\n"
        "t.idl:16:4: note: it is here\n" BY_HAND
        "t.idl:16:19: error: field 'z' of 'call_do_it' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
}

static void a_field_changes(void **state)
{
    expect_break("p: u8; q", "out p: u8; q",
        "abi.lock: error: field 's.p' of 'call_do_it' had direction in; it has out now [abi-break]\n"
        "t.idl:16:46: note: it is here\n" BY_HAND);
    expect_break("out st: result", "st: result",
        "abi.lock: error: field 'st' of 'call_do_it' had direction out; it has none now [abi-break]\n"
        "t.idl:16:59: note: it is here\n" BY_HAND);
    expect_break("q: set;", "q: set as u8;",
        "abi.lock: error: field 's' of 'call_do_it' had size 4; it has 2 now [abi-break]\n"
        "t.idl:16:30: note: it is here\n" BY_HAND
        "abi.lock: error: field 's.q' of 'call_do_it' had offset 10; it has 9 now [abi-break]\n"
        "t.idl:16:49: note: it is here\n" BY_HAND
        "abi.lock: error: field 'st' of 'call_do_it' had offset 12; it has 10 now [abi-break]\n"
        "t.idl:16:69: note: it is here\n" BY_HAND
        "abi.lock: error: structure 'call_do_it' had size 16 on small; it has 12 now [abi-break]\n"
        "t.idl:16:4: note: it is here\n" BY_HAND);
    expect_break("a: u64; in s", "a: u64_aligned; in s",
        "abi.lock: error: structure 'call_do_it' had align 4 on small; it has 8 now [abi-break]\n"
        "t.idl:16:4: note: it is here\n" BY_HAND);
    expect_break("a: u32 before", "a: u16 before",
        "abi.lock: error: field 'a@before-4.2' of 'shared' had size 4; it has 2 now [abi-break]\n"
        "t.idl:12:44: note: it is here\n" BY_HAND);
}

static void a_width_changes(void **state)
{
    expect_break("type ref_t: u32", "type ref_t: u16",
        "abi.lock: error: argument 'ref' of 'CALL_ask' had size 4; it has 2 now [abi-break]\n"
        "t.idl:20:13: note: it is here\n" BY_HAND
        "abi.lock: error: type 'ref_t' had size 4; it has 2 now [abi-break]\n"
        "t.idl:5:6: note: it is here\n" BY_HAND);
    expect_break("status result: s16", "status result: s8",
        "abi.lock: error: field 'st' of 'call_do_it' had size 2; it has 1 now [abi-break]\n"
        "t.idl:16:63: note: it is here\n" BY_HAND
        "abi.lock: error: set 'result' had size 2; it has 1 now [abi-break]\n"
        "t.idl:10:8: note: it is here\n" BY_HAND);
    /* On one ABI only. */
    expect_break("cmd: u32", "cmd: ulong",
        "abi.lock: error: argument 'cmd' of 'call_op' had size 4 on wide; it has 8 now [abi-break]\n"
        "t.idl:14:24: note: it is here\n" BY_HAND);
}

static void a_call_changes(void **state)
{
    expect_break("(ref: ref_t, mode: u32)", "(mode: u32, ref: ref_t)",
        "abi.lock: error: argument 'mode' of 'CALL_ask' had place 2; it has 1 now [abi-break]\n"
        "t.idl:20:13: note: it is here\n" BY_HAND
        "abi.lock: error: argument 'ref' of 'CALL_ask' had place 1; it has 2 now [abi-break]\n"
        "t.idl:20:24: note: it is here\n" BY_HAND);
    expect_break("mode: u32)", "out mode: u32)",
        "abi.lock: error: argument 'mode' of 'CALL_ask' had no direction; it has out now [abi-break]\n"
        "t.idl:20:29: note: it is here\n" BY_HAND);
    expect_break("-> ulong {", "{",
        "abi.lock: error: op 'CALL_ask' had returns ulong; it has none now [abi-break]\n"
        "t.idl:20:4: note: it is here\n" BY_HAND);
    expect_break("{ out x; in y when pv; }", "{ in y when pv; }",
        "abi.lock: error: use 'x' of 'CALL_lend' is gone [abi-break]\n" BY_HAND);
    expect_break("{ out x;", "{ inout x;",
        "abi.lock: error: use 'x' of 'CALL_lend' had direction out; it has inout now [abi-break]\n"
        "t.idl:18:30: note: it is here\n" BY_HAND);
}

static void a_structure_is_exchanged(void **state)
{
    expect_break("op lend = 5 (shared)", "op lend = 5 (call_do_it)",
        "abi.lock: error: op 'CALL_lend' had structure shared; it has call_do_it now [abi-break]\n"
        "t.idl:18:4: note: it is here\n" BY_HAND);
}

static void a_name_changes(void **state)
{
    expect_break("op ask = 6", "op answer = 6",
        "abi.lock: error: argument 'mode' of 'CALL_ask' is gone [abi-break]\n" BY_HAND
        "abi.lock: error: argument 'ref' of 'CALL_ask' is gone [abi-break]\n" BY_HAND
        "abi.lock: error: op 'CALL_ask', number 6, is called 'CALL_answer' now [abi-break]\n"
        "t.idl:20:4: note: it is here\n" BY_HAND
        "t.idl:20:16: error: argument 'ref' of 'CALL_answer' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n"
        "t.idl:20:28: error: argument 'mode' of 'CALL_answer' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
    expect_break("bad = -3", "evil = -3",
        "abi.lock: error: value 'R_bad', number -3, is called 'R_evil' now [abi-break]\n"
        "t.idl:10:39: note: it is here\n" BY_HAND);
    expect_break("const LIMIT", "const BOUND",
        "abi.lock: error: constant 'LIMIT' is gone [abi-break]\n" BY_HAND
        "t.idl:3:7: error: constant 'BOUND' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
}

static void something_is_gone(void **state)
{
    expect_break("first = 0; ", "",
        "abi.lock: error: bit 'SET_first' is gone [abi-break]\n"
        "t.idl:6:6: note: it belonged here\n"
        "help: what is removed stays in the description: removed ... = 0 \"why\";\n");
    expect_break("bad = -3; ", "",
        "abi.lock: error: value 'R_bad' is gone [abi-break]\n"
        "t.idl:10:8: note: it belonged here\n"
        "help: what is removed stays in the description: removed ... = -3 \"why\";\n");
    expect_break(" out st: result;", "",
        "abi.lock: error: field 'st' of 'call_do_it' is gone [abi-break]\n"
        "t.idl:16:4: note: it belonged here\n" BY_HAND
        "abi.lock: error: structure 'call_do_it' had size 16 on small; it has 12 now [abi-break]\n"
        "t.idl:16:4: note: it is here\n" BY_HAND);
    expect_break("enum free { one = 1; }\n", "",
        "abi.lock: error: value 'free_one' is gone [abi-break]\n"
        "help: what is removed stays in the description: removed ... = 1 \"why\";\n");
}

static void something_is_gone_on_one_abi(void **state)
{
    expect_break("const LIMIT = 8;", "const LIMIT = 8 for wide;",
        "abi.lock: error: constant 'LIMIT' is gone on small [abi-break]\n"
        "t.idl:3:7: note: it is here\n" BY_HAND);
}

static void a_number_is_used_again(void **state)
{
    expect_break("removed gone = 5 \"why\";", "fresh = 5;",
        "t.idl:8:28: error: number 5 was removed-bit 'SET_gone', and is never used again [number-reused]\n"
        "abi.lock: note: it is in the file as removed\n");
    expect_break("removed gone = 5 \"why\";", "fresh = 7..4;",
        "t.idl:8:28: error: number 5 was removed-bit 'SET_gone', and is never used again [number-reused]\n"
        "abi.lock: note: it is in the file as removed\n");
    expect_break("removed worse = -4 \"why\";", "best = -4;",
        "t.idl:10:49: error: number -4 was removed-value 'R_worse', and is never used again [number-reused]\n"
        "abi.lock: note: it is in the file as removed\n");
    expect_break("removed op old = 3 \"why\";", "/// New.\nop fresh = 3 { }",
        "t.idl:22:4: error: number 3 was removed-op 'CALL_old', and is never used again [number-reused]\n"
        "abi.lock: note: it is in the file as removed\n");
}

/* ---- what an update does ------------------------------------------------- */

static void what_is_new_is_added(void **state)
{
    expect_new("second = 1;", "second = 1; third = 4;",
        "t.idl:8:28: error: bit 'SET_third' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
    expect_new("bad = -3;", "bad = -3; evil = -9;",
        "t.idl:10:49: error: value 'R_evil' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
    expect_new("removed op old", "removed op older = 2 \"why\";\nremoved op old",
        "t.idl:21:12: error: removed-op 'CALL_older' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
    expect_new("ONLY_OLD = 3 before 4.0", "ONLY_OLD = 3",
        "t.idl:4:7: error: constant 'ONLY_OLD' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
}

static void what_is_removed_in_the_description_is_kept(void **state)
{
    expect_new("second = 1;", "removed second = 1 \"why\";",
        "abi.lock: error: bit 'SET_second', number 1, is removed now [abi-break]\n"
        "t.idl:8:24: note: removed here\n"
        "help: hcgen lock --update writes it down, and keeps the number from being used\n");
    expect_new("/// Do.\nop do_it = 4 { in a: u64; in s: struct { p: u8; q: set; } out st: result; }",
               "removed op do_it = 4 \"why\";",
        "abi.lock: error: op 'CALL_do_it', number 4, is removed now [abi-break]\n"
        "t.idl:15:12: note: removed here\n"
        "help: hcgen lock --update writes it down, and keeps the number from being used\n");
}

/* The description need not speak of it for ever. */
static void what_was_removed_stays_removed(void **state)
{
    struct arena *arena = *state;
    struct source *lock = lock_source(arena, published_lock(arena));
    struct model *model = model_read(arena, "t.idl", edited(arena, published,
                                     "removed op old = 3 \"why\";\n", ""));

    assert_true(lock_check(model, lock));
    assert_text(lock_text(model, lock), published_lock(arena));
}

static void an_architecture_more_is_only_new(void **state)
{
    struct arena *arena = *state;
    struct model *model = model_read(arena, "t.idl", published);
    const char *text;

    model->arches.count = 1;
    text = lock_text(model, NULL);
    assert_null(strstr(text, "small"));
    model = model_read(arena, "t.idl", published);
    assert_false(lock_check(model, lock_source(arena, text)));
    assert_messages(model,
        "small.yaml:1:7: error: abi 'small' is new, and not yet in the file [lock]\n"
        "help: hcgen lock --update\n");
    model_forget_messages(model);
    assert_text(lock_text(model, lock_source(arena, text)), published_lock(arena));
}

static void an_architecture_less_is_a_break(void **state)
{
    struct arena *arena = *state;
    struct source *lock = lock_source(arena, published_lock(arena));
    struct model *model = model_read(arena, "t.idl", published);

    model->arches.count = 1;
    assert_false(lock_check(model, lock));
    assert_text(without_lines(arena, model_messages(model)),
        "abi.lock: error: abi 'small' is gone [abi-break]\n" BY_HAND);
    model_forget_messages(model);
    assert_null(lock_text(model, lock));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_element_has_its_line),
        TEST(what_did_not_change_is_no_difference),
        TEST(what_is_not_published_may_change),
        TEST(a_number_changes),
        TEST(a_bit_changes),
        TEST(a_field_moves),
        TEST(a_field_changes),
        TEST(a_width_changes),
        TEST(a_call_changes),
        TEST(a_structure_is_exchanged),
        TEST(a_name_changes),
        TEST(something_is_gone),
        TEST(something_is_gone_on_one_abi),
        TEST(a_number_is_used_again),
        TEST(what_is_new_is_added),
        TEST(what_is_removed_in_the_description_is_kept),
        TEST(what_was_removed_stays_removed),
        TEST(an_architecture_more_is_only_new),
        TEST(an_architecture_less_is_a_break),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
