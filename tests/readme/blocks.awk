# SPDX-License-Identifier: MIT
# The fenced blocks of a document and the mark in the line before each:
#     <!-- WORD: REST -->
# Prints "LINE WORD REST" for each block, with WORD "unmarked" where there is no
# mark, and "broken" for a mark without a block. Needs -v out=FOLDER: the text of
# a block goes to FOLDER/LINE.

function broken()
{
    if (mark != "")
        print NR " broken " mark
    mark = ""
}

inside && /^```/ { inside = 0; close(file); next }
inside { print > file; next }
/^```/ {
    inside = 1
    file = out "/" NR
    printf "" > file
    print NR " " (mark == "" ? "unmarked" : mark)
    mark = ""
    next
}
/^<!-- .* -->$/ {
    broken()
    mark = substr($0, 6, length($0) - 9)
    sub(/:/, "", mark)
    next
}
{ broken() }
END { broken() }
