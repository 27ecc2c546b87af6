/* SPDX-License-Identifier: MIT */
/*
 * A page that stands for the one Xen fills.  Each slot notes what it was
 * given, changes memory, and destroys all registers that a hypercall may:
 * those of arguments, used or not, and with 64 bits rcx and r11, and the flags.
 */
    .globl hypercall_page, poison_seen, poison_number, poison_calls, poison_result

    .bss
    .balign 8
poison_seen:
    .skip 5 * 8
poison_number:
    .skip 8
poison_calls:
    .skip 8
poison_result:
    .skip 8

    .text
    .balign 4096
hypercall_page:
    .set number, 0
    .rept 128
    .balign 32
    mov $number, %eax
    jmp poison
    .set number, number + 1
    .endr
    .balign 32

#ifdef __x86_64__
    .set garbage, 0x6b6b6b6b6b6b6b6b
poison:
    mov %rdi, poison_seen(%rip)
    mov %rsi, poison_seen + 8(%rip)
    mov %rdx, poison_seen + 16(%rip)
    mov %r10, poison_seen + 24(%rip)
    mov %r8, poison_seen + 32(%rip)
    mov %rax, poison_number(%rip)
    incl poison_calls(%rip)
    movabs $garbage, %rdi
    mov %rdi, %rsi
    mov %rdi, %rdx
    mov %rdi, %r10
    mov %rdi, %r8
    mov %rdi, %rcx
    mov %rdi, %r11
    mov poison_result(%rip), %rax
    cmp %rdi, %rsp
    ret
#else
    .set garbage, 0x6b6b6b6b
poison:
    mov %ebx, poison_seen
    mov %ecx, poison_seen + 4
    mov %edx, poison_seen + 8
    mov %esi, poison_seen + 12
    mov %edi, poison_seen + 16
    mov %eax, poison_number
    incl poison_calls
    mov $garbage, %ebx
    mov %ebx, %ecx
    mov %ebx, %edx
    mov %ebx, %esi
    mov %ebx, %edi
    mov poison_result, %eax
    cmp %ebx, %esp
    ret
#endif
    .section .note.GNU-stack, "", @progbits
