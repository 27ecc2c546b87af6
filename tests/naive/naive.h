/* SPDX-License-Identifier: MIT */
/*
 * Lists of operations, run on the simulated machine and on a model of it that is
 * as simple as can be: arrays, and no memory but what is in struct world.
 *
 * An operation has small numbers, and means something in each state: what is
 * deleted from a list leaves a list. Which frame of the machine is which of the
 * model is learnt when the first is seen; from then on it has to stay so.
 */
#ifndef NAIVE_H
#define NAIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GHOSTS    6             /* dead ones, of which others have something */
#define PARTIES   (DOMAINS + GHOSTS)
#define DOMAINS   4             /* the first has all rights, the last is a driver's */
#define PAGES     96            /* guest frames of each that lists are about */
#define MAPPED    40            /* of them, at the beginning */
#define MOST      64            /* pages that each may have */
#define FRAMES    512
#define REFS      16            /* the first 8 are reserved ones, and stay */
#define MAPPINGS  16
#define LOANS     8
#define WINDOWS   4
#define NOTE      64            /* bytes of each page that are compared */
#define TOUCHED   256
#define FRAMES_OF_ALL 4096      /* of the machine; fewer, where pages are small */

enum operation_kind {
#define O(name, weight, elements, text) OP_##name,
#include "operations.def"
#undef O
    OPERATIONS
};

/* Numbers that choose what cannot be. */
#define OTHER_SELF    4         /* DOMID_SELF */
#define OTHER_NOBODY  5         /* a domain that does not exist */
#define GFN_NOWHERE   PAGES     /* and above: a PV domain's frames without place */
#define GFN_BEYOND    (PAGES + 16)
#define REF_BEYOND    REFS

struct operation {
    uint8_t kind, caller, other, flags;
    uint8_t slot, ref, ref2, order;
    uint8_t gfn, gfn2, x, y;
};

#define FLAG_READONLY  1        /* grant, map; copy: source by reference */
#define FLAG_DEVICE    2        /* map; copy: destination by reference */
#define FLAG_WRONG     4        /* address, handle or loan is another one */
#define FLAG_JOIN      8        /* another element of the call before */

#define NO_FRAME  (-1)
#define NOWHERE   (-1)

enum place_kind { EMPTY, RAM, GRANTED, LOAN, SPECIAL, FOREIGN, DEVICE };

/* Frames above those of memory: of a grant table, its status words, the shared info. */
#define FRAME_STATUS (FRAMES + 4)
#define FRAME_INFO   (FRAMES + 5)

#define RIGHT_READ   1
#define RIGHT_WRITE  2

/* What stands at a guest frame. */
struct place {
    uint8_t kind, rights, most; /* what may be done, and what it was given with */
    uint8_t of;                 /* FOREIGN, and Xen's page: whose */
    int16_t frame;
};

struct frame {
    bool used, kept;            /* kept: its owner has it, not only who maps it */
    bool special;
    int8_t owner;
    int16_t gfn;
    uint8_t maps, writers;      /* through grants, each half of a mapping is one */
    uint8_t foreign, own;       /* at other domains' places, at PV addresses */
    uint8_t loan_maps;          /* lent: 1 */
    uint64_t mfn;               /* 0: not seen yet */
    uint8_t note[NOTE];
};

/* What a linear address of a PV domain shows. */
enum address_kind { VA_NOTHING, VA_GRANT, VA_OWN };
struct address { uint8_t kind; bool readonly; int16_t frame; };

/* An entry as the domain wrote it, and how it is in use. */
struct entry {
    uint16_t flags;             /* as written, without the bits that say it is in use */
    uint8_t domain;             /* whom it names; DOMAINS and above: nobody */
    uint8_t gfn, trans, ref;    /* a frame, or a domain and its reference */
    uint8_t first, bytes;       /* a part */
    uint64_t word;              /* the number of the frame that was written */
    uint8_t readers, writers;   /* readers: all pins */
    int16_t frame;              /* what the pins are about */
    bool trans_dead;            /* whose reference it is; a ghost now */
    uint8_t trans_ghost;
};

struct mapping {
    bool used, in_place, host, device, readonly;
    uint8_t granter, ref;
    int16_t frame, gfn;
    uint64_t address, bus;
    uint32_t handle;
};

struct loan {
    bool used;
    bool orphan;                /* its taker is dead */
    uint8_t taker;
    int16_t gfn, frame;
    uint64_t number;
};

struct attached {
    bool used;
    uint8_t of, window;
    int16_t gfn;
    uint64_t address;
};

#define EXPOSED 2
/* ia64: a table that is seen by the processor's form of its entries. */
struct exposed { bool used; uint8_t of; bool of_dead; };

struct party {
    bool pv, translated, right, privileged, full;
    unsigned int id, version, pages, most, extra; /* extra: those lists are not about */
    unsigned int frames, maybe_frames;      /* of its grant table; maybe more of them */
    unsigned int top;                       /* above all guest frames so far */
    unsigned int map_nr, map_mark;          /* its memory map */
    bool map_set, vnuma;
    unsigned int claim;                     /* those it had when claimed for; 0: no claim, ~0: maybe one */
    unsigned int shift, granules;           /* of its pages */
    unsigned int spaces;                    /* ia64: I/O spaces */
    struct exposed exposed[EXPOSED];
    struct address va[PAGES];
    struct place place[PAGES];
    struct entry entry[REFS];
    struct mapping mapping[MAPPINGS];
    struct loan loan[LOANS];
    struct attached window[WINDOWS];
};

/* What came back from a call, of one element. */
struct outcome {
    long result;
    int status;
    uint64_t value[4];
    uint64_t list[32];
};

/* All that the model knows. */
struct world {
    struct party party[PARTIES];            /* ghosts last */
    unsigned int doomed, doomed_after;      /* 1 more than who dies in the next call */
    unsigned int dead, ghost, last_id;      /* 1 more than who is dead in this call; its ghost */
    bool names_dead;                        /* the operation at hand names that one */
    struct frame frame[FRAMES + 8];         /* those above are frames of grant tables */
    int16_t at_mfn[FRAMES_OF_ALL];          /* 1 more than the frame; 0: none */
    uint64_t lacked, done, refused;         /* how often memory was short, and so on */
    uint32_t did[OPERATIONS], did_not[OPERATIONS];
    bool failed;
    char why[300];
    unsigned int touched;
    struct { uint8_t domain, gfn; } touch[TOUCHED];
};

extern struct world world;

/* Says that the two differ; the first time is kept. */
void differ(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- list.c: operations as words and as bytes ---- */
const char *operation_name(unsigned int kind);
void operation_print(const struct operation *op, char *text, size_t size);
void operation_random(struct operation *op, uint64_t *seed);
/* The same, with numbers that make sense now. */
void operation_sharpen(struct operation *op, uint64_t *seed);
uint64_t random_next(uint64_t *seed);

/* ---- real.c: the machine behind it ---- */
struct setting {
    uint64_t seed;
    bool driver_privileged, preempt;
    bool full;                  /* d1 has a run of 512 pages, with all of its places */
    bool far;                   /* tables reach much further */
    unsigned int large;                 /* pages of 4 granules: 1: of all but PV; 2: of d2 */
    unsigned int leak;          /* enum machine_leak: planted */
};
void real_start(const struct setting *how);
void real_stop(void);
/* Performs nr elements of one call. */
void real_perform(const struct operation *op, unsigned int nr, struct outcome *out);
/* Looks at what was touched, or at everything. */
void real_compare_touched(void);
void real_compare(void);
/* The entries that an operation names, and how much each domain has. */
void real_compare_refs(const struct operation *op);
const char *real_audit(void);
uint64_t real_gfn(unsigned int domain, unsigned int gfn);

uint64_t real_host_address(unsigned int domain, unsigned int gfn);
/* Which of the machine's frames it is, from 0 on; FRAMES_OF_ALL: none. */
unsigned int real_index(uint64_t mfn);
unsigned int real_max_order(unsigned int domain);
unsigned int real_address_bits(void);
unsigned int real_page_shift(void);
unsigned int real_granules(unsigned int domain);
#define GRANT_FRAMES 4u                 /* of a table, at most */
uint64_t real_device_mfn(unsigned int number);
unsigned int real_devices(void);
bool real_may_transfer(unsigned int domain);
bool real_is_x86(void);
uint64_t real_max_gfns(unsigned int domain);
/* Linear addresses of a PV domain. */
void real_compare_addresses(unsigned int domain);

/* ---- model.c and model-*.c ---- */
struct verdict;
void model_start(void);
void model_perform(const struct operation *op, const struct outcome *got);
/* Whom an operation's other means to its caller; -1: nobody. */
int model_other(const struct operation *op);
int model_named(const struct operation *op);
/* Entries, frames and places that an operation names. */
struct place *model_place(unsigned int domain, unsigned int gfn);
int model_frame_of(unsigned int domain, unsigned int gfn, struct place **place);
void model_touch(unsigned int domain, unsigned int gfn);
int model_frame_new(unsigned int domain, int gfn);
void model_frame_put(int frame);
void model_discard(unsigned int domain, unsigned int gfn);
void model_vacate(unsigned int domain, unsigned int gfn);
void model_occupy(unsigned int domain, unsigned int gfn, int frame);
bool model_alone(int frame);
/* The machine says that it is this frame: to be the same ever after. */
void model_learn(int frame, uint64_t mfn);
bool model_accepts(unsigned int taker, unsigned int ref, unsigned int giver);
void model_hand_over(int frame, unsigned int to, unsigned int gfn);
int model_granted(unsigned int granter, const struct entry *e, struct place **place);
bool model_window_room(unsigned int domain);
bool model_skips_copy(const struct operation *op);
/* Can it be another element of a call with the nr ones before? */
bool model_joins(const struct operation *first, unsigned int nr, const struct operation *op);
bool model_may(unsigned int caller, int target);
bool model_window_at(unsigned int domain, unsigned int gfn);
int model_frame_by_mfn(uint64_t mfn);
/* Where things appear: may they, and they do. */
void model_check_physmap(struct verdict *v, const struct operation *op, int other);
void model_check_replaced(struct verdict *v, unsigned int domain, unsigned int gfn);
void model_check_move(struct verdict *v, unsigned int domain, unsigned int gfn,
                      unsigned int there);
void model_move(unsigned int domain, unsigned int gfn, unsigned int there);
void model_show(unsigned int domain, unsigned int gfn, unsigned int of, int frame,
                unsigned int rights);
bool model_status_is_seen(unsigned int domain);
void model_address_clear(unsigned int domain, unsigned int gfn);
void model_host_ends(struct mapping *m);
void model_mapping_ends(unsigned int domain, struct mapping *m);

/* ---- model-lives.c, lives.c: domains die, and others are there instead ---- */
bool model_can_die(const struct operation *op);
void model_die(unsigned int domain);
void model_born(unsigned int domain);
void model_begin(unsigned int domain);          /* with its pages */
bool model_names_dead(const struct operation *op);
/* A call in which, or after which, the doomed one dies. */
void model_perform_and_die(struct operation *op, unsigned int nr, struct outcome *out);
void real_perform_and_die(const struct operation *op, unsigned int nr, struct outcome *out,
                          unsigned int who, unsigned int after);
bool real_can_die_in(const struct operation *op);
bool real_reads_blocks(const struct operation *op);
bool real_died(void);                           /* in that call */
void real_die(unsigned int who);
void real_born(unsigned int who);
void real_domain_is(unsigned int ghost, unsigned int domain);
/* Nothing is called at all: the list asks for what it is not about. */
bool model_skips(const struct operation *op);
bool model_skips_grant(const struct operation *op);
bool model_skips_memory(const struct operation *op);
struct mapping *model_slot(const struct operation *op);

/* Where a copy begins, and how long it is. */
struct copy_shape { unsigned int from, to, bytes; bool crosses; };
static inline struct copy_shape copy_shape(const struct operation *op)
{
    unsigned int from = op->order % NOTE, to = op->order * 7 % NOTE;
    unsigned int room = NOTE - (from > to ? from : to);

    return (struct copy_shape){ .from = from, .to = to, .crosses = op->slot == 0,
                                .bytes = op->x < room ? op->x : room };
}

/* What a status may be: none set, and it has to be 0. */
struct verdict {
    int bad[16];
    unsigned int nr;
    int may[16];                            /* right, too, and nothing is done */
    unsigned int nr_may;
    int lack;                               /* also right: there was no memory */
};
void verdict_bad(struct verdict *v, bool is_so, int status);
void verdict_may(struct verdict *v, bool is_so, int status);
void verdict_refused(struct verdict *v, bool is_so);        /* by any errno for such */
/* Whether it was done; what cannot be differs. */
bool verdict_done(struct verdict *v, long got);

#define MODEL_OP(name) void model_##name(const struct operation *op, const struct outcome *got)

#define O(name, weight, elements, text) MODEL_OP(name);
#include "operations.def"
#undef O

#endif /* NAIVE_H */
