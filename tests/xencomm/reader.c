/* SPDX-License-Identifier: MIT */
/*
 * The hypervisor's reader against descriptors that are written here by hand,
 * right and wrong ones: nothing of the guest's runtime makes them.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "guest.h"

#define SHIFT 12
#define PAGE  ((uint64_t)1 << SHIFT)
#define MAGIC 0x58434f4du
#define NONE  UINT64_MAX

static unsigned int checks, failures;

#define EXPECT(condition) expect(condition, #condition, __LINE__)

static void expect(bool holds, const char *text, int line)
{
    checks++;
    if ( holds )
        return;
    failures++;
    printf("FAIL: line %d: %s\n", line, text);
}

/* Three pages of data far from each other, and two for a descriptor, at frames of ours. */
static unsigned char *data;
static unsigned char *place;

#define DATA_FRAME(i) ((UINT64_C(1) << 40) + 16 * (uint64_t)(i))
#define PLACE_FRAME(i) ((UINT64_C(1) << 39) + (uint64_t)(i))
#define DATA(i, offset) (DATA_FRAME(i) << SHIFT | (offset))

static void begin(void)
{
    guest_reset(SHIFT, GUEST_scattered);
    data = guest_object(3 * PAGE, PAGE);
    place = guest_object(2 * PAGE, PAGE);
    for ( size_t i = 0; i < 3 * PAGE; i++ )
        data[i] = (unsigned char)(i % 251);
    for ( unsigned int i = 0; i < 3; i++ )
        guest_put(data + i * PAGE, DATA_FRAME(i));
    for ( unsigned int i = 0; i < 2; i++ )
        guest_put(place + i * PAGE, PLACE_FRAME(i));
}

/* A descriptor at some offset of place; its handle. */
static uint64_t describe(size_t offset, uint32_t magic, uint32_t nr, const uint64_t *addresses)
{
    memcpy(place + offset, &magic, sizeof(magic));
    memcpy(place + offset + 4, &nr, sizeof(nr));
    memcpy(place + offset + 8, addresses, nr * sizeof(*addresses));
    return (PLACE_FRAME(0) << SHIFT) + offset;
}

static int read_at(uint64_t handle, uint64_t offset, unsigned char *buffer, size_t length)
{
    memset(buffer, 0xee, length);
    return xencomm_copy(guest_memory(), handle, offset, buffer, length, false);
}

/* So many bytes are right, and no more. */
static bool shows(uint64_t handle, const unsigned char *wanted, size_t length)
{
    static unsigned char buffer[4 * PAGE];

    return !read_at(handle, 0, buffer, length) && !memcmp(buffer, wanted, length) &&
           read_at(handle, 0, buffer, length + 1) == -EFAULT &&
           !memcmp(buffer, wanted, length) && buffer[length] == 0xee;
}

/* ---- headers -------------------------------------------------------------------------- */

static void test_headers(void)
{
    const uint64_t address[] = { DATA(0, 100), DATA(1, 0) };
    unsigned char buffer[8];
    uint64_t handle;

    begin();
    handle = describe(64, MAGIC, 2, address);
    EXPECT(shows(handle, data + 100, 2 * PAGE - 100));
    EXPECT(!read_at(handle, 0, buffer, 8));
    EXPECT(!read_at(handle, 0, buffer, 0));
    /* Another magic, or the right one the other way round. */
    EXPECT(read_at(describe(64, MAGIC + 1, 2, address), 0, buffer, 8) == -EFAULT);
    EXPECT(read_at(describe(64, 0x4d4f4358, 2, address), 0, buffer, 8) == -EFAULT);
    EXPECT(read_at(describe(64, 0, 2, address), 0, buffer, 8) == -EFAULT);
    /* Nobody is behind this frame. */
    EXPECT(read_at(UINT64_C(1) << 58, 0, buffer, 8) == -EFAULT);
    for ( size_t by = 1; by < 8; by++ )
        EXPECT(read_at(describe(64 + by, MAGIC, 2, address), 0, buffer, 8) == -EFAULT);
    EXPECT(!read_at(describe(72, MAGIC, 2, address), 0, buffer, 8));
    /* A header that ends with its page, and one that crosses the end. */
    EXPECT(!read_at(describe(PAGE - 8, MAGIC, 2, address), 0, buffer, 8));
    EXPECT(read_at(describe(PAGE - 4, MAGIC, 2, address), 0, buffer, 8) == -EFAULT);
}

/* The addresses go on in the next page, wherever that is. */
static void test_addresses_across_pages(void)
{
    const uint64_t address[] = { DATA(2, 1), DATA(0, 0), DATA(1, 7) };
    static unsigned char wanted[3 * PAGE];
    uint64_t handle;

    memset(wanted, 0, sizeof(wanted));
    for ( size_t before = 8; before <= 40; before += 8 )
    {
        begin();
        memcpy(wanted, data + 2 * PAGE + 1, PAGE - 1);
        memcpy(wanted + PAGE - 1, data, PAGE);
        memcpy(wanted + 2 * PAGE - 1, data + PAGE + 7, PAGE - 7);
        handle = describe(PAGE - before, MAGIC, 3, address);
        EXPECT(shows(handle, wanted, 3 * PAGE - 8));
        /* That page is contiguous with the first, or not there. */
        guest_put(place + PAGE, GUEST_NOTHING);
        if ( before < 32 )
            EXPECT(read_at(handle, 2 * PAGE - 1, wanted, 1) == -EFAULT);
        else
            EXPECT(!read_at(handle, 2 * PAGE - 1, wanted, 1));
    }
}

static void test_holes(void)
{
    const uint64_t address[] = { NONE, DATA(1, 4000), NONE, NONE, DATA(0, 0), NONE };
    static unsigned char wanted[PAGE + 96];
    unsigned char byte = 0;
    uint64_t handle;

    begin();
    memcpy(wanted, data + PAGE + 4000, 96);
    memcpy(wanted + 96, data, PAGE);
    handle = describe(0, MAGIC, 6, address);
    EXPECT(shows(handle, wanted, sizeof(wanted)));
    EXPECT(read_at(describe(0, MAGIC, 1, address), 0, &byte, 1) == -EFAULT);
    EXPECT(read_at(describe(0, MAGIC, 0, address), 0, &byte, 1) == -EFAULT);
    /* A page that is not there is no hole. */
    guest_put(data, GUEST_NOTHING);
    EXPECT(read_at(describe(0, MAGIC, 6, address), 95, wanted, 2) == -EFAULT);
}

static void test_writes(void)
{
    const uint64_t address[] = { DATA(0, PAGE - 2), DATA(1, 0) };
    unsigned char four[] = { 1, 2, 3, 4 };
    uint64_t handle;

    begin();
    handle = describe(0, MAGIC, 2, address);
    EXPECT(!xencomm_copy(guest_memory(), handle, 1, four, 2, true));
    EXPECT(data[PAGE - 2] == (PAGE - 2) % 251 && data[PAGE - 1] == 1 && data[PAGE] == 2 &&
           data[PAGE + 1] == (PAGE + 1) % 251);
    EXPECT(xencomm_copy(guest_memory(), handle, PAGE, four, 4, true) == -EFAULT);
    EXPECT(data[2 * PAGE - 2] == 1 && data[2 * PAGE - 1] == 2);
}

/* ---- offsets ---------------------------------------------------------------------------- */

/* Moved in steps, it shows what is left; what is used up is ~0 in the guest's memory. */
static void test_add_offset(void)
{
    static const size_t steps[] = { 1, 95, 96, 97, 1000, PAGE, PAGE + 95, PAGE + 96 };
    const uint64_t address[] = { DATA(1, 4000), NONE, DATA(0, 0), DATA(2, 0) };
    static unsigned char wanted[2 * PAGE + 96];
    uint64_t now[4];

    for ( size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++ )
    {
        uint64_t handle, same;

        begin();
        memcpy(wanted, data + PAGE + 4000, 96);
        memcpy(wanted + 96, data, PAGE);
        memcpy(wanted + 96 + PAGE, data + 2 * PAGE, PAGE);
        handle = same = describe(PAGE - 16, MAGIC, 4, address);
        EXPECT(!xencomm_add_offset(guest_memory(), &handle, steps[i]));
        EXPECT(handle == same);
        EXPECT(shows(handle, wanted + steps[i], sizeof(wanted) - steps[i]));
        memcpy(now, place + PAGE - 8, sizeof(now));
        EXPECT(now[0] == (steps[i] < 96 ? DATA(1, 4000) + steps[i] : NONE));
        EXPECT(now[1] == NONE);
        EXPECT(now[2] == (steps[i] <= 96 ? DATA(0, 0)
                          : steps[i] < PAGE + 96 ? DATA(0, steps[i] - 96) : NONE));
        EXPECT(now[3] == DATA(2, 0));
        EXPECT(!xencomm_add_offset(guest_memory(), &handle, sizeof(wanted) - steps[i]));
        EXPECT(shows(handle, wanted, 0));
        EXPECT(xencomm_add_offset(guest_memory(), &handle, 1) == -EFAULT);
        EXPECT(!xencomm_add_offset(guest_memory(), &handle, 0));
    }
}

static void test_add_offset_elsewhere(void)
{
    const uint64_t address[] = { DATA(0, 0) };
    uint64_t handle = 0;
    unsigned char byte = 0;

    begin();
    EXPECT(!xencomm_add_offset(guest_memory(), &handle, 0) && !handle);
    EXPECT(xencomm_add_offset(guest_memory(), &handle, 1) == -EFAULT);
    handle = UINT64_C(1) << 63 | DATA(1, 5);
    EXPECT(!xencomm_add_offset(guest_memory(), &handle, 10));
    EXPECT(!read_at(handle, 0, &byte, 1) && byte == data[PAGE + 15]);
    handle = describe(0, MAGIC + 1, 1, address);
    EXPECT(xencomm_add_offset(guest_memory(), &handle, 1) == -EFAULT);
    handle = describe(4, MAGIC, 1, address);
    EXPECT(xencomm_add_offset(guest_memory(), &handle, 1) == -EFAULT);
}

/* ---- inline ------------------------------------------------------------------------------- */

static void test_inline(void)
{
    unsigned char buffer[16];

    begin();
    guest_put(data + PAGE, DATA_FRAME(0) + 1);
    EXPECT(!read_at(UINT64_C(1) << 63 | DATA(0, PAGE - 8), 0, buffer, 16));
    EXPECT(!memcmp(buffer, data + PAGE - 8, 16));
    EXPECT(!read_at(UINT64_C(1) << 63 | DATA(0, PAGE - 9), 1, buffer, 16));
    EXPECT(!memcmp(buffer, data + PAGE - 8, 16));
    guest_put(data + PAGE, DATA_FRAME(1));
    EXPECT(read_at(UINT64_C(1) << 63 | DATA(0, PAGE - 8), 0, buffer, 9) == -EFAULT);
    EXPECT(!memcmp(buffer, data + PAGE - 8, 8));
    /* NULL, in both forms. */
    guest_put(data, 0);
    EXPECT(read_at(0, 0, buffer, 1) == -EFAULT);
    EXPECT(read_at(UINT64_C(1) << 63, 0, buffer, 1) == -EFAULT);
    EXPECT(!read_at(UINT64_C(1) << 63 | 1, 0, buffer, 1) && buffer[0] == data[1]);
    EXPECT(!read_at(0, 0, buffer, 0));
    /* Any of the bits below the flag: it is an address of a descriptor, and none. */
    for ( unsigned int bit = 59; bit < 63; bit++ )
    {
        guest_put(data, UINT64_C(1) << (bit - SHIFT));
        EXPECT(read_at(UINT64_C(1) << 63 | UINT64_C(1) << bit | 8, 0, buffer, 1) == -EFAULT);
    }
}

int main(void)
{
    test_headers();
    test_addresses_across_pages();
    test_holes();
    test_writes();
    test_add_offset();
    test_add_offset_elsewhere();
    test_inline();
    guest_reset(SHIFT, GUEST_contiguous);
    printf("%u checks, %u failures\n", checks, failures);
    return failures != 0;
}
