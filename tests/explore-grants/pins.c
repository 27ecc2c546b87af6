/* SPDX-License-Identifier: MIT */
/*
 * An entry of version 2 that its granter takes back, and makes anew for another page,
 * while somebody pins it. The granter is a guest as Linux is one: here its words are
 * explored, too.
 */
#include "grant-table.h"
#include "pins.h"
#include "small.h"

static struct domain granter, user;
static struct grant_table table;
static struct grant_entry entry;
static union grant_entry_v2 words;
static uint16_t status;
static struct grant_shared shared;
static union grant_head made;
static bool anew;
static int rc;

void prepare_pin(void)
{
    memset(&entry, 0, sizeof(entry));
    memset(&words, 0, sizeof(words));
    granter = (struct domain){ .domain_id = 1 };
    user = (struct domain){ .domain_id = 2 };
    table.d = &granter;
    made.hdr = (struct grant_entry_header){ .flags = GTF_permit_access | GTF_readonly, .domid = 2 };
    words.hdr = made.hdr;
    words.full_page.frame = 1;
    status = 0;
    anew = false;
    rc = 1;
    shared = (struct grant_shared){ .version = 2, .v2 = &words, .status = &status };
}

void entry_is_pinned(void)
{
    rc = grant_pin(&table, &entry, &shared, &user, false, GRANT_HSTR, true);
}

void entry_is_made_anew(void)
{
    port_store((grant_word_t *)&words, 0);
    port_fence();
    if ( port_load_acquire(&status) )
        return;
    anew = true;
    port_store((grant_long_t *)&words.full_page.frame, 2);
    port_store_release((grant_word_t *)&words, made.word);
}

void page_is_right(void)
{
    explore_require(rc || !anew || entry.mfn == 2, "a page is pinned that was taken back");
}

/* ---- what pins need beside ------------------------------------------------------------- */

int p2m_get_frame(struct domain *d, uint64_t frame, bool writable, uint64_t *mfn,
                  uint64_t *found)
{
    (void)d;
    (void)writable;
    (void)found;
    *mfn = frame;
    return 0;
}

void p2m_put_page(uint64_t mfn, bool writable)
{
    (void)mfn;
    (void)writable;
}

bool p2m_gfn_valid(const struct domain *d, uint64_t gfn)
{
    (void)d;
    (void)gfn;
    return false;
}

void grant_page_pinned(struct grant_entry *e)
{
    (void)e;
}

void grant_page_unpinned(struct grant_entry *e)
{
    (void)e;
}

bool port_page_get_type(uint64_t mfn, bool writable)
{
    (void)mfn;
    (void)writable;
    return true;
}

void port_page_put_type(uint64_t mfn, bool writable)
{
    (void)mfn;
    (void)writable;
}

void port_page_put(uint64_t mfn)
{
    (void)mfn;
}

bool port_page_is_io(uint64_t mfn)
{
    (void)mfn;
    return false;
}

void port_domain_crash(struct domain *d)
{
    (void)d;
    explore_require(false, "a domain is crashed");
}
