# SPDX-License-Identifier: MIT
# mistake=NAME: C text with a mistake; the text must have the place.

# A free handle's link stands where the entry does.
mistake == "link" { gsub(/\.next/, ".whose") }

# The entry is read in two halves.
mistake == "halves" && /port_load\(&track->whose\) == was->whose\)/ {
    print "            ((uint32_t)port_load(&track->whose) == (uint32_t)was->whose &&"
    print "             port_load(&track->whose) >> 32 == was->whose >> 32));"
    next
}

# A reason names another load.
mistake == "reason" { sub(/"mark_status", "mark_status"/, "\"list_put\", \"mark_status\"") }

{ print }
