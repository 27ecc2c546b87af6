/* SPDX-License-Identifier: MIT */
/*
 * One declaration in the language's own words.  Needs dump-text-line.c and
 * dump-text-body.c; gives the third part of dump-text.h.
 */
#include <string.h>

#include "dump-text.h"

/* Where 'since', 'for' and the like may stand behind it, and what else is so. */
static const struct { bool takes_tails, has_body; } kinds[NR_DECLS] = {
    [DECL_const] = { .takes_tails = true },
    [DECL_macro] = { .takes_tails = true },
    [DECL_type] = { .takes_tails = true },
    [DECL_handle] = { .takes_tails = true },
    [DECL_alias] = { .takes_tails = true },
    [DECL_bits] = { .takes_tails = true, .has_body = true },
    [DECL_enum] = { .takes_tails = true, .has_body = true },
    [DECL_status] = { .takes_tails = true, .has_body = true },
    [DECL_struct] = { .takes_tails = true, .has_body = true },
    [DECL_union] = { .takes_tails = true, .has_body = true },
    [DECL_hypercall] = { .takes_tails = true, .has_body = true },
    [DECL_op] = { .takes_tails = true, .has_body = true },
    [DECL_extend] = { .takes_tails = true, .has_body = true },
};

bool dump_takes_tails(const struct decl *decl)
{
    return kinds[decl->kind].takes_tails && !decl->is_extern && !decl->is_removed;
}

bool dump_has_body(const struct decl *decl)
{
    return kinds[decl->kind].has_body && !decl->is_extern && !decl->is_removed;
}

static void finish(struct dump *dump, struct text *line, const struct decl *decl)
{
    dump_conditions(dump, line, &decl->conditions,
                    dump_outer(&decl->conditions, dump_takes_tails(decl)));
    dump_end(dump, line, decl->doc);
}

static void open_decl(struct dump *dump, struct text *line, const struct decl *decl)
{
    dump_conditions(dump, line, &decl->conditions,
                    dump_outer(&decl->conditions, dump_takes_tails(decl)));
    dump_open(dump, line, decl->doc);
}

/* ---- in one line ------------------------------------------------------------------ */

void dump_contents(struct text *line, const struct decl *decl)
{
    text_add(line, decl->name);
    if ( decl->value_text )
        text_format(line, " %s", decl->value_text);
    dump_string(line, "", decl->reason);
}

static void put_const(struct dump *dump, const struct decl *decl)
{
    struct text line = dump_line(dump);

    text_format(&line, "const %s = %s", decl->name, decl->value_text);
    dump_string(&line, "as", decl->spelling);
    finish(dump, &line, decl);
}

static void put_macro(struct dump *dump, const struct decl *decl)
{
    struct text line = dump_line(dump), rest = { .arena = dump->arena };

    text_format(&line, "macro %s", decl->name);
    if ( decl->has_parameters )
    {
        text_add(&line, "(");
        dump_references(&line, "", &decl->parameters);
        text_add(&line, ")");
    }
    text_add(&line, " =");
    dump_string(&rest, "", decl->text);
    if ( decl->is_fallback )
        text_add(&rest, " otherwise");
    dump_conditions(dump, &rest, &decl->conditions,
                    dump_outer(&decl->conditions, dump_takes_tails(decl)));
    if ( line.length + rest.length + 1 > COLUMN_LAST )
        text_format(&line, "\n%*s", (int)(dump->depth * COLUMN_INDENT) + 3, "");
    text_add(&line, text_string(&rest));
    dump_end(dump, &line, decl->doc);
}

/* WORD name: type */
static void put_typed(struct dump *dump, const char *word, const struct decl *decl)
{
    struct text line = dump_line(dump);

    text_format(&line, "%s %s", word, decl->name);
    if ( decl->type )
    {
        text_add(&line, ": ");
        dump_type(&line, decl->type);
    }
    finish(dump, &line, decl);
}

static void put_extern(struct dump *dump, const struct decl *decl)
{
    put_typed(dump, decl->kind == DECL_struct ? "extern struct"
                    : decl->kind == DECL_type ? "extern type" : "extern", decl);
}

/* Its text begins and ends with the newlines beside the braces. */
static void put_code(struct dump *dump, const struct decl *decl)
{
    dump_doc(dump, decl->doc);
    fprintf(dump->stream, "%%{%s%%}\n", decl->text);
    dump->fresh = false;
}

static void put_plain(struct dump *dump, const struct decl *decl)
{
    struct text line = dump_line(dump);

    switch ( decl->kind )
    {
    case DECL_section: text_format(&line, "section \"%s\"", decl->reason); break;
    case DECL_list:    text_add(&line, "list ops"); break;
    case DECL_contents:
        text_add(&line, "contents ");
        dump_contents(&line, decl);
        break;
    case DECL_alias:
        text_format(&line, "alias %s = %s", decl->name, decl->target.text);
        break;
    default:           break;
    }
    finish(dump, &line, decl);
}

/* ---- with a body -------------------------------------------------------------------- */

/* as PREFIX_*, as "PREFIX_* pattern", as "pattern" */
static void add_spelling(struct text *line, const struct decl *decl)
{
    const struct set *set = decl->set;
    size_t length = strlen(decl->name);
    bool is_own = !strncmp(set->prefix, decl->name, length) && !strcmp(set->prefix + length, "_");
    const char *pattern = set->spelling;

    if ( is_own && !pattern )
        return;
    if ( !pattern )
        text_format(line, " as %s*", set->prefix);
    else if ( is_own && !strchr(pattern, '*') )
        dump_string(line, "as", pattern);
    else
        text_format(line, " as \"%s* %s\"", set->prefix, pattern);
}

static void put_set(struct dump *dump, const struct decl *decl)
{
    struct text line = dump_line(dump);

    text_format(&line, "%s%s %s", decl->set->is_c_enum ? "typedef " : "",
                decl_kind_text(decl->kind), decl->name);
    if ( decl->set->width )
    {
        text_add(&line, ": ");
        dump_type(&line, decl->set->width);
    }
    add_spelling(&line, decl);
    if ( decl->set->messages )
        text_format(&line, " messages %s", decl->set->messages);
    open_decl(dump, &line, decl);
    dump_constants(dump, decl->set);
    dump_close(dump);
}

static void put_structure(struct dump *dump, const struct decl *decl)
{
    static const struct { const char *before, *behind; } forms[] = {
        [FORM_FULL] = { "", "" },
        [FORM_NO_HANDLE] = { "", " as no_handle" },
        [FORM_TAG_ONLY] = { "", " as tag_only" },
        [FORM_NO_TAG] = { "typedef ", " as no_tag" },
        [FORM_TYPEDEF] = { "typedef ", "" },
    };
    struct text line = dump_line(dump);
    bool is_union = decl->kind == DECL_union;

    text_format(&line, "%s%s %s%s", is_union ? "" : forms[decl->form].before,
                decl_kind_text(decl->kind), decl->name, forms[decl->form].behind);
    dump_references(&line, " by", &decl->aggregate->by);
    open_decl(dump, &line, decl);
    dump_aggregate(dump, decl->aggregate);
    dump_close(dump);
}

static void add_result(struct text *line, const struct type *result)
{
    text_add(line, " -> ");
    if ( result )
        dump_type(line, result);
    else
        text_add(line, "errno");
}

static void put_pattern(struct dump *dump, const char *word, const char *prefix,
                        const char *doc)
{
    struct text line = dump_line(dump);

    if ( !prefix )
        return;
    text_add(&line, word);
    dump_pad(&line, COLUMN_INDENT + COLUMN_CLAUSE);
    text_format(&line, "%s*", prefix);
    dump_end(dump, &line, doc);
}

static void put_hypercall(struct dump *dump, const struct decl *decl)
{
    const struct hypercall *hypercall = decl->hypercall;
    struct text line = dump_line(dump);

    text_format(&line, "hypercall %s = %s", decl->name, hypercall->number_text);
    dump_parameters(&line, &hypercall->parameters);
    add_result(&line, hypercall->result);
    if ( !hypercall->op_prefix && !hypercall->struct_prefix && !hypercall->clauses.count )
    {
        finish(dump, &line, decl);
        return;
    }
    open_decl(dump, &line, decl);
    put_pattern(dump, "ops", hypercall->op_prefix, hypercall->ops_doc);
    put_pattern(dump, "structs", hypercall->struct_prefix, hypercall->structs_doc);
    dump->fresh = true;         /* no empty line between */
    dump->implied = &decl->conditions;
    dump_clauses(dump, &hypercall->clauses);
    dump->implied = NULL;
    dump_close(dump);
}

static void add_structure(struct dump *dump, struct text *line, const struct decl *decl)
{
    const struct op *op = decl->op;
    const char *prefix = op->hypercall ? op->hypercall->struct_prefix : NULL;
    const char *usual = arena_format(dump->arena, "%s%s", prefix ? prefix : "", decl->name);

    if ( op->aggregate && op->aggregate->tag && strcmp(op->aggregate->tag, usual) )
        text_format(line, " as struct %s", op->aggregate->tag);
    if ( op->structure.text )
        text_format(line, " (%s)", op->structure.text);
    dump_parameters(line, &op->parameters);
}

static void put_op_body(struct dump *dump, const struct op *op)
{
    struct condition_list groups = dump->groups;

    dump->groups = (struct condition_list){ 0 };
    dump_aggregate(dump, op->aggregate);
    if ( op->refinements.count )
    {
        dump_gap(dump);
        dump_members(dump, &op->refinements);
        dump->fresh = true;     /* clauses follow without an empty line */
    }
    dump_clauses(dump, &op->clauses);
    dump_groups(dump, &dump->groups, 0);
    dump->groups = groups;
}

static void put_op(struct dump *dump, const struct decl *decl)
{
    struct text line = dump_line(dump);
    const struct op *op = decl->op;

    if ( decl->kind == DECL_extend )
        text_format(&line, "extend op %s", decl->name);
    else
        text_format(&line, "%sop %s = %s", decl->is_removed ? "removed " : "", decl->name,
                    op->number_text);
    add_structure(dump, &line, decl);
    if ( op->result )
        add_result(&line, op->result);
    if ( op->result_else.text )
        text_format(&line, " else %s", op->result_else.text);
    if ( decl->is_deprecated )
        text_add(&line, " deprecated");
    dump_string(&line, "", decl->reason);
    if ( !op->aggregate )
    {
        finish(dump, &line, decl);
        return;
    }
    open_decl(dump, &line, decl);
    put_op_body(dump, op);
    dump_close(dump);
}

void dump_decl(struct dump *dump, const struct decl *decl)
{
    if ( decl->is_extern )
    {
        put_extern(dump, decl);
        return;
    }
    switch ( decl->kind )
    {
    case DECL_code:      put_code(dump, decl); break;
    case DECL_const:     put_const(dump, decl); break;
    case DECL_macro:     put_macro(dump, decl); break;
    case DECL_type:      put_typed(dump, "type", decl); break;
    case DECL_handle:    put_typed(dump, "handle", decl); break;
    case DECL_bits:
    case DECL_enum:
    case DECL_status:    put_set(dump, decl); break;
    case DECL_struct:
    case DECL_union:     put_structure(dump, decl); break;
    case DECL_hypercall: put_hypercall(dump, decl); break;
    case DECL_op:
    case DECL_extend:    put_op(dump, decl); break;
    default:             put_plain(dump, decl); break;
    }
}
