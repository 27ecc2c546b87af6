/* SPDX-License-Identifier: MIT */
/*
 * Scalars of a description in YAML -> parts of statements.  What is a type, a
 * number, a name or an expression goes through the scanner and the grammar of
 * the language, with the places that it has in the file.  Needs yaml-form and
 * scan.h; gives yaml-idl.h.
 */
#include <string.h>

#include "yaml-idl.h"
#include "yaml-table.h"

struct span idl_pair_span(const struct node_pair *pair)
{
    return (struct span){ pair->where.source, pair->where.first, pair->value->where.last };
}

bool idl_refuse(struct yaml_idl *idl, const struct node_pair *pair, const char *wanted)
{
    if ( pair->value->kind != NODE_REFUSED )
        diag_error(idl->scan.diag, CHECK_yaml_type, pair->value->where,
                   "'%s' must be %s, not %s", pair->key, wanted, node_kind_text(pair->value));
    return false;
}

static bool value_error(struct yaml_idl *idl, const struct node *node, const char *wrong)
{
    diag_error(idl->scan.diag, CHECK_yaml_value, node->where, "%s", wrong);
    return false;
}

/* ---- where the bytes are ------------------------------------------------------ */

static size_t offset_of(const struct source *source, struct point point)
{
    return source->lines.at[point.line - 1] + (size_t)point.column - 1;
}

/*
 * The bytes of a scalar as they stand in the file: what folds and indents them
 * is blanks, to the scanner.  NULL: escapes stand for others.
 */
static const char *raw_text(struct yaml_idl *idl, const struct node *node, struct span *where)
{
    const struct source *source = idl->scan.source;
    size_t first = offset_of(source, node->where.first);
    size_t last = offset_of(source, node->where.last);

    if ( node->is_block )
    {
        where->first = (struct point){ node->where.first.line + 1, 1 };
        if ( (size_t)where->first.line > source->lines.count )
            return NULL;
        first = offset_of(source, where->first);
    }
    else if ( !node->is_plain )
    {
        const char *inner = source->text + first + 1;
        size_t length = last - first - 2;

        if ( memchr(inner, '\\', length) || memchr(inner, '\'', length) )
            return NULL;
        first++, last--;
        where->first.column++;
    }
    return first <= last ? arena_copy(idl->scan.arena, source->text + first, last - first)
                         : NULL;
}

static bool read_part(struct yaml_idl *idl, enum part_kind kind, const struct word *word,
                      const struct node *node, bool names_only)
{
    struct span where = node->where;
    const char *raw = raw_text(idl, node, &where);

    idl->scan.names_only = names_only;
    return part_read(&idl->scan, kind, word, raw ? raw : node->text,
                     raw ? where : node->where, raw);
}

/* ---- kinds of scalars ---------------------------------------------------------- */

static bool is_scalar(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node_is_nothing(node);
}

/* What other readers of YAML would not take for a text. */
static bool is_plainly_text(struct yaml_idl *idl, const struct node *node)
{
    if ( !node->is_plain )
        return true;
    if ( !form_is_odd_word(node->text) && !form_looks_like_number(node->text) )
        return true;
    diag_error(idl->scan.diag, CHECK_yaml_type, node->where,
               "%s is no text without quotes", node->text);
    diag_help(idl->scan.diag, node->where, "write \"%s\"", node->text);
    return false;
}

/* No character that the language has not. */
static bool is_printable(struct yaml_idl *idl, const struct node *node, bool has_lines)
{
    for ( size_t i = 0; i < node->length; i++ )
    {
        unsigned char c = (unsigned char)node->text[i];

        if ( !c || c == '\r' || (c == '\n' && !has_lines) || c >= 0x7f )
            return value_error(idl, node, c == '\n' ? "this text is one line"
                                          : "a character here is not ASCII, or no text");
    }
    return true;
}

bool idl_text(struct yaml_idl *idl, const struct node_pair *pair, struct name *text)
{
    const struct node *node = pair->value;

    if ( !is_scalar(node) )
        return idl_refuse(idl, pair, "a text");
    if ( !is_plainly_text(idl, node) || !is_printable(idl, node, false) )
        return false;
    if ( strchr(node->text, '"') )
        return value_error(idl, node, "a text of the language has no '\"' in it");
    *text = (struct name){ node->text, node->where };
    return true;
}

bool idl_true(struct yaml_idl *idl, const struct node_pair *pair)
{
    if ( pair->value->kind == NODE_SCALAR && pair->value->is_plain &&
         !strcmp(pair->value->text, "true") )
        return true;
    return idl_refuse(idl, pair, "true, or not there");
}

/* Lines, none with blanks at its end. */
bool idl_doc(struct yaml_idl *idl, const struct node_pair *pair, struct statement *statement)
{
    const struct node *node = pair->value;
    struct text doc = { .arena = idl->scan.arena };

    if ( !is_scalar(node) )
        return idl_refuse(idl, pair, "a text");
    if ( !is_plainly_text(idl, node) || !is_printable(idl, node, true) )
        return false;
    for ( const char *line = node->text; line; )
    {
        size_t length = strcspn(line, "\n"), kept = length;

        while ( kept && (line[kept - 1] == ' ' || line[kept - 1] == '\t') )
            kept--;
        text_add_bytes(&doc, line, kept);
        line = line[length] && line[length + 1] ? line + length + 1 : NULL;
        if ( line )
            text_add(&doc, "\n");
    }
    statement->doc = text_string(&doc);
    statement->doc_where = node->where;
    return true;
}

/* What its lines have in the file, and not in the text. */
static int block_indent(struct yaml_idl *idl, const struct node *node)
{
    size_t length, blank = strspn(node->text, "\n");
    const char *line = source_line(idl->scan.source, node->where.first.line + 1 + (int)blank,
                                   &length);

    return (int)(strspn(line, " ") - strspn(node->text + blank, " "));
}

/* In quotes exactly as it is; as a block it begins on a line of its own. */
bool idl_code(struct yaml_idl *idl, const struct node_pair *pair, struct statement *statement)
{
    const struct node *node = pair->value;

    if ( !is_scalar(node) )
        return idl_refuse(idl, pair, "a text");
    if ( !is_printable(idl, node, true) )
        return false;
    if ( strstr(node->text, "%}") )
        return value_error(idl, node, "'%}' ends a verbatim text");
    statement->code_at = node->where.first;
    statement->code_indent = node->is_block ? block_indent(idl, node) : -1;
    statement->code = node->is_block ? arena_format(idl->scan.arena, "\n%s", node->text)
                                     : node->text;
    return true;
}

/* ---- lists ---------------------------------------------------------------------- */

/* A scalar is a list of one; NULL behind the last, and where it is no list at all. */
static const struct node *element(const struct node *node, size_t i)
{
    if ( node->kind == NODE_LIST )
        return i < node->items.count ? node->items.at[i] : NULL;
    return i ? NULL : node;
}

static bool is_list(struct yaml_idl *idl, const struct node_pair *pair, const char *wanted,
                    bool may_be_maps)
{
    const struct node *node;

    if ( pair->value->kind == NODE_LIST && !pair->value->items.count )
        return value_error(idl, pair->value, arena_format(idl->scan.arena,
                           "'%s' must not be empty", pair->key));
    for ( size_t i = 0; (node = element(pair->value, i)); i++ )
        if ( !is_scalar(node) && (!may_be_maps || node->kind != NODE_MAP) )
            return idl_refuse(idl, &(struct node_pair){ pair->key, pair->where, node }, wanted);
    return true;
}

bool idl_names(struct yaml_idl *idl, const struct node_pair *pair, struct name_list *names)
{
    const struct node *node;

    if ( !is_list(idl, pair, "a name, or a list of names", false) )
        return false;
    for ( size_t i = 0; (node = element(pair->value, i)); i++ )
    {
        if ( (node->is_plain && form_is_odd_word(node->text) && !is_plainly_text(idl, node)) ||
             !read_part(idl, PART_NAMES, NULL, node, true) )
            return false;
        LIST_EACH(name, &idl->scan.part.names)
            *LIST_ADD(idl->scan.arena, names) = *name;
    }
    return true;
}

/* ---- types and numbers ------------------------------------------------------------ */

bool idl_type(struct yaml_idl *idl, const struct node_pair *pair, const struct tree_type **type)
{
    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, "a type");
    if ( !is_plainly_text(idl, pair->value) ||
         !read_part(idl, PART_TYPE, NULL, pair->value, false) )
        return false;
    *type = idl->scan.part.type;
    return true;
}

bool idl_number(struct yaml_idl *idl, const struct node_pair *pair, bool is_text,
                const struct place **place)
{
    struct place *text;

    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, is_text ? "a text" : "a number");
    if ( !is_text )
    {
        if ( !read_part(idl, PART_PLACE, NULL, pair->value, false) )
            return false;
        *place = idl->scan.part.place;
        return true;
    }
    text = arena_alloc(idl->scan.arena, sizeof(*text));
    text->kind = PLACE_TEXT;
    text->where = pair->value->where;
    *place = text;
    return idl_text(idl, pair, &text->value);
}

bool idl_direction(struct yaml_idl *idl, const struct node_pair *pair, struct word *word)
{
    static const enum keyword directions[] = { KEYWORD_in, KEYWORD_out, KEYWORD_inout };

    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, "in, out or inout");
    for ( size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++ )
    {
        *word = (struct word){ directions[i], pair->value->where };
        if ( !strcmp(keyword_text(directions[i]), pair->value->text) )
            return true;
    }
    return value_error(idl, pair->value, arena_format(idl->scan.arena,
                       "a direction is in, out or inout, not '%s'", pair->value->text));
}

/* ---- tails --------------------------------------------------------------------------- */

static struct tail *tail_new(struct yaml_idl *idl, const struct node_pair *pair,
                             enum tail_kind kind, struct statement *statement)
{
    struct tail *tail = arena_alloc(idl->scan.arena, sizeof(*tail));

    tail->kind = kind;
    tail->where = idl_pair_span(pair);
    TREE_ADD(&statement->tails, tail);
    return tail;
}

bool idl_tail_text(struct yaml_idl *idl, const struct node_pair *pair,
                   struct statement *statement)
{
    return idl_text(idl, pair, &tail_new(idl, pair, TAIL_TEXT, statement)->name);
}

bool idl_tail_number(struct yaml_idl *idl, const struct node_pair *pair,
                     struct statement *statement)
{
    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, "a number");
    if ( !read_part(idl, PART_TAIL, NULL, pair->value, true) )
        return false;
    TREE_ADD(&statement->tails, idl->scan.part.tail);
    return true;
}

/* One tail for all elements: each is read alone, and what they hold is joined. */
static bool tail_words(struct yaml_idl *idl, const struct node_pair *pair,
                       const struct form_tail *kind, struct statement *statement)
{
    struct word word = { kind->word, pair->where };
    const struct node *node;
    struct tail *whole = NULL;
    bool is_steps = kind->kind == FORM_STEPS;

    if ( !is_list(idl, pair, is_steps ? "a step, or a list of steps"
                                      : "a name, or a list of names", false) )
        return false;
    for ( size_t i = 0; (node = element(pair->value, i)); i++ )
    {
        /* As in a text: a ',' makes a name of a keyword. */
        if ( !read_part(idl, PART_TAIL, &word, node,
                        !is_steps && element(pair->value, i + 1)) )
            return false;
        if ( whole )
        {
            LIST_EACH(name, &idl->scan.part.tail->names)
                *LIST_ADD(idl->scan.arena, &whole->names) = *name;
            LIST_EACH(step, &idl->scan.part.tail->steps)
                *LIST_ADD(idl->scan.arena, &whole->steps) = *step;
            continue;
        }
        whole = idl->scan.part.tail;
        whole->where = idl_pair_span(pair);
        TREE_ADD(&statement->tails, whole);
    }
    return true;
}

static bool tail_part(struct yaml_idl *idl, const struct node_pair *pair,
                      const struct form_tail *kind, struct statement *statement)
{
    struct word word = { kind->word, pair->where };
    bool is_version = kind->kind == FORM_VERSION;

    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, is_version ? "a version" : "an expression");
    if ( (is_version && !is_plainly_text(idl, pair->value)) ||
         !read_part(idl, PART_TAIL, &word, pair->value, is_version) )
        return false;
    idl->scan.part.tail->where = idl_pair_span(pair);
    TREE_ADD(&statement->tails, idl->scan.part.tail);
    return true;
}

/* PREFIX_*, 'struct NAME', or a text: a text may look like anything else. */
static bool tail_spelling(struct yaml_idl *idl, const struct node_pair *pair,
                          struct statement *statement)
{
    struct word word = { KEYWORD_as, pair->where };
    struct tail *tail;
    const char *text = pair->value->text;
    bool is_tag;

    if ( !is_scalar(pair->value) )
        return idl_refuse(idl, pair, "a name or a text");
    is_tag = text_starts(text, "struct ") && !text[7 + text_name_length(text + 7)];
    if ( is_tag || (!scan_is_keyword(&idl->scan, text) && (*text < '0' || *text > '9') && *text && !text[text_name_length(text)]) )
    {
        if ( !read_part(idl, PART_TAIL, &word, pair->value, !is_tag) )
            return false;
        tail = idl->scan.part.tail;
        tail->where = idl_pair_span(pair);
        TREE_ADD(&statement->tails, tail);
        return true;
    }
    tail = tail_new(idl, pair, TAIL_AS, statement);
    tail->word = word;
    tail->is_string = true;
    return idl_text(idl, pair, &tail->name);
}

/* 'deprecated' may have its reason, which is a text behind it. */
static bool tail_mark(struct yaml_idl *idl, const struct node_pair *pair,
                      const struct form_tail *kind, struct statement *statement)
{
    bool is_true = is_scalar(pair->value) && pair->value->is_plain &&
                   !strcmp(pair->value->text, "true");

    tail_new(idl, pair, TAIL_MARK, statement)->word = (struct word){ kind->word, pair->where };
    if ( is_true || kind->word != KEYWORD_deprecated )
        return is_true || idl_true(idl, pair);
    return idl_tail_text(idl, pair, statement);
}

static bool tail_result(struct yaml_idl *idl, const struct node_pair *pair,
                        struct statement *statement)
{
    struct tail *tail = tail_new(idl, pair, TAIL_RESULT, statement);

    return idl_type(idl, pair, &tail->type);
}

/* ---- parameters ------------------------------------------------------------------------ */

static bool parameter_keys(struct yaml_idl *idl, const struct node *map,
                           struct parameter *parameter)
{
    static const char *const keys[] = { "name", "type", FORM_DIRECTION };
    struct name_list names = { 0 };
    struct word word;
    bool good = true;

    LIST_EACH(pair, &map->pairs)
    {
        const char *near;

        if ( !strcmp(pair->key, "name") )
            good &= idl_names(idl, pair, &names);
        else if ( !strcmp(pair->key, "type") )
            good &= idl_type(idl, pair, &parameter->type);
        else if ( strcmp(pair->key, FORM_DIRECTION) )
        {
            good = false;
            near = text_nearest(pair->key, keys, 3);
            diag_error(idl->scan.diag, CHECK_yaml_key, pair->where,
                       near ? "a parameter has no key '%s'; did you mean '%s'?"
                            : "a parameter has no key '%s'", pair->key, near);
        }
        else if ( idl_direction(idl, pair, &word) )
            *LIST_ADD(idl->scan.arena, &parameter->heads) = word;
        else
            good = false;
    }
    if ( good && names.count != 1 )
    {
        diag_error(idl->scan.diag, CHECK_yaml_missing, map->where,
                   "a parameter needs one 'name'");
        return false;
    }
    if ( good )
        parameter->name = names.at[0];
    return good && (parameter->type || idl_is_name(idl, &parameter->name));
}

static bool tail_parameters(struct yaml_idl *idl, const struct node_pair *pair,
                            struct statement *statement)
{
    struct tail *tail = tail_new(idl, pair, TAIL_PARAMETERS, statement);
    const struct node *node;
    bool good = true;

    if ( !is_list(idl, pair, "a list of {name: NAME, type: TYPE}", true) )
        return false;
    for ( size_t i = 0; (node = element(pair->value, i)); i++ )
    {
        struct parameter parameter = { .name.text = NULL };

        if ( node->kind == NODE_MAP )
            good &= parameter_keys(idl, node, &parameter);
        else if ( read_part(idl, PART_NAMES, NULL, node, element(pair->value, i + 1)) )
            parameter.name = idl->scan.part.names.at[0];
        else
            good = false;
        *LIST_ADD(idl->scan.arena, &tail->parameters) = parameter;
    }
    return good;
}

bool idl_tail(struct yaml_idl *idl, const struct node_pair *pair,
              const struct form_tail *kind, struct statement *statement)
{
    switch ( kind->kind )
    {
    case FORM_NAMES:
    case FORM_STEPS:      return tail_words(idl, pair, kind, statement);
    case FORM_VERSION:
    case FORM_EXPRESSION: return tail_part(idl, pair, kind, statement);
    case FORM_MARK:       return tail_mark(idl, pair, kind, statement);
    case FORM_SPELLING:   return tail_spelling(idl, pair, statement);
    case FORM_RESULT:     return tail_result(idl, pair, statement);
    case FORM_PARAMETERS: return tail_parameters(idl, pair, statement);
    }
    return false;
}
