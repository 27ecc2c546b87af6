# SPDX-License-Identifier: MIT
# Code that documents show, in blocks and between backticks: FILE:LINE<tab>TEXT.
# "$ " before a command and a remark behind it are left out; commands that are
# joined by && or a pipe come one by one. What stands between backticks may go on
# in the next line.

function show(text,    parts, n, i)
{
    sub(/^ *\$ /, "", text)
    sub(/  +# .*/, "", text)
    gsub(/\\\|/, "|", text)
    n = split(text, parts, / *(&&|\|) */)
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", parts[i])
        if (parts[i] != "")
            print place "\t" parts[i]
    }
}

# A paragraph, or a row of a table.
function flush(    n, i, spans)
{
    n = split(paragraph, spans, "`")
    for (i = 2; i <= n; i += 2)
        show(spans[i])
    paragraph = ""
}

FNR == 1 { flush(); block = 0 }
/^```/ { flush(); block = !block; next }
block { place = FILENAME ":" FNR; show($0); next }
/^$/ || /^\|/ { flush() }
paragraph == "" { place = FILENAME ":" FNR }
{ paragraph = paragraph " " $0 }
END { flush() }
