/* SPDX-License-Identifier: MIT */
/*
 * Several processors at once: two of a guest, and the first domain on its behalf, change and
 * look up the same frames. What each gets may be anything that could be; at the end it fits.
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

void test_race(void)
{
    unsigned int i;

    scene_what = "race";
    for ( i = 0; i < 6; i++ )
        race(i + 1);
}
