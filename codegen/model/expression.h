/* SPDX-License-Identifier: MIT */
/*
 * Expressions: relations between fields, counts, and how a call goes on.
 * Arithmetic is exact (no overflow); comparison and logic are 0 or 1.
 */
#ifndef CODEGEN_MODEL_EXPRESSION_H
#define CODEGEN_MODEL_EXPRESSION_H

#include <stdint.h>

#include "../base/source.h"
#include "../base/text.h"

/* OPERATOR(name, spelling) */
#define OPERATORS \
    OPERATOR(multiply, "*")      \
    OPERATOR(add, "+")           \
    OPERATOR(subtract, "-")      \
    OPERATOR(shift_left, "<<")   \
    OPERATOR(less_equal, "<=")   \
    OPERATOR(greater_equal, ">=")\
    OPERATOR(equal, "==")        \
    OPERATOR(unequal, "!=")      \
    OPERATOR(and, "&&")          \
    OPERATOR(or, "||")

enum operator {
#define OPERATOR(name, spelling) OPERATOR_##name,
    OPERATORS
#undef OPERATOR
};

enum expression_kind {
    EXPRESSION_NUMBER,          /* text as written, value */
    EXPRESSION_NAME,            /* a path: a name, or names joined by '.' */
    EXPRESSION_BITS,            /* left[high..low] */
    EXPRESSION_BINARY,          /* left operator right */
};

struct expression {
    enum expression_kind kind;
    struct span where;
    const char *text;           /* of a number or a path, as written */
    uint64_t value;             /* EXPRESSION_NUMBER */
    enum operator operator;
    const struct expression *left, *right;
    int high, low;              /* EXPRESSION_BITS; high -1: '..low', to the top */
};

const char *operator_text(enum operator operator);

/* Spelled as in a description. */
void expression_print(const struct expression *expression, struct text *text);

#endif
