/* SPDX-License-Identifier: MIT */
/* In place of hv-impl/*-ahead.c: nothing is sent for before its element's turn comes. */
#include "hd-grant_table.h"
#include "hd-pmt.h"

void hv_grant_table_map_grant_ref_ahead(const struct hd_call *call,
                                        const struct gnttab_map_grant_ref *ops,
                                        unsigned int nr)
{
    (void)call;
    (void)ops;
    (void)nr;
}

void hv_grant_table_unmap_grant_ref_ahead(const struct hd_call *call,
                                          const struct gnttab_unmap_grant_ref *ops,
                                          unsigned int nr)
{
    (void)call;
    (void)ops;
    (void)nr;
}

void hv_grant_table_unmap_and_replace_ahead(const struct hd_call *call,
                                            const struct gnttab_unmap_and_replace *ops,
                                            unsigned int nr)
{
    (void)call;
    (void)ops;
    (void)nr;
}

void hv_pmt_flip_ahead(const struct hd_call *call, const struct pmt_flip *ops,
                       unsigned int nr)
{
    (void)call;
    (void)ops;
    (void)nr;
}
