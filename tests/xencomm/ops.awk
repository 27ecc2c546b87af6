# SPDX-License-Identifier: MIT
# Descriptions -> what the test has to call, from the text alone; it knows nothing
# of what the compiler makes of it.
#   what=ops        OP(base, call, op, number, structure, ONE | MANY | SINGLE)
#   what=pointers   FILE FIELD for each field of a structure that is a handle, and
#                   OP PARAMETER for each argument of an op that is one
# MANY is an array with a count; of SINGLE one element is looked at.
function finish(    form, tag) {
    if (op == "")
        return
    tag = structure != "" ? structure : has_fields ? prefix op : ""
    form = !is_array ? "ONE" : is_single ? "SINGLE" : "MANY"
    if (tag != "" && what == "ops")
        printf "OP(%s, %s, %s, %s%s, %s, %s)\n", base, call, op, macros, op, tag, form
    op = ""
}
function parameters(text,    n, i, part, name) {
    n = split(text, part, /, */)
    for (i = 1; i <= n; i++)
        if (part[i] ~ /: *handle/ && what == "pointers") {
            name = part[i]
            sub(/:.*/, "", name)
            print op, name
        }
}
function head(text,    inside) {
    split(text, word, / +/)
    op = word[2]
    has_fields = is_single = 0
    structure = ""
    if (match(text, / as struct [a-z_0-9]+/))
        structure = substr(text, RSTART + 11, RLENGTH - 11)
    if (match(text, /= [0-9]+ \([^)]*\)/)) {
        inside = substr(text, RSTART, RLENGTH)
        sub(/^[^(]*\(/, "", inside)
        sub(/\)$/, "", inside)
        if (inside ~ /:/)
            parameters(inside)
        else
            structure = inside
    }
    if (text ~ /;$/)
        finish()
}
FNR == 1 { file = FILENAME; sub(/.*\//, "", file) }
{ sub(/ *\/\/\/.*/, "") }
/^hypercall / {
    call = $2
    base = call
    sub(/_op$/, "", base)
    is_array = /handle<op>\[/
}
/^ +ops +[A-Z_0-9a-z]+\*;/ { macros = $2; sub(/\*;/, "", macros) }
/^ +structs +[a-z_0-9]+\*;/ { prefix = $2; sub(/\*;/, "", prefix) }
/^ *op [A-Za-z0-9_]+ = [0-9]/ { joined = ""; joining = 1 }
joining {
    line = $0
    sub(/^ +/, "", line)
    joined = joined (joined == "" ? "" : " ") line
    if (line ~ /[{;]$/) {
        joining = 0
        head(joined)
    }
    next
}
/^ +(in|out|inout) +[a-z_0-9, ]+:/ { has_fields = 1 }
/^ +single / { is_single = 1 }
/^ +legacy +count_ignored/ { is_single = 1 }
/^ +([a-z]+ +)?[a-z_0-9]+: +(handle|pointer)(64)?</ {
    field = $0
    sub(/: +(handle|pointer).*/, "", field)
    sub(/.* /, "", field)
    if (what == "pointers")
        print file, field
}
/^}/ { finish() }
