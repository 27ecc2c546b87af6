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
part_xen_negative()
{
    for kind in swapped number missing; do negative $kind xen_try_quick; done
    negative_headers
}

# What Xen's own checks of its headers are there for.
negative_headers()
{
    echo "struct xen_wrong { int a; }; // not C90" > "$work/wrong/c90.h"
    refused "a header that is no C90" include/headers.chk "$work/wrong/c90.h"
    echo "struct xen_wrong { int new; };" > "$work/wrong/cxx.h"
    refused "a header that is no C++" include/headers++.chk "$work/wrong/cxx.h"
    sed "s|^\(#e[a-z]*\) /\* XEN_HAVE_|\1 /* !XEN_HAVE_|" "$work/headers/xen.h" > "$work/wrong/xen.h"
    refused "an #endif that the compat scripts do not know" include/compat/xen.h "$work/wrong/xen.h"
}

# refused TEXT FILE HEADER: the step that would make FILE fails; with the tree as it is it does not.
refused()
{
    xen_put "$3"
    xen_step -j"$jobs" -k step-headers > "$work/headers.log" 2>&1
    result "xen: $1 is refused" [ ! -s "$build/$2" ]
    tree_mend
    xen_step -j"$jobs" -k step-headers > "$work/headers.log" 2>&1
    result "xen: and without it there is $2 again" [ -s "$build/$2" ]
}

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
