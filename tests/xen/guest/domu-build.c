/* SPDX-License-Identifier: MIT */
/*
 * Build a PV domain from the image that Xen gave dom0 as its module: copy it,
 * make its page tables by hand, say where its vcpu starts. Needs domain.c.
 */
#include "domu.h"

#define ELF_LOAD 1

struct elf
{
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version;
    uint64_t entry, programs, sections;
    uint32_t flags;
    uint16_t size, program_size, program_count;
};

struct program
{
    uint32_t type, flags;
    uint64_t offset, va, pa, file_size, size, align;
};

/* What follows the image, one page each. */
enum extra { P2M, START_INFO, L4, L3, L2, L1, EXTRAS };

#define TABLE_FLAGS 0x67UL
#define ENTRY(va, shift) ((va) >> (shift) & (PAGE_WORDS - 1))

static struct domu *built;
static unsigned int first_extra;

static unsigned long extra_mfn(enum extra extra)
{
    return built->frames[first_extra + extra];
}

static uint64_t extra_va(enum extra extra)
{
    return (uint64_t)guest_start + (first_extra + extra) * PAGE_SIZE;
}

static void *open_extra(enum extra extra)
{
    return memset(window_open(built->domain, extra_mfn(extra)), 0, PAGE_SIZE);
}

/* Page by page, for a segment may start anywhere in one. */
static void load(const struct program *program, const char *image)
{
    uint64_t done, chunk;

    for ( done = 0; done < program->size; done += chunk )
    {
        uint64_t at = program->pa + done;
        uint64_t left = program->file_size > done ? program->file_size - done : 0;
        char *window = window_open(built->domain, built->frames[at / PAGE_SIZE]);

        chunk = PAGE_SIZE - at % PAGE_SIZE;
        memset(window + at % PAGE_SIZE, 0, chunk);
        memcpy(window + at % PAGE_SIZE, image + program->offset + done,
               left < chunk ? left : chunk);
        window_close(window);
    }
    if ( first_extra < (program->pa + program->size + PAGE_SIZE - 1) / PAGE_SIZE )
        first_extra = (program->pa + program->size + PAGE_SIZE - 1) / PAGE_SIZE;
}

static uint64_t load_all(const char *image)
{
    const struct elf *elf = (const void *)image;
    const struct program *programs = (const void *)(image + elf->programs);
    unsigned int i;

    first_extra = 0;
    for ( i = 0; i < elf->program_count; i++ )
        if ( programs[i].type == ELF_LOAD )
            load(&programs[i], image);
    must_be("room for the image", first_extra + EXTRAS <= DOMU_PAGES, 1);
    return elf->entry;
}

/* After loading, which would overwrite it, and while it is still writable. */
static void make_hypercall_page(void)
{
    domctl_clear();
    domctl_arg.u.hypercall_init.gmfn = built->frames[pfn_of(xen_page)];
    must_be("hypercall_init", domctl(XEN_DOMCTL_hypercall_init, built->domain), 0);
}

static unsigned long make_shared_info(void)
{
    unsigned long frame;
    struct shared_info *info;
    unsigned int i;

    domain_flags(built->domain);
    frame = domctl_arg.u.getdomaininfo.shared_info_frame;
    info = memset(window_open(built->domain, frame), 0, PAGE_SIZE);
    for ( i = 0; i < XEN_LEGACY_MAX_VCPUS; i++ )
        info->vcpu_info[i].evtchn_upcall_mask = 1;
    window_close(info);
    return frame;
}

static void make_start_info(unsigned long shared_info_frame)
{
    struct start_info *info = open_extra(START_INFO);

    memcpy(info->magic, "xen-3.0-x86_64", 15);
    info->nr_pages = DOMU_PAGES;
    info->shared_info = shared_info_frame * PAGE_SIZE;
    info->pt_base = extra_va(L4);
    info->nr_pt_frames = L1 - L4 + 1;
    info->mfn_list = extra_va(P2M);
    info->first_p2m_pfn = first_extra + P2M;
    info->nr_p2m_frames = 1;
    window_close(info);
}

/* The four page tables are read-only to their domain. */
static uint64_t leaf(unsigned int pfn)
{
    unsigned long flags = TABLE_FLAGS;

    if ( pfn >= first_extra + L4 && pfn <= first_extra + L1 )
        flags &= ~PTE_WRITABLE;
    return pte_make(built->frames[pfn], flags);
}

static void make_tables(void)
{
    uint64_t va = (uint64_t)guest_start;
    uint64_t *table;
    unsigned int pfn;

    table = open_extra(L4);
    table[ENTRY(va, 39)] = pte_make(extra_mfn(L3), TABLE_FLAGS);
    window_close(table);
    table = open_extra(L3);
    table[ENTRY(va, 30)] = pte_make(extra_mfn(L2), TABLE_FLAGS);
    window_close(table);
    table = open_extra(L2);
    table[ENTRY(va, 21)] = pte_make(extra_mfn(L1), TABLE_FLAGS);
    window_close(table);
    table = open_extra(L1);
    for ( pfn = 0; pfn < DOMU_PAGES; pfn++ )
        table[pfn] = leaf(pfn);
    window_close(table);

    table = open_extra(P2M);
    memcpy(table, built->frames, sizeof(built->frames));
    window_close(table);
}

/* No window may be open on a table that is to be pinned. */
static void pin(void)
{
    mmuext_op_t op = { .cmd = MMUEXT_PIN_L4_TABLE, .arg1.mfn = extra_mfn(L4) };
    void *window = window_open(built->domain, extra_mfn(L1));

    fails(MMUEXT_PIN_L4_TABLE, "5.3 PIN", "of a domain whose L1 is mapped writable here",
          hc_mmuext_op(&op, 1, NULL, built->domain), EQ, -XEN_EINVAL);
    window_close(window);
    succeeds(MMUEXT_PIN_L4_TABLE, "5.3 PIN", "all tables of a domain",
             hc_mmuext_op(&op, 1, NULL, built->domain), EQ, 0);
}

static void start_vcpu(uint64_t entry)
{
    static struct vcpu_guest_context context;

    memset(&context, 0, sizeof(context));
    context.flags = VGCF_in_kernel | VGCF_online;
    context.user_regs.rip = entry;
    context.user_regs.rsi = extra_va(START_INFO);
    context.user_regs.rsp = extra_va(START_INFO);
    context.user_regs.cs = FLAT_KERNEL_CS;
    context.user_regs.ss = FLAT_KERNEL_SS;
    context.user_regs.rflags = 0x200;
    context.kernel_ss = FLAT_KERNEL_SS;
    context.ctrlreg[3] = extra_mfn(L4) * PAGE_SIZE;

    domctl_clear();
    domctl_arg.u.vcpucontext.vcpu = 0;
    set_xen_guest_handle(domctl_arg.u.vcpucontext.ctxt, &context);
    must_be("setvcpucontext", domctl(XEN_DOMCTL_setvcpucontext, built->domain), 0);
}

/* The domain is ready to be unpaused. */
void domu_build(struct domu *domu)
{
    uint64_t entry;
    unsigned int i;

    built = domu;
    domu->domain = domain_create(0, 0, DOMU_PAGES + DOMU_SPARE);
    for ( i = 0; i < DOMU_PAGES; i++ )
        domu->frames[i] = i;
    domain_populate(domu->domain, domu->frames, DOMU_PAGES);
    entry = load_all((const char *)start_info->mod_start);
    make_hypercall_page();
    make_start_info(make_shared_info());
    make_tables();
    pin();
    start_vcpu(entry);
}
