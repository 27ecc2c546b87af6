/* SPDX-License-Identifier: MIT */
/* The tables of ops.h, with the generated stubs and headers. */
#include "profile.h"

#include "hc-dom0vp.h"
#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"
#include "ops.h"

struct one_byte { char byte; };
struct one_number { unsigned int number; };

/* ---- pointers ------------------------------------------------------------------------ */

#define POINTER(file, structure, name, field, unit, set, count, when)                       \
    static void set_##structure##_##name(void *at, unsigned int i, unsigned int n)          \
    {                                                                                       \
        struct structure *s = at;                                                           \
                                                                                            \
        (void)i;                                                                            \
        set;                                                                                \
    }                                                                                       \
    static unsigned long count_##structure##_##name(const void *at)                         \
    {                                                                                       \
        const struct structure *s = at;                                                     \
                                                                                            \
        (void)s;                                                                            \
        return count;                                                                       \
    }                                                                                       \
    static int when_##structure##_##name(unsigned int i)                                    \
    {                                                                                       \
        (void)i;                                                                            \
        return when;                                                                        \
    }
#include "pointers.def"
#undef POINTER

const struct pointer pointers[] = {
#define POINTER(file, structure, name, field, unit, set, count, when)                       \
    { #structure, offsetof(struct structure, field), unit, set_##structure##_##name,        \
      count_##structure##_##name, when_##structure##_##name },
#include "pointers.def"
#undef POINTER
};
const unsigned int nr_pointers = sizeof(pointers) / sizeof(pointers[0]);

/* ---- calls --------------------------------------------------------------------------- */

#define MAKE_ONE(name)    hc_##name(s)
#define MAKE_MANY(name)   hc_##name(s, n)
#define MAKE_SINGLE(name) hc_##name(s, n)
#define MAKE(name, make)                                                                    \
    static long make_##name(void *s, unsigned int n, unsigned int *other)                   \
    {                                                                                       \
        (void)n;                                                                            \
        (void)other;                                                                        \
        return make;                                                                        \
    }
#define OP(base, call, op, number, structure, form) MAKE(base##_##op, MAKE_##form(base##_##op))
#define CALL(name, number, first, at, count_at, structure, form, other_at, make) MAKE(name, make)
#include "calls.def"
#include "ops.inc"
#undef CALL
#undef OP

#define AT_ONE    -1
#define AT_MANY   2
#define AT_SINGLE 2
const struct call calls[] = {
#define OP(base, call, op, cmd, structure, form)                                            \
    { #base "_" #op, #structure, __HYPERVISOR_##call, cmd, 1, AT_##form, -1,                \
      sizeof(struct structure), form, make_##base##_##op },
#define CALL(name, number, first, at, count_at, structure, form, other_at, make)            \
    { #name, #structure, number, first, at, count_at, other_at, sizeof(struct structure),   \
      form, make_##name },
#include "calls.def"
#include "ops.inc"
#undef CALL
#undef OP
};
const unsigned int nr_calls = sizeof(calls) / sizeof(calls[0]);
