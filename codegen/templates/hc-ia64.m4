m4_divert(-1)
SPDX-License-Identifier: MIT

The function that enters the hypervisor on ia64. It is a function because the
hypervisor takes its arguments from the stacked registers, and an alloc would
move them.

m4_define(«h_file», «/* SPDX-License-Identifier: MIT */
/*
 * Enter the hypervisor. The arguments stay where the caller has put them; the
 * number is behind them.
 *
 * Generated from idl/arch/h_get(«$1», «source») by "make"; edit that, not this.
 */
h_each(«$1», «calls», «h_call»)»)

m4_define(«h_call», «	.text
	.align	32
	.global	h_get(«$1», «function»)
	.proc	h_get(«$1», «function»)
	.regstk	m4_incr(h_get(«$1», «nr_arguments»)), 0, 0, 0
h_get(«$1», «function»):
	mov	h_get(«$1», «number») = in«»h_get(«$1», «nr_arguments»)
	;;
	h_get(«$1», «enter»)
	;;
	br.ret.sptk.many rp
	;;
	.endp	h_get(«$1», «function»)
»)
m4_divert(0)m4_dnl
