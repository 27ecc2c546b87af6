# SPDX-License-Identifier: MIT
# The Xen tree: how it is built, and what is looked at. Sourced by run.sh.
# shellcheck disable=SC2154

xen_use()
{
    tree=xen
    work=$out/xen
    source=$work/source
    build=$work/build
    folder=$source/xen/include/public
}

# What Xen would take from the clock and the machine.
xen_env()
{
    nice env XEN_BUILD_DATE=today XEN_BUILD_TIME=now XEN_BUILD_HOST=here XEN_WHOAMI=nobody \
        XEN_DOMAIN=nowhere SOURCE_DATE_EPOCH=1 XEN_TARGET_ARCH=x86_64 PYTHON=python3 "$@"
}

xen_make() { xen_env make -C "$source/xen" O="$build" "$@"; }

xen_step()
{
    (cd "$build" && xen_env root-make-done=y abs_srctree="$source/xen" abs_objtree="$build" \
        quiet=quiet_ Q=@ KBUILD_VERBOSE=0 \
        make --include-dir="$source/xen" --no-print-directory -f "$here/xen-steps.mk" "$@")
}

# The objects and the hypervisor of the tree as it is, once.
xen_baseline()
{
    key=$({ pwd; cat "$work/version" "$here/xen.config"; gcc --version; ld --version; } | sha256sum)
    [ "$key" = "$(cat "$work/baseline/key" 2> /dev/null)" ] && return
    rm -rf "$build" "$work/baseline"
    mkdir -p "$build" "$work/baseline"
    note "configuring, and building the tree as it is"
    {
        xen_make x86_64_defconfig
        cat "$here/xen.config" >> "$build/.config"
        xen_make olddefconfig
    } > "$work/prepare.log" 2>&1 || cannot "xen: configuring failed, see $work/prepare.log"
    tree_make "$work/baseline.log" 450 xen_make -j"$jobs" -Otarget
    [ -s "$build/xen-syms" ] || cannot "xen: the tree as it is does not build, see $work/baseline.log"

    find "$build" -name '.*.o.cmd' -exec awk '
        /^source_/ { object = substr($1, 8) }
        object && match($1, /include\/(public|compat)\/.*\.h$/) {
            header = substr($1, RSTART)
            sub(/^include\/[a-z]*\//, "", header)
            print object, header
        }' {} + | sort -u > "$work/baseline/depends"
    [ "$(tree_depends grant_table.h memory.h | wc -l)" -ge 300 ] ||
        cannot "xen: too few objects were built, see $work/baseline.log"
    {
        cut -d ' ' -f 1 "$work/baseline/depends" | sort -u
        echo xen-syms
        (cd "$build" && find include/compat -name '*.h')
    } | tar -C "$build" -cf - -T - | tar -C "$work/baseline" -xf -
    echo "$key" > "$work/baseline/key"
}

# xen_put HEADER...: in the tree, and what was made of the old ones deleted.
xen_put()
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
    (
        cd "$build" || exit
        rm -f include/headers*.chk include/compat/xlat.h xen-syms xen prelink.o
        for name in $names; do
            rm -f "include/compat/${name%.h}".[chi] "include/compat/.xlat/$name"
        done
    )
}

# xen_try_quick HEADER...: with these put in, the objects that name what is in them.
xen_try_quick()
{
    xen_put "$@"
    words "$here/xen.quick" | tr -s ' ' '\n' | sed '/^$/d' > "$work/objects"
    xen_step -j"$jobs" -k -Otarget step-headers > "$work/headers.log" 2>&1
    xen_step step-offsets >> "$work/headers.log" 2>&1
    # shellcheck disable=SC2046
    tree_make "$work/objects.log" 25 xen_step -j"$jobs" -k -Otarget $(cat "$work/objects")
    cat "$work/headers.log" "$work/objects.log" > "$work/try.log"
    tree_compare "$work/objects" "$work/try.log"
}

part_xen_headers()
{
    note "the generated headers over the tree's own"
    # shellcheck disable=SC2086
    xen_put $xen_headers
    tree_make "$work/try.log" "$(wc -l < "$work/objects")" xen_make -j"$jobs" -k -Otarget
    tree_compare "$work/objects" "$work/try.log"
    for name in headers headers99 headers++; do
        result "xen: $name.chk, Xen's own check of its public headers" \
            test -s "$build/include/$name.chk"
    done
    for header in $xen_headers; do
        result "xen: ${header##*/} is among them" xen_is_checked "${header##*/}"
    done
    result "xen: the compat scripts read them" xen_has_compat
    tell "xen: $(cat "$work/counts")"
    result "xen: what includes the generated headers is as before" \
        grep -q '^[1-9][0-9]* identical, 0 different, 0 failed$' "$work/counts" || tree_show
    if result "xen: the linked hypervisor is as before" \
        cmp "$build/xen-syms" "$work/baseline/xen-syms"; then
        tell "xen-syms identical"
    fi
}

xen_is_checked()
{
    grep -q "/public/$1\$" "$build/include/headers.chk" &&
        grep -q "/public/$1\$" "$build/include/headers++.chk"
}

# Each compat header that the tree makes of its own has come out again.
xen_has_compat()
{
    (cd "$work/baseline" && find include/compat -name '*.h') | while read -r file; do
        [ -s "$build/$file" ] || echo "$file"
    done > "$work/missing"
    [ ! -s "$work/missing" ]
}

# Which trees these are, and that the described headers are the ones of libxen-dev.
part_xen_versions()
{
    tell "xen: source $(cat "$work/version"), libxen-dev $(dpkg-query -W -f '${Version}' libxen-dev)"
    for header in $xen_headers; do
        name=${header##*/}
        # One that is new has no counterpart.
        [ -f "$work/headers/$name" ] || [ -f "/usr/include/xen/$name" ] || continue
        result "xen: $name of the source equals libxen-dev's" \
            cmp "$work/headers/$name" "/usr/include/xen/$name"
    done
}
