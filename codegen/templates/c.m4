m4_divert(-1)
SPDX-License-Identifier: MIT

What all files of C share: comments, and conditions of the preprocessor. A
template may define a macro of these anew.

# ---- comments -------------------------------------------------------------------

m4_define(«h_line», «h_get(«$1», «text»)»)
m4_define(«h_doc_line», « *h_if(«$1», «text», « h_line(«$1»)»)
»)

# h_above(NODE)   its documentation as a comment, on one line where it fits
# h_doc(NODE)     the same with a free line before it
m4_define(«h_above», «h_if(«$1», «doc», «h_if(«$1», «doc_lines», «/*
h_each(«$1», «doc», «h_doc_line») */», «/* h_each(«$1», «doc», «h_line») */»)
»)»)
m4_define(«h_doc», «h_if(«$1», «doc», «
h_above(«$1»)»)»)

# ---- conditions -----------------------------------------------------------------

m4_define(«h_view», «h_if(«$1», «compound», «(h_line(«$1»))», «h_line(«$1»)»)»)
m4_define(«h_no_view», «!h_view(«$1»)»)
m4_define(«h_since», «h_get(«$1», «macro») >= h_get(«$1», «version»)»)
m4_define(«h_before», «h_get(«$1», «macro») < h_get(«$1», «version»)»)
m4_define(«h_given», «h_get(«$1», «macro»)»)
m4_define(«h_not_given», «!h_get(«$1», «macro»)»)
m4_define(«h_views», «h_join(«$1», «views», «h_line», « || »)»)
m4_define(«h_not_views», «h_join(«$1», «views», «h_no_view», « && »)»)

# The line that opens it, and what stands behind #else and #endif.
m4_define(«h_open», «h_is(«$1», «kind», «given», «#ifdef h_get(«$1», «macro»)»,
«h_is(«$1», «kind», «not_given», «#ifndef h_get(«$1», «macro»)», «#if h_print(«$1»)»)»)»)
m4_define(«h_if_item», «
h_each(«$1», «condition», «h_open»)
»)
m4_define(«h_else», «#else /* h_each(«$1», «condition», «h_print») */
»)
m4_define(«h_endif», «#endif /* h_each(«$1», «condition», «h_print») */
»)
m4_divert(0)m4_dnl
