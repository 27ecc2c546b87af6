#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh FOLDER MACHINE: every recipe for every kind of domain; with each rule switched off
# one of them is red; the lists fit together; and docs/security.md says what they say.

here=tests/advisories
out=$1
machine=$2
log=$out/log
most=115
. tests/count.sh

recipes()
{
    "$machine/$1/advisories" > "$out/$1.log" 2>&1
    recipes_status=$?
    ran=0
    while read -r verdict words
    do
        case $verdict in
        ok) pass "$1: $words"; ran=$((ran + 1)) ;;
        FAIL) fail "$1: $words"; ran=$((ran + 1)) ;;
        RESULT) result=${words%% *} ;;
        *) echo "    $verdict $words" ;;
        esac
    done < "$out/$1.log"
    check "$1: the program ends well" [ $recipes_status -eq 0 ]
    check "$1: all recipes have run" [ "$ran" = "$result" ]
}

# Of a switch, or of a planted mistake: the recipes that have to be red.
twins()
{
    while read -r name recipe rest
    do
        case $name in
        '#'* | '') continue ;;
        esac
        if [ "$recipe" = - ]
        then
            skip "without $name: $rest"
            continue
        fi
        case $name in
        *=*) way=$name ;;
        *) way=off=$name ;;
        esac
        for recipe in $recipe $rest
        do
            refuse "with $way, $recipe is red" "$machine/x86/advisories" "$way" "$recipe"
        done
    done < $here/twins.list
    for profile in x86 ia64
    do
        for which in 1:memory:transfer_of_translated 2:register:swap_beyond 3:frame:swap_beyond
        do
            recipe=${which##*:}
            refuse "$profile: with a frame number told ($which), $recipe is red" \
                "$machine/$profile/advisories" "leak=${which%%:*}" "$recipe"
        done
    done
}

# Each recipe with each switch of its rules: red, or nobody asks, or survivors.list says why. Two
# at a time. Those that try everything with everything take a minute each, and have their twins above.
pairs()
{
    awk -f $here/pairs.awk part=switches hv-impl/rules.h part=advisories $here/advisories.list |
        grep -v '^any_' > "$out/pairs"
    for half in 0 1
    do
        awk -v half=$half 'NR % 2 == half' "$out/pairs" | while read -r recipe switch
        do
            "$machine/x86/advisories" "off=$switch" "$recipe" > /dev/null 2>&1
            echo "$? $recipe $switch"
        done > "$out/pairs.$half" &
    done
    wait
    cat "$out/pairs.0" "$out/pairs.1" > "$out/pairs.all"
    while read -r code recipe switch
    do
        [ "$code" = 0 ] || [ "$code" = 3 ] || pass "without $switch, $recipe is red"
    done < "$out/pairs.all"
}

verdicts() { awk -f $here/verdicts.awk part=survivors "$1" part=pairs "$2"; }

survivors()
{
    pairs
    check "each recipe is red without its rules, or it is known why not" verdicts $here/survivors.list "$out/pairs.all"
    verdicts $here/survivors.list "$out/pairs.all"
    sed '/^TRIES /d' $here/survivors.list > "$out/survivors"
    refuse "one that stays green without a reason is seen" verdicts "$out/survivors" "$out/pairs.all"
    sed 's/^0 transitive_pinned TRIES/1 transitive_pinned TRIES/' "$out/pairs.all" > "$out/red"
    refuse "a reason for one that is red is seen" verdicts $here/survivors.list "$out/red"
}

accounts()
{
    awk -f $here/accounts.awk -v most=$most part=rules $here/rules.list part=recipes $here/recipes.def \
        part=switches hv-impl/rules.h part=skipped $here/skipped.list part=twins "${2:-$here/twins.list}" \
        part=advisories "$1"
}

defects() { awk -v most=11 -f $here/defects.awk "$1"; }

page() { $here/page.sh "$1" check; }

lists()
{
    check "lists: rules, advisories, recipes and twins fit together" accounts $here/advisories.list
    accounts $here/advisories.list
    sed '/^486 /d' $here/advisories.list > "$out/fewer"
    refuse "lists: an advisory that has no row is seen" accounts "$out/fewer"
    sed 's/swap_beyond/swap_below/' $here/advisories.list > "$out/renamed"
    refuse "lists: a recipe that is not there is seen" accounts "$out/renamed"
    sed 's/^18  | 2012 | yes/18  | 2012 | no/' $here/advisories.list > "$out/no"
    refuse "lists: one that does not concern us and has a recipe is seen" accounts "$out/no"
    sed '/^FLUSH /d' $here/twins.list > "$out/twins"
    refuse "lists: a switch without a twin is seen" accounts $here/advisories.list "$out/twins"
    check "defects: each has a test that is there, or a reason" defects $here/defects.list
    sed 's/test_phystomach/test_phystomatch/' $here/defects.list > "$out/defects"
    refuse "defects: a test that is not there is seen" defects "$out/defects"
    sed '/^8 /d' $here/defects.list > "$out/defects"
    refuse "defects: one that is left out is seen" defects "$out/defects"
    check "docs/security.md says what the lists say" page docs/security.md
    sed 's/^| 486 | 2026/| 486 | 2025/' docs/security.md > "$out/page.md"
    refuse "a page that says something else is seen" page "$out/page.md"
}

mkdir -p "$out"
for profile in x86 ia64
do
    recipes $profile
done
twins
survivors
lists
totals advisories
