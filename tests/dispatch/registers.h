/* SPDX-License-Identifier: MIT */
/* What the handlers of register calls were given, and are to answer. */
#ifndef REGISTERS_H
#define REGISTERS_H

struct registers {
    unsigned int calls, op;
    unsigned long given[4];
    long answer;
};

extern struct registers registers;

#endif /* REGISTERS_H */
