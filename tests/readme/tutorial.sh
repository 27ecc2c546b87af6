# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154
# The tutorial, done from top to bottom in a copy of the tree.

tree=$out/tree

in_tree() { (cd "$tree" && "$@"); }

# Git there must never mean the repository around.
git_there()
{
    GIT_DIR=$tree/.git GIT_WORK_TREE=$tree GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    export GIT_DIR GIT_WORK_TREE GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
}

# The copy, with a compiler that takes its templates from there.
prepare_tree()
{
    rm -rf "$tree" "$out/saved"
    mkdir -p "$tree/build" "$out/saved"
    cp -a Makefile .clang-format idl codegen scripts tests generated "$tree"
    cp -a build/obj build/hcgen build/generated "$tree/build"
    touch "$tree/codegen/main.c"
    in_tree make > "$out/prepare.log" 2>&1 || return 1
    cp -a "$tree/idl" "$tree/generated" "$out/saved"
    (
        git_there
        cd "$tree" && git init -q && git add idl generated &&
            git -c user.name=readme -c user.email=readme@localhost commit -q -m start
    ) >> "$out/prepare.log" 2>&1
}

# As it was when it was prepared; with what the examples need beside it.
reset_tree()
{
    rm -rf "$tree/idl" "$tree/generated" "$tree/include" "$tree/module" "$out/xen-tree"
    cp -a "$out/saved/idl" "$out/saved/generated" "$tree"
    touch "$tree/build/generated"
    mkdir -p "$out/xen-tree/xen/include/public" "$tree/module"
    cp tests/headers/consume/unikernel.c "$tree"
    cp tests/readme/linux/frames.c tests/readme/linux/Kbuild "$tree/module"
}

# Debian's kernel headers name each other by where they get installed.
prepare_kernel()
{
    kernel=
    [ -s build/linux-kbuild/release ] || return
    kernel=$(pwd)/build/linux-kbuild/usr/src/linux-headers-$(cat build/linux-kbuild/release)
    echo "include ${kernel%-amd64}-common/Makefile" > "$kernel/Makefile"
    LD_LIBRARY_PATH=$(pwd)/build/linux-kbuild/usr/lib/x86_64-linux-gnu
    export LD_LIBRARY_PATH
}

append_block()
{
    { echo; cat "$1"; } >> "$tree/$2"
}

# Before the last brace of the file.
insert_block()
{
    awk -v block="$1" '
        { line[NR] = $0; if ($0 == "}") last = NR }
        END {
            for (i = 1; i <= NR; i++) {
                if (i == last) {
                    print ""
                    while ((getline text < block) > 0) print text
                }
                print line[i]
            }
        }' "$tree/$2" > "$out/inserted" && cp "$out/inserted" "$tree/$2"
}

# run_command TEXT WANT: its output is WANT, and it fails exactly if that has an error.
run_command()
{
    (
        git_there
        cd "$tree" && XEN=$out/xen-tree KERNEL=$kernel sh -c "$1"
    ) > "$out/got" 2>&1 < /dev/null
    status=$?
    if ! why=$(awk -v want="$2" -f "$here/match.awk" "$out/got"); then
        echo "$1: $why"
        sed 's/^/    /' "$out/got"
        return 1
    fi
    grep -q 'error:' "$2" && want=1 || want=0
    [ $((status != 0)) = "$want" ] || { echo "$1: exit status $status"; return 1; }
}

# A block of commands, "$ " before each, and what they print behind it.
run_block()
{
    awk -v block="$1" '
        /^\$ / { n++; print substr($0, 3) > (block "." n ".command"); printf "" > (block "." n ".want"); next }
        { print > (block "." n ".want") }
        END { print n + 0 > (block ".count") }' "$1"
    number=0
    count=$(cat "$1.count")
    [ "$count" -gt 0 ] || { echo "$1 has no command"; return 1; }
    while [ $number -lt "$count" ]; do
        number=$((number + 1))
        run_command "$(cat "$1.$number.command")" "$1.$number.want" || return 1
    done
}

# step LINE WHAT REST...: one block of the README.
step()
{
    block=$out/blocks/$1
    case $2 in
    append) append_block "$block" "$3" ;;
    insert) insert_block "$block" "$3" ;;
    run) run_block "$block" ;;
    *) echo "what is '$2'?"; return 1 ;;
    esac
}

# Which files of generated/ are others now.
changed()
{
    diff -rq "$out/saved/generated" "$tree/generated" |
        sed "s,^Files .* and $tree/generated/\(.*\) differ\$,\1,"
}

# Both architectures have changed, in files that the README names, and nowhere else.
check_changes()
{
    {
        changed > "$out/changed"
        for family in x86 ia64; do
            for file in xen-4.17/include/public/pmt.h linux-6.1/include/xen/interface/pmt.h \
                guest/hc-pmt.h check/layout.c; do
                grep -qx "$family/$file" "$out/changed" || echo "$family/$file has not changed"
            done
        done
        while read -r file; do
            grep -qF "$(basename "$file")" "$docs/README.md" || echo "README.md does not name $file"
        done < "$out/changed"
    } > "$out/complaints"
    verdict "tutorial: what changed"
}

# What the examples should have left behind.
check_users()
{
    {
        cmp "$out/xen-tree/xen/include/public/pmt.h" "$tree/generated/x86/xen-4.17/include/public/pmt.h"
        [ ! -e "$tree/include" ] || nm "$tree/unikernel.o" | grep -q " T grant_frames" || echo "no unikernel"
        [ -z "$kernel" ] || grep -q hc_pmt_limit "$tree/module/stubs/hc-pmt.h" || echo "no stubs"
        [ -z "$kernel" ] || [ -s "$tree/module/frames.ko" ] || echo "no module"
    } > "$out/complaints" 2>&1
    verdict "tutorial: what users have"
}

# The lock has what is new, and the way back leads back.
check_way_back()
{
    {
        in_tree build/hcgen lock --check idl || echo "the updated lock lacks something"
        (git_there; cd "$tree" && git checkout -q idl && make) > "$out/got" 2>&1 || cat "$out/got"
        changed
    } > "$out/complaints" 2>&1
    verdict "tutorial: the way back"
}

check_tutorial()
{
    reset_tree
    prepare_kernel
    failed_step=
    while read -r line word what rest; do
        [ "$word" = tutorial ] || continue
        if [ "${rest%% *}" = needs ] && [ ! -e "${rest#needs }" ]; then
            skip "tutorial, line $line: there is no ${rest#needs }"
            continue
        fi
        # shellcheck disable=SC2086
        step "$line" "$what" $rest > "$out/complaints" 2>&1 || failed_step=$line
        verdict "tutorial, line $line: $what"
        [ -z "$failed_step" ] || return
    done < "$out/blocks/list"
    check_changes
    check_users
    check_way_back
}
