# SPDX-License-Identifier: MIT
# items.awk -v header=xen/interface/memory.h: what gcc -E -dD prints -> one line
# for each macro and each declaration of that header, token by token.  Comments,
# blanks and the place of a line break are gone; all else is there.

function tokens(text,    all, word)
{
    all = ""
    while (text != "") {
        if (match(text, /^[ \t]+/)) {
            text = substr(text, RLENGTH + 1)
            continue
        }
        if (match(text, /^"([^"\\]|\\.)*"/) || match(text, /^[A-Za-z0-9_]+/))
            word = substr(text, 1, RLENGTH)
        else
            word = substr(text, 1, 1)
        text = substr(text, length(word) + 1)
        all = all (all == "" ? "" : " ") word
    }
    return all
}

function braces(text,    opened, closed)
{
    opened = gsub(/{/, "{", text)
    closed = gsub(/}/, "}", text)
    return opened - closed
}

/^# [0-9]+ "/ {
    split($0, part, "\"")
    own = substr(part[2], length(part[2]) - length(header) + 1) == header
    next
}
!own || /^[ \t]*$/ { next }
/^#define / {
    sub(/^#define +/, "")
    match($0, /^[A-Za-z0-9_]+(\([^)]*\))?/)
    print "macro " tokens(substr($0, 1, RLENGTH)) " = " tokens(substr($0, RLENGTH + 1))
    next
}
/^#undef / { print "no macro " $2; next }
/^#/ { print "line " $0; next }
{
    open = open " " $0
    depth += braces($0)
    if (!depth && /;[ \t]*$/) {
        print tokens(open)
        open = ""
    }
}
END { if (tokens(open) != "") print "unfinished " tokens(open) }
