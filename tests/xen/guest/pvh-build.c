/* SPDX-License-Identifier: MIT */
/*
 * Build a PVH domain around a flat payload: memory, a copy of the payload, and
 * a vcpu that starts in 32-bit protected mode without paging. Needs domain.c.
 */
#include "pvh-build.h"

#include <xen/hvm/save.h>

#define SHADOW_MB 2
#define IMAGE_GFN (PVH_IMAGE / PAGE_SIZE)

/* Attributes of flat segments: present, 32 bits, 4 GiB. */
#define FLAT_CODE 0xc9b
#define FLAT_DATA 0xc93
#define BUSY_TASK 0x8b

static void add_memory(domid_t domain)
{
    static xen_pfn_t frames[PVH_PAGES];
    unsigned int i;

    for ( i = 0; i < PVH_LOW_PAGES; i++ )
        frames[i] = PVH_FIRST_GFN + i;
    for ( ; i < PVH_PAGES; i++ )
        frames[i] = IMAGE_GFN + i - PVH_LOW_PAGES;
    domain_populate(domain, frames, PVH_PAGES);
}

static void copy_image(domid_t domain, const char *image, const char *end)
{
    unsigned int gfn;

    must_be("room for the payload", end <= image + PVH_IMAGE_PAGES * PAGE_SIZE, 1);
    for ( gfn = IMAGE_GFN; image < end; gfn++, image += PAGE_SIZE )
    {
        void *window = window_open(domain, gfn);

        memcpy(window, image, PAGE_SIZE);
        window_close(window);
    }
    for ( gfn = PVH_FIRST_GFN; gfn < PVH_FIRST_GFN + PVH_LOW_PAGES; gfn++ )
        window_close(memset(window_open(domain, gfn), 0, PAGE_SIZE));
}

static void set_segments(struct hvm_hw_cpu *cpu)
{
    cpu->cs_limit = cpu->ds_limit = cpu->es_limit = cpu->ss_limit = 0xffffffff;
    cpu->tr_limit = 0x67;
    cpu->cs_arbytes = FLAT_CODE;
    cpu->ds_arbytes = cpu->es_arbytes = cpu->ss_arbytes = FLAT_DATA;
    cpu->tr_arbytes = BUSY_TASK;
}

/* Xen gives the header that it wants back; a CPU record and an end follow. */
static void start_vcpu(domid_t domain)
{
    static char all[32768];
    static struct
    {
        char header[sizeof(struct hvm_save_descriptor) + sizeof(struct hvm_save_header)];
        struct hvm_save_descriptor cpu_is_next;
        struct hvm_hw_cpu cpu;
        struct hvm_save_descriptor end;
    } __attribute__((packed)) context;
    struct hvm_hw_cpu cpu = {
        .cr0 = 0x11, .rip = PVH_IMAGE, .rflags = 2, .dr6 = 0xffff0ff0, .dr7 = 0x400,
    };

    domctl_clear();
    domctl_arg.u.hvmcontext.size = sizeof(all);
    set_xen_guest_handle(domctl_arg.u.hvmcontext.buffer, (uint8_t *)all);
    must_be("gethvmcontext", domctl(XEN_DOMCTL_gethvmcontext, domain), 0);

    set_segments(&cpu);
    memset(&context, 0, sizeof(context));
    memcpy(context.header, all, sizeof(context.header));
    context.cpu_is_next.typecode = HVM_SAVE_CODE(CPU);
    context.cpu_is_next.length = sizeof(cpu);
    memcpy(&context.cpu, &cpu, sizeof(cpu));
    domctl_clear();
    domctl_arg.u.hvmcontext.size = sizeof(context);
    set_xen_guest_handle(domctl_arg.u.hvmcontext.buffer, (uint8_t *)&context);
    must_be("sethvmcontext", domctl(XEN_DOMCTL_sethvmcontext, domain), 0);
}

domid_t pvh_build(const char *image, const char *end)
{
    domid_t domain = domain_create(XEN_DOMCTL_CDF_hvm | XEN_DOMCTL_CDF_hap,
                                   XEN_X86_EMU_LAPIC, PVH_MAX_PAGES);

    domctl_clear();
    domctl_arg.u.shadow_op.op = XEN_DOMCTL_SHADOW_OP_SET_ALLOCATION;
    domctl_arg.u.shadow_op.mb = SHADOW_MB;
    must_be("shadow_op", domctl(XEN_DOMCTL_shadow_op, domain), 0);
    add_memory(domain);
    copy_image(domain, image, end);
    start_vcpu(domain);
    return domain;
}
