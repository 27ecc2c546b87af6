# SPDX-License-Identifier: MIT
# What has no object to be compared with: stubs, new headers and dispatchers, each
# compiled as the tree compiles its own files. Sourced by run.sh.
# shellcheck disable=SC2154

# compile_as OBJECT FILE FLAG...: with what kbuild noted for OBJECT, and these flags
# in front of it; any word of the compiler's is a failure.
compile_as()
{
    compile_file=$2
    compile_command=$(awk -v object="$1" '
        index($0, "cmd_" object " := ") == 1 {
            sub(/^[^=]*:= */, "")
            sub(/-Wp,-MMD,[^ ]* /, "")
            sub(/-MMD -MP -MF [^ ]* /, "")
            sub(/ -c .*/, "")
            print
        }' "$build/$(dirname "$1")/.$(basename "$1").cmd")
    [ -n "$compile_command" ] || cannot "$tree: no command is noted for $1"
    shift 2
    rm -f "$work/compiled.o"
    (
        cd "$build" || exit
        # The compiler, our flags, its flags.
        eval "set -- ${compile_command%% *} \"\$@\" ${compile_command#* }"
        "$@" -c -o "$work/compiled.o" "$compile_file"
    ) > "$work/compile.log" 2>&1 && [ ! -s "$work/compile.log" ] && [ -s "$work/compiled.o" ]
}

# compiles TEXT OBJECT FILE FLAG...
compiles()
{
    compiles_text=$1
    shift
    result "$compiles_text" compile_as "$@" || head -n 10 "$work/compile.log"
}

# refuses TEXT OBJECT FILE FLAG...: the twin, with what the compiler should say, in $expected.
refuses()
{
    refuses_text=$1
    shift
    if compile_as "$@"; then
        fail "$refuses_text: it compiles"
    else
        result "$refuses_text" grep -q "$expected" "$work/compile.log" ||
            head -n 10 "$work/compile.log"
    fi
}

# overlay NAME FOLDER FILE...: $work/overlay/NAME is a copy of FOLDER, and these over it.
overlay()
{
    overlay_to=$work/overlay/$1
    rm -rf "$overlay_to"
    mkdir -p "$overlay_to"
    cp -RL "$2/." "$overlay_to/"
    shift 2
    cp "$@" "$overlay_to/"
}

# ---- Linux ---------------------------------------------------------------------

part_linux_compile()
{
    note "what is new, compiled with an object's flags"
    like=drivers/xen/features.o
    # shellcheck disable=SC2086
    overlay tree/xen/interface "$work/headers" $linux_headers
    # shellcheck disable=SC2086
    overlay guest/xen /usr/include/xen $xen_headers
    ours="-D__XEN_INTERFACE_VERSION__=__XEN_LATEST_INTERFACE_VERSION__ -D__XEN_TOOLS__
          -I $x86/guest -I $work/overlay/guest"
    for header in $linux_headers; do
        name=${header##*/}
        printf '#include <%s>\n' linux/types.h xen/interface/xen.h "xen/interface/$name" \
            "xen/interface/$name" > "$work/stub.c"
        compiles "linux: $name, compiled alone and twice" $like "$work/stub.c" \
            -I "$work/overlay/tree"
    done
    for header in "$x86"/guest/hc-*.h; do
        awk -f tests/stubs/all.awk "$header" |
            sed 's/<stddef.h>/<linux\/types.h>/; /<stdint.h>/d' > "$work/stub.c"
        for way in HC_PAGE HC_VMMCALL HC_VMCALL; do
            compiles "linux: ${header##*/}, all of it, $way" $like "$work/stub.c" -D$way $ours
        done
    done
    echo 'int planted(void) { int nobody; return 0; }' >> "$work/stub.c"
    expected='unused variable .*nobody'
    refuses "linux: a warning is seen" $like "$work/stub.c" -D$way $ours
}

# ---- Xen -----------------------------------------------------------------------

xen_hv_flags()
{
    printf -- "$1 %s " "$root/hv-impl/port-xen" "$root/hv-impl" "$x86/hv" \
        "$work/overlay" "$work/baseline/include"
}

part_xen_compile()
{
    note "dispatchers, compiled with an object's flags"
    # shellcheck disable=SC2086
    overlay public "$work/headers" $xen_headers
    flags=$(xen_hv_flags -I)
    for file in "$x86"/hv/*.c; do
        case $file in
        *compat*) like=common/compat/memory.o ;;
        *) like=common/memory.o ;;
        esac
        # shellcheck disable=SC2086
        compiles "xen: ${file##*/}, as $like" $like "$file" $flags
    done
    { cat "$file"; echo 'int planted(void) { int nobody; return 0; }'; } > "$work/stub.c"
    expected='unused variable .*nobody'
    # shellcheck disable=SC2086
    refuses "xen: a warning is seen" $like "$work/stub.c" $flags
}
