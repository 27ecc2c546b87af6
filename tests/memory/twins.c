/* SPDX-License-Identifier: MIT */
/*
 * Each rule that hv-impl/rules.h can switch off, and mistakes that are planted: with one
 * of them something here has to be found; with all rules as they are nothing is.
 */
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scene.h"

/* Each leaves failed != 0, or does not come back, if it finds something. */

static xen_pfn_t *one_frame(struct xen_memory_reservation **op, domid_t id, uint64_t gfn)
{
    xen_pfn_t *frame = guest(sizeof(*frame));

    *op = guest(sizeof(**op));
    *frame = gfn;
    (*op)->domid = id;
    (*op)->nr_extents = 1;
    set_xen_guest_handle((*op)->extent_start, frame);
    return frame;
}

static void find_populate(void)
{
    struct xen_memory_reservation *op;

    as(DOMU);
    one_frame(&op, DOMID_SELF, HOLE);
    CHECK_EQUAL(hc_memory_populate_physmap(op), 1);
}

static void find_removed(void)
{
    struct xen_remove_from_physmap *op;

    as(DOMU);
    op = guest(sizeof(*op));
    op->domid = DOMID_SELF;
    op->gpfn = 40;
    CHECK_EQUAL(hc_memory_remove_from_physmap(op), 0);
}

static void find_stale(void)
{
    struct xen_memory_reservation *op;
    uint64_t word;

    as(DOMU);
    CHECK_EQUAL(machine_read(current, 40ul << scene[DOMU]->page_shift, &word, 8), 0);
    one_frame(&op, DOMID_SELF, 40);
    CHECK_EQUAL(hc_memory_decrease_reservation(op), 1);
}

/* No memory for the table, after the page has become the domain's. */
static void find_half_done(void)
{
    struct xen_memory_reservation *op;
    uint64_t at;

    as(DOMU);
    for ( at = 0; at < 3; at++ )
    {
        one_frame(&op, DOMID_SELF, MAX_GFN - 1 - 600 * at);
        machine_plan_reset();
        machine_plan.fail_window_at = at;
        hc_memory_populate_physmap(op);
        machine_plan_reset();
    }
}

static void find_step(void)
{
    machine_plan_reset();
    machine_plan.preempt_always = true;
    CHECK_EQUAL(machine_kill(scene[DOMU]), 0);
    CHECK(machine_counters.looks, "nobody looked whether others shall run");
    machine_plan_reset();
}

static void put_in(const char *name, void *context)
{
    uint64_t mfn;

    (void)context;
    if ( strcmp(name, "kill") || p2m_get_page(scene[DOMX], 41, false, &mfn, NULL) )
        return;
    if ( p2m_add_page(scene[DOMU], HOLE, mfn, p2m_attributes(P2M_FOREIGN, true)) )
        port_page_put(mfn);
    else
        failed++;
}

static void find_put_in(void)
{
    as(DOM0);
    machine_plan.preempt_always = true;
    machine_plan.at_point = put_in;
    machine_kill(scene[DOMU]);
    machine_plan_reset();
}

static void find_kind(void)
{
    struct xen_memory_reservation *op;

    if ( p2m_remove_page(scene[DOMU], 40, HV_INVALID_MFN) ||
         p2m_add_page(scene[DOMU], 40, MACHINE_IO_MFN, p2m_attributes(P2M_DEVICE, true)) )
        abort();
    as(DOMU);
    one_frame(&op, DOMID_SELF, 40);
    CHECK_EQUAL(hc_memory_decrease_reservation(op), 0);
}

static void find_width(void)
{
    struct xen_add_to_physmap *op;

    as(DOMU);
    op = guest(sizeof(*op));
    op->domid = DOMID_SELF;
    op->space = XENMAPSPACE_grant_table;
    op->idx = 1ul << 32;
    op->gpfn = HOLE;
    CHECK_EQUAL(hc_memory_add_to_physmap(op), -EINVAL);
}

static void take_away(const char *name, void *context)
{
    (void)context;
    if ( !strcmp(name, "p2m-get-page") )
        p2m_discard(scene[DOMU], 40, P2M_REMOVE);
}

/* Another processor takes the page away between the look and the reference. */
static void find_late(void)
{
    uint64_t mfn;

    machine_plan.at_point = take_away;
    CHECK_EQUAL(p2m_get_page(scene[DOMU], 40, false, &mfn, NULL), -ENOENT);
    machine_plan_reset();
}

/* A page of the third's that is mapped twice is taken from him. */
static void find_not_alone(void)
{
    uint64_t mfn, gfn;

    if ( p2m_get_page(scene[DOMU], 40, false, &mfn, NULL) )
        abort();
    CHECK_EQUAL(p2m_steal_frame(scene[DOMU], is_pv_domain(scene[DOMU]) ? mfn : 40, &mfn, &gfn), -EBUSY);
    port_page_put(mfn);
}

static const struct twin {
    const char *name;
    unsigned int rule, bug;
    void (*find)(void);
} twins[] = {
    { "entries without a reference", HV_RULE_REFERENCE, 0, find_populate },
    { "the reverse map is not told", HV_RULE_BOTH_TABLES, 0, find_removed },
    { "let go before the flush", HV_RULE_FLUSH, 0, find_stale },
    { "not prepared", HV_RULE_PREPARE, 0, find_half_done },
    { "steps without end", HV_RULE_STEP, 0, find_step },
    { "put into a dying domain", HV_RULE_DYING, 0, find_put_in },
    { "special pages are ordinary", HV_RULE_KIND, 0, find_kind },
    { "a number is cut", HV_RULE_WIDTH, 0, find_width },
    { "no second look", HV_RULE_LOOK_AGAIN, 0, find_late },
    { "taken while in use", HV_RULE_ALONE, 0, find_not_alone },
    { "no reverse entry (planted)", 0, HV_BUG_REVERSE, find_populate },
};

static bool finds(const struct twin *twin, bool off)
{
    pid_t child;
    int status = 0, out;

    fflush(stdout);
    child = fork();
    if ( child < 0 )
        abort();
    if ( !child )
    {
        /* What it says is for those who look for it: here it is expected. */
        out = open("/dev/null", O_WRONLY);
        if ( out >= 0 && !getenv("VERBOSE") )
        {
            dup2(out, 1);
            dup2(out, 2);
        }
        failed = 0;
        scene_what = twin->name;
        scene_build();
        if ( off )
        {
            hv_rule_off = twin->rule;
            hv_bug = twin->bug;
        }
        twin->find();
        scene_end("twin");
        _exit(failed ? 1 : 0);
    }
    if ( waitpid(child, &status, 0) != child )
        abort();
    return !WIFEXITED(status) || WEXITSTATUS(status);
}

void test_twins(void)
{
    unsigned int i;

    for ( i = 0; i < sizeof(twins) / sizeof(*twins); i++ )
    {
        scene_what = twins[i].name;
        CHECK(!finds(&twins[i], false), "something is wrong with all rules on");
        CHECK(finds(&twins[i], true), "nothing is found");
    }
}
