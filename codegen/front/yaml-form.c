/* SPDX-License-Identifier: MIT */
/*
 * The tables of the YAML form, and what follows from them and from
 * placement.def.  Gives yaml-form.h.
 */
#include <string.h>
#include <strings.h>

#include "yaml-form.h"

const struct yaml_form forms[] = {
#define OR(key, usual) ((key) ? (key) : (usual))
#define FORM(kind, key, words, main, type, number, text, flat, body) \
    { STATEMENT_##kind, key, words, MAIN_##main, OR(type, "type"), OR(number, "number"), \
      text, flat, body },
#include "forms.def"
#undef FORM
#undef OR
};
const size_t nr_forms = sizeof(forms) / sizeof(forms[0]);

const struct form_tail form_tails[] = {
    { "returns",    NR_KEYWORDS,        FORM_RESULT,     T_RESULT },
    { "parameters", NR_KEYWORDS,        FORM_PARAMETERS, T_PARAMETERS },
    { "as",         KEYWORD_as,         FORM_SPELLING,   T_AS },
    { "guard",      KEYWORD_guard,      FORM_NAMES,      T_GUARD },
    { "messages",   KEYWORD_messages,   FORM_NAMES,      T_MESSAGES },
    { "by",         KEYWORD_by,         FORM_NAMES,      T_BY },
    { "when",       KEYWORD_when,       FORM_NAMES,      T_WHEN },
    { "otherwise",  KEYWORD_otherwise,  FORM_MARK,       T_OTHERWISE },
    { "require",    KEYWORD_require,    FORM_EXPRESSION, T_REQUIRE },
    { "resume",     KEYWORD_resume,     FORM_STEPS,      T_RESUME },
    { "else",       KEYWORD_else,       FORM_NAMES,      T_ELSE },
    { "since",      KEYWORD_since,      FORM_VERSION,    T_AGE },
    { "before",     KEYWORD_before,     FORM_VERSION,    T_AGE },
    { "for",        KEYWORD_for,        FORM_NAMES,      T_FOR },
    { "except",     KEYWORD_except,     FORM_NAMES,      T_FOR },
    { "deprecated", KEYWORD_deprecated, FORM_MARK,       T_DEPRECATED },
};
const size_t nr_form_tails = sizeof(form_tails) / sizeof(form_tails[0]);

const struct form_tail *form_tail_find(const char *key)
{
    for ( size_t i = 0; i < nr_form_tails; i++ )
        if ( !strcmp(form_tails[i].key, key) )
            return &form_tails[i];
    return NULL;
}

const char *form_body_key(unsigned int body)
{
    static const char *const keys[NR_BODIES] = {
        "declarations", "fields", "clauses", "values",
    };

    return keys[body];
}

bool form_is_clause(enum statement_kind kind)
{
    static const bool clauses[NR_STATEMENT_KINDS] = {
        [STATEMENT_single] = true, [STATEMENT_only] = true, [STATEMENT_domain] = true,
        [STATEMENT_require] = true, [STATEMENT_handles] = true, [STATEMENT_xsm] = true,
        [STATEMENT_preempt] = true, [STATEMENT_resume] = true, [STATEMENT_narrow] = true,
        [STATEMENT_stub] = true, [STATEMENT_error] = true, [STATEMENT_quirk] = true,
        [STATEMENT_default] = true, [STATEMENT_ahead] = true,
    };

    return clauses[kind];
}

unsigned int form_lists(const struct yaml_form *form)
{
    unsigned int containers = placement_containers(form->kind), lists = 0;

    if ( form->flat || form->kind == STATEMENT_interface )
        return 0;
    if ( form_is_clause(form->kind) )
        return BODY_CLAUSES;
    if ( containers & IN_FILE )
        lists |= BODY_DECLARATIONS;
    if ( containers & (IN_OP | IN_STRUCT | IN_UNION) )
        lists |= BODY_FIELDS;
    if ( containers & (IN_SET | IN_FIELD) )
        lists |= BODY_VALUES;
    return form->kind == STATEMENT_group ? lists | BODY_CLAUSES : lists;
}

bool form_text_is_number(const struct yaml_form *form)
{
    return form->text && !(placement_tails(form->kind) & T_TEXT);
}

bool form_number_is_tail(const struct yaml_form *form)
{
    return placement_tails(form->kind) & T_NUMBER;
}

static const struct yaml_form *form_of_kind(enum statement_kind kind)
{
    for ( size_t i = 0; i < nr_forms; i++ )
        if ( forms[i].kind == kind )
            return &forms[i];
    return forms;               /* a refinement needs nothing that has a key */
}

const char *form_type_key(enum statement_kind kind)
{
    return form_of_kind(kind)->type;
}

const char *form_number_key(enum statement_kind kind)
{
    const struct yaml_form *form = form_of_kind(kind);

    return form_text_is_number(form) ? form->text : form->number;
}

const char *form_text_key(enum statement_kind kind)
{
    const struct yaml_form *form = form_of_kind(kind);

    return form->text ? form->text : form->key;
}

const char *form_first_body(enum statement_kind kind)
{
    unsigned int body = 0;

    while ( body < NR_BODIES - 1 && !(form_of_kind(kind)->body & 1u << body) )
        body++;
    return form_body_key(body);
}

bool form_is_flat_in(const struct yaml_form *form, const struct yaml_form *around)
{
    unsigned int container = around->kind == STATEMENT_interface ? IN_INTERFACE
                             : around->kind == STATEMENT_hypercall ? IN_HYPERCALL : 0;

    return form->flat && (placement_containers(form->kind) & container);
}

size_t form_heads(const struct yaml_form *form, enum keyword heads[2])
{
    const char *word = form->words;
    size_t count = 0;

    while ( *word && count < 2 )
    {
        size_t length = strcspn(word, " ");

        for ( int i = 0; i < NR_KEYWORDS; i++ )
            if ( strlen(keyword_text((enum keyword)i)) == length &&
                 !memcmp(keyword_text((enum keyword)i), word, length) )
                heads[count++] = (enum keyword)i;
        word += length;
        word += *word == ' ';
    }
    return count;
}

bool form_is_odd_word(const char *text)
{
    static const char *const odd[] = {
        "true", "false", "yes", "no", "on", "off", "null", "~", "",
    };

    for ( size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++ )
        if ( !strcasecmp(odd[i], text) )
            return true;
    return false;
}

/* Wider than it must be: 0x, octal, decimal, exponents, dates, times, .inf. */
bool form_looks_like_number(const char *text)
{
    const char *at = text + strspn(text, "+-.");

    if ( !strcasecmp(at, "inf") || !strcasecmp(at, "nan") )
        return at != text;
    return *at >= '0' && *at <= '9' && !at[strspn(at, "0123456789abcdefABCDEFxXoO_.+-:TZ")];
}
