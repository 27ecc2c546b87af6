# SPDX-License-Identifier: MIT
# One edit of one header, said in tokens, so that it fits however the text is
# spaced: in a pattern a blank stands for any blanks, none included, and a ~ for
# at least one.
#   -v edit=replace  -v at=PATTERN -v to=TEXT       the first match, or all
#   -v edit=drop     -v at=PATTERN                  the line
#   -v edit=exchange -v at=PATTERN -v with=PATTERN  two lines
#   -v edit=open     -v at=PATTERN                  an #if, with its #endif
#   -v edit=turn     -v at=PATTERN                  what #if and #else hold
# -v inside=PATTERN: only after a line like this, up to its closing brace.
# -v all=1: replace every match.  Exit 3: nothing to edit.

function pattern(text)
{
    gsub(/ /, "[ \t]*", text)
    gsub(/~/, "[ \t]+", text)
    return text
}

# The line of the directive that ends or splits the #if at line start.
function partner(start, word,    depth, i)
{
    for (i = start + 1; i <= NR; i++) {
        if (line[i] ~ /^[ \t]*#[ \t]*if/)
            depth++
        else if (!depth && line[i] ~ ("^[ \t]*#[ \t]*" word))
            return i
        else if (line[i] ~ /^[ \t]*#[ \t]*endif/ && !depth--)
            return 0
    }
    return 0
}

function find(wanted,    i)
{
    for (i = first; i <= last; i++)
        if (line[i] ~ wanted)
            return i
    return 0
}

# The lines after which, and up to which, the edit may be made.
function region(wanted,    i)
{
    first = 1
    last = NR
    if (wanted == "")
        return
    first = find(pattern(wanted))
    for (i = first; first && i <= NR; i++)
        if (line[i] ~ /^[ \t]*}.*;/ && i > first) {
            last = i
            return
        }
    first = 0
}

function exchange(one, two,    text)
{
    text = line[one]
    line[one] = line[two]
    line[two] = text
    return one != two && line[one] != line[two]
}

function turn(start,    middle, end, i, held, n)
{
    middle = partner(start, "else")
    end = partner(start, "endif")
    if (!middle || !end)
        return 0
    for (i = start + 1; i < middle; i++)
        held[n++] = line[i]
    for (i = middle + 1; i < end; i++)
        line[start + i - middle] = line[i]
    line[start + end - middle] = line[middle]
    for (i = 0; i < n; i++)
        line[end - n + i] = held[i]
    return 1
}

{ line[NR] = $0 }

END {
    region(inside)
    if (!first || !(here = find(pattern(at))))
        exit 3
    if (edit == "replace") {
        done = sub(pattern(at), to, line[here])
        while (all && (here = find(pattern(at))))
            sub(pattern(at), to, line[here])
    } else if (edit == "drop")
        done = delete_line[here] = 1
    else if (edit == "exchange") {
        there = find(pattern(with))
        done = there && exchange(here, there)
    } else if (edit == "open") {
        there = partner(here, "endif")
        done = there && !partner(here, "else")
        delete_line[here] = delete_line[there] = 1
    } else if (edit == "turn")
        done = turn(here)
    if (!done)
        exit 3
    for (i = 1; i <= NR; i++)
        if (!delete_line[i])
            print line[i]
}
