# SPDX-License-Identifier: MIT
# Is each test of defects.list there? -v most=N is how many defects there are.

function wrong(text) { print "FAIL " text; bad = 1 }
function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

# A function of that name begins in the file.
function has(file, name,    line, found) {
    while ((getline line < file) > 0)
        if (line ~ ("^[a-z].*[ *]" name "\\(") && line !~ /;$/) found = 1
    close(file)
    return found
}

/^#/ || /^$/ { next }
{
    if (split($0, field, "|") != 4) wrong($1 ": not four fields")
    if (trim(field[1]) != ++nr) wrong(field[1] ": not in order")
    if (trim(field[2]) == "" || trim(field[3]) == "") wrong(nr ": says nothing")
    n = split(trim(field[4]), test, /, */)
    if (!n) wrong(nr ": no test")
    for (i = 1; i <= n; i++) {
        if (test[i] == "-") continue
        split(test[i], part, ":")
        if (!has(part[1], part[2])) wrong(nr ": no test " test[i])
    }
}
END {
    if (nr != most) wrong(nr " defects, and there are " most)
    exit bad
}
