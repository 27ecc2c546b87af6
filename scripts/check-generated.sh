#!/bin/sh
# SPDX-License-Identifier: MIT
# generated/ is what the compiler makes of idl/, to the byte; and a byte more
# is seen. Nothing of it depends on where or how often it is made, nor on the
# tree's own headers being installed.
passed=0 failed=0
good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "FAIL: $*"; }

again=build/tests/generated
rm -rf "$again"
mkdir -p "$again"
if "${HCGEN:-build/hcgen}" gen idl --output "$again/out"; then good; else bad "hcgen gen"; fi
if diff -r generated "$again/out"; then good; else bad "generated/ differs: run make"; fi

# From another folder, with other paths.
here=$(pwd)
(cd "$again" && "$here/build/hcgen" gen "$here/idl" --output there) ||
    bad "hcgen gen from another folder"
if diff -r generated "$again/there" > /dev/null; then good; else bad "output depends on paths"; fi

# Twins: an edited line, a missing file and a file too many are all seen.
cp -R generated "$again/edited"
file=$(find "$again/edited" -name grant_table.h | head -n 1)
sed -i '20s/$/ /' "$file"
if diff -r "$again/edited" "$again/out" > /dev/null; then bad "an edit is not seen"; else good; fi
rm "$file"
if diff -r "$again/edited" "$again/out" > /dev/null; then bad "a missing file is not seen"; else good; fi

# Nothing reads the tree's own headers: no script or source names their folder.
if grep -rn '/usr/include/xen' codegen scripts/*.sh Makefile | grep -v check-generated; then
    bad "the generator reads the tree's own headers"
else
    good
fi
# Nothing but people writes idl/.
if grep -rnE '(>|tee|cp .*|mv .*) *idl/[a-z_]*\.idl' scripts tests/*/*.sh Makefile |
   grep -v check-generated; then
    bad "something writes idl/"
else
    good
fi
lines=$(cat idl/*.idl | awk '/^%\{/ { on = 1; next } /^%\}/ { on = 0 } on && NF' | wc -l)
if [ "$lines" -le 50 ]; then good; else bad "$lines verbatim lines in idl/, not 50 at most"; fi
if grep -rIlE '/(home|root|work|tmp|build)/' generated; then
    bad "a path of this machine in generated/"
else
    good
fi
echo "generated: $passed passed, $failed failed, 0 skipped"
[ $failed -eq 0 ]
