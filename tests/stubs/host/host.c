/* SPDX-License-Identifier: MIT */
/*
 * Every stub of the host family: the function behind it gets the number and
 * the registers that the description says, and an entry holds the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "hc-grant_table.h"
#include "hc-memory.h"
#include "hc-physdev.h"
#include "hc-pmt.h"
#include "hc-xen.h"

#define RESULT (-38l)

static unsigned char buffer[4096];
static struct multicall_entry entry;

static const char *stub;
static unsigned int checks, failures, entries;

/* What the last call brought. */
static unsigned int seen_number, seen_calls;
static unsigned long seen[5];

unsigned long hc_host_call(unsigned int nr, unsigned long reg[5])
{
    seen_number = nr;
    seen_calls++;
    memcpy(seen, reg, sizeof(seen));
    memset(reg, 0x6b, 5 * sizeof(*reg));        /* as a hypervisor may */
    return (unsigned long)RESULT;
}

static void expect(const char *what, unsigned long got, unsigned long wanted)
{
    checks++;
    if ( got == wanted )
        return;
    failures++;
    printf("FAIL: %s, %s: 0x%lx, 0x%lx is expected\n", stub, what, got, wanted);
}

static void begin(const char *name)
{
    stub = name;
    seen_calls = 0;
    memset(buffer, 0, sizeof(buffer));
    memset(&entry, 0x55, sizeof(entry));
}

static void returned(long result)
{
    expect("result", (unsigned long)result, (unsigned long)RESULT);
    expect("calls", seen_calls, 1);
}

static unsigned int used;

static void called(unsigned int number, const unsigned long *registers, unsigned int count)
{
    unsigned int i;

    expect("number", seen_number, number);
    for ( i = 0; i < 5; i++ )
        expect("register", seen[i], i < count ? registers[i] : 0);
    used = count;
}

static void filled(void)
{
    unsigned int i;

    entries++;
    expect("calls", seen_calls, 1);
    expect("entry's number", entry.op, seen_number);
    for ( i = 0; i < used; i++ )
        expect("entry's argument", entry.args[i], seen[i]);
}

/* An entry cannot hold what takes entries. */
static void not_filled(void)
{
    expect("no filler, number", seen_number, __HYPERVISOR_multicall);
}

static void call_all(void)
{
#include "host-calls.h"
}

/* Whatever happens, an element that nobody reached says so. */
static void check_presets(void)
{
    struct pmt_translate elements[3];
    unsigned int way, i;

    for ( way = 0; way < 2; way++ )
    {
        begin(way ? "hc_multi_pmt_translate" : "hc_pmt_translate");
        for ( i = 0; i < 3; i++ )
            elements[i].status = PMTST_okay;
        if ( way )
            hc_multi_pmt_translate(&entry, elements, 2);
        else
            hc_pmt_translate(elements, 2);
        for ( i = 0; i < 3; i++ )
            expect("status", (unsigned long)elements[i].status,
                   (unsigned long)(i < 2 ? PMTST_not_done : PMTST_okay));
    }
}

int main(void)
{
    call_all();
    check_presets();
    printf("%u checks, %u entries, %u failures\n", checks, entries, failures);
    return failures != 0;
}
