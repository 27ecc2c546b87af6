/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the plan for other callers' structures share.
 *
 * The architectures' tables say who is the caller of whom (compat-of); all else
 * is read off the two layouts.
 */
#ifndef CODEGEN_BACK_PLAN_COMPAT_H
#define CODEGEN_BACK_PLAN_COMPAT_H

#include "../model/layout.h"
#include "plan-header.h"

/* Callers of one architecture, seen from the hypervisor's own. */
struct compat {
    struct header header;           /* how types come out */
    struct arena *arena;
    const struct arch *arch, *native;
    const char *prefix;             /* of what is the caller's: the name of arch, '_' */
    struct layouts *layouts, *native_layouts;
};

/* plan-compat.c: the architecture of the family that leans on another; NULL: none. */
const struct arch *compat_arch(const struct back *back, const char *family);
/* The latest version, as the hypervisor sees it; NULL: the family has no such callers. */
struct compat *compat_new(struct back *back, const char *family);

/* plan-compat-layout.c */
/* Sizes, and offsets of all members at any depth, are the same. */
bool compat_is_equal(struct compat *compat, const struct aggregate *aggregate);
/* The same, and aligned alike: one can stand for the other within a structure. */
bool compat_is_same(struct compat *compat, const struct type *type);
/* The slot of a member in the hypervisor's own layout, or NULL. */
const struct slot *compat_native_slot(struct compat *compat, const struct aggregate *aggregate,
                                      const struct member *member);
/* What the hypervisor's own layout has that no member fills. */
bool compat_has_gaps(struct layouts *layouts, const struct aggregate *aggregate);

/* A number, a handle or a pointer, of the caller's. */
struct scalar { bool is_handle, is_signed; struct extent extent; };
struct scalar compat_scalar(struct compat *compat, const struct type *type);
/* Its type in C: of a fixed width; aligned as the caller has it. */
const char *compat_scalar_type(struct compat *compat, struct scalar scalar);

/* Why two layouts differ: fields, and what it is about them. */
enum difference { DIFFERENCE_size, DIFFERENCE_align, DIFFERENCE_member };
struct reason {
    enum difference kind;
    const char *type;               /* u64, handle, ... */
    unsigned int theirs, ours;      /* bytes; of DIFFERENCE_member: 1 where it exists */
    struct text_list paths;
};
struct reason_list { struct reason *at; size_t count, room; };
void compat_reasons(struct compat *compat, const struct aggregate *aggregate,
                    struct reason_list *list);

/* The structures that an interface's ops lead to, also behind handles; inner ones first. */
struct compat_structure {
    struct structure structure;
    bool is_argument;               /* an op's own, or part of one */
    bool is_element;                /* behind a handle */
};
struct compat_structures { struct compat_structure *at; size_t count, room; };
void compat_collect(struct compat *compat, const struct interface *interface,
                    struct compat_structures *list);

/* plan-compat-struct.c: the structure as the caller has it, with what moves it. */
node_t compat_structure(struct compat *compat, const struct compat_structure *structure);
/* "struct gnttab_copy", and the same as the caller has it. */
const char *compat_native_name(struct compat *compat, const struct structure *structure);
const char *compat_name(struct compat *compat, const struct structure *structure);
/* Assertions about it, ours or the caller's own. */
void compat_asserts(struct compat *compat, const struct structure *structure,
                    struct node_list *list);

/* plan-compat-move.c: what widens it, and what narrows the fields that Xen writes. */
void compat_moves(struct compat *compat, const struct compat_structure *structure,
                  node_t node);
/* True where Xen writes a field of it that is no handle. */
bool compat_is_written(struct compat *compat, const struct structure *structure);

/* plan-compat-report.c: which structures are equal, which differ, and why. */
void compat_report(struct back *back, const char *family,
                   const struct interface_list *interfaces);

#endif
