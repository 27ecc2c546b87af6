/* SPDX-License-Identifier: MIT */
/* codegen/model/layout-check.c, -strict.c, -version.c: what is said, and where. */
#include "model.h"

#define HEAD(lines) \
    "/// Test.\ninterface test { header \"t.h\" guard T_H; " lines " }\n"
#define STRICT HEAD("")
#define LEGACY HEAD("legacy ops 0..99 \"old\";")

/* The description is checked; what is said is exactly this. */
static void expect(void **state, const char *text, const char *expected)
{
    struct model *model = model_read(*state, "t.idl", text);

    layout_check(model);
    assert_messages(model, expected);
}

/* ---- [padding] ----------------------------------------------------------- */

static void a_strict_structure_without_holes_is_right(void **state)
{
    expect(state, STRICT
        "struct a { in x: u32; in pad0: reserved<u32>; in y: u64; in z: u8[8]; }\n"
        "struct b { x: struct a; h: handle64<struct a>; u: union { v: u64; w: u32; } }\n"
        "struct c { q: struct { a: u8; b: u8; } r: u16; s: struct { t: u32; } }\n"
        "struct d { n: u64; data: u8[]; }\n"
        "struct e { }\n", "");
}

static void a_hole_before_a_member_is_an_error(void **state)
{
    expect(state, STRICT
        "struct a {\n"
        "    in  nr:   u32;\n"
        "    in  gpfn: u64;\n"
        "}\n",
        "t.idl:5:9: error: 'gpfn' needs 4 bytes of padding before it [padding]\n"
        "t.idl:4:9: help: after 'nr' add: in pad0: reserved<u32>;\n");
}

/* Each is judged as if those before it had been mended. */
static void every_hole_is_told_once(void **state)
{
    expect(state, STRICT
        "struct a {\n"
        "    a:    u8;\n"
        "    b:    u16;\n"
        "    pad0: u8;\n"
        "    c:    u32;\n"
        "    d:    u8;\n"
        "    e:    u64;\n"
        "    f:    u16;\n"
        "}\n",
        "t.idl:5:5: error: 'b' needs 1 byte of padding before it [padding]\n"
        "t.idl:4:5: help: after 'a' add: pad1: reserved<u8>;\n"
        "t.idl:7:5: error: 'c' needs 3 bytes of padding before it [padding]\n"
        "t.idl:6:5: help: after 'pad0' add: pad2: reserved<u8>[3];\n"
        "t.idl:9:5: error: 'e' needs 3 bytes of padding before it [padding]\n"
        "t.idl:8:5: help: after 'd' add: pad3: reserved<u8>[3];\n"
        "t.idl:3:8: error: 'a' needs 6 bytes of padding at its end [padding]\n"
        "t.idl:10:5: help: after 'f' add: pad4: reserved<u16>[3];\n");
}

static void a_strict_structure_is_made_of_words(void **state)
{
    expect(state, STRICT
        "struct a { x: u32; }\n"
        "union b { x: u16; y: u8; }\n"
        "/// Call.\nhypercall call_op = 9 (cmd: u32, arg: handle<op>) -> errno { ops CALL_*; structs call_*; }\n"
        "/// Do.\nop do = 4 { out x: u64; out y: u8; }\n",
        "t.idl:3:8: error: 'a' needs 4 bytes of padding at its end [padding]\n"
        "t.idl:3:12: help: after 'x' add: pad0: reserved<u32>;\n"
        "t.idl:4:7: error: 'b' needs 6 bytes of padding at its end [padding]\n"
        "t.idl:4:19: help: let every member of this union have the same size\n"
        "t.idl:8:4: error: 'call_do' needs 7 bytes of padding at its end [padding]\n"
        "t.idl:8:29: help: after 'y' add: in pad0: reserved<u8>[7];\n");
}

static void what_is_written_out_inside_is_strict_too(void **state)
{
    expect(state, STRICT
        "struct a {\n"
        "    x, y: struct { p: u8; q: u16; }\n"
        "    u: union { b: u8[5]; w: u32; }\n"
        "}\n",
        "t.idl:4:27: error: 'q' needs 1 byte of padding before it [padding]\n"
        "t.idl:4:20: help: after 'p' add: pad0: reserved<u8>;\n"
        "t.idl:5:8: error: this union needs 3 bytes of padding at its end [padding]\n"
        "t.idl:5:26: help: let every member of this union have the same size\n");
}

static void legacy_structures_may_have_holes(void **state)
{
    expect(state, LEGACY
        "struct a { x: u8; y: u64; z: u8; l: ulong; h: handle<void>; }\n", "");
}

/* ---- [layout] ------------------------------------------------------------ */

static void a_strict_structure_is_the_same_everywhere(void **state)
{
    expect(state, STRICT
        "struct a {\n"
        "    in  nr:   u32;\n"
        "    in  list: handle<u64>[nr];\n"
        "    in  more: u64;\n"
        "}\n"
        "struct b { in list: handle<u64>; }\n"
        "struct c { in x: u64; in n: ulong[2]; }\n",
        "t.idl:5:9: error: 'list' has another offset on small (4) than on wide (8) [layout]\n"
        "t.idl:5:15: help: a strict structure holds handle64<>\n"
        "t.idl:8:15: error: 'list' has another size on small (4) than on wide (8) [layout]\n"
        "t.idl:8:21: help: a strict structure holds handle64<>\n"
        "t.idl:9:26: error: 'n' has another size on small (8) than on wide (16) [layout]\n"
        "t.idl:9:29: help: a strict structure holds types of a fixed width: u32, u64, ...\n");
}

static void what_differs_inside_is_told_inside(void **state)
{
    expect(state, STRICT
        "struct in_a { n: ulong; }\n"
        "struct a { x: struct in_a; y: struct { h: handle<void>; } z: in_a[2]; }\n",
        "t.idl:3:15: error: 'n' has another size on small (4) than on wide (8) [layout]\n"
        "t.idl:3:18: help: a strict structure holds types of a fixed width: u32, u64, ...\n"
        "t.idl:4:40: error: 'h' has another size on small (4) than on wide (8) [layout]\n"
        "t.idl:4:43: help: a strict structure holds handle64<>\n");
}

/* The legacy structure may differ; the strict one that holds it may not. */
static void a_legacy_structure_within_a_strict_one_counts(void **state)
{
    expect(state, HEAD("legacy ops 0..0 \"old\";")
        "/// Call.\nhypercall call_op = 9 (cmd: u32, arg: handle<op>) -> errno { ops CALL_*; structs call_*; }\n"
        "/// Old.\nop old = 0 { in x: u32; in y: u64; }\n"
        "/// New.\nop new = 1 { in old: struct call_old; in z: u64; }\n",
        "t.idl:8:17: error: 'old' has another size on small (12) than on wide (16) [layout]\n"
        "t.idl:8:22: help: a strict structure holds types of a fixed width: u32, u64, ...\n");
}

static void members_of_one_architecture_are_no_strict_members(void **state)
{
    expect(state, STRICT
        "struct a { x: u64; y: u64 for small; }\n"
        "struct b for small { x: u64; y: u64; }\n",
        "t.idl:3:20: error: 'y' is not there on every architecture [layout]\n"
        "t.idl:3:20: help: a strict structure has the same members everywhere\n");
}

static void an_array_has_elements(void **state)
{
    expect(state, LEGACY
        "struct a { x: u64; z: u8[0]; }\n"
        "struct b { x: u64; z: u8[]; }\n",
        "t.idl:3:26: error: an array has an element at least; one of any length is written [] [number]\n");
}

/* ---- [version] ----------------------------------------------------------- */

static void members_keep_their_place(void **state)
{
    expect(state, LEGACY
        "struct same { x: u32; a: u32 before 3.2; b: u32 since 3.2; c: u64; }\n"
        "struct listed { f: u8; a: handle<void> before 3.2; a: pointer<void> since 3.2; c: u8; }\n"
        "struct split { x: u32; since 4.6 { f: u8; p: u8[3]; } before 4.6 { p: u8[4]; } y: u32; }\n"
        "struct grows { x: u32; y: u32 since 4.0; z: u64 since 4.1; }\n"
        "struct around { u: union { g: struct { a: u8; b: u32 since 4.0; } } }\n", "");
}

static void a_member_that_moves_is_an_error(void **state)
{
    expect(state, LEGACY
        "struct a {\n"
        "    x: u32;\n"
        "    m: u32 before 3.2;\n"
        "    m: u64 since 3.2;\n"
        "    z: u8;\n"
        "}\n"
        "struct b { n: u64 since 4.7.1; x: u64; }\n",
        "t.idl:6:5: error: 'm' has offset 8 since 3.2, and had 4 before [version]\n"
        "t.idl:5:5: note: it was this one\n"
        "t.idl:6:5: help: a structure keeps its layout in both parts of since and before\n"
        "t.idl:7:5: error: 'z' has offset 16 since 3.2, and had 8 before [version]\n"
        "t.idl:7:5: help: a structure keeps its layout in both parts of since and before\n"
        "t.idl:9:32: error: 'x' has offset 8 since 4.7.1, and had 0 before [version]\n"
        "t.idl:9:32: help: a structure keeps its layout in both parts of since and before\n");
}

static void a_member_that_changes_its_size_is_an_error(void **state)
{
    expect(state, LEGACY
        "struct a { x: u32; m: u16 before 3.2; m: u32 since 3.2; }\n"
        "struct b { x: u32; m: u32 before 3.2; }\n",
        "t.idl:3:39: error: 'm' has size 4 since 3.2, and had 2 before [version]\n"
        "t.idl:3:20: note: it was this one\n"
        "t.idl:3:39: help: a structure keeps its layout in both parts of since and before\n"
        "t.idl:4:8: error: 'b' has 4 bytes since 3.2, and had 8 before [version]\n"
        "t.idl:4:8: help: a structure keeps its size in both parts of since and before\n");
}

/* Elements of an array cannot grow; only what was published long ago may. */
static void a_strict_structure_never_grows(void **state)
{
    expect(state, STRICT
        "struct a { x: u64; y: u64 since 5.0; }\n",
        "t.idl:3:8: error: 'a' has 16 bytes since 5.0, and had 8 before [version]\n"
        "t.idl:3:8: help: a structure keeps its size in both parts of since and before\n");
}

/* A structure that holds one which moves is looked at as well. */
static void what_moves_inside_moves_what_follows(void **state)
{
    expect(state, LEGACY
        "struct in_a { x: u32; y: u32 since 4.0; }\n"
        "struct a { i: struct in_a; z: u32; }\n",
        "t.idl:4:28: error: 'z' has offset 8 since 4.0, and had 4 before [version]\n"
        "t.idl:4:28: help: a structure keeps its layout in both parts of since and before\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_strict_structure_without_holes_is_right),
        TEST(a_hole_before_a_member_is_an_error),
        TEST(every_hole_is_told_once),
        TEST(a_strict_structure_is_made_of_words),
        TEST(what_is_written_out_inside_is_strict_too),
        TEST(legacy_structures_may_have_holes),
        TEST(a_strict_structure_is_the_same_everywhere),
        TEST(what_differs_inside_is_told_inside),
        TEST(a_legacy_structure_within_a_strict_one_counts),
        TEST(members_of_one_architecture_are_no_strict_members),
        TEST(an_array_has_elements),
        TEST(members_keep_their_place),
        TEST(a_member_that_moves_is_an_error),
        TEST(a_member_that_changes_its_size_is_an_error),
        TEST(a_strict_structure_never_grows),
        TEST(what_moves_inside_moves_what_follows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
