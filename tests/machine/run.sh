#!/bin/sh
# SPDX-License-Identifier: MIT
# The simulated machine, and the door to it: see README.md.
# usage: run.sh PROGRAMS PROGRAMS-BY-CLANG     VERBOSE=1 names every check that passed.
# shellcheck disable=SC1091,SC2086

here=tests/machine
programs=$1
out=${BUILD:-build}/tests/machine/sh
headers=${BUILD:-build}/tests/dispatch
ia64_cc=${IA64_CC:-build/ia64-gcc/bin/ia64-linux-gnu-gcc}
ia64_objdump=${IA64_OBJDUMP:-ia64-linux-gnu-objdump}
ia64_nm=${IA64_NM:-ia64-linux-gnu-nm}
most_names=60
log=$out/check.log
rm -rf "$out"
mkdir -p "$out"
. tests/count.sh

# ---- the machine ---------------------------------------------------------------

# ran NAME PROGRAM: all its tests.
ran()
{
    "$2" >"$out/said" 2>"$log" || tail -n 20 "$log"
    while read -r word name; do
        case $word in
        ok) pass "$1: $name" ;;
        FAILED) fail "$1: $name" ;;
        *) echo "$1: $word $name" ;;
        esac
    done <"$out/said"
    # All of them ran.
    names=$(tr -d '\n' <$here/test.h | grep -o ' X([a-z_]*)' | wc -l)
    check "$1: all $names tests have run" test "$(grep -cE '^(ok|FAILED) ' "$out/said")" -eq "$names"
}
ran x86 "$programs/x86/machine"
ran ia64 "$programs/ia64/machine"
if command -v "${CLANG:-clang-14}" >/dev/null; then
    ran "x86 by clang" "$2/x86/machine"
else
    skip "the machine by clang: no ${CLANG:-clang-14}"
fi

# ---- the door ------------------------------------------------------------------

written=$(printf '%s\n' hv-impl/*.[ch] | grep -vE '^hv-impl/(port-|hd\.h)')

# names FILE...: what hand-written code takes from the port; of structures only domains
# are asked for, as locks have the name of what takes them.
names()
{
    awk -f $here/names.awk hv-impl/port-host/port.h hv-impl/port-names.h hv-impl/port-handles.h using=1 "$@" |
        sed 's/ .*//' | grep -vxE 'hv_domain|port_domain|vcpu'
}

# few FILE...: they are few.
few()
{
    few_nr=$(names "$@" | wc -l)
    echo "$few_nr names, $most_names may be"
    [ "$few_nr" -gt 10 ] && [ "$few_nr" -le $most_names ]
}
check "hand-written hv-impl takes at most $most_names names from its port" few $written
{ sed -n 's/^#define \([a-z_]*\)[( ].*/\1;/p' hv-impl/port-handles.h hv-impl/port-host/port.h; } >"$out/greedy.c"
refuse "more names are seen" few $written "$out/greedy.c"

# unsaid HEADER FILE...: members of struct domain that the files use, and the comment at its head
# does not say.
unsaid()
{
    door=$1
    shift
    for member in $(sed -n '/^struct domain {/,/^};/p' hv-impl/port-host/port.h | sed 's,/\*.*\*/,,' |
                    grep -oE '[a-z_]+[,;]' | tr -d ',;'); do
        if grep -hE "(->|\.)$member\b" "$@" | grep -vqE "\bop->$member\b|sizeof|\.$member = "; then
            sed -n '1,/\*\//p' "$door" | grep -qw "$member" || echo "$member"
        fi
    done
}
said() { [ -z "$(unsaid "$@")" ]; }
check "the door says which members of a domain are used" said hv-impl/port-names.h $written
sed 's/ is_hvm,//' hv-impl/port-names.h >"$out/door.h"
refuse "a member that is not said is seen" said "$out/door.h" $written

# no_headers FILE...: nothing is included but what lies here.
no_headers() { ! grep -nE '^ *# *include *<' "$@"; }
check "hand-written hv-impl includes no header of a library" no_headers $written
echo '#include <string.h>' >"$out/library.c"
refuse "a header of a library is seen" no_headers "$out/library.c"

# ---- as freestanding code ------------------------------------------------------

warnings="-std=gnu11 -O2 -Wall -Wextra -Werror -ffreestanding"
dispatchers="generated/ia64/hv/hd-grant_table.c generated/ia64/hv/hd-memory.c generated/ia64/hv/hd-pmt.c generated/ia64/hv/hd-dom0vp.c"
hypervisor=$(printf '%s\n' hv-impl/*.c | grep -v -- '-x86\.c$')
x86=$(printf '%s\n' hv-impl/*.c | grep -ve hv-impl/dom0vp -e '-ia64\.c$')

# objects FOLDER COMPILER FLAGS FILE...: each into the folder.
objects()
{
    objects_to=$out/$1 objects_by="$2 $3"
    shift 3
    mkdir -p "$objects_to"
    for file in "$@"; do
        $objects_by -c -o "$objects_to/$(echo "$file" | tr '/' '-').o" "$file" || return 1
    done
}

# self_contained NM FOLDER: what is taken from outside is the port's, the guest's, or what
# compilers call by themselves.
self_contained()
{
    "$1" "$2"/*.o | awk '
        NF == 2 && $1 == "U" { wanted[$2] = 1 }
        NF == 3 && $2 ~ /[TDBRVWCSG]/ { there[$3] = 1 }
        END {
            for (name in wanted)
                if (!(name in there) &&
                    name !~ /^(port_[a-z_]+|rcu_(un)?lock_[a-z_]+|hypercall_create_continuation|mem(cpy|set|cmp)|hc_[a-z0-9_]+|xencomm_guest)$/) {
                    print "taken from elsewhere: " name
                    bad = 1
                }
            exit bad
        }'
}

hv_flags="-I hv-impl -I $headers/include-ia64 -I generated/ia64/hv"
guest_flags="-I guest-impl -I hv-impl -I generated/ia64/guest -I $headers/include-ia64"
stray='#include <stddef.h>
size_t strlen(const char *); size_t stray(const char *s); size_t stray(const char *s) { return strlen(s) + 1; }'

if command -v "$ia64_cc" >/dev/null; then
    check "hv-impl compiles for ia64" objects hv "$ia64_cc" "$warnings -I hv-impl/port-ia64 $hv_flags" $hypervisor $dispatchers
    check "guest-impl compiles for ia64" objects guest "$ia64_cc" "$warnings $guest_flags" guest-impl/*.c
    if command -v "$ia64_nm" >/dev/null; then
        check "hv-impl needs no library on ia64" self_contained "$ia64_nm" "$out/hv"
        check "guest-impl needs no library on ia64" self_contained "$ia64_nm" "$out/guest"
        mkdir -p "$out/stray"
        echo "$stray" | "$ia64_cc" -O2 -ffreestanding -fno-builtin -x c -c -o "$out/stray/stray.o" -
        refuse "a function of a library is seen" self_contained "$ia64_nm" "$out/stray"
    else
        skip "what ia64 objects take from outside: no $ia64_nm"
    fi
    echo 'int unused(void); int unused(void) { int x; return 0; }' >"$out/warned.c"
    refuse "a warning for ia64 is seen" objects warned "$ia64_cc" "$warnings" "$out/warned.c"
else
    skip "hv-impl and guest-impl for ia64: no $ia64_cc (make ia64-gcc)"
fi
for compiler in "${GCC:-gcc}" "${CLANG:-clang-14}"; do
    if ! command -v "$compiler" >/dev/null; then
        skip "hv-impl and guest-impl as freestanding code: no $compiler"
        continue
    fi
    name=${compiler##*/}
    # The port of ia64 with this machine's code: it is C, and asks for nothing else.
    check "$name: hv-impl compiles without a library" objects "hv-$name" "$compiler" "$warnings -I hv-impl/port-ia64 $hv_flags" $hypervisor
    check "$name: guest-impl compiles without a library" objects "guest-$name" "$compiler" \
        "$warnings -I guest-impl -I hv-impl -I generated/host-ia64/guest -I $headers/include-ia64" guest-impl/*.c
    check "$name: hv-impl needs no library" self_contained nm "$out/hv-$name"
    check "$name: hv-impl compiles with the machine" objects "host-$name" "$compiler" \
        "-std=gnu11 -O1 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -I hv-impl -I hv-impl/port-host -I generated/host/guest -I $headers/include-x86 -I generated/x86/hv" \
        $x86 hv-impl/port-host/*.c
done

# ---- barriers -------------------------------------------------------------------

# The port's atomics, each in a function of its name.
cat >"$out/atomics.c" <<'CODE'
#include "port.h"
uint64_t load(const uint64_t *p); uint64_t load(const uint64_t *p) { return port_load(p); }
uint64_t acquire(const uint64_t *p); uint64_t acquire(const uint64_t *p) { return port_load_acquire(p); }
void store(uint64_t *p, uint64_t v); void store(uint64_t *p, uint64_t v) { port_store(p, v); }
void release(uint64_t *p, uint64_t v); void release(uint64_t *p, uint64_t v) { port_store_release(p, v); }
void release_4(uint32_t *p, uint32_t v); void release_4(uint32_t *p, uint32_t v) { port_store_release(p, v); }
void fence(void); void fence(void) { port_fence(); }
uint64_t exchange(uint64_t *p, uint64_t a, uint64_t b); uint64_t exchange(uint64_t *p, uint64_t a, uint64_t b) { return port_cmpxchg(p, a, b); }
uint64_t add(uint64_t *p); uint64_t add(uint64_t *p) { return port_fetch_add(p, 1); }
CODE

# has FUNCTION PATTERN [NOT]: its instructions have the first, and not the second.
has()
{
    awk -v name="<$1>:" '$2 == name { on = 1; next } /^[0-9a-f]+ </ { on = 0 } on' "$out/atomics.dump" >"$out/has"
    [ -s "$out/has" ] && grep -qE "$2" "$out/has" && { [ -z "$3" ] || ! grep -qE "$3" "$out/has"; }
}
if command -v "$ia64_cc" >/dev/null && command -v "$ia64_objdump" >/dev/null; then
    "$ia64_cc" $warnings -I hv-impl/port-ia64 $hv_flags -c -o "$out/atomics.o" "$out/atomics.c" &&
        "$ia64_objdump" -d "$out/atomics.o" >"$out/atomics.dump"
    check "ia64: an acquire is ld8.acq" has acquire 'ld8\.acq' '\bmf\b'
    check "ia64: a release is st8.rel" has release 'st8\.rel' '\bmf\b'
    check "ia64: of 32 bits it is st4.rel" has release_4 'st4\.rel' '\bmf\b'
    # Of plain ones this compiler makes the others: more than is asked for, and still no fence.
    check "ia64: a plain load is a load" has load '\bld8' '\bmf\b'
    check "ia64: a plain store is a store" has store '\bst8' '\bmf\b'
    check "ia64: a fence is mf" has fence '\bmf\b'
    check "ia64: an exchange is cmpxchg8 and a full barrier" has exchange 'cmpxchg8'
    check "ia64: so is an addition" has add 'fetchadd8|cmpxchg8'
    for function in exchange add; do
        check "ia64: $function orders both ways" has $function '\bmf\b|\.acq.*\.rel'
    done
    refuse "a fence that is none is seen" has load '\bmf\b'
else
    skip "atomics for ia64: no $ia64_cc or no $ia64_objdump"
fi
totals machine
