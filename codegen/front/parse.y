/* SPDX-License-Identifier: MIT */
/*
 * Grammar of the interface language.  It has one statement:
 *
 *     keywords  names  : type  = number  tails  ;   or   { statements }
 *
 * Which keyword may stand where, and with which tails, is not grammar but a
 * table of the checker (placement.def).  So a misplaced word is answered with
 * a sentence about that word, never with "syntax error, unexpected", and a new
 * keyword is one line of that table.
 */
%define api.pure full
%define api.value.type union
%define api.location.type {struct span}
%define parse.error custom
%locations
%expect 0
%param { void *scanner }
%parse-param { struct scan *scan }

%code requires {
#include "scan.h"
}
%code {
#include <stdio.h>
#include <string.h>

#define YYLLOC_DEFAULT(whole, part, n) \
    ((whole) = (n) == 1 ? (part)[1] : span_join((part), (n)))
#define YYMAXDEPTH 4000
#define NEW(type) ((type *)arena_alloc(scan->arena, sizeof(type)))

int yylex(YYSTYPE *, struct span *, void *);
static void yyerror(const struct span *, void *, struct scan *, const char *);
static bool is_too_long(struct scan *, struct span);
static const struct place no_place;
static struct statement *statement_new(struct scan *);
static struct place *place_new(struct scan *, enum place_kind, struct span);
static const struct expression *binary(struct scan *, enum operator, struct span,
                                       const struct expression *,
                                       const struct expression *);
static const struct tree_type *around(struct scan *, enum tree_type_kind, struct span,
                                      const struct tree_type *, const struct expression *);
static const struct expression *of_path(struct scan *, const struct path *);
static struct path join(struct scan *, struct span, struct path, struct name);
static struct path with_bits(struct scan *, struct span, struct path,
                             const struct name *, struct name);
}

%token <struct name> NAME "name" GLOB "name_*" STRING "string" NUMBER "number"
%token <struct name> VERSION "version" CODE_TEXT "%{ C text %}"

/* Words that open a statement. */
%token <struct word> HEAD "keyword" STRUCT "struct" UNION "union" OP "op" CONST "const"

/* Words that follow in it: a version, names, or nothing comes after them. */
%token <struct word> AGE "since or before" MARK "otherwise or deprecated"
%token <struct word> WITH "for, except, by, when, else, guard or messages"
%token <struct word> AS "as" RESUME "resume" REQUIRE "require"
%token ARROW "->" DOTS ".."

/* Not in any text: what a part of a statement is read as, and is then alone. */
%token <struct word> START_TAIL START_TYPE START_PLACE START_NAMES

%token <int> ASSIGN "+="
%token OR "||" AND "&&"
%token <enum operator> EQUALITY "==" ORDER "<=" SHIFT "<<" ADD "+"

%left OR
%left AND
%left EQUALITY
%left ORDER
%left SHIFT
%left ADD
%left '*'

%type <struct statement *> statement heads
%type <struct statement_list> statements body end
%type <struct word> head aggregate
%type <struct name_list> subject paths values
%type <const struct tree_type *> of_type type argument
%type <struct tail_list> tails
%type <struct valued> number
%type <struct tail *> tail
%type <struct place *> place range
%type <struct tail *> spelling
%type <struct parameter_list> parameters
%type <struct parameter> parameter
%type <struct path> path value
%type <struct step_list> steps
%type <struct step> step
%type <int> assign
%type <const struct expression *> expression

%%

start:      file
|           START_TAIL tail         { $2->where = @2; scan->part.tail = $2; }
|           START_TYPE type         { scan->part.type = $2; }
|           START_PLACE place       { scan->part.place = $2; }
|           START_NAMES paths       { scan->part.names = $2; }
;

file:       %empty
|           file statement         { TREE_ADD(&scan->tree->statements, $2); }
|           file '}'               { diag_error(scan->diag, CHECK_syntax, @2, "this '}' closes nothing"); }
;

statement:  heads subject of_type tails number end
            {
                $$ = $1;
                $$->where = @$;
                $$->subjects = $2;
                $$->type = $3;
                $$->number = $5.place;
                $$->tails = $4;
                if ( $5.tails.first )
                {
                    TREE_ADD(&$$->tails, $5.tails.first);
                    $$->tails.last = $5.tails.last;
                }
                $$->has_body = $6.has_braces;
                $$->body = $6;
                scan->links = 0;
            }
|           CODE_TEXT               { $$ = statement_new(scan); $$->where = @$; $$->code = $1.text;
                                      $$->code_at = @$.first; $$->code_at.column += 2; }
|           error ';'               { $$ = statement_new(scan); $$->where = @$; }
|           error body              { $$ = statement_new(scan); $$->where = @$; }
;

heads:      %empty                  { $$ = statement_new(scan); }
|           heads head              { $$ = $1; *LIST_ADD(scan->arena, &$$->heads) = $2; }
;
head:       HEAD | OP | CONST | aggregate ;

subject:    %empty                  { $$ = (struct name_list){ 0 }; }
|           paths
;
of_type:    %empty                  { $$ = NULL; }
|           ':' type                { $$ = $2; }
;
number:     %empty                  { $$ = (struct valued){ .place = &no_place }; }
|           '=' place tails         { $$ = (struct valued){ $2, $3 }; }
;
end:        ';'                     { $$ = (struct statement_list){ 0 }; }
|           body
;
body:       '{' statements '}'      { $$ = $2; $$.has_braces = true; }
|           '{' statements error '}' { $$ = $2; $$.has_braces = true; }
;
statements: %empty                  { $$ = (struct statement_list){ 0 }; }
|           statements statement    { $$ = $1; TREE_ADD(&$$, $2); }
;

tails:      %empty                  { $$ = (struct tail_list){ 0 }; }
|           tails tail              { $$ = $1; $2->where = @2; TREE_ADD(&$$, $2); }
;
tail:       AGE VERSION             { $$ = NEW(struct tail); $$->kind = TAIL_AGE; $$->word = $1; $$->name = $2; }
|           WITH values             { $$ = NEW(struct tail); $$->kind = TAIL_WITH; $$->word = $1; $$->names = $2; }
|           MARK                    { $$ = NEW(struct tail); $$->kind = TAIL_MARK; $$->word = $1; }
|           AS spelling             { $$ = $2; $$->kind = TAIL_AS; $$->word = $1; }
|           RESUME steps            { $$ = NEW(struct tail); $$->kind = TAIL_RESUME; $$->word = $1; $$->steps = $2; }
|           REQUIRE expression      { $$ = NEW(struct tail); $$->kind = TAIL_REQUIRE; $$->word = $1; $$->expression = $2; }
|           ARROW type              { $$ = NEW(struct tail); $$->kind = TAIL_RESULT; $$->type = $2; }
|           '(' parameters ')'      { $$ = NEW(struct tail); $$->kind = TAIL_PARAMETERS; $$->parameters = $2; }
|           STRING                  { $$ = NEW(struct tail); $$->kind = TAIL_TEXT; $$->name = $1; }
|           NUMBER                  { $$ = NEW(struct tail); $$->kind = TAIL_NUMBER; $$->name = $1; }
|           range                   { $$ = NEW(struct tail); $$->kind = TAIL_RANGE; $$->range = $1; }
;

place:      value                   { $$ = place_new(scan, PLACE_VALUE, @$); $$->value = $1.name;
                                      $$->is_number = $1.is_number; }
|           STRING                  { $$ = place_new(scan, PLACE_TEXT, @$); $$->value = $1; }
|           range
|           range SHIFT NUMBER      { $$ = $1; $$->where = @$; $$->shift = $3; }
;

range:      NUMBER DOTS NUMBER      { $$ = place_new(scan, PLACE_RANGE, @$); $$->high = $1; $$->low = $3; }
;

spelling:   path                    { $$ = NEW(struct tail); $$->name = $1.name; }
|           STRING                  { $$ = NEW(struct tail); $$->name = $1; $$->is_string = true; }
|           STRUCT NAME             { $$ = NEW(struct tail); $$->name = $2; $$->is_tag = true; }
;

parameters: parameter               { $$ = (struct parameter_list){ 0 }; *LIST_ADD(scan->arena, &$$) = $1; }
|           parameters ',' parameter { $$ = $1; *LIST_ADD(scan->arena, &$$) = $3; }
;
parameter:  heads path of_type
            {
                $$ = (struct parameter){ .name = $2.name, .type = $3 };
                LIST_EACH(word, &$1->heads)
                    *LIST_ADD(scan->arena, &$$.heads) = *word;
            }
;

type:       NAME                    { struct tree_type *t = NEW(struct tree_type); t->kind = TREE_NAMED;
                                      t->where = @$; t->name = $1; $$ = t; }
|           NAME '<' argument '>'   { struct tree_type *t = NEW(struct tree_type); t->kind = TREE_GENERIC;
                                      t->where = @$; t->name = $1; t->element = $3; $$ = t; }
|           aggregate               { struct tree_type *t = NEW(struct tree_type); t->kind = TREE_AGGREGATE;
                                      t->where = @$; t->word = $1; $$ = t; }
|           aggregate NAME          { struct tree_type *t = NEW(struct tree_type); t->kind = TREE_AGGREGATE;
                                      t->where = @$; t->word = $1; t->name = $2; $$ = t; }
|           type '[' ']'            { $$ = around(scan, TREE_ARRAY, @$, $1, NULL); }
|           type '[' expression ']' { $$ = around(scan, TREE_ARRAY, @$, $1, $3); }
|           type '?'                { $$ = around(scan, TREE_OPTIONAL, @$, $1, NULL); }
;

argument:   type
|           CONST type              { struct tree_type *t = NEW(struct tree_type); *t = *$2;
                                      t->is_const = true; t->where = @$; $$ = t; }
|           OP                      { struct tree_type *t = NEW(struct tree_type); t->kind = TREE_OP;
                                      t->where = @$; $$ = t; }
;
aggregate:  STRUCT | UNION ;

value:      path
|           NUMBER                  { $$ = (struct path){ .name = $1, .is_number = true }; }
;
values:     value                   { $$ = (struct name_list){ 0 }; *LIST_ADD(scan->arena, &$$) = $1.name; }
|           values ',' value        { $$ = $1; *LIST_ADD(scan->arena, &$$) = $3.name; }
;

paths:      path                    { $$ = (struct name_list){ 0 }; *LIST_ADD(scan->arena, &$$) = $1.name; }
|           paths ',' path          { $$ = $1; *LIST_ADD(scan->arena, &$$) = $3.name; }
;
path:       NAME                    { $$ = (struct path){ .name = $1 }; }
|           GLOB                    { $$ = (struct path){ .name = $1 }; }
|           path '.' NAME           { $$ = join(scan, @$, $1, $3); }
|           path '[' range ']'      { $$ = with_bits(scan, @$, $1, &$3->high, $3->low); }
|           path '[' DOTS NUMBER ']' { $$ = with_bits(scan, @$, $1, NULL, $4); }
;

steps:      step                    { $$ = (struct step_list){ 0 }; *LIST_ADD(scan->arena, &$$) = $1; }
|           steps ',' step          { $$ = $1; *LIST_ADD(scan->arena, &$$) = $3; }
;
step:       path assign expression  { $$ = (struct step){ .target = $1.name, .how = $2, .target_path = of_path(scan, &$1),
                                                          .value = $3, .where = @$ }; }
;
assign:     '='                     { $$ = STEP_SET; }
|           ASSIGN
;

expression: path                    { $$ = of_path(scan, &$1); }
|           NUMBER                  { struct expression *e = NEW(struct expression); bool negative;
                                      e->kind = EXPRESSION_NUMBER; e->where = @$; e->text = $1.text;
                                      if ( !tree_number($1.text, &e->value, &negative) )
                                          diag_error(scan->diag, CHECK_syntax, @1, "'%s' has more than 64 bits", $1.text);
                                      $$ = e; }
|           '(' expression ')'      { $$ = $2; }
|           expression '*' expression { $$ = binary(scan, OPERATOR_multiply, @$, $1, $3); }
|           expression ADD expression { $$ = binary(scan, $2, @$, $1, $3); }
|           expression SHIFT expression { $$ = binary(scan, $2, @$, $1, $3); }
|           expression ORDER expression { $$ = binary(scan, $2, @$, $1, $3); }
|           expression EQUALITY expression { $$ = binary(scan, $2, @$, $1, $3); }
|           expression AND expression { $$ = binary(scan, OPERATOR_and, @$, $1, $3); }
|           expression OR expression { $$ = binary(scan, OPERATOR_or, @$, $1, $3); }
;

%%

/* Chains are as deep as they are long, and passes walk them by recursion. */
enum { LINKS_MOST = 1000 };

static bool is_too_long(struct scan *scan, struct span where)
{
    if ( scan->links == LINKS_MOST )
        diag_error(scan->diag, CHECK_syntax, where, "nested too deeply");
    return scan->links++ >= LINKS_MOST;
}

static const struct tree_type *around(struct scan *scan, enum tree_type_kind kind,
                                      struct span where, const struct tree_type *element,
                                      const struct expression *length)
{
    struct tree_type *type = NEW(struct tree_type);

    if ( is_too_long(scan, where) )
        return element;
    *type = (struct tree_type){ .kind = kind, .where = where, .element = element,
                                .length = length };
    return type;
}

static struct statement *statement_new(struct scan *scan)
{
    struct statement *statement = NEW(struct statement);

    statement->number = &no_place;
    return statement;
}

static struct place *place_new(struct scan *scan, enum place_kind kind,
                               struct span where)
{
    struct place *place = NEW(struct place);

    place->kind = kind;
    place->where = where;
    return place;
}

static const struct expression *binary(struct scan *scan, enum operator operator,
                                       struct span where,
                                       const struct expression *left,
                                       const struct expression *right)
{
    struct expression *whole = NEW(struct expression);

    if ( is_too_long(scan, where) )
        return left;
    *whole = (struct expression){ .kind = EXPRESSION_BINARY, .where = where,
                                  .operator = operator, .left = left, .right = right };
    return whole;
}

/* Most paths are no part of an expression. */
static const struct expression *of_path(struct scan *scan, const struct path *path)
{
    struct expression *whole;

    if ( path->bits )
        return path->bits;
    whole = NEW(struct expression);
    *whole = (struct expression){ .kind = EXPRESSION_NAME, .where = path->name.where,
                                  .text = path->name.text };
    return whole;
}

static struct path join(struct scan *scan, struct span where, struct path path,
                        struct name member)
{
    const char *text;

    if ( is_too_long(scan, where) )
        return path;
    text = arena_format(scan->arena, "%s.%s", path.name.text, member.text);
    return (struct path){ .name = { text, where } };
}

static struct path with_bits(struct scan *scan, struct span where, struct path path,
                             const struct name *high, struct name low)
{
    struct expression *whole = NEW(struct expression);
    uint64_t top = 0, bottom = 0;
    bool negative;

    if ( is_too_long(scan, where) )
        return path;
    *whole = (struct expression){ .kind = EXPRESSION_BITS, .where = where,
                                  .left = of_path(scan, &path), .high = -1 };
    if ( !tree_number(low.text, &bottom, &negative) || negative || bottom > 63 ||
         (high && (!tree_number(high->text, &top, &negative) || negative ||
                   top > 63 || top < bottom)) )
        diag_error(scan->diag, CHECK_syntax, where,
                   "bits are written from the higher to the lower, 63 to 0");
    else
    {
        whole->low = (int)bottom;
        whole->high = high ? (int)top : -1;
    }
    return (struct path){ .name = { arena_format(scan->arena, "%s[%s..%s]", path.name.text,
                                                 high ? high->text : "", low.text),
                                    where },
                          .bits = whole };
}

static void yyerror(const struct span *where, void *scanner, struct scan *scan,
                    const char *text)
{
    (void)scanner;
    if ( !strcmp(text, "memory exhausted") )
        text = "nested too deeply";
    diag_error(scan->diag, CHECK_syntax, *where, "%s", text);
}

/*
 * "expected A, B or C"; and where a ';' would have done and the next word is
 * on another line, point at the end of what lacks it.
 */
static int yyreport_syntax_error(const yypcontext_t *context, void *scanner,
                                 struct scan *scan)
{
    enum { MOST = 6, LONGEST_WORD = 40 };
    yysymbol_kind_t expected[MOST];
    const struct span *where = yypcontext_location(context);
    int n = yypcontext_expected_tokens(context, expected, MOST);
    struct text text = { .arena = scan->arena };

    for ( int i = 0; i < n; i++ )
    {
        if ( where->first.line > scan->previous.last.line &&
             !strcmp(yysymbol_name(expected[i]), "';'") )
        {
            struct span end = scan->previous;

            end.first = end.last;
            end.last.column++;
            diag_error(scan->diag, CHECK_syntax, scan->previous, "expected ';' after this");
            return 0;
        }
    }
    /* What the scanner could not read explains what is missing then. */
    if ( scan->nr_first && scan->errors != scan->diag->errors )
        return 0;
    if ( yypcontext_token(context) == YYSYMBOL_YYEOF )
        text_add(&text, scan->nr_first ? "more belongs here"
                                       : "the file ends within a statement");
    else
        text_format(&text, "'%.*s' cannot stand here",
                    scan->word_length < LONGEST_WORD ? scan->word_length : LONGEST_WORD,
                    scan->word);
    for ( int i = 0; i < n; i++ )
        text_format(&text, "%s%s", !i ? ": expected " : i == n - 1 ? " or " : ", ",
                    expected[i] == YYSYMBOL_YYEOF ? "nothing more"
                                                  : yysymbol_name(expected[i]));
    yyerror(where, scanner, scan, text_string(&text));
    return 0;
}
