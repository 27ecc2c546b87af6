/* SPDX-License-Identifier: MIT */
/* Skeletons: what is not there yet. */
#include "hd-grant_table.h"

#include "grant.h"

#define NOT_YET(op)                                                            \
    int hv_grant_table_##op(struct hd_call *call, struct gnttab_##op *arg)     \
    {                                                                          \
        (void)call;                                                            \
        (void)arg;                                                             \
        return -ENOSYS;                                                        \
    }
#define NOT_YET_OF(op)                                                         \
    int hv_grant_table_##op(struct hd_call *call, struct gnttab_##op *arg,     \
                            struct domain *d)                                  \
    {                                                                          \
        (void)call;                                                            \
        (void)arg;                                                             \
        (void)d;                                                               \
        return -ENOSYS;                                                        \
    }

NOT_YET(map_grant_ref)
NOT_YET(unmap_grant_ref)
NOT_YET_OF(setup_table)
NOT_YET(transfer)
NOT_YET(copy)
NOT_YET_OF(query_size)
NOT_YET(unmap_and_replace)
NOT_YET(set_version)
NOT_YET_OF(get_status_frames)
NOT_YET_OF(get_version)
NOT_YET(swap_grant_ref)
NOT_YET(cache_flush)

void hv_grant_table_op_end(struct hd_call *call) { (void)call; }

int grant_table_create(struct domain *d, const struct hv_domain_config *how) { (void)d; (void)how; return 0; }
int grant_kill_maps(struct domain *d) { (void)d; return 0; }
int grant_kill_table(struct domain *d) { (void)d; return 0; }
void grant_table_destroy(struct domain *d) { (void)d; }
int grant_frame(struct domain *d, bool status, unsigned int idx, bool grow, uint64_t *mfn)
{ (void)d; (void)status; (void)idx; (void)grow; *mfn = INVALID_MFN; return -EINVAL; }
unsigned int grant_nr_frames(const struct domain *d, bool status) { (void)d; (void)status; return 0; }
int grant_map(struct grant_request *want) { (void)want; return GNTST_general_error; }
int grant_accept_claim(struct domain *taker, struct domain *giver, grant_ref_t ref, struct grant_accept *claim)
{ (void)taker; (void)giver; (void)ref; (void)claim; return -EINVAL; }
void grant_accept_complete(struct grant_accept *claim, uint64_t frame_told) { (void)claim; (void)frame_told; }
void grant_accept_undo(struct grant_accept *claim) { (void)claim; }
int grant_for_each_use(struct domain *d, int (*fn)(void *, const struct grant_use *), void *context)
{ (void)d; (void)fn; (void)context; return 0; }
uint32_t grant_pins(const struct domain *d, grant_ref_t ref) { (void)d; (void)ref; return 0; }
unsigned int grant_handles(const struct domain *d, unsigned int *nr_free) { (void)d; *nr_free = 0; return 0; }
int grant_audit(struct domain *d, char *what, size_t size) { (void)d; (void)what; (void)size; return 0; }
