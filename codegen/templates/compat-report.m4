m4_divert(-1)
SPDX-License-Identifier: MIT

The report about structures of callers of another width: a line each.

m4_define(«h_file», «Structures of h_get(«$1», «arch») callers, in an h_get(«$1», «native») hypervisor.

equal: the same sizes and offsets, asserted when the hypervisor is compiled.
translated: field by field, to and from, for the reasons that stand behind.
caller is what the caller is compiled as; since and before are versions of
the interface. Generated from idl/ by "make".

m4_format(«%-38s %-6s %-7s %-7s %-10s %6s %6s  %s», «structure», «caller», «since», «before», «layout», h_get(«$1», «native»), h_get(«$1», «arch»), «reasons»)
h_each(«$1», «groups», «h_group»)»)

m4_define(«h_group», «
# h_get(«$1», «name»)
h_each(«$1», «rows», «h_row»)»)
m4_define(«h_dash», «h_if(«$1», «$2», «h_get(«$1», «$2»)», «-»)»)
m4_define(«h_row», «m4_format(«%-38s %-6s %-7s %-7s %-10s %6s %6s  », h_get(«$1», «name»), h_get(«$1», «caller»), h_dash(«$1», «since»), h_dash(«$1», «before»), h_if(«$1», «equal», «equal», «translated»), h_get(«$1», «ours»), h_get(«$1», «theirs»))h_if(«$1», «equal», «asserted», «h_join(«$1», «reasons», «h_print», «; »)»)
»)

m4_define(«h_path», «h_get(«$1», «text»)»)
m4_define(«h_paths», «h_join(«$1», «paths», «h_path», «, »)»)
m4_define(«h_reason_size», «h_get(«$1», «type») has h_get(«$1», «theirs») bytes, not h_get(«$1», «ours»): h_paths(«$1»)»)
m4_define(«h_reason_align», «h_get(«$1», «type») is aligned to h_get(«$1», «theirs»), not h_get(«$1», «ours»): h_paths(«$1»)»)
m4_define(«h_reason_member», «only h_is(«$1», «theirs», «1», «the caller», «the hypervisor») has: h_paths(«$1»)»)
m4_divert(0)m4_dnl
