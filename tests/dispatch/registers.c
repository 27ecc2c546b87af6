/* SPDX-License-Identifier: MIT */
/*
 * Registers: their upper halves, numbers of ops that do not exist, and the
 * hypercall that has nothing but registers (ia64). Needs harness.h.
 */
#include "harness.h"
#include "properties.h"

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-pmt.h"
#ifdef PORT_IA64
#include "hc-dom0vp.h"
#include "registers.h"
#endif

static struct plan nothing;

/* A machine as the case wants it, with the call itself made again by hand. */
static void prepare(const char *hypercall, const char *op)
{
    run_case(case_find(hypercall, op, ""), &nothing, &first);
    machine.accesses = 0;
    first.steps = 0;
}

static void check_call(const char *property, const char *what, long rc, long wanted_rc,
                       bool reaches)
{
    unsigned int i, steps = 0;

    for ( i = 0; i < first.steps; i++ )
        steps += !first.step[i].is_end;
    test_begin(property, what);
    expect(rc == wanted_rc, "%ld is returned, not %ld", rc, wanted_rc);
    expect((steps != 0) == reaches, "%u steps", steps);
    expect(reaches || !machine.accesses, "%u accesses", machine.accesses);
    test_done();
}

#define HIGH (1UL << 32)

#ifndef PORT_COMPAT
static void test_strict(void)
{
    prepare("pmt", "reverse");
    check_call("open-29", "strict: cmd above 32 bits",
               HC_CALL3(__HYPERVISOR_pmt_op, HIGH | PMTOP_reverse, ARG_AT, 1), -EINVAL, false);
    check_call("open-29", "strict: count above 32 bits",
               HC_CALL3(__HYPERVISOR_pmt_op, PMTOP_reverse, ARG_AT, HIGH | 1), -EINVAL, false);
    check_call("open-29", "strict: before an op that does not exist",
               HC_CALL3(__HYPERVISOR_pmt_op, HIGH | 77, ARG_AT, 1), -EINVAL, false);
}
#endif

static void test_dropped(void)
{
    prepare("grant_table", "swap_grant_ref");
    check_call("registers", "legacy: upper halves are dropped",
               HC_CALL3(__HYPERVISOR_grant_table_op, HIGH | GNTTABOP_swap_grant_ref, ARG_AT,
                        HIGH | 1), 0, true);
}

static void test_unknown(void)
{
    static const unsigned int grant[] = { 3, 13, 0xfff }, memory[] = { 8, 29, 63 },
                              pmt[] = { 11, 0x7fffffff };
    unsigned int i;

    prepare("grant_table", "swap_grant_ref");
    for ( i = 0; i < 3; i++ )
        check_call("registers", "grant_table_op: no such op",
                   hc_grant_table_op(grant[i], (void *)ARG_AT, 1), -ENOSYS, false);
    prepare("memory", "current_reservation");
    for ( i = 0; i < 3; i++ )
        check_call("registers", "memory_op: no such op", hc_memory_op(memory[i], (void *)ARG_AT),
                   -ENOSYS, false);
    prepare("pmt", "reverse");
    for ( i = 0; i < 2; i++ )
        check_call("registers", "pmt_op: no such op", hc_pmt_op(pmt[i], (void *)ARG_AT, 1),
                   -ENOSYS, false);
    check_call("registers", "count 0: nothing happens",
               hc_pmt_op(PMTOP_reverse, (void *)ARG_AT, 0), 0, false);
    prepare("grant_table", "copy");
    check_call("registers", "count 0: nothing happens",
               hc_grant_table_op(GNTTABOP_copy, (void *)ARG_AT, 0), 0, false);
}

#ifdef PORT_IA64

#define KEEP 0x1234567890ul

static const struct {
    const char *property, *what;
    unsigned int op;
    unsigned long arg[4];
    long answer, rc;
    bool reaches, denied;
    unsigned long given[4];
} calls[] = {
    { "registers", "ioremap", IA64_DOM0VP_ioremap, { KEEP, 5 }, 77, 77, true, false,
      { KEEP, 5 } },
    { "registers", "phystomach", IA64_DOM0VP_phystomach, { KEEP }, 9, 9, true, false, { KEEP } },
    { "registers", "phystomach of a hole", IA64_DOM0VP_phystomach, { KEEP }, -EINVAL, -1, true,
      false, { KEEP } },
    { "registers", "machtophys of a hole", IA64_DOM0VP_machtophys, { KEEP }, -EINVAL, -1, true,
      false, { KEEP } },
    { "registers", "iounmap is reserved", IA64_DOM0VP_iounmap, { 0 }, 0, -EPERM, false, false,
      { 0 } },
    { "registers", "a number nobody knows", 17, { 0 }, 0, -EPERM, false, false, { 0 } },
    { "registers", "zap_physmap of order 1", IA64_DOM0VP_zap_physmap, { 5, 1 }, 0, -ENOSYS,
      false, false, { 0 } },
    { "open-28", "zap_physmap: the order is cast", IA64_DOM0VP_zap_physmap, { 5, HIGH }, 0, 0,
      true, false, { 5, 0 } },
    { "open-28", "add_physmap: domid is cast", IA64_DOM0VP_add_physmap, { 5, 6, 4, 0x10001 }, 0,
      0, true, false, { 5, 6, 4, 1 } },
    { "open-28", "add_physmap: bit 1 is Xen's", IA64_DOM0VP_add_physmap, { 5, 6, 2, 1 }, 0,
      -EINVAL, false, false, { 0 } },
    { "open-28", "add_physmap: bit 3 is Xen's", IA64_DOM0VP_add_physmap, { 5, 6, 8, 1 }, 0,
      -EINVAL, false, false, { 0 } },
    { "open-28", "add_physmap: bits without a name pass", IA64_DOM0VP_add_physmap,
      { 5, 6, 0xf0, 1 }, 0, 0, true, false, { 5, 6, 0xf0, 1 } },
    { "open-28", "add_physmap: permission before flags", IA64_DOM0VP_add_physmap,
      { 5, 6, 2, 1 }, 0, -EPERM, false, true, { 0 } },
    { "registers", "add_physmap_with_gmfn", IA64_DOM0VP_add_physmap_with_gmfn, { 5, 6, 1, 1 }, 0,
      0, true, false, { 5, 6, 1, 1 } },
    { "open-27", "expose_p2m: a granule of 1 is not aligned", IA64_DOM0VP_expose_p2m,
      { 0, 0, 0, 1 }, 0, -EINVAL, false, false, { 0 } },
    { "open-27", "expose_p2m: first frame, before the granule's size", IA64_DOM0VP_expose_p2m,
      { 1, 0, 0, 4096 }, 0, -EINVAL, false, false, { 0 } },
    { "open-27", "expose_p2m: second frame", IA64_DOM0VP_expose_p2m, { 0, 1, 0, 4096 }, 0,
      -EINVAL, false, false, { 0 } },
    { "open-27", "expose_p2m: size", IA64_DOM0VP_expose_p2m, { 0, 0, 0x1000000, 4096 }, 0,
      -EINVAL, false, false, { 0 } },
    { "open-27", "expose_p2m: another granule", IA64_DOM0VP_expose_p2m, { 0, 0, 0, 4096 }, 0,
      -ENOSYS, false, false, { 0 } },
    { "open-27", "expose_p2m: a granule of 0", IA64_DOM0VP_expose_p2m, { 0, 0, 0, 0 }, 0,
      -ENOSYS, false, false, { 0 } },
    { "open-27", "expose_p2m", IA64_DOM0VP_expose_p2m, { 2048, 4096, 0x2000000, 2048 }, 0, 0,
      true, false, { 2048, 4096, 0x2000000, 2048 } },
    { "registers", "expose_foreign_p2m", IA64_DOM0VP_expose_foreign_p2m, { 5, 1, ARG_AT, 1 }, 0,
      0, true, false, { 5, 1, ARG_AT, 1 } },
    { "registers", "unexpose_foreign_p2m", IA64_DOM0VP_unexpose_foreign_p2m, { 5, 1 }, -ENOENT,
      -ENOENT, true, false, { 5, 1 } },
    { "registers", "get_memmap", IA64_DOM0VP_get_memmap, { DOMID_SELF, ARG_AT }, 0, 0, true,
      false, { DOMID_SELF, ARG_AT, 0 } },
    { "registers", "get_memmap of nobody", IA64_DOM0VP_get_memmap, { 77, ARG_AT }, 0, -ESRCH,
      false, false, { 0 } },
    { "registers", "get_memmap, denied", IA64_DOM0VP_get_memmap, { 1, ARG_AT }, 0, -EPERM, false,
      true, { 0 } },
    { "registers", "perfmon", IA64_DOM0VP_perfmon, { 3, ARG_AT, 2 }, 0, 0, true, false,
      { 3, ARG_AT, 2 } },
    { "registers", "fpswa_revision", IA64_DOM0VP_fpswa_revision, { ARG_AT }, -ENOSYS, -ENOSYS,
      true, false, { ARG_AT } },
    { "registers", "add_io_space", IA64_DOM0VP_add_io_space, { KEEP, 1, 2 }, 0, 0, true, false,
      { KEEP, 1, 2 } },
};

static void test_dom0vp(unsigned int i)
{
    long rc;

    prepare("memory", "maximum_ram_page");
    memset(&registers, 0, sizeof(registers));
    registers.answer = calls[i].answer;
    machine.denied = calls[i].denied ? "*" : NULL;
    rc = (long)hc_ia64_dom0vp_op(calls[i].op, calls[i].arg[0], calls[i].arg[1],
                                 calls[i].arg[2], calls[i].arg[3]);
    test_begin(calls[i].property, calls[i].what);
    expect(rc == calls[i].rc, "%ld is returned, not %ld", rc, calls[i].rc);
    expect(registers.calls == calls[i].reaches, "the handler is called %u times",
           registers.calls);
    expect(!calls[i].reaches || registers.op == calls[i].op, "as op %u", registers.op);
    expect(!calls[i].reaches ||
           !memcmp(registers.given, calls[i].given, sizeof(registers.given)),
           "it is given 0x%lx, 0x%lx, 0x%lx, 0x%lx", registers.given[0], registers.given[1],
           registers.given[2], registers.given[3]);
    expect(!machine_locks(), "locks are left");
    test_done();
}

#endif

void test_registers(void)
{
#ifdef PORT_IA64
    unsigned int i;
#endif

    if ( !wanted("registers") )
        return;
#ifndef PORT_COMPAT                     /* registers have no upper halves there */
    test_strict();
#endif
    test_dropped();
    test_unknown();
#ifdef PORT_IA64
    for ( i = 0; i < sizeof(calls) / sizeof(*calls); i++ )
        test_dom0vp(i);
#endif
}
