/* SPDX-License-Identifier: MIT */
/* Generated C as tokens, and what each of them depends on. */
#include <ctype.h>
#include <string.h>

#include "mutate.h"

/* ---- tokens ------------------------------------------------------------- */

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static size_t blank_length(const char *at)
{
    size_t length = 0;

    for ( ;; )
    {
        const char *end;

        if ( at[length] == ' ' || at[length] == '\t' || at[length] == '\f' )
            length++;
        else if ( at[length] == '\\' && at[length + 1] == '\n' )
            length += 2;
        else if ( !strncmp(at + length, "/*", 2) )
        {
            end = strstr(at + length + 2, "*/");
            length = end ? (size_t)(end - at) + 2 : length + strlen(at + length);
        }
        else if ( !strncmp(at + length, "//", 2) )
            length += strcspn(at + length, "\n");
        else
            return length;
    }
}

static size_t quoted_length(const char *at)
{
    size_t length = 1;

    while ( at[length] && at[length] != *at )
        length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    return length + (at[length] != '\0');
}

static size_t sign_length(const char *at)
{
    static const char *const signs[] = {
        "<<=", ">>=", "...", "<<", ">>", "->", "##", "==", "!=", ">=", "<=", "&&", "||",
        "++", "--", "+=", "-=", "|=", "&=", "^=", "*=", "/=", "%=",
    };

    for ( size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++ )
        if ( !strncmp(at, signs[i], strlen(signs[i])) )
            return strlen(signs[i]);
    return 1;
}

static size_t token_length(const char *at)
{
    size_t length = 0;

    if ( *at == '"' || *at == '\'' )
        return quoted_length(at);
    if ( !is_word_byte(*at) )
        return sign_length(at);
    while ( is_word_byte(at[length]) )
        length++;
    return length;
}

struct tokens tokens_of(const char *text)
{
    struct tokens tokens = { 0 };
    bool in_directive = false, at_start = true;

    while ( text += blank_length(text), *text )
    {
        size_t length = 1;

        if ( *text == '\n' )
        {
            if ( in_directive )
                *LIST_ADD(arena, &tokens) = intern("\n", 1);
            in_directive = false;
            at_start = true;
        }
        else
        {
            in_directive |= at_start && *text == '#';
            at_start = false;
            length = token_length(text);
            *LIST_ADD(arena, &tokens) = intern(text, length);
        }
        text += length;
    }
    return tokens;
}

bool tokens_equal(const struct tokens *a, const struct tokens *b)
{
    return a->count == b->count &&
           (!a->count || !memcmp(a->at, b->at, a->count * sizeof(*a->at)));
}

size_t tokens_find(const struct tokens *in, const struct tokens *what, size_t from)
{
    if ( !what->count )
        return in->count;
    for ( size_t i = from; i + what->count <= in->count; i++ )
        if ( in->at[i] == what->at[0] &&
             !memcmp(in->at + i, what->at, what->count * sizeof(*in->at)) )
            return i;
    return in->count;
}

void tokens_add(struct tokens *to, const struct tokens *from, size_t first, size_t last)
{
    for ( ; first < last; first++ )
        *LIST_ADD(arena, to) = from->at[first];
}

struct tokens tokens_replaced(const struct tokens *in, size_t first, size_t last,
                              const struct tokens *others)
{
    struct tokens out = { 0 };

    tokens_add(&out, in, 0, first);
    tokens_add(&out, others, 0, others->count);
    tokens_add(&out, in, last, in->count);
    return out;
}

/* ---- places in them ----------------------------------------------------- */

static bool is_token(const struct tokens *tokens, size_t at, const char *text)
{
    return at < tokens->count && !strcmp(tokens->at[at], text);
}

size_t tokens_close(const struct tokens *in, size_t from)
{
    int depth = 0;

    while ( from < in->count && !is_token(in, from, "{") )
        from++;
    for ( ; from < in->count; from++ )
    {
        depth += is_token(in, from, "{");
        depth -= is_token(in, from, "}");
        if ( !depth )
            return from + 1;
    }
    return in->count;
}

/* The { of the } before this token. */
static size_t open_before(const struct tokens *in, size_t from)
{
    int depth = 0;

    while ( from-- > 0 )
    {
        depth += is_token(in, from, "}");
        depth -= is_token(in, from, "{");
        if ( !depth )
            return from;
    }
    return 0;
}

bool tokens_structure(const struct tokens *in, const char *tag, size_t *from, size_t *to)
{
    for ( size_t i = 1; i + 1 < in->count; i++ )
    {
        if ( strcmp(in->at[i], tag) )
            continue;
        if ( (is_token(in, i - 1, "struct") || is_token(in, i - 1, "union")) &&
             is_token(in, i + 1, "{") )
        {
            *from = i + 1;
            *to = tokens_close(in, i);
            return true;
        }
        /* typedef struct { ... } TAG; */
        if ( is_token(in, i - 1, "}") && is_token(in, i + 1, ";") )
        {
            *from = open_before(in, i);
            *to = i;
            if ( *from && is_token(in, *from - 1, "struct") )
                return true;
        }
    }
    return false;
}

/* ---- guards ------------------------------------------------------------- */

struct guards { struct { const char **at; size_t count, room; } open; };

/* The words of a directive behind its name, with one blank between two. */
static const char *joined(const struct tokens *tokens, size_t from, size_t to)
{
    struct text text = { .arena = arena };

    for ( ; from < to; from++ )
        text_format(&text, "%s%s", text.length ? " " : "", tokens->at[from]);
    return text_string(&text);
}

static const char *condition_of(const struct tokens *tokens, size_t word, size_t to)
{
    const char *text = joined(tokens, word + 1, to);

    if ( is_token(tokens, word, "ifdef") )
        return name("defined ( %s )", text);
    if ( is_token(tokens, word, "ifndef") )
        return name("! defined ( %s )", text);
    return intern(text, strlen(text));
}

static const char *negated(const char *guard)
{
    const char *sign;

    if ( text_starts(guard, "! ") && !strpbrk(guard, "&|") )
        return name("%s", guard + 2);
    sign = strstr(guard, " < ");
    if ( sign && !strpbrk(guard, "&|") )
        return name("%.*s >= %s", (int)(sign - guard), guard, sign + 3);
    sign = strstr(guard, " >= ");
    if ( sign && !strpbrk(guard, "&|") )
        return name("%.*s < %s", (int)(sign - guard), guard, sign + 4);
    return strpbrk(guard, "&|") ? name("! ( %s )", guard) : name("! %s", guard);
}

static bool is_conditional(struct guards *guards, const struct tokens *tokens, size_t word,
                           size_t to)
{
    const char **top = guards->open.count ? &guards->open.at[guards->open.count - 1] : NULL;

    if ( word < to && text_starts(tokens->at[word], "if") )
        *LIST_ADD(arena, &guards->open) = condition_of(tokens, word, to);
    else if ( is_token(tokens, word, "else") && top )
        *top = negated(*top);
    else if ( is_token(tokens, word, "elif") && top )
        *top = name("%s && %s", negated(*top), condition_of(tokens, word, to));
    else if ( is_token(tokens, word, "endif") && top )
        guards->open.count--;
    else
        return false;
    return true;
}

/* All that is open, the outermost first, each in brackets. */
static const char *all_open(const struct guards *guards)
{
    struct text text = { .arena = arena };

    for ( size_t i = 0; i < guards->open.count; i++ )
        text_format(&text, "[%s]", guards->open.at[i]);
    return intern(text_string(&text), text.length);
}

struct guarded guarded_of(const struct tokens *tokens)
{
    struct guards guards = { 0 };
    struct guarded result = { 0 };
    const char *open = all_open(&guards);

    for ( size_t i = 0; i < tokens->count; i++ )
    {
        size_t end = i;

        if ( is_token(tokens, i, "#") )
        {
            while ( end < tokens->count && !is_token(tokens, end, "\n") )
                end++;
            if ( is_conditional(&guards, tokens, i + 1, end) )
            {
                open = all_open(&guards);
                i = end;
                continue;
            }
        }
        *LIST_ADD(arena, &result.tokens) = tokens->at[i];
        *LIST_ADD(arena, &result.guards) = open;
    }
    return result;
}
