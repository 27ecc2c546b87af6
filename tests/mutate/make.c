/* SPDX-License-Identifier: MIT */
/* What all makers of mutations use. */
#include <string.h>

#include "mutate.h"

struct mutations mutations;
size_t left_out[NR_KINDS];

struct mutation *mutation_new(enum kind kind, const struct statement *statement, size_t word)
{
    struct mutation *mutation = arena_alloc(arena, sizeof(*mutation));

    *mutation = (struct mutation){
        .kind = kind,
        .place = name("%s:%d", statement->file->path, word_at(statement, word)->line),
    };
    *LIST_ADD(arena, &mutations) = mutation;
    return mutation;
}

/* It turned out that nothing certain can be said about it. */
void mutation_drop(struct mutation *mutation)
{
    if ( mutations.count && mutations.at[mutations.count - 1] == mutation )
        mutations.count--;
    left_out[mutation->kind]++;
}

void mutation_cut(struct mutation *mutation, struct description *file, size_t at,
                  size_t length, const char *text)
{
    LIST_EACH(edit, &mutation->edits)
        if ( edit->file == file && edit->at == at )
            return;
    *LIST_ADD(arena, &mutation->edits) = (struct edit){ file, at, length, text };
    if ( !mutation->what )
        mutation->what = name("'%.*s' -> '%s'", (int)length, file->bytes + at, text);
}

void mutation_edit(struct mutation *mutation, const struct statement *statement, size_t word,
                   const char *text)
{
    struct word *old = word_at(statement, word);

    mutation_cut(mutation, statement->file, old->at, old->length, text);
}

/* From one word's first byte to another's last. */
void mutation_words(struct mutation *mutation, const struct statement *statement, size_t first,
                    size_t last, const char *text)
{
    struct word *a = word_at(statement, first), *b = word_at(statement, last);

    mutation_cut(mutation, statement->file, a->at, b->at + b->length - a->at, text);
}

struct rule *mutation_rule(struct mutation *mutation, enum rule_kind kind)
{
    struct rule *rule = LIST_ADD(arena, &mutation->rules);

    *rule = (struct rule){ .kind = kind, .files = "", .least = 1 };
    return rule;
}

void mutation_tokens(struct mutation *mutation, const char *suffix, int least,
                     const char *from, const char *to)
{
    struct rule *rule = mutation_rule(mutation, RULE_TOKENS);

    rule->files = suffix;
    rule->least = least;
    rule->from = from;
    rule->to = to;
}

void mutation_refused(struct mutation *mutation, const char *id)
{
    *LIST_ADD(arena, &mutation->refusals) = id;
}

const char *header_of(const struct statement *statement)
{
    return name("/include/public/%s", statement->file->header);
}

const char *stubs_of(const struct statement *statement)
{
    return name("/guest/hc-%s.h", statement->file->interface);
}
