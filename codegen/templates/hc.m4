m4_divert(-1)
SPDX-License-Identifier: MIT

hc.h: how to enter the hypervisor. Each way in, and each register, is a row of
a table in idl/arch; there are three shapes of HC_CALL0() and so on: inline
assembly, a function that takes values, a function that takes an array.

m4_define(«h_file», «h_enter(«$1»)»)

m4_define(«h_enter», «/* SPDX-License-Identifier: MIT */
/*
 * Enter the hypervisor: HC_CALL0() to HC_CALL«»h_get(«$1», «most»)() take the number of a hypercall
 * and its arguments, and are what it returns, a long.
 *
 * Generated from idl/arch/ by "make"; edit that, not this.
 */
#ifndef HC_H
#define HC_H

h_each(«$1», «sections», «h_section»)h_if(«$1», «choice», «h_why(«register», «#else
#error "no way into the hypervisor is known for this architecture"
#endif
»)»)h_why(«register», «h_each(«$1», «macros», «h_print»)»)
#endif /* HC_H */
»)

# In a family of several the compiler says for which of them it compiles.
m4_define(«h_section», «h_is(«$1», «choice», «1», «h_why(«register», «#«»h_get(«$1», «word») h_get(«$1», «condition»)
»)»)h_pointers(«$1»)h_print(«$1»)»)

# A scheme for pointers other than addresses needs the caller to know about it.
m4_define(«h_pointers», «h_is(«$1», «pointers», «virtual», «», «h_why(«pointer», «
/*
 * These pass a pointer as it is. The functions of hc-*.h make h_get(«$1», «pointers») handles
 * of all pointers: link xc*.c, and what xc.h includes.
 */

»)»)»)

# ---- inline assembly ------------------------------------------------------------

m4_define(«h_register», «#define HC_ARG«»h_get(«$1», «index») "h_get(«$1», «text»)"
»)
m4_define(«h_section_inline», «h_why(«register», «
#define HC_RESULT "h_get(«$1», «result»)"
h_each(«$1», «arguments», «h_register»)»)h_why(«trap», «
h_each(«$1», «calls», «h_call»)h_if(«$1», «choice», «#endif
»)
»)»)

m4_define(«h_call», «h_is(«$1», «word», «else», «#else», «#«»h_get(«$1», «word») h_get(«$1», «when»)»)
h_above(«$1»)«»#define HC_ENTER "m4_patsubst(h_get(«$1», «enter»), «\$nr», «%c[number]»)"
#define HC_NUMBER(nr) h_if(«$1», «number», «"0"((unsigned long)(nr))», «[number] "i"(nr)»)
#define HC_CLOBBERS h_join(«$1», «clobbers», «h_quoted», «, »)
»)
m4_define(«h_quoted», «"h_get(«$1», «text»)"»)

m4_define(«h_variable», «        register unsigned long hc_a«»h_get(«$1», «index») __asm__(HC_ARG«»h_get(«$1», «index»)) = (unsigned long)(a«»h_get(«$1», «index»)); \
»)
m4_define(«h_changed», «, "+r"(hc_a«»h_get(«$1», «index»))»)
m4_define(«h_spoilt», «HC_ARG«»h_get(«$1», «index»), »)
m4_define(«h_more», «, a«»h_get(«$1», «index»)»)

# The hypervisor keeps in the registers of arguments what is left to do.
m4_define(«h_macro_inline», «
#define HC_CALL«»h_get(«$1», «count»)(number«»h_each(«$1», «given», «h_more»)) \
    __extension__({ \
        register unsigned long hc_result __asm__(HC_RESULT); \
h_each(«$1», «given», «h_variable») \
        __asm__ __volatile__(HC_ENTER \
            : "=r"(hc_result)«»h_each(«$1», «given», «h_changed») \
            : HC_NUMBER(number) \
            : h_each(«$1», «missing», «h_spoilt»)HC_CLOBBERS); \
        (long)hc_result; \
    })
»)

# ---- functions ------------------------------------------------------------------

m4_define(«h_section_function», «h_each(«$1», «calls», «h_function»)»)
m4_define(«h_function», «h_why(«trap», «h_above(«$1»)»)»)

m4_define(«h_value», «(unsigned long)(a«»h_get(«$1», «index»))»)
m4_define(«h_nothing», «0»)
m4_define(«h_values», «h_join(«$1», «given», «h_value», «, »)«»h_if(«$1», «given», «h_if(«$1», «missing», «, »)»)«»h_join(«$1», «missing», «h_nothing», «, »)»)

m4_define(«h_declared», «unsigned long a«»h_get(«$1», «index»), »)
m4_define(«h_macro_values», «h_is(«$1», «count», «0», «extern long h_get(«$1», «function»)(h_each(«$1», «missing», «h_declared»)unsigned long number);
»)
#define HC_CALL«»h_get(«$1», «count»)(number«»h_each(«$1», «given», «h_more»)) \
    h_get(«$1», «function»)(h_values(«$1»), number)
»)

m4_define(«h_macro_array», «h_is(«$1», «count», «0», «extern unsigned long h_get(«$1», «function»)(unsigned int nr, unsigned long reg[h_get(«$1», «most»)]);
»)
#define HC_CALL«»h_get(«$1», «count»)(number«»h_each(«$1», «given», «h_more»)) \
    __extension__({ \
        unsigned long hc_reg[h_get(«$1», «most»)] = { h_values(«$1») }; \
 \
        (long)h_get(«$1», «function»)(number, hc_reg); \
    })
»)
m4_divert(0)m4_dnl
