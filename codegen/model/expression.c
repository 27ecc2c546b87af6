/* SPDX-License-Identifier: MIT */
/* Expressions as text. */
#include "expression.h"

/* operator_text() and the binding strength, from the weakest. */
static const struct { const char *text; int strength; } operators[] = {
    [OPERATOR_or] = { "||", 0 }, [OPERATOR_and] = { "&&", 1 },
    [OPERATOR_equal] = { "==", 2 }, [OPERATOR_unequal] = { "!=", 2 },
    [OPERATOR_less_equal] = { "<=", 3 }, [OPERATOR_greater_equal] = { ">=", 3 },
    [OPERATOR_shift_left] = { "<<", 4 },
    [OPERATOR_add] = { "+", 5 }, [OPERATOR_subtract] = { "-", 5 },
    [OPERATOR_multiply] = { "*", 6 },
};

const char *operator_text(enum operator operator)
{
    return operators[operator].text;
}

static void print(const struct expression *e, struct text *text, int around)
{
    int strength = e->kind == EXPRESSION_BINARY ? operators[e->operator].strength : 7;

    if ( strength < around )
        text_add(text, "(");
    switch ( e->kind )
    {
    case EXPRESSION_NUMBER:
    case EXPRESSION_NAME:
        text_add(text, e->text);
        break;
    case EXPRESSION_BITS:
        print(e->left, text, 7);
        if ( e->high < 0 )
            text_format(text, "[..%d]", e->low);
        else
            text_format(text, "[%d..%d]", e->high, e->low);
        break;
    case EXPRESSION_BINARY:
        print(e->left, text, strength);
        text_format(text, " %s ", operators[e->operator].text);
        print(e->right, text, strength + 1);
        break;
    }
    if ( strength < around )
        text_add(text, ")");
}

void expression_print(const struct expression *expression, struct text *text)
{
    print(expression, text, 0);
}
