/* SPDX-License-Identifier: MIT */
/* Reads the cases. Needs harness.h; says of a line that it cannot read which. */
#include <stdlib.h>

#include "harness.h"

struct test_case *cases;
unsigned int nr_cases;

static const struct { const char *name; long value; } numbers[] = {
    { "EPERM", EPERM }, { "ENOENT", ENOENT }, { "ESRCH", ESRCH }, { "EIO", EIO },
    { "EAGAIN", EAGAIN }, { "ENOMEM", ENOMEM }, { "EACCES", EACCES }, { "EFAULT", EFAULT },
    { "EBUSY", EBUSY }, { "EINVAL", EINVAL }, { "EDOM", EDOM }, { "ERANGE", ERANGE },
    { "ENOSYS", ENOSYS }, { "EILSEQ", EILSEQ }, { "EOPNOTSUPP", EOPNOTSUPP },
    { "ENOBUFS", ENOBUFS },
};

static const struct { const char *name; long grant, pmt; } statuses[] = {
    { "okay", GNTST_okay, PMTST_okay },
    { "general_error", GNTST_general_error, 1 },
    { "bad_domain", GNTST_bad_domain, PMTST_bad_domain },
    { "bad_gntref", GNTST_bad_gntref, 1 },
    { "bad_virt_addr", GNTST_bad_virt_addr, 1 },
    { "permission_denied", GNTST_permission_denied, 1 },
    { "address_too_big", GNTST_address_too_big, 1 },
    { "denied", 1, PMTST_denied },
    { "bad_argument", 1, PMTST_bad_argument },
    { "not_done", 1, PMTST_not_done },
};

static void fatal(const char *file, unsigned int line, const char *text)
{
    fprintf(stderr, "%s:%u: dispatch: cannot read '%s'\n", file, line, text);
    exit(2);
}

bool outcome_parse(const struct test_case *c, const char *text, unsigned long place, long *value)
{
    char kind[16] = "", name[32] = "";
    unsigned int i;

    sscanf(text, "%15s %31s", kind, name);
    if ( !strcmp(kind, "place") )
        *value = (long)place;
    else if ( !strcmp(kind, "value") )
        *value = atol(name);
    else if ( !strcmp(kind, "errno") )
    {
        for ( i = 0; i < sizeof(numbers) / sizeof(*numbers); i++ )
            if ( !strcmp(numbers[i].name, name) )
            {
                *value = -numbers[i].value;
                return false;
            }
        fatal(c->title, 0, text);
    }
    else if ( !strcmp(kind, "status") )
    {
        for ( i = 0; i < sizeof(statuses) / sizeof(*statuses); i++ )
            if ( !strcmp(statuses[i].name, name) )
            {
                *value = strcmp(c->hypercall, "pmt") ? statuses[i].grant : statuses[i].pmt;
                return true;
            }
        fatal(c->title, 0, text);
    }
    else
        fatal(c->title, 0, text);
    return false;
}

struct test_case *case_find(const char *hypercall, const char *op, const char *name)
{
    unsigned int i;

    for ( i = 0; i < nr_cases; i++ )
        if ( !strcmp(cases[i].hypercall, hypercall) && !strcmp(cases[i].op, op) &&
             !strcmp(cases[i].name, name) )
            return &cases[i];
    return NULL;
}

static char *trimmed(char *text)
{
    char *end;

    while ( *text == ' ' )
        text++;
    for ( end = text + strlen(text); end > text && strchr(" \n", end[-1]); )
        *--end = 0;
    return text;
}

static bool read_row(struct test_case *c, char *text)
{
    struct row *row = &c->row[c->rows++];
    char *settings = strstr(text, " | "), *result;

    if ( !strncmp(text, "handler ", 8) )        /* told by the description, done by a handler */
    {
        c->rows--;
        return true;
    }
    if ( c->rows > MOST_ROWS || !settings )
        return false;
    *settings = 0;
    settings += 3;
    result = strchr(settings, '|');
    if ( !result )
        return false;
    *result++ = 0;
    snprintf(row->clause, sizeof(row->clause), "%.239s", trimmed(text));
    snprintf(row->settings, sizeof(row->settings), "%.199s", trimmed(settings));
    snprintf(row->outcome, sizeof(row->outcome), "%.47s", trimmed(result));
    return true;
}

static bool read_resume(struct test_case *c, const char *text)
{
    static const char *const names[] = { "none", "elements", "place", "raw", "field", "restart" };
    char name[16] = "";
    unsigned int i;

    sscanf(text, "%15s %39s", name, c->place_field);
    for ( i = 0; i < sizeof(names) / sizeof(*names); i++ )
        if ( !strcmp(name, names[i]) )
        {
            c->resume = (enum resume)i;
            return true;
        }
    return false;
}

static bool read_line(struct test_case *c, char *text)
{
    char word[24] = "";
    char *rest;

    sscanf(text, "%23s", word);
    rest = trimmed(text + strlen(word));
    if ( !strcmp(word, "set") )
        snprintf(c->set, sizeof(c->set), "%.599s", rest);
    else if ( !strcmp(word, "lists") )
        snprintf(c->lists, sizeof(c->lists), "%.99s", rest);
    else if ( !strcmp(word, "writes") )
        snprintf(c->writes, sizeof(c->writes), "%.99s", rest);
    else if ( !strcmp(word, "count") )
        c->count = (unsigned int)atoi(rest);
    else if ( !strcmp(word, "steps") )
        c->steps = (unsigned int)atoi(rest);
    else if ( !strcmp(word, "looks") )
        c->looks = (unsigned int)atoi(rest);
    else if ( !strcmp(word, "ahead") )
        c->ahead = (unsigned int)atoi(rest);
    else if ( !strcmp(word, "family") )
        c->is_x86 = true;
    else if ( !strcmp(word, "stub") )
        c->is_stub = true;
    else if ( !strcmp(word, "value") )
        c->has_value = true;
    else if ( !strcmp(word, "error_copyback") )
        c->error_copyback = true;
    else if ( !strcmp(word, "resume") )
        return read_resume(c, rest);
    else if ( !strcmp(word, "row") )
        return read_row(c, rest);
    else
        return false;
    return true;
}

void cases_read(const char *file)
{
    FILE *from = fopen(file, "r");
    struct test_case *c = NULL;
    unsigned int number = 0;
    char line[700];

    if ( !from )
        fatal(file, 0, "the file");
    while ( fgets(line, sizeof(line), from) )
    {
        char *text = trimmed(line);

        number++;
        if ( !*text || *text == '#' )
            continue;
        if ( !strncmp(text, "op ", 3) )
        {
            cases = realloc(cases, (nr_cases + 1) * sizeof(*cases));
            if ( !cases )
                abort();
            c = &cases[nr_cases++];
            memset(c, 0, sizeof(*c));
            if ( sscanf(text, "op %23s %39s %*s %23s", c->hypercall, c->op, c->name) < 2 )
                fatal(file, number, text);
            snprintf(c->title, sizeof(c->title), "%s %s%s%s", c->hypercall, c->op,
                     *c->name ? "/" : "", c->name);
            c->layout = model_find(c->hypercall, c->op);
            c->native = model_find_native(c->hypercall, c->op);
            if ( !c->layout )
                fatal(file, number, "no such op: what does hcgen layout say?");
        }
        else if ( !c || !read_line(c, text) )
            fatal(file, number, text);
    }
    fclose(from);
}
