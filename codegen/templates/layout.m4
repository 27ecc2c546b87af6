m4_divert(-1)
SPDX-License-Identifier: MIT

Assertions about what the public headers declare: one section for each
architecture of a family.

m4_define(«h_file», «h_layout(«$1»)»)

m4_define(«h_layout», «/* SPDX-License-Identifier: MIT */
/*
 * Sizes, offsets and values, as the compiler has to see them. Compile this
 * with -fsyntax-only and the headers' folder as xen/ on the path.
 *
 * Generated from idl/ by "make"; edit that, not this.
 */
#ifndef __XEN_TOOLS__
#define __XEN_TOOLS__
#endif

#include <stddef.h>
#include <stdint.h>

h_each(«$1», «includes», «h_include»)
#define SIZE(type, bytes) \
    _Static_assert(sizeof(type) == (bytes), "sizeof(" #type ")")
#define OFFSET(type, field, bytes) \
    _Static_assert(offsetof(type, field) == (bytes), #type ": " #field)
#define FIELD_SIZE(type, field, bytes) \
    _Static_assert(sizeof(((type *)0)->field) == (bytes), "sizeof(" #type ": " #field ")")
#define VALUE(name, number) \
    _Static_assert((name) == (number), #name)

h_each(«$1», «sections», «h_section»)#else
#error "no layout is known for this architecture"
#endif
»)

# A line that the other family has too has no cause.
m4_define(«h_caused», «h_if(«$1», «cause», «h_why(h_get(«$1», «cause»), «$2»)», «$2»)»)

m4_define(«h_include», «h_caused(«$1», «#include <xen/h_get(«$1», «header»)>
»)»)

m4_define(«h_section», «h_why(«h_if(«$1», «cause», «h_get(«$1», «cause»)», «arch»)», «#«»h_get(«$1», «word») h_get(«$1», «condition»)
»)h_caused(«$1», «h_each(«$1», «groups», «h_group»)»)
»)
m4_define(«h_group», «
/* h_get(«$1», «header») */
h_each(«$1», «rows», «h_row»)»)

m4_define(«h_row», «h_caused(«$1», «h_print(«$1»)»)»)
m4_define(«h_type», «h_if(«$1», «word», «h_get(«$1», «word») »)h_get(«$1», «name»)»)
m4_define(«h_size», «SIZE(h_type(«$1»), h_get(«$1», «value»));
»)
m4_define(«h_offset», «OFFSET(h_type(«$1»), h_get(«$1», «field»), h_get(«$1», «value»));
»)
m4_define(«h_field_size», «FIELD_SIZE(h_type(«$1»), h_get(«$1», «field»), h_get(«$1», «value»));
»)
m4_define(«h_value», «VALUE(h_get(«$1», «name»), h_get(«$1», «value»));
»)
m4_divert(0)m4_dnl
