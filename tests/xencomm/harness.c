/* SPDX-License-Identifier: MIT */
/*
 * Every call of the host stubs in ia64's profile, with a hypervisor behind it
 * that reaches memory through xencomm handles and in no other way.
 *
 * It sees all bytes of all structures and buffers, and not one more; it writes
 * them; and whatever it answers, and wherever memory is lacking, the caller has
 * its own pointers back.
 */
#include "profile.h"

#include <errno.h>

#include "hc-memory.h"
#include "hc-pmt.h"
#include "hc-xen.h"
#include "caller.h"
#include "guest.h"

#define BUFFER_MAX   (1u << 17)

static unsigned int checks, failures;
static const struct call *call;         /* the one that is tried */
static const char *trying;

#define EXPECT(condition) expect(condition, #condition, __LINE__)

static void expect(bool holds, const char *text, int line)
{
    checks++;
    if ( holds )
        return;
    if ( failures++ < 20 )
        printf("FAIL: %s, %s, line %d: %s\n", call->name, trying, line, text);
}

/* ---- the hypervisor -------------------------------------------------------------------- */

static struct caller callers[2];
static unsigned int nr_callers, nr_served, nr_entered;
static long answer;

static void serve_buffer(const struct buffer *buffer, uint64_t handle)
{
    static unsigned char bytes[BUFFER_MAX];
    uint64_t page = UINT64_C(1) << guest_memory()->page_shift;
    uint64_t beyond = ((uintptr_t)buffer->at + buffer->bytes + page - 1) / page * page -
                      (uintptr_t)buffer->at;
    bool same = true;
    unsigned char byte;

    if ( !buffer->at )
    {
        EXPECT(xencomm_is_null(handle));
        return;
    }
    EXPECT(!xencomm_is_null(handle));
    EXPECT(buffer->bytes <= sizeof(bytes));
    EXPECT(!xencomm_copy(guest_memory(), handle, 0, bytes, buffer->bytes, false));
    for ( size_t i = 0; i < buffer->bytes; i++ )
    {
        same &= bytes[i] == byte_of(buffer->seed, i);
        bytes[i]++;
    }
    EXPECT(same);
    EXPECT(!xencomm_copy(guest_memory(), handle, 0, bytes, buffer->bytes, true));
    /* Not one page too many. */
    if ( !(handle >> 63) )
        EXPECT(xencomm_copy(guest_memory(), handle, buffer->bytes ? beyond : 0, &byte, 1,
                            false) == -EFAULT);
    /* It is used up, as by a call that is interrupted. */
    EXPECT(!xencomm_add_offset(guest_memory(), &handle, buffer->bytes));
}

/* A byte of an element is the hypervisor's to change, if it is no pointer. */
static bool is_in_pointer(const struct buffer *buffers, size_t offset)
{
    for ( unsigned int i = 0; i < MAX_POINTERS; i++ )
        if ( buffers[i].pointer && offset - buffers[i].pointer->offset < sizeof(uint64_t) )
            return true;
    return false;
}

static void serve_element(struct caller *caller, uint64_t handle, unsigned int i)
{
    size_t size = caller->call->size;
    unsigned char element[512];

    EXPECT(size <= sizeof(element) && (i + 1) * size <= sizeof(caller->after));
    EXPECT(!xencomm_copy(guest_memory(), handle, i * size, element, size, false));
    EXPECT(!memcmp(element, caller->array + i * size, size));
    for ( unsigned int j = 0; j < MAX_POINTERS; j++ )
        if ( caller->buffers[i][j].pointer )
            serve_buffer(&caller->buffers[i][j],
                         word_at(element, caller->buffers[i][j].pointer->offset));
    /* What was read is written back, pointers too, as Xen sometimes does. */
    for ( size_t j = 0; j < size; j++ )
        if ( !is_in_pointer(caller->buffers[i], j) )
            element[j] ^= 0x5a;
    EXPECT(!xencomm_copy(guest_memory(), handle, i * size, element, size, true));
    memcpy(caller->after + i * size, element, size);
}

static unsigned long serve(unsigned int nr, const unsigned long *reg)
{
    struct caller *caller = &callers[nr_served++];
    const struct call *of = caller->call;
    uint64_t handle;
    char four[4];

    EXPECT(nr_served <= nr_callers);
    EXPECT(nr == of->number);
    EXPECT(of->first < 0 || reg[0] == (unsigned long)of->first);
    EXPECT(of->count_at < 0 || reg[of->count_at] == caller->count);
    handle = reg[of->at];
    EXPECT(xencomm_is_null(handle) == !caller->array);
    for ( unsigned int i = 0; i < caller->elements; i++ )
        serve_element(caller, handle, i);
    if ( of->other_at >= 0 )
    {
        EXPECT(xencomm_is_null(reg[of->other_at]) == !caller->other);
        EXPECT(!caller->other ||
               (!xencomm_copy(guest_memory(), reg[of->other_at], 0, four, 4, false) &&
                !memcmp(four, "here", 4)));
    }
    EXPECT(!xencomm_add_offset(guest_memory(), &handle, caller->elements * of->size));
    /* There is nothing behind it. */
    EXPECT(of->size || xencomm_copy(guest_memory(), handle, 0, four, 1, false) == -EFAULT);
    return (unsigned long)answer;
}

static void serve_multicall(const unsigned long *reg)
{
    struct multicall_entry entry;

    EXPECT(reg[1] == nr_callers);
    for ( unsigned int i = 0; i < nr_callers; i++ )
    {
        EXPECT(!xencomm_copy(guest_memory(), reg[0], i * sizeof(entry), &entry, sizeof(entry),
                             false));
        entry.result = serve((unsigned int)entry.op, entry.args);
        memset(entry.args, 0x6b, sizeof(entry.args));   /* as a continuation may */
        EXPECT(!xencomm_copy(guest_memory(), reg[0], i * sizeof(entry), &entry, sizeof(entry),
                             true));
    }
}

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    nr_entered++;
    if ( nr == __HYPERVISOR_multicall )
        serve_multicall(reg);
    else
        serve(nr, reg);
    memset(reg, 0x6b, 5 * sizeof(*reg));
    return (unsigned long)answer;
}

/* ---- one call ----------------------------------------------------------------------------- */

static void begin(void)
{
    nr_callers = nr_served = nr_entered = 0;
}

static long make(struct caller *caller)
{
    nr_callers = 1;
    return caller->call->make(caller->array, caller->count, caller->other);
}

static void expect_served(const struct caller *caller)
{
    size_t bytes = caller->elements * caller->call->size;

    EXPECT(has_pointers(caller));
    EXPECT(has_buffers(caller, 1));
    for ( unsigned int i = 0; i < caller->elements; i++ )
        for ( unsigned int j = 0; j < MAX_POINTERS; j++ )
            if ( caller->buffers[i][j].pointer )
                set_word((unsigned char *)caller->after + i * caller->call->size,
                         caller->buffers[i][j].pointer->offset, caller->buffers[i][j].at);
    EXPECT(!memcmp(caller->array, caller->after, bytes));
    EXPECT(!guest_live);
}

static void expect_not_entered(const struct caller *caller, long result, long error)
{
    EXPECT(result == error);
    EXPECT(!nr_entered);
    EXPECT(has_pointers(caller));
    EXPECT(has_buffers(caller, 0));
    EXPECT(!guest_live);
}

static void try_placed(unsigned int shift, enum guest_order order, unsigned int count,
                       unsigned int n, bool null)
{
    static const long answers[] = { 0, -EFAULT, -ENOSYS, 7 };
    static unsigned int turn;
    unsigned int fails, hole;
    long result;

    trying = "as it should be";
    answer = answers[turn++ % 4];
    guest_reset(shift, order);
    set_caller(&callers[0], call, count, n, null);
    begin();
    EXPECT(make(&callers[0]) == answer);
    EXPECT(nr_entered == 1 && nr_served == 1);
    expect_served(&callers[0]);

    trying = "without memory";
    for ( fails = 0; fails < 100; fails++ )
    {
        guest_reset(shift, order);
        set_caller(&callers[0], call, count, n, null);
        begin();
        guest_fails = (int)fails;
        result = make(&callers[0]);
        if ( nr_entered )
            break;
        expect_not_entered(&callers[0], result, -ENOMEM);
    }
    EXPECT(fails < 100);

    trying = "with nothing behind a page";
    for ( hole = 0; hole < callers[0].elements * MAX_POINTERS; hole++ )
    {
        struct buffer *buffer;

        guest_reset(shift, order);
        set_caller(&callers[0], call, count, n, null);
        buffer = &callers[0].buffers[hole / MAX_POINTERS][hole % MAX_POINTERS];
        if ( !buffer->at || !buffer->bytes )
            continue;
        guest_put(buffer->at + buffer->bytes - 1, GUEST_NOTHING);
        begin();
        expect_not_entered(&callers[0], make(&callers[0]), -EFAULT);
    }
    if ( callers[0].elements )
    {
        guest_reset(shift, order);
        set_caller(&callers[0], call, count, n, null);
        guest_put(callers[0].array + callers[0].elements * call->size - 1, GUEST_NOTHING);
        begin();
        expect_not_entered(&callers[0], make(&callers[0]), -EFAULT);
    }
}

static void try_call(unsigned int shift, enum guest_order order, unsigned int count,
                     unsigned int n, bool null)
{
    for ( lies = 0; lies < NR_LIES; lies++ )
        try_placed(shift, order, count, n, null);
    lies = FIRST_UNIT_BEFORE;
}

static bool has_pointer(const struct call *of)
{
    for ( unsigned int i = 0; i < nr_pointers; i++ )
        if ( !strcmp(pointers[i].structure, of->structure) )
            return true;
    return of->other_at >= 0;
}

static void try_all(unsigned int shift, enum guest_order order)
{
    for ( call = calls; call < calls + nr_calls; call++ )
    {
        unsigned int count = call->form == ONE ? 1 : 5;

        try_call(shift, order, count, 3000, false);
        if ( call->form == MANY )
            try_call(shift, order, 1, 1, false);
        if ( !has_pointer(call) )
            continue;
        try_call(shift, order, count, 0, false);
        try_call(shift, order, count, 1, false);
        try_call(shift, order, count, 3000, true);
    }
}

/* NULL instead of the structure. */
static void try_null(unsigned int shift, enum guest_order order)
{
    trying = "with NULL";
    answer = -EFAULT;
    for ( call = calls; call < calls + nr_calls; call++ )
    {
        guest_reset(shift, order);
        begin();
        callers[0] = (struct caller){ .call = call, .count = call->form == ONE };
        EXPECT(make(&callers[0]) == answer);
        EXPECT(nr_entered == 1);
        EXPECT(!guest_live);
    }
}

/* What an op takes that nobody knows is not NULL, and no byte of it can be reached. */
static void try_unknown(unsigned int shift, enum guest_order order)
{
    static const struct call unknown = { .name = "an unknown op", .number = __HYPERVISOR_memory_op,
                                         .first = 63, .at = 1, .count_at = -1, .other_at = -1 };

    call = &unknown;
    trying = "with a pointer";
    guest_reset(shift, order);
    begin();
    callers[0] = (struct caller){ .call = call, .array = guest_object(8, 8) };
    nr_callers = 1;
    answer = -ENOSYS;
    EXPECT(hc_memory_op(63, callers[0].array) == -ENOSYS);
    EXPECT(nr_entered == 1);
    EXPECT(!guest_live);
}

/* Elements that the call never came to say so, when there is no call at all too. */
static void try_presets(unsigned int shift, enum guest_order order)
{
    static const struct call translate = { .name = "pmt_translate" };
    struct pmt_translate *s;

    call = &translate;
    trying = "with nothing behind its page";
    guest_reset(shift, order);
    begin();
    s = guest_object(2 * sizeof(*s), 2 * sizeof(*s));
    s[0].status = s[1].status = PMTST_okay;
    guest_put(s, GUEST_NOTHING);
    EXPECT(hc_pmt_translate(s, 2) == -EFAULT);
    EXPECT(!nr_entered);
    EXPECT(s[0].status == PMTST_not_done && s[1].status == PMTST_not_done);
}

/* ---- several in one ------------------------------------------------------------------------- */

static void fill(struct multicall_entry *entry, const struct caller *caller)
{
    const struct call *of = caller->call;

    memset(entry, 0, sizeof(*entry));
    entry->op = of->number;
    if ( of->first >= 0 )
        entry->args[0] = (unsigned long)of->first;
    entry->args[of->at] = (unsigned long)caller->array;
    if ( of->count_at >= 0 )
        entry->args[of->count_at] = caller->count;
    if ( of->other_at >= 0 )
        entry->args[of->other_at] = (unsigned long)caller->other;
}

static void try_multicall(unsigned int shift, enum guest_order order, const struct call *second,
                          int fails)
{
    const struct call *of[] = { call, second };
    struct multicall_entry *entries, before[2];
    long result;

    guest_reset(shift, order);
    begin();
    entries = guest_object(2 * sizeof(*entries), 8);
    for ( unsigned int i = 0; i < 2; i++ )
    {
        set_caller(&callers[i], of[i], of[i]->form == ONE ? 1 : 4, 700, false);
        fill(&entries[i], &callers[i]);
    }
    memcpy(before, entries, sizeof(before));
    nr_callers = 2;
    guest_fails = fails;
    result = hc_multicall(entries, 2);
    EXPECT(nr_entered == (fails < 0));
    EXPECT(result == (fails < 0 ? answer : -ENOMEM));
    for ( unsigned int i = 0; i < 2; i++ )
    {
        if ( fails < 0 )
            expect_served(&callers[i]);
        else
            expect_not_entered(&callers[i], result, -ENOMEM);
        EXPECT(entries[i].op == before[i].op);
        EXPECT(entries[i].args[of[i]->at] == before[i].args[of[i]->at]);
        EXPECT(of[i]->other_at < 0 ||
               entries[i].args[of[i]->other_at] == before[i].args[of[i]->other_at]);
        EXPECT(fails >= 0 || entries[i].result == (unsigned long)answer);
    }
}

static void try_multicalls(unsigned int shift, enum guest_order order)
{
    trying = "two calls in one";
    answer = -EINVAL;
    for ( call = calls; call < calls + nr_calls; call++ )
    {
        unsigned int needed;

        try_multicall(shift, order, &calls[(call - calls + 17) % nr_calls], -1);
        needed = guest_allocations;
        for ( unsigned int i = 0; i < needed; i++ )
            try_multicall(shift, order, &calls[(call - calls + 17) % nr_calls], (int)i);
    }
}

int main(void)
{
    static const unsigned int shifts[] = { 12, 14, 16 };

    for ( unsigned int i = 0; i < 3; i++ )
        for ( enum guest_order order = 0; order < NR_GUEST_ORDERS; order++ )
        {
            try_all(shifts[i], order);
            try_null(shifts[i], order);
            try_unknown(shifts[i], order);
            try_presets(shifts[i], order);
            try_multicalls(shifts[i], order);
        }
    guest_reset(12, GUEST_contiguous);
    printf("%u calls, %u checks, %u failures\n", nr_calls, checks, failures);
    return failures != 0;
}
