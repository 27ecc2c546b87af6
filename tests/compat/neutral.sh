# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086,SC2016
# Layouts decide, and no name: another table, another report.

# made SED: the report where the table of the callers' architecture is another.
made()
{
    rm -rf "$out/idl" "$out/made"
    cp -R idl "$out/idl"
    sed -i "$1" "$out/idl/arch/x86_32.yaml"
    "${HCGEN:-build/hcgen}" gen "$out/idl" --output "$out/made"
}
verdict() { awk -v name="$1" -v want="$2" '$2 == name { found = $6 == want } END { exit !found }' "$out/made/x86/hv/compat.txt"; }
translated() { grep -qE '^struct .* translated ' "$out/made/x86/hv/compat.txt"; }

check "callers whose numbers are aligned as ours" made 's/^  u64:.*/  u64: {size: 8, align: 8}/; s/^  s64:.*/  s64: {size: 8, align: 8}/'
check "the structure of numbers alone is equal" verdict xen_pod_target equal
check "one with a handle is not" verdict gnttab_setup_table translated
check "callers whose handles and frame numbers are as wide" \
    made 's/^  \(handle\|long\|ulong\): .*/  \1: {size: 8, align: 8}/'
check "the structure that had nothing but a handle is equal" verdict gnttab_setup_table equal
check "one with a frame number is, too" verdict gnttab_transfer equal
check "and one of numbers is not" verdict xen_pod_target translated
check "callers that have it all as we have" made 's/^  \(handle\|u64\|s64\|long\|ulong\): .*/  \1: {size: 8, align: 8}/'
check "nothing is translated" eval '! translated'
check "and no structure is declared" eval '! grep -q "^struct" "$out"/made/x86/hv/hd-*-compat.h'
check "callers of another name" made 's/^name: .*/name: narrow/'
check "have structures of that name" grep -q '^struct narrow_gnttab_copy {' "$out/made/x86/hv/hd-grant_table-compat.h"
check "a caller of nobody" made '/^compat-of:/d'
check "has nothing of all that" eval '! [ -e "$out/made/x86/hv/compat.txt" ]'
