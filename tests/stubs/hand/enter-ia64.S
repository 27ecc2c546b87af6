/* SPDX-License-Identifier: MIT */
/*
 * The way in by hand, from the table of conventions: arguments in r32 to r36,
 * where the caller's out registers are without an alloc; the number behind
 * them, moved to r2.  break.m, since a break.b would leave 0 in cr.iim.
 */
    .text
    .align  32
    .global hc_ia64_enter
    .proc   hc_ia64_enter
    .regstk 6, 0, 0, 0
hc_ia64_enter:
    mov     r2 = r37
    ;;
    break.m 0x1000
    ;;
    br.ret.sptk.many b0
    ;;
    .endp   hc_ia64_enter
