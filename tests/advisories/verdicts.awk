# SPDX-License-Identifier: MIT
# What became of each pair, CODE RECIPE SWITCH, beside survivors.list: prints what does not fit.
# Files: part=survivors survivors.list part=pairs RESULTS. 0 is green, 3 that nobody asked.
/^#/ || /^$/ { next }
part == "survivors" {
    if (split($0, field, "|") != 2 || field[2] ~ /^ *$/) { print "FAIL no reason: " $0; bad = 1 }
    nr = split(field[1], word, " ")
    for (i = 2; i <= nr; i++) survives[word[i], word[1]] = 1
    next
}
{
    pairs++
    was[$2, $3] = 1
    if ($1 == 0 && !survives[$2, $3]) { print "FAIL without " $3 ", " $2 " is green, and nothing says why"; bad = 1 }
    if ($1 != 0 && survives[$2, $3]) { print "FAIL without " $3 ", " $2 " is not green, and a reason is given"; bad = 1 }
}
END {
    for (pair in survives) if (survives[pair] && !was[pair]) {
        split(pair, word, SUBSEP)
        print "FAIL " word[1] " " word[2] ": no such pair"
        bad = 1
    }
    if (!pairs) bad = 1
    exit bad
}
