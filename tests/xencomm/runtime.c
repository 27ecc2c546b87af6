/* SPDX-License-Identifier: MIT */
/*
 * The guest's runtime against the hypervisor's reader: what one makes of a
 * buffer the other must find, byte by byte, wherever its pages are; and
 * descriptors that are wrong are refused.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "guest-impl/xencomm.h"
#include "guest.h"

static unsigned int checks, failures;
static const char *what;
static unsigned int shift;
static enum guest_order order;

#define EXPECT(condition) expect(condition, #condition, __LINE__)

static void expect(bool holds, const char *text, int line)
{
    checks++;
    if ( holds )
        return;
    if ( failures++ < 20 )
        printf("FAIL: line %d, %s, pages of 2^%u, order %d: %s\n", line, what, shift, order,
               text);
}

static unsigned char byte_of(size_t i)
{
    return (unsigned char)(i * 7 + (i >> 8) * 13 + 1);
}

static void fill(unsigned char *buffer, size_t bytes)
{
    for ( size_t i = 0; i < bytes; i++ )
        buffer[i] = byte_of(i);
}

static bool is_filled(const unsigned char *buffer, size_t bytes, unsigned char plus)
{
    for ( size_t i = 0; i < bytes; i++ )
        if ( buffer[i] != (unsigned char)(byte_of(i) + plus) )
            return false;
    return true;
}

/* ---- one buffer ------------------------------------------------------------------------ */

/* All bytes of a handle, in pieces, and from any offset; then others back. */
static void read_and_write(uint64_t handle, size_t bytes, size_t piece)
{
    static unsigned char copy[1 << 19];
    bool whole = true;

    memset(copy, 0, sizeof(copy));
    for ( size_t at = 0; at < bytes; at += piece )
        whole &= !xencomm_copy(guest_memory(), handle, at, copy + at,
                               at + piece < bytes ? piece : bytes - at, false);
    EXPECT(whole);
    EXPECT(is_filled(copy, bytes, 0));
    for ( size_t i = 0; i < bytes; i++ )
        copy[i]++;
    EXPECT(!xencomm_copy(guest_memory(), handle, 0, copy, bytes, true));
}

/* A descriptor ends where its buffer's last page does. */
static void read_beyond(uint64_t handle, const unsigned char *buffer, size_t bytes)
{
    uint64_t page = UINT64_C(1) << shift;
    uint64_t left = page - ((uintptr_t)(buffer + bytes) & (page - 1));
    unsigned char byte;

    if ( left == page )
        left = 0;
    if ( !(handle >> 63) )
        EXPECT(xencomm_copy(guest_memory(), handle, bytes + left, &byte, 1, false) == -EFAULT);
}

static void round_trip(size_t bytes, size_t before_page_end)
{
    unsigned char *buffer = guest_object(bytes, before_page_end);
    unsigned long word = (unsigned long)buffer, nr;
    struct xencomm xc;

    fill(buffer, bytes);
    xencomm_begin(&xc);
    nr = xencomm_handle(&xc, &word, bytes, 1);
    EXPECT(!xencomm_error(&xc));
    EXPECT(nr == bytes);
    EXPECT(word != (unsigned long)buffer);
    read_and_write(word, bytes, 1 + bytes / 3);
    read_beyond(word, buffer, bytes);
    EXPECT(is_filled(buffer, bytes, 1));
    xencomm_end(&xc);
    EXPECT(word == (unsigned long)buffer);
    EXPECT(!guest_live);
}

static void test_buffers(void)
{
    size_t page = (size_t)1 << shift;
    const size_t sizes[] = { 1, 7, 8, 9, 100, page - 1, page, page + 1, 2 * page, 3 * page,
                             3 * page + 1, 4 * page, 7 * page + 5 };
    const size_t places[] = { 1, 2, 8, 99, page - 1, page };

    what = "a buffer";
    for ( size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++ )
        for ( size_t j = 0; j < sizeof(places) / sizeof(places[0]); j++ )
        {
            guest_reset(shift, order);
            round_trip(sizes[i], places[j]);
        }
}

/* ---- which form ------------------------------------------------------------------------- */

static bool is_inline(unsigned long word)
{
    return word >> 63;
}

static unsigned long handle_of(struct xencomm *xc, void *buffer, size_t bytes)
{
    static unsigned long words[64];
    static unsigned int next;
    unsigned long *word = &words[next++ % 64];

    *word = (unsigned long)buffer;
    xencomm_handle(xc, word, bytes, 1);
    return *word;
}

static void test_forms(void)
{
    size_t page = (size_t)1 << shift;
    struct xencomm xc;
    unsigned char *three;

    what = "forms";
    guest_reset(shift, order);
    three = guest_object(3 * page, page);
    xencomm_begin(&xc);
    EXPECT(is_inline(handle_of(&xc, three, page)));
    EXPECT(is_inline(handle_of(&xc, three + page - 1, 1)));
    EXPECT(is_inline(handle_of(&xc, three, 3 * page)) == (order == GUEST_contiguous));
    EXPECT(is_inline(handle_of(&xc, three + page - 1, 2)) == (order == GUEST_contiguous));
    /* Pages that happen to follow each other, the last of three not. */
    guest_put(three, UINT64_C(1) << 40);
    guest_put(three + page, (UINT64_C(1) << 40) + 1);
    guest_put(three + 2 * page, (UINT64_C(1) << 40) + 3);
    EXPECT(is_inline(handle_of(&xc, three, 2 * page)));
    EXPECT(!is_inline(handle_of(&xc, three, 2 * page + 1)));
    xencomm_end(&xc);
    EXPECT(!guest_live);

    /* An address of 0 would be NULL. */
    guest_put(three, 0);
    fill(three, page);
    xencomm_begin(&xc);
    EXPECT(!is_inline(handle_of(&xc, three, page)));
    read_and_write(handle_of(&xc, three, page), page, page);
    EXPECT(is_inline(handle_of(&xc, three + 1, page - 1)));
    xencomm_end(&xc);
}

static void test_nothing(void)
{
    struct xencomm xc;
    unsigned long word = 0;
    unsigned char *buffer, byte = 0;

    what = "nothing";
    guest_reset(shift, order);
    buffer = guest_object(1, 1);
    xencomm_begin(&xc);
    EXPECT(!xencomm_handle(&xc, &word, 5, 8));
    EXPECT(!word);
    EXPECT(!xencomm_error(&xc));
    EXPECT(xencomm_is_null(word));
    /* Nothing of it can be reached, and it is not NULL; nobody asks where it is. */
    word = (unsigned long)buffer;
    guest_put(buffer, GUEST_NOTHING);
    EXPECT(!xencomm_handle(&xc, &word, 0, 8));
    EXPECT(!xencomm_error(&xc));
    EXPECT(!xencomm_is_null(word));
    EXPECT(xencomm_copy(guest_memory(), word, 0, &byte, 1, false) == -EFAULT);
    EXPECT(!xencomm_copy(guest_memory(), word, 0, &byte, 0, false));
    xencomm_end(&xc);
    EXPECT(word == (unsigned long)buffer);
}

/* ---- what cannot be done ----------------------------------------------------------------- */

static void refused(unsigned char *buffer, unsigned long count, unsigned long size, int error)
{
    unsigned long word = (unsigned long)buffer, other = word;
    struct xencomm xc;

    xencomm_begin(&xc);
    EXPECT(!xencomm_handle(&xc, &word, count, size));
    EXPECT(xencomm_error(&xc) == -error);
    EXPECT(word == (unsigned long)buffer);
    /* And nothing after it. */
    EXPECT(!xencomm_handle(&xc, &other, 0, 1));
    EXPECT(other == (unsigned long)buffer);
    EXPECT(xencomm_error(&xc) == -error);
    xencomm_end(&xc);
    EXPECT(!guest_live);
}

static void test_errors(void)
{
    size_t page = (size_t)1 << shift;
    unsigned char *buffer;

    what = "errors";
    for ( unsigned int hole = 0; hole < 5; hole++ )
    {
        guest_reset(shift, order);
        buffer = guest_object(5 * page, page);
        guest_put(buffer + hole * page, GUEST_NOTHING);
        refused(buffer, 5 * page, 1, EFAULT);
        /* Bits that no address has. */
        guest_put(buffer + hole * page, UINT64_C(1) << (59 - shift));
        refused(buffer, 5 * page, 1, EFAULT);
    }
    guest_reset(shift, order);
    buffer = guest_object(8, 4);
    refused(buffer, 1ul << 61, 8, EFAULT);                  /* 2^64 bytes are 0 */
    refused(buffer, (1ul << 61) + 1, 8, EFAULT);
    refused(buffer, ~0ul, 1, EFAULT);                       /* around the end */
    buffer = guest_object(5 * page, page);
    if ( order != GUEST_contiguous )
    {
        guest_fails = 0;
        refused(buffer, 5 * page, 1, ENOMEM);
    }
}

/* ---- many -------------------------------------------------------------------------------- */

#define MANY 200

/* More words than there is room for in the beginning; the same one twice is undone in turn. */
static void test_many(void)
{
    size_t page = (size_t)1 << shift;
    static unsigned long words[MANY];
    unsigned char *buffers[MANY];
    struct xencomm xc;
    int fails;

    what = "many";
    for ( fails = -1; ; fails++ )
    {
        int error;

        guest_reset(shift, order);
        guest_fails = fails;
        xencomm_begin(&xc);
        for ( unsigned int i = 0; i < MANY; i++ )
        {
            size_t bytes = i % 8 ? 64 : 4 * page;

            buffers[i] = i % 4 ? buffers[i - 1] + 16 : guest_object(bytes + 64, 8);
            words[i] = (unsigned long)buffers[i];
            if ( !(i % 4) )
                fill(buffers[i], bytes);
            xencomm_handle(&xc, &words[i], i % 4 ? 16 : bytes, 1);
        }
        error = xencomm_error(&xc);
        EXPECT(fails < 0 ? !error : !error || error == -ENOMEM);
        for ( unsigned int i = 0; !error && i < MANY; i += 8 )
            read_and_write(words[i], 4 * page, page);
        xencomm_end(&xc);
        for ( unsigned int i = 0; i < MANY; i++ )
            EXPECT(words[i] == (unsigned long)buffers[i]);
        EXPECT(!guest_live);
        if ( fails >= 0 && !error )
            break;
    }
    EXPECT(fails > MANY / 42);
}

/* ---- on the stack --------------------------------------------------------------------------- */

/* Wherever struct xencomm is, and if its two pages are not neighbours. */
static void test_minis(void)
{
    size_t page = (size_t)1 << shift;

    what = "descriptors on the stack";
    for ( size_t at = 8; at <= sizeof(struct xencomm) + 64; at += 8 )
    {
        struct xencomm *xc;
        unsigned long words[3];
        unsigned char *buffer;

        guest_reset(shift, order);
        xc = guest_object(sizeof(*xc), at);
        guest_put((char *)xc, UINT64_C(1) << 40);
        guest_put((char *)xc + page, UINT64_C(1) << 41);
        buffer = guest_object(3 * page, page);
        guest_put(buffer + page, UINT64_C(1) << 42);
        fill(buffer, 3 * page);
        xencomm_begin(xc);
        for ( unsigned int i = 0; i < 3; i++ )
        {
            words[i] = (unsigned long)buffer;
            xencomm_handle(xc, &words[i], 2 * page + i * (page / 2), 1);
            EXPECT(guest_allocations == (i < XENCOMM_MINIS ? 0 : 1));
            EXPECT(!is_inline(words[i]) && words[i] % 8 == 0);
        }
        read_and_write(words[0], 2 * page, page);
        fill(buffer, 3 * page);
        read_and_write(words[1], 2 * page + page / 2, page);
        fill(buffer, 3 * page);
        read_and_write(words[2], 3 * page, page);
        xencomm_end(xc);
        EXPECT(!guest_live);
    }
}

int main(void)
{
    static const unsigned int shifts[] = { 12, 14, 16 };

    for ( unsigned int i = 0; i < 3; i++ )
        for ( order = 0; order < NR_GUEST_ORDERS; order++ )
        {
            shift = shifts[i];
            test_buffers();
            test_forms();
            test_nothing();
            test_errors();
            test_many();
            test_minis();
        }
    guest_reset(12, GUEST_contiguous);
    printf("%u checks, %u failures\n", checks, failures);
    return failures != 0;
}
