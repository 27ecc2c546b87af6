/* SPDX-License-Identifier: MIT */
/*
 * Reading abi.lock.
 *
 * Needs the file.  A line that cannot be understood is an error [lock]; the
 * others are taken.
 */
#include <string.h>

#include "lock-entry.h"

struct reader {
    struct model *model;
    struct lock *lock;
    struct span where;          /* the line */
    char *at;                   /* what is left of it */
    bool ends_part;             /* a comma stood behind the last word */
};

/* The next word of the line, or NULL; a comma ends one. */
static const char *next_word(struct reader *reader)
{
    char *word = reader->at + strspn(reader->at, " ");
    size_t length = strcspn(word, " ,");

    reader->ends_part = word[length] == ',';
    reader->at = word + length;
    if ( *reader->at )
        *reader->at++ = '\0';
    return length ? word : NULL;
}

static void refuse(struct reader *reader, const char *why, const char *word)
{
    diag_error(reader->model->diag, CHECK_lock, reader->where, why, word);
    diag_help(reader->model->diag, (struct span){ 0 },
              "the file is written by hcgen lock --update alone");
}

/* LABEL VALUE ..., up to a comma or the end; false: it is something else. */
static bool read_attributes(struct reader *reader, struct lock_attributes *attributes)
{
    const char *label, *value;

    while ( (label = next_word(reader)) )
    {
        value = reader->ends_part ? NULL : next_word(reader);
        if ( !value )
        {
            refuse(reader, "'%s' has no value", label);
            return false;
        }
        *LIST_ADD(reader->lock->arena, attributes) =
            (struct lock_attribute){ label, value };
        if ( reader->ends_part )
            break;
    }
    return true;
}

/* What an ABI has in place of, or besides, what all have. */
static struct lock_attributes merged(struct arena *arena,
                                     const struct lock_attributes *usual,
                                     const struct lock_attributes *own)
{
    struct lock_attributes all = { 0 };
    const char *value;

    LIST_EACH(attribute, usual)
    {
        value = lock_value(own, attribute->label);
        if ( !value )
            value = attribute->value;
        if ( strcmp(value, "-") )
            *LIST_ADD(arena, &all) = (struct lock_attribute){ attribute->label, value };
    }
    LIST_EACH(attribute, own)
        if ( !lock_value(usual, attribute->label) )
            *LIST_ADD(arena, &all) = *attribute;
    return all;
}

/* An ABI that a line names. */
static size_t read_abi(struct reader *reader, const char *name)
{
    size_t abi = lock_find_abi(reader->lock, name);

    if ( abi == reader->lock->nr_abis )
        refuse(reader, "no line says 'abi %s'", name);
    return abi;
}

static bool read_only(struct reader *reader, struct lock_entry *entry)
{
    const char *name;
    size_t abi;

    memset(entry->is_there, false, reader->lock->nr_abis);
    while ( (name = next_word(reader)) )
    {
        abi = read_abi(reader, name);
        if ( abi == reader->lock->nr_abis )
            return false;
        entry->is_there[abi] = true;
        if ( reader->ends_part )
            break;
    }
    return true;
}

static bool read_parts(struct reader *reader, struct lock_entry *entry)
{
    struct lock_attributes usual = { 0 };
    struct lock *lock = reader->lock;
    const char *name;

    if ( !read_attributes(reader, &usual) )
        return false;
    for ( size_t i = 0; i < lock->nr_abis; i++ )
    {
        entry->is_there[i] = true;
        entry->on[i] = usual;
    }
    while ( reader->ends_part && (name = next_word(reader)) )
    {
        struct lock_attributes own = { 0 };
        size_t abi;

        if ( !strcmp(name, "only") )
            return read_only(reader, entry);
        abi = read_abi(reader, name);
        if ( abi == lock->nr_abis || reader->ends_part ||
             !read_attributes(reader, &own) )
            return false;
        entry->on[abi] = merged(lock->arena, &usual, &own);
    }
    return true;
}

static void read_line(struct reader *reader)
{
    const char *word = next_word(reader);
    int kind = word ? lock_find_kind(word) : -1;
    const char *scope = NULL, *name, *key;
    struct lock_entry *entry;

    if ( kind < 0 )
    {
        refuse(reader, "a line begins with its kind, and there is no kind '%s'",
               word ? word : "");
        return;
    }
    if ( lock_has_scope((enum lock_kind)kind) )
        scope = next_word(reader);
    name = next_word(reader);
    if ( !name || (lock_has_scope((enum lock_kind)kind) && !scope) )
    {
        refuse(reader, "a name is missing behind '%s'", word);
        return;
    }
    key = lock_key(reader->lock->arena, (enum lock_kind)kind, scope, name);
    if ( map_find(&reader->lock->entries, key) )
    {
        refuse(reader, "'%s' is there twice", name);
        return;
    }
    entry = lock_add(reader->lock, key, (enum lock_kind)kind, scope, name, reader->where);
    read_parts(reader, entry);
}

/* The names behind 'abi', which the other lines need. */
static void read_abis(struct lock *lock, const struct source *file)
{
    LIST(const char *) names = { 0 };
    const char *line;
    size_t length;

    for ( size_t n = 1; n <= file->lines.count; n++ )
    {
        line = source_line(file, (int)n, &length);
        if ( length > 4 && !memcmp(line, "abi ", 4) )
            *LIST_ADD(lock->arena, &names) = arena_copy(lock->arena, line + 4,
                                                        length - 4);
    }
    lock->abis = names.at;
    lock->nr_abis = names.count;
}

struct lock *lock_of_file(struct model *model, const struct source *file)
{
    struct lock *lock = arena_alloc(model->arena, sizeof(*lock));
    struct reader reader = { .model = model, .lock = lock };
    const char *before = "", *line;
    size_t length;

    lock->arena = lock->entries.arena = model->arena;
    read_abis(lock, file);
    for ( size_t n = 1; n <= file->lines.count && !diag_is_full(model->diag); n++ )
    {
        line = source_line(file, (int)n, &length);
        if ( !length || *line == '#' )
            continue;
        line = arena_copy(model->arena, line, length);
        reader.where = (struct span){ file, { (int)n, 0 }, { (int)n, 0 } };
        if ( strcmp(before, line) > 0 )
            refuse(&reader, "this belongs before '%s': the lines are sorted", before);
        before = line;
        reader.at = arena_copy(model->arena, line, length);
        read_line(&reader);
    }
    return lock;
}
