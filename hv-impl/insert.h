/* SPDX-License-Identifier: MIT */
/*
 * The step before a TLB insert on ia64: what a guest wants to insert, a
 * translation to its own frames, becomes one to the machine's.
 *
 * Needs the table. Gives the page size that the machine's memory can back, rights
 * and memory attributes that both guest and table allow, and the look after the
 * insert that makes it safe without a lock:
 *
 *     do {
 *         rc = hv_tlb_insert(t, &want, &entry);    what may be inserted
 *         if ( rc ) the guest gets a fault
 *         insert entry                             into TLB or VHPT
 *         if ( hv_tlb_recheck(t, &entry) )         C1: pairs with C2
 *             break;
 *         purge entry
 *     } while ( tries are left );
 *
 * Who takes a page away stores to the table and then flushes, C2. Either the flush
 * finds what was inserted, or the second look finds what was stored.
 */
#ifndef HV_INSERT_H
#define HV_INSERT_H

#include "pmt.h"

/* Access rights of a translation, TLB.ar, for privilege levels 3 to 0. */
enum hv_tlb_rights {
    HV_TLB_R, HV_TLB_RX, HV_TLB_RW, HV_TLB_RWX,
    HV_TLB_R_RW,                        /* level 0 may write as well */
    HV_TLB_RX_RWX,
    HV_TLB_RWX_RW,                      /* level 0 may not execute */
    HV_TLB_X_RX,                        /* execute-only, for gates */
};

/* Memory attributes of a translation, TLB.ma. */
enum hv_tlb_memory {
    HV_TLB_WB = 0, HV_TLB_UC = 4, HV_TLB_UCE = 5, HV_TLB_WC = 6, HV_TLB_NAT = 7,
};

/* Page sizes every ia64 has: 4K 8K 16K 64K 256K 1M 4M 16M 64M 256M. */
#define HV_TLB_SIZES UINT32_C(0x15557000)

struct hv_tlb_request {
    uint64_t address;                   /* guest-physical */
    uint32_t sizes;                     /* bit n: pages of 2^n bytes exist; 0: HV_TLB_SIZES */
    uint8_t shift;                      /* the page that the guest wants is 2^shift bytes */
    uint8_t rights;                     /* enum hv_tlb_rights */
    uint8_t memory;                     /* enum hv_tlb_memory */
};

struct hv_tlb_entry {
    uint64_t address;                   /* of the machine: where the page begins */
    uint64_t guest;                     /* guest-physical: where it begins */
    uint64_t word;                      /* the table's, of the first page in it */
    uint8_t shift, rights, memory;
    bool changed;                       /* not the memory attribute that was wanted */
};

/*
 * What to insert so that want->address is translated: 0; -ENOENT: nothing is
 * there; -EACCES: no access; -EINVAL: no such page size, rights or memory.
 */
int hv_tlb_insert(const struct pmt *t, const struct hv_tlb_request *want,
                  struct hv_tlb_entry *out);

/* After the insert: is it still what may be inserted? If not, purge it. */
bool hv_tlb_recheck(const struct pmt *t, const struct hv_tlb_entry *entry);

#endif /* HV_INSERT_H */
