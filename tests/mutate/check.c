/* SPDX-License-Identifier: MIT */
/*
 * Does what the compiler wrote fit the prediction?  Needs predict.c and what
 * run.c has started.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "predict.h"

struct outputs outputs;

#define LAYOUT "check/layout.c"

/* ---- reasons ------------------------------------------------------------ */

static const char *why_not(const char *format, ...) __attribute__((format(printf, 1, 2)));

static const char *why_not(const char *format, ...)
{
    va_list arguments;
    const char *text;

    va_start(arguments, format);
    text = arena_vformat(arena, format, arguments);
    va_end(arguments);
    return text;
}

static const char *around(const struct tokens *tokens, size_t at)
{
    struct text text = { .arena = arena };
    size_t first = at > 4 ? at - 4 : 0;

    for ( size_t i = first; i < tokens->count && i < at + 5; i++ )
        text_format(&text, "%s%s", text.length ? " " : "",
                    *tokens->at[i] == '\n' ? "|" : tokens->at[i]);
    return text_string(&text);
}

static size_t first_difference(const struct tokens *a, const struct tokens *b)
{
    size_t i = 0;

    while ( i < a->count && i < b->count && a->at[i] == b->at[i] )
        i++;
    return i;
}

/* ---- numbers in layout.c ------------------------------------------------ */

/* The tag that the row with this token is about; NULL: no row of a structure. */
static const char *row_tag(const struct tokens *tokens, size_t at)
{
    while ( at > 0 && strcmp(tokens->at[at], "(") )
        at--;
    if ( !at || (strcmp(tokens->at[at - 1], "SIZE") && strcmp(tokens->at[at - 1], "OFFSET") &&
                 strcmp(tokens->at[at - 1], "FIELD_SIZE")) )
        return NULL;
    at++;
    return tokens->at[at + (!strcmp(tokens->at[at], "struct") ||
                            !strcmp(tokens->at[at], "union"))];
}

static bool has_name(const struct names *names, const char *text)
{
    for ( size_t i = 0; text && i < names->count; i++ )
        if ( !strcmp(names->at[i], text) )
            return true;
    return false;
}

static const char *check_rows(const struct mutation *mutation, const struct tokens *wanted,
                              const struct tokens *got)
{
    if ( wanted->count != got->count )
        return why_not("other rows: %s", around(got, first_difference(wanted, got)));
    for ( size_t i = 0; i < got->count; i++ )
        if ( wanted->at[i] != got->at[i] &&
             (strspn(got->at[i], "0123456789") != strlen(got->at[i]) ||
              !has_name(&mutation->layout, row_tag(got, i))) )
            return why_not("a row that has nothing to do with it: %s", around(got, i));
    return NULL;
}

/* ---- files -------------------------------------------------------------- */

static const char *check_guards(const struct mutation *mutation, const char *path,
                                const struct tokens *wanted, const struct tokens *got,
                                size_t *applied)
{
    struct guarded a = predict_guards(mutation, path, wanted, applied);
    struct guarded b = guarded_of(got);
    size_t at = first_difference(&a.tokens, &b.tokens);

    if ( !tokens_equal(&a.tokens, &b.tokens) )
        return why_not("wanted '%s', got '%s'", around(&a.tokens, at), around(&b.tokens, at));
    at = first_difference(&a.guards, &b.guards);
    if ( at < a.guards.count )
        return why_not("at '%s': wanted under %s, is under %s", around(&b.tokens, at),
                       a.guards.at[at], b.guards.at[at]);
    return NULL;
}

static const char *check_tokens(const struct mutation *mutation, const struct output *output,
                                const char *text, size_t *applied, bool *changes)
{
    struct tokens got = tokens_of(text);
    struct tokens wanted = predict_tokens(mutation, output->path, &output->tokens, applied);
    size_t at = first_difference(&wanted, &got);

    *changes |= !tokens_equal(&wanted, &output->tokens);
    if ( mutation->by_guards )
        return check_guards(mutation, output->path, &wanted, &got, applied);
    if ( tokens_equal(&wanted, &got) )
        return NULL;
    if ( mutation->layout.count && text_ends(output->path, LAYOUT) )
        return check_rows(mutation, &wanted, &got);
    return why_not("wanted '%s', got '%s'", around(&wanted, at), around(&got, at));
}

static bool same_bytes(const struct output *output, const char *text, size_t length)
{
    return text && length == output->length && !memcmp(text, output->text, length);
}

static const char *check_outputs(const struct mutation *mutation, const char *folder_out)
{
    size_t *applied = arena_alloc(arena, (mutation->rules.count + 1) * sizeof(*applied));
    bool changes = false, says = false;

    LIST_EACH(output, &outputs)
    {
        size_t length;
        const char *text = file_bytes(name("%s/%s", folder_out, output->path), &length), *why;

        if ( !text )
            return why_not("%s is gone", output->path);
        if ( same_bytes(output, text, length) && !predict_touches(mutation, output->path) )
            continue;
        why = check_tokens(mutation, output, text, applied, &changes);
        if ( why )
            return why_not("%s: %s", output->path, why);
        says |= mutation->comment && strstr(text, mutation->comment);
    }
    for ( size_t i = 0; i < mutation->rules.count; i++ )
        if ( applied[i] < (size_t)mutation->rules.at[i].least )
            return why_not("predicted in %d files, found in %zu: '%s'",
                           mutation->rules.at[i].least, applied[i],
                           mutation->rules.at[i].from ? mutation->rules.at[i].from
                                                      : mutation->rules.at[i].name);
    if ( mutation->rules.count && !changes && !mutation->by_guards )
        return "predicts no change at all";
    return mutation->comment && !says ? "no comment has the new text" : NULL;
}

/* ---- what hcgen dump prints --------------------------------------------- */

static const char *line_end(const char *at)
{
    return at + strcspn(at, "\n");
}

/* One line differs, and in it one text has become another. */
static const char *check_dump(const struct mutation *mutation, const char *base,
                              const char *got)
{
    size_t changed = 0;

    while ( *base || *got )
    {
        const char *a = line_end(base), *b = line_end(got);
        struct tokens was = tokens_of(arena_copy(arena, base, (size_t)(a - base)));
        struct tokens now = tokens_of(arena_copy(arena, got, (size_t)(b - got)));
        struct tokens from = tokens_of(mutation->dump_from), to = tokens_of(mutation->dump_to);
        size_t at = tokens_find(&was, &from, 0);

        if ( !tokens_equal(&was, &now) )
        {
            struct tokens wanted = { 0 };

            if ( at < was.count )
                wanted = tokens_replaced(&was, at, at + from.count, &to);
            if ( !tokens_equal(&wanted, &now) )
                return why_not("dump: '%.*s' became '%.*s'", (int)(a - base), base,
                               (int)(b - got), got);
            changed++;
        }
        base = a + (*a == '\n');
        got = b + (*b == '\n');
    }
    return changed == 1 ? NULL : why_not("dump: %zu lines changed", changed);
}

/* ---- refusals ----------------------------------------------------------- */

static const char *check_untouched(const char *folder_out)
{
    LIST_EACH(output, &outputs)
    {
        size_t length;
        const char *text = file_bytes(name("%s/%s", folder_out, output->path), &length);

        if ( !same_bytes(output, text, length) )
            return why_not("refused, and %s has changed all the same", output->path);
    }
    return NULL;
}

/* The first line that says error; its id stands at the end, in brackets. */
static const char *check_refusal(const struct mutation *mutation, const struct run *run)
{
    const char *at = strstr(run->complaint, ": error: "), *end, *id;

    if ( run->status != 1 || !at )
        return why_not("wanted a refusal [%s], got exit %d", mutation->refusals.at[0],
                       run->status);
    end = line_end(at);
    for ( id = end; id > at && *id != '['; id-- )
        continue;
    for ( size_t i = 0; i < mutation->refusals.count; i++ )
        if ( !strncmp(id, name("[%s]", mutation->refusals.at[i]), (size_t)(end - id)) )
            return NULL;
    return why_not("wanted [%s]: %.*s", mutation->refusals.at[0], (int)(end - at), at);
}

const char *check(const struct mutation *mutation, struct workplace *place)
{
    struct run run = run_gen(place);
    const char *why;

    if ( mutation->refusals.count )
    {
        why = check_refusal(mutation, &run);
        return why ? why : check_untouched(place->out);
    }
    if ( run.status )
        return why_not("exit %d: %.*s", run.status,
                       (int)(line_end(run.complaint) - run.complaint), run.complaint);
    why = run_new_files(place);
    if ( !why )
        why = check_outputs(mutation, place->out);
    if ( !why && mutation->layout.count )
        why = run_layout(place);
    if ( !why && mutation->layout.count )
        why = check_ia64(place);
    if ( !why && mutation->dump_from )
    {
        run = run_dump(place);
        why = run.status ? why_not("dump: exit %d", run.status)
                         : check_dump(mutation, base_dump, run.output);
    }
    return why;
}
