# SPDX-License-Identifier: MIT
# The expectations in tests/xen, of its C files: CALL|ROW|TEXT|RELATION|RESULT|FILE.
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

function expectation(text,    list, n, result) {
    n = split_arguments(text, list)
    if (n != 6) return
    result = list[6]
    gsub(/XEN_|GNTST_|[ ]/, "", result)
    if (result ~ /^CALL_ERROR\(/) result = substr(result, 12, length(result) - 12)
    gsub(/"/, "", list[1]); gsub(/"/, "", list[2]); gsub(/"/, "", list[3])
    print list[1] "|" list[2] "|" list[3] "|" list[5] "|" result "|" file
}

FNR == 1 { file = FILENAME; sub(/.*\//, "", file); kept = "" }
/^#define (expectation|succeeds|fails|shows)/ { next }
kept == "" && match($0, /(succeeds|fails|shows)(_as)?\(/) { kept = substr($0, RSTART + RLENGTH); open = 1 }
kept != "" && !open { kept = kept " " $0 }
kept != "" {
    open = 0
    if (kept ~ /;[ \\]*$/ || kept ~ /\)[ \\]*$/ && split_arguments(kept, words) == 6 &&
        balanced(kept)) {
        gsub(/[ \\]+/, " ", kept)
        expectation(kept)
        kept = ""
    }
}

# More closing brackets than opening ones: the call has ended.
function balanced(text,    copy) {
    copy = text
    gsub(/"([^"\\]|\\.)*"/, "", copy)
    return gsub(/\)/, "", copy) > gsub(/\(/, "", copy)
}
