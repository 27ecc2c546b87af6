/* SPDX-License-Identifier: MIT */
/* Flow 7: a domU is saved, and goes on with other machine frames. */
#include <stdlib.h>
#include <string.h>

#include "flow.h"
#include "hv.h"

#define CHAIN 24u

/* What its memory is after it stopped: each page that is there, by guest frame. */
struct image {
    uint64_t page_size;
    unsigned char there[KERNEL_PAGES + KERNEL_MEMORY];
    unsigned char bytes[];
};

/*
 * Pages that know each other: word 0 is the guest frame of the next, the rest is
 * filled. Guest frames are all that a domU can write down, and they stay true.
 */
static uint64_t chain_make(struct kernel *k)
{
    uint64_t next = GUEST_NO_FRAME;

    for ( unsigned int i = 0; i < CHAIN; i++ )
    {
        uint64_t pfn = kernel_take_page(k), *word;

        kernel_fill(k, pfn, 8, kernel_page_size(k) - 8, 500 + i);
        word = guest_page(&k->guest, pfn, true);
        if ( CHECK(word) )
            *word = next;
        next = pfn;
    }
    return next;
}

static bool chain_holds(struct kernel *k, uint64_t pfn)
{
    for ( unsigned int i = CHAIN; i-- > 0; )
    {
        const uint64_t *word = guest_page(&k->guest, pfn, false);

        if ( !word || !kernel_holds(k, pfn, 8, kernel_page_size(k) - 8, 500 + i) )
            return false;
        pfn = *word;
    }
    return pfn == GUEST_NO_FRAME;
}

/* Packets and sectors go through it all, so that frames had every occasion to get in. */
static void works(struct kernel *dom0, struct kernel *domu, uint64_t sector, bool write)
{
    static const enum net_way ways[] = { NET_TRANSFER, NET_FLIP };
    struct network w;
    struct storage s;

    for ( unsigned int i = 0; i < 2; i++ )
        if ( network_up(&w, dom0, domu, ways[i]) )
        {
            network_batch(&w);
            network_batch(&w);
            network_down(&w);
        }
    if ( storage_up(&s, dom0, domu, 0) )
    {
        if ( write )
            CHECK(storage_write(&s, sector, 4, 600));
        CHECK(storage_write(&s, sector + 256, 2, 700) && storage_read(&s, sector + 256, 2, 700));
        storage_down(&s);
    }
}

static struct image *save(struct kernel *k)
{
    uint64_t page = kernel_page_size(k), pages = KERNEL_PAGES + KERNEL_MEMORY;
    struct image *image = calloc(1, sizeof(*image) + pages * page);

    image->page_size = page;
    kernel_runs(k);
    for ( uint64_t pfn = 0; pfn < pages; pfn++ )
        image->there[pfn] = !machine_read(k->v, pfn * page, image->bytes + pfn * page, page);
    kernel_runs(NULL);
    return image;
}

/* Whatever looks like a machine frame, or an address in one. */
static unsigned int image_frames(const struct image *image)
{
    uint64_t bytes = (KERNEL_PAGES + KERNEL_MEMORY) * image->page_size, word, found = 0;

    for ( uint64_t at = 0; at + sizeof(word) <= bytes; at += 4 )
    {
        memcpy(&word, image->bytes + at, sizeof(word));
        found += at % 8 == 0 && machine_marked(word);
        found += word >> 32 && machine_marked(word & 0xffffffffu);
    }
    return (unsigned int)found;
}

/* All but the kernel's own variables, which it sets up again when it resumes. */
static void restore(struct kernel *k, const struct image *image)
{
    for ( uint64_t pfn = KERNEL_PAGES; pfn < KERNEL_PAGES + KERNEL_MEMORY; pfn++ )
        if ( image->there[pfn] )
            CHECK(!machine_write(k->v, pfn * image->page_size,
                                 image->bytes + pfn * image->page_size, image->page_size));
}

/* Do two domains stand on the same machine frames? A test may look; a domain may not. */
static uint64_t frame_behind(struct kernel *k, uint64_t pfn)
{
    return PMTE_mfn(pmt_lookup(&k->d->hv->pmt, pfn));
}

/*
 * 7. Save, elsewhere, restore. A domU that has used all drivers is stopped, and its
 * memory written down. No word of it is a machine frame. It is restored in another domain,
 * on other frames, and goes on: what it wrote down as its own frames is still
 * right, and its drivers connect and work as before.
 */
void flow_save(void)
{
    struct kernel *dom0 = flow_dom0(0), *domu = flow_domu(1, 0, 2), *again;
    unsigned char pages[KERNEL_GPFNS];
    uint64_t chain, frames[CHAIN], same = 0;
    struct image *image;
    unsigned int found;

    kernel_runs(domu);
    chain = chain_make(domu);
    works(dom0, domu, 0, true);
    kernel_runs(domu);
    CHECK(chain_holds(domu, chain));
    for ( unsigned int i = 0; i < CHAIN; i++ )
        frames[i] = frame_behind(domu, KERNEL_PAGES + i);
    if ( flow_twin == TWIN_IMAGE )
        *(uint64_t *)guest_page(&domu->guest, KERNEL_PAGES + 1, true) = (PORT_MFN_BASE + 9) << PAGE_SHIFT;
    image = save(domu);
    found = image_frames(image);
    CHECK(found == 0);

    again = flow_domu(9, 0, 2);
    memcpy(pages, domu->page, sizeof(pages));
    CHECK(!machine_kill(domu->d));
    kernel_runs(again);
    restore(again, image);
    /* Its allocator's map is a variable of the kernel: as it was, for memory. */
    memcpy(again->page + KERNEL_PAGES, pages + KERNEL_PAGES, KERNEL_MEMORY);
    for ( unsigned int i = 0; i < CHAIN; i++ )
        same += frame_behind(again, KERNEL_PAGES + i) == frames[i];
    CHECK(same == 0);
    CHECK(chain_holds(again, chain));
    works(dom0, again, 0, false);
    kernel_runs(again);
    CHECK(chain_holds(again, chain));
    kernel_runs(NULL);
    flow_says("an image of %u pages holds %u machine frames; %u of %u pages are where they were",
              KERNEL_PAGES + KERNEL_MEMORY, found, (unsigned int)same, CHAIN);
    free(image);
    kernel_free(domu);
}
