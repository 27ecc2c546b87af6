# SPDX-License-Identifier: MIT
# The report as a page: a table of causes, and each file side by side. Reads
#   cause NAME MEANING         what hcgen knows
#   file NAME                  and behind it each line of both, '=' in both, '-'
#                              in the one, '+' in the other alone
# Needs -v one, other: the families; settled: the causes of differing lines.

function escape(text)
{
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

# One row: a line of each, or nothing beside it.
function row(left, right, cause_left, cause_right)
{
    printf "<tr>%s%s</tr>\n", cell(left, left_line, cause_left), cell(right, right_line, cause_right)
}

function cell(text, line, what)
{
    if (text == "")
        return "<td class=n></td><td class=void></td>"
    if (what == "")
        return "<td class=n>" line "</td><td>" escape(substr(text, 2)) "</td>"
    return "<td class=n>" line "</td><td class=\"c" number[what] "\" title=\"" what "\">" \
           escape(substr(text, 2)) "</td>"
}

# Lines that both have: a long stretch folds down to its ends.
function put_same(    i, fold)
{
    fold = same > 9
    for (i = 1; i <= same; i++) {
        left_line++; right_line++
        if (fold && i > 3 && i <= same - 3) {
            if (i == 4)
                print "<tr class=fold><td class=n></td><td>" (same - 6) " lines the same</td><td class=n></td><td></td></tr>"
            continue
        }
        row("=" kept[i], "=" kept[i], "", "")
    }
    same = 0
}

# What goes and what comes, beside each other.
function put_changed(    i, most, left, right, left_cause, right_cause)
{
    most = gone > come ? gone : come
    for (i = 1; i <= most; i++) {
        left = right = left_cause = right_cause = ""
        if (i <= gone) {
            left = "-" old[i]
            left_cause = why[file, one, ++left_line]
        }
        if (i <= come) {
            right = "+" new[i]
            right_cause = why[file, other, ++right_line]
        }
        row(left, right, left_cause, right_cause)
    }
    gone = come = 0
}

function flush() { put_same(); put_changed() }

function close_file()
{
    if (!file)
        return
    flush()
    print "</table></details>"
}

BEGIN {
    while ((getline line < settled) > 0) {
        split(line, part, "\t")
        why[part[1], part[2], part[3]] = part[4]
        total[part[4]]++
        lines[part[1]]++
        all++
    }
    print "<!DOCTYPE html>\n<html lang=en><meta charset=utf-8>"
    print "<title>" one " against " other "</title>"
    while ((getline line < style) > 0)
        print line
    print "<h1>" one " against " other "</h1>"
    print "<p>Generated code, side by side. Each line that differs says why: the compiler knows it from the tables"
    print "of the architectures. " all + 0 " lines differ.</p>"
    print "<table class=causes><tr><th>cause<th>lines<th>what it means</tr>"
}

$1 == "cause" {
    number[$2] = ++nr_causes
    name = $2
    sub(/^cause [^ ]* /, "")
    if (total[name])
        printf "<tr><td class=\"c%d\">%s</td><td class=n>%d</td><td>%s</td></tr>\n", number[name], name, total[name], escape($0)
    next
}
$1 == "file" && NF == 2 {
    if (!nr_files++)
        print "</table>"
    close_file()
    file = $2
    left_line = right_line = 0
    printf "<details><summary>%s <span>%s</span></summary>\n", file, lines[file] ? lines[file] " lines differ" : "the same"
    print "<table class=code><tr><th class=n><th>" one "<th class=n><th>" other "</tr>"
    next
}
/^=/ {
    if (gone + come)
        flush()
    kept[++same] = substr($0, 2)
}
/^-/ {
    if (come || same)
        flush()
    old[++gone] = substr($0, 2)
}
/^\+/ {
    if (same)
        flush()
    new[++come] = substr($0, 2)
}
END {
    close_file()
    print "</html>"
}
