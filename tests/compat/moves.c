/* SPDX-License-Identifier: MIT */
/*
 * Structures of 32-bit callers there and back, on random bytes.
 *
 * The table of fields comes from the layout as a list of names; where they lie
 * is what the compiler says, and what Xen writes is out.list. Status 1 where
 * something is not so.
 */
#include <stdio.h>
#include <stdlib.h>

#include "hd-grant_table-compat.h"
#include "hd-memory-compat.h"

struct field {
    const char *name;
    size_t theirs, their_size, ours, our_size;
    int is_out;
};

struct subject {
    const char *name;
    size_t theirs, their_align, ours;
    void (*get)(void *to, const void *from);
    int (*put)(void *to, const void *from);
    const struct field *fields;
    size_t nr_fields;
};

#define SIZE_OF(type, field) sizeof(((type *)NULL)->field)
#define FIELD(tag, field, out)                                                 \
    { #field, offsetof(struct x86_32_##tag, field), SIZE_OF(struct x86_32_##tag, field), \
      offsetof(struct tag, field), SIZE_OF(struct tag, field), out }
#define SUBJECT(tag, get, put)                                                 \
    { #tag, sizeof(struct x86_32_##tag), _Alignof(struct x86_32_##tag), sizeof(struct tag), \
      get, put, tag##_fields, sizeof(tag##_fields) / sizeof(tag##_fields[0]) }

#include "moves-table.h"

enum { LARGEST = 256, ROUNDS = 2000 };

static int wrong;

static void bad(const struct subject *subject, const char *field, const char *what)
{
    printf("%s%s%s: %s\n", subject->name, field ? "." : "", field ? field : "", what);
    wrong = 1;
}

static void fill(unsigned char *bytes, size_t size)
{
    for ( size_t i = 0; i < size; i++ )
        bytes[i] = (unsigned char)(rand() >> 7);
}

/* Little endian, without a sign. */
static unsigned long long value(const unsigned char *at, size_t size)
{
    unsigned long long sum = 0;

    while ( size-- )
        sum = sum << 8 | at[size];
    return sum;
}

/* Wider arrays of bytes are compared as such. */
static int same(const unsigned char *a, size_t a_size, const unsigned char *b, size_t b_size)
{
    if ( a_size > 8 )
        return a_size == b_size && !memcmp(a, b, a_size);
    return value(a, a_size) == value(b, b_size);
}

/*
 * Exactly as large as they are, so that a byte too far is seen; and at a multiple of
 * no more than they need.
 */
struct images {
    unsigned char *their_block, *theirs, *read, *ours, *read_block;
};

static void check_get(const struct subject *subject, const struct images *images)
{
    unsigned char covered[LARGEST] = { 0 };

    memset(images->ours, 0xaa, subject->ours);
    subject->get(images->ours, images->theirs);
    for ( size_t i = 0; i < subject->nr_fields; i++ )
    {
        const struct field *field = &subject->fields[i];

        memset(covered + field->ours, 1, field->our_size);
        if ( !same(images->ours + field->ours, field->our_size,
                   images->theirs + field->theirs, field->their_size) )
            bad(subject, field->name, "is not what the caller said");
    }
    for ( size_t i = 0; i < subject->ours; i++ )
        if ( !covered[i] && images->ours[i] )
            bad(subject, NULL, "a byte that is no field's is not 0");
}

static void check_back(const struct subject *subject, const struct images *images)
{
    memcpy(images->read, images->theirs, subject->theirs);
    if ( subject->put(images->read, images->ours) )
        bad(subject, NULL, "what was read does not fit back");
    if ( memcmp(images->read, images->theirs, subject->theirs) )
        bad(subject, NULL, "there and back is not the same");
}

/* Random values that fit, in what Xen writes; anything in all else. */
static void fill_ours(const struct subject *subject, const struct images *images)
{
    fill(images->ours, subject->ours);
    for ( size_t i = 0; i < subject->nr_fields; i++ )
    {
        const struct field *field = &subject->fields[i];

        if ( field->is_out && field->our_size > field->their_size )
            memset(images->ours + field->ours + field->their_size, 0,
                   field->our_size - field->their_size);
    }
}

static void check_put(const struct subject *subject, const struct images *images)
{
    unsigned char written[LARGEST] = { 0 };
    int is_element = !subject->get;

    fill_ours(subject, images);
    memcpy(images->read, images->theirs, subject->theirs);
    if ( subject->put(images->read, images->ours) )
        bad(subject, NULL, "what fits is refused");
    for ( size_t i = 0; i < subject->nr_fields; i++ )
    {
        const struct field *field = &subject->fields[i];

        if ( !field->is_out )
            continue;
        memset(written + field->theirs, 1, field->their_size);
        if ( !same(images->ours + field->ours, field->our_size,
                   images->read + field->theirs, field->their_size) )
            bad(subject, field->name, "is not what Xen said");
    }
    for ( size_t i = 0; i < subject->theirs; i++ )
        if ( !written[i] && images->read[i] != (is_element ? 0 : images->theirs[i]) )
            bad(subject, NULL, "a byte that Xen does not write has changed");
}

/* What has one bit too many is refused; all bits there are, fit. */
static void check_range(const struct subject *subject, const struct images *images)
{
    for ( size_t i = 0; i < subject->nr_fields; i++ )
    {
        const struct field *field = &subject->fields[i];

        if ( !field->is_out || field->our_size == field->their_size )
            continue;
        for ( size_t bit = field->their_size * 8; bit < field->our_size * 8; bit++ )
        {
            fill_ours(subject, images);
            images->ours[field->ours + bit / 8] = (unsigned char)(1u << bit % 8);
            if ( subject->put(images->read, images->ours) != -ERANGE )
                bad(subject, field->name, "a value that does not fit is let through");
        }
        fill_ours(subject, images);
        memset(images->ours + field->ours, 0xff, field->their_size);
        if ( subject->put(images->read, images->ours) )
            bad(subject, field->name, "the largest value is refused");
    }
}

static void check(const struct subject *subject)
{
    struct images images;

    images.their_block = malloc(subject->their_align + subject->theirs);
    images.read_block = malloc(subject->their_align + subject->theirs);
    images.ours = malloc(subject->ours);
    images.theirs = images.their_block + subject->their_align;
    images.read = images.read_block + subject->their_align;
    for ( int round = 0; round < ROUNDS; round++ )
    {
        fill(images.theirs, subject->theirs);
        if ( subject->get )
            check_get(subject, &images);
        if ( subject->get && subject->put )
            check_back(subject, &images);
        if ( subject->put )
            check_put(subject, &images);
    }
    if ( subject->put )
        check_range(subject, &images);
    free(images.their_block);
    free(images.read_block);
    free(images.ours);
}

int main(void)
{
    size_t count = sizeof(subjects) / sizeof(subjects[0]);

    srand(1);
    for ( size_t i = 0; i < count && !wrong; i++ )
        check(&subjects[i]);
    printf("%zu structures\n", count);
    return wrong;
}
