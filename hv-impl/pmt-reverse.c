/* SPDX-License-Identifier: MIT */
/*
 * The reverse map: at which guest frame of its owner's a machine frame is.
 */
#include "pmt.h"

struct pmt_reverse_map hv_reverse;

int pmt_reverse_create(struct pmt_reverse_map *r, uint64_t first_mfn, uint64_t nr_mfns)
{
    uint64_t bytes = nr_mfns * sizeof(*r->word);

    *r = (struct pmt_reverse_map){ .first = first_mfn, .nr = nr_mfns };
    r->bytes = (bytes + PMT_WINDOW_ALIGN - 1) & ~(PMT_WINDOW_ALIGN - 1);
    r->word = port_window_create(r->bytes);
    if ( !r->word )
        return -ENOMEM;
    if ( port_window_commit(r->word, r->bytes) )
    {
        port_window_destroy(r->word, r->bytes);
        r->word = NULL;
        return -ENOMEM;
    }
    return 0;
}

void pmt_reverse_destroy(struct pmt_reverse_map *r)
{
    if ( r->word )
        port_window_destroy(r->word, r->bytes);
    *r = (struct pmt_reverse_map){ .nr = 0 };
}

uint64_t pmt_reverse_get(const struct pmt_reverse_map *r, uint64_t mfn)
{
    uint64_t i = mfn - r->first;
    uint32_t word;

    if ( mfn < r->first || i >= r->nr )
        return PMT_NO_GPFN;
    /* B2: pairs with B1 */
    word = port_load_acquire(&r->word[array_index_nospec(i, r->nr)]);
    return word ? word - 1 : PMT_NO_GPFN;
}
