/* SPDX-License-Identifier: MIT */
/*
 * What is no C: comments, and clauses, which only dispatchers will show.  The
 * texts of macros are C, and go through as they are.
 */
#include <stdlib.h>
#include <string.h>

#include "names.h"

#define MARK "changedword"

/* ---- comments ----------------------------------------------------------- */

/* The statement that stands before the remark on its line, or the next one. */
static struct statement *subject_of(struct description *file, const struct remark *remark)
{
    struct statement *behind = NULL;

    EACH_STATEMENT(statement, file)
    {
        size_t at = word_at(statement, statement->first)->at;

        if ( at > remark->at )
        {
            bool is_behind = behind && word_at(behind, behind->last)->line == remark->line;

            return is_behind ? behind : statement;
        }
        behind = statement;
    }
    return NULL;
}

static bool is_shown(const struct statement *subject)
{
    static const enum statement_kind kinds[] = {
        INTERFACE, HYPERCALL, OP, STRUCT, UNION, TYPEDEF_STRUCT, BITS, STATUS, TYPE, CONST,
        ALIAS, MEMBER, VALUE,
    };
    bool shown = false;

    for ( size_t i = 0; subject && i < sizeof(kinds) / sizeof(kinds[0]); i++ )
        shown |= subject->kind == kinds[i];
    /* Neither what comes from elsewhere nor a legacy part has a place in C. */
    if ( shown && subject->kind == VALUE && !is_strict(subject) )
        shown = !is(subject, subject->equals + 2, "..");
    return shown;
}

static void comment(struct description *file, const struct remark *remark)
{
    struct statement *subject = subject_of(file, remark);
    struct mutation *mutation;

    /* Markers of the reference manual stand as they are. */
    if ( !is_shown(subject) || memchr(file->bytes + remark->at, '`', remark->length) ||
         !remark->length )
        return;
    mutation = mutation_new(KIND_text, subject, subject->first);
    mutation->place = name("%s:%d", file->path, remark->line);
    mutation_cut(mutation, file, remark->at + remark->length, 0, " " MARK);
    mutation->comment = MARK;
}

static void quoted(struct statement *statement, size_t word, const char *mark)
{
    struct word *string = word_at(statement, word);
    struct mutation *mutation = mutation_new(KIND_text, statement, word);

    mutation_cut(mutation, statement->file, string->at + string->length - 1, 0, mark);
    mutation->comment = strchr(mark, 'c');
}

static size_t string_of(const struct statement *statement)
{
    for ( size_t i = statement->first; i < statement->last; i++ )
        if ( word_at(statement, i)->kind == 's' )
            return i;
    return 0;
}

static void texts_of(struct statement *statement)
{
    size_t string = string_of(statement);
    bool of_op = statement->parent && statement->parent->kind == OP;

    if ( !string )
        return;
    if ( statement->kind == SECTION || statement->kind == CONTENTS ||
         statement->kind == REMOVED_OP ||
         (statement->kind == IN_HEAD && is(statement, statement->first, "copyright")) ||
         (statement->kind == CLAUSE && of_op && is(statement, statement->first, "error")) )
        quoted(statement, string, " " MARK);
}

/* ---- macros ------------------------------------------------------------- */

static void macro_text(struct statement *macro)
{
    size_t string = macro->equals + 1;
    const char *text = text_at(macro, string);
    struct text parameters = { .arena = arena };
    struct mutation *mutation = mutation_new(KIND_macro_text, macro, string);

    for ( size_t i = macro->name + 1; i < macro->equals; i++ )
        text_add(&parameters, text_at(macro, i));
    mutation_edit(mutation, macro, string, name("\"%s + other\"", text));
    mutation_tokens(mutation, header_of(macro), macro->file->families,
                    name("#define %s%s %s\n", text_at(macro, macro->name),
                         text_string(&parameters), text),
                    name("#define %s%s %s + other\n", text_at(macro, macro->name),
                         text_string(&parameters), text));
    /* Two alike are told apart by their conditions alone. */
    EACH_STATEMENT(other_macro, macro->file)
        if ( other_macro != macro && other_macro->kind == MACRO &&
             is(other_macro, other_macro->name, text_at(macro, macro->name)) &&
             is(other_macro, other_macro->equals + 1, text) )
        {
            mutation_drop(mutation);
            return;
        }
}

/* ---- clauses ------------------------------------------------------------ */

static void clause(struct statement *statement, size_t word, const char *new)
{
    struct mutation *mutation = mutation_new(KIND_clause, statement, word);

    mutation_edit(mutation, statement, word, new);
    mutation->dump_from = name("%s %s", text_at(statement, word - 1), text_at(statement, word));
    mutation->dump_to = name("%s %s", text_at(statement, word - 1), new);
}

static void clauses_of(struct statement *statement)
{
    size_t first = statement->first;

    if ( is(statement, first, "preempt") && is(statement, first + 1, "every") )
        clause(statement, first + 2, name("%d", atoi(text_at(statement, first + 2)) / 2));
    if ( is(statement, first, "xsm") && !is(statement, first + 1, "none") &&
         !xsm_is_repeated(statement) )
        clause(statement, first + 1, name("other_%s", text_at(statement, first + 1)));
    if ( is(statement, first, "error") && is(statement, first + 1, "EINVAL") )
        clause(statement, first + 1, "EXDEV");
    if ( is(statement, first, "single") && is(statement, first + 2, "EINVAL") )
        clause(statement, first + 2, "EPERM");
    if ( is(statement, first, "require") && find_word(statement, first, "else") &&
         is(statement, find_word(statement, first, "else") + 1, "EINVAL") )
        clause(statement, find_word(statement, first, "else") + 1, "EDOM");
}

/* ---- registers ---------------------------------------------------------- */

static struct description *table(const char *path)
{
    struct description *file = arena_alloc(arena, sizeof(*file));

    file->path = path;
    file->bytes = file_bytes(name("%s/%s", folder, path), &file->length);
    if ( !file->bytes )
        fatal("%s/%s: cannot be read", folder, path);
    return file;
}

/* In every way into the hypervisor that the architecture has. */
static void one_register(struct description *file, const char *old, const char *new)
{
    struct statement nowhere = { .file = files.at[0] };
    struct mutation *mutation = mutation_new(KIND_register, &nowhere, 0);
    const char *at = file->bytes;

    mutation->place = file->path;
    while ( (at = strstr(at, "arguments: [")) )
    {
        const char *end = strchr(at, ']'), *found = strstr(at, old);

        if ( found && found < end )
            mutation_cut(mutation, file, (size_t)(found - file->bytes), strlen(old), new);
        at = end;
    }
    mutation_tokens(mutation, "x86/guest/hc.h", 1, name("\"%s\"", old), name("\"%s\"", new));
}

static void registers(void)
{
    struct description *wide = table("arch/x86_64.yaml"), *narrow = table("arch/x86_32.yaml");

    one_register(wide, "rdi", "r12");
    one_register(wide, "rsi", "r13");
    one_register(wide, "rdx", "r14");
    one_register(wide, "r10", "r15");
    one_register(wide, "r8", "r9");
    one_register(narrow, "esi", "ebp");
    one_register(narrow, "edi", "ebp");
}

void make_texts(void)
{
    EACH_FILE(file)
    {
        LIST_EACH(remark, &(*file)->remarks)
            comment(*file, remark);
        EACH_STATEMENT(statement, *file)
        {
            texts_of(statement);
            if ( statement->kind == MACRO )
                macro_text(statement);
            if ( statement->kind == CLAUSE )
                clauses_of(statement);
        }
    }
    registers();
}
