/* SPDX-License-Identifier: MIT */
/* What the files that drive the machine share. Needs naive.h, port.h. */
#ifndef REAL_H
#define REAL_H

#include "naive.h"
#include "port.h"

extern struct domain *real_domain[PARTIES];
extern struct vcpu *real_vcpu[DOMAINS];

/* Numbers as calls have them. */
uint64_t real_frame(unsigned int domain, unsigned int gfn);
domid_t real_domid(unsigned int other);
uint32_t real_ref(unsigned int ref);

/* A domain's own view of its entries. */
void real_compare_entry(unsigned int domain, unsigned int ref);

#define CALL_OP(name) \
    void call_##name(const struct operation *op, unsigned int nr, struct outcome *out)

#define O(name, weight, elements, text) CALL_OP(name);
#include "operations.def"
#undef O

#endif /* REAL_H */
