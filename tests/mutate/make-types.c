/* SPDX-License-Identifier: MIT */
/* Types and widths: of members, sets, typedefs, handles, arrays. */
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "sizes.h"

struct pair { const char *old, *new; };

static const struct pair same_widths[] = {
    { "u8", "s8" }, { "u16", "s16" }, { "u32", "s32" }, { "u64", "s64" }, { "s8", "u8" },
    { "s16", "u16" }, { "int", "uint" }, { "uint", "int" }, { "ulong", "long" },
    { "char", "s8" }, { "xen_pfn_t", "xen_ulong_t" }, { "xen_ulong_t", "xen_pfn_t" },
    { "grant_ref_t", "grant_handle_t" }, { "grant_handle_t", "grant_ref_t" },
};

static const struct pair other_widths[] = {
    { "u8", "u16" }, { "u16", "u32" }, { "u32", "u64" }, { "u64", "u32" }, { "s8", "s32" },
    { "s16", "s32" }, { "s32", "s64" }, { "int", "s64" }, { "uint", "u64" },
    { "ulong", "u32" }, { "xen_pfn_t", "u32" }, { "xen_ulong_t", "u16" },
    { "u64_aligned", "u32" }, { "grant_ref_t", "u64" }, { "domid_t", "u32" },
};

static const char *pair_for(const struct pair *table, size_t count, const char *type)
{
    for ( size_t i = 0; i < count; i++ )
        if ( !strcmp(table[i].old, type) )
            return table[i].new;
    return NULL;
}

const char *same_width(const char *type)
{
    return pair_for(same_widths, sizeof(same_widths) / sizeof(same_widths[0]), type);
}

const char *other_width(const char *type)
{
    return pair_for(other_widths, sizeof(other_widths) / sizeof(other_widths[0]), type);
}

/* ---- members ------------------------------------------------------------ */

static bool opposes(const struct statement *a, const struct statement *b)
{
    size_t since = find_word(a, a->first, "since"), before = find_word(b, b->first, "before");

    return since && before && is(a, since + 1, text_at(b, before + 1));
}

/* Something stands in its place in other versions, and has to stay as large. */
static bool has_counterpart(const struct statement *member)
{
    for ( ; member->kind == MEMBER; member = member->parent )
        for ( size_t i = 0; i < member->parent->body.count; i++ )
            if ( opposes(member->parent->body.at[i], member) ||
                 opposes(member, member->parent->body.at[i]) )
                return true;
    return member->kind == GROUP;
}

/* The member's C type is another; the rule is about the first of its names. */
static bool predict_member_type(struct mutation *mutation, struct statement *member,
                                const char *old, const char *new)
{
    struct statement *owner = owner_of(member);
    struct twins twins = twins_of(owner, member, member->name);
    struct rule *rule;

    if ( twins.count != 1 || !old || !new || has_counterpart(member) )
        return false;
    rule = mutation_rule(mutation, RULE_MEMBER);
    rule->files = header_of(member);
    rule->least = member->file->families;
    rule->scope = tag_of(owner);
    rule->name = text_at(member, member->name);
    rule->nth = (unsigned int)twins.nth;
    rule->from = old;
    rule->to = new;
    return true;
}

/* As it is once the word has become another. */
static const char *c_type_with(struct statement *member, size_t word, const char *new)
{
    struct word *changed = word_at(member, word);
    const char *old = changed->text, *result;

    changed->text = new;
    result = member_c_type(member);
    changed->text = old;
    return result;
}

static bool is_plain(const struct statement *member, size_t type)
{
    return !is(member, type + 1, "<") && !is(member, type_end(member, member->colon + 1), "as");
}

static void field_type(struct statement *member, size_t type)
{
    const char *new = same_width(text_at(member, type));
    struct mutation *mutation;

    if ( !new || !is_plain(member, type) )
        return;
    mutation = mutation_new(KIND_field_type, member, type);
    mutation_edit(mutation, member, type, new);
    if ( !predict_member_type(mutation, member, member_c_type(member),
                              c_type_with(member, type, new)) )
        mutation_drop(mutation);
}

/* The clause, if there is one, that begins with this word and names the member. */
static bool is_in_clause(struct statement *member, const char *word)
{
    struct references references = references_to(owner_of(member), member,
                                                 text_at(member, member->name));

    LIST_EACH(reference, &references)
        if ( is(reference->statement, reference->statement->first, word) )
            return true;
    return false;
}

static void field_width(struct statement *member, size_t type)
{
    const char *old = text_at(member, type), *new = other_width(old);
    struct mutation *mutation;
    bool fits;

    if ( !new || !is_plain(member, type) )
        return;
    fits = !is_strict(member) || sizes_fit(owner_of(member), member, new);
    mutation = mutation_new(fits ? KIND_field_width : KIND_unpadded, member, type);
    mutation_edit(mutation, member, type, new);
    sizes_affected(&mutation->layout, member);
    /* What is looked up has to be a domain's number. */
    if ( !strcmp(old, "domid_t") && is_in_clause(member, "domain") )
    {
        mutation_refused(mutation, "domain");
        mutation_refused(mutation, "unknown-name");
    }
    else if ( !fits )
    {
        /* It counts further than the place can. */
        if ( is_in_clause(member, "preempt") )
            mutation_refused(mutation, "preempt");
        mutation_refused(mutation, "padding");
        mutation_refused(mutation, "layout");
    }
    else if ( is_in_clause(member, "preempt") || find_word(member, member->colon, "since") ||
              !predict_member_type(mutation, member, member_c_type(member),
                                   c_type_with(member, type, new)) )
        mutation_drop(mutation);
}

static void array_length(struct statement *member)
{
    size_t type = unwrapped(member, member->colon + 1), bracket = type + 1;
    struct mutation *mutation;
    struct rule *rule;
    const char *new;

    if ( is(member, type, "handle") || is(member, type, "handle64") ||
         !is(member, bracket, "[") || word_at(member, bracket + 1)->kind != 'n' )
        return;
    new = name("%d", atoi(text_at(member, bracket + 1)) + (is_strict(member) ? 8 : 1));
    mutation = mutation_new(KIND_array_length, member, bracket + 1);
    mutation_edit(mutation, member, bracket + 1, new);
    sizes_affected(&mutation->layout, member);
    if ( !predict_member_type(mutation, member, "", "") )
    {
        mutation_drop(mutation);
        return;
    }
    rule = &mutation->rules.at[0];
    rule->new_length = name("[%s]", new);
}

/* ---- handles ------------------------------------------------------------ */

static void handle_mutation(struct statement *member, size_t word, size_t last,
                            const char *new, const char *c_new, bool other_size)
{
    struct mutation *mutation = mutation_new(KIND_handle_type, member, word);

    mutation_words(mutation, member, word, last, new);
    if ( other_size )
        sizes_affected(&mutation->layout, member);
    if ( !predict_member_type(mutation, member, member_c_type(member), c_new) )
        mutation_drop(mutation);
}

static void handle_types(struct statement *member, size_t handle)
{
    bool is_64 = is(member, handle, "handle64"), is_const = is(member, handle + 2, "const");
    size_t target = unwrapped(member, handle + 2 + is_const);
    const char *new = is_64 ? "handle" : "handle64";
    const char *to = is(member, target, "uint") ? "int" : "uint";

    if ( !is_strict(member) )
        handle_mutation(member, handle, handle, new, c_type_with(member, handle, new), true);
    if ( !is(member, target, "struct") && !is(member, target, "void") )
        handle_mutation(member, target, target, to, c_type_with(member, target, to), false);
    if ( is_const )
        handle_mutation(member, handle + 2, handle + 3, text_at(member, handle + 3),
                        name("%s(%s)", is_64 ? "XEN_GUEST_HANDLE_64" : "XEN_GUEST_HANDLE",
                             base_c_name(text_at(member, target))
                             ? base_c_name(text_at(member, target))
                             : text_at(member, target)), false);
}

/* ---- sets and typedefs -------------------------------------------------- */

static bool has_type(const struct statement *member, const char *type)
{
    return is(member, unwrapped(member, member->colon + 1), type);
}

static bool is_parameter_type(const char *type)
{
    EACH_FILE(file)
        EACH_STATEMENT(call, *file)
            for ( size_t i = call->name; i + 1 < call->last; i++ )
                if ( (call->kind == OP || call->kind == HYPERCALL) && is(call, i, ":") &&
                     is(call, unwrapped(call, i + 1), type) )
                    return true;
    return false;
}

/* All members of that type: false, nothing is predicted of one of them. */
static bool predict_all_members(struct mutation *mutation, const char *type,
                                const char *old, const char *new, const char *width)
{
    bool fits = true;

    EACH_FILE(file)
        EACH_STATEMENT(member, *file)
        {
            if ( member->kind != MEMBER || !has_type(member, type) || !owner_of(member) )
                continue;
            if ( is(member, type_end(member, member->colon + 1), "as") )
                return false;
            sizes_affected(&mutation->layout, member);
            fits &= !is_strict(member) || sizes_fit(owner_of(member), member, width);
            if ( old && !predict_member_type(mutation, member, old, new) )
                return false;
        }
    if ( !fits )
    {
        mutation->kind = KIND_unpadded;
        mutation_refused(mutation, "padding");
        mutation_refused(mutation, "layout");
    }
    return true;
}

static void set_width(struct statement *set)
{
    const char *old = set->colon ? text_at(set, set->colon + 1) : "", *new;
    bool own_texts = set->kind != BITS || find_word(set, set->colon, "as");
    struct mutation *mutation;

    new = other_width(old);
    if ( !new || !strcmp(old, "u64") || !strcmp(old, "ulong") ||
         is_parameter_type(text_at(set, set->name)) )
        return;
    mutation = mutation_new(KIND_set_width, set, set->colon + 1);
    mutation_edit(mutation, set, set->colon + 1, new);
    if ( !predict_all_members(mutation, text_at(set, set->name), base_c_name(old),
                              base_c_name(new), new) ||
         (!mutation->refusals.count && (!own_texts || !mutation->rules.count)) )
        mutation_drop(mutation);
}

static void typedef_type(struct statement *type, bool wider)
{
    size_t word = type->colon + 1;
    const char *old = text_at(type, word), *type_name = text_at(type, type->name);
    const char *new = wider ? other_width(old) : same_width(old);
    struct mutation *mutation;
    const char *array = "";

    if ( !new || !base_c_name(old) || !base_c_name(new) )
        return;
    if ( wider && (is_parameter_type(type_name) || text_starts(type_name, "xen_")) )
        return;
    if ( is(type, word + 1, "[") )
        array = name("[%s]", text_at(type, word + 2));
    mutation = mutation_new(KIND_typedef_type, type, word);
    mutation_edit(mutation, type, word, new);
    mutation_tokens(mutation, header_of(type), type->file->families,
                    name("typedef %s %s%s;", base_c_name(old), type_name, array),
                    name("typedef %s %s%s;", base_c_name(new), type_name, array));
    if ( wider && !predict_all_members(mutation, type_name, NULL, NULL, new) )
        mutation_drop(mutation);
}

/* ---- forms -------------------------------------------------------------- */

static bool has_handle(const char *tag)
{
    EACH_FILE(file)
        LIST_EACH(word, &(*file)->words)
            if ( word > (*file)->words.at && !strcmp(word[-1].text, "<") &&
                 (!strcmp(word->text, tag) || !strcmp(word->text, name("%s_t", tag))) )
                return true;
    return false;
}

static void form(struct statement *structure)
{
    const char *tag = tag_of(structure), *what = word_before_tag(structure);
    const char *only_typedef = name("typedef %s %s %s_t;", what, tag, tag);
    const char *full = name("%s DEFINE_XEN_GUEST_HANDLE(%s_t);", only_typedef, tag);
    size_t as = find_word(structure, structure->name, "as");
    struct mutation *mutation;

    if ( as && !is(structure, as + 1, "no_handle") )
        return;
    mutation = mutation_new(KIND_form, structure, structure->name);
    if ( as )
        mutation_words(mutation, structure, as, as + 1, "");
    else
        mutation_edit(mutation, structure, structure->name, name("%s as no_handle", tag));
    mutation_tokens(mutation, header_of(structure), structure->file->families,
                    as ? only_typedef : full, as ? full : only_typedef);
    if ( !as && has_handle(tag) )
        mutation_drop(mutation);
}

static void member_types(struct statement *member)
{
    size_t type = unwrapped(member, member->colon + 1);

    if ( is(member, member->last, "{") || !is_emitted(owner_of(member)) )
        return;
    if ( is(member, type + 1, "<") )
    {
        if ( is(member, type, "handle") || is(member, type, "handle64") )
            handle_types(member, type);
        return;
    }
    field_type(member, type);
    field_width(member, type);
    array_length(member);
}

void make_types(void)
{
    EACH_FILE(file)
        EACH_STATEMENT(statement, *file)
            switch ( statement->kind )
            {
            case MEMBER:    member_types(statement); break;
            case BITS:
            case ENUM:
            case STATUS:    set_width(statement); break;
            case TYPE:
                typedef_type(statement, false);
                typedef_type(statement, true);
                break;
            case STRUCT:
            case UNION:     form(statement); break;
            default:        break;
            }
}
