/* SPDX-License-Identifier: MIT */
/* Elements of the published ABI, and the lines they make.  Needs text. */
#include <stdlib.h>
#include <string.h>

#include "lock-entry.h"

static const struct { const char *word; bool has_scope; } kinds[] = {
#define KIND(kind, word, has_scope) { word, has_scope },
    LOCK_KINDS
#undef KIND
};

static const char head[] =
    "# SPDX-License-Identifier: MIT\n"
    "#\n"
    "# The published ABI: one element on each line, sorted byte by byte.  Written by\n"
    "# 'hcgen lock --update', which adds what is new and keeps what was removed.  It\n"
    "# changes no line: whoever means to break the ABI takes the line out by hand.\n"
    "#\n"
    "#   abi NAME                               what the rest is about\n"
    "#   argument CALL NAME place N direction D size N      in a register\n"
    "#   bit SET NAME number N                  or high N low N, and shift N\n"
    "#   constant NAME value N\n"
    "#   field STRUCTURE PATH direction D offset N size N\n"
    "#   hypercall NAME number N\n"
    "#   op HYPERCALL NAME number N structure NAME returns TYPE\n"
    "#   removed-bit, removed-op, removed-value SCOPE NAME number N\n"
    "#   set NAME size N\n"
    "#   structure NAME size N align N\n"
    "#   type NAME size N\n"
    "#   use OP PATH direction D                of a structure that ops share\n"
    "#   value SET[.PART] NAME number N\n"
    "#\n"
    "# Behind a comma: an ABI, and what is different there ('-': not said there), or\n"
    "# 'only' and the ABIs that have it at all.  NAME@before-V: in interface versions\n"
    "# below V; PATH@P: where property P holds.  '?': it depends on what no description\n"
    "# says.\n";

const char *lock_word(enum lock_kind kind)
{
    return kinds[kind].word;
}

bool lock_has_scope(enum lock_kind kind)
{
    return kinds[kind].has_scope;
}

int lock_find_kind(const char *word)
{
    for ( int kind = 0; kind < NR_LOCK_KINDS; kind++ )
        if ( !strcmp(kinds[kind].word, word) )
            return kind;
    return -1;
}

int lock_removed_kind(enum lock_kind kind)
{
    switch ( kind )
    {
    case LOCK_bit:   return LOCK_removed_bit;
    case LOCK_op:    return LOCK_removed_op;
    case LOCK_value: return LOCK_removed_value;
    default:         return -1;
    }
}

const char *lock_key(struct arena *arena, enum lock_kind kind, const char *scope,
                     const char *name)
{
    if ( scope )
        return arena_format(arena, "%s %s %s", lock_word(kind), scope, name);
    return arena_format(arena, "%s %s", lock_word(kind), name);
}

struct lock_entry *lock_add(struct lock *lock, const char *key, enum lock_kind kind,
                            const char *scope, const char *name, struct span where)
{
    struct lock_entry *entry = map_find(&lock->entries, key);

    if ( entry )
        return entry;
    entry = arena_alloc(lock->arena, sizeof(*entry));
    *entry = (struct lock_entry){ .kind = kind, .scope = scope, .name = name,
                                  .key = key, .where = where };
    entry->is_there = arena_alloc(lock->arena, lock->nr_abis + 1);
    entry->on = arena_alloc(lock->arena, (lock->nr_abis + 1) * sizeof(*entry->on));
    map_add(&lock->entries, key, entry);
    return entry;
}

const char *lock_value(const struct lock_attributes *attributes, const char *label)
{
    LIST_EACH(attribute, attributes)
        if ( !strcmp(attribute->label, label) )
            return attribute->value;
    return NULL;
}

size_t lock_find_abi(const struct lock *lock, const char *name)
{
    size_t i = 0;

    while ( i < lock->nr_abis && strcmp(lock->abis[i], name) )
        i++;
    return i;
}

size_t lock_first_abi(const struct lock *lock, const struct lock_entry *entry)
{
    size_t i = 0;

    while ( i < lock->nr_abis && !entry->is_there[i] )
        i++;
    return i;
}

/* ---- lines --------------------------------------------------------------- */

static bool attributes_equal(const struct lock_attributes *a,
                             const struct lock_attributes *b)
{
    if ( a->count != b->count )
        return false;
    for ( size_t i = 0; i < a->count; i++ )
        if ( strcmp(a->at[i].label, b->at[i].label) ||
             strcmp(a->at[i].value, b->at[i].value) )
            return false;
    return true;
}

/* The ABI that most agree with; of several the first. */
static size_t usual_abi(const struct lock *lock, const struct lock_entry *entry)
{
    size_t best = lock->nr_abis, best_count = 0;

    for ( size_t i = 0; i < lock->nr_abis; i++ )
    {
        size_t count = 0;

        for ( size_t j = 0; j < lock->nr_abis && entry->is_there[i]; j++ )
            count += entry->is_there[j] &&
                     attributes_equal(&entry->on[i], &entry->on[j]);
        if ( count > best_count )
        {
            best = i;
            best_count = count;
        }
    }
    return best;
}

/* What an ABI says that the usual one does not. */
static void add_difference(struct text *line, const char *abi,
                           const struct lock_attributes *usual,
                           const struct lock_attributes *own)
{
    text_format(line, ", %s", abi);
    LIST_EACH(attribute, own)
    {
        const char *value = lock_value(usual, attribute->label);

        if ( !value || strcmp(value, attribute->value) )
            text_format(line, " %s %s", attribute->label, attribute->value);
    }
    LIST_EACH(attribute, usual)
        if ( !lock_value(own, attribute->label) )
            text_format(line, " %s -", attribute->label);
}

const char *lock_line(const struct lock *lock, const struct lock_entry *entry)
{
    struct text line = { .arena = lock->arena };
    size_t usual = usual_abi(lock, entry);
    bool is_everywhere = true;

    text_add(&line, entry->key);
    if ( usual == lock->nr_abis )
        return text_string(&line);
    LIST_EACH(attribute, &entry->on[usual])
        text_format(&line, " %s %s", attribute->label, attribute->value);
    for ( size_t i = 0; i < lock->nr_abis; i++ )
    {
        is_everywhere &= entry->is_there[i];
        if ( entry->is_there[i] && !attributes_equal(&entry->on[usual], &entry->on[i]) )
            add_difference(&line, lock->abis[i], &entry->on[usual], &entry->on[i]);
    }
    if ( is_everywhere )
        return text_string(&line);
    text_add(&line, ", only");
    for ( size_t i = 0; i < lock->nr_abis; i++ )
        if ( entry->is_there[i] )
            text_format(&line, " %s", lock->abis[i]);
    return text_string(&line);
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char *lock_lines(const struct lock *lock)
{
    size_t count = lock->entries.entries.count;
    const char **lines = arena_alloc(lock->arena, (count + 1) * sizeof(*lines));
    struct text text = { .arena = lock->arena };

    for ( size_t i = 0; i < count; i++ )
        lines[i] = lock_line(lock, lock->entries.entries.at[i].value);
    qsort(lines, count, sizeof(*lines), by_bytes);
    text_add(&text, head);
    for ( size_t i = 0; i < count; i++ )
    {
        text_add(&text, lines[i]);
        text_add(&text, "\n");
    }
    return text_string(&text);
}
