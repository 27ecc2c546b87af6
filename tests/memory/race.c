/* SPDX-License-Identifier: MIT */
/*
 * Several processors at once: two of a guest, and the first domain on its behalf, change and
 * look up the same frames; two of a PV domain give back, exchange and name theirs. What each
 * gets may be anything that could be; at the end it fits.
 */
#include "scene.h"

#define ROUNDS 400
#define FIRST  200                      /* frames that they fight for */
#define NR     8

struct runner {
    unsigned int kind;
    domid_t domid;
    unsigned long seed;
    unsigned long done;
};

static unsigned int chance(struct runner *r, unsigned int of)
{
    r->seed = r->seed * 6364136223846793005ul + 1442695040888963407ul;
    return (unsigned int)(r->seed >> 33) % of;
}

static void reserve(struct runner *r, struct xen_memory_reservation *op, xen_pfn_t *list,
                    unsigned int cmd)
{
    unsigned int i;

    for ( i = 0; i < 3; i++ )
        list[i] = FIRST + chance(r, NR);
    op->domid = r->domid;
    op->nr_extents = 3;
    op->extent_order = 0;
    set_xen_guest_handle(op->extent_start, list);
    r->done += (unsigned long)hc_memory_op(cmd, op);
}

static void move(struct runner *r, struct xen_add_to_physmap *op)
{
    op->domid = r->domid;
    op->space = chance(r, 4) ? XENMAPSPACE_gmfn : XENMAPSPACE_shared_info;
    op->idx = op->space == XENMAPSPACE_gmfn ? FIRST + chance(r, NR) : 0;
    op->gpfn = FIRST + chance(r, NR);
    r->done += !hc_memory_add_to_physmap(op);
}

static void look(struct runner *r)
{
    struct domain *d = scene[DOMU];
    bool writable = chance(r, 2);
    uint64_t mfn;

    if ( p2m_get_page(d, FIRST + chance(r, NR), writable, &mfn, NULL) )
        return;
    if ( port_page_owner(mfn) != d )
        abort();
    r->done++;
    p2m_put_page(mfn, writable);
}

/* Somebody's page leaves, and is out, and in again, each where it happens to be possible. */
static void page(struct runner *r)
{
    struct domain *d = scene[DOMU];
    uint64_t gfn = FIRST + chance(r, NR), mfn;

    switch ( chance(r, 4) )
    {
    case 0:
        r->done += !p2m_page_leave(d, gfn);
        break;
    case 1:
        r->done += !p2m_page_out(d, gfn);
        break;
    case 2:
        r->done += !p2m_page_stay(d, gfn);
        break;
    default:
        if ( port_page_alloc_loose(d, p2m_page_order(d), 0, &mfn) )
            break;
        if ( p2m_page_in(d, gfn, mfn) )
            port_page_free(mfn);
    }
}

static void run(void *argument)
{
    struct runner *r = argument;
    struct xen_memory_reservation *op = guest(sizeof(*op));
    struct xen_add_to_physmap *physmap = guest(sizeof(*physmap));
    xen_pfn_t *list = guest(3 * sizeof(*list));
    unsigned int i;

    for ( i = 0; i < ROUNDS; i++ )
        switch ( chance(r, 5) )
        {
        case 4:
            page(r);
            break;
        case 0:
            reserve(r, op, list, XENMEM_populate_physmap);
            break;
        case 1:
            reserve(r, op, list, XENMEM_decrease_reservation);
            break;
        case 2:
            move(r, physmap);
            break;
        default:
            look(r);
        }
}

static void race(unsigned long seed)
{
    struct runner runners[3];
    unsigned int i;

    scene_build();
    for ( i = 0; i < 3; i++ )
        runners[i] = (struct runner){ i, i == 2 ? 1 : DOMID_SELF, seed * 3 + i, 0 };
    machine_thread(machine_vcpu(scene[DOMU], 0), run, &runners[0]);
    machine_thread(machine_vcpu(scene[DOMU], 1), run, &runners[1]);
    machine_thread(machine_vcpu(scene[DOM0], 0), run, &runners[2]);
    machine_join(machine_vcpu(scene[DOMU], 0));
    machine_join(machine_vcpu(scene[DOMU], 1));
    machine_join(machine_vcpu(scene[DOM0], 0));
    for ( i = 0; i < 3; i++ )
        CHECK(runners[i].done, "processor %u has done nothing", i);
    scene_end("race");
}

/* ---- a PV domain, which names machine frames ------------------------------------------- */

static uint64_t named[NR];              /* frames that are, or were, its own */

static void say_one(struct runner *r, struct mmu_update *op)
{
    unsigned int *done = (unsigned int *)(op + 1);

    op->ptr = port_load(&named[chance(r, NR)]) << PAGE_SHIFT | MMU_MACHPHYS_UPDATE;
    op->val = FIRST + chance(r, NR);
    r->done += !hc_mmu_update(op, 1, done, DOMID_SELF);
}

static void give_one(struct runner *r, struct xen_memory_reservation *op, xen_pfn_t *frame, unsigned int cmd)
{
    unsigned int i = chance(r, NR);

    *frame = cmd == XENMEM_populate_physmap ? FIRST + i : port_load(&named[i]);
    op->domid = DOMID_SELF;
    op->nr_extents = 1;
    op->extent_order = 0;
    set_xen_guest_handle(op->extent_start, frame);
    if ( hc_memory_op(cmd, op) != 1 )
        return;
    r->done++;
    if ( cmd != XENMEM_decrease_reservation )
        port_store(&named[i], *frame);
}

static void exchange_one(struct runner *r, struct xen_memory_exchange *op, xen_pfn_t *frames)
{
    unsigned int i = chance(r, NR);

    frames[0] = port_load(&named[i]);
    frames[1] = FIRST + chance(r, NR);
    op->in.nr_extents = op->out.nr_extents = 1;
    op->in.domid = op->out.domid = DOMID_SELF;
    op->nr_exchanged = 0;
    set_xen_guest_handle(op->in.extent_start, &frames[0]);
    set_xen_guest_handle(op->out.extent_start, &frames[1]);
    if ( hc_memory_exchange(op) )
        return;
    r->done++;
    port_store(&named[i], frames[1]);
}

/* Somebody has a page mapped, for a while. */
static void hold_one(struct runner *r, uint64_t *held)
{
    if ( *held )
        port_page_put(*held);
    *held = port_load(&named[chance(r, NR)]);
    if ( !port_page_get(*held, scene[DOM0]) )
        *held = 0;
}

static void run_pv(void *argument)
{
    static const unsigned int cmds[] = { XENMEM_populate_physmap, XENMEM_increase_reservation,
                                         XENMEM_decrease_reservation };
    struct runner *r = argument;
    struct xen_memory_reservation *op = guest(sizeof(*op));
    struct xen_memory_exchange *exchange = guest(sizeof(*exchange));
    struct mmu_update *update = guest(2 * sizeof(*update));
    xen_pfn_t *frames = guest(2 * sizeof(*frames));
    unsigned int i, what;
    uint64_t held = 0;

    for ( i = 0; i < ROUNDS; i++ )
    {
        what = chance(r, 7);
        if ( what < 3 )
            give_one(r, op, frames, cmds[what]);
        else if ( what == 3 )
            exchange_one(r, exchange, frames);
        else if ( what == 4 )
            hold_one(r, &held);
        else
            say_one(r, update);
    }
    if ( held )
        port_page_put(held);
}

static void race_pv(unsigned long seed)
{
    struct runner runners[2];
    unsigned int i;

    scene_build();
    for ( i = 0; i < NR; i++ )
        named[i] = frame_of(DOM0, 40 + i);
    for ( i = 0; i < 2; i++ )
        runners[i] = (struct runner){ i, DOMID_SELF, seed * 5 + i, 0 };
    for ( i = 0; i < 2; i++ )
        machine_thread(machine_vcpu(scene[DOM0], i), run_pv, &runners[i]);
    for ( i = 0; i < 2; i++ )
        machine_join(machine_vcpu(scene[DOM0], i));
    for ( i = 0; i < 2; i++ )
        CHECK(runners[i].done, "processor %u has done nothing", i);
    scene_end("PV race");
}

void test_race(void)
{
    unsigned int i;

    scene_what = "race";
    for ( i = 0; i < 6; i++ )
    {
        race(i + 1);
        if ( !IA64 )
            race_pv(i + 1);
    }
}
