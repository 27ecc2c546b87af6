/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "differ.h"

#define MACROS_MAX 1024
#define QUOTE_MAX  28           /* items of a declaration that are shown */

struct macro {
    const struct item *name;    /* its DEFINE or UNDEF */
    int count;                  /* items of parameters and body after it */
};

static void __attribute__((format(printf, 2, 3)))
say(struct difference *out, const char *format, ...)
{
    size_t used = strlen(out->text);
    va_list list;

    va_start(list, format);
    vsnprintf(out->text + used, sizeof(out->text) - used, format, list);
    va_end(list);
}

static void say_items(struct difference *out, const struct item *item,
                      int count)
{
    static const char *const before[] = {
        [ITEM_DEFINE] = "#define ",
        [ITEM_UNDEF] = "#undef ",
        [ITEM_INCLUDE] = "#include ",
    };

    say(out, "'");
    for ( int i = 0; i < count && i < QUOTE_MAX; i++ )
        say(out, "%s%s%.*s", i && item[i].kind != ITEM_PARAMETERS ? " " : "",
            item[i].kind < sizeof(before) / sizeof(*before) &&
            before[item[i].kind] ? before[item[i].kind] : "",
            item[i].length, item[i].text);
    say(out, count > QUOTE_MAX ? " ...'" : "'");
}

/* ---- macros ---- */

static int macro_order(const void *left, const void *right)
{
    const struct macro *a = left, *b = right;
    int shorter = a->name->length < b->name->length ? a->name->length
                                                    : b->name->length;
    int order = memcmp(a->name->text, b->name->text, shorter);

    if ( !order )
        order = a->name->length - b->name->length;
    if ( !order )
        order = a->name < b->name ? -1 : 1;
    return order;
}

static bool same_name(const struct macro *a, const struct macro *b)
{
    return a->name->length == b->name->length &&
           !memcmp(a->name->text, b->name->text, a->name->length);
}

/* Sorted by name; of each name the last word, and that if it is a #define. */
static int macros_collect(const struct items *items, struct macro *macro)
{
    int count = 0, kept = 0;

    for ( int i = 0; i < items->count; i++ )
    {
        const struct item *item = &items->list[i];

        if ( item->kind != ITEM_DEFINE && item->kind != ITEM_UNDEF )
            continue;
        if ( count == MACROS_MAX )
            abort();
        macro[count].name = item;
        macro[count].count = 0;
        while ( i + 1 < items->count &&
                (items->list[i + 1].kind == ITEM_PARAMETERS ||
                 items->list[i + 1].kind == ITEM_BODY) )
        {
            macro[count].count++;
            i++;
        }
        count++;
    }
    if ( count )
        qsort(macro, count, sizeof(*macro), macro_order);
    for ( int i = 0; i < count; i++ )
    {
        if ( i + 1 < count && same_name(&macro[i], &macro[i + 1]) )
            continue;
        if ( macro[i].name->kind == ITEM_DEFINE )
            macro[kept++] = macro[i];
    }
    return kept;
}

static bool macro_same(const struct macro *a, const struct macro *b)
{
    if ( a->count != b->count )
        return false;
    for ( int i = 1; i <= a->count; i++ )
        if ( !item_same(&a->name[i], &b->name[i]) )
            return false;
    return true;
}

bool differ_macros(const struct items *reference,
                   const struct items *candidate, struct difference *out)
{
    static struct macro left[MACROS_MAX], right[MACROS_MAX];
    int lefts = macros_collect(reference, left);
    int rights = macros_collect(candidate, right);
    int i = 0, k = 0;
    bool same = true;

    for ( ; same && (i < lefts || k < rights); i++, k++ )
    {
        bool missing = k == rights ||
                       (i < lefts && !same_name(&left[i], &right[k]) &&
                        macro_order(&left[i], &right[k]) < 0);
        bool extra = !missing &&
                     (i == lefts || !same_name(&left[i], &right[k]));
        const struct macro *macro = missing ? &left[i] : &right[k];

        if ( !missing && !extra && macro_same(&left[i], &right[k]) )
            continue;
        same = false;
        out->line = missing ? 0 : macro->name->line;
        say(out, "macro %.*s: ", macro->name->length, macro->name->text);
        if ( missing || extra )
        {
            say(out, missing ? "missing, should be "
                         : "not in the reference: ");
            say_items(out, macro->name, macro->count + 1);
            continue;
        }
        say(out, "should be ");
        say_items(out, left[i].name, left[i].count + 1);
        say(out, ", is ");
        say_items(out, right[k].name, right[k].count + 1);
    }
    return same;
}

/* ---- declarations ---- */

static bool ends_statement(const struct item *item)
{
    return item->kind == ITEM_TOKEN &&
           (item_is(item, ";") || item_is(item, "{") || item_is(item, "}"));
}

static bool is_inside(const struct item *item)
{
    return item->kind == ITEM_BODY || item->kind == ITEM_PARAMETERS;
}

/* The statement or directive that item at is part of, quoted. */
static void say_statement(struct difference *out, const struct items *items,
                          int at)
{
    const struct item *list = items->list;
    int first = at, end = at + 1;

    if ( at >= items->count )
    {
        say(out, "nothing");
        return;
    }
    if ( list[at].kind == ITEM_TOKEN )
    {
        while ( first > 0 && list[first - 1].kind == ITEM_TOKEN &&
                !ends_statement(&list[first - 1]) )
            first--;
        while ( end < items->count && list[end].kind == ITEM_TOKEN &&
                !ends_statement(&list[end - 1]) )
            end++;
    }
    else
    {
        while ( first > 0 && is_inside(&list[first]) )
            first--;
        while ( end < items->count && is_inside(&list[end]) )
            end++;
    }
    say_items(out, &list[first], end - first);
}

/* "in struct x: ", of the innermost body around item at that has a tag. */
static void say_where(struct difference *out, const struct items *items,
                      int at)
{
    int depth = 0;

    for ( int i = at - 1; i >= 2; i-- )
    {
        const struct item *item = &items->list[i];

        if ( item->kind != ITEM_TOKEN )
            continue;
        if ( item_is(item, "}") )
            depth++;
        else if ( item_is(item, "{") && depth-- == 0 )
        {
            depth = 0;
            if ( item_is(item - 2, "struct") || item_is(item - 2, "union") )
            {
                say(out, "in %.*s %.*s: ", item[-2].length, item[-2].text,
                    item[-1].length, item[-1].text);
                return;
            }
        }
    }
}

/*
 * Ours stands before its structure, as all sets of an op do; the tree's stands
 * behind the brace. The macro itself is compared like any other.
 */
static bool is_moved(const struct item *item)
{
    return item->kind == ITEM_DEFINE && item_is(item, "XENMEM_RDM_ALL");
}

static int next_item(const struct items *items, int at, bool tokens_only)
{
    const struct item *list = items->list;

    while ( at < items->count )
    {
        if ( is_moved(&list[at]) )
        {
            at++;
            while ( at < items->count && is_inside(&list[at]) )
                at++;
        }
        else if ( tokens_only && list[at].kind != ITEM_TOKEN )
            at++;
        else
            break;
    }
    return at;
}

static bool differ_items(const struct items *reference,
                         const struct items *candidate, bool tokens_only,
                         struct difference *out)
{
    int i = 0, k = 0;

    for ( ; ; i++, k++ )
    {
        i = next_item(reference, i, tokens_only);
        k = next_item(candidate, k, tokens_only);
        if ( i == reference->count && k == candidate->count )
            return true;
        if ( i == reference->count || k == candidate->count ||
             !item_same(&reference->list[i], &candidate->list[k]) )
            break;
    }

    out->line = k < candidate->count ? candidate->list[k].line : 0;
    say(out, tokens_only ? "declaration, " : "order, ");
    say_where(out, reference, i);
    say(out, "should be ");
    say_statement(out, reference, i);
    say(out, ", is ");
    say_statement(out, candidate, k);
    return false;
}

bool differ_tokens(const struct items *reference,
                   const struct items *candidate, struct difference *out)
{
    return differ_items(reference, candidate, true, out);
}

bool differ_order(const struct items *reference,
                  const struct items *candidate, struct difference *out)
{
    return differ_items(reference, candidate, false, out);
}
