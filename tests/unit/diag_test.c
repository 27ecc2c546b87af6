/* SPDX-License-Identifier: MIT */
/* codegen/base/diag*.c: what is printed, to the letter */
#include <stdlib.h>

#include "unit.h"

#include "../../codegen/base/diag.h"

static const struct span nowhere;

static struct source *make_source(struct arena *arena, const char *path,
                                  const char *text)
{
    return source_from_memory(arena, path, text, strlen(text));
}

static struct span place(const struct source *source, int line, int column,
                         int last_line, int last_column)
{
    return (struct span){ source, { line, column }, { last_line, last_column } };
}

static char *printed(const struct diag *diag, enum diag_format format)
{
    size_t length;
    char *text, *copy;
    FILE *stream = open_memstream(&text, &length);

    assert_non_null(stream);
    diag_print(diag, stream, format);
    assert_int_equal(fclose(stream), 0);
    copy = arena_copy(diag->arena, text, length);
    free(text);
    return copy;
}

#define ASSERT_TEXT(diag, expected) \
    assert_string_equal(printed(&(diag), DIAG_TEXT), (expected))

static void nothing_is_nothing(void **state)
{
    struct diag diag = { .arena = *state };

    ASSERT_TEXT(diag, "");
    assert_string_equal(printed(&diag, DIAG_COLOUR), "");
    assert_string_equal(printed(&diag, DIAG_JSON), "[]\n");
    assert_int_equal(diag.errors, 0);
    assert_false(diag_is_full(&diag));
}

static void an_error_has_its_line_and_a_range(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "pmt.idl",
                                        "op x {\n    in    gpfn:   u64;\n}\n");

    diag_error(&diag, CHECK_padding, place(source, 2, 11, 2, 15),
               "'%s' needs %d bytes of padding before it", "gpfn", 4);
    diag_help(&diag, place(source, 1, 4, 1, 5), "after '%s' add: %s", "nr",
              "in pad0: reserved<u32>;");
    ASSERT_TEXT(diag,
        "pmt.idl:2:11: error: 'gpfn' needs 4 bytes of padding before it [padding]\n"
        "    2 |     in    gpfn:   u64;\n"
        "      |           ^~~~\n"
        "pmt.idl:1:4: help: after 'nr' add: in pad0: reserved<u32>;\n"
        "    1 | op x {\n"
        "      |    ^\n");
    assert_int_equal(diag.errors, 1);
    assert_int_equal(diag.warnings, 0);
}

static void a_warning_is_no_error(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a.idl", "type t: u64;\n");

    diag_warning(&diag, CHECK_unused, place(source, 1, 6, 1, 7), "unused");
    diag_note(&diag, nowhere, "a note");
    ASSERT_TEXT(diag, "a.idl:1:6: warning: unused [unused]\n"
                      "    1 | type t: u64;\n"
                      "      |      ^\n"
                      "hcgen: note: a note\n");
    assert_int_equal(diag.errors, 0);
    assert_int_equal(diag.warnings, 1);
}

static void places_of_every_kind(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a.idl", "op x {\n  in;\n");

    diag_error(&diag, CHECK_input, nowhere, "no file");
    diag_error(&diag, CHECK_lock, place(source, 0, 0, 0, 0), "the file");
    diag_error(&diag, CHECK_lock, place(source, 1, 0, 1, 0), "the line");
    diag_error(&diag, CHECK_syntax, place(source, 1, 4, 2, 5), "two lines");
    diag_error(&diag, CHECK_syntax, place(source, 2, 6, 2, 6), "at its end");
    diag_error(&diag, CHECK_syntax, place(source, 2, 90, 2, 99), "behind it");
    diag_error(&diag, CHECK_syntax, place(source, 3, 1, 3, 1), "end of file");
    diag_error(&diag, CHECK_syntax, place(source, 9, 2, 9, 3), "no such line");
    ASSERT_TEXT(diag, "hcgen: error: no file [input]\n"
                      "a.idl: error: the file [lock]\n"
                      "a.idl:1: error: the line [lock]\n"
                      "    1 | op x {\n"
                      "a.idl:1:4: error: two lines [syntax]\n"
                      "    1 | op x {\n"
                      "      |    ^~~\n"
                      "a.idl:2:6: error: at its end [syntax]\n"
                      "    2 |   in;\n"
                      "      |      ^\n"
                      "a.idl:2:90: error: behind it [syntax]\n"
                      "    2 |   in;\n"
                      "      |      ^\n"
                      "a.idl:3:1: error: end of file [syntax]\n"
                      "    3 | \n"
                      "      | ^\n"
                      "a.idl:9:2: error: no such line [syntax]\n"
                      "    9 | \n"
                      "      | ^\n");
}

static void carets_line_up(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a.idl",
        "\tin\tx:\tu64;\n"
        "/// \xc3\xa4\xe2\x82\xac x \xc3\xb6\xc3\xbc y\n"
        "\xff\x01 x\n");

    diag_error(&diag, CHECK_type, place(source, 1, 8, 1, 11), "tabs");
    diag_error(&diag, CHECK_type, place(source, 2, 11, 2, 12), "x");
    diag_error(&diag, CHECK_type, place(source, 2, 13, 2, 17), "two letters");
    diag_error(&diag, CHECK_type, place(source, 2, 18, 2, 19), "y");
    diag_error(&diag, CHECK_type, place(source, 3, 4, 3, 5), "broken bytes");
    ASSERT_TEXT(diag, "a.idl:1:8: error: tabs [type]\n"
                      "    1 | \tin\tx:\tu64;\n"
                      "      | \t  \t  \t^~~\n"
                      "a.idl:2:11: error: x [type]\n"
                      "    2 | /// \xc3\xa4\xe2\x82\xac x \xc3\xb6\xc3\xbc y\n"
                      "      |        ^\n"
                      "a.idl:2:13: error: two letters [type]\n"
                      "    2 | /// \xc3\xa4\xe2\x82\xac x \xc3\xb6\xc3\xbc y\n"
                      "      |          ^~\n"
                      "a.idl:2:18: error: y [type]\n"
                      "    2 | /// \xc3\xa4\xe2\x82\xac x \xc3\xb6\xc3\xbc y\n"
                      "      |             ^\n"
                      "a.idl:3:4: error: broken bytes [type]\n"
                      "    3 | ?? x\n"
                      "      |    ^\n");
}

static void a_terminal_is_told_nothing(void **state)
{
    struct diag diag = { .arena = *state };
    static const char text[] = "a\0b\x1b[2J\x7f\xc2\x9b\r\n";
    struct source *source = source_from_memory(*state, "\x1b.idl", text,
                                               sizeof(text) - 1);

    diag_error(&diag, CHECK_syntax, place(source, 1, 2, 1, 3),
               "byte '\x1b' or\n\xff");
    ASSERT_TEXT(diag, "?.idl:1:2: error: byte '?' or?? [syntax]\n"
                      "    1 | a?b?[2J???\n"
                      "      |  ^\n");
}

static void long_lines_are_cut(void **state)
{
    size_t size = 10u << 20;
    char *text = arena_alloc(*state, size), *line, *out;
    struct diag diag = { .arena = *state };
    struct source *source;

    memset(text, '.', size);
    memset(text + 4999999, 'x', 3);
    source = source_from_memory(*state, "a.idl", text, size);
    diag_error(&diag, CHECK_syntax, place(source, 1, 5000000, 1, 5000003), "x");
    diag_error(&diag, CHECK_syntax, place(source, 1, 1, 2, 2), "all");
    diag_error(&diag, CHECK_syntax, place(source, 1, (int)size, 1, (int)size + 1),
               "last");
    out = printed(&diag, DIAG_TEXT);
    assert_in_range(strlen(out), 500, 1500);

    /* The whole line, from its start; the range ends with what is shown. */
    assert_non_null(strstr(out, "a.idl:1:1: error: all [syntax]\n    1 | ...."));
    line = strstr(out, "\n      | ^");
    assert_non_null(line);
    assert_int_equal(strspn(line + 10, "~"), 159);

    /* In the middle: cut on both sides, and the caret under the x. */
    line = strstr(out, "a.idl:1:5000000: error: x [syntax]\n");
    assert_non_null(line);
    line = strchr(line, '\n') + 1;
    assert_int_equal(strspn(line + 8, "."), 3 + 60);
    assert_memory_equal(line + 8 + 63, "xxx....", 7);
    assert_int_equal(strcspn(line, "\n"), 8 + 3 + 160 + 3);
    line = strchr(line, '\n') + 1;
    assert_int_equal(strspn(line + 8, " "), 63);
    assert_memory_equal(line + 8 + 63, "^~~\n", 4);

    /* At the end: nothing follows that could be cut. */
    line = strstr(out, "error: last [syntax]\n");
    assert_non_null(line);
    line = strchr(line, '\n') + 1;
    assert_int_equal(strcspn(line, "\n"), 8 + 3 + 160);
    line = strchr(line, '\n') + 1;
    assert_int_equal(strspn(line + 8, " "), 3 + 159);
}

/* Near the start: nothing before it is cut. */
static void long_lines_are_cut_behind(void **state)
{
    for ( int column = 1; column <= 63; column++ )
    {
        struct diag diag = { .arena = *state };
        char *text = arena_format(*state, "%1000s", "x"), *line;
        struct source *source = make_source(*state, "a", text);

        diag_error(&diag, CHECK_type, place(source, 1, column, 1, column), "y");
        line = strchr(printed(&diag, DIAG_TEXT), '\n') + 1;
        assert_int_equal(text_starts(line + 8, "..."), column > 61);
        line = strchr(line, '\n') + 1;
        assert_int_equal(strcspn(line, "^"), column > 61 ? 71 : 7 + column);
    }
}

static void no_cut_within_a_letter(void **state)
{
    struct text text = { .arena = *state };

    for ( int i = 0; i < 300; i++ )
        text_add(&text, "\xe2\x82\xac");
    for ( int column = 1; column <= 901; column += 3 )
    {
        struct diag diag = { .arena = *state };
        struct source *source = make_source(*state, "a", text_string(&text));

        diag_error(&diag, CHECK_type, place(source, 1, column, 1, column + 3),
                   "letter %d", column);
        assert_null(strchr(printed(&diag, DIAG_TEXT), '?'));
    }
}

static void a_line_of_160_bytes_is_whole(void **state)
{
    for ( int length = 160; length <= 161; length++ )
    {
        struct diag diag = { .arena = *state };
        char *text = arena_format(*state, "%*s", length, "x");
        struct source *source = make_source(*state, "a", text);

        diag_error(&diag, CHECK_type, place(source, 1, 1, 1, 2), "y");
        assert_int_equal(strstr(printed(&diag, DIAG_TEXT), "...") != NULL,
                         length == 161);
    }
}

static void large_line_numbers(void **state)
{
    struct diag diag = { .arena = *state };
    char *text = arena_alloc(*state, 1234568);
    struct source *source;

    memset(text, '\n', 1234567);
    memcpy(text + 1234566, "x", 1);
    source = source_from_memory(*state, "a", text, 1234567);
    diag_error(&diag, CHECK_type, place(source, 1234567, 1, 1234567, 2), "y");
    ASSERT_TEXT(diag, "a:1234567:1: error: y [type]\n"
                      "1234567 | x\n"
                      "        | ^\n");
}

static void long_texts_lose_their_middle(void **state)
{
    struct diag diag = { .arena = *state };
    char *name = arena_alloc(*state, 100001), *out;

    memset(name, 'n', 100000);
    diag_error(&diag, CHECK_unknown_name, nowhere,
               "no type '%s'; did you mean 'no'?", name);
    out = printed(&diag, DIAG_TEXT);
    assert_in_range(strlen(out), 1000, 1100);
    assert_true(text_starts(out, "hcgen: error: no type 'nnn"));
    assert_true(text_ends(out, "nnn'; did you mean 'no'? [unknown-name]\n"));
    assert_non_null(strstr(out, "nnn...nnn"));
}

static void sorted_by_source_and_place(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *b = make_source(*state, "b.idl", "1\n2\n");
    struct source *a = make_source(*state, "a.idl", "1 1\n2\n");

    diag_error(&diag, CHECK_type, place(b, 2, 1, 2, 2), "b2");
    diag_note(&diag, place(a, 1, 1, 1, 2), "of b2, first");
    diag_help(&diag, place(b, 1, 1, 1, 2), "of b2, second");
    diag_error(&diag, CHECK_type, place(a, 2, 1, 2, 2), "a2, once");
    diag_error(&diag, CHECK_type, nowhere, "nowhere");
    diag_error(&diag, CHECK_type, place(a, 1, 3, 1, 4), "a1, column 3");
    diag_warning(&diag, CHECK_type, place(a, 1, 1, 1, 2), "a1, column 1");
    diag_note(&diag, nowhere, "of a1");
    diag_error(&diag, CHECK_type, place(b, 1, 1, 1, 2), "b1");
    diag_error(&diag, CHECK_type, place(a, 2, 1, 2, 2), "a2, twice");
    ASSERT_TEXT(diag, "b.idl:1:1: error: b1 [type]\n"
                      "    1 | 1\n"
                      "      | ^\n"
                      "b.idl:2:1: error: b2 [type]\n"
                      "    2 | 2\n"
                      "      | ^\n"
                      "a.idl:1:1: note: of b2, first\n"
                      "    1 | 1 1\n"
                      "      | ^\n"
                      "b.idl:1:1: help: of b2, second\n"
                      "    1 | 1\n"
                      "      | ^\n"
                      "a.idl:1:1: warning: a1, column 1 [type]\n"
                      "    1 | 1 1\n"
                      "      | ^\n"
                      "hcgen: note: of a1\n"
                      "a.idl:1:3: error: a1, column 3 [type]\n"
                      "    1 | 1 1\n"
                      "      |   ^\n"
                      "a.idl:2:1: error: a2, once [type]\n"
                      "    2 | 2\n"
                      "      | ^\n"
                      "a.idl:2:1: error: a2, twice [type]\n"
                      "    2 | 2\n"
                      "      | ^\n"
                      "hcgen: error: nowhere [type]\n");
}

static void many_messages_stay_in_order(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a", "x\n");
    char *out;

    for ( int i = 0; i < 2000; i++ )
        diag_warning(&diag, CHECK_unused, place(source, 1, 1, 1, 2), "w%d", i);
    out = printed(&diag, DIAG_TEXT);
    for ( int i = 0; i < 2000; i++ )
    {
        char expected[64];

        snprintf(expected, sizeof(expected), "a:1:1: warning: w%d [unused]\n"
                 "    1 | x\n      | ^\n", i);
        assert_true(text_starts(out, expected));
        out += strlen(expected);
    }
    assert_string_equal(out, "");
}

static struct diag with_errors(struct arena *arena, int count)
{
    struct diag diag = { .arena = arena };

    for ( int i = 1; i <= count; i++ )
    {
        assert_int_equal(diag_is_full(&diag), i > 20);
        diag_error(&diag, CHECK_type, nowhere, "error %d", i);
        diag_note(&diag, nowhere, "note %d", i);
        diag_help(&diag, nowhere, "help %d", i);
    }
    return diag;
}

static void nineteen_errors_are_all(void **state)
{
    struct diag diag = with_errors(*state, 19);

    assert_false(diag_is_full(&diag));
    assert_true(text_ends(printed(&diag, DIAG_TEXT), "hcgen: help: help 19\n"));
}

static void twenty_errors_are_full(void **state)
{
    struct diag diag = with_errors(*state, 20);

    assert_true(diag_is_full(&diag));
    assert_true(text_ends(printed(&diag, DIAG_TEXT), "hcgen: help: help 20\n"
                          "hcgen: 20 errors; there may be more\n"));
}

static void more_errors_are_counted(void **state)
{
    struct diag diag = with_errors(*state, 1000);
    char *out;

    diag_warning(&diag, CHECK_unused, nowhere, "kept");
    diag_note(&diag, nowhere, "kept too");
    out = printed(&diag, DIAG_TEXT);
    assert_true(text_ends(out, "hcgen: help: help 20\n"
                          "hcgen: warning: kept [unused]\n"
                          "hcgen: note: kept too\n"
                          "hcgen: 20 errors, and 980 more\n"));
    assert_null(strstr(out, " 21"));
    assert_int_equal(diag.errors, 1000);
    assert_int_equal(diag.messages.count, 62);
    assert_null(strstr(printed(&diag, DIAG_JSON), " 21"));
}

static void colours(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a.idl", "op x\n");

    diag_error(&diag, CHECK_type, place(source, 1, 1, 1, 3), "one");
    diag_note(&diag, nowhere, "two");
    diag_help(&diag, nowhere, "three");
    diag_warning(&diag, CHECK_unused, nowhere, "four");
    assert_string_equal(printed(&diag, DIAG_COLOUR),
        "a.idl:1:1: \033[1;31merror:\033[0m one [type]\n"
        "    1 | op x\n"
        "      | \033[1;32m^~\033[0m\n"
        "hcgen: \033[1;36mnote:\033[0m two\n"
        "hcgen: \033[1;36mhelp:\033[0m three\n"
        "hcgen: \033[1;35mwarning:\033[0m four [unused]\n");
}

static void json(void **state)
{
    struct diag diag = { .arena = *state };
    struct source *source = make_source(*state, "a\"\\.idl", "op x {\n}\n");

    diag_error(&diag, CHECK_type, place(source, 2, 1, 2, 2),
               "q\" b\\ t\t e\x1b x\xff \xc3\xa4 \xe2\x82 \xed\xa0\x80");
    diag_note(&diag, place(source, 1, 4, 1, 5), "first");
    diag_help(&diag, nowhere, "second");
    diag_warning(&diag, CHECK_no_permission, place(source, 1, 1, 2, 2), "w");
    diag_error(&diag, CHECK_input, nowhere, "none");
    assert_string_equal(printed(&diag, DIAG_JSON),
        "[\n"
        "{\"file\":\"a\\\"\\\\.idl\",\"line\":1,\"column\":1,\"endLine\":2,"
        "\"endColumn\":2,\"severity\":\"warning\",\"id\":\"no-permission\","
        "\"message\":\"w\",\"related\":[]},\n"
        "{\"file\":\"a\\\"\\\\.idl\",\"line\":2,\"column\":1,\"endLine\":2,"
        "\"endColumn\":2,\"severity\":\"error\",\"id\":\"type\","
        "\"message\":\"q\\\" b\\\\ t\\u0009 e\\u001b x\\ufffd \xc3\xa4 "
        "\\ufffd\\ufffd \\ufffd\\ufffd\\ufffd\",\"related\":["
        "{\"file\":\"a\\\"\\\\.idl\",\"line\":1,\"column\":4,\"endLine\":1,"
        "\"endColumn\":5,\"kind\":\"note\",\"message\":\"first\"},"
        "{\"file\":null,\"line\":0,\"column\":0,\"endLine\":0,\"endColumn\":0,"
        "\"kind\":\"help\",\"message\":\"second\"}]},\n"
        "{\"file\":null,\"line\":0,\"column\":0,\"endLine\":0,\"endColumn\":0,"
        "\"severity\":\"error\",\"id\":\"input\",\"message\":\"none\","
        "\"related\":[]}\n"
        "]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_nothing), TEST(an_error_has_its_line_and_a_range),
        TEST(a_warning_is_no_error), TEST(places_of_every_kind),
        TEST(carets_line_up), TEST(a_terminal_is_told_nothing),
        TEST(long_lines_are_cut), TEST(long_lines_are_cut_behind),
        TEST(no_cut_within_a_letter),
        TEST(a_line_of_160_bytes_is_whole), TEST(large_line_numbers),
        TEST(long_texts_lose_their_middle), TEST(sorted_by_source_and_place),
        TEST(many_messages_stay_in_order), TEST(nineteen_errors_are_all),
        TEST(twenty_errors_are_full), TEST(more_errors_are_counted),
        TEST(colours), TEST(json),
    };

    return cmocka_run_group_tests_name("diag", tests, NULL, NULL);
}
