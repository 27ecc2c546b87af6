#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [GENERATED]
#
# The headers as Linux 6.1 and as Xen 4.1 have them.  The last line is
# "flavour: N passed, N failed, N skipped".
. tests/flavour/lib.sh

rm -rf "$out"
mkdir -p "$out"
. tests/flavour/linux.sh
. tests/flavour/xen-4.1.sh
. tests/flavour/made-up.sh
totals flavour
