/* SPDX-License-Identifier: MIT */
/*
 * The calls of calls.c by hand, from the table of conventions: arguments in
 * rdi, rsi, rdx, r10, r8; the number chooses the slot of the page, or is in
 * eax.  A 32-bit move clears the upper half.
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
    mov $0x101, %edi
    ENTER(54)
    ret
FUNCTION(physdev):
    mov $-2, %rdi
    mov $0x102, %esi
    ENTER(33)
    ret
FUNCTION(memory):
    mov $6, %edi
    mov $0x102, %esi
    ENTER(12)
    ret
FUNCTION(grant_table):
    mov $6, %edi
    mov $0x102, %esi
    mov $0x80000003, %edx
    ENTER(20)
    ret
FUNCTION(page_tables):
    mov $0x101, %edi
    mov $0x102, %esi
    mov $0x103, %edx
    mov $0x104, %r10d
    ENTER(1)
    ret
FUNCTION(mapping):
    mov $0x101, %edi
    movabs $0x1122334455667788, %rsi
    mov $0x103, %edx
    ENTER(14)
    ret
FUNCTION(mapping_of_other):
    mov $0x101, %edi
    movabs $0x1122334455667788, %rsi
    mov $0x103, %edx
    mov $0x7ff0, %r10d
    ENTER(22)
    ret
FUNCTION(five):
    mov $0x101, %edi
    mov $0x102, %esi
    mov $0x103, %edx
    mov $0x104, %r10d
    mov $0x105, %r8d
    ENTER(53)
    ret
    .section .note.GNU-stack, "", @progbits
