/* SPDX-License-Identifier: MIT */
/* Tables that ia64 exposes: dom0vp_expose_p2m and its kin. */
#include "pmtops.h"

#include "hc-dom0vp.h"

#define STEP (1u << (world.page_shift - PAGE_SHIFT))

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

/* As soon as the call lets go of the lock the table goes, and its viewer looks once more. */
static void looks(const char *name, void *context)
{
    (void)context;
    if ( !guest_goes_at(name) )
        return;
    EQUAL(exposed(DOM0, AT, 40), ~0ull);
    as(DOM0);
}

void test_exposed_to_the_end(void)
{
    struct two_ranges *map = machine_guest_alloc(world.d[DOM0], sizeof(*map));

    if ( STEP > 1 )
        return;
    as(DOM0);
    *map = (struct two_ranges){
        .head = { .efi_memmap_size = 40, .efi_memdesc_size = 40, .efi_memdesc_version = 1 },
        .range = { { .type = 7, .pages = PAGES << (PAGE_SHIFT - 12) } },
    };
    EQUAL(hc_ia64_dom0vp_expose_foreign_p2m(AT, ID(GUEST), &map->head, 0), 0);
    CHECK(exposed(DOM0, AT, 40) & 1);
    machine_plan_reset();
    machine_plan.at_point = looks;
    EQUAL(hc_ia64_dom0vp_unexpose_foreign_p2m(AT, GUEST), 0);
    machine_plan_reset();
    CHECK(!world.d[GUEST]);
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
