/* SPDX-License-Identifier: MIT */
/* codegen/base/filter.c, with programs that every system has */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#include "../../codegen/base/file.h"

#define LARGE (5u << 20)

#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define SHELL(script) ARGUMENTS("sh", "-c", (script))

static void assert_gives(struct arena *arena, const char *const *arguments,
                         const char *input, size_t length,
                         const char *expected, size_t expected_length)
{
    char *output;
    size_t output_length;
    const char *why = file_filter(arena, arguments, input, length, &output,
                                  &output_length);

    if ( why )
        fail_msg("%s", why);
    assert_int_equal(output_length, expected_length);
    assert_memory_equal(output, expected, expected_length);
    assert_int_equal(output[output_length], '\0');
}

static void assert_fails(struct arena *arena, const char *const *arguments,
                         const char *reason)
{
    char *output = (char *)1;
    size_t length = 1;
    const char *why = file_filter(arena, arguments, "x", 1, &output, &length);

    assert_non_null(why);
    assert_string_equal(why, reason);
    assert_null(output);
    assert_int_equal(length, 0);
}

static void small_texts(void **state)
{
    assert_gives(*state, ARGUMENTS("cat"), "a\0b\n", 4, "a\0b\n", 4);
    assert_gives(*state, ARGUMENTS("cat"), "", 0, "", 0);
    assert_gives(*state, ARGUMENTS("cat"), NULL, 0, "", 0);
    assert_gives(*state, ARGUMENTS("tr", "a", "b"), "banana", 6, "bbnbnb", 6);
    assert_gives(*state, SHELL("printf '%s' \"$0\""), "", 0, "sh", 2);
}

static char *large_text(struct arena *arena)
{
    char *text = arena_alloc(arena, LARGE);
    unsigned int seed = 1;

    for ( size_t i = 0; i < LARGE; i++ )
        text[i] = (char)((seed = seed * 1103515245 + 12345) >> 16);
    return text;
}

static void large_texts(void **state)
{
    char *text = large_text(*state);

    assert_gives(*state, ARGUMENTS("cat"), text, LARGE, text, LARGE);
}

/* It writes much before it reads, and complains as much: no pipe may clog. */
static void all_pipes_full(void **state)
{
    char *text = large_text(*state), *expected = arena_alloc(*state, 3000000);

    memset(expected, '\0', 3000000);
    assert_gives(*state,
                 SHELL("head -c 3000000 /dev/zero >&2;"
                       "head -c 3000000 /dev/zero; cat > /dev/null"),
                 text, LARGE, expected, 3000000);
}

static void what_reads_nothing(void **state)
{
    char *text = large_text(*state);

    assert_gives(*state, ARGUMENTS("true"), text, LARGE, "", 0);
    assert_gives(*state, ARGUMENTS("echo", "a"), text, LARGE, "a\n", 2);
    assert_gives(*state, SHELL("exec 0<&-; sleep 0.1; echo a"), text, LARGE,
                 "a\n", 2);
    assert_gives(*state, ARGUMENTS("head", "-c", "3"), text, LARGE, text, 3);
}

/* It closes its output early, and its status still counts. */
static void what_goes_on_in_silence(void **state)
{
    assert_fails(*state, SHELL("exec 1>&- 2>&- 0<&-; sleep 0.1; exit 4"),
                 "sh: exit status 4");
}

static void what_is_missing(void **state)
{
    assert_fails(*state, ARGUMENTS("no-such-program-14", "-x"),
                 "no-such-program-14: not found");
    assert_fails(*state, ARGUMENTS("/nowhere/m4"), "/nowhere/m4: not found");
    assert_fails(*state, ARGUMENTS("/etc/passwd"),
                 "/etc/passwd: Permission denied");
    assert_fails(*state, ARGUMENTS("/"), "/: Permission denied");
}

static void what_fails(void **state)
{
    assert_fails(*state, ARGUMENTS("false"), "false: exit status 1");
    assert_fails(*state, SHELL("echo out; echo one >&2; echo two >&2; exit 7"),
                 "sh: exit status 7: one");
    assert_fails(*state, SHELL("printf '\\n\\nthree' >&2; exit 255"),
                 "sh: exit status 255: three");
    assert_fails(*state, SHELL("cat > /dev/null; exit 127"),
                 "sh: exit status 127");
}

static void what_a_signal_ends(void **state)
{
    assert_fails(*state, SHELL("kill -9 $$"), "sh: ended by signal 9 (Killed)");
    assert_fails(*state, SHELL("echo a >&2; kill -15 $$"),
                 "sh: ended by signal 15 (Terminated)");
}

static void long_complaints_are_cut(void **state)
{
    char *output;
    size_t length;
    const char *why = file_filter(*state,
                                  SHELL("yes x | tr -d '\\n' |"
                                        "head -c 3000000 >&2; exit 1"),
                                  "", 0, &output, &length);

    assert_non_null(why);
    assert_memory_equal(why, "sh: exit status 1: xxx", 22);
    assert_in_range(strlen(why), 4096, 80000);
}

static void signals_are_as_before(void **state)
{
    struct sigaction action;

    assert_gives(*state, ARGUMENTS("cat"), "a", 1, "a", 1);
    assert_int_equal(sigaction(SIGPIPE, NULL, &action), 0);
    assert_true(action.sa_handler == SIG_DFL);
    /* And the program has not inherited that we ignore it. */
    assert_gives(*state, SHELL("{ yes; echo $? >&2; } 2> /dev/null | head -n 1"),
                 "", 0, "y\n", 2);
    assert_fails(*state, SHELL("kill -13 $$; exit 0"),
                 "sh: ended by signal 13 (Broken pipe)");
}

static int open_files(void)
{
    int count = 0;

    for ( int file = 0; file < 256; file++ )
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

static void nothing_stays_open(void **state)
{
    int before = open_files();

    assert_gives(*state, ARGUMENTS("cat"), "a", 1, "a", 1);
    assert_fails(*state, ARGUMENTS("false"), "false: exit status 1");
    assert_fails(*state, ARGUMENTS("no-such-program-14"),
                 "no-such-program-14: not found");
    assert_int_equal(open_files(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* A caller may have closed any of the three streams: pipes get their numbers. */
static void without_streams_of_our_own(void **state)
{
    for ( int closed = 0; closed < 8; closed++ )
    {
        int status;
        pid_t process = fork();

        if ( !process )
        {
            char *out;
            size_t length;

            for ( int i = 0; i < 3; i++ )
                if ( closed & 1 << i )
                    close(i);
            _exit(file_filter(*state, SHELL("cat; echo b >&2"), "a", 1, &out,
                              &length) || length != 1 || *out != 'a');
        }
        assert_true(process > 0);
        assert_int_equal(waitpid(process, &status, 0), process);
        if ( status )
            fail_msg("closed: %d", closed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(small_texts), TEST(large_texts), TEST(all_pipes_full),
        TEST(what_reads_nothing), TEST(what_goes_on_in_silence),
        TEST(what_is_missing), TEST(what_fails), TEST(what_a_signal_ends),
        TEST(long_complaints_are_cut), TEST(signals_are_as_before),
        TEST(nothing_stays_open), TEST(without_streams_of_our_own),
    };

    /* A pipe that clogs would stop the whole run. */
    alarm(120);
    return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
