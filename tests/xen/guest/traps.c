/* SPDX-License-Identifier: MIT */
/* Traps: faults that a probe expects, events; anything else ends the guest. */

#include "guest.h"

#include <xen/sched.h>

struct trap_frame
{
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rdi, rsi, rbp, rbx, rdx, rcx, rax;
    uint64_t number, error, rip, cs, rflags, rsp, ss;
};

#define PROTECTION 13
#define PAGE_FAULT 14
#define EVENT 256
#define EXIT_TRAP 3

extern char trap_divide[], trap_debug[], trap_breakpoint[], trap_invalid_opcode[];
extern char trap_protection[], trap_page_fault[], trap_event[], trap_failsafe[];
extern char probe_read_here[], probe_write_here[], probe_out_here[], probe_faulted[];

static void event(void)
{
    shared_info->vcpu_info[0].evtchn_upcall_pending = 0;
    shared_info->vcpu_info[0].evtchn_pending_sel = 0;
}

/* The instructions that may fault: probe_faulted goes on instead. */
static bool is_probe(const struct trap_frame *frame)
{
    return (frame->number == PAGE_FAULT && (frame->rip == (uint64_t)probe_read_here ||
                                            frame->rip == (uint64_t)probe_write_here)) ||
           (frame->number == PROTECTION && frame->rip == (uint64_t)probe_out_here);
}

void trap_handle(struct trap_frame *frame)
{
    if ( frame->number == EVENT )
        return event();
    if ( is_probe(frame) )
    {
        frame->rip = (uint64_t)probe_faulted;
        return;
    }
    print("STOP trap %lu, error %lx, rip %lx, rsp %lx, cr2 %lx\n",
          frame->number, frame->error, frame->rip, frame->rsp,
          shared_info->vcpu_info[0].arch.cr2);
    if ( is_dom0() )
        machine_exit(EXIT_TRAP);
    domain_shutdown(SHUTDOWN_crash);
}

void traps_init(void)
{
    static const struct trap_info table[] = {
        { 0, 0, FLAT_KERNEL_CS, (unsigned long)trap_divide },
        { 1, 0, FLAT_KERNEL_CS, (unsigned long)trap_debug },
        { 3, 3, FLAT_KERNEL_CS, (unsigned long)trap_breakpoint },
        { 6, 0, FLAT_KERNEL_CS, (unsigned long)trap_invalid_opcode },
        { 13, 0, FLAT_KERNEL_CS, (unsigned long)trap_protection },
        { 14, 4, FLAT_KERNEL_CS, (unsigned long)trap_page_fault },
        { 0, 0, 0, 0 },
    };

    must_be("set_trap_table", xen_call(__HYPERVISOR_set_trap_table, table), 0);
    must_be("set_callbacks",
            xen_call(__HYPERVISOR_set_callbacks, trap_event, trap_failsafe, NULL), 0);
}
