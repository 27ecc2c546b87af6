/* SPDX-License-Identifier: MIT */
/*
 * hcgen dump: the model in the language's own words, one form for each
 * meaning.  What it prints, it prints again in the same way when it reads it.
 * Notes are kept where they are given, by their lines; groups are, where no tail can say the same.  Needs the
 * dump-text-*.c files.
 */
#include <string.h>

#include "commands.h"
#include "dump-text.h"

/* ---- the interface statement ---------------------------------------------------- */

static void put_line(struct dump *dump, const char *word, const char *operands,
                     const struct head_line *read)
{
    struct text line = dump_line(dump);

    dump_notes(dump, &read->where);

    text_add(&line, word);
    dump_pad(&line, COLUMN_HEAD);
    text_add(&line, operands);
    dump_end(dump, &line, read->doc);
}

static void put_uses(struct dump *dump, const struct reference *uses, size_t count,
                     const struct head_line *read)
{
    struct text names = { .arena = dump->arena };

    for ( size_t i = 0; i < count; i++ )
        text_format(&names, "%s%s", i ? ", " : "", uses[i].text);
    if ( count )
        put_line(dump, "uses", text_string(&names), read);
}

/* Those that come first stand in the interface: so they are found at the top. */
static size_t put_contents(struct dump *dump, const struct interface *interface)
{
    const struct decl_list *decls = &interface->decls;
    size_t i = 0;

    for ( ; i < decls->count; i++ )
    {
        const struct decl *decl = decls->at[i];
        struct text line = dump_line(dump);

        if ( decl->kind != DECL_contents || decl->conditions.count )
            break;
        dump_notes(dump, &decl->where);
        text_add(&line, "contents");
        dump_pad(&line, COLUMN_HEAD);
        dump_contents(&line, decl);
        dump_end(dump, &line, decl->doc);
    }
    return i;
}

static size_t put_head(struct dump *dump, const struct interface *interface)
{
    size_t before = interface->uses_before_guard, done;
    struct text line = dump_line(dump);

    dump_notes(dump, &interface->where);
    text_format(&line, "interface %s", interface->name);
    dump_conditions(dump, &line, &interface->conditions, 0);
    dump_open(dump, &line, interface->doc);
    put_uses(dump, interface->uses.at, before, &interface->uses_lines[0]);
    put_line(dump, "header", arena_format(dump->arena, "\"%s\" guard %s", interface->header,
                                          interface->guard), &interface->header_line);
    if ( interface->copyright )
        put_line(dump, "copyright", arena_format(dump->arena, "\"%s\"", interface->copyright),
                 &interface->copyright_line);
    done = put_contents(dump, interface);
    if ( interface->uses.count > before )
        put_uses(dump, interface->uses.at + before, interface->uses.count - before,
                 &interface->uses_lines[1]);
    if ( interface->has_legacy )
        put_line(dump, "legacy", arena_format(dump->arena, "ops %llu..%llu \"%s\"",
                 (unsigned long long)interface->legacy.low,
                 (unsigned long long)interface->legacy.high, interface->legacy_reason),
                 &interface->legacy_line);
    dump_close(dump);
    return done;
}

/* ---- a file ------------------------------------------------------------------------ */

/* Lines of one kind stand together, up to the next that says what it is for. */
static bool is_apart(const struct decl *decl, const struct decl *before)
{
    return !before || decl->doc || decl->kind != before->kind || dump_has_body(decl) ||
           dump_has_body(before) ||
           decl->is_extern != before->is_extern;
}

static void put_interface(struct dump *dump, const struct interface *interface)
{
    const struct decl *before = NULL;

    for ( size_t i = put_head(dump, interface); i < interface->decls.count; i++ )
    {
        const struct decl *decl = interface->decls.at[i];
        size_t outer = dump_outer(&decl->conditions, dump_takes_tails(decl));

        dump_groups(dump, &decl->conditions, outer);
        if ( is_apart(decl, before) )
            dump_gap(dump);
        dump_notes(dump, &decl->where);
        dump_decl(dump, decl);
        before = decl;
    }
    dump_groups(dump, &dump->groups, 0);
    dump_notes(dump, NULL);
}

void dump_text(const struct model *model, const struct note_list *notes, FILE *stream)
{
    struct dump dump = { .arena = model->arena, .stream = stream, .notes = notes };

    for ( size_t i = 0; i < model->interfaces.count; i++ )
    {
        const struct interface *interface = model->interfaces.at[i];

        if ( model->interfaces.count > 1 )
            fprintf(stream, "%s/* %s */\n\n", i ? "\n" : "", interface->source->path);
        put_interface(&dump, interface);
    }
}
