/* SPDX-License-Identifier: MIT */
/*
 * The calls of calls.c by hand, from the table of conventions: arguments in
 * ebx, ecx, edx, esi, edi; the number chooses the slot of the page, or is in
 * eax.  64 bits take two registers, the low half first.
 */
#if defined(HC_VMMCALL)
#define ENTER(nr) mov $nr, %eax; vmmcall
#elif defined(HC_VMCALL)
#define ENTER(nr) mov $nr, %eax; vmcall
#else
#define ENTER(nr) call hypercall_page + 32 * nr
#endif

#define FUNCTION(name) .globl name; name

    .text
FUNCTION(none):
    ENTER(55)
    ret
FUNCTION(one):
    mov $0x101, %ebx
    ENTER(54)
    ret
FUNCTION(physdev):
    mov $-2, %ebx
    mov $0x102, %ecx
    ENTER(33)
    ret
FUNCTION(memory):
    mov $6, %ebx
    mov $0x102, %ecx
    ENTER(12)
    ret
FUNCTION(grant_table):
    mov $6, %ebx
    mov $0x102, %ecx
    mov $0x80000003, %edx
    ENTER(20)
    ret
FUNCTION(page_tables):
    mov $0x101, %ebx
    mov $0x102, %ecx
    mov $0x103, %edx
    mov $0x104, %esi
    ENTER(1)
    ret
FUNCTION(mapping):
    mov $0x101, %ebx
    mov $0x55667788, %ecx
    mov $0x11223344, %edx
    mov $0x103, %esi
    ENTER(14)
    ret
FUNCTION(mapping_of_other):
    mov $0x101, %ebx
    mov $0x55667788, %ecx
    mov $0x11223344, %edx
    mov $0x103, %esi
    mov $0x7ff0, %edi
    ENTER(22)
    ret
FUNCTION(five):
    mov $0x101, %ebx
    mov $0x102, %ecx
    mov $0x103, %edx
    mov $0x104, %esi
    mov $0x105, %edi
    ENTER(53)
    ret
    .section .note.GNU-stack, "", @progbits
