# SPDX-License-Identifier: MIT
# Names of the door that hand-written code uses: first the port's headers, then, behind
# "--", the code.  Prints "NAME USES", by name.
#
# A name of the door is a macro, a function or a structure of the port's headers;
# fields, parameters and what the compiler itself knows are none.

# A line without comments and strings.
function code(line,    at, left)
{
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    left = ""
    while (line != "") {
        if (comment) {
            at = index(line, "*/")
            if (!at) return left
            line = substr(line, at + 2)
            comment = 0
        } else {
            at = index(line, "/*")
            if (!at) return left line
            left = left substr(line, 1, at - 1)
            line = substr(line, at + 2)
            comment = 1
        }
    }
    return left
}

function add(name) { if (name !~ /^(PORT_[A-Z0-9]*_H|PORT_H|if|sizeof|__attribute__|__typeof__|__builtin.*)$/) door[name] = 1 }

FNR == 1 { comment = 0; depth = 0 }
FILENAME == "--" { next }
{ line = code($0) }

!using {
    if (match(line, /^#define [A-Za-z_0-9]+/)) {
        add(substr(line, 9, RLENGTH - 8))
        next
    }
    if (line ~ /^#/ || line ~ /^[ \t]/) next
    if (match(line, /^(struct|enum) [a-z_0-9]+/)) {
        split(substr(line, RSTART, RLENGTH), word, " ")
        if (line !~ /\(/) add(word[2])
    }
    if (match(line, /\**[a-z_0-9]+\(/)) {
        name = substr(line, RSTART, RLENGTH - 1)
        sub(/^\*+/, "", name)
        add(name)
    }
    next
}
{
    if (line ~ /^#include/) next
    while (match(line, /[A-Za-z_][A-Za-z_0-9]*/)) {
        name = substr(line, RSTART, RLENGTH)
        if (name in door) uses[name]++
        line = substr(line, RSTART + RLENGTH)
    }
}
END { for (name in uses) print name, uses[name] }
