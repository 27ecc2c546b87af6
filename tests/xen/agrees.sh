#!/bin/sh
# SPDX-License-Identifier: MIT
# Does Xen answer as idl/ says? Each answer of a run must be one that the
# description of its op names; a damaged description must be found out.
# usage: agrees.sh LOG ERRNO.H FOLDER: one line "ok" or "FAIL" for each op
here=$(dirname "$0") log=$1 numbers=$2 out=$3
hcgen=${HCGEN:-build/hcgen}

# compare DESCRIPTIONS
compare() {
    "$hcgen" dump --json --tables=idl "$1" > "$out/model.json" || return 1
    awk -f "$here/agrees.awk" part=errno "$numbers" part=model "$out/model.json" part=log "$log"
}

compare idl || echo "FAIL agrees: no model of idl/"

# Each line: file, what is done to it, what the run then contradicts.
while IFS='|' read -r file expression what; do
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    cp idl/*.idl "$out/damaged"
    sed "$expression" "idl/$file" > "$out/damaged/$file"
    if cmp -s "idl/$file" "$out/damaged/$file"; then
        echo "FAIL agrees: $what: nothing to change in $file"
    elif ! compare "$out/damaged" > "$out/agrees.damaged"; then
        echo "FAIL agrees: $what: no model"
    elif grep -q '^FAIL' "$out/agrees.damaged"; then
        echo "ok agrees: found out: $what"
    else
        echo "FAIL agrees: not found out: $what"
    fi
done << 'END'
grant_table.idl|/bad_copy_arg   "/d|a status left out
grant_table.idl|s/error    ERANGE /error    EDOM   /|another errno
xen.idl|s/domid: owner else ESRCH/domid: owner else EINVAL/|another else
memory.idl|s/domid: any else ESRCH/domid: any else ENODEV/|another else of many
memory.idl|/cmd.*else EDOM/d|a place that is too large
memory.idl|/^op current_reservation/,/^}/s/ -> ulong/ -> count<domid>/|a count that is negative
physdev.idl|/error    EEXIST /d|an errno left out
physdev.idl|s/xsm      apic(priv)/xsm      none "no"/|a permission that is asked
physdev.idl|/^op IRQ_UNMASK/,/^}/s/^    xsm.*/&stub ENOSYS "no";/|a stub that works
xen.idl|/^    error    EACCES  "FLUSH/d|an errno of a command
END
