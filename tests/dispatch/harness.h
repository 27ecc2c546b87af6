/* SPDX-License-Identifier: MIT */
/*
 * Dispatchers, run on the simulated machine and entered as a guest enters them.
 *
 * A case (cases-*.txt) is a way to call an op so that it goes through. A
 * property runs cases with a plan for what goes wrong, and looks at what came
 * of it: an outcome. Handlers do what the script says, and record.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <stdio.h>

#include "hd.h"
#include "recorder.h"

#define MOST_FIELDS 96
#define MOST_ROWS   16
#define MOST_STEPS  1024
#define MOST_AHEADS 64
#define MOST_BLOCK  64

/* ---- what the descriptions say (model.c) ------------------------------------------ */

struct field {
    char path[80], type[80];
    unsigned int offset, size;
    bool in, out, leaf, handle;
};

struct layout {
    char hypercall[24], op[40], tag[48];    /* a structure alone: op is its tag, too */
    unsigned int number, size, fields;
    bool strict;
    struct field field[MOST_FIELDS];
};

void model_read(const char *file, bool native);     /* the hypervisor's own, or the guest's */
const struct layout *model_find(const char *hypercall, const char *op);
const struct layout *model_find_native(const char *hypercall, const char *op);
const struct field *layout_field(const struct layout *l, const char *path);

/* ---- cases (cases.c) --------------------------------------------------------------- */

enum resume { RESUME_NONE, RESUME_ELEMENTS, RESUME_PLACE, RESUME_RAW, RESUME_FIELD,
              RESUME_RESTART };

struct row {
    char clause[240], settings[200], outcome[48];
};

struct test_case {
    char hypercall[24], op[40], name[24], title[96];
    const struct layout *layout, *native;   /* the guest's, the hypervisor's */
    char set[600], lists[100], writes[100], place_field[40];
    enum resume resume;
    unsigned int count, steps, looks, rows, ahead;
    bool is_stub, has_value, error_copyback, is_x86;
    struct row row[MOST_ROWS];
};

extern struct test_case *cases;
extern unsigned int nr_cases;

void cases_read(const char *file);
struct test_case *case_find(const char *hypercall, const char *op, const char *name);
/* errno E, status S, value N: true for a status. */
bool outcome_parse(const struct test_case *c, const char *text, unsigned long place, long *value);

/* ---- handlers' script and record (record.c) ------------------------------------------- */

struct script {
    unsigned int restart_at, fail_at, status_at;    /* the step that does so; ~0u: none */
    long failure, status;
    bool lazy;                          /* handlers leave out fields as they are */
    unsigned long place;                /* where to go on inside an element, with restart_at */
    bool wide;                          /* they tell what does not fit 32 bits */
};

struct step {
    bool is_end, after_wanted;          /* hv_..._op_end; called when a continuation was made */
    unsigned int op, entry, accesses;
    unsigned long place;
    long result;
    uint64_t digest;                    /* of what it was given */
    uint64_t added;                     /* of arrays */
    domid_t domain[2];
};

/* What a handler was told of elements to come. */
struct ahead {
    unsigned int nr, entry, accesses;
    unsigned int steps;                 /* done before, in all entries */
    uint64_t digest[MOST_BLOCK];        /* of each, as in a step */
};

struct outcome {
    unsigned long rc;
    unsigned int entries, accesses, steps, looks, asked, read_twice, not_checked;
    int locks;
    bool wrong_return, no_progress, wrong_call;
    char hooks[256];
    domid_t about[64];
    unsigned int aheads;
    struct ahead ahead[MOST_AHEADS];
    unsigned int clamped;
    struct access access[MOST_ACCESSES];
    struct step step[MOST_STEPS];
    unsigned int continuations;
    struct continuation continuation[MOST_STEPS];
    long status[MOST_STEPS][4];         /* of the first elements, while interrupted */
    unsigned char memory[GUEST_SIZE];
};

extern struct script script;
extern struct outcome *recording;       /* what a running call adds to */
extern const struct test_case *running;

struct step *step_begin(struct hd_call *call, const void *op, const struct domain *d,
                        const struct domain *e);
long step_end(struct step *step, struct hd_call *call, void *op, long result);
void step_add(struct step *step, uint64_t value);
long step_value(const struct step *step);
bool field_is_filled(const struct test_case *c, const struct field *f);
uint64_t field_value(const struct step *step, const struct field *f);
void record_end(struct hd_call *call);
void record_ahead(const struct hd_call *call, const void *ops, size_t size, unsigned int nr);
void record_continuation(void);

/* ---- running (run.c) ---------------------------------------------------------------------- */

#define ARG_AT (GUEST_BASE + 0x1000)

/* What goes wrong; all zeros: nothing. Numbers are one too large. */
struct plan {
    unsigned int fault, preempt, restart, fail, status;
    unsigned int only;                  /* the element that the settings are for */
    bool preempt_always, adversary, lazy, refuse, wide;
    long failure, status_value;
    unsigned char stack;
    bool tells;                         /* copies that fail say how far they came */
    unsigned long lost;                 /* from this byte on nothing can be read; 0: all can */
    unsigned long place, inner;         /* to begin at; that the handler asks to go on from */
    const char *settings[2];            /* of rows */
};

/* 0 is the caller: PV, and owns the machine; 1 is PV; 2 translated; 3 dying. */
void run_domains(void);
void run_case(const struct test_case *c, const struct plan *plan, struct outcome *o);
unsigned long run_field(const struct test_case *c, const struct outcome *o, unsigned int element,
                        const char *path);
unsigned int elements(const struct test_case *c);
unsigned int element_size(const char *text);

#ifdef PORT_COMPAT
#define WORD 4                          /* of the guest */
#else
#define WORD 8
#endif

/* ---- counting (main.c) ----------------------------------------------------------------------- */

/* One property of one case: the first failure is told. */
void test_begin(const char *property, const char *title);
void test_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
void test_done(void);
#define expect(x, ...) do { if ( !(x) ) test_fail(__VA_ARGS__); } while (0)

extern struct outcome first, second;
extern unsigned char run_before[GUEST_SIZE];   /* guest memory when the last call began */

void test_properties(void);
void test_clauses(void);
void test_open(void);
void test_registers(void);
bool wanted(const char *property);

#endif /* HARNESS_H */
