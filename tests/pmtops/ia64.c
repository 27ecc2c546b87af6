/* SPDX-License-Identifier: MIT */
/* dom0vp_op of ia64, with what history got wrong. */
#include "pmtops.h"

#include "hc-dom0vp.h"

#define STEP (1u << (world.page_shift - PAGE_SHIFT))
#define NONE (~0ul)

void test_phystomach(void)
{
    unsigned int i;

    as(DOM0);
    for ( i = 0; i < PAGES; i++ )
        EQUAL(hc_ia64_dom0vp_phystomach(i), mfn_of(DOM0, i));
    /* One above the last is none: it was compared with > once. */
    EQUAL(hc_ia64_dom0vp_phystomach(PAGES), NONE);
    EQUAL(hc_ia64_dom0vp_phystomach(GPFNS - 1), NONE);
    EQUAL(hc_ia64_dom0vp_phystomach(GPFNS), NONE);
    EQUAL(hc_ia64_dom0vp_phystomach(~0ul), NONE);
    AUDIT();
}

/* Nobody hears about others, which history told all. */
void test_machtophys(void)
{
    unsigned int i, j;

    as(DOM0);
    for ( i = 0; i < PAGES; i++ )
        for ( j = 0; j < STEP; j++ )
            EQUAL(hc_ia64_dom0vp_machtophys(mfn_of(DOM0, i) + j), i);
    EQUAL(hc_ia64_dom0vp_machtophys(mfn_of(GUEST, 40)), NONE);
    EQUAL(hc_ia64_dom0vp_machtophys(0), NONE);
    EQUAL(hc_ia64_dom0vp_machtophys(port_max_mfn() + 1), NONE);
    EQUAL(hc_ia64_dom0vp_machtophys(~0ul), NONE);
    AUDIT();
}

/* Without the right a frame of the machine is the guest frame. */
void test_no_right(void)
{
    as(GUEST);
    EQUAL(hc_ia64_dom0vp_phystomach(40), 40);
    EQUAL(hc_ia64_dom0vp_phystomach(PAGES), NONE);
    EQUAL(hc_ia64_dom0vp_machtophys(40), 40);
    EQUAL(hc_ia64_dom0vp_machtophys(mfn_of(GUEST, 40)), NONE);
    EQUAL(hc_ia64_dom0vp_machtophys(mfn_of(DOM0, 40)), NONE);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, 40, 0, ID(DRIVER)), -EPERM);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 0, ID(DRIVER)), -EPERM);
    EQUAL((long)hc_ia64_dom0vp_ioremap(MACHINE_IO_MFN << PAGE_SHIFT, 0), -EPERM);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x1000, 0, 1), -EPERM);
    AUDIT();
}

void test_zap(void)
{
    struct domain *d = world.d[GUEST];
    uint64_t was = d->tot_pages;
    grant_handle_t handle;

    as(GUEST);
    EQUAL(hc_ia64_dom0vp_zap_physmap(40, 1), -ENOSYS);
    EQUAL(hc_ia64_dom0vp_zap_physmap(40, 0), 0);
    EQUAL(d->tot_pages, was - 1);
    EQUAL(word_of(GUEST, 40) & PMTE_present, 0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(40, 0), 0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(GPFNS + 1, 0), 0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(~0ul, 0), 0);
    EQUAL(d->tot_pages, was - 1);
    AUDIT();
    /* What a grant put there goes as it came. */
    grant_access(GUEST, 9, DRIVER, 41, false);
    handle = map_for_driver(9, HOLES, false);
    EQUAL(hc_ia64_dom0vp_zap_physmap(HOLES, 0), -EPERM);
    AUDIT();
    unmap_for_driver(handle, HOLES);
    AUDIT();
}

/* Another processor has taken the page away, and its owner lends the same one there. */
static uint64_t lent_meanwhile;

static void lends(const char *name, void *context)
{
    struct pmt_donate lend = { .gpfn = 40, .dest_gpfn = HOLES, .domid = ID(DRIVER), .rights = 3 };

    (void)context;
    if ( strcmp(name, "p2m-discard") || lent_meanwhile )
        return;
    lent_meanwhile = ~0ull;
    EQUAL(hc_ia64_dom0vp_zap_physmap(HOLES, 0), 0);
    as(DOM0);
    EQUAL(call_donate(&lend), PMTST_okay);
    lent_meanwhile = lend.loan;
    as(DRIVER);
}

void test_zap_meanwhile(void)
{
    lent_meanwhile = 0;
    world.d[DRIVER]->target = ID(DOM0);
    world.d[DRIVER]->is_privileged = true;
    as(DRIVER);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 0, ID(DOM0)), 0);
    machine_plan_reset();
    machine_plan.at_point = lends;
    EQUAL(hc_ia64_dom0vp_zap_physmap(HOLES, 0), -EPERM);
    machine_plan_reset();
    AUDIT();
    as(DOM0);
    row(reclaim, PMTST_okay, .loan = lent_meanwhile);
    AUDIT();
}

void test_add_physmap(void)
{
    uint64_t mfn = mfn_of(GUEST, 40), was = world.d[DOM0]->tot_pages;

    *page_of(GUEST, 40) = 4711;
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, ID(GUEST)), 0);
    EQUAL(mfn_of(DOM0, HOLES), mfn);
    EQUAL(*page_of(DOM0, HOLES), 4711);
    EQUAL(p2m_mfn_to_gfn(mfn), 40);
    AUDIT();
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 2, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 8, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, ID(DRIVER)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, ID(DOM0)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, DOMID_SELF), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, 77), -ESRCH);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, DOMID_XEN), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn, 0, DOMID_IO), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, ~0ul, 0, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(GPFNS, mfn, 0, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn_of(OTHER, 40), 0, ID(OTHER)), -EINVAL);
    if ( STEP > 1 )
        EQUAL(hc_ia64_dom0vp_add_physmap(HOLES, mfn + 1, 0, ID(GUEST)), -EINVAL);
    EQUAL(mfn_of(DOM0, HOLES), mfn);
    AUDIT();
    /* Of a larger page the first frame may be a device's, and the others nothing. */
    EQUAL(hc_ia64_dom0vp_add_physmap(HOLES + 1, MACHINE_IO_MFN + MACHINE_IO_FRAMES - 1, 0, DOMID_IO),
          STEP > 1 ? -EINVAL : 0);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES + 2, MACHINE_IO_MFN, 0, DOMID_IO),
          STEP > 1 ? -EINVAL : 0);
    AUDIT();
    /* What was there is given back; read-only is read-only. */
    EQUAL(hc_ia64_dom0vp_add_physmap(40, mfn_of(GUEST, 41), ASSIGN_readonly, ID(GUEST)), 0);
    EQUAL(world.d[DOM0]->tot_pages, was - 1);
    CHECK(!(word_of(DOM0, 40) & PMTE_writable));
    EQUAL(hc_ia64_dom0vp_zap_physmap(40, 0), 0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(HOLES, 0), 0);
    EQUAL(world.d[GUEST]->tot_pages, PAGES);
    AUDIT();
}

void test_add_gmfn(void)
{
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 0, ID(GUEST)), 0);
    EQUAL(mfn_of(DOM0, HOLES), mfn_of(GUEST, 40));
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, PAGES, 0, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, ~0ul, 0, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 2, ID(GUEST)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 0, DOMID_SELF), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_physmap_with_gmfn(HOLES, 40, 0, 77), -ESRCH);
    AUDIT();
    /* The page's owner dies: the page stays until it is let go. */
    EQUAL(machine_kill(world.d[GUEST]), 0);
    EQUAL(machine_nr_domains(), NR_DOMAINS);
    world.d[GUEST] = NULL;
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(HOLES, 0), 0);
    EQUAL(machine_nr_domains(), NR_DOMAINS - 1);
    AUDIT();
}

void test_ioremap(void)
{
    unsigned long at = MACHINE_IO_MFN << PAGE_SHIFT;

    as(DOM0);
    EQUAL((long)hc_ia64_dom0vp_ioremap(mfn_of(GUEST, 40) << PAGE_SHIFT, 0), -EINVAL);
    EQUAL((long)hc_ia64_dom0vp_ioremap(40ul << PAGE_SHIFT, 0), -EINVAL);
    EQUAL((long)hc_ia64_dom0vp_ioremap(~0ul, 2), -EINVAL);
    EQUAL((long)hc_ia64_dom0vp_ioremap(at, ~0ul - at), -EINVAL);
    AUDIT();
    /* Devices are far above what this domain's table has room for. */
    EQUAL((long)hc_ia64_dom0vp_ioremap(at, 0), -EINVAL);
    AUDIT();
}

static uint64_t word_at(struct domain *d, uint64_t gfn)
{
    return pmt_lookup(&d->hv->pmt, gfn);
}

static long decrease_at(uint64_t gfn)
{
    xen_pfn_t frame = gfn;
    struct xen_memory_reservation op = { .nr_extents = 1, .domid = DOMID_SELF };

    set_xen_guest_handle(op.extent_start, &frame);
    return hc_memory_decrease_reservation(&op);
}

/* In a table as long as they come the devices have room: they appear where they are. */
void test_ioremap_works(void)
{
    struct machine_domain how = {
        .id = 9, .privileged = true, .hardware = true, .has_pmt = true, .max_gpfns = 1ul << 28,
        .page_shift = PAGE_SHIFT,
    };
    unsigned long at = MACHINE_IO_MFN << PAGE_SHIFT, last = at + (MACHINE_IO_FRAMES << PAGE_SHIFT);
    struct domain *d = machine_domain(&how);
    uint64_t word = 0x5a5a1234, got = 0;
    struct vcpu *v;

    if ( !CHECK(d) )
        return;
    v = machine_vcpu(d, 0);
    machine_run_as(v);
    CHECK(machine_write(v, at + 16, &word, sizeof(word)));
    EQUAL(hc_ia64_dom0vp_ioremap(at, 0), at);
    EQUAL(p2m_kind(word_at(d, MACHINE_IO_MFN)), P2M_DEVICE);
    EQUAL(p2m_entry_mfn(word_at(d, MACHINE_IO_MFN)), MACHINE_IO_MFN);
    CHECK(word_at(d, MACHINE_IO_MFN) & PMTE_io);
    CHECK(!p2m_entry_holds(word_at(d, MACHINE_IO_MFN + 1)));
    EQUAL(machine_write(v, at + 16, &word, sizeof(word)), 0);
    EQUAL(machine_read(v, at + 16, &got, sizeof(got)), 0);
    EQUAL(got, word);
    EQUAL(*(uint64_t *)((char *)port_page_address(MACHINE_IO_MFN) + 16), word);
    AUDIT();

    /* Again, and more of it: what is there already stays; a part of a page is all of it. */
    EQUAL(hc_ia64_dom0vp_ioremap(at + 5, 3 * PAGE_SIZE), at + 5);
    EQUAL(p2m_entry_mfn(word_at(d, MACHINE_IO_MFN + 3)), MACHINE_IO_MFN + 3);
    CHECK(!p2m_entry_holds(word_at(d, MACHINE_IO_MFN + 4)));

    /* All or nothing: the last page of these is no device, or is something else's place. */
    EQUAL((long)hc_ia64_dom0vp_ioremap(last - PAGE_SIZE, PAGE_SIZE + 1), -EINVAL);
    CHECK(!p2m_entry_holds(word_at(d, MACHINE_IO_MFN + MACHINE_IO_FRAMES - 1)));
    EQUAL(hc_ia64_dom0vp_add_physmap(MACHINE_IO_MFN + 6, MACHINE_IO_MFN, 0, DOMID_IO), 0);
    EQUAL((long)hc_ia64_dom0vp_ioremap(at + 5 * PAGE_SIZE, 2 * PAGE_SIZE), -EINVAL);
    CHECK(!p2m_entry_holds(word_at(d, MACHINE_IO_MFN + 5)));

    /* It goes as it came, and in no other way. */
    EQUAL(decrease_at(MACHINE_IO_MFN), 0);
    EQUAL(machine_read(v, at + 16, &got, sizeof(got)), 0);
    EQUAL(hc_ia64_dom0vp_zap_physmap(MACHINE_IO_MFN, 0), 0);
    CHECK(machine_read(v, at + 16, &got, sizeof(got)));
    AUDIT();
    EQUAL(machine_kill(d), 0);
    as(DOM0);
    AUDIT();
}

void test_io_spaces(void)
{
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x10000, 1, 2), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x10000, 1, 1), 0);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x10000, 1, 1), -EINVAL);
    EQUAL(hc_ia64_dom0vp_add_io_space(0, 1, 9), 0);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x20000, 0, 2), 0);
    EQUAL(hc_ia64_dom0vp_add_io_space(0x20000, 0, ~0ul), -EINVAL);
    AUDIT();
}

void test_memmap(void)
{
    struct map {
        struct xen_ia64_memmap_info head;
        struct { uint32_t type, pad; uint64_t physical, virtual, pages, attribute; } memory;
    } *map = machine_guest_alloc(world.d[DOM0], sizeof(*map));

    as(DOM0);
    map->head.efi_memmap_size = sizeof(map->memory) - 1;
    EQUAL(hc_ia64_dom0vp_get_memmap(ID(GUEST), &map->head), -ENOMEM);
    map->head.efi_memmap_size = sizeof(map->memory);
    EQUAL(hc_ia64_dom0vp_get_memmap(77, &map->head), -ESRCH);
    EQUAL(hc_ia64_dom0vp_get_memmap(ID(GUEST), &map->head), 0);
    EQUAL(map->head.efi_memmap_size, 40);
    EQUAL(map->head.efi_memdesc_size, 40);
    EQUAL(map->memory.pages, (uint64_t)PAGES << (world.page_shift - 12));
    as(GUEST);
    map = machine_guest_alloc(world.d[GUEST], sizeof(*map));
    map->head.efi_memmap_size = sizeof(map->memory);
    EQUAL(hc_ia64_dom0vp_get_memmap(ID(DOM0), &map->head), -EPERM);
    EQUAL(map->memory.pages, 0);
    AUDIT();
}

void test_unknown(void)
{
    unsigned int revision;

    as(DOM0);
    EQUAL((long)hc_ia64_dom0vp_op(99, 0, 0, 0, 0), -EPERM);
    EQUAL((long)hc_ia64_dom0vp_op(2, 0, 0, 0, 0), -EPERM);
    EQUAL((long)hc_ia64_dom0vp_op(4, 0, 0, 0, 0), -EPERM);
    EQUAL(hc_ia64_dom0vp_fpswa_revision(&revision), -ENOSYS);
    EQUAL(hc_ia64_dom0vp_perfmon(0, &revision, 1), -ENOSYS);
    AUDIT();
}
