# SPDX-License-Identifier: MIT
# Code that documents show, in blocks and between backticks: FILE:LINE<tab>TEXT.
# "$ " before a command and a remark behind it are left out; commands that are
# joined by && or a pipe come one by one.

function show(text,    parts, n, i)
{
    sub(/^ *\$ /, "", text)
    sub(/  +# .*/, "", text)
    gsub(/\\\|/, "|", text)
    n = split(text, parts, / *(&&|\|) */)
    for (i = 1; i <= n; i++) {
        sub(/^ +/, "", parts[i])
        if (parts[i] != "")
            print FILENAME ":" FNR "\t" parts[i]
    }
}

FNR == 1 { block = 0 }
/^```/ { block = !block; next }
block { show($0); next }
{
    n = split($0, spans, "`")
    for (i = 2; i <= n; i += 2)
        show(spans[i])
}
