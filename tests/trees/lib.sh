# SPDX-License-Identifier: MIT
# What both trees need: put headers in and take them out again, build what depends
# on them, compare. Sourced by run.sh, after count.sh. A tree is a folder below $out:
#   source/, version   as fetched
#   headers/           an untouched copy of the header folder
#   build/             the tree's own build, out of tree
#   baseline/          objects of the unmodified tree; depends: "OBJECT HEADER" lines
# tree_use has set tree, work, source, build, folder (where the headers are).
# shellcheck disable=SC2154

# A check called from make would inherit the caller's settings.
unset MAKEFLAGS MAKELEVEL MFLAGS CROSS_COMPILE ARCH
export LC_ALL=C
part_log=/dev/null
jobs=${JOBS:-$(nproc)}

# note TEXT: progress.
note() { echo "  $tree: $1"; }

# tell TEXT: a line of the result, kept for a cached run.
tell()
{
    echo "$1"
    echo "$1" >> "$part_log"
}

# result TEXT COMMAND...: counts, and tells either way.
result()
{
    result_text=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        tell "ok: $result_text"
    else
        fail "$result_text"
        return 1
    fi
}

# words FILE: without its comments, on one line.
words() { sed '/^#/d' "$1" | tr '\n' ' '; }

cannot()
{
    echo "trees: $1" >&2
    exit 2
}

# ---- the header folder -------------------------------------------------------

# Also after a run that was killed. What is equal keeps its time stamp.
tree_mend()
{
    [ -d "$work/headers" ] || return 0
    (cd "$folder" && find . -type f) | while read -r file; do
        [ -f "$work/headers/$file" ] || rm -f "$folder/$file"
    done
    (cd "$work/headers" && find . -type f) | while read -r file; do
        cmp -s "$work/headers/$file" "$folder/$file" || cp "$work/headers/$file" "$folder/$file"
    done
}

tree_keep_headers()
{
    [ -d "$work/headers" ] && return
    rm -rf "$work/headers.part"
    cp -Rp "$folder" "$work/headers.part"
    mv "$work/headers.part" "$work/headers"
}

# tree_drop FILE...: over the tree's own.
tree_drop()
{
    for file; do
        cp "$file" "$folder/" && touch "$folder/${file##*/}"
    done
}

# ---- objects ------------------------------------------------------------------

# tree_depends HEADER...: objects of the baseline that include one of them.
tree_depends()
{
    awk -v wanted=" $* " 'index(wanted, " " $2 " ") { print $1 }' "$work/baseline/depends" | sort -u
}

# tree_forget: deletes the objects that are listed, so that a missing one has failed.
tree_forget() { (cd "$build" && xargs rm -f); }

# tree_make LOG NUMBER COMMAND...: runs it, and says how far it is.
tree_make()
{
    make_log=$1
    make_number=$2
    shift 2
    "$@" 2>&1 | tee "$make_log" | awk -v tree="$tree" -v number="$make_number" '
        /^  (CC|AS) / { done++; if (done % 40 == 0) { print "  " tree ": " done " of about " number; fflush() } }'
}

# tree_compare LIST LOG: "STATUS OBJECT DETAIL" lines to $work/compared.
tree_compare()
{
    awk -v source="$source/" '
        /^  [A-Z]+ +[^ ]+\.o$/ { object = $2 }
        / error: |: No such file|Error [0-9]|not found/ && !(object in first) {
            first[object] = $0
            gsub(source, "")
            print object, $0
        }' "$2" > "$work/errors"
    while read -r object; do
        if [ ! -f "$build/$object" ]; then
            echo "failed $object $(awk -v o="$object" '$1 == o { $1 = ""; print; exit }' "$work/errors")"
        elif cmp -s "$build/$object" "$work/baseline/$object"; then
            echo "identical $object"
        else
            echo "different $object $(tree_sections "$object")"
        fi
    done < "$1" > "$work/compared"
    awk '{ n[$1]++ } END { printf "%d identical, %d different, %d failed\n",
        n["identical"], n["different"], n["failed"] }' "$work/compared" > "$work/counts"
}

# tree_sections OBJECT: in which sections it differs.
tree_sections()
{
    for side in "$build" "$work/baseline"; do
        objdump -sr "$side/$1" | awk '
            /^Contents of section / { name = $4; sub(/:$/, "", name); next }
            /^RELOCATION RECORDS FOR/ { name = $4; gsub(/\[|\]|:/, "", name); next }
            name { print name, $0 }' > "$work/sections-${side##*/}"
    done
    diff "$work/sections-build" "$work/sections-baseline" | awk '/^[<>]/ { print $2 }' | sort -u | tr '\n' ' '
}

# tree_show: what is not identical, with its reason.
tree_show()
{
    grep -v '^identical' "$work/compared" | head -n 12
    if grep -q "^failed" "$work/compared"; then
        sed -n "1s|^|first error: |p" "$work/errors"
    fi
}

# tree_is LIST STATUS: whether exactly the objects of LIST have STATUS.
tree_is()
{
    awk -v status="$2" '$1 == status { print $2 }' "$work/compared" | sort > "$work/are"
    sort "$1" | diff - "$work/are"
}

# ---- parts, and what was seen before ---------------------------------------------

# part NAME FILE...: runs part_NAME, unless it passed with these files, this tree
# and this compiler; then it tells what it told.
part()
{
    part_name=$1
    shift
    part_log=$out/seen/$part_name.log
    part_key=$({ cat "$work/version"; gcc --version; sha256sum "$@" "$here"/*.[!m]* "$here/xen-steps.mk" \
        "$work/baseline/key"; } | sha256sum)
    if [ "$part_key" = "$(cat "$out/seen/$part_name.key" 2> /dev/null)" ]; then
        sed 's/^/(as before) /' "$part_log"
        passed=$((passed + $(grep -c '^ok: ' "$part_log")))
        part_log=/dev/null
        return
    fi
    rm -f "$out/seen/$part_name.key"
    : > "$part_log"
    part_before=$failed.$skipped
    "part_$part_name"
    part_log=/dev/null
    tree_mend
    [ "$part_before" = "$failed.$skipped" ] || return
    echo "$part_key" > "$out/seen/$part_name.key"
}
