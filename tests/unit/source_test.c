/* SPDX-License-Identifier: MIT */
/* codegen/base/source.c */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "../../codegen/base/source.h"

static void assert_line(const struct source *source, int line, const char *text,
                        size_t length)
{
    size_t found;
    const char *at = source_line(source, line, &found);

    assert_int_equal(found, length);
    assert_memory_equal(at, text, length);
}

static void lines_are_found(void **state)
{
    struct source *source = source_from_memory(*state, "a.idl", "one\n\n  two\n",
                                               11);

    assert_string_equal(source->path, "a.idl");
    assert_int_equal(source->size, 11);
    assert_int_equal(source->text[11], '\0');
    assert_int_equal(source->lines.count, 4);
    assert_line(source, 1, "one", 3);
    assert_line(source, 2, "", 0);
    assert_line(source, 3, "  two", 5);
    /* A place at the end of the file has a line too. */
    assert_line(source, 4, "", 0);
}

static void lines_that_are_not_there(void **state)
{
    struct source *source = source_from_memory(*state, "a.idl", "one", 3);

    assert_line(source, 1, "one", 3);
    assert_line(source, 0, "", 0);
    assert_line(source, -1, "", 0);
    assert_line(source, 2, "", 0);
    source = source_from_memory(*state, "a.idl", NULL, 0);
    assert_int_equal(source->lines.count, 1);
    assert_line(source, 1, "", 0);
    assert_int_equal(source->text[0], '\0');
}

static void bytes_are_taken_as_they_are(void **state)
{
    struct source *source = source_from_memory(*state, "a", "a\r\nb\0c\n\xff", 8);

    assert_int_equal(source->size, 8);
    assert_int_equal(source->lines.count, 3);
    assert_line(source, 1, "a\r", 2);
    assert_line(source, 2, "b\0c", 3);
    assert_line(source, 3, "\xff", 1);
}

/* A folder for files; the files are removed by the test that made them. */
static char folder[] = "/tmp/unit-source-XXXXXX";

static char *make_file(struct arena *arena, const char *name, const char *text,
                       size_t length, mode_t mode)
{
    char *path = arena_format(arena, "%s/%s", folder, name);
    FILE *stream = fopen(path, "wb");

    assert_non_null(stream);
    assert_int_equal(fwrite(text, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void assert_refused(struct arena *arena, const char *path,
                           const char *reason)
{
    const char *why = NULL;

    assert_null(source_read(arena, path, &why));
    assert_non_null(why);
    assert_string_equal(why, reason);
}

static void files_are_read(void **state)
{
    char *path = make_file(*state, "good.idl", "a\0b\r\nc", 6, 0644);
    const char *why = "not set";
    struct source *source = source_read(*state, path, &why);

    unlink(path);
    assert_non_null(source);
    assert_null(why);
    assert_string_equal(source->path, path);
    assert_int_equal(source->size, 6);
    assert_memory_equal(source->text, "a\0b\r\nc", 7);
    assert_int_equal(source->lines.count, 2);

    path = make_file(*state, "empty.idl", "", 0, 0644);
    source = source_read(*state, path, &why);
    unlink(path);
    assert_non_null(source);
    assert_int_equal(source->size, 0);
}

static void a_long_line_is_read(void **state)
{
    size_t length = 10u << 20, found;
    char *text = malloc(length), *path;
    const char *why;
    struct source *source;

    assert_non_null(text);
    memset(text, 'x', length);
    path = make_file(*state, "long.idl", text, length, 0644);
    source = source_read(*state, path, &why);
    unlink(path);
    assert_non_null(source);
    assert_memory_equal(source->text, text, length);
    source_line(source, 1, &found);
    assert_int_equal(found, length);
    free(text);
}

static void what_is_missing(void **state)
{
    char *path = arena_format(*state, "%s/none.idl", folder);

    assert_refused(*state, path, "there is no such file");
    assert_refused(*state, "", "there is no such file");
    path = make_file(*state, "file", "", 0, 0644);
    assert_refused(*state, arena_format(*state, "%s/none.idl", path),
                   "there is no such file");
    unlink(path);
}

static void what_is_no_file(void **state)
{
    char *path = arena_format(*state, "%s/pipe", folder);

    assert_refused(*state, folder, "it is a folder, not a file");
    assert_refused(*state, "/dev/null", "it is not a regular file");
    /* Nobody writes to it; opening must not wait for that. */
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused(*state, path, "it is not a regular file");
    unlink(path);
}

static void what_may_not_be_read(void **state)
{
    char *closed = make_file(*state, "closed.idl", "a", 1, 0000);
    char *open = make_file(*state, "open.idl", "a", 1, 0444);
    bool root = !geteuid();
    const char *why, *open_why;
    struct source *source, *open_source;

    /* Nothing is closed to root; so not as root. */
    assert_int_equal(chmod(folder, 0755), 0);
    if ( root )
        assert_int_equal(seteuid(65534), 0);
    source = source_read(*state, closed, &why);
    open_source = source_read(*state, open, &open_why);
    if ( root )
        assert_int_equal(seteuid(0), 0);
    unlink(closed);
    unlink(open);
    assert_null(source);
    assert_string_equal(why, "permission denied");
    assert_non_null(open_source);
    assert_null(open_why);
}

static void what_is_too_large(void **state)
{
    char *path = make_file(*state, "large.idl", "", 0, 0644);
    const char *why;
    struct source *source;

    /* Sparse: it takes no room on the disk. */
    assert_int_equal(truncate(path, (off_t)SOURCE_LIMIT + 1), 0);
    source = source_read(*state, path, &why);
    assert_null(source);
    assert_string_equal(why, "it is larger than 64 MiB");
    assert_int_equal(truncate(path, (off_t)SOURCE_LIMIT), 0);
    source = source_read(*state, path, &why);
    unlink(path);
    assert_non_null(source);
    assert_int_equal(source->size, SOURCE_LIMIT);
}

static void what_changes_meanwhile(void **state)
{
    const char *why;

    /* Says that it has no bytes, and has some. */
    assert_null(source_read(*state, "/proc/self/status", &why));
    assert_string_equal(why, "it changed while it was read");
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

/* Fails if a test has left something behind. */
static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_are_found), TEST(lines_that_are_not_there),
        TEST(bytes_are_taken_as_they_are), TEST(files_are_read),
        TEST(a_long_line_is_read), TEST(what_is_missing),
        TEST(what_is_no_file), TEST(what_may_not_be_read),
        TEST(what_is_too_large), TEST(what_changes_meanwhile),
    };

    return cmocka_run_group_tests_name("source", tests, make_folder,
                                       remove_folder);
}
