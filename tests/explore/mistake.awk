# SPDX-License-Identifier: MIT
# mistake=NAME: C text with a mistake in its order; the text must have the place.

mistake == "publish-early" && /^void pmt_split_dir\(/ { inside = 1 }
mistake == "publish-early" && inside && /for \( i = 0/ { print "    pmt_put_dir(t, dir, PMTD_table);" }
mistake == "publish-early" && inside && /^    pmt_put_dir\(/ { next }

mistake == "top-early" && /^void pmt_split_top\(/ { inside = 1 }
mistake == "top-early" && inside && /for \( i = 0/ { print "    pmt_put_top(t, top, PMTE_table);" }
mistake == "top-early" && inside && /^    pmt_put_top\(/ { next }

mistake == "top-first" && /^void pmt_join_top\(/ { inside = 1 }
mistake == "top-first" && inside && /for \( i = 0/ && !held { held = $0; getline; held = held "\n" $0; next }
mistake == "top-first" && inside && /pmt_put_top\(t, top, entry\);/ && held != "" { print; print held; held = ""; inside = 0; next }

mistake == "dir-first" && /^void pmt_join_dir\(/ { inside = 1 }
mistake == "dir-first" && inside && /for \( i = 0/ && !moved++ { print "    pmt_put_dir(t, dir, pmt_dir_of(entry));" }
mistake == "dir-first" && inside && /^    pmt_put_dir\(/ { next }

mistake == "leaf-kept" && sub(/port_store\(&t->leaf\[gpfn \+ i\], 0\);/, "break;") { print; next }

mistake == "reverse-first" && /pmt_set_locked\(&table, 0, WORD\(5\)\)/ { held = $0; next }
held != "" && /pmt_reverse_set/ { print; print held; held = ""; next }

mistake == "no-look" && sub(/!entry_is_same\(/, "false \\&\\& !entry_is_same(") { print; next }
mistake == "type-late" && sub(/typed = !writable [|][|] port_page_get_type\(mfn, true\);/, "typed = false;") { print; next }
mistake == "type-late" && sub(/if \( !typed \)/, "if ( !(typed = !writable || port_page_get_type(mfn, true)) )") { print; next }

/^}/ { inside = 0 }
{ print }
