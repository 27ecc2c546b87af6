#!/bin/sh
# SPDX-License-Identifier: MIT
# layout.sh [--quick] CANDIDATE [IA64-CANDIDATE]
#
# Sizes, alignments, offsets and values of everything the reference headers
# declare, asked of each compiler and compared with what gcc says of the
# reference.  On ia64 the reference's 64-bit answers have to hold.
. tests/headers/lib.sh

quick=
if [ "$1" = --quick ]; then        # one view, for the damage tests
    quick=-quick
    shift
fi
candidate=$1
ia64=$2
work=$build/layout$quick
version=-D__XEN_INTERFACE_VERSION__=__XEN_LATEST_INTERFACE_VERSION__
# What Xen sees with -m32 only Xen can compile: it edits arch-x86/xen.h first.
views="guest tools unversioned hypervisor"
widths="m64 m32"
if [ -n "$quick" ]; then
    views=guest
    widths=m64
fi

view_flags()
{
    case $1 in
    guest) echo "$version" ;;
    tools) echo -D__XEN_TOOLS__ ;;
    hypervisor) echo -D__XEN__ ;;
    unversioned) ;;
    esac
}

# rows OUT FOLDER PROBE COMPILER FLAGS...
rows()
{
    rows_out=$1
    rows_folder=$2
    rows_probe=$3
    shift 3
    if ! "$@" -ffreestanding -std=gnu11 -w -S -I"$here" -iquote "$rows_folder" \
            -o "$rows_out.s" "$rows_probe" 2>"$rows_out.log"; then
        grep -m 5 error: "$rows_out.log"
        return 1
    fi
    awk -f "$here/layout.awk" "$rows_out.s" >"$rows_out"
}

# Rows that a probe has to give: none may get lost on the way.
rows_due()
{
    awk '/^(TYPE|MEMBER|OPEN)\(/ { n += 2 } /^(VALUE|CONSTANT)\(/ { n += 3 }
         END { print n + 0 }' "$1"
}

# same_rows REFERENCE CANDIDATE: the first ones that differ, by name.
same_rows()
{
    awk 'function name(    text) {
             text = $0
             sub(/ [0-9]+ [0-9]+$/, "", text)
             return text
         }
         function value(high, low) {
             return high ? "2^32 * " high " + " low : low
         }
         FNR == NR { want[name()] = value($(NF - 1), $NF); next }
         !(name() in want) { print name() ": unknown"; bad++; next }
         value($(NF - 1), $NF) != want[name()] && ++bad <= 10 {
             print name() ": should be " want[name()] ", is " \
                   value($(NF - 1), $NF)
         }
         END { exit !FNR || bad != 0 }' "$1" "$2"
}

# The probe of a view, less the macros that are no integer constants: those
# lines that gcc refuses although the header is the reference.
probe_make()
{
    probe_file=$work/probe-$1-$2.c
    # shellcheck disable=SC2046
    "$build/probe" "$reference" "-$2" $(view_flags "$1") >"$probe_file.all" ||
        stop "no probe for $1 $2"
    # shellcheck disable=SC2046
    gcc -x c -ffreestanding -std=gnu11 -w -fsyntax-only -fmax-errors=0 \
        -ftrack-macro-expansion=0 -I"$here" -iquote "$reference" "-$2" \
        $(view_flags "$1") "$probe_file.all" 2>"$probe_file.log"
    awk -v file="$probe_file.all:" '
        FNR == NR {
            if (index($0, file) == 1 && / error: /) {
                split(substr($0, length(file) + 1), place, ":")
                refused[place[1]] = 1
            }
            next
        }
        !(FNR in refused) || !/^CONSTANT\(/ { print }' \
        "$probe_file.log" "$probe_file.all" >"$probe_file"
}

# ask NAME ROWS PROBE FOLDER COMPILER FLAGS...: one comparison.
ask()
{
    ask_name=$1
    ask_want=$2
    ask_probe=$3
    ask_folder=$4
    shift 4
    ask_out=$work/$(echo "$ask_name" | tr ' ' -)
    if ! rows "$ask_out" "$ask_folder" "$ask_probe" "$@"; then
        fail "layout $ask_name: does not compile"
    elif [ "$(wc -l <"$ask_out")" -ne "$(rows_due "$ask_probe")" ]; then
        fail "layout $ask_name: $(wc -l <"$ask_out") rows," \
             "$(rows_due "$ask_probe") are due"
    elif ! same_rows "$ask_want" "$ask_out"; then
        fail "layout $ask_name: differs"
    else
        pass "layout $ask_name"
        compared=$((compared + $(wc -l <"$ask_out")))
    fi
}

# What ia64 does its own way is left out: the names in ia64-except.
ia64_probe()
{
    awk 'FNR == NR { if (NF && !/^#/) except[$1 " " $2] = 1; next }
         {
             split($0, part, "\"")
             count = split(part[2], word, " ")
             name = word[count]
             sub(/[.(].*/, "", name)
             if (!(word[1] " " name in except))
                 print
         }' "$here/ia64-except" "$1"
}

# A name that no header declares any more has no place in ia64-except.
ia64_names_known()
{
    grep "^[a-z]" "$here/ia64-except" | while read -r header name _; do
        grep -Eq "\"$header (struct |union )?$name\"" "$1" ||
            { echo "$header $name"; exit 1; }
    done
}

layout_ia64()
{
    if ! command -v "$ia64_cc" >/dev/null; then
        skip "layout on ia64: no $ia64_cc (make ia64-gcc)"
        return
    fi
    overlay "$work/ia64" "$ia64"
    ia64_names_known "$work/probe-guest-m64.c" ||
        fail "layout ia64: ia64-except names what is not there"
    for view in $views; do
        ia64_probe "$work/probe-$view-m64.c" >"$work/probe-$view-ia64.c"
        # shellcheck disable=SC2046
        ask "ia64 $view" "$work/reference-$view-m64" \
            "$work/probe-$view-ia64.c" "$work/ia64" \
            "$ia64_cc" $(view_flags "$view")
    done
}

rm -rf "$work"
mkdir -p "$work"
compared=0
overlay "$work/x86" "$candidate"
for width in $widths; do
    for view in $views; do
        [ "$width $view" != "m32 hypervisor" ] || continue
        probe=$work/probe-$view-$width.c
        want=$work/reference-$view-$width
        flags="-$width $(view_flags "$view")"
        probe_make "$view" "$width"
        # shellcheck disable=SC2086
        rows "$want" "$reference" "$probe" gcc $flags ||
            stop "no rows of the reference, $view $width"
        [ "$(rows_due "$probe")" -ge 800 ] ||
            fail "layout $view $width: only $(rows_due "$probe") rows"
        # shellcheck disable=SC2086
        ask "gcc $view $width" "$want" "$probe" "$work/x86" gcc $flags
        # shellcheck disable=SC2086
        [ -n "$quick" ] ||
            ask "clang $view $width" "$want" "$probe" "$work/x86" "$clang" $flags
    done
done
[ -z "$ia64" ] || layout_ia64
echo "layout: $compared sizes, alignments, offsets and values"
totals layout
