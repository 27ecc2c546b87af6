/* SPDX-License-Identifier: MIT */
/*
 * Each rule that hv-impl/rules.h can switch off, and each thing an audit looks for: with one
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

    if ( p2m_discard(scene[DOMU], 40, P2M_REMOVE) ||
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

/* ---- an audit that is shown what it looks for -------------------------------------------- */

static void find_audit(void)
{
    char what[200];

    CHECK(!hv_audit(scene[DOMU], what, sizeof(what)), "%s", what);
    /* What was done to it is no state to end in. */
    _exit(failed ? 1 : 0);
}

static void set_entry(uint64_t gfn, uint64_t entry)
{
    struct pmt *table = &scene[DOMU]->hv->pmt;

    pmt_lock(table);
    if ( pmt_prepare_locked(table, gfn, 1) )
        abort();
    pmt_set_locked(table, gfn, entry);
    pmt_unlock(table);
}

static void harm_reverse(void)
{
    pmt_reverse_set(&hv_reverse, p2m_entry_mfn(entry_of(DOMU, 40)), 41);
}

static void harm_owner(void)
{
    set_entry(HOLE, p2m_entry_make(p2m_entry_mfn(entry_of(DOMX, 40)), p2m_attributes(P2M_RAM, true)));
}

static void harm_foreign(void)
{
    set_entry(40, entry_of(DOMU, 40) | PMTE_foreign);
}

static void harm_kind(void)
{
    set_entry(40, entry_of(DOMU, 40) | P2M_KIND_MASK);
}

static void harm_device(void)
{
    set_entry(40, p2m_entry_make(p2m_entry_mfn(entry_of(DOMU, 40)), p2m_attributes(P2M_DEVICE, true)));
}

static void harm_frame(void)
{
    set_entry(40, p2m_entry_make(port_max_mfn() + 64, p2m_attributes(P2M_RAM, true)));
}

static void harm_reference(void)
{
    port_page_put(p2m_entry_mfn(entry_of(DOMU, 40)));
}

static void harm_entry(void)
{
    set_entry(40, PMTE_absent);
}

static void harm_paged(void)
{
    set_entry(40, P2M_PAGED_WORD | PMTE_writable);
}

static void harm_leaving(void)
{
    set_entry(40, entry_of(DOMU, 40) | (uint64_t)P2M_LEAVING << P2M_KIND_SHIFT);
}

static void harm_quota(void)
{
    scene[DOMU]->max_pages = scene[DOMU]->tot_pages - 1;
}

static const struct twin {
    const char *name;
    unsigned int rule;
    void (*find)(void);
    void (*harm)(void);                 /* instead of a rule */
} twins[] = {
    { "entries without a reference", HV_RULE_REFERENCE, find_populate, NULL },
    { "the reverse map is not told", HV_RULE_BOTH_TABLES, find_removed, NULL },
    { "let go before the flush", HV_RULE_FLUSH, find_stale, NULL },
    { "not prepared", HV_RULE_PREPARE, find_half_done, NULL },
    { "steps without end", HV_RULE_STEP, find_step, NULL },
    { "put into a dying domain", HV_RULE_DYING, find_put_in, NULL },
    { "special pages are ordinary", HV_RULE_KIND, find_kind, NULL },
    { "a number is cut", HV_RULE_WIDTH, find_width, NULL },
    { "no second look", HV_RULE_LOOK_AGAIN, find_late, NULL },
    { "taken while in use", HV_RULE_ALONE, find_not_alone, NULL },
    { "audit: reverse", 0, find_audit, harm_reverse },
    { "audit: owner", 0, find_audit, harm_owner },
    { "audit: foreign", 0, find_audit, harm_foreign },
    { "audit: kind", 0, find_audit, harm_kind },
    { "audit: device", 0, find_audit, harm_device },
    { "audit: frame", 0, find_audit, harm_frame },
    { "audit: reference", 0, find_audit, harm_reference },
    { "audit: entry", 0, find_audit, harm_entry },
    { "audit: paged out", 0, find_audit, harm_paged },
    { "audit: leaving", 0, find_audit, harm_leaving },
    { "audit: quota", 0, find_audit, harm_quota },
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
            if ( twin->harm )
                twin->harm();
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
