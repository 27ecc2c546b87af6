/* SPDX-License-Identifier: MIT */
/* codegen/base/arena.c */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

static void pieces_are_zeroed_and_aligned(void **state)
{
    static const size_t sizes[] = { 0, 1, 7, 8, 100, 70000, 3, 300000, 16 };

    for ( int round = 0; round < 200; round++ )
        for ( size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++ )
        {
            unsigned char *piece = arena_alloc(*state, sizes[i]);

            assert_non_null(piece);
            assert_int_equal((uintptr_t)piece % _Alignof(max_align_t), 0);
            for ( size_t j = 0; j < sizes[i]; j++ )
                assert_int_equal(piece[j], 0);
            /* Whatever overlaps this piece will not find zeros. */
            memset(piece, 0xff, sizes[i]);
        }
}

static void pieces_stay_as_they_are(void **state)
{
    const char *texts[500];

    for ( int i = 0; i < 500; i++ )
        texts[i] = arena_format(*state, "%d %*d", i, i * 7, i);
    for ( int i = 0; i < 500; i++ )
    {
        char *end;

        assert_int_equal(strtol(texts[i], &end, 10), i);
        assert_int_equal(strtol(end, &end, 10), i);
        assert_int_equal(*end, '\0');
    }
}

static void texts_are_copied(void **state)
{
    char text[] = "abc";
    char *copy = arena_string(*state, text), *part;

    part = arena_copy(*state, text, 2);
    text[0] = 'x';
    assert_string_equal(copy, "abc");
    assert_string_equal(part, "ab");
    assert_memory_equal(arena_copy(*state, "a\0b", 3), "a\0b", 4);
    assert_string_equal(arena_copy(*state, NULL, 0), "");
}

static void formats_of_any_length(void **state)
{
    for ( int length = 0; length < 600; length++ )
    {
        char *text = arena_format(*state, "%*s", length, "");

        assert_int_equal(strlen(text), length);
    }
}

static void lists_grow(void **state)
{
    LIST(int) list = { NULL, 0, 0 };
    int sum = 0, seen = 0;

    LIST_EACH ( item, &list )
        sum += *item;
    assert_int_equal(sum, 0);
    for ( int i = 0; i < 1000; i++ )
        *LIST_ADD(*state, &list) = i;
    assert_int_equal(list.count, 1000);
    assert_true(list.room >= list.count);
    LIST_EACH ( item, &list )
        assert_int_equal(*item, seen++);
    assert_int_equal(seen, 1000);
}

/* In a process of its own: its status, after asking for too much. */
static int status_of(void (*greedy)(struct arena *), struct arena *arena)
{
    int status;
    pid_t process = fork();

    if ( !process )
    {
        if ( !freopen("/dev/null", "w", stderr) )
            _exit(9);
        greedy(arena);
        _exit(0);
    }
    assert_true(process > 0);
    assert_int_equal(waitpid(process, &status, 0), process);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void modest(struct arena *arena)
{
    arena_alloc(arena, 100);
}

static void too_long_a_text(struct arena *arena)
{
    arena_copy(arena, "", SIZE_MAX);
}

static void too_large_a_block(struct arena *arena)
{
    arena_alloc(arena, SIZE_MAX - 4);
}

static void too_long_a_list(struct arena *arena)
{
    size_t room = SIZE_MAX / 4 + 1;     /* the new size wraps round to 0 */

    arena_grow(arena, NULL, &room, 8);
}

static void without_memory_the_status_is_3(void **state)
{
    assert_int_equal(status_of(modest, *state), 0);
    assert_int_equal(status_of(too_long_a_text, *state), 3);
    assert_int_equal(status_of(too_large_a_block, *state), 3);
    assert_int_equal(status_of(too_long_a_list, *state), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pieces_are_zeroed_and_aligned),
        TEST(pieces_stay_as_they_are),
        TEST(texts_are_copied),
        TEST(formats_of_any_length),
        TEST(lists_grow),
        TEST(without_memory_the_status_is_3),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
