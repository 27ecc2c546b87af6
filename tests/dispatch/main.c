/* SPDX-License-Identifier: MIT */
/*
 * Runs the properties, all or those named: harness NATIVE GUEST CASES... [-- PROPERTY...].
 * Each line is one property of one case; the last line counts.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "harness.h"

struct outcome first, second;

static char **chosen;
static const char *property, *title;
static unsigned int passed, failed, failures;

bool wanted(const char *name)
{
    char **at;

    if ( !chosen || !*chosen )
        return true;
    for ( at = chosen; *at; at++ )
        if ( !strcmp(*at, name) )
            return true;
    return false;
}

void test_begin(const char *name, const char *about)
{
    property = name;
    title = about;
    failures = 0;
}

void test_fail(const char *format, ...)
{
    va_list list;

    if ( failures++ )
        return;
    printf("FAILED: %s, %s: ", property, title);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
}

void test_done(void)
{
    passed += !failures;
    failed += failures != 0;
    if ( !failures && getenv("VERBOSE") )
        printf("ok: %s, %s\n", property, title);
}

int main(int argc, char **argv)
{
    int i;

    for ( i = 1; i < argc && strcmp(argv[i], "--"); i++ )
        if ( i <= 2 )
            model_read(argv[i], i == 1);
        else
            cases_read(argv[i]);
    if ( i < argc )
        chosen = argv + i + 1;
    machine_start();
    test_properties();
    test_clauses();
    test_open();
    test_registers();
    printf("%u passed, %u failed\n", passed, failed);
    free(cases);
    return failed != 0;
}
