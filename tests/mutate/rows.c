/* SPDX-License-Identifier: MIT */
/*
 * The numbers of ia64's layout.c.  No C compiler looks at them here; but what
 * was as on x86_64 before has to be so afterwards, and x86_64's are looked at.
 */
#include <string.h>

#include "check.h"

/* What a row is about, with its number apart: OFFSET(struct x, y, and 8. */
struct row { const char *subject, *number; };
struct rows { struct row *at; size_t count, room; };

static bool is_row(const struct tokens *tokens, size_t at)
{
    return (!strcmp(tokens->at[at], "SIZE") || !strcmp(tokens->at[at], "OFFSET") ||
            !strcmp(tokens->at[at], "FIELD_SIZE")) && at + 1 < tokens->count &&
           !strcmp(tokens->at[at + 1], "(");
}

/* Those of the first architecture. */
static struct rows rows_of(const struct tokens *tokens)
{
    struct rows rows = { 0 };

    for ( size_t i = 0; i < tokens->count && strcmp(tokens->at[i], "elif"); i++ )
    {
        struct text subject = { .arena = arena };

        if ( !is_row(tokens, i) )
            continue;
        for ( ; i + 1 < tokens->count && strcmp(tokens->at[i + 1], ")"); i++ )
            text_format(&subject, "%s ", tokens->at[i]);
        *LIST_ADD(arena, &rows) = (struct row){ text_string(&subject), tokens->at[i] };
    }
    return rows;
}

static struct map numbers_of(const struct tokens *tokens)
{
    struct map map = { .arena = arena };
    struct rows rows = rows_of(tokens);

    LIST_EACH(row, &rows)
        map_add(&map, row->subject, (void *)row->number);
    return map;
}

static const struct tokens *base_tokens(const char *path)
{
    LIST_EACH(output, &outputs)
        if ( !strcmp(output->path, path) )
            return &output->tokens;
    fatal("the compiler makes no %s", path);
}

static struct tokens tokens_in(const struct workplace *place, const char *path)
{
    char *text = file_bytes(name("%s/%s", place->out, path), NULL);

    return tokens_of(text ? text : "");
}

const char *check_ia64(const struct workplace *place)
{
    static const char x86_path[] = "x86/check/layout.c", ia64_path[] = "ia64/check/layout.c";
    struct tokens x86_tokens = tokens_in(place, x86_path);
    struct tokens ia64_tokens = tokens_in(place, ia64_path);
    struct map x86_was = numbers_of(base_tokens(x86_path)), x86_is = numbers_of(&x86_tokens);
    struct map ia64_was = numbers_of(base_tokens(ia64_path));
    struct rows ia64_is = rows_of(&ia64_tokens);

    LIST_EACH(row, &ia64_is)
        if ( map_find(&ia64_was, row->subject) &&
             map_find(&ia64_was, row->subject) == map_find(&x86_was, row->subject) &&
             row->number != map_find(&x86_is, row->subject) )
            return name("%s: %s%s, which is no longer as on x86_64", ia64_path, row->subject,
                        row->number);
    return NULL;
}
