/* SPDX-License-Identifier: MIT */
/* codegen/base/text.c, map.c and nearest.c */
#include "unit.h"

#include "../../codegen/base/text.h"

static void text_grows(void **state)
{
    struct text text = { .arena = *state };

    assert_string_equal(text_string(&text), "");
    text_add(&text, "");
    assert_string_equal(text_string(&text), "");
    text_add_bytes(&text, "abcd", 2);
    text_format(&text, "-%d-%s", 42, "x");
    assert_string_equal(text_string(&text), "ab-42-x");
    assert_int_equal(text.length, 7);
    text_add_bytes(&text, "\0z", 2);
    assert_int_equal(text.length, 9);
    assert_memory_equal(text.at, "ab-42-x\0z", 10);
}

/* Every length passes the end of the room at some time. */
static void text_grows_by_any_step(void **state)
{
    for ( size_t step = 1; step < 200; step++ )
    {
        struct text text = { .arena = *state };
        char piece[200];

        memset(piece, 'a' + (int)(step % 26), step);
        for ( int i = 0; i < 50; i++ )
        {
            text_add_bytes(&text, piece, step);
            text_format(&text, "%.*s", (int)step, piece);
            assert_int_equal(text.length, (size_t)(i + 1) * 2 * step);
            assert_int_equal(strlen(text.at), text.length);
        }
    }
}

static void text_adds_itself(void **state)
{
    struct text text = { .arena = *state };

    text_add(&text, "0123456789");
    for ( int i = 0; i < 6; i++ )
        text_add_bytes(&text, text.at, text.length);
    assert_int_equal(text.length, 640);
    for ( size_t i = 0; i < text.length; i++ )
        assert_int_equal(text.at[i], '0' + (int)(i % 10));
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(text_starts("xen_pfn_t", "xen_"));
    assert_true(text_starts("xen", ""));
    assert_false(text_starts("xe", "xen"));
    assert_false(text_starts("Xen", "xen"));
    assert_true(text_ends("grant_op", "_op"));
    assert_true(text_ends("_op", "_op"));
    assert_true(text_ends("", ""));
    assert_false(text_ends("op", "_op"));
    assert_false(text_ends("grant_op_", "_op"));
}

static void utf8_is_told_from_other_bytes(void **state)
{
    static const struct {
        const char *text;
        size_t length, size;
    } rows[] = {
        { "a", 1, 1 }, { "\0", 1, 1 }, { "\x7f", 1, 1 }, { "", 0, 0 },
        { "\x80", 1, 0 }, { "\xc3\xa4", 2, 2 }, { "\xc3\xa4", 1, 0 },
        { "\xc3(", 2, 0 }, { "\xc0\x80", 2, 0 }, { "\xc1\xbf", 2, 0 },
        { "\xe2\x82\xac", 3, 3 }, { "\xe2\x82\xac", 2, 0 },
        { "\xe2\x82(", 3, 0 }, { "\xe2(\xac", 3, 0 },
        { "\xe0\x9f\xbf", 3, 0 }, { "\xe0\xa0\x80", 3, 3 },
        { "\xed\x9f\xbf", 3, 3 }, { "\xed\xa0\x80", 3, 0 },
        { "\xf0\x8f\xbf\xbf", 4, 0 }, { "\xf0\x90\x80\x80", 4, 4 },
        { "\xf4\x8f\xbf\xbf", 4, 4 }, { "\xf4\x90\x80\x80", 4, 0 },
        { "\xf0\x90\x80", 3, 0 }, { "\xf0\x90\x80(", 4, 0 },
        { "\xf5\x80\x80\x80", 4, 0 }, { "\xff", 1, 0 },
    };

    (void)state;
    for ( size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++ )
        if ( text_utf8(rows[i].text, rows[i].length) != rows[i].size )
            fail_msg("row %zu: %zu", i,
                     text_utf8(rows[i].text, rows[i].length));
}

static void map_finds_what_was_added(void **state)
{
    struct map map = { .arena = *state };
    int values[3000];

    assert_null(map_find(&map, "name 0"));
    for ( int i = 0; i < 3000; i++ )
    {
        const char *name = arena_format(*state, "name %d", i);

        assert_null(map_find(&map, name));
        assert_true(map_add(&map, name, &values[i]));
    }
    for ( int i = 0; i < 3000; i++ )
    {
        /* Another copy of the name, so that no pointer can match. */
        const char *name = arena_format(*state, "name %d", i);

        assert_ptr_equal(map_find(&map, name), &values[i]);
        assert_string_equal(map.entries.at[i].name, name);
    }
    assert_null(map_find(&map, "name 3000"));
    assert_null(map_find(&map, "name"));
    assert_int_equal(map.entries.count, 3000);
}

static void map_keeps_the_first(void **state)
{
    struct map map = { .arena = *state };
    int one, two;

    assert_true(map_add(&map, "a", &one));
    assert_false(map_add(&map, "a", &two));
    assert_ptr_equal(map_find(&map, "a"), &one);
    assert_int_equal(map.entries.count, 1);
    assert_true(map_add(&map, "", NULL));
    assert_false(map_add(&map, "", &two));
    assert_null(map_find(&map, ""));
}

#define NEAREST(name, ...) \
    text_nearest((name), (const char *const[]){ __VA_ARGS__ }, \
                 sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void one_slip_of_each_kind(void **state)
{
    (void)state;
    assert_string_equal(NEAREST("GNTMPA", "other", "GNTMAP"), "GNTMAP");
    assert_string_equal(NEAREST("nr_extent", "nr_extents"), "nr_extents");
    assert_string_equal(NEAREST("nr_extentss", "nr_extents"), "nr_extents");
    assert_string_equal(NEAREST("nr_ekstents", "nr_extents"), "nr_extents");
    assert_string_equal(NEAREST("rn_extents", "nr_extents"), "nr_extents");
    assert_string_equal(NEAREST("nr_extenst", "nr_extents"), "nr_extents");
}

static void at_most_a_third_of_the_length(void **state)
{
    (void)state;
    assert_string_equal(NEAREST("abX", "abc"), "abc");
    assert_null(NEAREST("aXY", "abc"));
    assert_null(NEAREST("ax", "ab"));
    assert_string_equal(NEAREST("abcdXY", "abcdef"), "abcdef");
    assert_null(NEAREST("abcXYZ", "abcdef"));
    assert_null(NEAREST("abcd", "abcdef"));
    assert_string_equal(NEAREST("abcdef", "abcd"), "abcd");
    assert_null(NEAREST("", "a"));
    assert_null(text_nearest("name", NULL, 0));
}

static void case_costs_nothing(void **state)
{
    (void)state;
    assert_string_equal(NEAREST("gntmap", "gntmat", "GNTMAP"), "GNTMAP");
    assert_string_equal(NEAREST("U", "u"), "u");
    assert_string_equal(NEAREST("gntmpa", "GNTMAP"), "GNTMAP");
    /* But of two the one in the same case is nearer. */
    assert_string_equal(NEAREST("gntmpa", "GNTMAP", "gntmap"), "gntmap");
    assert_string_equal(NEAREST("gntmpa", "gntmap", "GNTMAP"), "gntmap");
}

static void the_best_wins(void **state)
{
    (void)state;
    assert_string_equal(NEAREST("frame_lisst", "frame_last", "frame_list",
                                "frame_lost"), "frame_list");
    assert_string_equal(NEAREST("aaaaaa", "aaaaab", "aaaaac"), "aaaaab");
}

static void the_name_itself_is_no_suggestion(void **state)
{
    (void)state;
    assert_null(NEAREST("order", "order"));
    assert_string_equal(NEAREST("order", "order", "orders"), "orders");
}

static void long_names_end_soon(void **state)
{
    char *name = arena_alloc(*state, 1 << 20), *other;

    memset(name, 'a', (1 << 20) - 1);
    assert_null(NEAREST(name, "a", "aaaa"));
    assert_null(NEAREST("aaaa", name));
    other = arena_copy(*state, name, 255);
    name = arena_string(*state, other);
    name[200] = 'b';
    assert_string_equal(NEAREST(name, other), other);
    assert_null(NEAREST(arena_format(*state, "%sx", name), other));
}

/* Straight from the definition, for short words of three letters. */
static unsigned int slow_distance(const char *a, size_t m, const char *b,
                                  size_t n)
{
    unsigned int best, other;

    if ( !m || !n )
        return (unsigned int)(m + n);
    best = slow_distance(a, m - 1, b, n - 1) + (a[m - 1] != b[n - 1]);
    other = slow_distance(a, m - 1, b, n) + 1;
    best = other < best ? other : best;
    other = slow_distance(a, m, b, n - 1) + 1;
    best = other < best ? other : best;
    if ( m > 1 && n > 1 && a[m - 1] == b[n - 2] && a[m - 2] == b[n - 1] )
    {
        other = slow_distance(a, m - 2, b, n - 2) + 1;
        best = other < best ? other : best;
    }
    return best;
}

static void agrees_with_the_definition(void **state)
{
    unsigned int seed = 1, found = 0;

    (void)state;
    for ( int round = 0; round < 1000; round++ )
    {
        char a[8] = "", b[8] = "";
        bool near;

        for ( int i = 0; i < 6; i++ )
        {
            seed = seed * 1103515245 + 12345;
            a[i] = (char)('a' + (seed >> 16) % 3);
            seed = seed * 1103515245 + 12345;
            b[i] = (char)('a' + (seed >> 16) % 3);
        }
        b[4 + round % 3] = '\0';
        near = strcmp(a, b) && slow_distance(a, 6, b, strlen(b)) <= 2;
        found += near;
        if ( (NEAREST(a, b) != NULL) != near )
            fail_msg("%s and %s", a, b);
    }
    /* Both answers have to be common, or this shows nothing. */
    assert_in_range(found, 100, 900);
}

static void maps_know_their_nearest(void **state)
{
    struct map map = { .arena = *state };

    assert_null(map_nearest(&map, "abc"));
    map_add(&map, "frame_list", NULL);
    map_add(&map, "nr_frames", NULL);
    assert_string_equal(map_nearest(&map, "nr_farmes"), "nr_frames");
    assert_null(map_nearest(&map, "nothing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_grows), TEST(text_grows_by_any_step), TEST(text_adds_itself),
        TEST(starts_and_ends), TEST(utf8_is_told_from_other_bytes),
        TEST(map_finds_what_was_added), TEST(map_keeps_the_first),
        TEST(one_slip_of_each_kind), TEST(at_most_a_third_of_the_length),
        TEST(case_costs_nothing), TEST(the_best_wins),
        TEST(the_name_itself_is_no_suggestion), TEST(long_names_end_soon),
        TEST(agrees_with_the_definition), TEST(maps_know_their_nearest),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
