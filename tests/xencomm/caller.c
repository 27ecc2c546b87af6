/* SPDX-License-Identifier: MIT */
/* What a caller has: see caller.h. */
#include "profile.h"

#include "caller.h"
#include "guest.h"

enum lies lies;

unsigned char byte_of(unsigned char seed, size_t i)
{
    return (unsigned char)(seed + i * 5 + (i >> 8) * 11);
}

void set_word(unsigned char *element, size_t offset, const void *value)
{
    memcpy(element + offset, &value, sizeof(value));
}

uint64_t word_at(const unsigned char *element, size_t offset)
{
    uint64_t word;

    memcpy(&word, element + offset, sizeof(word));
    return word;
}

static void *object(size_t bytes, size_t unit)
{
    size_t word = bytes % 8 ? 1 : 8;
    char *at = guest_object(bytes, lies == FIRST_UNIT_BEFORE || bytes <= word ? unit
                                   : lies == LAST_WORD_BEHIND ? bytes - word : bytes);

    if ( lies == NOTHING_BEHIND && bytes > word )
        guest_put(at + bytes, GUEST_NOTHING);
    return at;
}

static void set_buffer(struct buffer *buffer, unsigned char *element, unsigned int element_number,
                       unsigned int n, bool null, unsigned char seed)
{
    const struct pointer *pointer = buffer->pointer;

    pointer->set(element, element_number, n);
    if ( !pointer->when(element_number) )
    {
        buffer->pointer = NULL;
        return;
    }
    buffer->bytes = pointer->count(element) * pointer->unit;
    buffer->seed = seed;
    buffer->at = null ? NULL : object(buffer->bytes, pointer->unit);
    for ( size_t i = 0; buffer->at && i < buffer->bytes; i++ )
        buffer->at[i] = byte_of(seed, i);
    set_word(element, pointer->offset, buffer->at);
}

void set_caller(struct caller *caller, const struct call *of, unsigned int count,
                       unsigned int n, bool null)
{
    memset(caller, 0, sizeof(*caller));
    caller->call = of;
    caller->count = count;
    caller->elements = of->form == MANY ? count : 1;
    caller->array = object(caller->elements * of->size, of->size / 2 & -8ul);
    for ( size_t i = 0; i < caller->elements * of->size; i++ )
        caller->array[i] = byte_of(3, i);
    for ( unsigned int i = 0; i < caller->elements; i++ )
        for ( unsigned int j = 0, nr = 0; j < nr_pointers; j++ )
            if ( !strcmp(pointers[j].structure, of->structure) )
            {
                caller->buffers[i][nr].pointer = &pointers[j];
                set_buffer(&caller->buffers[i][nr], caller->array + i * of->size, i, n, null,
                           (unsigned char)(17 * i + 59 * nr));
                nr++;
            }
    caller->other = of->other_at < 0 || null ? NULL : guest_object(sizeof(int), 2);
    if ( caller->other )
        memcpy(caller->other, "here", 4);
}

bool has_pointers(const struct caller *caller)
{
    bool has = true;

    for ( unsigned int i = 0; i < caller->elements; i++ )
        for ( unsigned int j = 0; j < MAX_POINTERS; j++ )
            if ( caller->buffers[i][j].pointer )
                has &= word_at(caller->array + i * caller->call->size,
                               caller->buffers[i][j].pointer->offset) ==
                       (uintptr_t)caller->buffers[i][j].at;
    return has;
}

bool has_buffers(const struct caller *caller, unsigned char plus)
{
    for ( unsigned int i = 0; i < caller->elements; i++ )
        for ( unsigned int j = 0; j < MAX_POINTERS; j++ )
        {
            const struct buffer *buffer = &caller->buffers[i][j];

            for ( size_t k = 0; buffer->at && k < buffer->bytes; k++ )
                if ( buffer->at[k] != (unsigned char)(byte_of(buffer->seed, k) + plus) )
                    return false;
        }
    return true;
}
