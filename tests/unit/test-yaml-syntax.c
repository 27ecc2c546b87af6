/* SPDX-License-Identifier: MIT */
/*
 * codegen/front/yaml-tree.c and yaml-syntax.c: bytes that no table has, and
 * what is no YAML, or more of YAML than a table uses.
 */
#include "test-yaml.h"

static void bytes(void **state)
{
    static const struct mistake mistakes[] = {
        { NULL, "",
          "1:1-1:1 [input] the file is empty\n" },
        { NULL, "# alone\n",
          "1:1-1:1 [input] the file says nothing: there are only comments in "
          "it\n" },
        { "little\n", "little\r\n",
          "4:18-4:19 [input] carriage return; lines end in a newline alone\n" },
        { "little", "l\001",
          "4:13-4:14 [input] character U+0001 has no place in a text\n" },
        { "little", "l\302\205",
          "4:13-4:15 [input] character U+0085 has no place in a text\n" },
        { "little", "l\342\200\250",
          "4:13-4:16 [input] character U+2028 has no place in a text\n" },
        { "little", "l\351",
          "4:13-4:14 [input] byte 0xe9: this is no UTF-8\n" },
        { "little", "l\355\240\200",
          "4:13-4:14 [input] byte 0xed: this is no UTF-8\n" },
        { "little", "\"\302\273\"",
          "4:13-4:15 [input] character U+00BB has no place in a text\n" },
        { NULL, "\357\273\277name: x\n",
          "1:1-1:4 [input] character U+FEFF has no place in a text\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

static void nul_is_refused(void **state)
{
    static const char text[] = "name: x\nfam\0ily: y\n";
    struct diag diag = { .arena = *state };

    assert_null(yaml_arch(*state, &diag,
                          source_from_memory(*state, "t.yaml", text,
                                             sizeof(text) - 1)));
    assert_string_equal(messages_text(&diag),
                        "2:4-2:5 [input] NUL byte; this is no text\n");
}

static void a_file_has_a_limit(void **state)
{
    size_t size = (1u << 20) + 1;
    char *text = arena_alloc(*state, size);
    struct diag diag = { .arena = *state };

    memset(text, 'x', size);
    assert_null(yaml_arch(*state, &diag,
                          source_from_memory(*state, "t.yaml", text, size)));
    assert_string_equal(messages_text(&diag),
                        "1:1-1:1 [input] a table of more than 1024 KiB\n");
    /* One byte less is refused for what it says. */
    diag = (struct diag){ .arena = *state };
    assert_null(yaml_arch(*state, &diag,
                          source_from_memory(*state, "t.yaml", text, size - 1)));
    assert_string_equal(messages_text(&diag),
                        "1:1-1:1048577 [yaml-type] the architecture must be a "
                        "map of keys, not a text\n");
}

static void syntax(void **state)
{
    static const struct mistake mistakes[] = {
        { "  u8: ", "\tu8:",
          "12:1-12:1 [yaml-syntax] a tab; blanks alone indent\n" },
        { "little", "@little",
          "4:12-4:12 [yaml-syntax] no value begins with '@'; a text that does "
          "needs quotes\n" },
        /* Columns count bytes, where libyaml counts characters. */
        { "little", "\"little",
          "4:12-4:12 [yaml-syntax] the quote is never closed\n" },
        { "little", "a: b",
          "4:13-4:13 [yaml-syntax] ':' does not belong here; is the "
          "indentation right? A text that holds ': ' needs quotes\n" },
        { "wide-arguments: low-first\n", "wide-arguments\n",
          "7:1-7:1 [yaml-syntax] a key without ':' behind it\n" },
        { "    max:       54\n", "    max:       54\nmax\n",
          "56:1-56:1 [yaml-syntax] a key without ':' behind it\n" },
        { "  u32:", " u32:",
          "14:2-14:2 [yaml-syntax] this is indented neither as the keys above "
          "nor as a value of theirs\n"
          "1:1-1:1 note: the first of the keys is here\n" },
        { "[12, 21]", "[12, 21",
          "6:10-6:10 [yaml-syntax] ',' or ']' is missing before this\n"
          "5:12-5:12 note: the list begins here\n" },
        { "{size: 4, align: 4}\n  handle64:", "{size: 4, align: 4\n  handle64:",
          "28:11-28:11 [yaml-syntax] ',' or '}' is missing before this\n"
          "27:16-27:16 note: the map begins here\n" },
        { "[12, 21]", "- 12",
          "5:12-5:12 [yaml-syntax] '-' does not belong here; a list in lines "
          "begins below its key\n" },
        { "[12, 21]", "\n  - 12\n  - 21\n  :",
          "8:3-8:3 [yaml-syntax] this is indented as the elements above, but "
          "has no '-'\n"
          "6:3-6:3 note: the first of the elements is here\n" },
        { "[12, 21]", "[,]",
          "5:13-5:13 [yaml-syntax] a value is missing before this\n" },
        { NULL, ": x\n",
          "1:1-1:1 [yaml-syntax] a key is missing before this\n" },
        { "little", "\"a\\q\"",
          "4:14-4:14 [yaml-syntax] no such escape; between ' and ' a backslash "
          "is a plain sign\n" },
        { "little", "\"\\x1\"",
          "4:15-4:15 [yaml-syntax] the escape needs more hexadecimal digits\n" },
        { "little", "\"\\ud800\"",
          "4:15-4:15 [yaml-syntax] the escape stands for no character\n" },
        { "endian:", "\"end\\0ian\":",
          "4:1-4:11 [yaml-syntax] a key is one word without control "
          "characters\n"
          "1:1-1:5 [yaml-missing] the architecture needs 'endian'\n" },
        { "endian:", "? [endian]\n:",
          "4:3-4:11 [yaml-syntax] a key is a word, not a list or a map\n"
          "1:1-1:5 [yaml-missing] the architecture needs 'endian'\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

/* What YAML has and these files have not; what is beside it is still read. */
static void refused(void **state)
{
    static const struct mistake mistakes[] = {
        { "little", "&e little",
          "4:12-4:21 [yaml-syntax] no anchors ('&') here: every value is "
          "written out\n" },
        { "little", "*e",
          "4:12-4:14 [yaml-syntax] no aliases ('*') here: every value is "
          "written out\n" },
        { "[12, 21]", "[12, *e, 2222]",
          "5:17-5:19 [yaml-syntax] no aliases ('*') here: every value is "
          "written out\n"
          "5:21-5:25 [yaml-value] 'pages' must be from 10 to 30, not 2222\n" },
        { "little", "!!str litle",
          "4:12-4:23 [yaml-syntax] no tags ('!') here: the key says which type "
          "a value has\n"
          "4:12-4:23 [yaml-value] 'endian' must be little or big, not 'litle'\n"
          "4:12-4:23 help: did you mean 'little'?\n" },
        { "[12, 21]", "!x [12]",
          "5:12-5:16 [yaml-syntax] no tags ('!') here: the key says which type "
          "a value has\n" },
        /* What depends on a refused value is not judged. */
        { "  page:\n    style:     inline", "  page:\n    style: *s",
          "32:12-32:14 [yaml-syntax] no aliases ('*') here: every value is "
          "written out\n" },
        { "  u64:         {size: 8, align: 4}", "  u64: {size: *x, align: 3}",
          "15:15-15:17 [yaml-syntax] no aliases ('*') here: every value is "
          "written out\n" },
        { "name:      x86_32\n", "%YAML 1.1\n---\nname: x86_32\n",
          "1:1-2:4 [yaml-syntax] no directives ('%') here\n" },
        { "name:      x86_32\n", "%nonsense\n---\nname: x86_32\n",
          "1:1-1:1 [yaml-syntax] no directives ('%') here\n" },
        { "    max:       54\n", "    max:       54\n---\nname: y\n",
          "56:1-56:4 [yaml-syntax] a second document; a file describes one "
          "thing\n" },
        { "    max:       54\n", "    max:       54\n...\nname: y\n",
          "57:1-57:1 [yaml-syntax] there is something behind the end of the "
          "document\n" },
        { "[12, 21]", "[[[[[[[[12]]]]]]]]",
          "5:19-5:20 [yaml-syntax] lists and maps are nested more than 8 "
          "deep\n" },
    };

    CHECK_MISTAKES(good_arch, mistakes, false);
}

/* Not a second per level, and no recursion without an end. */
static void nesting_ends(void **state)
{
    char text[100000];
    struct diag diag = { .arena = *state };

    memset(text, '[', sizeof(text));
    assert_null(yaml_flavour(*state, &diag,
                             source_from_memory(*state, "t.yaml", text,
                                                sizeof(text))));
    assert_string_equal(messages_text(&diag),
                        "1:9-1:10 [yaml-syntax] lists and maps are nested more "
                        "than 8 deep\n");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(bytes),
        TEST(nul_is_refused),
        TEST(a_file_has_a_limit),
        TEST(syntax),
        TEST(refused),
        TEST(nesting_ends),
    };

    return cmocka_run_group_tests_name("yaml-syntax", tests, NULL, NULL);
}
