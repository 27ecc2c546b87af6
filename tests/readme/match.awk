# SPDX-License-Identifier: MIT
# awk -v want=FILE -f match.awk GOT: are the lines of GOT those of FILE, where
# "..." in FILE stands for any number of lines? If not, prints the first line of
# FILE that has no match, or the line of GOT that is one too many.

function matches(i, j)
{
    if ((i, j) in tried)
        return 0
    tried[i, j] = 1
    if (i > furthest || i == furthest && j > beside) {
        furthest = i
        beside = j
    }
    if (i > wants)
        return j > NR
    if (wanted[i] == "...")
        return matches(i + 1, j) || j <= NR && matches(i, j + 1)
    return j <= NR && wanted[i] == got[j] && matches(i + 1, j + 1)
}

{ got[NR] = $0 }

END {
    while ((getline line < want) > 0)
        wanted[++wants] = line
    if (matches(1, 1))
        exit 0
    if (furthest <= wants)
        print "missing: " wanted[furthest]
    else
        print "too many: " got[beside]
    exit 1
}
