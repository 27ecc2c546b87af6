#!/bin/sh
# SPDX-License-Identifier: MIT
# layouts.sh HCGEN ABI CASES...: where the fields of all ops of the cases lie.
# Structures that stand in others come first.
hcgen=$1
abi=$2
shift 2
for name in xen_memory_reservation xen_memory_map physdev_pci_device $(awk '$1 == "op" { print $3 }' "$@" | sort -u); do
    "$hcgen" layout --abi="$abi" "$name" idl || exit 2
done
