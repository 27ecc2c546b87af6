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

/* An entry of the exposed table, as the guest reads it. */
static uint64_t exposed(unsigned int who, uint64_t dest, uint64_t gpfn)
{
    uint64_t word = ~0ull;

    if ( machine_read(machine_vcpu(world.d[who], 0), address_of(who, dest) + 8 * gpfn, &word, 8) )
        return ~0ull;
    return word;
}

static void exposes(unsigned int who, uint64_t dest, unsigned int whose)
{
    unsigned int i;

    for ( i = 0; i < PAGES + 8; i++ )
    {
        uint64_t word = exposed(who, dest, i), mfn = mfn_of(whose, i);

        EQUAL(word & 1, mfn != HV_INVALID_MFN && (word_of(whose, i) & PMTE_present));
        if ( word & 1 )
            EQUAL((word & 0x3fffffffff000ull) >> PAGE_SHIFT, mfn);
    }
}

#define AT 2048ul                       /* where tables are put: nothing else is there */

void test_expose(void)
{
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_expose_p2m(1, AT, 1 << 25, 2048), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, 1, 1 << 25, 2048), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, PAGE_SIZE, 2048), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 1 << 25, 1), -EINVAL);
    /* It was divided by, once. */
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 1 << 25, 0), -ENOSYS);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 1 << 25, 4096), -ENOSYS);
    as(GUEST);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 1 << 25, 2048), -ENOSYS);
    as(DOM0);
    if ( STEP > 1 )
    {
        EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 1 << 25, 2048), -ENOSYS);
        return;
    }
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 3ul << 25, 2048), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, 0, 1 << 25, 2048), -EAGAIN);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 2ul << 25, 2048), 0);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 2ul << 25, 2048), -EAGAIN);
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, 2 * AT, 2ul << 25, 2048), -EAGAIN);
    exposes(DOM0, AT, DOM0);
    /* It follows. */
    row(exchange, PMTST_okay, .gpfn = 48, .order = 4);
    grant_accepts(GUEST, 9, DOM0, HOLES);
    row(flip, PMTST_okay, .gpfn = 40, .ref = 9, .domid = ID(GUEST));
    row(protect, PMTST_okay, .gpfn = 41, .nr = 1, .rights = PMTR_read);
    EQUAL(hc_ia64_dom0vp_zap_physmap(42, 0), 0);
    exposes(DOM0, AT, DOM0);
    EQUAL(exposed(DOM0, AT, 41) >> 9 & 7, 0);
    EQUAL(exposed(DOM0, AT, 43) >> 9 & 7, 3);
    CHECK(machine_write(machine_vcpu(world.d[DOM0], 0), address_of(DOM0, AT), &world, 8));
    AUDIT();
}

struct two_ranges {
    struct xen_ia64_memmap_info head;
    struct { uint32_t type, pad; uint64_t physical, virtual, pages, attribute; } range[2];
};

void test_expose_foreign(void)
{
    struct two_ranges *map = machine_guest_alloc(world.d[DOM0], sizeof(*map));
    const struct two_ranges good = {
        .head = { .efi_memmap_size = 80, .efi_memdesc_size = 40, .efi_memdesc_version = 1 },
        .range = { { .type = 7, .pages = 64 },
                   { .type = 7, .physical = 64 << 12, .pages = (PAGES << (PAGE_SHIFT - 12)) - 64 } },
    };
    struct xen_ia64_memmap_info *head = &map->head;

    as(DOM0);
    *map = good;
    if ( STEP > 1 )
    {
        EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -ENOSYS);
        return;
    }
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(DOM0), head, 0), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, DOMID_SELF, head, 0), -EINVAL);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, 77, head, 0), -EINVAL);
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT, ID(GUEST)), -ENOENT);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(0, ID(GUEST), head, 0), -EAGAIN);

    /* The second descriptor is looked at as well as the first. */
    map->range[1].pages = 1ul << 60;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);
    *map = good;
    map->range[1].physical = 5;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);
    *map = good;
    map->range[1].physical = 0;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);
    *map = good;
    head->efi_memdesc_size = 0;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);
    head->efi_memdesc_size = 39;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);
    *map = good;
    head->efi_memmap_size = ~0ul / 40 * 40;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EINVAL);

    *map = good;
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), 0);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), -EAGAIN);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(2 * AT, ID(GUEST), head, 0), -EBUSY);
    exposes(DOM0, AT, GUEST);
    as(GUEST);
    row(exchange, PMTST_okay, .gpfn = 48, .order = 4);
    as(DOM0);
    exposes(DOM0, AT, GUEST);
    AUDIT();
    /* Not for just anybody who has the right. */
    as(DRIVER);
    {
        struct two_ranges *mine = machine_guest_alloc(world.d[DRIVER], sizeof(*mine));

        *mine = good;
        EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), &mine->head, 0), -EPERM);
    }
    as(DOM0);
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT, ID(DRIVER)), -EINVAL);
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT + 1, ID(GUEST)), -ENOENT);
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT, ID(GUEST)), 0);
    EQUAL(exposed(DOM0, AT, 40), ~0ull);
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), head, 0), 0);
    CHECK(exposed(DOM0, AT, 40) & 1);
    EQUAL(machine_kill(world.d[GUEST]), 0);
    world.d[GUEST] = NULL;
    EQUAL(exposed(DOM0, AT, 40), 0);
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT, GUEST), 0);
    AUDIT();
}

/* Which of several tables goes depends on where it is, not on which came first. */
void test_unexpose(void)
{
    struct two_ranges *map = machine_guest_alloc(world.d[DOM0], sizeof(*map));
    struct xen_ia64_memmap_info *head = &map->head;
    unsigned int order, first, i;

    if ( STEP > 1 )
        return;
    as(DOM0);
    *map = (struct two_ranges){
        .head = { .efi_memmap_size = 40, .efi_memdesc_size = 40, .efi_memdesc_version = 1 },
        .range = { { .type = 7, .pages = PAGES << (PAGE_SHIFT - 12) } },
    };
    for ( order = 0; order < 4; order++ )
    {
        const unsigned int whose[2] = { order & 1 ? DRIVER : GUEST, order & 1 ? GUEST : DRIVER };

        for ( i = 0; i < 2; i++ )
            EQUAL(hc_ia64_dom0vp_expose_foreign_p2m((whose[i] + 1) * AT, ID(whose[i]), head, 0), 0);
        exposes(DOM0, (GUEST + 1) * AT, GUEST);
        exposes(DOM0, (DRIVER + 1) * AT, DRIVER);
        for ( i = 0; i < 2; i++ )
            EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m((whose[i] + 1) * AT, ID(whose[!i])), -EINVAL);
        first = whose[order >> 1];
        EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m((first + 1) * AT, ID(first)), 0);
        EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m((first + 1) * AT, ID(first)), -ENOENT);
        first = GUEST + DRIVER - first;
        exposes(DOM0, (first + 1) * AT, first);
        EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m((first + 1) * AT, ID(first)), 0);
        EQUAL(window_count(world.d[DOM0], NULL), 0);
        AUDIT();
    }
}

/* A large one of another domain's: bounded to come, in steps to go. */
static void expose_large_foreign(void)
{
    struct two_ranges *map = machine_guest_alloc(world.d[DOM0], sizeof(*map));
    struct xen_ia64_memmap_info *head = &map->head;
    const unsigned long most = 16384, at = 1ul << 24;
    const uint64_t pages = most * (PAGE_SIZE / 8);
    struct machine_domain how = {
        .id = 10, .pages = 64, .max_gpfns = pages + 1, .page_shift = PAGE_SHIFT,
    };
    struct domain *d = machine_domain(&how);

    if ( !CHECK(d) )
        return;
    as(DOM0);
    *map = (struct two_ranges){
        .head = { .efi_memmap_size = 40, .efi_memdesc_size = 40, .efi_memdesc_version = 1 },
        .range = { { .type = 7, .pages = (pages + 1) << (PAGE_SHIFT - 12) } },
    };
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(at, d->domain_id, head, 0), -ENOMEM);
    EQUAL(window_count(world.d[DOM0], NULL), 0);
    map->range[0].pages = pages << (PAGE_SHIFT - 12);
    machine_plan_reset();
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(at, d->domain_id, head, 0), 0);
    EQUAL(window_count(world.d[DOM0], NULL), most);
    machine_plan_reset();
    machine_plan.preempt_always = true;
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(at, d->domain_id), 0);
    CHECK(machine_counters.continuations > 50);
    machine_plan_reset();
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(at, d->domain_id), -ENOENT);
    EQUAL(window_count(world.d[DOM0], NULL), 0);
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

/* So large a table that it is exposed in several entries; and what fails on the way. */
void test_expose_large(void)
{
    struct machine_domain how = {
        .id = 9, .has_pmt = true, .pages = 64, .max_gpfns = 3ul << 22, .page_shift = PAGE_SHIFT,
    };
    struct domain *d = machine_domain(&how);
    unsigned long size = how.max_gpfns << PAGE_SHIFT, at = 1ul << 24;
    uint64_t chunks, word = 0;

    if ( !CHECK(d) )
        return;
    machine_run_as(machine_vcpu(d, 0));
    machine_plan_reset();
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, at, size, 2048), 0);
    EQUAL(machine_counters.continuations, 2);
    EQUAL(window_count(d, &chunks), how.max_gpfns / 2048);
    EQUAL(machine_read(machine_vcpu(d, 0), (at << PAGE_SHIFT) + 8 * 40, &word, 8), 0);
    EQUAL((word & 0x3fffffffff000ull) >> PAGE_SHIFT, p2m_gfn_to_mfn(d, 40));
    EQUAL(machine_read(machine_vcpu(d, 0), (at << PAGE_SHIFT) + 8 * (how.max_gpfns - 1), &word, 8), 0);
    EQUAL(word, 0);
    AUDIT();

    if ( STEP == 1 )
        expose_large_foreign();
    /* Without memory nothing is exposed. */
    as(DOM0);
    if ( STEP > 1 )
        return;
    for ( chunks = 0; chunks < 2; chunks++ )
    {
        machine_plan_reset();
        machine_plan.fail_alloc_at = chunks;
        EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 2ul << 25, 2048), -ENOMEM);
        EQUAL(window_count(world.d[DOM0], NULL), 0);
    }
    machine_plan_reset();
    EQUAL(hc_ia64_dom0vp_expose_p2m(0, AT, 2ul << 25, 2048), 0);
    CHECK(exposed(DOM0, AT, 40) & 1);
    AUDIT();
}
