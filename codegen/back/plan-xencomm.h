/* SPDX-License-Identifier: MIT */
/* What the parts of the plan for xencomm marshalling share. */
#ifndef CODEGEN_BACK_PLAN_XENCOMM_H
#define CODEGEN_BACK_PLAN_XENCOMM_H

#include "plan-stub.h"

/* The marshalling of one interface for one family. */
struct marshal {
    struct stub *stub;
    const struct arch *arch;
    struct body *file;          /* its functions, in the order in which they are needed */
    LIST(const struct aggregate *) done;        /* structures that have their function */
};

/* Members around a place, from the inside out, and how they are reached. */
struct place {
    const struct aggregate *aggregate;
    const char *path;           /* "map", "list[i]"; "": the structure itself */
    const struct place *around;
    unsigned int loops;         /* that are open here */
    size_t name;                /* which of several names that are declared together */
};

/* plan-xencomm-walk.c: the structures. */

/* Pointers are there, at any depth. */
bool marshal_holds(const struct marshal *marshal, const struct type *type);
bool marshal_structure_holds(const struct marshal *marshal, const struct aggregate *aggregate);
/* What is left of conditions for this architecture; false: they never hold. */
bool marshal_conditions(const struct marshal *marshal, const struct condition_list *all,
                        struct condition_list *left);
/* The function for a structure, after those that it needs; each once. */
void marshal_structure(struct marshal *marshal, const struct aggregate *aggregate);
/* What a handle points at: the unit of its count, and the function for each element. */
void marshal_unit(struct marshal *marshal, node_t step, const struct type *element);
void marshal_structure_unit(struct marshal *marshal, node_t step,
                            const struct aggregate *aggregate);

/* plan-xencomm-value.c: counts, and which member of a union counts. */

/* A number over fields; an argument's name means the argument. */
node_t marshal_count(struct marshal *marshal, const struct expression *expression,
                     const struct place *place, const struct hypercall *hypercall);
node_t marshal_number(struct marshal *marshal, const char *text);
/* An argument, as its type is. */
node_t marshal_argument(struct marshal *marshal, const struct parameter_value *parameter,
                        size_t index);
/* When a member of a union is the one; false: always. */
bool marshal_when(struct marshal *marshal, node_t node, const struct aggregate *aggregate,
                  const struct member *member, const struct place *place);

#endif
