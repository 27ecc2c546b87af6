m4_divert(-1)
SPDX-License-Identifier: MIT

A public header. Its items come in the order of the description; each kind of
item has one macro here, named after it.

m4_define(«h_file», «h_header(«$1»)»)

m4_define(«h_header», «/* SPDX-License-Identifier: MIT */
/******************************************************************************
 * h_get(«$1», «name»)
 *
h_if(«$1», «doc», «h_each(«$1», «doc», «h_doc_line») *
») * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
h_if(«$1», «copyright», « *
 * Copyright (c) h_get(«$1», «copyright»)
») */

h_each(«$1», «includes_before», «h_include»)
#ifndef h_get(«$1», «guard»)
#define h_get(«$1», «guard»)

h_each(«$1», «includes», «h_include»)
h_each(«$1», «items», «h_print»)

#endif /* h_get(«$1», «guard») */

h_is(«$1», «closing», «emacs», «/*
 * Local variables:
 * mode: C
 * c-file-style: "BSD"
 * c-basic-offset: 4
 * tab-width: 4
 * indent-tabs-mode: nil
 * End:
 */
»)»)

m4_define(«h_include», «#include h_if(«$1», «path», «<h_get(«$1», «path»)/h_get(«$1», «name»)>», «"h_get(«$1», «name»)"»)
»)

# ---- comments ------------------------------------------------------------------

m4_define(«h_remark», «h_if(«$1», «remark», « /* h_get(«$1», «remark») */»)»)

m4_define(«h_section», «
/*
 * h_get(«$1», «text»)
 * m4_patsubst(h_get(«$1», «text»), «.», «-»)
 */
»)

m4_define(«h_contents», «
/*
 * `incontents h_get(«$1», «number») h_get(«$1», «name») h_get(«$1», «text»)
h_if(«$1», «doc», « *
h_each(«$1», «doc», «h_doc_line»)») */
»)

# ---- macros -----------------------------------------------------------------------

m4_define(«h_name», «h_get(«$1», «text»)»)
m4_define(«h_parameters», «h_if(«$1», «has_parameters», «(h_join(«$1», «parameters», «h_name», «, »))»)»)

m4_define(«h_define», «h_doc(«$1»)#define h_get(«$1», «name»)h_parameters(«$1») h_get(«$1», «value»)h_remark(«$1»)
»)
m4_define(«h_fallback», «h_doc(«$1»)#ifndef h_get(«$1», «name»)
#define h_get(«$1», «name»)h_parameters(«$1») h_get(«$1», «value»)
#endif
»)
m4_define(«h_bit_number», «#define _«»h_get(«$1», «name») (h_get(«$1», «value»))
»)
m4_define(«h_alias», «h_doc(«$1»)h_if(«$1», «replaces», «#undef h_get(«$1», «name»)
»)#define h_get(«$1», «name») h_get(«$1», «value»)
»)
m4_define(«h_accessor», «h_doc(«$1»)#define h_get(«$1», «name»)(w) h_if(«$1», «shift», «(h_part(«$1») << h_get(«$1», «shift»))», «h_part(«$1»)»)h_remark(«$1»)
»)
m4_define(«h_part», «(h_if(«$1», «wide», «(uint64_t)»)(w) >> h_get(«$1», «low») & h_get(«$1», «mask»))»)

# Macros that belong together; docs/xen-headers lists some of these sets.
m4_define(«h_set», «
h_doc(«$1»)h_if(«$1», «marker», «
/* ` enum h_get(«$1», «marker») {h_if(«$1», «from», « // h_get(«$1», «from»)* => h_get(«$1», «to»)h_if(«$1», «to_struct», «struct h_get(«$1», «to_struct»)*»)») */
»)»)
m4_define(«h_marker_end», «/* ` } */
»)

m4_define(«h_message», «    "h_get(«$1», «text»)", \
»)
m4_define(«h_messages», «
/* clang-format off */
#define h_get(«$1», «name») { \
h_each(«$1», «messages», «h_message»)}
/* clang-format on */
»)

m4_define(«h_enumerator», «h_if(«$1», «remark», «    /* h_get(«$1», «remark») */
»)    h_get(«$1», «name»)h_if(«$1», «value», « = h_get(«$1», «value»)»)»)
m4_define(«h_c_enum», «
h_doc(«$1»)typedef enum {
h_join(«$1», «values», «h_enumerator», «,
»)
} h_get(«$1», «name»);
»)

m4_define(«h_code», «h_doc(«$1»)
h_get(«$1», «text»)
»)

# ---- types -------------------------------------------------------------------------

# TYPE NAME, with what C puts around a name.
m4_define(«h_type», «h_if(«$1», «const», «const »)h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») h_if(«$1», «pointer», «*»)»)
m4_define(«h_length», «[h_if(«$1», «bits_of», «sizeof(h_get(«$1», «bits_of»)) * 8», «h_get(«$1», «text»)»)]»)
m4_define(«h_declarator», «h_get(«$1», «name»)h_each(«$1», «lengths», «h_length»)»)

m4_define(«h_typedef», «h_doc(«$1»)typedef h_type(«$1»)h_get(«$1», «name»)h_each(«$1», «lengths», «h_length»);
»)
m4_define(«h_handle», «h_doc(«$1»)h_get(«$1», «text»)
»)

m4_define(«h_direction», «/* m4_translit(h_get(«$1», «text»), «a-z», «A-Z») */
»)
m4_define(«h_field», «h_above(«$1»)h_type(«$1»)h_join(«$1», «declarators», «h_declarator», «, »);h_remark(«$1»)
»)
m4_define(«h_nested», «h_above(«$1»)h_get(«$1», «what») h_if(«$1», «tag», «h_get(«$1», «tag») »){
h_each(«$1», «members», «h_print»)} h_join(«$1», «declarators», «h_declarator», «, »);h_remark(«$1»)
»)

# What an op works with stands right below the op's comment.
m4_define(«h_structure», «h_if(«$1», «of_op», «», «
h_doc(«$1»)»)h_if(«$1», «inline_typedef», «typedef »)h_get(«$1», «what») h_if(«$1», «tag», «h_get(«$1», «tag») »){
h_each(«$1», «members», «h_print»)}h_if(«$1», «inline_typedef», « h_get(«$1», «inline_typedef»)»);
h_if(«$1», «typedef», «typedef h_get(«$1», «what») h_get(«$1», «tag») h_get(«$1», «typedef»);
»)h_if(«$1», «handle», «h_get(«$1», «handle»)
»)»)

# ---- calls ----------------------------------------------------------------------------

m4_define(«h_hypercall», «
/*
h_each(«$1», «doc», «h_doc_line») */
»)

m4_define(«h_error», « *   h_if(«$1», «name», «m4_format(«%-23s», h_get(«$1», «name»))», «                       »)  h_get(«$1», «text»)
»)
m4_define(«h_op», «
/*
 * h_get(«$1», «prefix»)«»h_get(«$1», «name»)
h_if(«$1», «doc», « *
h_each(«$1», «doc», «h_doc_line»)»)h_if(«$1», «reason», « *
 * Deprecated: h_get(«$1», «reason»).
»)h_if(«$1», «errors», « *
 * Errors:
h_each(«$1», «errors», «h_error»)») */
»)
m4_define(«h_removed», «
/* h_get(«$1», «number») was h_get(«$1», «name»): h_get(«$1», «reason»). */
»)
m4_divert(0)m4_dnl
