# SPDX-License-Identifier: MIT
# Counts the lines written by hand that only one architecture has: without blank
# lines and comments, one row for each folder. Understands descriptions (.idl),
# tables (.yaml) and C, assembly and templates, where a line between #if and #endif
# that names an architecture is that one's. Needs -v one, other: the families.

function folder(name,    part)
{
    split(name, part, "/")
    return part[1] == "idl" && part[2] == "arch" ? "idl/arch" : part[1] == "codegen" ? "codegen/templates" : part[1]
}

# Which of the two a text names: 1, 2, 3 both, 0 none.
function names(text)
{
    return (text ~ ("(^|[^a-z0-9])_*" one "(_*[^a-z0-9]|$)")) + \
           2 * (text ~ ("(^|[^a-z0-9])_*(" other "|x86_64|x86_32|i386)(_*[^a-z0-9]|$)"))
}

function add(who)
{
    if (who == 1 || who == 2)
        count[folder(FILENAME), who]++
}

FNR == 1 {
    comment = depth = whole = 0
    seen[folder(FILENAME)] = 1
    if (FILENAME ~ /\.(yaml|m4|[ch])$/)
        whole = names(FILENAME)
    # What serves an interface that one of them has, is for that one.
    base_name = FILENAME
    sub(/.*\//, "", base_name)
    for (word in owner)
        if (FILENAME ~ /\.[ch]$/ && index(base_name, word) == 1)
            whole = owner[word]
}
{
    line = $0
    sub(/\/\/\/.*/, "", line)
    if (FILENAME ~ /\.yaml$/)
        sub(/(^|[ \t])#.*/, "", line)
    while (comment || line ~ /\/\*/) {
        if (comment) {
            if (!match(line, /\*\//)) { line = ""; break }
            line = substr(line, RSTART + 2); comment = 0
        } else {
            match(line, /\/\*/)
            rest = substr(line, RSTART + 2)
            line = substr(line, 1, RSTART - 1)
            if (match(rest, /\*\//)) line = line substr(rest, RSTART + 2)
            else { comment = 1; break }
        }
    }
    if (line ~ /^[ \t]*$/)
        next
}
FILENAME ~ /^guest-impl/ { guest[FILENAME ~ /xencomm/ ? "xencomm" : FILENAME ~ /guest-pv/ ? "pv" : "rest"]++ }

# ---- descriptions: what a tail, a group or the head of a file says ----------------
FILENAME ~ /\.idl$/ {
    said = 0
    if (match(line, /(for|except|only) +[a-z0-9_., ]*/)) {
        said = names(substr(line, RSTART, RLENGTH))
        if (line ~ /except +/ && said && said != 3)
            said = 3 - said
        if (line ~ /only +/ && line !~ /^ *only +/)
            said = 0
    }
    if (line ~ /^interface .* for /) {
        whole = said
        split(line, part, " ")
        owner[part[2]] = said
    }
    who = whole ? whole : inner ? inner : said
    if (line ~ /^#.*defined\(/)
        who = names(line)
    add(who)
    if (said && line ~ /\{ *$/ && !whole && !inner) { inner = said; base = depth }
    depth += gsub(/\{/, "{", line) - gsub(/\}/, "}", line)
    if (inner && depth <= base) inner = 0
    next
}
FILENAME ~ /\.yaml$/ { add(whole); next }

# ---- C, assembly, templates ----------------------------------------------------------
/^ *# *if/ { stack[++open] = names($0); if (stack[open]) add(stack[open]); next }
/^ *# *el/ { if (stack[open] == 1 || stack[open] == 2) { add(stack[open]); stack[open] = 3 - stack[open] } next }
/^ *# *endif/ { if (open && stack[open]) add(stack[open] == 3 ? 0 : stack[open]); open--; next }
{
    who = whole
    for (i = 1; i <= open; i++)
        if (stack[i]) who = stack[i]
    add(who)
}
END {
    for (name in seen) {
        printf "%-18s %5d %s, %5d %s\n", name, count[name, 1], one, count[name, 2], other | "sort"
        total += count[name, 1] + count[name, 2]
    }
    close("sort")
    printf "by hand: %d lines differ\n", total
    printf "guest-impl: %d lines for all, guest-pv %d, xencomm %d\n", guest["rest"], guest["pv"], guest["xencomm"]
}
