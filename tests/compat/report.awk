# SPDX-License-Identifier: MIT
# The report against compilers: theirs=FILE and ours=FILE have lines
# "STRUCTURE|FIELD|offset size alignment" of the callers' and of the hypervisor's
# compiler; the input is the report. Prints what does not hold; status 1 if anything.
function bad(text) { print FILENAME ":" FNR ": " text; wrong = 1 }

function load(file, table,    line, part, number) {
    while ((getline line < file) > 0) {
        split(line, part, "|")
        split(part[3], number, " ")
        table[part[1], part[2], "offset"] = number[1]
        table[part[1], part[2], "size"] = number[2]
        table[part[1], part[2], "align"] = number[3]
        if (part[2] != "" && !((part[1], part[2]) in seen)) {
            seen[part[1], part[2]] = 1
            fields[part[1]] = fields[part[1]] part[2] " "
        }
        known[part[1]] = 1
    }
}

# Why, in numbers: every field that the row names differs as the row says.
function check_reasons(name, text,    reasons, i, count, words, type, paths, j, path, theirs_n, ours_n, what) {
    delete told
    count = split(text, reasons, "; ")
    for (i = 1; i <= count; i++) {
        if (match(reasons[i], / has [0-9]+ bytes, not [0-9]+: /)) what = "size"
        else if (match(reasons[i], / is aligned to [0-9]+, not [0-9]+: /)) what = "align"
        else { bad("a reason of no kind: " reasons[i]); continue }
        split(substr(reasons[i], RSTART, RLENGTH), words, /[^0-9]+/)
        theirs_n = words[2]; ours_n = words[3]
        paths = substr(reasons[i], RSTART + RLENGTH)
        split(paths, path, ", ")
        for (j = 1; j in path; j++) {
            told[path[j]] = 1
            if (!((name, path[j], what) in theirs)) bad(name ": no field " path[j])
            else if (theirs[name, path[j], what] != theirs_n || ours[name, path[j], what] != ours_n)
                bad(name "." path[j] ": " what " is " theirs[name, path[j], what] " and " ours[name, path[j], what])
        }
    }
}

# A field of another size is told, or what is in it is.
function check_told(name,    list, count, i, path, found) {
    count = split(fields[name], list, " ")
    for (i = 1; i <= count; i++) {
        if (theirs[name, list[i], "size"] == ours[name, list[i], "size"]) continue
        found = list[i] in told
        for (path in told) if (index(path, list[i] ".") == 1) found = 1
        if (!found) bad(name "." list[i] " differs, and the report does not say so")
    }
}

function is_equal(name,    list, count, i) {
    if (theirs[name, "", "size"] != ours[name, "", "size"]) return 0
    count = split(fields[name], list, " ")
    for (i = 1; i <= count; i++)
        if (theirs[name, list[i], "offset"] != ours[name, list[i], "offset"] ||
            theirs[name, list[i], "size"] != ours[name, list[i], "size"]) return 0
    return 1
}

BEGIN { load(theirs_file, theirs); load(ours_file, ours) }

$1 == "struct" || $1 == "union" {
    name = $1 " " $2
    rows++
    if (!(name in known)) { bad("no compiler was asked about " name); next }
    if ($7 != ours[name, "", "size"] || $8 != theirs[name, "", "size"])
        bad(name ": compilers say " ours[name, "", "size"] " and " theirs[name, "", "size"])
    if (is_equal(name) != ($6 == "equal")) bad(name " is " (is_equal(name) ? "equal" : "not equal"))
    text = $0
    for (i = 1; i <= 8; i++) sub(/^ *[^ ]+ +/, "", text)
    if ($6 == "equal" ? text != "asserted" : $6 != "translated") bad(name ": " $6 " " text)
    if ($6 != "equal") { check_reasons(name, text); check_told(name) }
}
END { if (!rows) { print "no rows"; wrong = 1 } exit wrong }
