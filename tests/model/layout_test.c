/* SPDX-License-Identifier: MIT */
/* codegen/model/layout*.c: what is measured, and how it is written down. */
#include "model.h"

#define HEAD(legacy) \
    "/// Test.\ninterface test { header \"t.h\" guard T_H; " legacy " }\n"
#define LEGACY HEAD("legacy ops 0..99 \"old\";")
#define LATEST VERSION_LATEST

/* "16/8: a@0 b@8+4": size, alignment, and members with the hole before them. */
static const char *shape(struct model *model, const char *arch, const char *type,
                         uint32_t version)
{
    const struct layout *layout = model_layout(model, arch, type, version);
    struct text text = { .arena = model->arena };

    if ( layout->size == LAYOUT_UNKNOWN )
        text_format(&text, "?/%u:", layout->align);
    else
        text_format(&text, "%llu/%u:", (unsigned long long)layout->size, layout->align);
    LIST_EACH(slot, &layout->slots)
    {
        text_format(&text, " %s@", slot->member->name);
        if ( slot->offset == LAYOUT_UNKNOWN )
            text_add(&text, "?");
        else
            text_format(&text, "%llu", (unsigned long long)slot->offset);
        if ( slot->hole )
            text_format(&text, "+%llu", (unsigned long long)slot->hole);
    }
    if ( layout->tail )
        text_format(&text, " +%llu", (unsigned long long)layout->tail);
    return text_string(&text);
}

#define assert_shape(model, arch, type, expected) \
    assert_text(shape(model, arch, type, LATEST), expected)

/* ---- what is measured ---------------------------------------------------- */

static void base_types_are_as_the_architecture_says(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct a { c: u8; l: ulong; d: u8; q: u64; e: u8; x: u64_aligned; f: u8; i: int; }\n"
        "struct b { c: char; s: s16; p: pointer<u8>; d: u8; h: handle<void>; e: u8; k: handle64<u8>; }\n");

    assert_shape(model, "wide", "a", "56/8: c@0 l@8+7 d@16 q@24+7 e@32 x@40+7 f@48 i@52+3");
    assert_shape(model, "small", "a", "40/8: c@0 l@4+3 d@8 q@12+3 e@20 x@24+3 f@32 i@36+3");
    assert_shape(model, "wide", "b", "48/8: c@0 s@2+1 p@8+4 d@16 h@24+7 e@32 k@40+7");
    assert_shape(model, "small", "b", "32/8: c@0 s@2+1 p@4 d@8 h@12+3 e@16 k@24+7");
}

static void names_stand_for_what_they_name(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "bits flags: u16 as F_* { one = 0; }\n"
        "enum kind: ulong as K_* { one = 1; }\n"
        "status result: s8 as R_* { okay = 0; }\n"
        "typedef enum plain as P_* { one = 0; }\n"
        "type ref_t: u32;\n"
        "type far_t: ref_t;\n"
        "type frame_t: u8;\n"
        "struct in_a { a: u8; b: u16; }\n"
        "struct a { f: flags; r: result; g: flags as u8; k: kind; p: plain; q: plain as u8;\n"
        "           t: far_t; n: struct in_a; m: in_a; u: unchecked<flags>;\n"
        "           w: machine<ref_t>; z: reserved<u8>; y: frame_t; }\n");

    assert_shape(model, "wide", "a",
                 "56/8: f@0 r@2 g@3 k@8+4 p@16 q@20 t@24+3 n@28 m@32 u@36 w@40+2 z@44 y@48+3");
    /* frame_t is the architecture's to say. */
    assert_shape(model, "small", "a",
                 "44/4: f@0 r@2 g@3 k@4 p@8 q@12 t@16+3 n@20 m@24 u@28 w@32+2 z@36 y@40+3");
}

static void structures_nest(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct a {\n"
        "    x, y: struct { p: u8; q: u64; }\n"
        "    u: union { b: u8[5]; w: u32; l: ulong; }\n"
        "    e: u8;\n"
        "}\n"
        "union b { s: struct { c: u8; d: u16[3]; } w: u32; }\n"
        "struct empty as no_handle { }\n");

    assert_shape(model, "wide", "a", "48/8: x@0 y@16 u@32 e@40 +7");
    assert_shape(model, "small", "a", "36/4: x@0 y@12 u@24 e@32 +3");
    assert_shape(model, "wide", "b", "8/4: s@0 w@0");
    assert_shape(model, "wide", "empty", "0/1:");
}

static void lengths_are_computed(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "extern type word_t: ulong;\n"
        "extern NOBODY_KNOWS: uint;\n"
        "const SIX = 6;\n"
        "const LESS = -6;\n"
        "struct a { const INNER = 3; a: u8[SIX]; b: u16[2 * SIX + 1]; c: u8[INNER << 2];\n"
        "           d: u8[word_t.bits]; e: u8[u16.bits]; f: u8[SIX - 5]; }\n"
        "struct many { a: u8[3][2]; b: u32[2][5]; }\n"
        "struct unknown { a: u32; n: u8[NOBODY_KNOWS]; b: u32; c: u8; }\n"
        "struct less { a: u8[LESS]; }\n"
        "struct around { a: u8; b: u64; in: struct unknown; c: u8; u: union { a: u8; b: unknown; } }\n"
        "struct flexible { n: u16; data: u32[]; }\n");

    assert_shape(model, "wide", "a", "126/2: a@0 b@6 c@32 d@44 e@108 f@124 +1");
    assert_shape(model, "small", "a", "94/2: a@0 b@6 c@32 d@44 e@76 f@92 +1");
    assert_shape(model, "wide", "many", "48/4: a@0 b@8+2");
    assert_shape(model, "wide", "unknown", "?/4: a@0 n@4 b@? c@?");
    assert_shape(model, "wide", "less", "?/1: a@0");
    assert_shape(model, "wide", "around", "?/8: a@0 b@8+7 in@16 c@? u@?");
    assert_shape(model, "wide", "flexible", "4/4: n@0 data@4+2");
    assert_true(model_layout(model, "wide", "flexible", LATEST)->is_flexible);
    assert_false(model_layout(model, "wide", "unknown", LATEST)->is_flexible);
}

static void views_choose_members(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct a {\n"
        "    old: u32 before 3.2.10;\n"
        "    new: u64 since 3.2.10;\n"
        "    t: u8 for tools;\n"
        "    g: u8 except tools;\n"
        "    h: u8 for hypervisor;\n"
        "    s: u8 for assembly;\n"
        "    n: u8 for small;\n"
        "    w: u8 except small;\n"
        "    c: u8 for CONFIG_X;\n"
        "}\n");
    static const char *const none[] = { "c", NULL };
    static const char *const inside[] = { "c", "tools", "hypervisor", NULL };
    struct view guest = { model_arch(model, "wide"), LATEST, none };
    struct view hypervisor = { model_arch(model, "wide"), LATEST, inside };
    const struct decl *decl = map_find(&model->types, "a");
    const struct layout *layout;

    assert_shape(model, "wide", "a", "16/8: new@0 t@8 w@9 c@10 +5");
    assert_shape(model, "small", "a", "12/4: new@0 t@8 n@9 c@10 +1");
    assert_text(shape(model, "wide", "a", 0x0003020a),
                        "16/8: new@0 t@8 w@9 c@10 +5");
    assert_text(shape(model, "wide", "a", 0x00030209),
                        "8/4: old@0 t@4 w@5 c@6 +1");
    layout = layout_of_aggregate(layouts_new(model, &guest), decl->aggregate);
    assert_int_equal(layout->slots.count, 4);
    assert_text(layout->slots.at[1].member->name, "g");
    layout = layout_of_aggregate(layouts_new(model, &hypervisor), decl->aggregate);
    assert_int_equal(layout->slots.count, 5);
    assert_text(layout->slots.at[2].member->name, "h");
}

static void what_another_architecture_completes_is_unknown(void **state)
{
    struct model *model = model_read(*state, "t.idl",
        "/// Test.\ninterface test for wide { header \"t.h\" guard T_H; }\n"
        "extern struct there;\n"
        "struct here { a: u32; t: u64; }\n");

    assert_shape(model, "wide", "here", "16/8: a@0 t@8+4");
    assert_shape(model, "small", "here", "?/0:");
    assert_shape(model, "wide", "there", "?/0:");
}

/* The check of cycles comes before; whoever measures without it must not hang. */
static void a_type_within_itself_has_no_size(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct a { x: struct b; }\n"
        "struct b { y: a[2]; z: u8; }\n"
        "type t: u;\n"
        "type u: t;\n"
        "struct node { next: handle<node>; n: u32; }\n");

    assert_shape(model, "wide", "a", "?/0: x@?");
    assert_shape(model, "wide", "t", "?/0:");
    assert_shape(model, "wide", "node", "16/8: next@0 n@8 +4");
}

static void a_long_way_to_a_type_has_an_end(void **state)
{
    struct text text = { .arena = *state };
    struct model *model;

    text_add(&text, LEGACY "struct a { m: t0; }\n");
    for ( int i = 0; i < 3000; i++ )
        text_format(&text, "type t%d: t%d;\n", i, i + 1);
    text_add(&text, "type t3000: u32;\n");
    model = model_read(*state, "t.idl", text_string(&text));
    layout_check(model);
    assert_messages(model, "t.idl:1003:12: error: this type is 1000 types deep in others [type]\n");
    assert_shape(model, "wide", "a", "?/0: m@?");
    assert_shape(model, "wide", "t2999", "4/4:");
}

static void sizes_that_no_compiler_has_are_refused(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct most { a: u8[0x7fffffff]; }\n"
        "struct more { a: u8[0x80000000]; }\n"
        "struct wraps { a: u64[0x2000000000000001]; }\n"
        "struct twice { a: u8[0x40000000]; b: u8[0x40000000]; }\n"
        "struct deep { a: u32[0x10000][0x10000][0x10000]; }\n"
        "struct fails { a: u8[0xffffffffffffffff * 2]; }\n");

    layout_check(model);
    assert_messages(model,
        "t.idl:4:18: error: this has more than 0x7fffffff bytes [number]\n"
        "t.idl:5:19: error: this has more than 0x7fffffff bytes [number]\n"
        "t.idl:6:35: error: this has more than 0x7fffffff bytes [number]\n"
        "t.idl:7:18: error: this has more than 0x7fffffff bytes [number]\n");
    assert_shape(model, "wide", "most", "2147483647/1: a@0");
    assert_shape(model, "wide", "wraps", "?/8: a@0");
    assert_shape(model, "wide", "twice", "?/1: a@0 b@1073741824");
    assert_shape(model, "wide", "fails", "?/1: a@0");
}

/* ---- fields, rows -------------------------------------------------------- */

static void fields_have_paths_and_directions(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "struct a {\n"
        "    in x, y: struct { p: u8; out u: union { q: u32; r: u16; } }\n"
        "    out z: struct in_z[2] { s: u8; inout t: u16; }\n"
        "    v: u8;\n"
        "}\n");
    struct view view = view_latest(model_arch(model, "wide"));
    const struct decl *decl = map_find(&model->types, "a");
    struct layout_field_list fields = { 0 };
    struct text text = { .arena = *state };

    layout_fields(layouts_new(model, &view), decl->aggregate, &fields);
    LIST_EACH(field, &fields)
        text_format(&text, "%u %s %s %llu+%llu%s\n", field->depth, field->path,
                    direction_text(field->direction), (unsigned long long)field->offset,
                    (unsigned long long)field->size, field->is_element ? " element" : "");
    assert_text(text_string(&text),
        "0 x in 0+8\n" "1 x.p in 0+1\n" "1 x.u out 4+4\n" "2 x.u.q out 4+4\n" "2 x.u.r out 4+2\n"
        "0 y in 8+8\n" "1 y.p in 8+1\n" "1 y.u out 12+4\n" "2 y.u.q out 12+4\n" "2 y.u.r out 12+2\n"
        "0 z out 16+8\n" "1 z.s out 16+1 element\n" "1 z.t inout 18+2 element\n"
        "0 v  24+1\n");
}

static const char *rows_text(struct model *model, const char *arch)
{
    static const char *const kinds[] = { "size", "offset", "field", "value" };
    struct view view = view_latest(model_arch(model, arch));
    struct text text = { .arena = model->arena };
    struct layout_rows rows = { 0 };

    layout_collect(layouts_new(model, &view), &rows);
    LIST_EACH(row, &rows)
        text_format(&text, "%s %s%s%s%s%s = %s%llu\n", kinds[row->kind],
                    row->word ? row->word : "", row->word && *row->word ? " " : "",
                    row->name, row->field ? " " : "", row->field ? row->field : "",
                    row->is_negative ? "-" : "",
                    (unsigned long long)(row->is_negative ? -row->value : row->value));
    return text_string(&text);
}

static void rows_say_all_that_c_can_check(void **state)
{
    struct model *model = model_read(*state, "t.idl", LEGACY
        "bits F: u16 as \"(1<<_$N)\" {\n"
        "    part = 5..4 { low = 1; high = 3; }\n"
        "    bit = 15; removed gone = 3 \"why\"; macro F_x = \"1\"; late = 2 before 3.0;\n"
        "}\n"
        "status S: s16 as \"SS_* ($n)\" { okay = 0; bad = -9; }\n"
        "const A = 0x10;\n"
        "const B = 62 as \"(xen_mk_ullong(1) << $n)\";\n"
        "const C = -1;\n"
        "const D = 1 for small;\n"
        "extern E: uint;\n"
        "/// Call.\nhypercall call_op = 9 (cmd: u32, arg: handle<op>) -> errno { ops CALL_*; structs call_*; xsm none \"t\"; }\n"
        "/// Do.\nop do = 4 { in x: u32; s: struct in_s[2] { y: u8; } z: u8[]; xsm none \"t\"; }\n"
        "removed op old = 3 \"why\";\n"
        "typedef struct id as no_tag { a: u8[16]; }\n"
        "union both as no_handle { a: u8; }\n"
        "struct lone for small { a: u8; }\n");

    assert_text(rows_text(model, "wide"),
        "size struct call_do = 8\n"
        "offset struct call_do x = 0\n" "field struct call_do x = 4\n"
        "offset struct call_do s = 4\n" "field struct call_do s = 2\n"
        "offset struct call_do s[0].y = 4\n" "field struct call_do s[0].y = 1\n"
        "offset struct call_do z = 6\n"
        "size id = 16\n" "offset id a = 0\n" "field id a = 16\n"
        "size union both = 1\n" "offset union both a = 0\n" "field union both a = 1\n"
        "value F_low = 16\n" "value F_high = 48\n" "value F_bit = 32768\n"
        "value SS_okay = 0\n" "value SS_bad = -9\n"
        "value A = 16\n" "value B = 4611686018427387904\n" "value C = -1\n"
        "value CALL_do = 4\n");
    assert_non_null(strstr(rows_text(model, "small"), "value D = 1\n"));
    assert_non_null(strstr(rows_text(model, "small"), "size struct lone = 1\n"));
}

/* ---- the descriptions of the project ------------------------------------- */

/* Sizes and places that were measured with the real headers: 64 bits, 32 bits. */
static const struct { const char *type, *path; unsigned int wide, narrow; } facts[] = {
#define SIZE(type, wide, narrow) { #type, NULL, wide, narrow },
#define FIELD(type, path, wide, narrow) { #type, #path, wide, narrow },
#include "facts.def"
};

static uint64_t fact(struct model *model, const char *arch, const char *type,
                     const char *path)
{
    struct view view = view_latest(model_arch(model, arch));
    struct type named = { .kind = TYPE_NAMED, .name.decl = map_find(&model->types, type) };
    struct layouts *layouts = layouts_new(model, &view);
    struct layout_field_list fields = { 0 };

    if ( !named.name.decl )
        fail_msg("no type '%s'", type);
    if ( !path )
        return layout_of(layouts, &named)->size;
    layout_fields(layouts, model_type_aggregate(&named), &fields);
    LIST_EACH(field, &fields)
        if ( !strcmp(field->path, path) )
            return field->offset;
    fail_msg("no field '%s' in '%s'", path, type);
    return 0;
}

static void descriptions_are_laid_out_as_the_real_headers(void **state)
{
    struct model *model = model_read_folder(*state, "idl");
    size_t wrong = 0;

    layout_check(model);
    assert_messages(model, "");
    for ( size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++ )
    {
        uint64_t wide = fact(model, "x86_64", facts[i].type, facts[i].path);
        uint64_t narrow = fact(model, "x86_32", facts[i].type, facts[i].path);

        if ( wide == facts[i].wide && narrow == facts[i].narrow &&
             fact(model, "ia64", facts[i].type, facts[i].path) == wide )
            continue;
        print_error("%s %s: %llu/%llu, not %u/%u\n", facts[i].type,
                    facts[i].path ? facts[i].path : "", (unsigned long long)wide,
                    (unsigned long long)narrow, facts[i].wide, facts[i].narrow);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(base_types_are_as_the_architecture_says),
        TEST(names_stand_for_what_they_name),
        TEST(structures_nest),
        TEST(lengths_are_computed),
        TEST(views_choose_members),
        TEST(what_another_architecture_completes_is_unknown),
        TEST(a_type_within_itself_has_no_size),
        TEST(a_long_way_to_a_type_has_an_end),
        TEST(sizes_that_no_compiler_has_are_refused),
        TEST(fields_have_paths_and_directions),
        TEST(rows_say_all_that_c_can_check),
        TEST(descriptions_are_laid_out_as_the_real_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
