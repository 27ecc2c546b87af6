/* SPDX-License-Identifier: MIT */
/* Descriptions as words and statements: a reading that knows no rule. */
#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "mutate.h"

struct descriptions files;
const char *folder;

/* ---- words -------------------------------------------------------------- */

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* 12, 0x7ff0, 3.2.10; but of 1..0 the 1 alone. */
static size_t number_length(const char *at)
{
    size_t length = 0;

    for ( ;; )
    {
        while ( is_word_byte(at[length]) )
            length++;
        if ( at[length] != '.' || !isdigit((unsigned char)at[length + 1]) )
            return length;
        length++;
    }
}

static size_t sign_length(const char *at)
{
    static const char *const pairs[] = {
        "..", "->", "<<", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "##",
    };

    for ( size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++ )
        if ( !strncmp(at, pairs[i], 2) )
            return 2;
    return 1;
}

static void add_word(struct description *file, char kind, size_t at, size_t length, int line)
{
    size_t quotes = kind == 's';

    *LIST_ADD(arena, &file->words) = (struct word){
        intern(file->bytes + at + quotes, length - 2 * quotes), at, length, line, kind,
    };
}

static size_t skip_remark(struct description *file, size_t at, int line)
{
    size_t length = strcspn(file->bytes + at, "\n");

    *LIST_ADD(arena, &file->remarks) = (struct remark){ at + 3, length - 3, line };
    return length;
}

/* From the opening to behind the closing text. */
static size_t skip_to(const char *at, const char *closing)
{
    const char *end = strstr(at + 2, closing);

    return end ? (size_t)(end - at) + strlen(closing) : strlen(at);
}

static size_t skip_string(const char *at)
{
    size_t length = 1;

    while ( at[length] && at[length] != '"' )
        length += at[length] == '\\' ? 2 : 1;
    return length + 1;
}

/* A word that begins with a digit and is no number: 4gb_segments. */
static char digits_kind(const char *at, size_t length)
{
    size_t digits = strspn(at, "0123456789.");

    return digits == length || !strncmp(at, "0x", 2) || !strncmp(at, "0X", 2) ? 'n' : 'w';
}

static size_t one_word(struct description *file, size_t at, int line)
{
    const char *text = file->bytes + at;
    size_t length = 0;
    char kind = '.';

    if ( !strncmp(text, "///", 3) )
        return skip_remark(file, at, line);
    if ( !strncmp(text, "/*", 2) )
        return skip_to(text, "*/");
    if ( !strncmp(text, "%{", 2) )
        return skip_to(text, "%}");
    if ( *text == '"' )
        length = skip_string(text), kind = 's';
    else if ( isdigit((unsigned char)*text) )
    {
        length = number_length(text);
        kind = digits_kind(text, length);
    }
    else if ( is_word_byte(*text) )
    {
        while ( is_word_byte(text[length]) )
            length++;
        kind = 'w';
    }
    else
        length = sign_length(text);
    add_word(file, kind, at, length, line);
    return length;
}

static void read_words(struct description *file)
{
    int line = 1;

    for ( size_t at = 0; at < file->length; )
    {
        size_t length = 1;

        if ( !isspace((unsigned char)file->bytes[at]) )
            length = one_word(file, at, line);
        for ( size_t i = at; i < at + length; i++ )
            line += file->bytes[i] == '\n';
        at += length;
    }
    *LIST_ADD(arena, &file->words) = (struct word){ .text = intern("", 0), .line = line };
}

/* ---- statements --------------------------------------------------------- */

static const struct { const char *word; enum statement_kind kind; } keywords[] = {
    { "interface", INTERFACE }, { "hypercall", HYPERCALL }, { "op", OP },
    { "extend", EXTEND }, { "struct", STRUCT }, { "union", UNION }, { "bits", BITS },
    { "enum", ENUM }, { "status", STATUS }, { "type", TYPE }, { "handle", HANDLE },
    { "const", CONST }, { "macro", MACRO }, { "alias", ALIAS }, { "extern", EXTERN },
    { "section", SECTION }, { "contents", CONTENTS }, { "list", LIST_OPS },
    { "since", GROUP }, { "before", GROUP }, { "for", GROUP }, { "except", GROUP },
};

bool is(const struct statement *statement, size_t index, const char *text)
{
    return !strcmp(text_at(statement, index), text);
}

static bool is_any(const struct statement *statement, size_t index, const char *texts)
{
    return strstr(texts, name(" %s ", text_at(statement, index))) != NULL;
}

/* A word is a keyword unless what follows makes it a name. */
static bool is_keyword(const struct statement *statement, size_t index)
{
    return word_at(statement, index)->kind == 'w' &&
           !is_any(statement, index + 1, " : = , . < [ ");
}

static bool holds_values(const struct statement *statement)
{
    return statement && (statement->kind == BITS || statement->kind == ENUM ||
                         statement->kind == STATUS || statement->kind == TYPEDEF_ENUM ||
                         statement->kind == VALUE);
}

static enum statement_kind two_words(struct statement *statement)
{
    size_t first = statement->first;

    if ( is(statement, first, "removed") )
    {
        statement->name = first + 1 + is(statement, first + 1, "op");
        return statement->name == first + 1 ? REMOVED_VALUE : REMOVED_OP;
    }
    if ( is(statement, first, "typedef") )
    {
        statement->name = first + 2;
        return is(statement, first + 1, "struct") ? TYPEDEF_STRUCT : TYPEDEF_ENUM;
    }
    statement->name = first + 1;
    return statement->colon ? MEMBER : DIRECTION;
}

static enum statement_kind kind_of(struct statement *statement)
{
    size_t first = statement->first;

    statement->name = first;
    if ( statement->parent && statement->parent->kind == INTERFACE )
        return IN_HEAD;
    if ( is_keyword(statement, first) && !is(statement, first + 1, ";") )
    {
        if ( is_any(statement, first, " removed typedef in out inout ") )
            return two_words(statement);
        for ( size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++ )
            if ( is(statement, first, keywords[i].word) )
            {
                statement->name = first + 1;
                if ( is_any(statement, first, " extend extern ") &&
                     is_any(statement, first + 1, " op type struct ") )
                    statement->name++;
                return keywords[i].kind;
            }
    }
    if ( holds_values(statement->parent) )
        return VALUE;
    return statement->colon && !is_keyword(statement, first) ? MEMBER : CLAUSE;
}

/* The end of the statement's own words, and what stands at no depth. */
static void measure(struct statement *statement)
{
    int depth = 0;
    size_t i = statement->first;

    for ( ; word_at(statement, i)->kind && !is_any(statement, i, " ; { "); i++ )
    {
        if ( is_any(statement, i, " ( [ ") )
            depth++;
        else if ( is_any(statement, i, " ) ] ") )
            depth--;
        else if ( !depth && is(statement, i, ":") && !statement->colon )
            statement->colon = i;
        else if ( !depth && is(statement, i, "=") && !statement->equals )
            statement->equals = i;
    }
    statement->last = statement->end = i;
}

static size_t read_statements(struct description *file, struct statement *parent, size_t at)
{
    while ( file->words.at[at].kind && strcmp(file->words.at[at].text, "}") )
    {
        struct statement *statement = arena_alloc(arena, sizeof(*statement));

        *statement = (struct statement){ .file = file, .parent = parent, .first = at };
        *LIST_ADD(arena, &file->statements) = statement;
        if ( parent )
            *LIST_ADD(arena, &parent->body) = statement;
        measure(statement);
        statement->kind = kind_of(statement);
        at = statement->last + 1;
        if ( is(statement, statement->last, "{") )
        {
            at = read_statements(file, statement, at);
            statement->end = at++;
        }
    }
    return at;
}

/* ---- files -------------------------------------------------------------- */

static void read_interface(struct description *file)
{
    struct statement *head = file->statements.count ? file->statements.at[0] : NULL;

    if ( !head || head->kind != INTERFACE )
        fatal("%s: does not begin with an interface", file->path);
    file->interface = text_at(head, head->name);
    /* One architecture, or all that have public headers: ia64 and x86. */
    file->families = find_word(head, head->name, "for") ? 1 : 2;
    for ( size_t i = 0; i < head->body.count; i++ )
        if ( is(head->body.at[i], head->body.at[i]->first, "header") )
            file->header = text_at(head->body.at[i], head->body.at[i]->first + 1);
}

static int by_path(const void *a, const void *b)
{
    return strcmp((*(struct description *const *)a)->path,
                  (*(struct description *const *)b)->path);
}

static void describe(const char *path)
{
    struct description *file = arena_alloc(arena, sizeof(*file));

    file->path = arena_string(arena, path);
    file->bytes = file_bytes(name("%s/%s", folder, path), &file->length);
    if ( !file->bytes )
        fatal("%s/%s: cannot be read", folder, path);
    read_words(file);
    read_statements(file, NULL, 0);
    read_interface(file);
    *LIST_ADD(arena, &files) = file;
}

void describe_all(void)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;

    if ( !stream )
        fatal("%s: cannot be read", folder);
    while ( (entry = readdir(stream)) )
        if ( text_ends(entry->d_name, ".idl") )
            describe(entry->d_name);
    closedir(stream);
    if ( !files.count )
        fatal("%s: no description in it", folder);
    qsort(files.at, files.count, sizeof(*files.at), by_path);
}
