/* SPDX-License-Identifier: MIT */
/* What the parts of the plan for guest stubs share. */
#ifndef CODEGEN_BACK_PLAN_STUB_H
#define CODEGEN_BACK_PLAN_STUB_H

#include "plan-header.h"

struct arch_list { const struct arch **at; size_t count, room; };

/* The stubs of one interface for one family. */
struct stub {
    struct header header;       /* how types, conditions and comments come out */
    const char *family;
    struct arch_list arches;
    const struct hypercall *multicall;  /* the one that does others; NULL: none */
};

/* plan-stub.c: those of one family, the ones that lean on another last. */
struct arch_list stub_arches(const struct back *back, const char *family);
/* For the first flavour; no interface and no output yet. */
struct stub stub_new(struct back *back, const char *family);

/* plan-stub-call.c */
/* The function of a hypercall, and of the entry for it: "hc_grant_table_op". */
const char *stub_name(struct stub *stub, const struct hypercall *hypercall);
const char *stub_filler_name(struct stub *stub, const char *name);
/* Its parameters, result and ways, as the function that calls has them. */
void stub_raw(struct stub *stub, node_t node, const struct hypercall *hypercall);
/* Members of an entry: number and arguments. */
void stub_entry(struct stub *stub, node_t node);
void stub_hypercall(struct body *body, struct stub *stub, const struct hypercall *hypercall);
void stub_op(struct body *body, struct stub *stub, const struct decl *decl);

/* plan-stub-doc.c: the comment above a function. */
void stub_doc_hypercall(struct stub *stub, node_t node, const struct hypercall *hypercall);
void stub_doc_op(struct stub *stub, node_t node, const struct decl *decl);

/* plan-xencomm.c: its pointers become handles, in a file of their own. */
bool stub_is_marshalled(const struct stub *stub, const struct hypercall *hypercall);

/* plan-stub-enter.c: hc.h of a family, and its assembly. */
void stub_enter(struct back *back, const char *family);

#endif
