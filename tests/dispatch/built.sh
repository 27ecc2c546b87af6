#!/bin/sh
# SPDX-License-Identifier: MIT
# What compilers have to say: dispatchers are C90, and a handler whose op has
# changed does not compile. Sourced by run.sh.
# shellcheck disable=SC2154,SC2086

c90="$gcc -std=gnu90 -O1 -fsyntax-only -D_GNU_SOURCE -Wall -Wextra -Wstrict-prototypes
    -Wmissing-prototypes -Wwrite-strings -Wdeclaration-after-statement -Wvla -Werror
    -I hv-impl -I hv-impl/port-host -I tests/recorder"

# is_c90 FAMILY FLAGS FILE...: 1 where one is not.
is_c90()
{
    is_c90_flags="-I $out/include-$1 -I generated/$1/hv $2"
    shift 2
    for file in "$@"; do
        $c90 $is_c90_flags "$file" || return 1
    done
}

check "x86's dispatchers are C90" is_c90 x86 "" generated/x86/hv/*.c
check "ia64's dispatchers are C90" is_c90 ia64 -DPORT_IA64 generated/ia64/hv/*.c
sed 's/^    rc = hv_memory_exchange(.*/    ; int late = 0; (void)late;\n&/; s/^        rc = hv_memory_exchange(.*/        ; int late = 0; (void)late;\n&/' \
    generated/x86/hv/hd-memory.c >"$out/late.c"
refuse "a declaration behind a statement is seen" is_c90 x86 "" "$out/late.c"

# is_plain FILE...: no structure by value (handles are Xen's own way), no cast to a
# union or structure, and no macro but the guard, so none whose arguments lack parentheses.
is_plain()
{
    ! cat "$@" | tr '\n' ' ' |
        grep -oE '[(,] *(const )?(struct|union) [a-z0-9_]+ [a-z0-9_]+ *[,)]|\((struct|union) [a-z0-9_]+ *\) *[a-z0-9_(]' &&
        ! grep -hE '^ *# *define ' "$@" | grep -vE '^#define HD_[A-Z0-9_]+_H$'
}

check "dispatchers pass no structure by value, cast to none, and define no macro" \
    is_plain generated/x86/hv/*.[ch] generated/ia64/hv/*.[ch]
sed 's/(struct hd_call \*call, struct gnttab_copy \*op/(struct hd_call *call, struct gnttab_copy op/; s/struct gnttab_copy \*op)/struct gnttab_copy op)/' \
    generated/x86/hv/hd-grant_table.h >"$out/value.h"
refuse "a structure by value is seen" is_plain "$out/value.h"
sed 's/call\.op = cmd;/call.op = ((union word)cmd).op;/' generated/x86/hv/hd-pmt.c >"$out/union.c"
refuse "a cast to a union is seen" is_plain "$out/union.c"
sed '$i #define twice(x) x + x' generated/x86/hv/hd-pmt.c >"$out/macro.c"
refuse "a macro is seen" is_plain "$out/macro.c"

# handlers_compile GENERATED HEADERS: the memory handlers with the prototypes of that folder.
handlers_compile()
{
    $gcc -std=gnu11 -fsyntax-only -D_GNU_SOURCE -I "$1/x86/hv" -I hv-impl -I hv-impl/port-host -I tests/recorder \
        -I "$2" $here/handlers-memory.c
}

# changed SED-SCRIPT: generated from a memory.idl that was edited.
changed()
{
    rm -rf "$out/idl" "$out/generated"
    cp -R idl "$out/idl"
    sed "$1" idl/memory.idl >"$out/idl/memory.idl"
    ! cmp -s idl/memory.idl "$out/idl/memory.idl" &&
        "${BUILD:-build}/hcgen" gen "$out/idl" --output "$out/generated" &&
        cp -R "$out/include-x86" "$out/generated/include" &&
        cp "$out"/generated/x86/xen-4.17/include/public/*.h "$out/generated/include/xen"
}

check "handlers fit their ops" handlers_compile generated "$out/include-x86"
if changed '/^op exchange/,/^}/s/^    domain   out.domid: any else ESRCH;/    domain   in.domid: any else ESRCH;\n&/' >"$log" 2>&1; then
    refuse "a handler whose op looks up one domain more does not compile" \
        handlers_compile "$out/generated" "$out/generated/include"
    grep -q "conflicting types for .hv_memory" "$log" || fail "but for another reason"
else
    fail "no generated files with one domain more"
    head -n 8 "$log"
fi
if changed 's/^op remove_from_physmap = 15 {/op remove_from_physmap = 15 as struct xen_remove {/' >"$log" 2>&1; then
    refuse "a handler whose op has another structure does not compile" \
        handlers_compile "$out/generated" "$out/generated/include"
    grep -q "conflicting types for .hv_memory" "$log" || fail "but for another reason"
else
    fail "no generated files with another structure"
    head -n 8 "$log"
fi
