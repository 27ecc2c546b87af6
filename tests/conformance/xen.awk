# SPDX-License-Identifier: MIT
# The expectations in tests/xen, of its C files, a line each with tabs between:
#   CALL [ROW] TEXT, RELATION, RESULT
# A result loses what only says where it comes from: XEN_, GNTST_, CALL_ERROR().

# The arguments of a call, split at commas outside of brackets and strings.
function split_arguments(text, list,    i, c, depth, n, quoted, at) {
    at = n = 1
    delete list
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "\"" && substr(text, i - 1, 1) != "\\") quoted = !quoted
        if (quoted) continue
        if (c ~ /[({[]/) depth++
        if (c ~ /[)}\]]/ && depth-- == 0) break
        if (c == "," && !depth) { list[n++] = substr(text, at, i - at); at = i + 1 }
    }
    list[n] = substr(text, at, i - at)
    for (i = 1; i <= n; i++) gsub(/^[ \\]+|[ \\]+$/, "", list[i])
    return n
}

# More closing brackets than opening ones: the call has ended.
function balanced(text) {
    gsub(/"([^"\\]|\\.)*"/, "", text)
    return gsub(/\)/, "", text) > gsub(/\(/, "", text)
}

# In a macro, "x_" #op and error are what it is used with.
function expectation(text,    list, result) {
    if (split_arguments(text, list) != 6) return
    if (list[1] ~ /#op/ && macro != "") {
        template[macro, ++templates[macro]] = list[1] "\t" list[2] "\t" list[3] "\t" list[5] "\t" list[6]
        return
    }
    say(list[1], list[2], list[3], list[5], list[6])
}

function say(call, row, text, relation, result) {
    gsub(/XEN_|GNTST_|[ ]/, "", result)
    if (result ~ /^CALL_ERROR\(/) result = substr(result, 12, length(result) - 12)
    gsub(/"/, "", call); gsub(/"/, "", row); gsub(/"/, "", text)
    print call " [" row "] " text "\t" relation "\t" result
}

FNR == 1 { kept = ""; split("", templates) }
/^#define (expectation|succeeds|fails|shows)/ { next }
/^#define [A-Z]+\(/ { macro = $2; sub(/\(.*/, "", macro) }
/^ +[A-Z]+\([a-z_]+(, -?[A-Z_]+)?\);/ {
    name = $1
    sub(/\(.*/, "", name)
    split_arguments(substr($0, index($0, "(") + 1), used)
    for (i = 1; i <= templates[name]; i++) {
        split(template[name, i], part, "\t")
        sub(/ *#op/, "", part[1]); gsub(/"/, "", part[1])
        say(part[1] used[1], part[2], part[3], part[4], part[5] == "error" ? used[2] : part[5])
    }
}
kept == "" && match($0, /(succeeds|fails|shows)(_as)?\(/) { kept = substr($0, RSTART + RLENGTH); begun = NR }
kept != "" && NR > begun { kept = kept " " $0 }
kept != "" && balanced(kept) {
    gsub(/[ \\]+/, " ", kept)
    expectation(kept)
    kept = ""
}
!/\\$/ { macro = "" }
