/* SPDX-License-Identifier: MIT */
/* A fresh machine for each test, and what has to hold when it ends. */
#include <stdarg.h>

#include "world.h"

struct domain *world[NR_WHO];
unsigned int world_version = 1;
static unsigned int version_now[NR_WHO];

struct machine_domain world_how[NR_WHO];

static const struct machine_domain usual[NR_WHO] = {
    [DOM0] = { .id = 0, .pv = !IA64, .privileged = true, .hardware = true, .has_pmt = true,
               .max_gpfns = GFN_MAX, .vcpus = 2, .layout = LAYOUT_SCATTERED },
    [GRANTER] = { .id = 1, .hvm = !IA64, .max_gpfns = GFN_MAX, .vcpus = 2,
                  .layout = LAYOUT_SCATTERED },
    [MAPPER] = { .id = 2, .hvm = !IA64, .max_gpfns = GFN_MAX, .vcpus = 2,
                 .layout = LAYOUT_FRAGMENTS },
    [THIRD] = { .id = 3, .hvm = !IA64, .max_gpfns = GFN_MAX },
    [PV] = { .id = 4, .pv = true, .has_pmt = true, .max_gpfns = GFN_MAX },
};

static unsigned int passed, failed;
static char what[200];
static bool begun, row_failed;

void check_at(bool ok, const char *file, int line, const char *format, ...)
{
    va_list args;

    if ( ok )
        return;
    row_failed = true;
    fprintf(stderr, "FAILED: %s: %s:%d: ", what, file, line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void world_start(void)
{
    memcpy(world_how, usual, sizeof(usual));
}

void world_begin(const char *format, ...)
{
    struct machine_config config = { .frames = 8192, .seed = 4 };
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);

    row_failed = false;
    if ( getenv("VERBOSE") )
        fprintf(stderr, "%s\n", what);
    begun = true;
    machine_start(&config);
    for ( enum who w = 0; w < NR_WHO; w++ )
    {
        version_now[w] = 1;
        world[w] = w == PV && IA64 ? NULL : machine_domain(&world_how[w]);
        CHECK(world[w] || (w == PV && IA64), "domain %u is not there", w);
    }
    machine_plan_reset();
    if ( world_version != 1 )
        CHECK_EQUAL(set_version(GRANTER, world_version), 0);
}

void world_end(void)
{
    const char *sentence = machine_audit();

    CHECK(!sentence, "audit: %s", sentence);
    CHECK(!machine_leaks(), "%u leaks: %s", machine_leaks(), machine_leak_text());
    sentence = machine_stop();
    CHECK(!sentence, "at the end: %s", sentence);
    memcpy(world_how, usual, sizeof(usual));
    begun = false;
    if ( row_failed )
        failed++;
    else
        passed++;
}

int world_result(void)
{
    printf("grants-%s: %u passed, %u failed, 0 skipped\n", IA64 ? "ia64" : "x86", passed, failed);
    return failed != 0;
}

void as_vcpu(enum who who, unsigned int nr)
{
    machine_run_as(machine_vcpu(world[who], nr));
}

domid_t domid_of(enum who who)
{
    return usual[who].id;
}

/* ---- entries --------------------------------------------------------------------- */

static void *table_frame(enum who who, bool status, unsigned int i)
{
    uint64_t mfn;

    if ( grant_frame(world[who], status, i, true, &mfn) )
    {
        CHECK(false, "frame %u of the table is not there", i);
        abort();
    }
    port_page_put(mfn);
    return port_page_address(mfn);
}

void *entry_at(enum who who, unsigned int version, grant_ref_t ref)
{
    size_t size = version == 2 ? sizeof(union grant_entry_v2) : sizeof(struct grant_entry_v1);
    unsigned int per_frame = (1u << world[who]->page_shift) / size;

    return (char *)table_frame(who, false, ref / per_frame) + ref % per_frame * size;
}

void entry_write(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, uint64_t frame)
{
    entry_write_part(who, ref, flags, to, frame, 0, 0);
}

void entry_write_part(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, uint64_t frame,
                      uint16_t offset, uint16_t length)
{
    void *at = entry_at(who, version_now[who], ref);

    if ( version_now[who] == 2 )
    {
        union grant_entry_v2 *v2 = at;

        v2->sub_page.frame = frame;
        v2->sub_page.page_off = offset;
        v2->sub_page.length = length;
        v2->hdr.domid = to;
        port_store_release(&v2->hdr.flags, flags);
    }
    else
    {
        struct grant_entry_v1 *v1 = at;

        v1->frame = frame;
        v1->domid = to;
        port_store_release(&v1->flags, flags);
    }
}

void entry_write_through(enum who who, grant_ref_t ref, uint16_t flags, domid_t to, domid_t by,
                         grant_ref_t gref)
{
    union grant_entry_v2 *v2 = entry_at(who, 2, ref);

    v2->transitive.trans_domid = by;
    v2->transitive.gref = gref;
    v2->hdr.domid = to;
    port_store_release(&v2->hdr.flags, (uint16_t)(flags | GTF_transitive));
}

uint16_t entry_flags(enum who who, grant_ref_t ref)
{
    return *(uint16_t *)entry_at(who, version_now[who], ref);
}

uint64_t entry_frame(enum who who, grant_ref_t ref)
{
    void *at = entry_at(who, version_now[who], ref);

    return version_now[who] == 2 ? ((union grant_entry_v2 *)at)->full_page.frame
                                 : ((struct grant_entry_v1 *)at)->frame;
}

uint16_t entry_use(enum who who, grant_ref_t ref)
{
    const unsigned int per_frame = (1u << world[who]->page_shift) / sizeof(grant_status_t);
    grant_status_t *status;

    if ( version_now[who] == 1 )
        return entry_flags(who, ref) & (GTF_reading | GTF_writing);
    status = table_frame(who, true, ref / per_frame);
    return status[ref % per_frame];
}

int set_version(enum who who, unsigned int version)
{
    struct gnttab_set_version op = { .version = version };
    int rc;

    as(who);
    rc = hc_grant_table_set_version(&op, 1);
    version_now[who] = op.version;
    return rc;
}

/* ---- pages ------------------------------------------------------------------------ */

uint64_t frame_of_gfn(enum who who, uint64_t gfn)
{
    return world[who]->is_pv ? p2m_gfn_to_mfn(world[who], gfn) : gfn;
}

void *page_at(enum who who, uint64_t gfn)
{
    return port_page_address(p2m_gfn_to_mfn(world[who], gfn));
}

struct counts counts_of_mfn(uint64_t mfn)
{
    struct counts counts;

    port_page_counts(mfn, &counts.references, &counts.writers);
    return counts;
}

struct counts counts_of(enum who who, uint64_t gfn)
{
    return counts_of_mfn(p2m_gfn_to_mfn(world[who], gfn));
}

uint64_t place(enum who who, unsigned int i)
{
    uint64_t gfn = GFN_HOLE + i;

    return world[who]->is_pv ? MACHINE_PV_BASE + (gfn << PAGE_SHIFT) : gfn << world[who]->page_shift;
}

/* ---- calls ------------------------------------------------------------------------- */

int map_one(enum who who, struct gnttab_map_grant_ref *op)
{
    struct gnttab_map_grant_ref arg = *op;

    as(who);
    CHECK_EQUAL(hc_grant_table_map_grant_ref(&arg, 1), 0);
    *op = arg;
    return arg.status;
}

int map_simple(enum who who, grant_ref_t ref, uint32_t flags, unsigned int at,
               grant_handle_t *handle)
{
    struct gnttab_map_grant_ref op = {
        .host_addr = place(who, at), .flags = flags, .ref = ref, .dom = domid_of(GRANTER),
    };
    int status = map_one(who, &op);

    *handle = op.handle;
    return status;
}

int unmap_one(enum who who, uint64_t host_addr, uint64_t dev_bus_addr, grant_handle_t handle)
{
    struct gnttab_unmap_grant_ref arg = {
        .host_addr = host_addr, .dev_bus_addr = dev_bus_addr, .handle = handle,
    };

    as(who);
    CHECK_EQUAL(hc_grant_table_unmap_grant_ref(&arg, 1), 0);
    return arg.status;
}
