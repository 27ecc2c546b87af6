/* SPDX-License-Identifier: MIT */
/*
 * Statements become the model.
 *
 * Needs the tree of one file.  Gives an interface with its declarations in the
 * order of the file; groups are flattened into the conditions of what they
 * hold.  Every name stays a text: resolve.c binds them when all files are in.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"

const struct tail *build_tail(const struct statement *statement, enum keyword word)
{
    TREE_EACH(tail, &statement->tails)
        if ( tail->word.where.source && tail->word.keyword == word )
            return tail;
    return NULL;
}

const struct tail *build_tail_kind(const struct statement *statement, enum tail_kind kind)
{
    TREE_EACH(tail, &statement->tails)
        if ( tail->kind == kind )
            return tail;
    return NULL;
}

bool build_has_head(const struct statement *statement, enum keyword word)
{
    LIST_EACH(head, &statement->heads)
        if ( head->keyword == word )
            return true;
    return false;
}

struct reference build_reference(const struct name *name)
{
    return (struct reference){ name->text, name->where, NULL };
}

void build_references(struct builder *builder, struct reference_list *list,
                      const struct name_list *names)
{
    LIST_EACH(name, names)
        *LIST_ADD(builder->arena, list) = build_reference(name);
}

uint64_t build_number(struct builder *builder, const struct name *number, bool *negative)
{
    uint64_t value = 0;
    bool minus = false;

    if ( !tree_number(number->text, &value, &minus) )
        diag_error(builder->diag, CHECK_number, number->where,
                   "'%s' is no number of at most 64 bits", number->text);
    if ( negative )
        *negative = minus;
    return value;
}

/* "3.2.10" is 0x0003020a; each part has one byte, the first two. */
static uint32_t version_number(struct builder *builder, const struct name *version)
{
    unsigned long part[3] = { 0 };
    char *end = (char *)version->text;

    for ( int i = 0; i < 3; i++ )
    {
        part[i] = strtoul(end, &end, 10);
        if ( *end != '.' )
            break;
        end++;
    }
    if ( part[0] > 0xffff || part[1] > 0xff || part[2] > 0xff )
        diag_error(builder->diag, CHECK_version, version->where,
                   "no part of a version is above 255");
    return (uint32_t)((part[0] & 0xffff) << 16 | (part[1] & 0xff) << 8 | (part[2] & 0xff));
}

struct condition_list build_conditions(struct builder *builder,
                                       const struct statement *statement)
{
    struct condition_list all = { 0 };

    LIST_EACH(condition, &builder->around)
        *LIST_ADD(builder->arena, &all) = *condition;
    TREE_EACH(tail, &statement->tails)
    {
        struct condition condition = { .where = tail->where };

        if ( tail->kind == TAIL_AGE )
        {
            condition.kind = tail->word.keyword == KEYWORD_since ? CONDITION_SINCE
                                                                 : CONDITION_BEFORE;
            condition.version = version_number(builder, &tail->name);
        }
        else if ( tail->kind == TAIL_WITH && (tail->word.keyword == KEYWORD_for ||
                                              tail->word.keyword == KEYWORD_except) )
        {
            condition.kind = tail->word.keyword == KEYWORD_for ? CONDITION_FOR
                                                               : CONDITION_EXCEPT;
            build_references(builder, &condition.names, &tail->names);
        }
        else
            continue;
        *LIST_ADD(builder->arena, &all) = condition;
    }
    return all;
}

struct decl *build_decl(struct builder *builder, const struct statement *statement,
                        enum decl_kind kind, const struct name *name, struct decl *owner)
{
    struct decl *decl = arena_alloc(builder->arena, sizeof(*decl));

    decl->kind = kind;
    decl->name = name ? name->text : NULL;
    decl->where = name ? name->where
                  : statement->heads.count ? statement->heads.at[0].where
                  : statement->where;
    decl->doc = statement->doc;
    decl->interface = builder->interface;
    decl->conditions = build_conditions(builder, statement);
    decl->owner = owner;
    if ( !owner )
        *LIST_ADD(builder->arena, &builder->interface->decls) = decl;
    return decl;
}

/* ---- the interface statement ---------------------------------------------- */

static const char *tail_text(const struct statement *line)
{
    const struct tail *text = build_tail_kind(line, TAIL_TEXT);

    return text ? text->name.text : NULL;
}

static void build_contents(struct builder *builder, const struct statement *line)
{
    const struct tail *number = build_tail_kind(line, TAIL_NUMBER);
    struct decl *decl = build_decl(builder, line, DECL_contents, &line->subjects.at[0], NULL);

    decl->reason = tail_text(line);
    if ( number )
    {
        decl->value = build_number(builder, &number->name, NULL);
        decl->value_text = number->name.text;
    }
}

/* Several lines of one kind are one: with the words of all. */
static void keep_line(struct builder *builder, const struct statement *line,
                      struct head_line *kept)
{
    if ( !kept->where.source )
        kept->where = line->where;
    if ( line->doc )
        kept->doc = kept->doc ? arena_format(builder->arena, "%s\n%s", kept->doc, line->doc)
                              : line->doc;
}

static void build_header(struct builder *builder, const struct statement *line)
{
    struct interface *interface = builder->interface;
    const struct tail *guard = build_tail(line, KEYWORD_guard);

    if ( interface->header )
        diag_error(builder->diag, CHECK_duplicate, line->where,
                   "an interface has one header");
    keep_line(builder, line, &interface->header_line);
    interface->header = tail_text(line);
    interface->guard = guard ? guard->names.at[0].text : NULL;
    interface->uses_before_guard = interface->uses.count;
    if ( !interface->header || !interface->guard )
        diag_error(builder->diag, CHECK_misplaced, line->where,
                   "header needs a file name and a guard: header \"x.h\" guard __X_H__;");
}

static void build_legacy_ops(struct builder *builder, const struct statement *line)
{
    struct interface *interface = builder->interface;
    const struct tail *range = build_tail_kind(line, TAIL_RANGE);

    keep_line(builder, line, &interface->legacy_line);
    interface->has_legacy = true;
    interface->legacy_reason = tail_text(line);
    if ( !range )
    {
        diag_error(builder->diag, CHECK_misplaced, line->where,
                   "legacy ops needs a range of numbers: legacy ops 0..12 \"why\";");
        return;
    }
    interface->legacy.low = build_number(builder, &range->range->high, NULL);
    interface->legacy.high = build_number(builder, &range->range->low, NULL);
    if ( interface->legacy.low > interface->legacy.high )
        diag_error(builder->diag, CHECK_number, range->where,
                   "this range is upside down: the lower number comes first");
    if ( !interface->legacy_reason )
        diag_error(builder->diag, CHECK_quirk, line->where,
                   "say why these ops are legacy: legacy ops 0..12 \"why\";");
}

static void build_interface_lines(struct builder *builder, const struct statement *statement)
{
    struct interface *interface = builder->interface;

    TREE_EACH(line, &statement->body)
    {
        switch ( placement_check(builder, line, IN_INTERFACE) )
        {
        case STATEMENT_header:     build_header(builder, line); break;
        case STATEMENT_copyright:
            if ( interface->copyright )
                diag_error(builder->diag, CHECK_duplicate, line->where,
                           "an interface has one copyright line");
            keep_line(builder, line, &interface->copyright_line);
            interface->copyright = tail_text(line);
            break;
        case STATEMENT_uses:
            keep_line(builder, line, &interface->uses_lines[interface->header != NULL]);
            build_references(builder, &interface->uses, &line->subjects);
            break;
        case STATEMENT_legacy_ops: build_legacy_ops(builder, line); break;
        case STATEMENT_contents:   build_contents(builder, line); break;
        default: break;
        }
    }
    if ( !interface->header )
        diag_error(builder->diag, CHECK_misplaced, interface->where,
                   "interface '%s' has no header line", interface->name);
}

static void build_interface_head(struct builder *builder, const struct statement *statement)
{
    struct interface *interface = builder->interface;

    if ( interface->name )
    {
        diag_error(builder->diag, CHECK_duplicate, statement->subjects.at[0].where,
                   "a file describes one interface");
        diag_note(builder->diag, interface->where, "the first is here");
        return;
    }
    interface->name = statement->subjects.at[0].text;
    interface->where = statement->subjects.at[0].where;
    interface->doc = statement->doc;
    interface->conditions = build_conditions(builder, statement);
    build_interface_lines(builder, statement);
}

/* ---- a file ------------------------------------------------------------------ */

static void build_file_list(struct builder *builder, const struct statement_list *list);

static void build_group(struct builder *builder, const struct statement *statement)
{
    struct condition_list around = builder->around;

    if ( statement->doc )
        diag_error(builder->diag, CHECK_misplaced, statement->doc_where,
                   "a group is not documented; what stands in it is");

    builder->around = build_conditions(builder, statement);
    build_file_list(builder, &statement->body);
    builder->around = around;
}

static void build_file_statement(struct builder *builder, const struct statement *statement)
{
    int kind = placement_check(builder, statement, IN_FILE);

    if ( kind < 0 )
        return;
    if ( !builder->interface->name && kind != STATEMENT_interface )
    {
        diag_error(builder->diag, CHECK_misplaced, statement->where,
                   "a file begins with its interface");
        builder->interface->name = "?";
        builder->interface->where = statement->where;
    }
    switch ( kind )
    {
    case STATEMENT_interface: build_interface_head(builder, statement); break;
    case STATEMENT_group:     build_group(builder, statement); break;
    case STATEMENT_contents:  build_contents(builder, statement); break;
    case STATEMENT_bits:
    case STATEMENT_enum:
    case STATEMENT_status:
        build_set(builder, statement, (enum statement_kind)kind, NULL, NULL);
        break;
    case STATEMENT_struct:
    case STATEMENT_union:
        build_structure(builder, statement, (enum statement_kind)kind, NULL, NULL);
        break;
    case STATEMENT_hypercall: build_hypercall(builder, statement); break;
    case STATEMENT_op:
    case STATEMENT_removed_op: build_op(builder, statement); break;
    case STATEMENT_extend:    build_extend(builder, statement); break;
    default:
        build_simple(builder, statement, (enum statement_kind)kind, NULL, NULL);
        break;
    }
}

static void build_file_list(struct builder *builder, const struct statement_list *list)
{
    TREE_EACH(statement, list)
        build_file_statement(builder, statement);
}

struct interface *build_interface(struct model *model, const struct tree *tree)
{
    struct interface *interface = arena_alloc(model->arena, sizeof(*interface));
    struct builder builder = { .arena = model->arena, .diag = model->diag,
                               .model = model, .interface = interface,
                               .is_table = tree->is_table };

    interface->source = tree->source;
    build_file_list(&builder, &tree->statements);
    if ( !interface->name )
    {
        struct span start = { tree->source, { 1, 1 }, { 1, 2 } };

        if ( !model->diag->errors )
            diag_error(model->diag, CHECK_misplaced, start,
                       "this file describes no interface");
        return NULL;
    }
    *LIST_ADD(model->arena, &model->interfaces) = interface;
    return interface;
}
