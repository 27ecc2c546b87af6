/* SPDX-License-Identifier: MIT */
/* Processors of a few domains that do everything at once. */
#ifndef STRESS_H
#define STRESS_H

#include <stdatomic.h>

#include "machine.h"

#include "hv.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"

/* Domains: the first one; two guests; one that has the right and serves; one that comes and goes. */
enum { FIRST, GUEST, OTHER, DRIVER, GUEST_OF_A_DAY, NR_DOMAINS };

/* Guest frames by what they are used for. */
#define OWN_FIRST     40u               /* pages of the start that change hands */
#define OWN_NR        64u
#define GRANT_FRAME   900u              /* where the grant table appears */
#define TAKEN_FIRST   1000u             /* accepted pages, by reference */
#define MAPPED_FIRST  2000u             /* grants of others */
#define GROW_FIRST    3000u             /* populated at random */
#define GROW_NR       50000u
#define LENT_FIRST    60000u
#define SEEN_FIRST    62000u            /* windows onto tables of others */

#define ACCEPT_FIRST  8u                /* references that accept pages */
#define ACCEPT_NR     32u
#define ACCESS_FIRST  48u               /* references that let others in */
#define ACCESS_NR     32u

struct actor {
    const char *name;
    unsigned int domain, vcpu;
    void (*act)(struct actor *a);
    struct vcpu *v;
    struct domain *d;
    uint64_t seed;
    uint64_t acts, done;                /* how often, and how often something came of it */
    uint64_t mine[64];                  /* handles, loans: the actor's own */
    struct mortal *mortal;              /* NULL: a resident */
    uint64_t loan[16];                  /* what is tied to others for a while */
    struct { uint64_t address; uint32_t nr; } window[8];
    grant_handle_t handle[8];
    bool is_mapped[8];
    domid_t exposed[4];
    struct grant_entry_v1 *grants;      /* of its domain */
};

static inline uint64_t any(struct actor *a, uint64_t below)
{
    a->seed = a->seed * 6364136223846793005ull + 1442695040888963407ull;
    return (a->seed >> 33) % below;
}

extern struct domain *stress_domain[NR_DOMAINS];

void act_translate(struct actor *a);
void act_look_up(struct actor *a);
void act_flip(struct actor *a);
void act_accept(struct actor *a);
void act_grant(struct actor *a);
void act_map(struct actor *a);
void act_copy(struct actor *a);
void act_grow(struct actor *a);
void act_window(struct actor *a);
void act_exchange(struct actor *a);
void act_lend(struct actor *a);
void act_see(struct actor *a);
void act_lend_mortals(struct actor *a);
void act_map_mortals(struct actor *a);
void act_flip_mortals(struct actor *a);
void act_copy_mortals(struct actor *a);
void act_expose(struct actor *a);

/* Something is wrong: all of it ends. */
void stress_says(const char *what, const char *why);
/* Between two acts: is everybody to stop? */
void stress_may_pause(void);

/* ---- domains that come and go ------------------------------------------------------ */

#define NR_MORTALS    5u
#define MORTAL_VCPUS  2u

struct mortal {
    struct domain *d;                   /* NULL: nobody now */
    domid_t id;                         /* others read it whenever they like */
    struct actor actor[MORTAL_VCPUS];
    atomic_bool stop;
    atomic_uint running;
    bool dying, in_calls, joined;
};
extern struct mortal mortals[NR_MORTALS];
extern uint64_t mortals_done;

void mortal_begin(struct mortal *m, uint64_t seed);
/* Bits say who dies, and who of them while his processors are in calls. */
void mortals_die(uint64_t chosen, uint64_t in_calls);
unsigned int mortals_running(void);

#endif /* STRESS_H */
