/* SPDX-License-Identifier: MIT */
/*
 * hcgen diff: what an edit of the descriptions changed in the interface.
 *
 * Needs two checked models.  Prints what is published and differs, in the words
 * of abi.lock, ops first and layouts behind them; between the two the rules of
 * the ops: clauses are no layout, but they are what callers meet.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "diff.h"
#include "dump-text.h"
#include "model/lock-entry.h"

struct report {
    FILE *stream;
    const char *title;          /* printed before the first line; NULL: it was */
    struct diff_totals *totals;
};

static void put(struct report *report, const char *mark, const char *line)
{
    if ( report->title )
        fprintf(report->stream, "%s\n", report->title);
    report->title = NULL;
    fprintf(report->stream, "  %s %s\n", mark, line);
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* ---- what is published ------------------------------------------------------ */

/* What calls are, as against what data looks like. */
static bool is_call(enum lock_kind kind)
{
    return kind == LOCK_op || kind == LOCK_removed_op || kind == LOCK_hypercall ||
           kind == LOCK_argument || kind == LOCK_use;
}

/* The keys of both, each once, sorted. */
static struct diff_lines keys_of(const struct lock *then, const struct lock *now, bool calls)
{
    const struct lock *const locks[] = { then, now };
    struct map seen = { .arena = now->arena };
    struct diff_lines keys = { 0 };

    for ( size_t i = 0; i < 2; i++ )
        LIST_EACH(at, &locks[i]->entries.entries)
        {
            const struct lock_entry *entry = at->value;

            if ( is_call(entry->kind) == calls && map_add(&seen, entry->key, at->value) )
                *LIST_ADD(now->arena, &keys) = entry->key;
        }
    if ( keys.count )
        qsort(keys.at, keys.count, sizeof(*keys.at), by_text);
    return keys;
}

static void put_entry(struct report *report, const struct lock *then, const struct lock *now,
                      const char *key)
{
    const struct lock_entry *old = map_find(&then->entries, key);
    const struct lock_entry *new = map_find(&now->entries, key);
    const char *old_line = old ? lock_line(then, old) : NULL;
    const char *new_line = new ? lock_line(now, new) : NULL;

    if ( old && new && !strcmp(old_line, new_line) )
        return;
    if ( is_call((old ? old : new)->kind) )
        report->totals->ops++;
    else
        report->totals->layouts++;
    report->totals->broken += old != NULL;
    if ( old )
        put(report, "-", old_line);
    if ( new )
        put(report, "+", new_line);
}

static void put_published(FILE *stream, const struct lock *then, const struct lock *now,
                          bool calls, struct diff_totals *totals)
{
    struct report report = { stream, calls ? "ops" : "layouts", totals };
    struct diff_lines keys = keys_of(then, now, calls);

    LIST_EACH(key, &keys)
        put_entry(&report, then, now, *key);
}

/* ---- rules ------------------------------------------------------------------ */

/* The clauses of an op, one on each line, as the language spells them. */
static const char *rules_of(const struct model *model, const struct decl *decl)
{
    char *text = NULL;
    const char *copy;
    size_t length = 0;
    struct dump dump = { .arena = model->arena, .fresh = true };

    dump.stream = open_memstream(&text, &length);
    if ( !dump.stream )
        abort();
    dump_clauses(&dump, decl->op ? &decl->op->clauses : &decl->hypercall->clauses);
    fclose(dump.stream);
    copy = arena_copy(model->arena, text, length);
    free(text);
    return copy;
}

/* Ops and hypercalls, by interface and name; extensions by their conditions, too. */
static const char *call_name(const struct model *model, const struct interface *interface,
                             const struct decl *decl)
{
    struct dump dump = { .arena = model->arena };
    struct text name = { .arena = model->arena };

    text_format(&name, "%s.%s", interface->name, decl->name);
    if ( decl->kind == DECL_extend )
    {
        text_add(&name, " extended");
        dump_conditions(&dump, &name, &decl->conditions, 0);
    }
    return text_string(&name);
}

static struct map calls_of(const struct model *model)
{
    struct map calls = { .arena = model->arena };

    LIST_EACH(interface, &model->interfaces)
        LIST_EACH(decl, &(*interface)->decls)
        {
            const char *name = (*decl)->name ? call_name(model, *interface, *decl) : NULL;

            if ( ((*decl)->kind == DECL_op && !(*decl)->is_removed) ||
                 (*decl)->kind == DECL_hypercall )
                map_add(&calls, name, *decl);
            /* There may be several of one condition. */
            while ( (*decl)->kind == DECL_extend && !map_add(&calls, name, *decl) )
                name = arena_format(model->arena, "%s, again", name);
        }
    return calls;
}

static bool has_line(const struct diff_lines *lines, const char *line)
{
    LIST_EACH(at, lines)
        if ( !strcmp(*at, line) )
            return true;
    return false;
}

static void put_missing(struct report *report, const char *mark,
                        const struct diff_lines *lines, const struct diff_lines *others)
{
    LIST_EACH(line, lines)
        if ( !has_line(others, *line) )
            put(report, mark, arena_format(report->totals->arena, "  %s", *line));
}

/* Clauses run in the order in which they stand: the same ones in another order are a change. */
static void put_rules(struct report *report, const char *name, const char *then,
                      const char *now)
{
    struct diff_lines old = diff_split(report->totals->arena, then);
    struct diff_lines new = diff_split(report->totals->arena, now);
    bool same = true;

    if ( !strcmp(then, now) )
        return;
    report->totals->rules++;
    put(report, " ", name);
    LIST_EACH(line, &old)
        same &= has_line(&new, *line);
    LIST_EACH(line, &new)
        same &= has_line(&old, *line);
    if ( same )
    {
        LIST_EACH(line, &new)
            put(report, "=", arena_format(report->totals->arena, "  %s", *line));
        return;
    }
    put_missing(report, "-", &old, &new);
    put_missing(report, "+", &new, &old);
}

static void put_all_rules(FILE *stream, const struct model *then, const struct model *now,
                          struct diff_totals *totals)
{
    struct report report = { stream, "rules", totals };
    struct map old = calls_of(then), new = calls_of(now);

    LIST_EACH(call, &new.entries)
    {
        const struct decl *before = map_find(&old, call->name);

        put_rules(&report, call->name, before ? rules_of(then, before) : "",
                  rules_of(now, call->value));
    }
    /* An op that is gone is said above. */
    LIST_EACH(call, &old.entries)
    {
        const struct decl *decl = call->value;

        if ( decl->kind == DECL_extend && !map_find(&new, call->name) )
            put_rules(&report, call->name, rules_of(then, decl), "");
    }
}

void diff_models(const struct model *then, const struct model *now, FILE *stream,
                 struct diff_totals *totals)
{
    const struct lock *old = lock_of_model(then), *new = lock_of_model(now);

    put_published(stream, old, new, true, totals);
    put_all_rules(stream, then, now, totals);
    put_published(stream, old, new, false, totals);
}
