/* SPDX-License-Identifier: MIT */
/*
 * Architectures and flavours: tables, read from YAML.  What differs between
 * two of them stands here as data; no pass asks for a name.
 */
#ifndef CODEGEN_MODEL_ARCH_H
#define CODEGEN_MODEL_ARCH_H

#include "model.h"

/* where, if it is not NULL, has as many spans as at has texts. */
struct text_list { const char **at; size_t count, room; const struct span *where; };
struct number_list { unsigned int *at; size_t count, room; };
/* The place of the key, and the place of the value. */
struct pair { const char *key, *value; struct span where, value_where; };
struct pair_list { struct pair *at; size_t count, room; };

/* Size and alignment of a type, in bytes. */
struct extent { unsigned int size, align; };

/*
 * One way into the hypervisor: page, vmmcall, ...
 *
 * style "inline": enter is the instruction, assembly in the stub itself, with
 *   the arguments in their registers.  "function": the stub calls the C
 *   function 'function'.  If there is an 'enter', that function is an assembly
 *   stub around it; if not, the program supplies it.
 * takes "values": long f(a1, ..., a5, nr), each an unsigned long, so that nr
 *   lies behind the arguments.  "array": unsigned long f(unsigned int nr,
 *   unsigned long reg[5]); reg may be rewritten.
 */
struct call {
    const char *name;
    const char *doc;            /* a sentence about it, or NULL */
    struct span where;
    const char *enter;          /* the instruction; $nr stands for the number */
    const char *number;         /* register that holds it, NULL: it is in enter;
                                   inline: the result's register */
    struct text_list arguments; /* registers, in order */
    const char *result;         /* register; NULL: what the C function returns */
    struct text_list clobbers;  /* registers, "memory"; "call": as any C call */
    const char *rewrites;       /* "arguments": the hypervisor may change them */
    unsigned int max;           /* highest number */
    const char *style;          /* "inline": asm in the stub; "function": a C function or .S */
    const char *function;       /* its name in C, NULL: inline */
    const char *takes;          /* "values", "array"; NULL: inline */
    const char *when;           /* C condition that picks it, NULL: the default */
};
struct call_list { struct call *at; size_t count, room; };

struct arch {
    const char *name;           /* x86_64 */
    const char *family;         /* x86: the folder below generated/ */
    struct span where;
    const char *condition;      /* defined(__x86_64__) */
    const char *endian;
    struct number_list pages;   /* log2 of their sizes */
    unsigned int registers;     /* width of an argument, in bits */
    const char *wide_arguments; /* 64 bits in two registers of 32: "low-first", "high-first";
                                   NULL: one register holds them */
    const char *pointers;       /* "virtual", "xencomm" */
    struct text_list provides;  /* what 'for' may ask */
    const char *compat_of;      /* NULL: none */
    struct span compat_of_where;
    struct extent base[NR_BASE_TYPES];
    struct extent handle, handle64;
    struct pair_list aliases;   /* xen_pfn_t: ulong */
    struct call_list calls;     /* exactly one has no 'when' */
};

/* What a flavour has otherwise than the description of one interface says. */
struct variant {
    const char *interface;
    struct span where;
    struct text_list includes;  /* in place of the headers that it uses */
    struct text_list omit;      /* paths: op, STRUCTURE.field, SET.value */
    struct text_list restore;   /* values that were removed since */
    struct pair_list rename;    /* path: name */
    struct pair_list retype;    /* path of a field: type */
};
struct variant_list { struct variant *at; size_t count, room; };

struct flavour {
    const char *name;           /* xen-4.17 */
    struct span where;
    uint32_t since, until;      /* versions that keep their #if; see the next */
    bool resolve_versions;      /* 'latest': no #if on versions */
    bool is_reference;          /* stubs and assertions are made for this one */
    const char *path;           /* below generated/<family>/ */
    const char *licence, *closing;
    bool has_tabs;              /* a level is indented by a tab */
    const char *include_path;   /* #include <PATH/x.h>, NULL: "x.h" */
    struct pair_list spelling;
    struct pair_list views;     /* what 'for' and 'except' become in C */
    struct text_list markers;   /* what docs/xen-headers lists */
    struct text_list families;  /* of architectures that have these headers */
    struct text_list interfaces;
    struct variant_list variants;
};

/* The value of key, or NULL. */
const char *pair_value(const struct pair_list *list, const char *key);

/* arch.c: extents of a base type; long and handle as the architecture has them. */
struct extent arch_base(const struct arch *arch, enum base_type base);
bool arch_provides(const struct arch *arch, const char *view);

/*
 * What one table says of another, when all are read: names are there once;
 * compat-of names an architecture, families are those of architectures.
 */
void arch_check_names(const struct model *model);

#endif
