/* SPDX-License-Identifier: MIT */
/* Text out, and the ways to end: the machine, or this domain. */
#include <stdarg.h>

#include "guest.h"

#include <xen/sched.h>

#define EXIT_PORT 0xf4                  /* isa-debug-exit of QEMU */

static char line[512];
static unsigned int used;

/* Another domain has no console: dom0 prints this page for it. */
char console_log[PAGE_SIZE] __attribute__((aligned(4096)));
static unsigned int logged;

static void flush(void)
{
    if ( is_dom0() )
        xen_call(__HYPERVISOR_console_io, CONSOLEIO_write, used, line);
    else if ( logged + used < sizeof(console_log) )
    {
        memcpy(console_log + logged, line, used);
        logged += used;
    }
    used = 0;
}

static void put(char c)
{
    line[used++] = c;
    if ( c == '\n' || used == sizeof(line) )
        flush();
}

static void put_string(const char *text)
{
    while ( *text )
        put(*text++);
}

static void put_number(unsigned long number, unsigned int base)
{
    char digits[20];
    unsigned int n = 0;

    do
        digits[n++] = "0123456789abcdef"[number % base];
    while ( number /= base );
    while ( n )
        put(digits[--n]);
}

static void put_signed(long number)
{
    if ( number < 0 )
        put('-');
    put_number(number < 0 ? -(unsigned long)number : (unsigned long)number, 10);
}

/* %s text, %ld signed, %lu unsigned, %lx hexadecimal. */
void print(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    for ( ; *format; format++ )
    {
        if ( *format != '%' )
        {
            put(*format);
            continue;
        }
        if ( *++format == 's' )
        {
            put_string(va_arg(list, const char *));
            continue;
        }
        switch ( *++format )
        {
        case 'd': put_signed(va_arg(list, long)); break;
        case 'u': put_number(va_arg(list, unsigned long), 10); break;
        case 'x': put_number(va_arg(list, unsigned long), 16); break;
        }
    }
    va_end(list);
}

/* QEMU leaves with status 2 * code + 1. Whatever is wrong with the stubs, this works. */
void machine_exit(unsigned int code)
{
    struct physdev_set_iopl iopl = { .iopl = 1 };

    xen_call(__HYPERVISOR_physdev_op, PHYSDEVOP_set_iopl, &iopl);
    for ( ; ; )
        asm volatile("outb %b0, %w1" :: "a"(code), "Nd"(EXIT_PORT));
}

void domain_shutdown(unsigned int reason)
{
    struct sched_shutdown shutdown = { .reason = reason };

    for ( ; ; )
        xen_call(__HYPERVISOR_sched_op, SCHEDOP_shutdown, &shutdown);
}

void domain_yield(void)
{
    xen_call(__HYPERVISOR_sched_op, SCHEDOP_yield, NULL);
}

void must_be(const char *step, long got, long expected)
{
    if ( got == expected )
        return;
    print("STOP %s: %ld, not %ld\n", step, got, expected);
    if ( is_dom0() )
        machine_exit(1);
    domain_shutdown(SHUTDOWN_crash);
}
