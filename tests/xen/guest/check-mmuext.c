/* SPDX-License-Identifier: MIT */
/* mmuext_op: each command on dom0's own pages and tables. */
#include "guest.h"

#define NO_FRAME 0x7ffffff0UL
#define OTHER_COMMAND 14                /* Never used. */

static long ext(unsigned int command, unsigned long arg1, unsigned long arg2,
                unsigned int domain)
{
    mmuext_op_t op = { .cmd = command, .arg1.mfn = arg1, .arg2.src_mfn = arg2 };

    return hc_mmuext_op(&op, 1, NULL, domain);
}

static long own(unsigned int command, unsigned long arg1, unsigned long arg2)
{
    return ext(command, arg1, arg2, DOMID_SELF);
}

static void the_call(void)
{
    mmuext_op_t ops[2] = { { .cmd = MMUEXT_TLB_FLUSH_LOCAL }, { .cmd = OTHER_COMMAND } };
    unsigned int done = 0;

    fails(hc_mmuext_op, "5.3 unknown command", "the second of two",
          hc_mmuext_op(ops, 2, &done, DOMID_SELF), EQ, -XEN_ENOSYS);
    succeeds(hc_mmuext_op, "5.3 done", "the first is done", done, EQ, 1);
    fails(hc_mmuext_op, "5.3 guest handle", "nothing to read",
          hc_mmuext_op(NO_ADDRESS, 1, NULL, DOMID_SELF), EQ, -XEN_EFAULT);
    fails(hc_mmuext_op, "5.3 bad foreign domain", "of no domain",
          ext(MMUEXT_TLB_FLUSH_LOCAL, 0, 0, NO_DOMAIN), EQ, -XEN_ESRCH);
}

/* One level of page tables: make page a table, pin it, unpin it. */
#define PIN(level, command, table)                                              \
    do {                                                                        \
        unsigned long frame_ = mfn_of(table);                                   \
                                                                                \
        must_be("zero", !!memset(table, 0, PAGE_SIZE), 1);                      \
        fails_as(#command, "3.7 pin", "a page that is mapped writable",         \
              own(command, frame_, 0), EQ, -XEN_EINVAL);                        \
        must_be("read-only", slot_set(table, pte_make(frame_, PTE_RO)), 0);     \
        succeeds_as(#command, "5.3 PIN", "an empty table of level " level,      \
                 own(command, frame_, 0), EQ, 0);                               \
        fails_as(#command, "5.3 PIN", "a second time",                          \
              own(command, frame_, 0), EQ, -XEN_EINVAL);                        \
        fails(hc_update_va_mapping, "3.7 pin", "to map it writable",            \
              slot_set(table, pte_make(frame_, PTE_RW)), EQ, -XEN_EBUSY);       \
        succeeds(MMUEXT_UNPIN_TABLE, "5.3 UNPIN", "level " level,               \
                 own(MMUEXT_UNPIN_TABLE, frame_, 0), EQ, 0);                    \
        fails(MMUEXT_UNPIN_TABLE, "5.3 UNPIN", "what is not pinned",            \
              own(MMUEXT_UNPIN_TABLE, frame_, 0), EQ, -XEN_EINVAL);             \
        shows(MMUEXT_UNPIN_TABLE, "3.7 unpin", "it can be mapped writable",     \
              slot_set(table, pte_make(frame_, PTE_RW)), EQ, 0);                \
    } while ( 0 )

static void pin(void)
{
    uint64_t *table = page_take();

    PIN("1", MMUEXT_PIN_L1_TABLE, table);
    PIN("2", MMUEXT_PIN_L2_TABLE, table);
    PIN("3", MMUEXT_PIN_L3_TABLE, table);
    PIN("4", MMUEXT_PIN_L4_TABLE, table);
}

/* Another root: a copy of the one in use, which is all that Xen asks for. */
static void roots(void)
{
    uint64_t *root = page_take();
    unsigned long old = mfn_of((void *)start_info->pt_base), new = mfn_of(root);

    memcpy(root, (void *)start_info->pt_base, PAGE_SIZE);
    fails(MMUEXT_NEW_BASEPTR, "5.3 NEW_BASEPTR", "a page that is mapped writable",
          own(MMUEXT_NEW_BASEPTR, new, 0), EQ, -XEN_EINVAL);
    fails(MMUEXT_NEW_USER_BASEPTR, "5.3 NEW_USER_BASEPTR", "a page that is mapped writable",
          own(MMUEXT_NEW_USER_BASEPTR, new, 0), EQ, -XEN_EINVAL);
    must_be("read-only", slot_set(root, pte_make(new, PTE_RO)), 0);
    succeeds(MMUEXT_NEW_BASEPTR, "5.3 NEW_BASEPTR", "a copy of the root",
             own(MMUEXT_NEW_BASEPTR, new, 0), EQ, 0);
    succeeds(MMUEXT_NEW_BASEPTR, "5.3 NEW_BASEPTR", "and back",
             own(MMUEXT_NEW_BASEPTR, old, 0), EQ, 0);
    succeeds(MMUEXT_NEW_USER_BASEPTR, "5.3 NEW_USER_BASEPTR", "a root for user mode",
             own(MMUEXT_NEW_USER_BASEPTR, new, 0), EQ, 0);
    succeeds(MMUEXT_NEW_USER_BASEPTR, "5.3 NEW_USER_BASEPTR", "and none",
             own(MMUEXT_NEW_USER_BASEPTR, 0, 0), EQ, 0);
    slot_restore(root);
}

/* A change of an entry is seen after the flush under test. */
static int flushed(uint64_t *slot, const void *page, unsigned int command, const void *vcpus)
{
    mmu_update_t request = {
        .ptr = pte_address(slot), .val = pte_make(mfn_of(page), PTE_RW),
    };
    mmuext_op_t op = { .cmd = command, .arg1.linear_addr = (unsigned long)slot };

    set_xen_guest_handle(op.arg2.vcpumask, vcpus);
    must_be("update", hc_mmu_update(&request, 1, NULL, DOMID_SELF), 0);
    return hc_mmuext_op(&op, 1, NULL, DOMID_SELF) ?: slot[0] != *(uint64_t *)page;
}

#define FLUSH(command)                                                          \
    do {                                                                        \
        slot_set(slot, pte_make(mfn_of(a), PTE_RW));                            \
        must_be("read", slot[0], 1);                                            \
        succeeds_as(#command, "5.3", "the new mapping is seen",                 \
                 flushed(slot, b, command, &vcpu_0), EQ, 0);                    \
        fails_as(#command, "5.3", "of another domain",                          \
              ext(command, 0, 0, DOMID_IO), EQ, -XEN_EPERM);                    \
    } while ( 0 )

static void flush(void)
{
    static const unsigned long vcpu_0 = 1;
    uint64_t *slot = page_take(), *a = page_take(), *b = page_take();

    a[0] = 1;
    b[0] = 2;
    FLUSH(MMUEXT_TLB_FLUSH_LOCAL);
    FLUSH(MMUEXT_INVLPG_LOCAL);
    FLUSH(MMUEXT_TLB_FLUSH_MULTI);
    FLUSH(MMUEXT_INVLPG_MULTI);
    FLUSH(MMUEXT_TLB_FLUSH_ALL);
    FLUSH(MMUEXT_INVLPG_ALL);
    succeeds(MMUEXT_FLUSH_CACHE, "5.3", "dom0 may", own(MMUEXT_FLUSH_CACHE, 0, 0), EQ, 0);
    fails(MMUEXT_FLUSH_CACHE, "5.3", "of another domain",
          ext(MMUEXT_FLUSH_CACHE, 0, 0, DOMID_IO), EQ, -XEN_EPERM);
    succeeds(MMUEXT_FLUSH_CACHE_GLOBAL, "5.3", "dom0 may",
             own(MMUEXT_FLUSH_CACHE_GLOBAL, 0, 0), EQ, 0);
    fails(MMUEXT_FLUSH_CACHE_GLOBAL, "5.3", "of another domain",
          ext(MMUEXT_FLUSH_CACHE_GLOBAL, 0, 0, DOMID_IO), EQ, -XEN_EPERM);
    fails(MMUEXT_TLB_FLUSH_MULTI, "5.3", "an unreadable bitmap of vcpus",
          own(MMUEXT_TLB_FLUSH_MULTI, 0, 0x100), EQ, -XEN_EINVAL);
    slot_restore(slot);
}

static void descriptors(void)
{
    void *table = page_take();
    unsigned long address = (unsigned long)table;

    must_be("zero", !!memset(table, 0, PAGE_SIZE), 1);
    fails(MMUEXT_SET_LDT, "5.3 SET_LDT", "between two pages",
          own(MMUEXT_SET_LDT, address + 8, 1), EQ, -XEN_EINVAL);
    fails(MMUEXT_SET_LDT, "5.3 SET_LDT", "more than 8192 entries",
          own(MMUEXT_SET_LDT, address, 8193), EQ, -XEN_EINVAL);
    must_be("read-only", slot_set(table, pte_make(mfn_of(table), PTE_RO)), 0);
    succeeds(MMUEXT_SET_LDT, "5.3 SET_LDT", "a page of entries",
             own(MMUEXT_SET_LDT, address, 512), EQ, 0);
    succeeds(MMUEXT_SET_LDT, "5.3 SET_LDT", "none", own(MMUEXT_SET_LDT, 0, 0), EQ, 0);
    slot_restore(table);
}

static void pages(void)
{
    uint64_t *from = page_take(), *to = page_take();

    from[511] = to[511] = 5;
    succeeds(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "an own page",
             own(MMUEXT_CLEAR_PAGE, mfn_of(to), 0), EQ, 0);
    shows(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "is clear", to[511], EQ, 0);
    fails(MMUEXT_CLEAR_PAGE, "5.3 CLEAR_PAGE", "no such frame",
          own(MMUEXT_CLEAR_PAGE, NO_FRAME, 0), EQ, -XEN_EINVAL);
    succeeds(MMUEXT_COPY_PAGE, "5.3 COPY_PAGE", "an own page",
             own(MMUEXT_COPY_PAGE, mfn_of(to), mfn_of(from)), EQ, 0);
    shows(MMUEXT_COPY_PAGE, "5.3 COPY_PAGE", "is the same", to[511], EQ, 5);
    fails(MMUEXT_COPY_PAGE, "5.3 COPY_PAGE", "from no such frame",
          own(MMUEXT_COPY_PAGE, mfn_of(to), NO_FRAME), EQ, -XEN_EINVAL);
    fails(MMUEXT_COPY_PAGE, "5.3 COPY_PAGE", "to a page table",
          own(MMUEXT_COPY_PAGE, mfn_of(pte_of(to)), mfn_of(from)), EQ, -XEN_EINVAL);
    fails(MMUEXT_MARK_SUPER, "5.3 MARK_SUPER", "no longer done",
          own(MMUEXT_MARK_SUPER, mfn_of(to), 0), EQ, -XEN_EOPNOTSUPP);
    fails(MMUEXT_UNMARK_SUPER, "5.3 UNMARK_SUPER", "no longer done",
          own(MMUEXT_UNMARK_SUPER, mfn_of(to), 0), EQ, -XEN_EOPNOTSUPP);
}

void check_mmuext(void)
{
    the_call();
    pin();
    roots();
    flush();
    descriptors();
    pages();
}
