# SPDX-License-Identifier: MIT
# The Linux tree: how it is built, and what is looked at. Sourced by run.sh.
# shellcheck disable=SC2154

linux_use()
{
    tree=linux
    work=$out/linux
    source=$work/source
    build=$work/build
    folder=$source/include/xen/interface
}

linux_make()
{
    nice make -C "$source" O="$build" KBUILD_BUILD_TIMESTAMP=1970-01-01 KBUILD_BUILD_USER=nobody \
        KBUILD_BUILD_HOST=nowhere "$@"
}

# The objects of the tree as it is, once.
linux_baseline()
{
    key=$({ pwd; cat "$work/version" "$here/linux.config" "$here/linux.targets"; gcc --version; } | sha256sum)
    [ "$key" = "$(cat "$work/baseline/key" 2> /dev/null)" ] && return
    rm -rf "$build" "$work/baseline"
    mkdir -p "$build" "$work/baseline"
    note "configuring, and building the tree as it is"
    {
        linux_make x86_64_defconfig
        # shellcheck disable=SC2046
        "$source/scripts/config" --file "$build/.config" -d MODULE_SIG -d DEBUG_INFO_BTF \
            $(for option in $(words "$here/linux.config"); do echo "-e $option"; done)
        linux_make olddefconfig
        linux_make -j"$jobs" prepare
    } > "$work/prepare.log" 2>&1 || cannot "linux: make prepare failed, see $work/prepare.log"
    # shellcheck disable=SC2046
    tree_make "$work/baseline.log" 135 linux_make -j"$jobs" -k -Otarget $(words "$here/linux.targets")

    # kbuild's .cmd files name the headers of each object.
    find "$build" -name '.*.o.cmd' -exec awk '
        /^source_/ { object = substr($1, 8) }
        object && match($1, /include\/xen\/interface\/.*\.h$/) { print object, substr($1, RSTART + 22) }
        object && /\/asm\/xen\/page\.h / { print object, "asm/xen/page.h" }
    ' {} + | sort -u > "$work/baseline/depends"
    [ "$(tree_depends grant_table.h memory.h | wc -l)" -ge 60 ] ||
        cannot "linux: too few objects were built, see $work/baseline.log"
    cut -d ' ' -f 1 "$work/baseline/depends" | sort -u |
        tar -C "$build" -cf - -T - | tar -C "$work/baseline" -xf -
    echo "$key" > "$work/baseline/key"
}

# linux_try HEADER...: with these put in, what depends on them.
linux_try()
{
    tree_mend
    names=
    for file; do
        names="$names ${file##*/}"
    done
    tree_drop "$@"
    # shellcheck disable=SC2086
    tree_depends $names > "$work/objects"
    tree_forget < "$work/objects"
    # shellcheck disable=SC2046
    tree_make "$work/try.log" "$(wc -l < "$work/objects")" \
        linux_make -j"$jobs" -k -Otarget $(cat "$work/objects")
    tree_compare "$work/objects" "$work/try.log"
}

part_linux_headers()
{
    note "the generated headers over the tree's own"
    linux_try $linux_headers
    tell "linux: $(cat "$work/counts")"
    result "linux: what includes the generated headers is as before" \
        grep -q '^[1-9][0-9]* identical, 0 different, 0 failed$' "$work/counts" || tree_show
}
