# SPDX-License-Identifier: MIT
# The tables of docs/security.md, of rules.list, advisories.list, skipped.list, survivors.list and
# defects.list, each behind its part: part=rules, part=advisories, and so on; and names of recipes with their files:
# part=recipes (of recipes.awk). Output is a line for each line of the page, tables only.

function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

# FIELDS are those of a line, from 1 on.
function split_fields(field,    n, i) {
    n = split($0, field, "|")
    for (i = 1; i <= n; i++) field[i] = trim(field[i])
    return n
}

function section_begins(name) { if (table) print ""; table = name; print "<!-- " name " -->" }

function tests(list,    part, n, i, text) {
    if (list == "-") return "–"
    n = split(list, part, /, */)
    for (i = 1; i <= n; i++) text = text (i > 1 ? ", " : "") "`" part[i] "`"
    return text
}

/^#/ || /^$/ { next }
part == "rules" {
    if (table != "rules") { section_begins("rules"); print "| rule | what holds | how |"; print "|---|---|---|" }
    split_fields(field)
    print "| " field[1] " | " field[2] " | " field[3] " |"
}
part == "advisories" && /^==/ {
    section_begins("advisories")
    print "### " toupper(substr($0, 4, 1)) substr($0, 5)
    print ""
    print "| XSA | year | here | rule | test | what went wrong | here |"
    print "|---|---|---|---|---|---|---|"
    next
}
part == "advisories" {
    split_fields(field)
    gsub(/ /, ", ", field[4])
    print "| " field[1] " | " field[2] " | " field[3] " | " field[4] " | " tests(field[5]) " | " field[6] " | " field[7] " |"
}
part == "skipped" {
    if (table != "skipped") { section_begins("skipped"); print "| XSA | why not |"; print "|---|---|" }
    split_fields(field)
    print "| " field[1] " | " field[2] " |"
}
part == "survivors" {
    if (table != "survivors") { section_begins("survivors"); print "| off | recipes that stay green | why |"; print "|---|---|---|" }
    split_fields(field)
    name = field[1]
    sub(/ .*/, "", name)
    sub(/^[^ ]* /, "", field[1])
    gsub(/ /, "`, `", field[1])
    print "| " name " | `" field[1] "` | " field[2] " |"
}
part == "defects" {
    if (table != "defects") { section_begins("defects"); print "| what was wrong | here | test |"; print "|---|---|---|" }
    split_fields(field)
    print "| " field[2] " | " field[3] " | " tests(field[4]) " |"
}
END { print ""; print "<!-- end -->" }
