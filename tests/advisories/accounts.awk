# SPDX-License-Identifier: MIT
# Do the lists fit together? Files, each behind its part: part=rules rules.list,
# part=recipes recipes.def, part=advisories advisories.list, part=skipped skipped.list,
# part=switches rules.h, part=twins twins.list; -v most=N is how many advisories there are.

function wrong(text) { print "FAIL " text; bad = 1 }
function trim(text) { gsub(/^[ \t]+|[ \t]+$/, "", text); return text }

part == "recipes" && /^RECIPE\(/ {
    text = $0
    sub(/^RECIPE\(/, "", text)
    sub(/,.*/, "", text)
    if (text in recipe) wrong(text ": twice in recipes.def")
    recipe[text] = 1
    next
}
part == "switches" && /^    RULE\([0-9]/ {
    text = $0
    sub(/^ *RULE\(/, "", text)
    split(text, word, /, */)
    number[word[2]] = "R" word[1]
    next
}
/^#/ || /^$/ || part == "recipes" || part == "switches" { next }
part == "rules" { split($0, field, "|"); rule[trim(field[1])] = 1; next }
part == "twins" {
    if (!($1 in number) && $1 !~ /^bug=/) wrong("twin " $1 ": there is no such switch")
    if (NF < 2) wrong("twin " $1 ": no recipe")
    if ($2 == "-") { if (NF < 3) wrong("twin " $1 ": no reason"); said[$1] = 1; next }
    for (i = 2; i <= NF; i++) if (!($i in recipe)) wrong("twin " $1 ": no recipe " $i)
    if ($1 in number) said[$1] = twin[number[$1]] = 1
    next
}
part == "skipped" {
    split($0, field, "|")
    if (trim(field[2]) == "") wrong("skipped without a reason: " field[1])
    n = split(trim(field[1]), word, " ")
    for (i = 1; i <= n; i++) {
        if (word[i] in seen) wrong(word[i] ": has a row, and is skipped")
        if (word[i] in skipped) wrong(word[i] ": skipped twice")
        skipped[word[i]] = 1
    }
    next
}
part == "advisories" && /^==/ { next }
part == "advisories" {
    if (split($0, field, "|") != 7) wrong($1 ": not seven fields")
    name = trim(field[1])
    here = trim(field[3])
    number_of = name ~ /^[0-9][0-9]?[0-9]?$/    # what is longer is a commit
    if (!number_of) rows--
    if (name in seen) wrong(name ": two rows")
    seen[name] = 1
    rows++
    if (number_of) count[here]++
    if (here !~ /^(yes|like|no)$/) wrong(name ": here is " here)
    n = split(trim(field[4]), word, " ")
    if (!n) wrong(name ": no rule")
    for (i = 1; i <= n; i++) {
        if (!(word[i] in rule)) wrong(name ": no rule " word[i])
        used[word[i]] = 1
    }
    n = split(trim(field[5]), word, /, */)
    for (i = 1; i <= n; i++) {
        if ((word[i] == "-") != (here == "no")) wrong(name ": here is " here ", and its recipe " word[i])
        if (word[i] != "-" && word[i] !~ /^check-/ && !(word[i] in recipe)) wrong(name ": no recipe " word[i])
        runs[word[i]] = 1
    }
    if (trim(field[6]) == "" || trim(field[7]) == "") wrong(name ": says nothing")
}

END {
    if (rows != most) wrong(rows " rows, and there are " most " advisories")
    for (name in rule) if (!(name in used)) wrong(name ": no advisory asks for it")
    for (name in recipe) if (!(name in runs)) wrong(name ": a recipe of no advisory")
    for (name in number) if (!(name in said)) wrong(name ": a switch without a twin, and no reason")
    for (name in rule) if (!(name in twin)) wrong(name ": no switch turns a recipe of it red")
    for (name in runs) if (name !~ /^(-|check-.*)$/) recipes++
    printf "%d advisories: %d concern this project, %d could in another place, %d do not; %d recipes\n",
        rows, count["yes"], count["like"], count["no"], recipes
    exit bad
}
