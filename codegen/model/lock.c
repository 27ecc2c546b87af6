/* SPDX-License-Identifier: MIT */
/*
 * The published ABI against the model.
 *
 * Needs a resolved model and abi.lock.  What was published stays as it is;
 * what is new has to be written down.
 */
#include <stdlib.h>
#include <string.h>

#include "lock-entry.h"

struct compare {
    struct model *model;
    struct diag *diag;
    struct lock *published, *now;
    size_t *places;             /* of a published ABI: its place in the model */
    bool accept_new;            /* an update: only breaks are errors */
    struct map numbers;         /* what there is now, by kind, scope and number */
    struct map published_numbers;
    struct map released;        /* removed ops, and their structures */
};

/* "op 'GNTTABOP_copy'", "field 'source.ref' of 'gnttab_copy'" */
static const char *title(const struct compare *compare, const struct lock_entry *entry)
{
    if ( entry->kind == LOCK_field || entry->kind == LOCK_argument ||
         entry->kind == LOCK_use )
        return arena_format(compare->model->arena, "%s '%s' of '%s'",
                            lock_word(entry->kind), entry->name, entry->scope);
    return arena_format(compare->model->arena, "%s '%s'", lock_word(entry->kind),
                        entry->name);
}

static const char *number_of(const struct lock *lock, const struct lock_entry *entry)
{
    size_t abi = lock_first_abi(lock, entry);

    return abi == lock->nr_abis ? NULL : lock_value(&entry->on[abi], "number");
}

/* ---- what is different --------------------------------------------------- */

struct difference {
    const char *label;
    const char *then, *now;     /* NULL: not said */
};

/* The first label that differs on one ABI. */
static bool find_difference(const struct lock_attributes *then,
                            const struct lock_attributes *now,
                            struct difference *difference)
{
    LIST_EACH(attribute, then)
    {
        const char *value = lock_value(now, attribute->label);

        *difference = (struct difference){ attribute->label, attribute->value, value };
        if ( !value || strcmp(value, attribute->value) )
            return true;
    }
    LIST_EACH(attribute, now)
    {
        *difference = (struct difference){ attribute->label, NULL, attribute->value };
        if ( !lock_value(then, attribute->label) )
            return true;
    }
    return false;
}

static void help_by_hand(struct compare *compare)
{
    diag_help(compare->diag, (struct span){ 0 },
              "if nobody has the old form yet, take the line out of the file by hand, "
              "then hcgen lock --update");
}

static void note_here(struct compare *compare, const struct lock_entry *now)
{
    if ( now->where.source )
        diag_note(compare->diag, now->where, "it is here");
    help_by_hand(compare);
}

static void report_difference(struct compare *compare, const struct lock_entry *entry,
                              const struct lock_entry *now, const char *abi,
                              const struct difference *difference)
{
    const char *on = abi ? arena_format(compare->model->arena, " on %s", abi) : "";

    diag_error(compare->diag, CHECK_abi_break, entry->where,
               "%s had %s %s%s; it has %s%s now", title(compare, entry),
               difference->then ? difference->label : "no",
               difference->then ? difference->then : difference->label, on,
               difference->now ? "" : "none",
               difference->now ? difference->now : "");
    note_here(compare, now);
}

/* One error: for all ABIs, if they agree, or for the first that differs. */
static void compare_entry(struct compare *compare, const struct lock_entry *entry,
                          const struct lock_entry *now)
{
    size_t first = compare->published->nr_abis;
    struct difference difference = { 0 }, other;
    bool on_all = true;

    if ( entry->kind == LOCK_abi )
        return;
    for ( size_t i = 0; i < compare->published->nr_abis; i++ )
    {
        size_t place = compare->places[i];
        bool is_there = place < compare->now->nr_abis && now->is_there[place];

        /* The ABI as a whole is reported by itself. */
        if ( place == compare->now->nr_abis || (!entry->is_there[i] && !is_there) )
            continue;
        if ( entry->is_there[i] && !is_there )
        {
            diag_error(compare->diag, CHECK_abi_break, entry->where,
                       "%s is gone on %s", title(compare, entry),
                       compare->published->abis[i]);
            note_here(compare, now);
            return;
        }
        if ( !entry->is_there[i] )
        {
            if ( !compare->accept_new )
                diag_error(compare->diag, CHECK_lock, now->where,
                           "%s is new on %s, and not yet in the file",
                           title(compare, now), compare->published->abis[i]);
            return;
        }
        if ( !find_difference(&entry->on[i], &now->on[place], &other) )
            on_all = false;
        else if ( first == compare->published->nr_abis )
        {
            first = i;
            difference = other;
        }
        else if ( strcmp(other.label, difference.label) )
            on_all = false;
    }
    if ( first < compare->published->nr_abis )
        report_difference(compare, entry, now,
                          on_all ? NULL : compare->published->abis[first], &difference);
}

/* ---- numbers ------------------------------------------------------------- */

/* Entries by kind, scope and number. */
static struct map by_number(const struct lock *lock)
{
    struct map map = { .arena = lock->arena };

    for ( size_t i = 0; i < lock->entries.entries.count; i++ )
    {
        struct lock_entry *entry = lock->entries.entries.at[i].value;
        const char *number = number_of(lock, entry);

        if ( number )
            map_add(&map, lock_key(lock->arena, entry->kind,
                                   entry->scope ? entry->scope : "", number), entry);
    }
    return map;
}

static struct lock_entry *find_number(const struct compare *compare,
                                      const struct map *numbers, int kind,
                                      const char *scope, const char *number)
{
    if ( kind < 0 || !number )
        return NULL;
    return map_find(numbers, lock_key(compare->model->arena, (enum lock_kind)kind,
                                      scope ? scope : "", number));
}

static bool is_removed_kind(enum lock_kind kind)
{
    return kind == LOCK_removed_bit || kind == LOCK_removed_op ||
           kind == LOCK_removed_value;
}

/* The statement in the description that says that the entry is removed. */
static struct lock_entry *find_removed(const struct compare *compare,
                                       const struct lock_entry *entry)
{
    return find_number(compare, &compare->numbers, lock_removed_kind(entry->kind),
                       entry->scope, number_of(compare->published, entry));
}

/* ---- what is gone -------------------------------------------------------- */

/*
 * An op that is declared removed takes its structure, arguments and uses with
 * it, where nothing else has them.
 */
static void release(struct compare *compare, const struct lock_entry *entry)
{
    size_t abi = lock_first_abi(compare->published, entry);
    const char *structure;

    if ( entry->kind != LOCK_op || map_find(&compare->now->entries, entry->key) ||
         !find_removed(compare, entry) )
        return;
    structure = lock_value(&entry->on[abi], "structure");
    map_add(&compare->released, entry->name, compare);
    if ( structure )
        map_add(&compare->released, structure, compare);
}

static bool is_released(const struct compare *compare, const struct lock_entry *entry)
{
    switch ( entry->kind )
    {
    case LOCK_structure:
        return map_find(&compare->released, entry->name) != NULL;
    case LOCK_field:
    case LOCK_argument:
    case LOCK_use:
        return map_find(&compare->released, entry->scope) != NULL;
    default:
        return false;
    }
}

/* What the entry was part of, where that is still there. */
static const struct lock_entry *scope_entry(const struct compare *compare,
                                            const struct lock_entry *entry)
{
    static const enum lock_kind outer[] = { LOCK_structure, LOCK_hypercall, LOCK_set };
    const struct lock_entry *found = NULL;

    for ( size_t i = 0; entry->scope && !found && i < sizeof(outer) / sizeof(outer[0]); i++ )
        found = map_find(&compare->now->entries,
                         lock_key(compare->model->arena, outer[i], NULL, entry->scope));
    return found;
}

static void report_removed(struct compare *compare, const struct lock_entry *entry,
                           struct lock_entry *removed)
{
    removed->is_matched = true;
    if ( compare->accept_new )
        return;
    diag_error(compare->diag, CHECK_abi_break, entry->where, "%s, number %s, is removed now",
               title(compare, entry), number_of(compare->published, entry));
    diag_note(compare->diag, removed->where, "removed here");
    diag_help(compare->diag, (struct span){ 0 },
              "hcgen lock --update writes it down, and keeps the number from being used");
}

static void report_renamed(struct compare *compare, const struct lock_entry *entry,
                           struct lock_entry *other)
{
    other->is_matched = true;
    diag_error(compare->diag, CHECK_abi_break, entry->where,
               "%s, number %s, is called '%s' now", title(compare, entry),
               number_of(compare->published, entry), other->name);
    note_here(compare, other);
}

static void report_gone(struct compare *compare, const struct lock_entry *entry)
{
    const char *number = number_of(compare->published, entry);
    struct lock_entry *other = find_number(compare, &compare->numbers, (int)entry->kind,
                                           entry->scope, number);
    struct lock_entry *removed = find_removed(compare, entry);
    const struct lock_entry *scope = scope_entry(compare, entry);

    if ( removed )
        report_removed(compare, entry, removed);
    else if ( other && !map_find(&compare->published->entries, other->key) )
        report_renamed(compare, entry, other);
    else
    {
        diag_error(compare->diag, CHECK_abi_break, entry->where, "%s is gone",
                   title(compare, entry));
        if ( scope )
            diag_note(compare->diag, scope->where, "it belonged here");
        if ( lock_removed_kind(entry->kind) >= 0 && number )
            diag_help(compare->diag, (struct span){ 0 },
                      "what is removed stays in the description: "
                      "removed ... = %s \"why\";", number);
        else
            help_by_hand(compare);
    }
}

/* ---- what is new --------------------------------------------------------- */

/* A removed number that the entry would use again, at one of its bits. */
static const struct lock_entry *find_reused(const struct compare *compare,
                                            const struct lock_entry *entry)
{
    size_t abi = lock_first_abi(compare->now, entry);
    int kind = lock_removed_kind(entry->kind);
    const struct lock_entry *removed = NULL;
    const char *high, *low;

    if ( kind < 0 || abi == compare->now->nr_abis )
        return NULL;
    high = lock_value(&entry->on[abi], "high");
    low = lock_value(&entry->on[abi], "low");
    if ( !high || !low )
        return find_number(compare, &compare->published_numbers, kind, entry->scope,
                           lock_value(&entry->on[abi], "number"));
    for ( int bit = atoi(low); bit <= atoi(high) && bit < 64 && !removed; bit++ )
        removed = find_number(compare, &compare->published_numbers, kind, entry->scope,
                              arena_format(compare->model->arena, "%d", bit));
    return removed;
}

static void report_new(struct compare *compare, const struct lock_entry *entry)
{
    const struct lock_entry *removed = find_reused(compare, entry);

    if ( removed )
    {
        diag_error(compare->diag, CHECK_number_reused, entry->where,
                   "number %s was %s, and is never used again",
                   number_of(compare->published, removed), title(compare, removed));
        diag_note(compare->diag, removed->where, "it is in the file as removed");
    }
    else if ( !compare->accept_new )
    {
        diag_error(compare->diag, CHECK_lock, entry->where,
                   "%s is new, and not yet in the file", title(compare, entry));
        diag_help(compare->diag, (struct span){ 0 }, "hcgen lock --update");
    }
}

/* ---- all of it ----------------------------------------------------------- */

/* NAME@before-V is in all versions now: nothing has changed for the old ones. */
static const struct lock_entry *find_widened(const struct compare *compare,
                                             const struct lock_entry *entry)
{
    const char *suffix = strstr(entry->name, "@before-");
    struct arena *arena = compare->model->arena;

    if ( !suffix )
        return NULL;
    return map_find(&compare->now->entries,
                    lock_key(arena, entry->kind, entry->scope,
                             arena_copy(arena, entry->name,
                                        (size_t)(suffix - entry->name))));
}

static void compare_all(struct compare *compare)
{
    struct map *published = &compare->published->entries, *now = &compare->now->entries;

    compare->numbers = by_number(compare->now);
    compare->published_numbers = by_number(compare->published);
    compare->released.arena = compare->model->arena;
    for ( size_t i = 0; i < published->entries.count; i++ )
        release(compare, published->entries.at[i].value);
    for ( size_t i = 0; i < published->entries.count; i++ )
    {
        const struct lock_entry *entry = published->entries.at[i].value;
        const struct lock_entry *other = map_find(now, entry->key);

        if ( !other )
            other = find_widened(compare, entry);
        if ( other )
            compare_entry(compare, entry, other);
        else if ( !is_removed_kind(entry->kind) && !is_released(compare, entry) )
            report_gone(compare, entry);
    }
    for ( size_t i = 0; i < now->entries.count; i++ )
    {
        const struct lock_entry *entry = now->entries.at[i].value;

        if ( !entry->is_matched && !map_find(published, entry->key) )
            report_new(compare, entry);
    }
}

/* False where the file cannot be read. */
static bool prepare(struct compare *compare, struct model *model,
                    const struct source *lock_file)
{
    static const struct source none = { .path = "abi.lock", .text = "" };
    unsigned int errors = model->diag->errors;

    compare->model = model;
    compare->diag = model->diag;
    compare->now = lock_of_model(model);
    compare->published = lock_of_file(model, lock_file ? lock_file : &none);
    if ( model->diag->errors != errors )
        return false;
    compare->places = arena_alloc(model->arena, (compare->published->nr_abis + 1) *
                                                sizeof(*compare->places));
    for ( size_t i = 0; i < compare->published->nr_abis; i++ )
        compare->places[i] = lock_find_abi(compare->now, compare->published->abis[i]);
    return true;
}

bool lock_check(struct model *model, const struct source *lock_file)
{
    struct compare compare = { 0 };
    unsigned int errors = model->diag->errors;

    if ( prepare(&compare, model, lock_file) )
        compare_all(&compare);
    return model->diag->errors == errors;
}

/* What the file has as removed, and no description mentions any more. */
static void keep_removed(struct compare *compare, const struct lock_entry *entry)
{
    size_t abi = lock_first_abi(compare->published, entry);
    struct lock_entry *kept;

    if ( !is_removed_kind(entry->kind) || map_find(&compare->now->entries, entry->key) ||
         abi == compare->published->nr_abis )
        return;
    kept = lock_add(compare->now, entry->key, entry->kind, entry->scope, entry->name,
                    entry->where);
    for ( size_t i = 0; i < compare->now->nr_abis; i++ )
    {
        kept->is_there[i] = true;
        kept->on[i] = entry->on[abi];
    }
}

const char *lock_text(struct model *model, const struct source *lock_file)
{
    struct compare compare = { .accept_new = true };
    unsigned int errors = model->diag->errors;
    struct map *published;

    if ( prepare(&compare, model, lock_file) )
        compare_all(&compare);
    if ( model->diag->errors != errors )
        return NULL;
    published = &compare.published->entries;
    for ( size_t i = 0; i < published->entries.count; i++ )
        keep_removed(&compare, published->entries.at[i].value);
    return lock_lines(compare.now);
}
