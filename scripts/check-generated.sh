#!/bin/sh
# SPDX-License-Identifier: MIT
# generated/ is what the compiler makes of idl/, to the byte; and a byte more
# is seen. Nothing of it depends on where or how often it is made, nor on the
# tree's own headers being installed.
again=build/tests/generated
log=$again/check.log
. tests/count.sh
rm -rf "$again"
mkdir -p "$again"
if "${HCGEN:-build/hcgen}" gen idl --output "$again/out"; then pass ok; else fail "hcgen gen"; fi
if diff -r generated "$again/out"; then pass ok; else fail "generated/ differs: run make"; fi

# From another folder, with other paths.
here=$(pwd)
(cd "$again" && "$here/build/hcgen" gen "$here/idl" --output there) ||
    fail "hcgen gen from another folder"
if diff -r generated "$again/there" > /dev/null; then pass ok; else fail "output depends on paths"; fi

# Twins: an edited line, a missing file and a file too many are all seen.
cp -R generated "$again/edited"
file=$(find "$again/edited" -name grant_table.h | head -n 1)
sed -i '20s/$/ /' "$file"
if diff -r "$again/edited" "$again/out" > /dev/null; then fail "an edit is not seen"; else pass ok; fi
rm "$file"
if diff -r "$again/edited" "$again/out" > /dev/null; then fail "a missing file is not seen"; else pass ok; fi

# The report of what differs: every line has a cause, diff counts the same, and an
# edited line, or one that no cause explains, is an error.
if scripts/arch-diff.sh ia64 x86 > "$again/report" 2>&1; then pass ok; else
    fail "make diff"
    tail -n 5 "$again/report"
fi
if grep -qw unknown "$again/report"; then fail "lines without a cause"; else pass ok; fi
rm -rf "$again/edited"
cp -R generated "$again/edited"
sed -i 's/"rdi"/"rdx"/' "$again/edited/x86/guest/hc.h"
if scripts/arch-diff.sh ia64 x86 "$again/edited" > "$again/report" 2>&1; then
    fail "make diff accepts an edited line"
elif grep -q 'hc.h:[0-9]* is not what the descriptions make' "$again/report"; then
    pass ok
else
    fail "make diff does not name the edited line"
fi
# A template that forgets a cause.
cp -R codegen/templates "$again/templates"
sed -i 's/h_why(«register», /h_why_not(/; 1i m4_define(«h_why_not», «$@»)m4_dnl' "$again/templates/hc.m4"
if HCGEN="$(pwd)/build/hcgen" HCGEN_OPTIONS="--templates $again/templates" \
   scripts/arch-diff.sh ia64 x86 > "$again/report" 2>&1; then
    fail "make diff accepts lines without a cause"
else
    pass ok
fi

# It is made without the tree's own headers: no object was compiled with them, and,
# where a folder may be hidden, the whole of it runs with them hidden.
if grep -rlq --include='*.d' '/usr/include/xen/' build/obj; then fail "hcgen needs the tree's headers"; else pass ok; fi
if unshare -m true 2> /dev/null; then
    if unshare -m sh -c "mount -t tmpfs none /usr/include/xen && ! [ -e /usr/include/xen/xen.h ] &&
                         build/hcgen gen idl --output $again/alone" &&
       diff -r generated "$again/alone" > /dev/null; then
        pass ok
    else
        fail "hcgen gen with /usr/include/xen hidden"
    fi
fi
# No script or source of the generator names their folder.
if grep -rn '/usr/include/xen' codegen scripts/*.sh Makefile | grep -v check-generated; then
    fail "the generator reads the tree's own headers"
else
    pass ok
fi
# An installed hcgen makes the same, from its own tables and templates.
if scripts/install.sh build "$here/$again/prefix" > /dev/null &&
   (cd / && "$here/$again/prefix/bin/hcgen" gen "$here/$again/prefix/share/hcgen/idl" \
        --output "$here/$again/installed") && diff -r generated "$again/installed" > /dev/null; then
    pass ok
else
    fail "an installed hcgen"
fi
# Nothing but people writes idl/.
if grep -rnE '(>|tee|cp .*|mv .*) *idl/[a-z_]*\.idl' scripts tests/*/*.sh Makefile |
   grep -v check-generated; then
    fail "something writes idl/"
else
    pass ok
fi
lines=$(cat idl/*.idl | awk '/^%\{/ { on = 1; next } /^%\}/ { on = 0 } on && NF' | wc -l)
if [ "$lines" -le 50 ]; then pass ok; else fail "$lines verbatim lines in idl/, not 50 at most"; fi
if grep -rIlE '/(home|root|work|tmp|build)/' generated; then
    fail "a path of this machine in generated/"
else
    pass ok
fi
totals generated
