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

# The report of what differs: every line has a cause, diff counts the same, and an
# edited line, or one that no cause explains, is an error.
if scripts/arch-diff.sh ia64 x86 > "$again/report" 2>&1; then good; else
    bad "make diff"
    tail -n 5 "$again/report"
fi
if grep -qw unknown "$again/report"; then bad "lines without a cause"; else good; fi
rm -rf "$again/edited"
cp -R generated "$again/edited"
sed -i 's/"rdi"/"rdx"/' "$again/edited/x86/guest/hc.h"
if scripts/arch-diff.sh ia64 x86 "$again/edited" > "$again/report" 2>&1; then
    bad "make diff accepts an edited line"
elif grep -q 'hc.h:[0-9]* is not what the descriptions make' "$again/report"; then
    good
else
    bad "make diff does not name the edited line"
fi
# A template that forgets a cause.
cp -R codegen/templates "$again/templates"
sed -i 's/h_why(«register», /h_why_not(/; 1i m4_define(«h_why_not», «$@»)m4_dnl' "$again/templates/hc.m4"
if HCGEN="$(pwd)/build/hcgen" HCGEN_OPTIONS="--templates $again/templates" \
   scripts/arch-diff.sh ia64 x86 > "$again/report" 2>&1; then
    bad "make diff accepts lines without a cause"
else
    good
fi

# It is made without the tree's own headers: no object was compiled with them, and,
# where a folder may be hidden, the whole of it runs with them hidden.
if grep -rlq --include='*.d' '/usr/include/xen/' build/obj; then bad "hcgen needs the tree's headers"; else good; fi
if unshare -m true 2> /dev/null; then
    if unshare -m sh -c "mount -t tmpfs none /usr/include/xen && ! [ -e /usr/include/xen/xen.h ] &&
                         build/hcgen gen idl --output $again/alone" &&
       diff -r generated "$again/alone" > /dev/null; then
        good
    else
        bad "hcgen gen with /usr/include/xen hidden"
    fi
fi
# No script or source of the generator names their folder.
if grep -rn '/usr/include/xen' codegen scripts/*.sh Makefile | grep -v check-generated; then
    bad "the generator reads the tree's own headers"
else
    good
fi
# An installed hcgen makes the same, from its own tables and templates.
if scripts/install.sh build "$here/$again/prefix" > /dev/null &&
   (cd / && "$here/$again/prefix/bin/hcgen" gen "$here/$again/prefix/share/hcgen/idl" \
        --output "$here/$again/installed") && diff -r generated "$again/installed" > /dev/null; then
    good
else
    bad "an installed hcgen"
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
