/* SPDX-License-Identifier: MIT */
/*
 * codegen/base/file.c.  The linker's --wrap puts the functions below between it
 * and the system, so that a disk can be full and a rename can fail.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "../../codegen/base/file.h"

/* What goes wrong; all zero: nothing. */
static struct {
    long disk;                  /* so many bytes fit, and one more */
    size_t piece;               /* a write takes no more than this */
    bool interrupted;           /* every other write */
    int close_error, rename_error, mode_error;
    unsigned int writes, renames;
} fault;

ssize_t __real_write(int file, const void *bytes, size_t length);
ssize_t __wrap_write(int file, const void *bytes, size_t length);
int __real_close(int file);
int __wrap_close(int file);
int __real_rename(const char *from, const char *to);
int __wrap_rename(const char *from, const char *to);
int __real_fchmod(int file, mode_t mode);
int __wrap_fchmod(int file, mode_t mode);

ssize_t __wrap_write(int file, const void *bytes, size_t length)
{
    if ( fault.interrupted && fault.writes++ % 2 )
    {
        errno = EINTR;
        return -1;
    }
    if ( fault.disk )
    {
        if ( fault.disk == 1 )
        {
            errno = ENOSPC;
            return -1;
        }
        if ( length > (size_t)fault.disk - 1 )
            length = (size_t)fault.disk - 1;
        fault.disk -= (long)length;
    }
    if ( fault.piece && length > fault.piece )
        length = fault.piece;
    return __real_write(file, bytes, length);
}

/* Only what was open for writing. */
int __wrap_close(int file)
{
    bool writing = (fcntl(file, F_GETFL) & O_ACCMODE) == O_WRONLY;
    int result = __real_close(file);

    if ( !writing || !fault.close_error )
        return result;
    errno = fault.close_error;
    return -1;
}

int __wrap_rename(const char *from, const char *to)
{
    fault.renames++;
    if ( !fault.rename_error )
        return __real_rename(from, to);
    errno = fault.rename_error;
    return -1;
}

int __wrap_fchmod(int file, mode_t mode)
{
    if ( !fault.mode_error )
        return __real_fchmod(file, mode);
    errno = fault.mode_error;
    return -1;
}

static char folder[64];

static char *path_of(struct arena *arena, const char *name)
{
    return arena_format(arena, "%s/%s", folder, name);
}

static int start(void **state)
{
    memset(&fault, 0, sizeof(fault));
    strcpy(folder, "/tmp/unit-write-XXXXXX");
    return mkdtemp(folder) ? unit_start(state) : -1;
}

/* Remove the names, and then nothing else may be left. */
static void remove_all(void **state, const char *const *names, size_t count)
{
    for ( size_t i = 0; i < count; i++ )
        assert_int_equal(remove(path_of(*state, names[i])), 0);
    if ( rmdir(folder) )
        fail_msg("%s: something was left behind", folder);
}

#define LEAVES(...) \
    remove_all(state, (const char *const[]){ __VA_ARGS__ }, \
               sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void assert_holds(const char *path, const char *bytes, size_t length)
{
    FILE *stream = fopen(path, "rb");
    char *found = malloc(length + 1);

    assert_non_null(stream);
    assert_non_null(found);
    assert_int_equal(fread(found, 1, length + 1, stream), length);
    assert_memory_equal(found, bytes, length);
    free(found);
    fclose(stream);
}

static void assert_written(struct arena *arena, const char *path,
                           const char *bytes, size_t length)
{
    bool changed = false;
    const char *why = file_write(arena, path, bytes, length, &changed);

    if ( why )
        fail_msg("%s: %s", path, why);
    assert_true(changed);
    assert_holds(path, bytes, length);
}

/* The whole of what was there is there still. */
static void assert_not_written(struct arena *arena, const char *path,
                               const char *bytes, size_t length,
                               const char *reason)
{
    bool changed = true;
    const char *why = file_write(arena, path, bytes, length, &changed);

    assert_non_null(why);
    assert_string_equal(why, reason);
    assert_false(changed);
}

static void files_are_written(void **state)
{
    char *path = path_of(*state, "a"), *bytes = arena_alloc(*state, 300000);

    assert_written(*state, path, "one\0two\n", 8);
    assert_written(*state, path, "three\n", 6);
    assert_written(*state, path, "threw\n", 6);
    assert_written(*state, path, "threw\nmore\n", 11);
    assert_written(*state, path, "", 0);
    memset(bytes, 'x', 300000);
    assert_written(*state, path, bytes, 300000);
    bytes[299999] = 'y';
    assert_written(*state, path, bytes, 300000);
    LEAVES("a");
}

static void folders_are_made(void **state)
{
    assert_written(*state, path_of(*state, "a/b//c/d"), "x", 1);
    assert_written(*state, path_of(*state, "a/b/e"), "x", 1);
    LEAVES("a/b/e", "a/b/c/d", "a/b/c", "a/b", "a");
}

static struct timespec time_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mtim;
}

static void an_equal_file_is_left_alone(void **state)
{
    static const struct timespec old[2] = { { 1000, 5 }, { 1000, 5 } };
    char *path = path_of(*state, "a");
    bool changed = true;

    assert_written(*state, path, "one\n", 4);
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    fault.renames = 0;
    assert_null(file_write(*state, path, "one\n", 4, &changed));
    assert_false(changed);
    assert_int_equal(fault.renames, 0);
    assert_int_equal(time_of(path).tv_sec, 1000);
    assert_int_equal(time_of(path).tv_nsec, 5);

    assert_written(*state, path, "two\n", 4);
    assert_int_equal(fault.renames, 1);
    assert_int_not_equal(time_of(path).tv_sec, 1000);
    LEAVES("a");
}

static void the_mode_is_kept(void **state)
{
    char *path = path_of(*state, "a");
    mode_t mask = umask(027);
    struct stat status;

    assert_written(*state, path, "one\n", 4);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(chmod(path, 0755), 0);
    assert_written(*state, path, "two\n", 4);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0755);
    umask(mask);
    LEAVES("a");
}

static void writes_in_pieces(void **state)
{
    char *bytes = arena_alloc(*state, 10000);

    memset(bytes, 'x', 10000);
    bytes[7777] = 'y';
    fault.piece = 7;
    fault.interrupted = true;
    assert_written(*state, path_of(*state, "a"), bytes, 10000);
    assert_true(fault.writes > 1400);
    LEAVES("a");
}

/* From the first byte to the last but one; with room for all it succeeds. */
static void a_full_disk(void **state)
{
    char *path = path_of(*state, "a");

    assert_written(*state, path, "old\n", 4);
    for ( long room = 0; room < 10; room++ )
    {
        fault.disk = room + 1;
        assert_not_written(*state, path, "0123456789", 10,
                           "No space left on device");
        assert_holds(path, "old\n", 4);
        fault.disk = room + 1;
        assert_not_written(*state, path_of(*state, "new"), "0123456789", 10,
                           "No space left on device");
        assert_int_equal(access(path_of(*state, "new"), F_OK), -1);
    }
    fault.disk = 11;
    assert_written(*state, path, "0123456789", 10);
    LEAVES("a");
}

static void a_disk_that_is_full_at_close(void **state)
{
    char *path = path_of(*state, "a");

    assert_written(*state, path, "old\n", 4);
    fault.close_error = EDQUOT;
    assert_not_written(*state, path, "new\n", 4, strerror(EDQUOT));
    assert_holds(path, "old\n", 4);
    LEAVES("a");
}

static void a_rename_that_fails(void **state)
{
    char *path = path_of(*state, "a");

    assert_written(*state, path, "old\n", 4);
    fault.rename_error = EACCES;
    assert_not_written(*state, path, "new\n", 4, "Permission denied");
    assert_holds(path, "old\n", 4);
    fault.rename_error = 0;
    fault.mode_error = EPERM;
    assert_not_written(*state, path, "new\n", 4, "Operation not permitted");
    assert_holds(path, "old\n", 4);
    LEAVES("a");
}

/* No fault of ours here: the system itself lets no file grow further. */
static void a_real_limit(void **state)
{
    char *path = path_of(*state, "a"), *bytes = arena_alloc(*state, 8192);
    struct rlimit before, limit;

    assert_written(*state, path, "old\n", 4);
    memset(bytes, 'x', 8192);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_not_written(*state, path, bytes, 8192, "File too large");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_holds(path, "old\n", 4);
    assert_written(*state, path, bytes, 8192);
    LEAVES("a");
}

static void signals_are_as_before(void **state)
{
    struct sigaction action;

    assert_written(*state, path_of(*state, "a"), "one\n", 4);
    assert_int_equal(sigaction(SIGXFSZ, NULL, &action), 0);
    assert_true(action.sa_handler == SIG_DFL);
    LEAVES("a");
}

static void a_folder_that_is_closed(void **state)
{
    char *path = path_of(*state, "closed/a");
    bool root = !geteuid(), changed, made_changed;
    const char *why, *made;

    assert_written(*state, path, "old\n", 4);
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(chmod(path_of(*state, "closed"), 0555), 0);
    /* Nothing is closed to root; so not as root. */
    if ( root )
        assert_int_equal(seteuid(65534), 0);
    why = file_write(*state, path, "new\n", 4, &changed);
    made = file_write(*state, path_of(*state, "closed/x/a"), "new\n", 4,
                      &made_changed);
    if ( root )
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(path_of(*state, "closed"), 0755), 0);
    assert_non_null(why);
    assert_string_equal(why, "Permission denied");
    assert_false(changed);
    assert_string_equal(made, arena_format(*state, "cannot make the folder %s: "
                        "Permission denied", path_of(*state, "closed/x")));
    assert_false(made_changed);
    assert_holds(path, "old\n", 4);
    LEAVES("closed/a", "closed");
}

static void what_is_in_the_way(void **state)
{
    assert_written(*state, path_of(*state, "file"), "old\n", 4);
    assert_not_written(*state, path_of(*state, "file/a"), "x", 1,
                       arena_format(*state, "cannot make the folder %s: "
                       "File exists", path_of(*state, "file")));
    assert_not_written(*state, folder, "x", 1, "Is a directory");
    assert_not_written(*state, "", "x", 1, "No such file or directory");
    assert_holds(path_of(*state, "file"), "old\n", 4);
    LEAVES("file");
    /* What was written beside the folder is gone too. */
    assert_int_equal(access(arena_format(*state, "%s.%ld-0.tmp", folder,
                                         (long)getpid()), F_OK), -1);
}

/* One that was killed may have left its file, and have had our number. */
static void an_old_temporary_file(void **state)
{
    char *path = path_of(*state, "a");
    char *left = arena_format(*state, "a.%ld-0.tmp", (long)getpid());

    assert_written(*state, path_of(*state, left), "left\n", 5);
    assert_written(*state, path, "new\n", 4);
    assert_holds(path_of(*state, left), "left\n", 5);
    LEAVES(left, "a");
}

static void folders_are_listed(void **state)
{
    static const char *const names[] = {
        "b.idl", "a.idl", "c.yaml", ".#a.idl", "B.idl", "x.idl.bak", ".idl",
    };
    struct path_list list = { .at = NULL };

    for ( size_t i = 0; i < 7; i++ )
        assert_written(*state, path_of(*state, names[i]), "x", 1);
    assert_int_equal(mkdir(path_of(*state, "folder.idl"), 0755), 0);
    assert_null(file_list(*state, folder, ".idl", &list));
    assert_int_equal(list.count, 3);
    assert_string_equal(list.at[0], path_of(*state, "B.idl"));
    assert_string_equal(list.at[1], path_of(*state, "a.idl"));
    assert_string_equal(list.at[2], path_of(*state, "b.idl"));
    /* More behind what is there; and no // in a path. */
    assert_null(file_list(*state, path_of(*state, ""), ".yaml", &list));
    assert_int_equal(list.count, 4);
    assert_string_equal(list.at[3], path_of(*state, "c.yaml"));
    LEAVES("b.idl", "a.idl", "c.yaml", ".#a.idl", "B.idl", "x.idl.bak", ".idl",
           "folder.idl");
}

static void folders_that_cannot_be_listed(void **state)
{
    struct path_list list = { .at = NULL };

    assert_written(*state, path_of(*state, "a"), "x", 1);
    assert_string_equal(file_list(*state, path_of(*state, "none"), "", &list),
                        "No such file or directory");
    assert_string_equal(file_list(*state, path_of(*state, "a"), "", &list),
                        "Not a directory");
    assert_int_equal(list.count, 0);
    assert_true(file_is_folder(folder));
    assert_false(file_is_folder(path_of(*state, "a")));
    assert_false(file_is_folder(path_of(*state, "none")));
    LEAVES("a");
}

#undef TEST
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, unit_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_are_written), TEST(folders_are_made),
        TEST(an_equal_file_is_left_alone), TEST(the_mode_is_kept),
        TEST(writes_in_pieces), TEST(a_full_disk),
        TEST(a_disk_that_is_full_at_close), TEST(a_rename_that_fails),
        TEST(a_real_limit), TEST(signals_are_as_before),
        TEST(a_folder_that_is_closed), TEST(what_is_in_the_way),
        TEST(an_old_temporary_file), TEST(folders_are_listed),
        TEST(folders_that_cannot_be_listed),
    };

    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
