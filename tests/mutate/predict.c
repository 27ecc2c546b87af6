/* SPDX-License-Identifier: MIT */
/*
 * From the tokens that a file had, and the rules of a mutation, to those that
 * it has to have.  Needs tokens.c.
 */
#include <string.h>

#include "predict.h"

static bool is_token(const struct tokens *tokens, size_t at, const char *text)
{
    return at < tokens->count && !strcmp(tokens->at[at], text);
}

/* ---- RULE_TOKENS -------------------------------------------------------- */

static size_t replace_between(const struct rule *rule, struct tokens *tokens, size_t first,
                              size_t *last)
{
    struct tokens from = tokens_of(rule->from), to = tokens_of(rule->to), out = { 0 };
    size_t done = first, times = 0, at;

    while ( (at = tokens_find(tokens, &from, done)) + from.count <= *last &&
            at < tokens->count )
    {
        tokens_add(&out, tokens, times ? done : 0, at);
        tokens_add(&out, &to, 0, to.count);
        done = at + from.count;
        times++;
    }
    if ( !times )
        return 0;
    tokens_add(&out, tokens, done, tokens->count);
    *last = *last + out.count - tokens->count;
    *tokens = out;
    return times;
}

static size_t apply_tokens(const struct rule *rule, struct tokens *tokens)
{
    struct tokens scope = tokens_of(rule->scope ? rule->scope : "");
    size_t at = 0, times = 0, last = tokens->count;

    if ( !rule->scope )
        return replace_between(rule, tokens, 0, &last);
    while ( (at = tokens_find(tokens, &scope, at)) < tokens->count )
    {
        last = tokens_close(tokens, at);
        times += replace_between(rule, tokens, at, &last);
        at = last;
    }
    return times;
}

/* ---- RULE_MEMBER -------------------------------------------------------- */

static bool is_declarator(const struct tokens *tokens, size_t at, const char *text)
{
    return !strcmp(tokens->at[at], text) &&
           (is_token(tokens, at + 1, ";") || is_token(tokens, at + 1, ",") ||
            is_token(tokens, at + 1, "["));
}

/* The nth declarator of that name in the structure; count: there is none. */
static size_t find_member(const struct rule *rule, const struct tokens *tokens)
{
    size_t first, last, nth = rule->nth;

    if ( !tokens_structure(tokens, rule->scope, &first, &last) )
        return tokens->count;
    for ( ; first < last; first++ )
        if ( is_declarator(tokens, first, rule->name) && !nth-- )
            return first;
    return tokens->count;
}

static size_t apply_member(const struct rule *rule, struct tokens *tokens)
{
    struct tokens from = tokens_of(rule->from ? rule->from : "");
    struct tokens to = tokens_of(rule->to ? rule->to : "");
    size_t at = find_member(rule, tokens), end = at + 1;

    if ( at == tokens->count || at < from.count )
        return 0;
    if ( rule->new_length )
    {
        struct tokens length = tokens_of(rule->new_length);

        while ( !is_token(tokens, end, ";") && !is_token(tokens, end, ",") )
            end++;
        *tokens = tokens_replaced(tokens, at + 1, end, &length);
    }
    if ( rule->new_name )
        tokens->at[at] = intern(rule->new_name, strlen(rule->new_name));
    if ( !from.count )
        return 1;
    if ( memcmp(tokens->at + at - from.count, from.at, from.count * sizeof(*from.at)) )
        return 0;
    *tokens = tokens_replaced(tokens, at - from.count, at, &to);
    return 1;
}

/* ---- RULE_DROP_ROWS ----------------------------------------------------- */

/* KIND(from ... ); is gone, for each such row. */
static size_t apply_drop(const struct rule *rule, struct tokens *tokens)
{
    struct tokens from = tokens_of(rule->from), out = { 0 };
    size_t done = 0, times = 0, at;

    while ( (at = tokens_find(tokens, &from, done + 1)) < tokens->count )
    {
        tokens_add(&out, tokens, done, at - 1);
        while ( at < tokens->count && !is_token(tokens, at, ";") )
            at++;
        done = at + 1;
        times++;
    }
    if ( !times )
        return 0;
    tokens_add(&out, tokens, done, tokens->count);
    *tokens = out;
    return times;
}

/* ---- RULE_GUARD --------------------------------------------------------- */

static size_t change_guard(const struct rule *rule, struct guarded *guarded, size_t first,
                           size_t last)
{
    const char *wanted = name("[%s]", rule->guard);
    size_t times = 0;

    for ( ; first < last; first++ )
    {
        const char *guard = guarded->guards.at[first], *at = strstr(guard, wanted);

        if ( !at )
            continue;
        guarded->guards.at[first] = name("%.*s%s%s", (int)(at - guard), guard,
                                         rule->new_guard, at + strlen(wanted));
        times++;
    }
    return times;
}

/* From the token behind the last ; { } or directive. */
static size_t start_of(const struct tokens *tokens, size_t at)
{
    while ( at > 0 && !is_token(tokens, at - 1, ";") && !is_token(tokens, at - 1, "{") &&
            !is_token(tokens, at - 1, "\n") )
    {
        int depth = 0;

        at--;
        /* A structure written out in place. */
        do {
            depth += is_token(tokens, at, "}");
            depth -= is_token(tokens, at, "{");
        } while ( depth && at-- > 0 );
    }
    return at;
}

static size_t guard_member(const struct rule *rule, struct guarded *guarded)
{
    size_t at = find_member(rule, &guarded->tokens), end = at;

    if ( at == guarded->tokens.count )
        return 0;
    while ( !is_token(&guarded->tokens, end, ";") )
        end++;
    return change_guard(rule, guarded, start_of(&guarded->tokens, at), end + 1);
}

/* What begins with 'from' ends with 'to', behind braces if there are any. */
static size_t apply_guard(const struct rule *rule, struct guarded *guarded)
{
    struct tokens from = tokens_of(rule->from ? rule->from : "");
    size_t at = 0, times = 0;

    if ( rule->name )
        return guard_member(rule, guarded);
    while ( (at = tokens_find(&guarded->tokens, &from, at)) < guarded->tokens.count )
    {
        size_t end = at;

        while ( end < guarded->tokens.count && !is_token(&guarded->tokens, end, rule->to) )
            end = is_token(&guarded->tokens, end, "{") ? tokens_close(&guarded->tokens, end)
                                                       : end + 1;
        if ( !strcmp(rule->to, "}") )
            end = tokens_close(&guarded->tokens, at) - 1;
        times += change_guard(rule, guarded, at, end + 1);
        at = end + 1;
    }
    return times;
}

/* ---- all of them -------------------------------------------------------- */

static bool is_about(const struct rule *rule, const char *path)
{
    return text_ends(path, rule->files);
}

bool predict_touches(const struct mutation *mutation, const char *path)
{
    LIST_EACH(rule, &mutation->rules)
        if ( is_about(rule, path) )
            return true;
    return false;
}

struct tokens predict_tokens(const struct mutation *mutation, const char *path,
                             const struct tokens *base, size_t *applied)
{
    struct tokens tokens = { 0 };
    size_t index = 0;

    tokens_add(&tokens, base, 0, base->count);
    LIST_EACH(rule, &mutation->rules)
    {
        size_t times = 0;

        if ( is_about(rule, path) && rule->kind == RULE_TOKENS )
            times = apply_tokens(rule, &tokens);
        else if ( is_about(rule, path) && rule->kind == RULE_MEMBER )
            times = apply_member(rule, &tokens);
        else if ( is_about(rule, path) && rule->kind == RULE_DROP_ROWS )
            times = apply_drop(rule, &tokens);
        applied[index++] += times > 0;
    }
    return tokens;
}

struct guarded predict_guards(const struct mutation *mutation, const char *path,
                              const struct tokens *tokens, size_t *applied)
{
    struct guarded guarded = guarded_of(tokens);
    size_t index = 0;

    LIST_EACH(rule, &mutation->rules)
    {
        if ( is_about(rule, path) && rule->kind == RULE_GUARD )
            applied[index] += apply_guard(rule, &guarded) > 0;
        index++;
    }
    return guarded;
}
