m4_divert(-1)
SPDX-License-Identifier: MIT

Marshalling for pointers that are xencomm handles: xc-NAME.c of an interface,
and xc.h and xc.c, which know all of them.

m4_define(«h_file», «h_print(«$1»)»)

m4_define(«h_made», « * Generated from idl/ by "make"; edit that, not this.
 */»)
m4_define(«h_include», «#include <xen/h_get(«$1», «header»)>
»)

# ---- the lists of all calls ------------------------------------------------------

m4_define(«h_declaration», «void xc_«»h_get(«$1», «call»)(struct xencomm *xc, unsigned long reg[]);
»)
m4_define(«h_declarations», «/* SPDX-License-Identifier: MIT */
/*
 * Handles for the pointers of a hypercall: those among its arguments, and those
 * in the structures that they point at. xencomm.h says what becomes of them.
 *
 * The functions of hc-*.h do this by themselves. Entries of a multicall hold plain
 * pointers, which hc_multicall() turns; each structure stands in one entry only.
 *
h_made()
#ifndef XC_H
#define XC_H

#include "xencomm.h"

h_each(«$1», «items», «h_print»)
/* The same by number. What is not among these calls is left as it is. */
void xc_call(struct xencomm *xc, unsigned long number, unsigned long reg[]);

#endif /* XC_H */
»)

m4_define(«h_call», «    case h_get(«$1», «number»):
        xc_«»h_get(«$1», «call»)(xc, reg);
        break;
»)
m4_define(«h_calls», «/* SPDX-License-Identifier: MIT */
/*
 * The marshalling of a hypercall by its number, for calls within a call.
 *
h_made()
h_each(«$1», «includes», «h_include»)
#include "xc.h"

void xc_call(struct xencomm *xc, unsigned long number, unsigned long reg[])
{
    switch ( number )
    {
h_statements(«$1», «items»)    default:
        break;
    }
}
»)

# ---- one interface ---------------------------------------------------------------

m4_define(«h_marshalling», «/* SPDX-License-Identifier: MIT */
/*
 * The calls of hc-h_get(«$1», «name»).h that have pointers: each becomes a handle for as
 * long as the call takes, also in structures, and is put back.
 *
 * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
 */
#include <xen/h_get(«$1», «header»)>

#include "hc-h_get(«$1», «name»).h"
#include "xc.h"
h_each(«$1», «items», «h_print»)»)

m4_define(«h_type», «h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») h_if(«$1», «pointer», «*»)»)
m4_define(«h_unit_type», «h_type(«$1»)»)

# ---- numbers ---------------------------------------------------------------------

m4_define(«h_text», «h_wide(«$1»)h_get(«$1», «text»)»)
m4_define(«h_wide», «h_if(«$1», «is_first», «(unsigned long)»)»)
m4_define(«h_member», «h_wide(«$1»)s->h_get(«$1», «text»)»)
m4_define(«h_argument», «h_if(«$1», «is_word», «», «(h_type(«$1»))»)reg[h_get(«$1», «index»)]»)
m4_define(«h_bits_of», «(sizeof(h_get(«$1», «text»)) * 8)»)
m4_define(«h_operand», «h_is(«$1», «kind», «binary», «(h_binary(«$1»))», «h_print(«$1»)»)»)
m4_define(«h_binary», «h_each(«$1», «left», «h_operand») h_get(«$1», «operator») h_each(«$1», «right», «h_operand»)»)
m4_define(«h_bits», «h_if(«$1», «mask», «((h_each(«$1», «left», «h_operand») >> h_get(«$1», «low»)) & h_get(«$1», «mask»))», «(h_each(«$1», «left», «h_operand») >> h_get(«$1», «low»))»)»)
m4_define(«h_number», «h_if(«$1», «at_most_one», «h_print(«$1») != 0», «h_print(«$1»)»)»)
m4_define(«h_count», «h_each(«$1», «count», «h_number»)»)

# ---- steps -----------------------------------------------------------------------

m4_define(«h_word», «h_if(«$1», «is_argument», «&reg[h_get(«$1», «path»)]», «&s->h_get(«$1», «path»)»)»)
m4_define(«h_size», «h_if(«$1», «unit», «sizeof(h_each(«$1», «unit», «h_unit_type»))», «1»)»)

# A pointer to what has no pointers in it; and to what has.
m4_define(«h_handle», «h_if(«$1», «function», «    xencomm_elements(xc, h_word(«$1»), h_count(«$1»), h_size(«$1»), h_get(«$1», «function»));
», «    xencomm_handle(xc, h_word(«$1»), h_count(«$1»), h_size(«$1»));
»)»)
m4_define(«h_nested», «    h_get(«$1», «function»)(xc, &s->h_get(«$1», «path»));
»)
m4_define(«h_loop», «    {
        unsigned long h_get(«$1», «variable»);

        for ( h_get(«$1», «variable») = 0; h_get(«$1», «variable») < h_count(«$1»); h_get(«$1», «variable»)++ )
        {
h_each(«$1», «steps», «h_print»)        }
    }
»)

# A member of a union.
m4_define(«h_shifted», «h_is(«$1», «low», «0», «s->h_get(«$1», «path»)», «(s->h_get(«$1», «path») >> h_get(«$1», «low»))»)»)
m4_define(«h_test», «h_if(«$1», «mask», «(h_shifted(«$1») & h_get(«$1», «mask»))», «s->h_get(«$1», «path»)») == h_get(«$1», «text»)»)
m4_define(«h_all», «h_if(«$1», «several», «(h_join(«$1», «tests», «h_test», « && »))», «h_join(«$1», «tests», «h_test», « && »)»)»)
m4_define(«h_any», «h_join(«$1», «any», «h_all», « || »)»)
m4_define(«h_arm», «h_if(«$1», «tests», «    if ( h_if(«$1», «negated», «!(h_any(«$1»))», «h_any(«$1»)») )
    {
h_each(«$1», «steps», «h_print»)    }
», «h_each(«$1», «steps», «h_print»)»)»)

# ---- functions -------------------------------------------------------------------

# Between statements a condition has no free line above it.
m4_define(«h_statements», «m4_pushdef(«h_if_item», m4_defn(«h_if_between»))h_each(«$1», «$2», «h_print»)m4_popdef(«h_if_item»)»)
m4_define(«h_if_between», «h_each(«$1», «condition», «h_open»)
»)

m4_define(«h_structure», «
static void h_get(«$1», «name»)(struct xencomm *xc, void *element)
{
    h_type(«$1»)*s = element;

h_if(«$1», «entry_number», «    xc_call(xc, s->h_get(«$1», «entry_number»), s->h_get(«$1», «entry_arguments»));
»)h_statements(«$1», «steps»)}
»)

m4_define(«h_label», «    case h_get(«$1», «text»):
»)
m4_define(«h_case», «h_each(«$1», «labels», «h_label»)h_each(«$1», «steps», «h_print»)        break;
»)
m4_define(«h_switch», «h_if(«$1», «command», «    switch ( h_each(«$1», «command», «h_argument»)h_if(«$1», «mask», « & h_get(«$1», «mask»)») )
    {
h_statements(«$1», «cases»)    default:
h_if(«$1», «unknown», «        /* Whatever it points at, nobody looks. */
h_each(«$1», «unknown», «h_print»)»)        break;
    }
»)»)

m4_define(«h_result», «h_type(«$1»)»)
m4_define(«h_parameter», «h_type(«$1»)h_get(«$1», «name»)»)
m4_define(«h_first», «$1»)
m4_define(«h_way», «h_first(m4_indir(«$1.ways»))»)
m4_define(«h_slot», «h_is(«$1», «kind», «address», «(unsigned long)»)h_get(«$1», «text»)»)
m4_define(«h_given», «reg[h_get(«$1», «index»)]»)
m4_define(«h_slots», «h_join(h_way(«$1»), «slots», «$2», «, »)»)

m4_define(«h_hypercall», «
void xc_«»h_get(«$1», «call»)(struct xencomm *xc, unsigned long reg[])
{
h_each(«$1», «steps», «h_print»)h_switch(«$1»)}

h_each(«$1», «result», «h_result»)h_get(«$1», «name»)(h_join(«$1», «parameters», «h_parameter», «, »))
{
    unsigned long reg[] = { h_slots(«$1», «h_slot») };
    struct xencomm xc;
    h_each(«$1», «result», «h_result»)rc;

    xencomm_begin(&xc);
    xc_«»h_get(«$1», «call»)(&xc, reg);
    rc = xencomm_error(&xc);
    if ( !rc )
        rc = HC_CALL«»h_get(h_way(«$1»), «count»)(h_get(h_way(«$1»), «number»), h_slots(«$1», «h_given»));
    xencomm_end(&xc);
    return rc;
}
»)
m4_divert(0)m4_dnl
