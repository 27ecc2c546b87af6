# SPDX-License-Identifier: MIT
# Reads "file NAME" and the normal output of diff behind it; adds up the lines by
# cause. Needs -v one, other: the families; causes: the folder of causes.

function load(family, file,    path, line, i)
{
    i = 0
    path = causes "/" family "/" file
    while ((getline line < path) > 0)
        cause[family, ++i] = line
    close(path)
}

function forget(    key)
{
    for (key in cause)
        delete cause[key]
}

# The lines of a hunk: their causes, and the nearest one for those without.
function take(family, from, to,    i)
{
    for (i = from; i <= to; i++) {
        place[size + 1] = family "\t" i
        hunk[++size] = cause[family, i]
        if (hunk[size] == "")
            hunk[size] = "-"
    }
}

function nearest(at,    distance)
{
    for (distance = 1; distance <= size; distance++) {
        if (at - distance >= 1 && hunk[at - distance] != "-")
            return hunk[at - distance]
        if (at + distance <= size && hunk[at + distance] != "-")
            return hunk[at + distance]
    }
    return "-"
}

function settle(    i, what, told)
{
    for (i = 1; i <= size; i++) {
        what = hunk[i] == "-" ? nearest(i) : hunk[i]
        if (what == "-") {
            if (!told++)
                printf "error: %s: nothing says why these lines differ: %s\n", file, header > "/dev/stderr"
            bad = 1
            what = "unknown"
        }
        print file "\t" place[i] "\t" what > (causes "/settled")
        count[file, what]++
        total[what]++
        lines[file]++
        all++
    }
    size = 0
}

# 12,14c13,15: lines of the one, what became of them, lines of the other.
function open_hunk(text,    sides, a, b, left, right)
{
    header = text
    match(text, /[acd]/)
    left = substr(text, 1, RSTART - 1)
    right = substr(text, RSTART + 1)
    if (substr(text, RSTART, 1) != "a") {
        b = split(left, a, ",")
        take(one, a[1] + 0, a[b] + 0)
    }
    if (substr(text, RSTART, 1) != "d") {
        b = split(right, a, ",")
        take(other, a[1] + 0, a[b] + 0)
    }
    settle()
}

/^file / {
    forget()
    file = substr($0, 6)
    files[++nr_files] = file
    load(one, file)
    load(other, file)
    next
}
/^[0-9]/ { open_hunk($0) }

END {
    for (i = 1; i <= nr_files; i++) {
        file = files[i]
        if (!lines[file]) {
            same++
            continue
        }
        printf "%-40s %5d lines differ", file, lines[file]
        sign = ": "
        for (what in total)
            if (count[file, what]) {
                printf "%s%s %d", sign, what, count[file, what]
                sign = ", "
            }
        print ""
    }
    printf "%d files, %d of them the same; %d lines differ\n", nr_files, same, all
    for (what in total)
        printf "  %-24s %5d\n", what, total[what] | "sort"
    close("sort")
    print all + 0 > (causes "/counted")
    exit bad
}
