# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# Every stub of the host family gives its function what the descriptions say.

# host STUBS: 2 where it does not build.
host()
{
    awk -f $here/host/numbers.awk "${IDL:-idl}"/*.idl >"$out/numbers" || return 2
    awk -f $here/host/calls.awk numbers=1 "$out/numbers" numbers=0 "$1"/hc-*.h \
        >"$out/host-calls.h" || return 2
    $gcc -O1 -g -fsanitize=address,undefined $warnings -D__XEN_TOOLS__ -I "$out" \
        -I "$out/include-x86" -I "$1" -o "$out/host" $here/host/host.c || return 2
    "$out/host"
}

# host_twin WHAT FILE SED-SCRIPT
host_twin()
{
    rm -rf "$out/twin"
    mkdir "$out/twin"
    cp "$generated"/host/guest/*.h "$out/twin"
    sed "$3" "$generated/host/guest/$2" >"$out/twin/$2"
    if cmp -s "$generated/host/guest/$2" "$out/twin/$2"; then
        fail "host: an injury that injures nothing: $3"
    else
        refuse "host: $1 is seen" host "$out/twin"
    fi
}

check "host: every call, and every entry, has its number and its arguments" \
    host "$generated/host/guest"
host_twin "another op" hc-grant_table.h \
    's/hc_grant_table_op(GNTTABOP_copy,/hc_grant_table_op(GNTTABOP_transfer,/'
host_twin "two arguments that changed places" hc-grant_table.h \
    's/__HYPERVISOR_grant_table_op, cmd, uop, count/__HYPERVISOR_grant_table_op, uop, cmd, count/'
host_twin "another hypercall" hc-memory.h \
    's/HC_CALL2(__HYPERVISOR_memory_op/HC_CALL2(__HYPERVISOR_physdev_op/'
host_twin "an argument at another place of an entry" hc-physdev.h \
    's/entry->args\[1\]/entry->args[2]/'
host_twin "an entry for another hypercall" hc-xen.h \
    's/entry->op = __HYPERVISOR_mmu_update;/entry->op = __HYPERVISOR_mmuext_op;/'
host_twin "a status that is not preset" hc-pmt.h \
    's/\.status = PMTST_not_done/.status = PMTST_okay/'
host_twin "an argument that is cut off" hc-memory.h \
    's/HC_CALL2(__HYPERVISOR_memory_op, cmd,/HC_CALL2(__HYPERVISOR_memory_op, (uint32_t)cmd,/'
