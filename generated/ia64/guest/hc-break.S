/* SPDX-License-Identifier: MIT */
/*
 * Enter the hypervisor. The arguments stay where the caller has put them; the
 * number is behind them.
 *
 * Generated from idl/arch/ia64.yaml by "make"; edit that, not this.
 */
	.text
	.align	32
	.global	hc_ia64_enter
	.proc	hc_ia64_enter
	.regstk	6, 0, 0, 0
hc_ia64_enter:
	mov	r2 = in5
	;;
	break.m 0x1000
	;;
	br.ret.sptk.many rp
	;;
	.endp	hc_ia64_enter
