m4_divert(-1)
SPDX-License-Identifier: MIT

Guest stubs of one interface: for each hypercall, and for each of its ops, a
function that calls, and one that fills an entry with the same values. How to
enter the hypervisor is in hc.h.

m4_define(«h_file», «h_stubs(«$1»)»)

m4_define(«h_stubs», «/* SPDX-License-Identifier: MIT */
/*
 * The calls of <xen/h_get(«$1», «header»)>, and entries for several calls in one.
 *
 * Each returns what the hypervisor does: 0 or a number, or a negative error.
 *
 * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
 */
#ifndef HC_«»h_get(«$1», «guard»)_H
#define HC_«»h_get(«$1», «guard»)_H

#include <xen/h_get(«$1», «header»)>

#include "hc.h"
h_each(«$1», «items», «h_print»)
#endif /* HC_«»h_get(«$1», «guard»)_H */
»)

# ---- comments -------------------------------------------------------------------

m4_define(«h_names», «h_if(«$1», «cause», «h_why(h_get(«$1», «cause»), «h_names_line(«$1»)»)», «h_names_line(«$1»)»)»)
m4_define(«h_names_line», «h_if(«$1», «goes_on», « *         h_get(«$1», «text»)
», «h_get(«$1», «text»)
»)»)
m4_define(«h_labelled», «h_if(«$1», «$2», « * $3h_each(«$1», «$2», «h_names»)»)»)
m4_define(«h_comment», «
/*
h_each(«$1», «doc», «h_doc_line»)h_if(«$1», «counted», « * Returns how many of h_get(«$1», «counted») are done.
»)h_if(«$1», «failure», « * Returns h_get(«$1», «failure») on failure.
»)h_if(«$1», «has_names», « *
»)h_labelled(«$1», «ins»,      «In:     »)h_labelled(«$1», «outs»,     «Out:    »)h_labelled(«$1», «statuses», «Status: »)h_labelled(«$1», «errors»,   «Errors: »)« */
»»)

# ---- functions ------------------------------------------------------------------

m4_define(«h_type», «h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») h_if(«$1», «pointer», «*»)»)
m4_define(«h_parameter», «h_type(«$1»)h_get(«$1», «name»)»)
m4_define(«h_result», «h_type(«$1»)»)

# RESULT NAME(PARAMETERS), and the same for an entry.
m4_define(«h_head», «static inline h_each(«$1», «result», «h_result»)h_get(«$1», «name»)(h_if(«$1», «parameters», «h_join(«$1», «parameters», «h_parameter», «, »)», «void»))
»)
m4_define(«h_filler_head», «static inline void h_get(«$1», «filler»)(h_each(«$1», «entry», «h_parameter»)«»h_if(«$1», «parameters», «, h_join(«$1», «parameters», «h_parameter», «, »)»))
»)

# Where the architectures of a family pass arguments in different ways.
m4_define(«h_way_condition», «h_if(«$1», «condition», «h_why(«width», «#«»h_get(«$1», «word») h_get(«$1», «condition»)
»)»)»)
m4_define(«h_ways», «h_each(«$1», «ways», «$2»)h_if(«$1», «differ», «h_why(«width», «#endif
»)»)»)
# The second and later ways are there because of the first.
m4_define(«h_because», «h_is(«$1», «word», «elif», «h_why(«width», «$2»)», «$2»)»)

m4_define(«h_whole», «h_get(«$1», «text»)»)
m4_define(«h_address», «h_get(«$1», «text»)»)
m4_define(«h_low», «(h_get(«$1», «half»))h_get(«$1», «text»)»)
m4_define(«h_high», «(h_get(«$1», «half»))(h_get(«$1», «text») >> h_get(«$1», «bits»))»)
m4_define(«h_call_way», «h_way_condition(«$1»)h_because(«$1», «    return HC_CALL«»h_get(«$1», «count»)(h_join_more(h_get(«$1», «number»), h_join(«$1», «slots», «h_print», «, »)));
»)»)
m4_define(«h_join_more», «m4_ifelse(«$2», «», «$1», «$1, m4_shift($@)»)»)

m4_define(«h_value», «h_is(«$1», «kind», «address», «(unsigned long)»)h_print(«$1»)»)
m4_define(«h_slot», «    entry->h_slots_name()[h_get(«$1», «index»)] = h_value(«$1»);
»)
m4_define(«h_fill_way», «h_way_condition(«$1»)h_because(«$1», «h_each(«$1», «slots», «h_slot»)»)»)

# Where pointers are more than addresses the call itself is in another file.
m4_define(«h_elsewhere», «h_why(«pointer», «extern h_each(«$1», «result», «h_result»)h_get(«$1», «name»)(h_join(«$1», «parameters», «h_parameter», «, »));
»)»)
m4_define(«h_raw», «h_comment(«$1»)«»h_if(«$1», «elsewhere», «h_elsewhere(«$1»)», «h_head(«$1»){
h_ways(«$1», «h_call_way»)}
»)h_if(«$1», «filler», «m4_define(«h_slots_name», h_get(«$1», «entry_arguments»))
h_filler_head(«$1»){
    entry->h_get(«$1», «entry_number») = h_number(«$1»);
h_ways(«$1», «h_fill_way»)}
»)»)
m4_define(«h_number», «h_get(h_first(m4_indir(«$1.ways»)), «number»)»)
m4_define(«h_first», «$1»)

# ---- ops ------------------------------------------------------------------------

m4_define(«h_name», «h_get(«$1», «text»)»)
m4_define(«h_zero», «0»)
m4_define(«h_null», «(void *)0»)
m4_define(«h_argument», «h_is(«$1», «kind», «address», «(unsigned long)»)h_print(«$1»)»)
m4_define(«h_arguments», «h_join(«$1», «arguments», «h_argument», «, »)»)

# Whatever happens, an element that was not reached says so.
m4_define(«h_count_type», «h_type(«$1»)»)
m4_define(«h_count_name», «h_get(«$1», «name»)»)
m4_define(«h_preset», «        h_array_name()[i].h_get(«$1», «member») = h_get(«$1», «text»);
»)
m4_define(«h_presets», «h_if(«$1», «presets», «m4_define(«h_array_name», h_get(«$1», «array»))    h_each(«$1», «counts», «h_count_type»)i;

    for ( i = 0; i < h_each(«$1», «counts», «h_count_name»); i++ )
h_each(«$1», «presets», «h_preset»)»)»)

m4_define(«h_typed», «h_comment(«$1»)«»h_head(«$1»){
h_presets(«$1»)    return h_get(«$1», «raw»)(h_arguments(«$1»));
}
h_if(«$1», «filler», «
h_filler_head(«$1»){
h_presets(«$1»)    h_get(«$1», «raw_filler»)(entry, h_arguments(«$1»));
}
»)»)
m4_divert(0)m4_dnl
