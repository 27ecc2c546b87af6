/* SPDX-License-Identifier: MIT */
/*
 * What the interfaces do not have, and the generator can: arrays of structures
 * that differ, signed numbers, a union whose tag has values. See odd.idl.
 */
#include <stdio.h>
#include <stdlib.h>

#include "hd-memory-compat.h"

static int wrong;

#define expect(x) ((x) ? (void)0 : (void)(printf("line %d: not so: %s\n", __LINE__, #x), wrong = 1))

static struct x86_32_xen_odd theirs, back;
static struct xen_odd ours;

static void fill(void *at, size_t size)
{
    for ( unsigned char *byte = at; size--; )
        *byte++ = (unsigned char)(rand() >> 7);
}

static void get(uint16_t kind)
{
    fill(&theirs, sizeof(theirs));
    theirs.kind = kind;
    memset(&ours, 0xaa, sizeof(ours));
    x86_32_get_xen_odd(&ours, &theirs);
}

static void check_arrays(void)
{
    get(XEN_ODD_none);
    expect(!memcmp(ours.bytes, theirs.bytes, 3) && !memcmp(ours.same, theirs.same, 8));
    for ( int i = 0; i < 3; i++ )
        expect(ours.rows[i].key == theirs.rows[i].key &&
               ours.rows[i].value == theirs.rows[i].value &&
               ours.rows[i].flag == theirs.rows[i].flag);
    expect(ours.words[0] == theirs.words[0] && ours.words[1] == theirs.words[1]);
    expect(ours.balance == theirs.balance && ours.tail == theirs.tail);
}

/* The member that the tag picks, and no byte of another. */
static void check_union(void)
{
    get(XEN_ODD_frame);
    expect(ours.u.frame == theirs.u.frame && !ours.u.pair.second);
    for ( uint16_t kind = XEN_ODD_pair; kind <= XEN_ODD_many; kind += 2 )
    {
        get(kind);
        expect(ours.u.pair.first == theirs.u.pair.first);
        expect(ours.u.pair.second == theirs.u.pair.second);
    }
    get(XEN_ODD_list);
    expect((unsigned long)ours.u.list.p == theirs.u.list && !ours.u.pair.second);
    get(77);
    expect(ours.u.rest == theirs.u.rest && ours.u.frame == theirs.u.rest);
}

static int put(uint16_t kind)
{
    ours.kind = kind;
    memcpy(&back, &theirs, sizeof(back));
    return x86_32_put_xen_odd(&back, &ours);
}

static void check_back(void)
{
    for ( uint16_t kind = XEN_ODD_none; kind <= XEN_ODD_many + 1; kind++ )
    {
        get(kind);
        expect(!put(kind) && !memcmp(&back, &theirs, sizeof(back)));
        fill(&ours.u, sizeof(ours.u));
        ours.u.frame &= kind == XEN_ODD_list ? ~0UL : 0xffffffff;
        ours.bytes[0]++;
        ours.tail++;
        expect(!put(kind) && back.bytes[0] == theirs.bytes[0] && back.tail == theirs.tail);
        /* Of the union comes back what the tag picks, and of a handle nothing. */
        if ( kind == XEN_ODD_list )
            expect(!memcmp(&back.u, &theirs.u, sizeof(back.u)));
        else
            expect(back.u.frame == ours.u.rest &&
                   back.u.pair.second == theirs.u.pair.second);
    }
}

static void check_range(void)
{
    get(XEN_ODD_none);
    ours.balance = -1;
    ours.rows[2].value = INT32_MIN;
    expect(!put(XEN_ODD_none) && back.balance == -1 && back.rows[2].value == INT32_MIN);
    ours.rows[2].value = (long)INT32_MIN - 1;
    expect(put(XEN_ODD_none) == -ERANGE);
    ours.rows[2].value = 0;
    ours.balance = 0x80000000;
    expect(put(XEN_ODD_none) == -ERANGE);
    ours.balance = 0;
    ours.words[1] = 0x100000000;
    expect(put(XEN_ODD_none) == -ERANGE);
    ours.words[1] = 0;
    ours.u.frame = 0x100000000;
    expect(put(XEN_ODD_frame) == -ERANGE && put(XEN_ODD_pair) == -ERANGE);
    expect(!put(XEN_ODD_none) && !put(XEN_ODD_list));
}

int main(void)
{
    srand(1);
    check_arrays();
    check_union();
    check_back();
    check_range();
    return wrong;
}
