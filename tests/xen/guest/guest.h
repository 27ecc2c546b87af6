/* SPDX-License-Identifier: MIT */
/*
 * The PV guest: what its files share. One image serves as dom0 and as the
 * domain that dom0 builds; start_info says which of the two it is.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stddef.h>
#include <stdint.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"

#include <xen/errno.h>

#include "../checks.h"

#define PAGE_SIZE 4096UL
#define PAGE_WORDS (PAGE_SIZE / 8)

/* A domain, and an address that no guest can use. */
#define NO_DOMAIN 4321
#define NO_ADDRESS ((void *)0x10)

/* start.S */
extern char guest_start[], guest_end[], xen_page[], hypercall_page[];
long xen_call(unsigned int nr, ...);

/* string.c: what the compiler and the tests need of it. */
void *memset(void *to, int value, size_t size);
void *memcpy(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
const char *string_find(const char *text, const char *word);
uint64_t string_number(const char *text);

/* console.c: dom0's console; silent in another domain. %s %ld %lu %lx only. */
extern char console_log[];
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void machine_exit(unsigned int code) __attribute__((noreturn));
void domain_shutdown(unsigned int reason) __attribute__((noreturn));
void domain_yield(void);

/* Stop the machine if a step that the tests build on does not work. */
void must_be(const char *step, long got, long expected);

/* traps.c, traps.S: the probes say 1 where the access faults. */
void traps_init(void);
int probe_read(const void *at);
int probe_write(void *at, uint64_t value);
int probe_out(unsigned int port);

/* memory.c: this guest's pages, and how they are mapped. */
extern struct start_info *start_info;
extern struct shared_info *shared_info;
void memory_init(struct start_info *info);
int is_dom0(void);
void *page_take(void);
unsigned long pfn_of(const void *va);
unsigned long mfn_of(const void *va);
void p2m_set(const void *va, unsigned long mfn);
unsigned long m2p(unsigned long mfn);
uint64_t *pte_of(const void *va);
uint64_t pte_address(const void *va);
long slot_set(void *slot, uint64_t pte);
long slot_set_foreign(void *slot, uint64_t pte, domid_t domain);
void slot_restore(void *slot);

/* Flags of an own mapping; Xen adds the user bit. */
#define PTE_RW 0x63UL
#define PTE_RO 0x61UL
#define PTE_FRAME 0x000ffffffffff000UL
#define PTE_WRITABLE 2UL

static inline uint64_t pte_make(unsigned long mfn, unsigned long flags)
{
    return ((uint64_t)mfn << 12) | flags;
}

/* grants.c: the own table, and calls on one element. */
#define FIRST_REF GNTTAB_NR_RESERVED_ENTRIES
extern grant_entry_v1_t *grants;
void grants_init(void);
void grant_give(grant_ref_t ref, domid_t domain, unsigned long frame, uint16_t flags);
void grant_take_back(grant_ref_t ref);
long grant_map(struct gnttab_map_grant_ref *map);
long grant_unmap(uint64_t host_addr, grant_handle_t handle);
long grant_copy(struct gnttab_copy *copy);

/* What a batch op on one element gave: its status, or far below, the error. */
#define CALL_ERROR(error) (-1000L + (error))

#define status_of(call, element) \
    ({ long error_ = (call); error_ ? CALL_ERROR(error_) : (element).status; })

/* verdict.c */
extern struct expectation expectations_first[], expectations_end[];
void verdict_init(const char *command_line);
int verdict_report(void);

/* The tests, in the order in which they run. */
void check_poison(void);
void check_grant_queries(void);
void check_grant_map(void);
void check_grant_unmap(void);
void check_grant_copy(void);
void check_grant_version(void);
void check_reservation(void);
void check_exchange(void);
void check_rows(void);
void check_machine(void);
void check_toolstack(void);
void check_mappings(void);
void check_mmu_update(void);
void check_mmuext(void);
void check_multicall(void);
void check_continuation(void);
void check_physdev(void);
void check_pci(void);
void check_pmt(void);
void check_order(void);
void check_order_without_rights(void);
void check_paused(void);
void check_running(void);
void check_pvh(void);
void check_domu_physdev(void);

#endif
