# SPDX-License-Identifier: MIT
# That the check can fail: mistakes in the tree's own headers, and exactly the
# objects that must change do. Sourced by run.sh.
#   swapped   two members of a structure exchanged, in both headers
#   number    an operation has another number, in both
#   missing   a structure has another name, in both
# shellcheck disable=SC2154

# negative_make KIND: the two headers with the mistake, to $work/wrong.
negative_make()
{
    case $1 in
    swapped) one='swap gnttab_map_grant_ref flags ref' two='swap xen_add_to_physmap idx gpfn' ;;
    number) one='number GNTTABOP_unmap_grant_ref 13' two='number XENMEM_add_to_physmap 99' ;;
    missing) one='rename gnttab_unmap_grant_ref gone_1' two='rename xen_add_to_physmap gone_2' ;;
    esac
    rm -rf "$work/wrong"
    mkdir "$work/wrong"
    awk -f "$here/variant.awk" -v change="$one" "$work/headers/grant_table.h" > "$work/wrong/grant_table.h" &&
        awk -f "$here/variant.awk" -v change="$two" "$work/headers/memory.h" > "$work/wrong/memory.h"
}

# negative KIND TRY: these objects are different, or failed, and the others as before.
negative()
{
    note "a mistake put in: $1"
    if ! negative_make "$1"; then
        fail "$tree: $1: the header has nothing to change"
        return
    fi
    "$2" "$work/wrong/grant_table.h" "$work/wrong/memory.h"
    tree_mend
    status=different
    [ "$1" != missing ] || status=failed
    sed -n "s/^$1 //p" "$here/$tree.expect" | tr -s ' ' '\n' | sed '/^$/d' > "$work/expect"
    [ -s "$work/expect" ] || "${tree}_expect" "$1" > "$work/expect"
    result "$tree: $1: $(cat "$work/counts"), and they are the ones" negative_is "$status" || tree_show
}

# Exactly the expected ones have the status, and all others are identical.
negative_is()
{
    [ -s "$work/expect" ] && tree_is "$work/expect" "$1" &&
        ! grep -vE "^(identical|$1) " "$work/compared"
}

# A structure that is gone breaks all that includes a header which uses it.
linux_expect() { tree_depends asm/xen/page.h; }
xen_expect() { cat "$work/objects"; }

part_linux_negative() { for kind in swapped number missing; do negative $kind linux_try; done; }
part_xen_negative() { for kind in swapped number missing; do negative $kind xen_try_quick; done; }

# ---- the machinery itself --------------------------------------------------------

# A run that is killed while headers are in the tree, and the next one.
machinery_killed()
{
    kill_me=$work/wrong
    negative_make number
    : > "$kill_me/new.h"
    # shellcheck disable=SC2016
    ( sh -c '. "$1/lib.sh"; folder=$2; shift 2; tree_drop "$@"; kill -9 $$' sh "$here" "$folder" \
        "$kill_me"/*.h; : ) > /dev/null 2>&1
    [ -f "$folder/new.h" ] && ! cmp -s "$folder/memory.h" "$work/headers/memory.h" || return 1
    tree_mend
    diff -r "$folder" "$work/headers"
}

# A second run while this one has the lock.
machinery_locked()
{
    sh "$here/run.sh" "$out" > /dev/null 2>&1 9>&-
    [ $? -eq 2 ]
}

# The record fits when it is written, and no longer when one file is another.
machinery_record()
{
    RECORD=$out/record sh "$here/proved.sh" write "$out" && RECORD=$out/record sh "$here/proved.sh" || return 1
    sed '$s/^./x/' "$out/record" > "$out/record.wrong"
    changed=$(RECORD=$out/record.wrong sh "$here/proved.sh") && return 1
    [ "$changed" = "$(sed -n '$s/^[^ ]* *//p' "$out/record")" ]
}
