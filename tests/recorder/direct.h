/* SPDX-License-Identifier: MIT */
/*
 * Included by port.h with PORT_DIRECT: guest memory without a simulation. Guest
 * addresses are host addresses below port_limit; nothing is logged, and nothing
 * checked but what Xen itself checks. For x86_64.
 */
#ifndef PORT_DIRECT_H
#define PORT_DIRECT_H

extern unsigned long port_limit;
extern volatile unsigned int port_pending;      /* what a processor has pending */

static inline bool port_direct_okay(unsigned long address, unsigned long count,
                                    unsigned long size)
{
    unsigned long end;

    return count < ~0UL / size && !__builtin_add_overflow(address, count * size, &end) &&
           end <= port_limit;
}

static inline __attribute__((always_inline)) unsigned long
port_direct_read(void *to, unsigned long from, unsigned long bytes, bool checked)
{
    if ( checked && unlikely(!port_direct_okay(from, bytes, 1)) )
        return bytes;
    memcpy(to, (const void *)from, bytes);
    return 0;
}

static inline __attribute__((always_inline)) unsigned long
port_direct_write(unsigned long to, const void *from, unsigned long bytes, bool checked)
{
    if ( checked && unlikely(!port_direct_okay(to, bytes, 1)) )
        return bytes;
    memcpy((void *)to, from, bytes);
    return 0;
}

/* One that the compiler cannot prove away behind a check: i, or 0 from n on. */
static inline unsigned long port_direct_nospec(unsigned long i, unsigned long n)
{
    unsigned long mask;

    __asm__ volatile ( "cmp %[n], %[i]; sbb %[mask], %[mask]"
                       : [mask] "=r" (mask) : [n] "g" (n), [i] "r" (i) : "cc" );
    return i & mask;
}

#define port_okay(address, count, size)      port_direct_okay(address, count, size)
#define port_read(to, from, bytes, checked)  port_direct_read(to, from, bytes, checked)
#define port_write(to, from, bytes, checked) port_direct_write(to, from, bytes, checked)
#define hypercall_preempt_check()            unlikely(port_pending != 0)
#define array_index_nospec(i, n)             port_direct_nospec(i, n)

#endif /* PORT_DIRECT_H */
