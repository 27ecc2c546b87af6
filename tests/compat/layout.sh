# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2034
# Where members lie: what the compiler for 32 bits says of Xen's headers is what the
# generated structures have, and what the report says of each.

for caller in guest tools; do
    rows "$hv/compat.txt" $caller > "$out/names-$caller"
    joined "$generated/x86/check/layout.c" > "$out/layout.c"
    awk 'FNR == NR { wanted[$0] = 1; print $0 "|"; next }
        /defined\(__i386__\)/ { on = 1 }
        on && /^OFFSET\(/ {
            split(substr($0, 8), part, ", ")
            if (part[1] in wanted) print part[1] "|" part[2]
        }' "$out/names-$caller" "$out/layout.c" | sort -u > "$out/list-$caller"
done
awk -v prefix=x86_32_ '($1 == "struct" || $1 == "union") && $6 == "translated" {
    print $1 " " $2 "|" $1 " " prefix $2 }' "$hv/compat.txt" > "$out/renamed"

# What the reasons name in structures within structures, too.
awk '$6 == "translated" {
        for (i = 9; i <= NF; i++) { path = $i; sub(/[,;]$/, "", path)
            if (path ~ /^[a-z_]+\.[a-z_.]+$/) print $1 " " $2 "|" path }
    }' "$hv/compat.txt" >> "$out/list-tools"
sort -u -o "$out/list-tools" "$out/list-tools"
grep -Fxv -f "$out/list-guest" "$out/list-tools" > "$out/only-tools"
grep '|.*\.' "$out/only-tools" | awk -F'|' 'FNR == NR { guest[$0] = 1; next } ($1 in guest)' \
    "$out/names-guest" - >> "$out/list-guest"
sort -u -o "$out/list-guest" "$out/list-guest"

includes=$interfaces
xen="-I $out/include"
for width in 32 64; do
    check "$width bits, tools: the compiler knows every field" \
        table "$out/list-tools" "$out/tools-$width" $gcc -m$width $xen -D__XEN_TOOLS__
    check "$width bits, guest: the compiler knows every field" \
        table "$out/list-guest" "$out/guest-$width" $gcc -m$width $xen "$latest"
done

# same_layout HV: what the dispatchers' compiler sees of the callers' structures.
same_layout()
{
    includes=$mine rename=$out/renamed \
        table "$out/list-tools" "$out/mine" $gcc -m64 -I $here/stub -I "$1" -I "$out/ours" || return 2
    sed 's/ [0-9]*$//' "$out/mine" > "$out/mine-places"
    sed 's/ [0-9]*$//' "$out/tools-32" | diff - "$out/mine-places"
}
check "the structures lie as the 32-bit compiler lays out Xen's" same_layout "$hv"

# damaged FILE SED: a copy of the folder in which one file is another.
damaged()
{
    rm -rf "$out/twin"
    cp -R "$hv" "$out/twin"
    sed -i "$2" "$out/twin/$1"
    ! cmp -s "$hv/$1" "$out/twin/$1" || fail "nothing to damage in $1: $2"
}
damaged hd-memory-compat.h 's/^    uint32_t idx;/    uint64_t idx;/'
refuse "and a wider member is seen" same_layout "$out/twin"
damaged hd-compat.h 's/__aligned__(4)/__aligned__(8)/'
refuse "and numbers that are aligned as ours" same_layout "$out/twin"

# ---- assertions ------------------------------------------------------------------------

strict="-std=c90 -pedantic -Wno-long-long -Wdeclaration-after-statement -Wall -Wextra -Werror"
assertions() { $compiler $strict -O2 -I $here/stub -I "$1" -isystem "$out/ours" -c -o "$out/asserts.o" "$1/hd-compat.c"; }
for compiler in $gcc $clang; do
    check "${compiler##*/}: assertions hold, in C90" assertions "$hv"
    damaged hd-compat.c '/struct gnttab_map_grant_ref, flags) != 8/s/8/12/'
    refuse "${compiler##*/}: one that does not hold of what is equal is refused" assertions "$out/twin"
    damaged hd-grant_table-compat.h '/^struct x86_32_gnttab_transfer {/,/^}/{/domid/d;s/grant_ref_t ref;/grant_ref_t ref; domid_t domid;/}'
    refuse "${compiler##*/}: members of a translated one in another order are refused" assertions "$out/twin"
done
# Every member of every structure is in them.
every_field()
{
    awk -F'|' '$2 != ""' "$out/list-tools" | awk -F'|' -v asserts="$1/hd-compat.c" '
        BEGIN {
            while ((getline line < asserts) > 0) {
                if (line !~ /;$/) { getline more < asserts; sub(/^ +/, "", more); line = line " " more }
                if (match(line, /offsetof\(.*\)/)) {
                    text = substr(line, RSTART + 9, RLENGTH - 10)
                    sub(/x86_32_/, "", text); sub(/\).*/, "", text); sub(/, /, "|", text); seen[text] = 1
                }
            }
        }
        # What lies in a structure with a name of its own is asserted there.
        !($0 in seen) && !(($1 "|" substr($2, 1, index($2, ".") - 1)) in seen) { print "not asserted: " $0; wrong = 1 }
        END { exit wrong }'
}
check "every field is asserted" every_field "$hv"
damaged hd-compat.c '/struct gnttab_copy, len)\|struct x86_32_gnttab_copy, len)/d'
refuse "and one that is not is seen" every_field "$out/twin"

# ---- the report --------------------------------------------------------------------------

report()
{
    awk -v caller=$2 '$1 != "struct" && $1 != "union" || $3 == "all" || $3 == caller' "$1" |
        awk -v theirs_file="$out/$2-32" -v ours_file="$out/$2-64" -f $here/report.awk
}
for caller in guest tools; do
    check "$caller: every row of the report is as two compilers say" report "$hv/compat.txt" $caller
done
twin() { sed "$1" "$hv/compat.txt" > "$out/report.txt"; ! cmp -s "$hv/compat.txt" "$out/report.txt" || fail "no twin: $1"; }
twin '/gnttab_transfer /s/translated/equal     /; /gnttab_transfer /s/xen_pfn_t.*/asserted/'
refuse "a translated structure that is called equal is seen" report "$out/report.txt" guest
twin '/gnttab_query_size/s/equal     /translated/; /gnttab_query_size/s/asserted/handle has 4 bytes, not 8: dom/'
refuse "an equal one that is called translated is seen" report "$out/report.txt" guest
twin '/xen_memory_exchange/s/, out.extent_start//'
refuse "a field that no reason names is seen" report "$out/report.txt" guest
twin '/xen_pod_target/s/not 8/not 16/'
refuse "a wrong reason is seen" report "$out/report.txt" guest
twin '/xen_vnuma_topology_info/s/40     40/40     36/'
refuse "a wrong size is seen" report "$out/report.txt" tools

# Older versions: the same structures, with the same sizes.
# shellcheck disable=SC2317
version_sizes()
{
    awk -v at="$1" 'function number(text,   p) { split(text, p, "."); return p[1] * 65536 + p[2] * 256 + p[3] }
        ($1 == "struct" || $1 == "union") && $3 != "tools" &&
            ($4 == "-" || number($4) <= number(at)) && ($5 == "-" || number($5) > number(at)) {
                print $1 " " $2 "|" > list; print $1 " " $2 "|" $7 " " $8 > told }' \
        list="$out/list-version" told="$out/told" "$3"
    hex=$(echo "$1" | awk -F. '{ printf "0x%04x%02x%02x", $1, $2, $3 }')
    for width in 64 32; do
        includes=$interfaces table "$out/list-version" "$out/version-$width" \
            $gcc -m$width $xen -D__XEN_INTERFACE_VERSION__="$hex" || return 2
        sed 's/.*|//; s/ .*//' "$out/version-$width" > "$out/size-$width"
    done
    sort -u "$out/told" | sort -c || return 2
    paste -d ' ' "$out/size-64" "$out/size-32" |
        paste -d '|' "$out/list-version" - | sed 's/||/|/' | diff "$out/told" -
}
for version in 0.0.0 3.2.9 3.2.10 4.3.0 4.4.0 4.7.0; do
    check "guests of version $version see what the report says" version_sizes $version "" "$hv/compat.txt"
done
twin '/gnttab_get_version/s/8      8/8      4/'
refuse "and a wrong size of an old version is seen" version_sizes 3.2.10 "" "$out/report.txt"

# Every structure of the headers is in the report, unless no op leads to it.
all_there()
{
    sed -n 's/^struct \([a-z_0-9]*\) {$/struct \1/p' "$out/include/xen/grant_table.h" \
        "$out/include/xen/memory.h" "$out/include/xen/pmt.h" | sort -u | grep -vxF 'struct grant_entry_v1
struct grant_entry_header
struct pmt_state' > "$out/there"
    awk '$1 == "struct" { print $1 " " $2 }' "$1" | sort -u > "$out/told-names"
    ! grep -vxF -f "$out/told-names" "$out/there"
}
check "every structure that an op leads to is in the report" all_there "$hv/compat.txt"
twin '/xen_memory_domain/d'
refuse "and one that is missing is seen" all_there "$out/report.txt"
