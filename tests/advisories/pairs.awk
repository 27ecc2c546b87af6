# SPDX-License-Identifier: MIT
# Each recipe with each switch of a rule that its advisory names: RECIPE SWITCH.
# Files: part=switches hv-impl/rules.h part=advisories advisories.list.
part == "switches" && /^    RULE\([0-9]/ {
    text = $0
    sub(/^ *RULE\(/, "", text)
    split(text, word, /, */)
    switches["R" word[1]] = switches["R" word[1]] " " word[2]
}
part == "switches" || /^#/ || /^==/ || /^$/ { next }
{
    split($0, field, "|")
    rules = split(field[4], rule, " ")
    recipes = split(field[5], recipe, /[ ,]+/)
    for (i = 1; i <= rules; i++) {
        nr = split(switches[rule[i]], name, " ")
        for (j = 1; j <= recipes; j++)
            for (k = 1; k <= nr; k++)
                if (recipe[j] != "" && recipe[j] != "-" && recipe[j] !~ /^check-/ && !seen[recipe[j], name[k]]++)
                    print recipe[j], name[k]
    }
}
