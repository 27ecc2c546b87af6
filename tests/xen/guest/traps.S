/* SPDX-License-Identifier: MIT */
/*
 * Traps and events of a PV guest: save everything, call trap_handle() with a
 * struct trap_frame, return by the iret hypercall.
 */
#define __ASSEMBLY__
#include <xen/xen.h>

        .text

/* Xen pushed rcx, r11, perhaps an error code, then rip, cs, rflags, rsp, ss. */
        .macro  entry name, number, has_error
        .global \name
\name:
        mov     (%rsp), %rcx
        mov     8(%rsp), %r11
        add     $16, %rsp
        .if     !\has_error
        push    $0
        .endif
        push    $\number
        jmp     save_and_handle
        .endm

        entry   trap_divide, 0, 0
        entry   trap_debug, 1, 0
        entry   trap_breakpoint, 3, 0
        entry   trap_invalid_opcode, 6, 0
        entry   trap_protection, 13, 1
        entry   trap_page_fault, 14, 1
        entry   trap_event, 256, 0

        .global trap_failsafe
trap_failsafe:
        ud2

save_and_handle:
        .irp    register, rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15
        push    %\register
        .endr
        mov     %rsp, %rdi
        mov     %rsp, %rbp
        and     $-16, %rsp
        call    trap_handle
        mov     %rbp, %rsp
        .irp    register, r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax
        pop     %\register
        .endr
        add     $16, %rsp               /* Number and error code. */
        push    $0                      /* Flags: not from a system call. */
        jmp     xen_page + __HYPERVISOR_iret * 32

/*
 * int probe_read(const void *), int probe_write(void *, uint64_t): touch memory
 * that may not be there; 1 if that faulted. trap_handle() knows the two labels.
 */
        .global probe_read, probe_read_here, probe_write, probe_write_here, probe_faulted
probe_read:
probe_read_here:
        mov     (%rdi), %rax
        xor     %eax, %eax
        ret
probe_write:
probe_write_here:
        mov     %rsi, (%rdi)
        xor     %eax, %eax
        ret
probe_faulted:
        mov     $1, %eax
        ret

/* int probe_out(unsigned int port): a write of 0; 1 if that is not allowed. */
        .global probe_out, probe_out_here
probe_out:
        mov     %edi, %edx
        xor     %eax, %eax
probe_out_here:
        out     %al, %dx
        ret

        .section .note.GNU-stack, "", @progbits
