/* SPDX-License-Identifier: MIT */
/*
 * The points in which a straightforward generator would be wrong, by the
 * numbers of language/OPEN.md; those that are not here are in open.txt, with the
 * reason. Needs harness.h.
 */
#include <limits.h>

#include "harness.h"
#include "properties.h"

static const struct {
    const char *point, *what, *hypercall, *op, *name, *settings, *outcome;
    int steps;                          /* calls of the handler, -1: any */
} points[] = {
    { "01", "batch: its place before the structure is read", "memory", "add_to_physmap_batch", "",
      "@place=0x10000 @hole=arg", "errno EDOM", 0 },
    { "01", "batch: the space before the domain", "memory", "add_to_physmap_batch", "",
      "space=3 domid=77", "errno EOPNOTSUPP", 0 },
    { "01", "batch: permission before the place against size", "memory", "add_to_physmap_batch",
      "", "@deny @place=9", "errno EPERM", 0 },
    { "01", "batch: ranges last", "memory", "add_to_physmap_batch", "",
      "@place=4 gpfns=0xfffffffff0000000", "errno EILSEQ", 0 },
    { "01", "machine_memory_map: permission before the structure is read", "memory",
      "machine_memory_map", "", "@deny @hole=arg", "errno EPERM", 0 },
    { "01", "get_status_frames: no such op for HVM, before the count", "grant_table",
      "get_status_frames", "", "@caller=hvm @count=2", "errno ENOSYS", 0 },
    { "02", "any: DOMID_SELF is the caller", "grant_table", "setup_table", "", "dom=self",
      "status okay", 1 },
    { "02", "id: DOMID_SELF is unknown", "pmt", "map", "", "domid=self", "status bad_domain", 0 },
    { "02", "remote: DOMID_SELF is unknown", "memory", "acquire_resource", "", "domid=self",
      "errno ESRCH", 0 },
    { "02", "remote: the own id is refused", "memory", "acquire_resource", "", "domid=0",
      "errno EPERM", 0 },
    { "02", "remote: a dying domain is one", "memory", "acquire_resource", "", "domid=3",
      "value 0", 70 },
    { "41", "strict: a dying domain is like none", "pmt", "info", "", "domid=3",
      "status bad_domain", 0 },
    { "03", "a PV caller builds a translated domain", "memory", "remove_from_physmap", "",
      "domid=2", "value 0", 1 },
    { "03", "exchange asks nobody whether he is PV", "memory", "exchange", "",
      "@caller=hvm in.domid=self out.domid=self", "value 0", 4 },
    { "04", "ALL names no device", "memory", "reserved_device_memory_map", "", "flags=1",
      "value 0", 1 },
    { "05", "a type that nobody knows is the handler's", "memory", "acquire_resource", "",
      "type=99", "value 0", 70 },
    { "05", "strict: reserved before clauses", "pmt", "donate", "", "pad1=1 rights=0 domid=77",
      "status bad_argument", 0 },
    { "08", "exchange keeps its place in the structure alone", "memory", "exchange", "",
      "@place=1", "errno EINVAL", 0 },
#ifndef PORT_IA64
    { "10", "setup_table: EFAULT before the domain", "grant_table", "setup_table", "",
      "frame_list=0xfffffffff0000000 dom=77", "errno EFAULT", 0 },
#endif
#ifndef PORT_IA64
    { "10", "setup_table: an array whose size wraps", "grant_table", "setup_table", "",
      "nr_frames=0x40000001 dom=77", "errno EFAULT", 0 },
    { "10", "copy: an array whose size wraps", "grant_table", "copy", "", "@count=0x7fffffff",
      "errno EFAULT", 0 },
#endif
    { "12", "cache_flush: SOURCE_GREF is refused", "grant_table", "cache_flush", "",
      "op=0x80000000", "errno EINVAL", 0 },
    { "13", "map: flags before the granter", "grant_table", "map_grant_ref", "", "flags=0 dom=77",
      "status bad_gntref", 0 },
    { "16", "set_version: one element, whatever count says", "grant_table", "set_version", "",
      "@count=0x7fffffff", "value 0", 1 },
    { "16", "get_version: none is one, too", "grant_table", "get_version", "", "@count=0",
      "value 0", 1 },
    { "17", "too many extents: the place", "memory", "populate_physmap", "",
      "@place=3 nr_extents=67108864", "place", 0 },
    { "17", "at the end already: the place", "memory", "decrease_reservation", "", "@place=4",
      "place", 0 },
    { "17", "beyond the end: the place", "memory", "increase_reservation", "", "@place=5",
      "place", 0 },
    { "17", "denied: the place", "memory", "populate_physmap", "", "@place=3 @deny", "place", 0 },
    { "17", "acquire: a list and no frames", "memory", "acquire_resource", "", "nr_frames=0",
      "errno EINVAL", 0 },
    { "19", "populate_on_demand is not bound by the order", "memory", "populate_physmap", "",
      "extent_order=19 mem_flags=0x10000", "value 4", 4 },
    { "19", "increase: nobody wants to know which", "memory", "increase_reservation", "",
      "extent_start=0", "value 4", 4 },
    { "19", "claim: the list must be NULL", "memory", "claim_pages", "", "extent_start=0x2000",
      "errno EINVAL", 0 },
    { "20", "exchange: a shift that overflows", "memory", "exchange", "",
      "in.nr_extents=top in.extent_order=1 out.nr_extents=0 out.extent_order=1",
      "errno EINVAL", 0 },
    { "20", "exchange: both sides overflow", "memory", "exchange", "",
      "in.nr_extents=top in.extent_order=1 out.nr_extents=top "
      "out.extent_order=1", "errno EINVAL", 0 },
    { "20", "exchange: done already, before all lookups", "memory", "exchange", "",
      "nr_exchanged=4 in.domid=77 out.domid=77 in.extent_start=0xfffffffff0000000", "value 0",
      0 },
    { "21", "batch: res0 is not looked at", "memory", "add_to_physmap_batch", "",
      "u.res0=0x1234", "value 0", 4 },
    { "21", "batch: at the end", "memory", "add_to_physmap_batch", "", "@place=4",
      "errno EILSEQ", 0 },
    { "21", "batch: none, wherever the arrays are", "memory", "add_to_physmap_batch", "",
      "size=0 idxs=0xfffffffff0000000 gpfns=0xfffffffff0000000 errs=0xfffffffff0000000",
      "value 0", -1 },
    { "22", "only gmfn_range has a place", "memory", "add_to_physmap", "", "@place=3", "value 0",
      1 },
    { "23", "acquire: NULL and frames", "memory", "acquire_resource", "", "frame_list=0",
      "errno EINVAL", 0 },
    { "23", "acquire: NULL with a place", "memory", "acquire_resource", "size", "@place=1",
      "errno EINVAL", 0 },
    { "23", "acquire: the frames' end is exact", "memory", "acquire_resource", "",
      "frame=0xffffffff", "errno EINVAL", 0 },
    { "24", "machine_memory_map: NULL asks for the count", "memory", "machine_memory_map", "",
      "buffer=0 nr_entries=0", "value 0", 1 },
#ifndef PORT_IA64
    { "03", "the target is not translated", "memory", "remove_from_physmap", "", "domid=1",
      "errno EACCES", 0 },
    { "04", "audit has no arm", "memory", "sharing_op", "nominate", "op=7", "value 0", 1 },
    { "05", "a sub-op that nobody knows is the handler's", "memory", "access_op", "multi",
      "op=77", "value 0", -1 },
    { "05", "but not before the domain", "memory", "access_op", "multi", "op=77 domid=77",
      "errno ESRCH", 0 },
    { "05", "sharing: an unknown sub-op, but not before the domain", "memory", "sharing_op",
      "nominate", "op=99 domain=77", "errno ESRCH", 0 },
    { "05", "sharing: nor before permission", "memory", "sharing_op", "nominate",
      "op=99 @deny", "errno EPERM", 0 },
    { "02", "live: a dying domain is refused", "memory", "access_op", "multi", "domid=3",
      "errno EINVAL", 0 },
    { "25", "the place is the step itself", "memory", "access_op", "multi", "@place=64",
      "value 0", 66 },
    { "25", "set_access: any byte, the handler looks", "memory", "access_op", "get",
      "op=0 access=255", "value 0", -1 },
    { "26", "audit looks up nobody", "memory", "sharing_op", "nominate", "op=7 domain=77",
      "value 0", 1 },
    { "26", "audit asks nobody", "memory", "sharing_op", "nominate", "op=7 @deny", "value 0", 1 },
    { "26", "the second domain is the arm's", "memory", "sharing_op", "share",
      "u.share.client_domain=3", "errno EINVAL", 0 },
    { "26", "fork takes other flags than reset", "memory", "sharing_op", "fork",
      "u.fork.flags=3", "value 0", 1 },
    { "26", "range: the place is a frame", "memory", "sharing_op", "range", "u.range.opaque=7",
      "value 0", 2 },
#endif
};

static unsigned int steps_of(const struct outcome *o)
{
    unsigned int i, n = 0;

    for ( i = 0; i < o->steps; i++ )
        n += !o->step[i].is_end;
    return n;
}

static void test_point(unsigned int i)
{
    const struct test_case *c = case_find(points[i].hypercall, points[i].op, points[i].name);
    struct plan plan = { .settings = { points[i].settings, NULL } };
    char name[16];
    unsigned long place = 0;
    bool is_status;
    long value;

    snprintf(name, sizeof(name), "open-%s", points[i].point);
    test_begin(name, points[i].what);
    if ( strstr(points[i].settings, "@place=") )
        sscanf(strstr(points[i].settings, "@place="), "@place=%lu", &place);
    is_status = outcome_parse(c, points[i].outcome, place, &value);
    run_case(c, &plan, &first);
    expect((long)first.rc == (is_status ? 0 : value), "%ld is returned, not %ld",
           (long)first.rc, is_status ? 0 : value);
    expect(!is_status || (int16_t)run_field(c, &first, 0, "status") == value,
           "the status is %d, not %ld", (int16_t)run_field(c, &first, 0, "status"), value);
    expect(points[i].steps < 0 || steps_of(&first) == (unsigned int)points[i].steps,
           "%u steps, not %d", steps_of(&first), points[i].steps);
    test_done();
}

static unsigned int count_list(const struct outcome *o, bool write)
{
    unsigned int i, n = 0;

    for ( i = 0; i < o->accesses; i++ )
        n += o->access[i].address >= LISTS_AT && o->access[i].write == write;
    return n;
}

/* Which way a list goes depends on a domain, or on the caller. */
static void test_direction(const char *what, const char *op, const char *settings,
                           unsigned int reads, unsigned int writes)
{
    struct plan plan = { .settings = { settings, NULL } };

    test_begin("open-18", what);
    run_case(case_find("memory", op, ""), &plan, &first);
    expect(count_list(&first, false) == reads && count_list(&first, true) == writes,
           "%u are read and %u written, not %u and %u", count_list(&first, false),
           count_list(&first, true), reads, writes);
    test_done();
}

/* A grant's hook is asked by the handler, which alone knows about whom. */
static void test_hooks(void)
{
    static const char *const ops[] = { "map_grant_ref", "unmap_grant_ref", "transfer", "copy",
                                       "unmap_and_replace" };
    const struct plan plan = { .settings = { NULL, NULL } };
    unsigned int i;

    for ( i = 0; i < sizeof(ops) / sizeof(*ops); i++ )
    {
        const struct test_case *c = case_find("grant_table", ops[i], "");

        test_begin("open-13", c->title);
        run_case(c, &plan, &first);
        expect(!first.asked, "asks %s itself", first.hooks);
        test_done();
    }
}

/* A fault in mid-batch: what was not reached keeps what the caller had there. */
static void test_untouched(void)
{
    struct test_case *c = case_find("pmt", "exchange", "");
    struct plan plan = { .fault = 5 };      /* the third element's structure */

    test_begin("open-32", c->title);
    run_case(c, &plan, &first);
    expect((long)first.rc == -EFAULT, "%ld", (long)first.rc);
    expect(!memcmp(first.memory + (ARG_AT - GUEST_BASE) + 2 * c->layout->size,
                   run_before + (ARG_AT - GUEST_BASE) + 2 * c->layout->size,
                   3 * c->layout->size),
           "elements that nobody reached are written");
    test_done();
}

/* Element 1 fails where it is read; 0 is on record. */
static void test_on_record(void)
{
    struct test_case *c = case_find("memory", "populate_physmap", "");
    struct plan plan = { .fault = 4 };

#ifdef PORT_IA64
    plan.fault = 3;                         /* nothing is told there */
#endif
    test_begin("open-09", "an element is on record before the next is looked at");
    run_case(c, &plan, &first);
    expect(first.rc == 1, "%ld", (long)first.rc);
    test_done();
}

/* Inside an element: the place is a grant, and is kept unshifted above the op. */
static void test_inside(void)
{
    struct test_case *c = case_find("grant_table", "cache_flush", "");
    struct plan plan = { .restart = 2, .inner = 0x5000 };

    test_begin("open-12", "cache_flush goes on inside an element");
    run_case(c, &plan, &first);
    expect(!first.rc && first.continuations == 1, "%ld, %u continuations", (long)first.rc,
           first.continuations);
    expect(first.continuation[0].reg[0] == (0x5000 | GNTTABOP_cache_flush), "cmd is 0x%lx",
           first.continuation[0].reg[0]);
    expect(first.continuation[0].reg[1] == ARG_AT + c->layout->size &&
           first.continuation[0].reg[2] == 3, "not the same element");
    expect(first.step[3].place == 0x5000 && !first.step[4].place, "goes on at 0x%lx, then 0x%lx",
           first.step[3].place, first.step[4].place);
    test_done();
}

/* A machine frame is for those with the right alone, whatever the handler filled in. */
static void test_secret(void)
{
    static const char *const ops[] = { "map", "exchange", "flip" };
    const struct plan plan = { .stack = 0 }, lacking = { .settings = { "@lacks=pmt", NULL } };
    unsigned int i;

    for ( i = 0; i < sizeof(ops) / sizeof(*ops); i++ )
    {
        const struct test_case *c = case_find("pmt", ops[i], "");

        test_begin("open-34", c->title);
        run_case(c, &plan, &first);
        expect(run_field(c, &first, 0, "entry"), "with the right nothing is told");
        run_case(c, &lacking, &second);
        expect(!second.rc && !run_field(c, &second, 0, "status"), "fails: %ld", (long)second.rc);
        expect(!run_field(c, &second, 0, "entry"), "without the right 0x%lx is told",
               run_field(c, &second, 0, "entry"));
        test_done();
    }
}

/* The version in force is told also with an errno, but not if it cannot be read. */
static void test_told(void)
{
    struct test_case *c = case_find("grant_table", "set_version", "");
    struct plan plan = { .fail = 1, .failure = -EBUSY };

    test_begin("open-06", "set_version tells the version with EBUSY");
    run_case(c, &plan, &first);
    expect((long)first.rc == -EBUSY && first.accesses == 2 && first.access[1].write,
           "%ld, %u accesses", (long)first.rc, first.accesses);
    test_done();
}

#ifdef PORT_COMPAT
/* What is told does not fit a 32-bit caller. */
static void test_narrow(const char *op, const char *name, long rc, long status)
{
    struct test_case *c = case_find(strcmp(op, "setup_table") ? "memory" : "grant_table", op, name);
    struct plan plan = { .wide = true };

    test_begin("open-14", c->title);
    run_case(c, &plan, &first);
    expect((long)first.rc == rc, "%ld is returned, not %ld", (long)first.rc, rc);
    expect(!status || (int16_t)run_field(c, &first, 0, "status") == status, "the status is %d",
           (int16_t)run_field(c, &first, 0, "status"));
    expect(!count_list(&first, true), "%u are told", count_list(&first, true));
    test_done();
}
#endif

void test_open(void)
{
    unsigned int i;

    if ( !wanted("open") )
        return;
    for ( i = 0; i < sizeof(points) / sizeof(*points); i++ )
        test_point(i);
#ifdef PORT_IA64
    test_direction("populate: nothing is told", "populate_physmap", "domid=1", 4, 0);
    test_direction("acquire: frames are the caller's", "acquire_resource", "domid=1", 70, 0);
#else
    test_direction("populate: a translated domain is told nothing", "populate_physmap",
                   "domid=2", 4, 0);
    test_direction("populate: a PV domain is told", "populate_physmap", "domid=1", 4, 4);
    test_direction("increase: a translated domain is told nothing", "increase_reservation",
                   "domid=2", 0, 0);
    test_direction("acquire: a PV caller is told", "acquire_resource", "domid=2", 0, 70);
#endif
#ifdef PORT_COMPAT
    test_narrow("setup_table", "", 0, GNTST_address_too_big);
    test_narrow("acquire_resource", "", -ERANGE, 0);
    test_narrow("populate_physmap", "", 0, 0);
    test_narrow("exchange", "", -ERANGE, 0);
    test_narrow("machphys_mapping", "", -ERANGE, 0);
    test_narrow("current_reservation", "", INT_MAX, 0);
#endif
    test_hooks();
    test_untouched();
    test_on_record();
    test_told();
    test_secret();
    test_inside();
}
