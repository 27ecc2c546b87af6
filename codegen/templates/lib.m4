m4_changequote(«, »)m4_dnl
m4_changecom()m4_dnl
m4_divert(-1)
SPDX-License-Identifier: MIT

What every template builds on. m4 runs with -P: its own names begin with m4_,
ours with h_, and no other word means anything, so C text stands as it is.
Quotes are « and ». The nodes that a template prints are described in
codegen/back/defs.h; `hcgen dump --defs` shows them.

# h_get(NODE, KEY)        the value, as text
m4_define(«h_get», «m4_ifdef(«$1.$2», «m4_defn(«$1.$2»)»)»)

# h_each(NODE, KEY, MACRO)     MACRO(CHILD) for each node of a list
m4_define(«h_each», «h_each_(«$3», m4_ifdef(«$1.$2», «m4_indir(«$1.$2»)»))»)
m4_define(«h_each_», «m4_ifelse(«$2», «», «», «$1(«$2»)«»h_each_(«$1», m4_shift(m4_shift($@)))»)»)

# h_join(NODE, KEY, MACRO, SEPARATOR)    the same with a text between two
m4_define(«h_join», «h_join_(«$3», «$4», m4_ifdef(«$1.$2», «m4_indir(«$1.$2»)»))»)
m4_define(«h_join_», «m4_ifelse(«$3», «», «», «$1(«$3»)m4_ifelse(«$4», «», «», «$2»)«»h_join_(«$1», «$2», m4_shift(m4_shift(m4_shift($@))))»)»)

# h_if(NODE, KEY, THEN, ELSE)    THEN where the value is there and not empty
m4_define(«h_if», «m4_ifelse(m4_ifdef(«$1.$2», «m4_defn(«$1.$2»)»), «», «$4», «$3»)»)

# h_is(NODE, KEY, VALUE, THEN, ELSE)
m4_define(«h_is», «m4_ifelse(h_get(«$1», «$2»), «$3», «$4», «$5»)»)

# h_print(NODE)          the macro of the node's kind: h_struct(NODE), ...
m4_define(«h_print», «m4_indir(«h_»h_get(«$1», «kind»), «$1»)»)

# h_why(CAUSE, TEXT)     TEXT that only this architecture's file has, and why
m4_define(«h_why», «m4_ifdef(«h_marked», «h_mark_begin«»$1«»h_mark_name«»»)«»$2«»m4_ifdef(«h_marked», «h_mark_end«»»)»)
m4_define(«h_mark_begin», m4_format(«%c», 1))
m4_define(«h_mark_name», m4_format(«%c», 2))
m4_define(«h_mark_end», m4_format(«%c», 3))

m4_divert(0)m4_dnl
