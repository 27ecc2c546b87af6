/* SPDX-License-Identifier: MIT */
/* Names of members, ops, structures, types and whatever else is one identifier in C. */
#include <ctype.h>
#include <string.h>

#include "names.h"

#define LAYOUT "/check/layout.c"

/* ---- identifiers of C --------------------------------------------------- */

static bool is_identifier_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The identifier wherever it stands between two bytes of a file. */
static void edit_identifiers(struct mutation *mutation, struct description *file,
                             size_t from, size_t to, const char *old, const char *new)
{
    size_t length = strlen(old);

    for ( size_t at = from; at + length <= to; at++ )
        if ( !strncmp(file->bytes + at, old, length) &&
             !is_identifier_byte(file->bytes[at + length]) &&
             (at == 0 || !is_identifier_byte(file->bytes[at - 1])) )
            mutation_cut(mutation, file, at, length, new);
}

/* Verbatim blocks are no words. */
static void edit_verbatim(struct mutation *mutation, struct description *file,
                          const char *old, const char *new)
{
    const char *at = file->bytes, *end;

    while ( (at = strstr(at, "\n%{")) && (end = strstr(at, "%}")) )
    {
        edit_identifiers(mutation, file, (size_t)(at - file->bytes),
                         (size_t)(end - file->bytes), old, new);
        at = end;
    }
}

/* An identifier that is one thing in all files: in words, texts for C and outputs. */
static void rename_everywhere(struct mutation *mutation, const char *old, const char *new)
{
    EACH_FILE(file)
    {
        EACH_STATEMENT(statement, *file)
            for ( size_t i = statement->first; i <= statement->last; i++ )
            {
                struct word *word = word_at(statement, i);

                if ( word->kind == 'w' && !strcmp(word->text, old) )
                    mutation_edit(mutation, statement, i, new);
                if ( word->kind == 's' && statement->kind == MACRO )
                    edit_identifiers(mutation, *file, word->at, word->at + word->length,
                                     old, new);
            }
        edit_verbatim(mutation, *file, old, new);
    }
    mutation_tokens(mutation, "", 1, old, new);
}

static struct mutation *rename_simple(enum kind kind, struct statement *statement)
{
    const char *old = text_at(statement, statement->name);
    struct mutation *mutation = mutation_new(kind, statement, statement->name);

    mutation_edit(mutation, statement, statement->name, other(old));
    rename_everywhere(mutation, old, other(old));
    return mutation;
}

/* Whether anything but the statement itself has the word. */
static bool is_word_elsewhere(const struct statement *statement, const char *text)
{
    EACH_FILE(file)
        EACH_STATEMENT(other_statement, *file)
            for ( size_t i = other_statement->first; i < other_statement->last; i++ )
                if ( (other_statement != statement || i != statement->name) &&
                     word_at(other_statement, i)->kind == 'w' && is(other_statement, i, text) )
                    return true;
    return false;
}

/* ---- members ------------------------------------------------------------ */

static void predict_member_name(struct mutation *mutation, struct statement *owner,
                                struct statement *member, const struct twins *twins,
                                const char *old)
{
    const char *tag = tag_of(owner);
    struct names paths = paths_of(member, old);
    const char *word = owner->kind == TYPEDEF_STRUCT && find_word(owner, 0, "no_tag")
                       ? "" : word_before_tag(owner);

    for ( size_t i = 0; i < (twins->is_one ? 1 : twins->count); i++ )
    {
        struct rule *rule = mutation_rule(mutation, RULE_MEMBER);

        /* What is renamed already is none of that name any more. */
        rule->files = header_of(owner);
        rule->least = owner->file->families;
        rule->scope = tag;
        rule->name = old;
        rule->nth = (unsigned int)twins->nth;
        rule->new_name = other(old);
    }
    for ( size_t i = 0; i < paths.count; i++ )
    {
        const char *path = paths.at[i];
        size_t length = strlen(path) - strlen(old);

        mutation_tokens(mutation, LAYOUT, 0, name("(%s %s, %s", word, tag, path),
                        name("(%s %s, %.*s%s", word, tag, (int)length, path, other(old)));
    }
}

static void edit_references(struct mutation *mutation, const struct references *references,
                            const char *new)
{
    LIST_EACH(reference, references)
    {
        struct statement *statement = reference->statement;
        struct text was = { .arena = arena }, becomes = { .arena = arena };

        mutation_edit(mutation, statement, reference->word, new);
        if ( statement->kind != ALIAS )
            continue;
        for ( size_t i = statement->equals + 1; i < statement->last; i++ )
        {
            text_add(&was, text_at(statement, i));
            text_add(&becomes, i == reference->word ? new : text_at(statement, i));
            if ( !is(statement, i, ".") && !is(statement, i + 1, ".") )
                break;
        }
        mutation_tokens(mutation, header_of(statement), statement->file->families,
                        name("#define %s %s\n", text_at(statement, statement->name),
                             text_string(&was)),
                        name("#define %s %s\n", text_at(statement, statement->name),
                             text_string(&becomes)));
    }
}

/* Stubs name some members: the status of a strict batch, the parts of an entry. */
static void predict_stub_members(struct mutation *mutation, struct statement *owner,
                                 const char *old)
{
    if ( owner->kind == OP && is_strict(owner) && !strcmp(old, "status") )
        for ( int i = 0; i < 2; i++ )
        {
            struct rule *rule = mutation_rule(mutation, RULE_TOKENS);

            rule->files = stubs_of(owner);
            rule->least = 3;
            rule->scope = i ? name("void hc_multi_%s(", op_stub_name(owner) + strlen("hc_"))
                            : name("long %s(", op_stub_name(owner));
            rule->from = name(".%s", old);
            rule->to = name(".%s", other(old));
        }
    if ( !strcmp(tag_of(owner), "multicall_entry") )
        mutation_tokens(mutation, "", 0, name("entry->%s", old),
                        name("entry->%s", other(old)));
}

static void lost_reference(struct statement *member, size_t word,
                           const struct references *references, const struct twins *twins)
{
    struct mutation *mutation = mutation_new(KIND_reference_lost, member, word);

    LIST_EACH(twin, twins)
        mutation_edit(mutation, twin->statement, twin->word,
                      other(text_at(member, word)));
    LIST_EACH(reference, references)
    {
        const struct statement *statement = reference->statement;

        if ( statement->kind == MEMBER || statement->kind == UNION )
            mutation_refused(mutation, find_word(statement, 0, "by") ? "union-tag" : "count");
        if ( statement->kind == DIRECTION )
            mutation_refused(mutation, "direction");
        if ( is(statement, statement->first, "domain") )
            mutation_refused(mutation, "domain");
        if ( statement->kind != ALIAS )
            mutation_refused(mutation, "unknown-name");
    }
    /* What an alias says is for C alone to understand. */
    if ( !mutation->refusals.count )
        mutations.count--;
}

static void member_name(struct statement *member, size_t word)
{
    struct statement *owner = owner_of(member);
    const char *old = text_at(member, word);
    struct references references;
    struct mutation *mutation;
    struct twins twins;

    if ( !is_emitted(owner) )
        return;
    twins = twins_of(owner, member, word);
    if ( twins.at[0].statement != member )
        return;
    references = references_to(owner, member, old);
    mutation = mutation_new(KIND_field_name, member, word);
    LIST_EACH(twin, &twins)
        mutation_edit(mutation, twin->statement, twin->word, other(old));
    edit_references(mutation, &references, other(old));
    predict_member_name(mutation, owner, member, &twins, old);
    predict_stub_members(mutation, owner, old);
    /* 'done' and 'count' have meanings of their own in resume. */
    if ( (references.count && members_named(owner, old) > 1) || !strcmp(old, "done") ||
         !strcmp(old, "count") )
        mutation_drop(mutation);
    else if ( references.count && !references.by_part )
        lost_reference(member, word, &references, &twins);
}

/* ---- ops ---------------------------------------------------------------- */

/* extend op, and a union that goes by cmd. */
static void edit_op_references(struct mutation *mutation, const struct statement *op,
                               const char *new)
{
    EACH_STATEMENT(statement, op->file)
    {
        size_t when = 0;

        if ( statement->kind == EXTEND && is(statement, statement->name,
                                             text_at(op, op->name)) )
            mutation_edit(mutation, statement, statement->name, new);
        if ( statement->kind == MEMBER )
            when = find_word(statement, statement->colon, "when");
        for ( ; when && when < statement->last; when++ )
            if ( is(statement, when, text_at(op, op->name)) )
                mutation_edit(mutation, statement, when, new);
    }
}

static void op_name(struct statement *op)
{
    const char *old = text_at(op, op->name), *new = other(old);
    const char *prefix = op_prefix(hypercall_of(op)), *stub = op_stub_name(op);
    const char *tag = tag_of(op);
    int length = (int)(strlen(stub) - strlen(old));
    struct mutation *mutation = mutation_new(KIND_op_name, op, op->name);

    mutation_edit(mutation, op, op->name, new);
    edit_op_references(mutation, op, new);
    rename_everywhere(mutation, name("%s%s", prefix, old), name("%s%s", prefix, new));
    mutation_tokens(mutation, stubs_of(op), op->file->families, stub,
                    name("%.*s%s", length, stub, new));
    mutation_tokens(mutation, stubs_of(op), op->file->families,
                    name("hc_multi_%s", stub + 3),
                    name("hc_multi_%.*s%s", length - 3, stub + 3, new));
    if ( tag && !find_word(op, op->name, "as") )
    {
        const char *new_tag = name("%.*s%s", (int)(strlen(tag) - strlen(old)), tag, new);

        rename_everywhere(mutation, tag, new_tag);
        rename_everywhere(mutation, name("%s_t", tag), name("%s_t", new_tag));
    }
}

/* What comes from elsewhere, or has a meaning for the compiler, stays as it is. */
static bool is_known_elsewhere(const struct statement *statement)
{
    EACH_FILE(file)
        EACH_STATEMENT(other_statement, *file)
            if ( other_statement->kind == EXTERN &&
                 is(other_statement, other_statement->name,
                    text_at(statement, statement->name)) )
                return true;
    return false;
}

/* ---- structures --------------------------------------------------------- */

/* The tag where it is a type: not where a member or a call has the same name. */
static bool is_type_word(const struct statement *statement, size_t word)
{
    static const char *const before[] = { "struct", "union", "<", ":", "(", "const" };

    if ( statement->kind != OP && word == statement->name )
        return statement->kind == STRUCT || statement->kind == UNION ||
               statement->kind == TYPEDEF_STRUCT;
    for ( size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++ )
        if ( is(statement, word - 1, before[i]) )
            return true;
    return false;
}

static void edit_tag(struct mutation *mutation, const char *old, const char *new)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            for ( size_t i = statement->first; i < statement->last; i++ )
            {
                if ( word_at(statement, i)->kind != 'w' )
                    continue;
                if ( is(statement, i, old) && is_type_word(statement, i) )
                    mutation_edit(mutation, statement, i, new);
                if ( is(statement, i, old) && statement->kind == ALIAS &&
                     i > statement->equals )
                {
                    mutation_edit(mutation, statement, i, new);
                    mutation_tokens(mutation, header_of(statement), 1,
                                    name("#define %s %s\n",
                                         text_at(statement, statement->name), old),
                                    name("#define %s %s\n",
                                         text_at(statement, statement->name), new));
                }
            }
}

static void tag_name(struct statement *structure)
{
    const char *old = tag_of(structure), *new;
    struct mutation *mutation = mutation_new(KIND_tag, structure, structure->name);

    if ( is_known_elsewhere(structure) )
    {
        mutation_drop(mutation);
        return;
    }
    new = other(old);
    if ( structure->kind == OP )
        mutation_edit(mutation, structure, find_word(structure, 0, "as") + 2, new);
    edit_tag(mutation, old, new);
    mutation_tokens(mutation, "", 0, name("struct %s", old), name("struct %s", new));
    mutation_tokens(mutation, "", 0, name("union %s", old), name("union %s", new));
    if ( structure->kind == TYPEDEF_STRUCT && find_word(structure, 0, "no_tag") )
    {
        /* The name is the typedef's. */
        mutation->rules.count -= 2;
        rename_everywhere(mutation, old, new);
    }
    else if ( !find_word(structure, 0, "tag_only") )
        rename_everywhere(mutation, name("%s_t", old), name("%s_t", new));
}

/* ---- one identifier ----------------------------------------------------- */

static void type_name(struct statement *type)
{
    struct mutation *mutation = rename_simple(KIND_type_name, type);

    /* What 'domain' looks up has a type of this name. */
    if ( is(type, type->name, "domid_t") || is_known_elsewhere(type) )
        mutation_drop(mutation);
}

/* Another declaration of that name that excludes this one. */
static bool has_twin(const struct statement *statement)
{
    return is_word_elsewhere(statement, text_at(statement, statement->name));
}

/* A structure's own name, or its typedef's. */
static bool names_structure(const char *text)
{
    return find_structure(text) ||
           (text_ends(text, "_t") &&
            find_structure(name("%.*s", (int)strlen(text) - 2, text)));
}

static void alias_name(struct statement *alias)
{
    const char *old = text_at(alias, alias->name);
    struct mutation *mutation;

    if ( names_structure(old) )
    {
        mutation = mutation_new(KIND_alias_name, alias, alias->name);
        mutation_edit(mutation, alias, alias->name, other(old));
        mutation_tokens(mutation, header_of(alias), alias->file->families,
                        name("#define %s", old), name("#define %s", other(old)));
        return;
    }
    mutation = rename_simple(KIND_alias_name, alias);

    /* An alias may stand for a hypercall's number, or take the place of a name. */
    if ( has_twin(alias) || text_starts(old, "__HYPERVISOR_") )
        mutation_drop(mutation);
}

static void macro_name(struct statement *macro)
{
    struct mutation *mutation = rename_simple(KIND_macro_name, macro);

    if ( has_twin(macro) || is_known_elsewhere(macro) ||
         strstr(text_at(macro, macro->name), "GUEST_HANDLE") ||
         strstr(text_at(macro, macro->name), "guest_handle") ||
         strstr(text_at(macro, macro->name), "xen_mk_") ||
         strstr(text_at(macro, macro->name), "aligned_t") )
        mutation_drop(mutation);
}

static void const_name(struct statement *constant)
{
    struct mutation *mutation = rename_simple(KIND_const_name, constant);

    if ( is_known_elsewhere(constant) ||
         text_starts(text_at(constant, constant->name), "XEN_HAVE") )
        mutation_drop(mutation);
}

static void member_names(struct statement *member)
{
    for ( size_t i = member->name; i < member->colon; i += 2 )
        member_name(member, i);
}

void make_names(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            switch ( statement->kind )
            {
            case OP:
                op_name(statement);
                if ( find_word(statement, statement->name, "as") )
                    tag_name(statement);
                break;
            case STRUCT:
            case UNION:
            case TYPEDEF_STRUCT:    tag_name(statement); break;
            case MEMBER:            member_names(statement); break;
            case TYPE:              type_name(statement); break;
            case CONST:             const_name(statement); break;
            case ALIAS:             alias_name(statement); break;
            case MACRO:             macro_name(statement); break;
            default:                break;
            }
}
