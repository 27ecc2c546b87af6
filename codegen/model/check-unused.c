/* SPDX-License-Identifier: MIT */
/*
 * What is declared for nothing: [unused], and [resource], the types that go
 * only one way.
 */
#include <ctype.h>
#include <string.h>

#include "checks.h"

static void use_decl(struct checker *checker, const struct decl *decl)
{
    if ( !decl )
        return;
    check_mark(checker, decl)->is_used = true;
    if ( decl->kind == DECL_handle && !decl->type )
        use_decl(checker, check_type_named(checker, decl->name));
}

static void use_name(struct checker *checker, const char *name)
{
    const struct model *model = checker->model;

    use_decl(checker, map_find(&model->macros, name));
    use_decl(checker, map_find(&model->rights, name));
    use_decl(checker, map_find(&model->types, name));
}

/* The next word of a text, or NULL; *text goes on behind it. */
static const char *next_word(struct checker *checker, const char **text)
{
    const char *word = *text;
    size_t length = 0;

    while ( *word && !isalnum((unsigned char)*word) && *word != '_' )
        word++;
    while ( isalnum((unsigned char)word[length]) || word[length] == '_' )
        length++;
    *text = word + length;
    return length ? arena_copy(checker->arena, word, length) : NULL;
}

/* Every word of a path, or of a text in C. */
static void use_words(struct checker *checker, const char *text)
{
    const char *word;

    while ( text && (word = next_word(checker, &text)) )
        use_name(checker, word);
}

static void use_names(struct checker *checker, const struct reference_list *names)
{
    LIST_EACH(name, names)
        use_words(checker, name->text);
}

static void use_expression(struct checker *checker, const struct expression *expression)
{
    if ( !expression )
        return;
    if ( expression->kind == EXPRESSION_NAME )
        use_words(checker, expression->text);
    use_expression(checker, expression->left);
    use_expression(checker, expression->right);
}

static void use_clauses(struct checker *checker, const struct clause_list *clauses)
{
    LIST_EACH(clause, clauses)
    {
        use_names(checker, &clause->names);
        use_names(checker, &clause->arguments);
        use_expression(checker, clause->condition);
        use_expression(checker, clause->by);
        LIST_EACH(step, &clause->resume)
        {
            use_expression(checker, step->target);
            use_expression(checker, step->value);
        }
    }
}

static void use_body(struct checker *checker, const struct body *body)
{
    use_names(checker, &body->aggregate->by);
    use_clauses(checker, &body->aggregate->clauses);
    LIST_EACH(member, &body->aggregate->members)
        use_names(checker, &member->when);
}

static void use_set(struct checker *checker, const struct decl *decl)
{
    use_words(checker, decl->set->spelling);
    LIST_EACH(constant, &decl->set->constants)
    {
        use_words(checker, constant->spelling);
        if ( constant->kind == CONSTANT_MACRO )
            use_words(checker, constant->text);
    }
}

static void collect_uses(struct checker *checker)
{
    for ( size_t i = 0; i < checker->uses.count; i++ )
        for ( const struct type *type = checker->uses.at[i].type; type;
              type = type->element )
        {
            if ( type->kind == TYPE_NAMED && type->name.decl != checker->uses.at[i].decl )
                use_decl(checker, type->name.decl);
            use_expression(checker, type->length);
        }
    for ( size_t i = 0; i < checker->bodies.count; i++ )
        use_body(checker, checker->bodies.at[i]);
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];

        use_decl(checker, decl->target.decl);
        if ( decl->set )
            use_set(checker, decl);
        if ( decl->kind == DECL_macro || decl->kind == DECL_const )
            use_words(checker, decl->kind == DECL_macro ? decl->text : decl->spelling);
        if ( decl->op )
        {
            use_decl(checker, decl->op->structure.decl);
            use_clauses(checker, &decl->op->clauses);
            LIST_EACH(line, &decl->op->refinements)
                use_names(checker, &line->when);
        }
        if ( decl->hypercall )
        {
            use_clauses(checker, &decl->hypercall->clauses);
            use_name(checker, arena_format(checker->arena, HYPERCALL_PREFIX "%s", decl->name));
        }
    }
}

/* ---- [unused] ------------------------------------------------------------ */

static const char *what(const struct decl *decl)
{
    return decl->is_extern ? type_is_right(decl->type) ? "right" : "extern"
                           : decl_kind_text(decl->kind);
}

static bool can_be_unused(const struct decl *decl)
{
    if ( decl->owner || !decl->name )
        return false;
    /* An extern is in no header; what is legacy is in one for its own sake. */
    if ( decl->is_extern )
        return !decl->is_legacy || type_is_right(decl->type);
    return !decl->is_legacy &&
           (decl->set || decl->kind == DECL_type || decl->kind == DECL_const ||
            decl->kind == DECL_struct || decl->kind == DECL_union);
}

/* What the documentation of another names has its reader. */
static void use_doc(struct checker *checker, const struct decl *decl, const char *doc,
                    const struct map *unused)
{
    const char *word;

    while ( doc && (word = next_word(checker, &doc)) )
    {
        const struct decl *named = map_find(unused, word);

        if ( named && named != decl )
            use_decl(checker, named);
    }
}

static void use_docs(struct checker *checker, const struct decl *decl,
                     const struct map *unused)
{
    use_doc(checker, decl, decl->doc, unused);
    if ( decl->set )
        LIST_EACH(constant, &decl->set->constants)
            use_doc(checker, decl, constant->doc, unused);
    if ( decl->aggregate )
        LIST_EACH(member, &decl->aggregate->members)
            use_doc(checker, decl, member->doc, unused);
}

static bool is_unused(struct checker *checker, const struct decl *decl)
{
    return can_be_unused(decl) && !check_mark(checker, decl)->is_used;
}

void check_unused(struct checker *checker)
{
    struct map unused = { .arena = checker->arena };

    collect_uses(checker);
    LIST_EACH(decl, &checker->decls)
        if ( is_unused(checker, *decl) )
            map_add(&unused, (*decl)->name, *decl);
    if ( !unused.entries.count )
        return;
    LIST_EACH(decl, &checker->decls)
        use_docs(checker, *decl, &unused);
    LIST_EACH(decl, &checker->decls)
        if ( is_unused(checker, *decl) )
            check_warning(checker, (*decl)->where, "nothing uses %s '%s'", what(*decl),
                          (*decl)->name);
}

/* ---- [resource] ---------------------------------------------------------- */

static void mark_ways(struct checker *checker, const struct callable *call)
{
    for ( size_t i = 0; i < call->fields.count; i++ )
    {
        const struct field *field = call->fields.at[i];
        const struct type *type = field->type;

        while ( type && type->element )
            type = type->element;
        if ( !type || type->kind != TYPE_NAMED || !type->name.decl )
            continue;
        check_mark(checker, type->name.decl)->is_given |=
            (field->direction & DIRECTION_OUT) != 0;
        check_mark(checker, type->name.decl)->is_taken |=
            (field->direction & DIRECTION_IN) != 0;
    }
}

/* A number with a type of its own, in what is new: old types have their history. */
static bool is_resource(const struct decl *decl)
{
    return decl->kind == DECL_type && !decl->is_extern && !decl->is_legacy &&
           strcmp(decl->name, DOMAIN_TYPE) && !type_is_domain(decl->type) &&
           type_is_integer(decl->type);
}

void check_resources(struct checker *checker)
{
    for ( size_t i = 0; i < checker->calls.count; i++ )
        mark_ways(checker, checker->calls.at[i]);
    for ( size_t i = 0; i < checker->decls.count; i++ )
    {
        const struct decl *decl = checker->decls.at[i];
        const struct mark *mark = check_mark(checker, decl);

        if ( !is_resource(decl) || mark->is_given == mark->is_taken )
            continue;
        if ( mark->is_given )
            check_warning(checker, decl->where, "a '%s' is given out, and no op takes one",
                          decl->name);
        else
            check_warning(checker, decl->where, "a '%s' is taken, and no op gives one out",
                          decl->name);
    }
}
