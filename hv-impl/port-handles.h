/* SPDX-License-Identifier: MIT */
/*
 * Guest memory under Xen's names. Included by port.h with what it is made of:
 * port_okay(), port_read(), port_write() for plain guest addresses, or with
 * PORT_XENCOMM their like for xencomm handles, where bytes are counted from.
 */
#ifndef PORT_HANDLES_H
#define PORT_HANDLES_H

#ifdef PORT_XENCOMM
#define port_handle(h)           ((unsigned long)(h).p)
#define port_offset(i, ptr)      ((unsigned long)(i) * sizeof(*(ptr)))
#define port_get(ptr, h, from, bytes, checked) port_read_handle(ptr, port_handle(h), from, bytes)
#define port_put(h, to, ptr, bytes, checked)   port_write_handle(port_handle(h), to, ptr, bytes)
#define guest_handle_is_null(h)  port_handle_is_null(port_handle(h))
/* What it says may be wrong: the first copy tells. */
#define guest_handle_okay(h, n)  ((void)(h).p, (void)(n), true)
#define guest_handle_subrange_okay(h, first, last) ((void)(h).p, (void)(first), (void)(last), true)
#define guest_handle_add_offset(h, n)                                          \
    ((h).p = (void *)port_handle_add(port_handle(h), port_offset(n, (h).p)))
#else
/* Where element i, as large as *ptr, is. Integers: guest addresses may wrap. */
#define port_at(h, i, ptr) ((unsigned long)(h).p + (unsigned long)(i) * sizeof(*(ptr)))
#define port_offset(i, ptr)      ((unsigned long)(i) * sizeof(*(ptr)))
#define port_get(ptr, h, from, bytes, checked)                                 \
    port_read(ptr, (unsigned long)(h).p + (from), bytes, checked)
#define port_put(h, to, ptr, bytes, checked)                                   \
    port_write((unsigned long)(h).p + (to), ptr, bytes, checked)
#define guest_handle_is_null(h)  ((h).p == NULL)
#define guest_handle_okay(h, n)  port_okay(port_at(h, 0, (h).p), n, sizeof(*(h).p))
#define guest_handle_subrange_okay(h, first, last)                             \
    port_okay(port_at(h, first, (h).p), (last) - (first) + 1UL, sizeof(*(h).p))
#define guest_handle_add_offset(h, n) ((h).p = (void *)port_at(h, n, (h).p))
#endif

#define hd_compat_okay(address, n, size) port_okay(address, n, size)
#define guest_handle_cast(h, type)     ((XEN_GUEST_HANDLE_PARAM(type)){ (void *)(h).p })
#define guest_handle_from_ptr(p, type) ((XEN_GUEST_HANDLE_PARAM(type)){ (type *)(p) })

/* The comparison is for the compiler: handle and buffer are about the same type. */
#define port_from(ptr, h, i, n, checked)                                       \
    ((void)((h).p == (ptr)),                                                   \
     port_get(ptr, h, port_offset(i, ptr), sizeof(*(ptr)) * (unsigned long)(n), checked))
#define port_to(h, i, ptr, n, checked)                                         \
    ((void)((h).p == (ptr)),                                                   \
     port_put(h, port_offset(i, ptr), ptr, sizeof(*(ptr)) * (unsigned long)(n), checked))

#define copy_from_guest_offset(ptr, h, i, n)   port_from(ptr, h, i, n, true)
#define copy_from_guest(ptr, h, n)             port_from(ptr, h, 0, n, true)
#define copy_to_guest_offset(h, i, ptr, n)     port_to(h, i, ptr, n, true)
#define copy_to_guest(h, ptr, n)               port_to(h, 0, ptr, n, true)
#define __copy_from_guest_offset(ptr, h, i, n) port_from(ptr, h, i, n, false)
#define __copy_from_guest(ptr, h, n)           port_from(ptr, h, 0, n, false)
#define __copy_to_guest_offset(h, i, ptr, n)   port_to(h, i, ptr, n, false)
#define __copy_to_guest(h, ptr, n)             port_to(h, 0, ptr, n, false)

/* Bytes offset and up of element i. */
#define hd_copy_part_to_guest_offset(h, i, ptr, offset, bytes)                 \
    ((void)((h).p == (ptr)),                                                   \
     port_put(h, port_offset(i, ptr) + (offset), (const char *)(ptr) + (offset), bytes, false))
#define hd_copy_field_to_guest_offset(h, i, ptr, field)                        \
    hd_copy_part_to_guest_offset(h, i, ptr,                                    \
        (unsigned long)((const char *)&(ptr)->field - (const char *)(ptr)), sizeof((ptr)->field))

#endif /* PORT_HANDLES_H */
