/* SPDX-License-Identifier: MIT */
/*
 * probe FOLDER FLAGS...
 *
 * Print a C file that asks a compiler for everything the headers in FOLDER
 * declare in that view: sizes, alignments, offsets, values.  The answers stand
 * in the assembly it makes of it (layout.awk reads them), so nothing has to
 * run and a cross compiler does.  A line for each question; the compiler may
 * refuse the macros that are no integer constants, nothing else.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "items.h"
#include "views.h"

struct range {
    int from;
    int end;
};

static const struct items *items;       /* of the header at work */
static const char *header;

static void probe_members(struct range body, const char *type,
                          const char *path);

static bool is(int at, const char *text)
{
    return item_is(&items->list[at], text);
}

static bool is_word(int at)
{
    char first = *items->list[at].text;

    return isalpha((unsigned char)first) || first == '_';
}

static void copy_word(char *to, size_t size, int at)
{
    snprintf(to, size, "%.*s", items->list[at].length, items->list[at].text);
}

/* From an opening bracket to what follows the one that closes it. */
static int bracket_skip(int at)
{
    int depth = 0;

    do {
        if ( is(at, "{") || is(at, "(") || is(at, "[") )
            depth++;
        else if ( is(at, "}") || is(at, ")") || is(at, "]") )
            depth--;
        at++;
    } while ( depth && at < items->count );
    return at;
}

/* One declaration, taken apart. */
struct declaration {
    bool is_typedef;
    bool is_enum;
    bool has_body;
    struct range body;
    char tag[128];              /* "struct x", "" without a tag */
    int declarators;            /* where they begin */
    int end;                    /* after the semicolon */
};

static struct declaration declaration_read(int at)
{
    struct declaration d = { .declarators = at };
    const char *kind = NULL;

    for ( ; at < items->count && !is(at, ";"); at++ )
    {
        if ( is(at, "typedef") )
            d.is_typedef = true;
        else if ( is(at, "struct") || is(at, "union") || is(at, "enum") )
        {
            kind = is(at, "struct") ? "struct"
                                    : is(at, "union") ? "union" : "enum";
            d.is_enum = is(at, "enum");
        }
        else if ( is(at, "{") )
        {
            if ( kind && is_word(at - 1) && !is(at - 1, kind) )
                snprintf(d.tag, sizeof(d.tag), "%s %.*s", kind,
                         items->list[at - 1].length, items->list[at - 1].text);
            d.has_body = true;
            d.body.from = at + 1;
            at = bracket_skip(at);
            d.body.end = at - 1;
            d.declarators = at--;
        }
        else if ( is(at, "(") || is(at, "[") )
            at = bracket_skip(at) - 1;
    }
    d.end = at + 1;
    return d;
}

/* The next name that d declares, from at on; 0: no more. */
static int declarator_next(const struct declaration *d, int at)
{
    for ( ; at < d->end - 1; at++ )
    {
        if ( is(at, "(") || is(at, "[") )
            at = bracket_skip(at) - 1;
        else if ( is_word(at) && (is(at + 1, ";") || is(at + 1, ",") ||
                                  is(at + 1, "[") || is(at + 1, ":")) )
            return at;
    }
    return 0;
}

static void probe_type(const char *type)
{
    printf("TYPE(\"%s %s\", %s)\n", header, type, type);
}

static void probe_enumerators(struct range body)
{
    for ( int at = body.from; at < body.end; at++ )
        if ( is_word(at) &&
             (at == body.from || is(at - 1, ",")) )
            printf("VALUE(\"%s %.*s\", %.*s)\n", header,
                   items->list[at].length, items->list[at].text,
                   items->list[at].length, items->list[at].text);
}

/* One member, and what lies in it. */
static void probe_member(const struct declaration *d, int at,
                         const char *type, const char *path)
{
    bool open = is(at + 1, "[") && is(at + 2, "]");     /* no size known */
    char full[512], name[128];

    copy_word(name, sizeof(name), at);
    snprintf(full, sizeof(full), "%s%s%s", path, *path ? "." : "", name);
    printf("%s(\"%s %s.%s\", %s, %s)\n", open ? "OPEN" : "MEMBER", header,
           type, full, type, full);
    if ( d->has_body && !d->is_enum && !is(at + 1, "[") )
        probe_members(d->body, type, full);
}

static void probe_members(struct range body, const char *type,
                          const char *path)
{
    struct declaration d;

    for ( int at = body.from; at < body.end; at = d.end )
    {
        int name;

        d = declaration_read(at);
        if ( *d.tag )           /* a tag is known outside as well */
        {
            probe_type(d.tag);
            probe_members(d.body, d.tag, "");
        }
        name = declarator_next(&d, d.declarators);
        if ( !name && d.has_body )
            probe_members(d.body, type, path);
        for ( ; name; name = declarator_next(&d, name + 1) )
            probe_member(&d, name, type, path);
    }
}

static void probe_typedef(const struct declaration *d, int at)
{
    char name[128];

    copy_word(name, sizeof(name), at);
    probe_type(name);
    if ( d->has_body && !d->is_enum && !*d->tag )
        probe_members(d->body, name, "");
}

static void probe_declarations(void)
{
    struct declaration d;

    for ( int at = 0; at < items->count; at = d.end )
    {
        d = declaration_read(at);
        if ( d.is_enum && d.has_body )
            probe_enumerators(d.body);
        else if ( *d.tag )
        {
            probe_type(d.tag);
            probe_members(d.body, d.tag, "");
        }
        if ( d.is_typedef )
            for ( int name = declarator_next(&d, d.declarators); name;
                  name = declarator_next(&d, name + 1) )
                probe_typedef(&d, name);
    }
}

/* A macro without parameters as it is, one with one parameter at 0, 1, 5. */
static void probe_macros(void)
{
    static const int points[] = { 0, 1, 5 };
    char name[128];

    for ( int at = 0; at < items->count; at++ )
    {
        bool call = at + 1 < items->count &&
                    items->list[at + 1].kind == ITEM_PARAMETERS;

        if ( items->list[at].kind != ITEM_DEFINE )
            continue;
        copy_word(name, sizeof(name), at);
        if ( !call && at + 1 < items->count &&
             items->list[at + 1].kind == ITEM_BODY )
            printf("CONSTANT(\"%s %s\", %s)\n", header, name, name);
        for ( int p = 0; call && is(at + 3, ")") && p < 3; p++ )
            printf("CONSTANT(\"%s %s(%d)\", %s(%d))\n", header, name,
                   points[p], name, points[p]);
    }
}

/* Only the tokens of declarations. */
static struct items tokens_only(const struct items *all)
{
    struct items some = { .list = calloc(all->count + 4, sizeof(*some.list)) };

    if ( !some.list )
        abort();
    for ( int i = 0; i < all->count; i++ )
        if ( all->list[i].kind == ITEM_TOKEN )
            some.list[some.count++] = all->list[i];
    for ( int i = 0; i < 4; i++ )       /* so that one may look ahead */
        some.list[some.count + i].text = "";
    return some;
}

static void preamble(void)
{
    puts("/* Made by tests/headers/probe. */\n"
         "#include <stddef.h>\n"
         "#include <stdint.h>");
    for ( int h = 0; h < HEADER_COUNT; h++ )
        printf("#include \"%s\"\n", header_name[h]);
    puts("#include \"probe.h\"");
}

int main(int argc, char **argv)
{
    static struct items all[HEADER_COUNT];
    char command[2048] = "gcc -E -dDI -nostdinc -ffreestanding -x c", *text;
    const char *folder;
    int status;

    if ( argc < 2 )
        return 2;
    folder = folder_find(argv[1]);
    for ( int i = 2; i < argc; i++ )
        strncat(strcat(command, " "), argv[i], 64);
    for ( int h = 0; h < HEADER_COUNT; h++ )
        snprintf(command + strlen(command), 400, " -include %.300s/%s",
                 folder, header_name[h]);
    strcat(command, " /dev/null");
    text = command_output(command, &status);
    if ( status )
        return 1;

    items_read(all, text, folder);
    preamble();
    for ( int h = 0; h < HEADER_COUNT; h++ )
    {
        struct items tokens = tokens_only(&all[h]);

        header = header_name[h];
        items = &tokens;
        probe_declarations();
        items = &all[h];
        probe_macros();
        free(tokens.list);
    }
    return 0;
}
