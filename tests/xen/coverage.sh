#!/bin/sh
# SPDX-License-Identifier: MIT
# Is every op that is described shown on real Xen, once to work and once to be
# refused? What cannot be shown is in unreachable.txt, with the reason.
# usage: coverage.sh LOG STUBS HEADERS: one line "ok" or "FAIL" for each op
here=$(dirname "$0") log=$1 stubs=$2 headers=$3

# The functions of the stubs, but for the fillers. A long one begins its line.
stub_ops() {
    sed -n -e 's/^static inline [a-z ]*\(hc_[A-Za-z0-9_]*\)(.*/\1/p' \
        -e 's/^\(hc_[A-Za-z0-9_]*\)(.*/\1/p' "$stubs"/hc-*.h |
        grep -v '^hc_multi_' | sort -u
}

# The numbers of the headers, spelled as the functions are.
# header_ops FILE PREFIX FUNCTION
header_ops() {
    sed -n "s/^ *# *define $2\\([a-zI][A-Za-z0-9_]*\\) *[0-9(][0-9x]*)*.*/$3\\1/p" "$headers/$1" |
        grep -Ev '_op_[a-z]|memory_resource_|physdev_op_compat|_error_msgs'
}

ops_of_headers() {
    header_ops grant_table.h GNTTABOP_ hc_grant_table_
    header_ops memory.h XENMEM_ hc_memory_
    header_ops physdev.h PHYSDEVOP_ hc_physdev_
}

commands() {
    sed -n 's/^ *# *define \(MMU_[A-Z_]*\) *[0-9].*/\1/p' "$headers/xen.h"
    sed -n 's/^ *# *define \(MMUEXT_[A-Z0-9_]*\) *[0-9].*/\1/p' "$headers/xen.h"
}

{
    stub_ops | sed 's/^/stub /'
    ops_of_headers | sort -u | sed 's/^/header /'
    commands | sed 's/^/command /'
    grep '^ok [0-9]' "$log" | awk '{ print "shown", $4, $3 }'
    sed -e '/^#/d' -e '/^$/d' -e 's/^/unreachable /' "$here/unreachable.txt"
} | awk -f "$here/coverage.awk"
