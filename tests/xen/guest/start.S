/* SPDX-License-Identifier: MIT */
/*
 * Where Xen enters the PV guest, what Xen must know before (ELF notes), and the
 * two pages of hypercall slots: Xen's own, and ours that the stubs call.
 */
#include <xen/elfnote.h>

        .section .text.head, "ax"
        .global guest_entry
guest_entry:
        mov     $boot_stack_end, %rsp
        xor     %ebp, %ebp
        mov     %rsi, %rdi              /* start_info */
        call    guest_main
        ud2

        .macro  note type, descriptor:vararg
        .pushsection .note.Xen, "a", @note
        .balign 4
        .long   4, 2f - 1f, \type
        .asciz  "Xen"
1:      \descriptor
2:      .balign 4
        .popsection
        .endm

        note    XEN_ELFNOTE_GUEST_OS,       .asciz "stub test"
        note    XEN_ELFNOTE_GUEST_VERSION,  .asciz "1"
        note    XEN_ELFNOTE_XEN_VERSION,    .asciz "xen-3.0"
        note    XEN_ELFNOTE_LOADER,         .asciz "generic"
        note    XEN_ELFNOTE_PAE_MODE,       .asciz "yes"
        note    XEN_ELFNOTE_FEATURES,       .asciz ""
        note    XEN_ELFNOTE_VIRT_BASE,      .quad guest_start
        note    XEN_ELFNOTE_PADDR_OFFSET,   .quad 0
        note    XEN_ELFNOTE_ENTRY,          .quad guest_entry
        note    XEN_ELFNOTE_HYPERCALL_PAGE, .quad xen_page

        .text
        .balign 4096
        .global xen_page
xen_page:                               /* Xen writes the slots. */
        .skip   4096

/*
 * What the generated stubs call. Each slot goes on to Xen's, and then destroys
 * every register that a stub must not rely on. A Xen built for debugging does
 * that for the arguments in use; here it happens on every call of every test.
 */
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
        add     $xen_page, %rax
        call    *%rax
        .irp    register, rdi, rsi, rdx, r10, r8, rcx, r11
        mov     $0x6b6b6b6b6b6b6b6b, %\register
        .endr
        ret

/* long xen_call(unsigned int nr, a1, a2, a3, a4, a5): for what idl/ leaves out. */
        .global xen_call
xen_call:
        mov     %edi, %eax
        shl     $5, %eax
        add     $xen_page, %rax
        mov     %rsi, %rdi
        mov     %rdx, %rsi
        mov     %rcx, %rdx
        mov     %r8, %r10
        mov     %r9, %r8
        jmp     *%rax

        .bss
        .balign 4096
        .skip   16384
boot_stack_end:

        .section .note.GNU-stack, "", @progbits
