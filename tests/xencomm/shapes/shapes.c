/* SPDX-License-Identifier: MIT */
/*
 * Pointers wherever a description may have one: under tags, in arrays, behind
 * pointers, with counts that are sums. Each is a handle during the call if it is
 * one then, and its own number otherwise; after the call all are what they were.
 */
#include "../profile.h"

#include <errno.h>

#include "../guest.h"
#include "hc-shapes.h"

#define MAX_WORDS 64

static unsigned int checks, failures, entered;
static const char *trying;

#define EXPECT(condition) expect(condition, #condition, __LINE__)

static void expect(bool holds, const char *text, int line)
{
    checks++;
    if ( holds )
        return;
    if ( failures++ < 20 )
        printf("FAIL: %s, line %d: %s\n", trying, line, text);
}

/* ---- words of which something is expected ------------------------------------------------ */

static struct word {
    const void *at;
    uint64_t was;
    size_t bytes;               /* behind the handle */
    bool is_pointer;
    unsigned char seed;
} words[MAX_WORDS];
static unsigned int nr_words;

static uint64_t value_of(const void *at)
{
    uint64_t value;

    memcpy(&value, at, sizeof(value));
    return value;
}

static struct word *note(const void *at, size_t count, bool is_pointer)
{
    struct word *word = &words[nr_words++];

    *word = (struct word){ .at = at, .was = value_of(at), .bytes = count * sizeof(uint64_t),
                           .is_pointer = is_pointer, .seed = (unsigned char)(nr_words * 29) };
    return word;
}

/* A list of so many, in its place. */
static void list(void *at, size_t count)
{
    size_t bytes = count * sizeof(uint64_t);
    unsigned char *buffer = guest_object(bytes, 8);
    struct word *word;

    memcpy(at, &buffer, sizeof(buffer));
    word = note(at, count, true);
    for ( size_t i = 0; i < bytes; i++ )
        buffer[i] = (unsigned char)(word->seed + i * 3);
}

static void number(void *at)
{
    uint64_t value = 0x1122334455667788 + nr_words;

    memcpy(at, &value, sizeof(value));
    note(at, 0, false);
}

static void list_or_number(void *at, size_t count, bool is_list)
{
    if ( is_list )
        list(at, count);
    else
        number(at);
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    uint64_t page = UINT64_C(1) << guest_memory()->page_shift;
    unsigned char byte;

    entered++;
    EXPECT(nr == __HYPERVISOR_shapes_op);
    EXPECT(!xencomm_copy(guest_memory(), reg[1], 0, &byte, 1, false));
    for ( struct word *word = words; word < words + nr_words; word++ )
    {
        uint64_t now = value_of(word->at);
        bool same = true;

        EXPECT((now == word->was) == !word->is_pointer);
        for ( size_t i = 0; word->is_pointer && i < word->bytes; i++ )
            same &= !xencomm_copy(guest_memory(), now, i, &byte, 1, false) &&
                    (!word->seed || byte == (unsigned char)(word->seed + i * 3));
        EXPECT(same);
        EXPECT(!word->is_pointer || now >> 63 ||
               xencomm_copy(guest_memory(), now, word->bytes + page, &byte, 1, false) == -EFAULT);
    }
    return (unsigned long)-ENOSYS;
}

/* ---- the ops ----------------------------------------------------------------------------- */

static void set_by_enum(struct shape_by_enum *s, unsigned int i)
{
    *s = (struct shape_by_enum){ .kind = i % 4 + 3, .n = 3 * i + 1 };
    list_or_number(&s->u, s->n, s->kind == SHAPE_list || s->kind == SHAPE_other);
}

static void set_by_otherwise(struct shape_by_otherwise *s, unsigned int i)
{
    *s = (struct shape_by_otherwise){ .kind = i % 4 + 3, .n = 3 * i + 1 };
    list_or_number(&s->u, s->n, s->kind != SHAPE_number && s->kind != SHAPE_other);
}

static void set_by_bit(struct shape_by_bit *s, unsigned int i)
{
    *s = (struct shape_by_bit){ .flags = i, .n = 700 };
    list_or_number(&s->u, s->n, i & 4);
}

static void set_by_part(struct shape_by_part *s, unsigned int i)
{
    *s = (struct shape_by_part){ .flags = (i % 2 ? 1 : 5) << 4 | (i & 2) << 1 | 0xff83, .n = 600 };
    if ( i == 7 )
        s->flags = 0x7f << 7;
    list_or_number(&s->u, s->n, (s->flags >> 4 & 7) == 5);
    list_or_number(&s->v, s->n, (s->flags >> 4 & 7) == 1 && (s->flags & 4));
}

static void set_by_name(struct shape_by_name *s, unsigned int i)
{
    *s = (struct shape_by_name){ .sides = i, .n = 513 };
    list_or_number(&s->left, s->n, i & 1);
    list_or_number(&s->right, s->n, i & 2);
}

static void set_in_arrays(struct shape_in_arrays *s, unsigned int i)
{
    memset(s, 0, sizeof(*s));
    for ( unsigned int j = 0; j < 2; j++ )
    {
        s->parts[j].n = 300 * j + i;
        list(&s->parts[j].list, s->parts[j].n);
    }
    for ( unsigned int j = 0; j < 3; j++ )
    {
        s->rows[j].m = 500 + j;
        for ( unsigned int k = 0; k < 2; k++ )
            list(&s->rows[j].cells[k].list, s->rows[j].m);
    }
}

static void set_to_structures(struct shape_to_structures *s, unsigned int i)
{
    struct shape_part *parts = guest_object(3 * sizeof(*parts), 24);

    memset(s, 0, sizeof(*s));
    s->nr = i % 4;
    for ( unsigned int j = 0; j < 3; j++ )
    {
        parts[j] = (struct shape_part){ .n = 400 + j };
        list_or_number(&parts[j].list, parts[j].n, j < s->nr && i != 5);
    }
    if ( i == 5 )
        parts = NULL;
    memcpy(&s->parts, &parts, sizeof(parts));
    /* What is there are structures, and they change. */
    note(&s->parts, 2 * s->nr, parts != NULL)->seed = 0;
}

static void set_by_expression(struct shape_by_expression *s, unsigned int i)
{
    memset(s, 0, sizeof(*s));
    s->a = 100 * i;
    s->b = i + 5;
    list(&s->sum, (s->a + s->b) * 2 - 1);
    list(&s->shifted, 1ul << s->b);
    list(&s->fixed, 3);
    list(&s->one, 1);
}

/* ---- each with all that can happen ---------------------------------------------------------- */

static void after(long result, long wanted)
{
    bool same = true;

    EXPECT(result == wanted);
    for ( struct word *word = words; word < words + nr_words; word++ )
        same &= value_of(word->at) == word->was;
    EXPECT(same);
    EXPECT(!guest_live);
    EXPECT(entered == (wanted == -ENOSYS));
}

#define ELEMENTS 4
#define TRY(op)                                                                             \
    do {                                                                                    \
        trying = #op;                                                                       \
        for ( unsigned int i = 0; i < 8; i++ )                                              \
            for ( int fails = -1; ; fails++ )                                               \
            {                                                                               \
                struct shape_##op *s;                                                       \
                long result;                                                                \
                                                                                            \
                guest_reset(shift, order);                                                  \
                nr_words = entered = 0;                                                     \
                s = guest_object(ELEMENTS * sizeof(*s), sizeof(*s));                        \
                for ( unsigned int j = 0; j < ELEMENTS; j++ )                               \
                    set_##op(&s[j], (i + j) % 8);                                           \
                guest_fails = fails;                                                        \
                result = hc_shapes_##op(s, ELEMENTS);                                       \
                after(result, fails < 0 || entered ? -ENOSYS : -ENOMEM);                    \
                if ( fails >= 0 && entered )                                                \
                    break;                                                                  \
            }                                                                               \
    } while ( 0 )

int main(void)
{
    static const unsigned int shifts[] = { 12, 14, 16 };

    for ( unsigned int k = 0; k < 3; k++ )
        for ( enum guest_order order = 0; order < NR_GUEST_ORDERS; order++ )
        {
            unsigned int shift = shifts[k];

            TRY(by_enum);
            TRY(by_otherwise);
            TRY(by_bit);
            TRY(by_part);
            TRY(by_name);
            TRY(in_arrays);
            TRY(to_structures);
            TRY(by_expression);
        }
    guest_reset(12, GUEST_contiguous);
    printf("%u checks, %u failures\n", checks, failures);
    return failures != 0;
}
