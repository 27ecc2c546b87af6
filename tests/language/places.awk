# SPDX-License-Identifier: MIT
# Where each kind of statement may stand, one line for each, from LANGUAGE.md §10
# or from placement.def: "kind letters", the letters as §10 has them.

BEGIN {
    split("IN_FILE F IN_INTERFACE I IN_HYPERCALL H IN_OP O IN_STRUCT S IN_UNION S " \
          "IN_SET B IN_FIELD B BODIES OS", words, " ")
    for (i = 1; i in words; i += 2) letters[words[i]] = words[i + 1]
    # What §10 calls otherwise than the table of the compiler.
    kind["%{ %}"] = "code"; kind["a name"] = "constant"; kind["removed"] = "removed_constant"
    kind["in, out, inout with a type"] = "member"; kind["legacy"] = "quirk"
    kind["in, out, inout without a type"] = "refinement"; kind["list ops"] = "list"
    kind["removed op"] = "removed_op"; kind["extend op"] = "extend"
    kind["legacy ops"] = "legacy_ops"; kind["typedef struct"] = "struct"
    kind["typedef enum"] = "enum"; kind["extern type"] = kind["extern struct"] = "extern"
    kind["a name with a type"] = ""         # A member, in a struct only.
}

# Each letter once, in one order.
function put(name, found,    j, letter, line) {
    for (j = 1; j <= 6; j++) {
        letter = substr("FIHOSB", j, 1)
        if (index(found, letter)) line = line letter
    }
    if (name != "") print name, line
}

FILENAME ~ /\.md$/ && /^## / { inside = /^## 10/ }
FILENAME ~ /\.md$/ && inside && /^\| / && !/^\| keywords/ {
    split($0, cell, " [|] ")
    name = substr(cell[1], 3)
    gsub(/`/, "", name)
    count = split(cell[2], words, /, /)
    found = ""
    for (i = 1; i <= count; i++)
        if (words[i] ~ /^[FIHOSB]( |$)/) found = found substr(words[i], 1, 1)
    count = name in kind ? 1 : split(name, words, /, /)
    for (i = 1; i <= count; i++)
        put(name in kind ? kind[name] : words[i], found)
}

/^PLACE\(/ && !/^PLACE\(group/ {
    name = $0
    sub(/^PLACE\(/, "", name)
    sub(/,.*/, "", name)
    rest = substr($0, index($0, "\",") + 2)
    sub(/,.*/, "", rest)
    found = ""
    count = split(rest, words, / *\| */)
    for (i = 1; i <= count; i++) {
        gsub(/[ \t]/, "", words[i])
        found = found letters[words[i]]
    }
    put(name, found)
}
