/* SPDX-License-Identifier: MIT */
/*
 * The payload's first instructions, in both widths: a stack, for 64 bits paging
 * and long mode, Xen's hypercall page, and then payload_main().
 */
#include "pvh.h"

#define XEN_LEAVES 0x40000000
#define XEN_SIGNATURE 0x566e6558        /* "XenV" */

#define CR0_PAGING 0x80000000
#define CR4_PAE 0x20
#define MSR_EFER 0xc0000080
#define EFER_LONG_MODE 0x100
#define PRESENT_WRITABLE 3
#define LARGE_PAGE 0x80

        .section .text.head, "ax"
        .code32
        .global payload_start
payload_start:
        jmp     start
        .org    payload_start + PVH_HEADER
        .long   PVH_MAGIC, expectations_first, expectations_end

start:
        mov     $stack_end, %esp
        xor     %ebp, %ebp

        /* Xen says which register takes the address of the hypercall page. */
        mov     $XEN_LEAVES, %eax
        cpuid
        cmp     $XEN_SIGNATURE, %ebx
        jne     lost
        mov     $XEN_LEAVES + 2, %eax
        cpuid
        mov     %ebx, %ecx
        mov     $xen_page, %eax
        xor     %edx, %edx
        wrmsr

#ifdef __x86_64__
        /* The first GiB at its own addresses, in pages of 2 MiB. */
        mov     $directory, %edi
        mov     $PRESENT_WRITABLE | LARGE_PAGE, %eax
        mov     $512, %ecx
1:      mov     %eax, (%edi)
        add     $0x200000, %eax
        add     $8, %edi
        loop    1b
        movl    $directory + PRESENT_WRITABLE, pointers
        movl    $pointers + PRESENT_WRITABLE, root

        mov     %cr4, %eax
        or      $CR4_PAE, %eax
        mov     %eax, %cr4
        mov     $root, %eax
        mov     %eax, %cr3
        mov     $MSR_EFER, %ecx
        rdmsr
        or      $EFER_LONG_MODE, %eax
        wrmsr
        mov     %cr0, %eax
        or      $CR0_PAGING, %eax
        mov     %eax, %cr0
        lgdt    descriptors_at
        ljmp    $8, $in_long_mode

        .code64
in_long_mode:
        mov     $16, %eax
        mov     %eax, %ds
        mov     %eax, %es
        mov     %eax, %ss
        mov     $stack_end, %rsp
#endif
        call    payload_main
lost:
        ud2

#ifdef __x86_64__
        .section .rodata
        .balign 8
descriptors:
        .quad   0
        .quad   0x00af9b000000ffff      /* Code, 64 bits. */
        .quad   0x00cf93000000ffff      /* Data. */
descriptors_at:
        .word   descriptors_at - descriptors - 1
        .long   descriptors

        .bss
        .balign 4096
root:   .skip   4096
pointers:
        .skip   4096
directory:
        .skip   4096
#endif

/* As in the PV guest: the page that the stubs call poisons what it may. */
        .text
        .balign 4096
        .global hypercall_page
hypercall_page:
        .set    number, 0
        .rept   64
        .balign 32
        mov     $number * 32, %eax
        jmp     call_and_poison
        .set    number, number + 1
        .endr

call_and_poison:
#ifdef __x86_64__
        add     $xen_page, %rax
        call    *%rax
        .irp    register, rdi, rsi, rdx, r10, r8, rcx, r11
        mov     $0x6b6b6b6b6b6b6b6b, %\register
        .endr
#else
        add     $xen_page, %eax
        call    *%eax
        .irp    register, ebx, ecx, edx, esi, edi
        mov     $0x6b6b6b6b, %\register
        .endr
#endif
        ret

        .bss
        .balign 4096
xen_page:
        .skip   4096
        .skip   16384
stack_end:

        .section .note.GNU-stack, "", @progbits
