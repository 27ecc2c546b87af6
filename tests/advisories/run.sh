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
}

accounts()
{
    awk -f $here/accounts.awk -v most=$most part=rules $here/rules.list part=recipes $here/recipes.def \
        part=switches hv-impl/rules.h part=skipped $here/skipped.list part=twins "${2:-$here/twins.list}" \
        part=advisories "$1"
}

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
lists
totals advisories
