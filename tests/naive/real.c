/* SPDX-License-Identifier: MIT */
/*
 * The simulated machine behind the lists: building it, and looking at it. The
 * calls are made in calls-*.c.
 */
#include <stdio.h>
#include <string.h>

#include "hv.h"
#include "grant.h"
#include "machine.h"
#include "p2m.h"
#include "real.h"

struct domain *real_domain[PARTIES];
struct vcpu *real_vcpu[DOMAINS];

#define FIRST         8u        /* guest frames of the kernel */
#define FULL          512u      /* pages of one entry of the directory */
#ifdef PORT_IA64
#define HAS_PV        false
#else
#define HAS_PV        true
#endif

/* ---- numbers ------------------------------------------------------------------- */

uint64_t real_gfn(unsigned int domain, unsigned int gfn)
{
    (void)domain;
    /* All that is not about is beyond all tables. */
    return gfn < PAGES ? FIRST + gfn : 0x7fff0000u + gfn;
}

unsigned int real_max_order(unsigned int domain)
{
    return real_domain[domain]->max_order;
}

unsigned int real_address_bits(void)
{
    return MACHINE_LOW_BITS;
}

unsigned int real_page_shift(void)
{
    return PAGE_SHIFT;
}

unsigned int real_granules(unsigned int domain)
{
    return world.party[domain].granules;
}

bool real_may_transfer(unsigned int domain)
{
    return world.party[domain].pv;
}

bool real_is_x86(void)
{
    return HAS_PV;
}

uint64_t real_max_gfns(unsigned int domain)
{
    return real_domain[domain]->hv->pmt.view.limit;
}

unsigned int real_index(uint64_t mfn)
{
    return mfn >= PORT_MFN_BASE && mfn < PORT_MFN_BASE + FRAMES_OF_ALL ? mfn - PORT_MFN_BASE
                                                                       : FRAMES_OF_ALL;
}

uint64_t real_host_address(unsigned int domain, unsigned int gfn)
{
    uint64_t at = real_gfn(domain, gfn) << world.party[domain].shift;

    return world.party[domain].pv ? MACHINE_PV_BASE + at : at;
}

/* The number of a frame as the domain writes it in calls. */
uint64_t real_frame(unsigned int domain, unsigned int gfn)
{
    struct place *place;
    int frame;

    if ( !world.party[domain].pv )
        return real_gfn(domain, gfn);
    frame = model_frame_of(domain, gfn, &place);
    return frame < 0 || frame >= FRAMES ? 0x7fffffff : world.frame[frame].mfn;
}

domid_t real_domid(unsigned int other)
{
    return other == OTHER_SELF ? DOMID_SELF : other < DOMAINS ? world.party[other].id : 77;
}

/* ---- building ------------------------------------------------------------------ */

static struct setting setting;

static void build(unsigned int i, const struct setting *how)
{
    struct party *party = &world.party[i];
    struct machine_domain about = {
        .id = party->id, .pv = HAS_PV && i == 0, .hvm = HAS_PV && i != 0, .privileged = party->privileged,
        .hardware = i == 0, .has_pmt = party->right,
        .pages = party->extra + party->pages, .max_pages = party->extra + party->most,
        .page_shift = party->shift,
        .max_gpfns = how->far ? (i || HAS_PV ? 1u << 20 : 1u << 28) : party->full ? 1024 : FIRST + PAGES,
        .kernel_pages = FIRST, .layout = party->full ? LAYOUT_RUN : (how->seed + i) % 3,
        .pager = party->pager,
        .grant_frames = GRANT_FRAMES, .max_order = 4,
    };

    real_domain[i] = machine_domain(&about);
    if ( real_domain[i] )
        real_vcpu[i] = machine_vcpu(real_domain[i], 0);
    else
        differ("domain %u cannot be built", i);
}

/* Two nodes, two processors, one range of memory. */
static void nodes(unsigned int i)
{
    unsigned int distance[4] = { 10, 20, 20, 10 }, node[2] = { 0, 1 };
    struct hv_vnuma_range range = { .end = 0x100000 };
    struct hv_vnuma nodes = { .nr_nodes = 2, .nr_vcpus = 2, .nr_ranges = 1,
                              .distance = distance, .vcpu_node = node, .range = &range };

    world.party[i].vnuma = !hv_domain_set_vnuma(real_domain[i], &nodes);
}

void real_start(const struct setting *how)
{
    struct machine_config machine = { .frames = how->large ? FRAMES_OF_ALL : FRAMES_OF_ALL / 2,
                                      .seed = how->seed };
    unsigned int i;

    memset(&world, 0, sizeof(world));
    setting = *how;
    for ( i = 0; i < DOMAINS; i++ )
        world.party[i] = (struct party){
            .pv = HAS_PV && i == 0, .translated = !HAS_PV || i, .right = i == 0 || i == 3,
            .privileged = i == 0 || (i == 3 && how->driver_privileged), .id = i, .version = 1,
            .extra = FIRST, .frames = 1, .pages = MAPPED, .most = MOST, .pager = i != 2,
            .shift = PAGE_SHIFT, .granules = 1,
        };
    for ( i = 0; i < DOMAINS; i++ )
        if ( how->large == 1 ? world.party[i].translated : how->large == 2 && i == 2 )
        {
            world.party[i].shift += 2;
            world.party[i].granules = 4;
        }
    if ( how->full )
    {
        world.party[1].full = true;
        world.party[1].extra = FULL - PAGES;
        world.party[1].pages = PAGES;
        world.party[1].most = PAGES + 8;
    }
    machine_start(&machine);
    for ( i = 0; i < DOMAINS && !world.failed; i++ )
        build(i, how);
    for ( i = 1; i < DOMAINS && !world.failed; i += 2 )
        nodes(i);
    model_start();
    machine_plan_reset();
    machine_plan.preempt_always = how->preempt;
    machine_plan.plant_leak = how->leak;
    real_compare();
}

void real_born(unsigned int who)
{
    build(who, &setting);
    if ( who % 2 && !world.failed )
        nodes(who);
}

void real_domain_is(unsigned int ghost, unsigned int domain)
{
    real_domain[ghost] = real_domain[domain];
}

void real_stop(void)
{
    const char *left = machine_stop();

    if ( left )
        differ("at the end: %s", left);
}

const char *real_audit(void)
{
    const char *wrong = machine_audit();

    return wrong ? wrong : machine_leaks() ? machine_leak_text() : NULL;
}

/* ---- comparing ----------------------------------------------------------------- */

static void compare_note(int frame)
{
    const struct frame *f = &world.frame[frame];

    if ( memcmp(port_page_address(f->mfn), f->note, NOTE) )
        differ("frame %#lx does not hold what the model's does", (unsigned long)f->mfn);
}

static void compare_frame(unsigned int d, unsigned int gfn, const struct place *place,
                          uint64_t entry)
{
    struct frame *f = &world.frame[place->frame];

    if ( !(entry & (PMTE_present | UINT64_C(1) << 57)) )
    {
        differ("nothing is at d%u %u, but %#lx is in the model's", d, gfn,
               (unsigned long)f->mfn);
        return;
    }
    model_learn(place->frame, PMTE_mfn(entry));
    if ( !!(entry & PMTE_present) != !!place->rights ||
         (place->rights && !!(entry & PMTE_writable) != !!(place->rights & RIGHT_WRITE)) )
        differ("rights at d%u %u: entry is %#lx", d, gfn, (unsigned long)entry);
    if ( port_page_owner(f->mfn) != real_domain[f->owner] )
        differ("the frame at d%u %u is not d%d's", d, gfn, f->owner);
    compare_note(place->frame);
}

/* Where a page of Xen's for a domain really is. */
static uint64_t special_mfn(const struct place *place)
{
    struct domain *of = real_domain[place->of];
    uint64_t mfn = HV_INVALID_MFN;

    if ( place->frame == FRAME_INFO )
        return of->hv->shared_info;
    if ( !grant_frame(of, place->frame == FRAME_STATUS,
                      place->frame == FRAME_STATUS ? 0 : place->frame - FRAMES, false, &mfn) )
        port_page_put(mfn);
    return mfn;
}

#ifdef PORT_IA64
static void compare_device(unsigned int d, unsigned int gfn, const struct place *place,
                           uint64_t entry)
{
    if ( !(entry & PMTE_present) || !(entry & PMTE_io) ||
         PMTE_mfn(entry) != real_device_mfn(place->of) )
        differ("entry %#lx is at d%u %u, where a device is to be", (unsigned long)entry, d, gfn);
}
#else
#define compare_device(d, gfn, place, entry) differ("a device is at d%u %u", d, gfn)
#endif

static void compare_place(unsigned int d, unsigned int gfn)
{
    const struct place *place = &world.party[d].place[gfn];
    uint64_t entry = pmt_lookup(&real_domain[d]->hv->pmt, real_gfn(d, gfn));

    if ( place->kind == EMPTY && place->paged )
    {
        if ( entry != P2M_PAGED_WORD )
            differ("entry %#lx is at d%u %u, from where a pager has the page",
                   (unsigned long)entry, d, gfn);
    }
    else if ( place->kind == EMPTY )
    {
        if ( entry & ~(uint64_t)PMTE_absent )
            differ("entry %#lx is at d%u %u, where the model has nothing",
                   (unsigned long)entry, d, gfn);
    }
    else if ( place->kind == DEVICE )
        compare_device(d, gfn, place, entry);
    else if ( place->frame >= FRAMES )
    {
        if ( !(entry & PMTE_present) || (place->of < DOMAINS && PMTE_mfn(entry) != special_mfn(place)) )
            differ("entry %#lx is at d%u %u, where frame %d of Xen's for d%u is to be",
                   (unsigned long)entry, d, gfn, place->frame - FRAMES, place->of);
    }
    else
        compare_frame(d, gfn, place, entry);
}

void real_compare_touched(void)
{
    unsigned int i;

    for ( i = 0; i < world.touched && !world.failed; i++ )
        compare_place(world.touch[i].domain, world.touch[i].gfn);
    world.touched = 0;
}

/* Where its owner has it, the other way round. */
static void compare_reverse(const struct frame *f)
{
    uint64_t is = p2m_mfn_to_gfn(f->mfn);

    if ( is != (f->gfn == NOWHERE ? PMT_NO_GPFN : real_gfn(f->owner, f->gfn)) )
        differ("frame %#lx is said to be at %#lx, the model has it at %d", (unsigned long)f->mfn,
               (unsigned long)is, f->gfn);
}

void real_compare(void)
{
    unsigned int d, i;

    for ( d = 0; d < DOMAINS && !world.failed; d++ )
    {
        real_compare_addresses(d);
        for ( i = 0; i < PAGES && !world.failed; i++ )
            compare_place(d, i);
        for ( i = 0; i < REFS && !world.failed; i++ )
            real_compare_entry(d, i);
        if ( !world.failed && real_domain[d]->tot_pages != world.party[d].pages +
                                                           world.party[d].extra )
            differ("d%u has %u pages, in the model %u", d,
                   (unsigned int)real_domain[d]->tot_pages,
                   world.party[d].pages + world.party[d].extra);
    }
    for ( i = 0; i < FRAMES && !world.failed; i++ )
        if ( world.frame[i].used && world.frame[i].mfn && world.frame[i].kept )
            compare_reverse(&world.frame[i]);
    for ( i = 0; i < FRAMES && !world.failed; i++ )
        if ( world.frame[i].used && world.frame[i].mfn && world.frame[i].kept )
            compare_note(i);
    world.touched = 0;
}

/* The entries that an operation is about. */
void real_compare_refs(const struct operation *op)
{
    unsigned int d;

    for ( d = 0; d < DOMAINS; d++ )
    {
        if ( real_domain[d]->tot_pages != world.party[d].pages + world.party[d].extra )
            differ("d%u has %u pages, in the model %u", d,
                   (unsigned int)real_domain[d]->tot_pages,
                   world.party[d].pages + world.party[d].extra);
        if ( op->ref < REFS && (d == op->caller || d == op->other) )
            real_compare_entry(d, op->ref);
        if ( op->ref2 < REFS && (d == op->caller || d == op->y) )
            real_compare_entry(d, op->ref2);
    }
}
