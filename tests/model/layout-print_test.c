/* SPDX-License-Identifier: MIT */
/* codegen/model/layout-print.c, -table.c, -text.c: hcgen layout NAME. */
#include <stdlib.h>

#include "model.h"

static const char description[] =
    "/// Test.\ninterface test { header \"t.h\" guard T_H; legacy ops 0..99 \"old\"; }\n"
    "bits set: u16 as SET_* {\n"
    "    kind = 3..2 { none = 0; all = 3; }\n"
    "    first = 0; removed gone = 5 \"why\"; top: machine<u64> = 15..9 << 3; macro SET_x = \"1\";\n"
    "}\n"
    "bits wide_set: ulong { on = 0; }\n"
    "status result: s16 as R_* { okay = 0; bad = -3; }\n"
    "enum free { one = 1; }\n"
    "type ref_t: u32;\n"
    "type far_t: struct shared;\n"
    "struct shared { in x: u8; y: frame[2]; }\n"
    "type frame: ulong;\n"
    "/// Call.\nhypercall call_op = 9 (cmd: ulong, arg: handle<op>[nr], nr: u32) -> errno { ops CALL_*; structs call_*; }\n"
    "/// Do.\nop do_it = 4 {\n"
    "    in  a: u8;\n"
    "    in  b, c: struct piece { u: union by a { p: ref_t when 0; q: handle<const void>? otherwise; } r: u8; }\n"
    "    out d: unchecked<set> as u32;\n"
    "    out l: u32 for wide;\n"
    "    in  o: u16 before 3.2;\n"
    "}\n"
    "/// Lend.\nop lend = 5 (shared) { out y; in x when pv; }\n"
    "/// Ask.\nop ask = 6 (ref: ref_t, out where: handle<frame>) -> ulong { }\n"
    "/// Old.\nop only_wide = 7 for wide { in a: u64; }\n";

/* What is printed for a name, and 0; or the error, and 1. */
static const char *printed(void **state, const char *name, const char *abi, int status)
{
    struct model *model = model_read(*state, "t.idl", description);
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    const char *copy;

    assert_non_null(stream);
    assert_int_equal(layout_print(model, name, abi, stream), status);
    fclose(stream);
    copy = arena_string(*state, text);
    free(text);
    assert_text(status ? copy : model_messages(model), "");
    return status ? model_messages(model) : copy;
}

#define assert_printed(name, abi, expected) \
    assert_text(printed(state, name, abi, 0), expected)

static const char do_it[] =
    "op do_it: t.idl:17, legacy\n"
    "  CALL_do_it = 4 of call_op, struct call_do_it\n"
    "            wide              small\n"
    "  offset    size     offset    size   name   type                   direction\n"
    "       0       1          0       1   a      u8                     in\n"
    "       1       7          1       3   (padding)\n"
    "       8      16          4       8   b      struct piece           in\n"
    "       8       8          4       4     u    union by a             in\n"
    "       8       4          4       4       p  ref_t                  in\n"
    "       8       8          4       4       q  handle<const void>?    in\n"
    "      16       1          8       1     r    u8                     in\n"
    "      17       7          9       3     (padding)\n"
    "      24      16         12       8   c      struct piece           in\n"
    "      24       8         12       4     u    union by a             in\n"
    "      24       4         12       4       p  ref_t                  in\n"
    "      24       8         12       4       q  handle<const void>?    in\n"
    "      32       1         16       1     r    u8                     in\n"
    "      33       7         17       3     (padding)\n"
    "      40       4         20       4   d      unchecked<set> as u32  out\n"
    "      44       4          -       -   l      u32                    out\n"
    "              48                 24   (all, aligned to 8, 4)\n";

static void an_op_is_found_by_any_of_its_names(void **state)
{
    assert_printed("do_it", NULL, do_it);
    assert_printed("CALL_do_it", NULL, do_it);
    assert_printed("call_do_it", NULL, do_it);
    assert_printed("call_do_it_t", NULL, do_it);
    assert_printed("struct call_do_it", NULL, do_it);
}

static void one_abi_is_one_pair_of_columns(void **state)
{
    assert_printed("shared", "small",
        "struct shared: t.idl:12, legacy\n"
        "           small\n"
        "  offset    size   name  type      direction\n"
        "       0       1   x     u8        in\n"
        "       1       3   (padding)\n"
        "       4       8   y     frame[2]\n"
        "              12   (all, aligned to 4)\n");
    assert_printed("only_wide", "small",
        "op only_wide: t.idl:29, legacy\n"
        "  CALL_only_wide = 7 of call_op, struct call_only_wide\n"
        "  (not there)\n");
}

static void architectures_that_agree_share_columns(void **state)
{
    assert_printed("piece", "wide",
        "struct piece: t.idl:17, legacy\n"
        "            wide\n"
        "  offset    size   name  type                 direction\n"
        "       0       8   u     union by a\n"
        "       0       4     p   ref_t\n"
        "       0       8     q   handle<const void>?\n"
        "       8       1   r     u8\n"
        "       9       7   (padding)\n"
        "              16   (all, aligned to 8)\n");
    assert_printed("ref_t", NULL,
        "type ref_t: t.idl:10, legacy\n"
        "  is u32\n"
        "  size 4\n");
}

static void a_shared_structure_tells_the_ops_directions(void **state)
{
    assert_printed("lend", "wide",
        "op lend: t.idl:25, legacy\n"
        "  CALL_lend = 5 of call_op, struct shared\n"
        "  here: out y\n"
        "  here: in x when pv\n"
        "            wide\n"
        "  offset    size   name  type      direction\n"
        "       0       1   x     u8        in\n"
        "       1       7   (padding)\n"
        "       8      16   y     frame[2]\n"
        "              24   (all, aligned to 8)\n");
}

static void arguments_have_a_place_and_a_size(void **state)
{
    assert_printed("ask", NULL,
        "op ask: t.idl:27, legacy\n"
        "  CALL_ask = 6 of call_op\n"
        "  argument 1  ref                ref_t                    size 4\n"
        "  argument 2  where              handle<frame>            size wide 8, small 4, out\n");
    assert_printed("call_op", NULL,
        "hypercall call_op: t.idl:15, legacy\n"
        "  number 9\n"
        "  argument 1  cmd                ulong                    size wide 8, small 4\n"
        "  argument 2  arg                handle<op>[nr]           size wide 8, small 4\n"
        "  argument 3  nr                 u32                      size 4\n");
}

static void bits_come_in_their_order(void **state)
{
    assert_printed("set", NULL,
        "bits set: t.idl:3, legacy\n"
        "  size 2\n"
        "        bits  name\n"
        "           0  first  0x1\n"
        "           1  (reserved)\n"
        "        3..2  kind\n"
        "               0  none\n"
        "               3  all\n"
        "           5  gone  (removed)\n"
        "        8..4  (reserved)\n"
        "       15..9  top << 3: machine<u64>\n");
}

static void values_come_as_they_were_written(void **state)
{
    assert_printed("result", NULL,
        "status result: t.idl:8, legacy\n"
        "  size 2\n"
        "       value  name\n"
        "           0  okay\n"
        "          -3  bad\n");
    assert_printed("free", NULL,
        "enum free: t.idl:9, legacy\n"
        "       value  name\n"
        "           1  one\n");
}

static void a_type_of_a_structure_shows_it(void **state)
{
    assert_printed("far_t", "small",
        "type far_t: t.idl:11, legacy\n"
        "  is struct shared\n"
        "           small\n"
        "  offset    size   name  type      direction\n"
        "       0       1   x     u8        in\n"
        "       1       3   (padding)\n"
        "       4       8   y     frame[2]\n"
        "              12   (all, aligned to 4)\n");
}

static void an_unknown_name_is_an_error(void **state)
{
    assert_text(printed(state, "call_do_if", NULL, 1),
        "error: no op, structure, set or type 'call_do_if'; did you mean 'call_do_it'? [unknown-name]\n");
    assert_text(printed(state, "nothing_at_all_like_it", NULL, 1),
        "error: no op, structure, set or type 'nothing_at_all_like_it' [unknown-name]\n");
    assert_text(printed(state, "set", "smal", 1),
        "error: no architecture 'smal'; did you mean 'small'? [unknown-name]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_op_is_found_by_any_of_its_names),
        TEST(one_abi_is_one_pair_of_columns),
        TEST(architectures_that_agree_share_columns),
        TEST(a_shared_structure_tells_the_ops_directions),
        TEST(arguments_have_a_place_and_a_size),
        TEST(bits_come_in_their_order),
        TEST(values_come_as_they_were_written),
        TEST(a_type_of_a_structure_shows_it),
        TEST(an_unknown_name_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
