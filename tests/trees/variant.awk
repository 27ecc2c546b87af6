# SPDX-License-Identifier: MIT
# One mistake in a header: -v change='swap TAG ONE OTHER' exchanges two members of
# a structure, 'number NAME VALUE' changes a macro, 'rename OLD NEW' a word. Ends
# with 1 if there was nothing to change.

function rename(line, old, new,    left, word)
{
    left = ""
    while (match(line, /[A-Za-z_0-9]+/)) {
        word = substr(line, RSTART, RLENGTH)
        left = left substr(line, 1, RSTART - 1) (word == old ? new : word)
        if (word == old) changed = 1
        line = substr(line, RSTART + RLENGTH)
    }
    return left line
}

function declares(line, member) { return line ~ ("[ \t*]" member ";") }

BEGIN { split(change, part, " ") }
part[1] == "rename" { $0 = rename($0, part[2], part[3]) }
part[1] == "number" && $1 == "#define" && $2 == part[2] { $0 = "#define " part[2] " " part[3]; changed = 1 }
part[1] == "swap" {
    if ($1 == "struct" && $2 == part[2] && !/;/) inside = 1
    if (inside && /^}/) inside = 0
    if (inside && declares($0, part[3])) one = NR
    if (inside && declares($0, part[4])) other = NR
}
{ text[NR] = $0 }
END {
    if (one && other) {
        swap = text[one]; text[one] = text[other]; text[other] = swap
        changed = 1
    }
    for (i = 1; i <= NR; i++) print text[i]
    exit !changed
}
