# SPDX-License-Identifier: MIT
# Lines from coverage.sh: "stub NAME", "header NAME", "command NAME",
# "shown NAME succeeds|fails", "unreachable PATTERN succeeds|fails REASON".

$1 == "stub"    { op[$2]; stub[$2] }
$1 == "header"  { header[$2] }
$1 == "command" { op[$2] }
$1 == "shown"   { shown[$2, $3]++ }
$1 == "unreachable" {
    rows++
    pattern[rows] = $2
    kind[rows] = $3
}

# The row that excuses an op; a * at its end stands for the rest of a name.
function excuse(name, what,    row, stem) {
    for (row = 1; row <= rows; row++) {
        stem = pattern[row]
        if (kind[row] != what)
            continue
        if (stem == name || (sub(/\*$/, "", stem) && index(name, stem) == 1))
            return row
    }
    return 0
}

function judge(name, what,    row) {
    row = excuse(name, what)
    used[row]
    if (shown[name, what] && row)
        return problem = problem " is listed as unreachable but " what ";"
    if (!shown[name, what] && !row)
        problem = problem " no check where it " what ";"
}

END {
    for (name in op) {
        problem = ""
        judge(name, "succeeds")
        judge(name, "fails")
        if (problem)
            print "FAIL coverage: " name ":" problem
        else
            print "ok coverage: " name ": " shown[name, "succeeds"] + 0 \
                  " succeed, " shown[name, "fails"] + 0 " fail"
        count++
    }
    for (name in header)
        if (!(name in stub))
            print "FAIL coverage: " name " has a number and no stub"
    for (row = 1; row <= rows; row++)
        if (!(row in used))
            print "FAIL coverage: unreachable.txt names no op: " pattern[row]
    if (count < 50)
        print "FAIL coverage: only " count + 0 " ops were found"
}
