/* SPDX-License-Identifier: MIT */
/*
 * The scanner: preprocessed text -> items.  Comments, strings and lines that
 * go on after a backslash are seen in every file; items are kept only where
 * the line markers say that the text is one of the headers' own.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"

const char *const header_name[HEADER_COUNT] = {
#define X(name) #name ".h",
    HEADERS(X)
#undef X
};

struct scan {
    struct items *items;
    const char *at;
    const char *folder;
    int line;
    int header;             /* whose text this is; -1: nobody's */
    enum item_kind kind;    /* of the tokens up to the line's end */
};

bool item_same(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && a->length == b->length &&
           !memcmp(a->text, b->text, a->length);
}

bool item_is(const struct item *item, const char *text)
{
    return strlen(text) == (size_t)item->length &&
           !memcmp(item->text, text, item->length);
}

static void emit(struct scan *scan, enum item_kind kind, int length)
{
    struct items *items;

    if ( scan->header >= 0 )
    {
        items = &scan->items[scan->header];
        if ( items->count == items->room )
        {
            items->room = items->room ? items->room * 2 : 1024;
            items->list = realloc(items->list,
                                  items->room * sizeof(*items->list));
            if ( !items->list )
                abort();
        }
        items->list[items->count++] =
            (struct item){ kind, scan->at, length, scan->line };
    }
    scan->at += length;
}

static int word_length(const char *at)
{
    int length = 0;

    while ( isalnum((unsigned char)at[length]) || at[length] == '_' )
        length++;
    return length;
}

/* A number as the preprocessor has it: 0x1fUL, 1.5e+3. */
static int number_length(const char *at)
{
    int length = 1;

    while ( isalnum((unsigned char)at[length]) || at[length] == '_' ||
            at[length] == '.' ||
            (strchr("+-", at[length]) && at[length] &&
             strchr("eEpP", at[length - 1]) && tolower(at[1]) != 'x') )
        length++;
    return length;
}

static int quoted_length(const char *at)
{
    int length = 1;

    while ( at[length] && at[length] != *at && at[length] != '\n' )
        length += at[length] == '\\' && at[length + 1] ? 2 : 1;
    return length + (at[length] == *at);
}

static int sign_length(const char *at)
{
    static const char *const signs[] = {
        "...", "<<=", ">>=", "##", "->", "++", "--", "<<", ">>", "<=", ">=",
        "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=",
    };

    for ( size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++ )
        if ( !strncmp(at, signs[i], strlen(signs[i])) )
            return strlen(signs[i]);
    return 1;
}

static int token_length(const char *at)
{
    if ( isalpha((unsigned char)*at) || *at == '_' )
        return word_length(at);
    if ( isdigit((unsigned char)*at) ||
         (*at == '.' && isdigit((unsigned char)at[1])) )
        return number_length(at);
    if ( *at == '"' || *at == '\'' )
        return quoted_length(at);
    return sign_length(at);
}

/* Whether folder/xen.h is path: nobody else's xen.h, such as arch-x86's. */
static int header_find(const char *folder, const char *path, int length)
{
    int prefix = strlen(folder);

    for ( int h = 0; h < HEADER_COUNT; h++ )
        if ( (int)strlen(header_name[h]) + prefix + 1 == length &&
             !memcmp(path, folder, prefix) && path[prefix] == '/' &&
             !memcmp(path + prefix + 1, header_name[h], length - prefix - 1) )
            return h;
    return -1;
}

static void blanks_skip(struct scan *scan)
{
    while ( *scan->at == ' ' || *scan->at == '\t' )
        scan->at++;
}

static void line_skip(struct scan *scan)
{
    scan->at += strcspn(scan->at, "\n");
}

/* # 17 "folder/xen.h": the next line is line 17 of that file. */
static void scan_marker(struct scan *scan)
{
    int length;

    scan->line = strtol(scan->at, (char **)&scan->at, 10) - 1;
    blanks_skip(scan);
    length = quoted_length(scan->at);
    scan->header = header_find(scan->folder, scan->at + 1, length - 2);
    line_skip(scan);
}

static void scan_directive(struct scan *scan)
{
    const char *sign = scan->at++;
    int length;

    blanks_skip(scan);
    if ( isdigit((unsigned char)*scan->at) )
    {
        scan_marker(scan);
        return;
    }

    length = word_length(scan->at);
    if ( length == 6 && !memcmp(scan->at, "define", 6) )
    {
        scan->at += length;
        blanks_skip(scan);
        emit(scan, ITEM_DEFINE, word_length(scan->at));
        if ( *scan->at == '(' )
            emit(scan, ITEM_PARAMETERS, 1);
        scan->kind = ITEM_BODY;
    }
    else if ( length == 5 && !memcmp(scan->at, "undef", 5) )
    {
        scan->at += length;
        blanks_skip(scan);
        emit(scan, ITEM_UNDEF, word_length(scan->at));
    }
    else if ( length == 7 && !memcmp(scan->at, "include", 7) )
    {
        scan->at += length;
        blanks_skip(scan);
        emit(scan, ITEM_INCLUDE, strcspn(scan->at, " \t\n"));
    }
    else                        /* a pragma: its words count like any other */
    {
        scan->at = sign;
        emit(scan, ITEM_TOKEN, 1);
    }
}

static void scan_comment(struct scan *scan)
{
    scan->at += 2;
    while ( *scan->at && strncmp(scan->at, "*/", 2) )
        scan->line += *scan->at++ == '\n';
    if ( *scan->at )
        scan->at += 2;
}

void items_read(struct items items[HEADER_COUNT], const char *text,
                const char *folder)
{
    struct scan scan = { items, text, folder, 1, -1, ITEM_TOKEN };
    bool start = true;          /* of a line: a # is a directive here */

    while ( *scan.at )
    {
        if ( *scan.at == '\n' )
        {
            scan.at++;
            scan.line++;
            scan.kind = ITEM_TOKEN;
            start = true;
        }
        else if ( isspace((unsigned char)*scan.at) )
            scan.at++;
        else if ( !strncmp(scan.at, "\\\n", 2) )
        {
            scan.at += 2;
            scan.line++;
        }
        else if ( !strncmp(scan.at, "/*", 2) )
            scan_comment(&scan);
        else if ( *scan.at == '#' && start )
        {
            start = false;
            scan_directive(&scan);
        }
        else
        {
            start = false;
            emit(&scan, scan.kind, token_length(scan.at));
        }
    }
}

void items_free(struct items items[HEADER_COUNT])
{
    for ( int h = 0; h < HEADER_COUNT; h++ )
        free(items[h].list);
    memset(items, 0, HEADER_COUNT * sizeof(*items));
}
