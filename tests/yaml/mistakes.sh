#!/bin/sh
# SPDX-License-Identifier: MIT
# mistakes.sh [--update]: what is said about mistakes/NAME.idl.yaml, or all of a
# folder, is NAME.err, word for word.  HCGEN: the compiler (build/hcgen).
hcgen=$(realpath "${HCGEN:-build/hcgen}")
cd tests/yaml/mistakes || exit 1
err=$(mktemp) || exit 1
trap 'rm -f "$err"' EXIT
status=0
for case in *.idl.yaml both; do
    expected=${case%.idl.yaml}.err
    "$hcgen" check "$case" > "$err" 2>&1
    if [ $? -ne 1 ]; then
        echo "$case: no mistake, or another status"
        status=1
    elif [ "$1" = --update ]; then
        cmp -s "$err" "$expected" || cp "$err" "$expected"
    else
        diff -u "$expected" "$err" || status=1
    fi
done
[ "$1" != --update ] || git --no-pager diff --stat -- .
exit $status
