/* SPDX-License-Identifier: MIT */
/* In place of hv-impl/*-ahead.c: nothing is sent for before its element's turn comes. */
#include "hd-grant_table.h"
#include "hd-pmt.h"

#include "../no-ahead.h"

NO_AHEAD(hv_grant_table_map_grant_ref_ahead, struct gnttab_map_grant_ref)
NO_AHEAD(hv_grant_table_unmap_grant_ref_ahead, struct gnttab_unmap_grant_ref)
NO_AHEAD(hv_grant_table_unmap_and_replace_ahead, struct gnttab_unmap_and_replace)
NO_AHEAD(hv_pmt_map_ahead, struct pmt_map)
NO_AHEAD(hv_pmt_flip_ahead, struct pmt_flip)
