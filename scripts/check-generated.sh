#!/bin/sh
# SPDX-License-Identifier: MIT
# generated/ is what the compiler makes of idl/, to the byte; and a byte more is
# seen.  Nothing of it depends on where or how often it is made, nor on the tree's
# own headers being installed; and people write idl/, nobody else.
again=build/tests/generated
here=$(pwd)
hcgen=${HCGEN:-build/hcgen}
case $hcgen in /*) ;; *) hcgen=$here/$hcgen ;; esac
rm -rf "$again"
mkdir -p "$again"
log=$again/check.log
. tests/count.sh

same() { diff -r generated "$1"; }
without() { ! "$@"; }

# ---- the same, wherever it is made -------------------------------------------------

check "generated/ is made" "$hcgen" gen idl --output "$again/out"
check "generated/ is up to date (else: make)" same "$again/out"
elsewhere() { cd "$again" && "$hcgen" gen "$here/idl" --output there; }
check "it is made from another folder" eval '(elsewhere)'
check "and is the same" same "$again/there"

cp -R generated "$again/edited"
file=$(find "$again/edited" -name grant_table.h | head -n 1)
sed -i '20s/$/ /' "$file"
refuse "an edit of one byte is seen" same "$again/edited"
rm "$file"
refuse "a missing file is seen" same "$again/edited"

# ---- without the tree's own headers ----------------------------------------------

check "no object of hcgen was compiled with them" \
    without grep -rlq --include='*.d' '/usr/include/xen/' build/obj
check "no source or script of the generator names their folder" without grep -rn \
    --exclude=check-generated.sh '/usr/include/xen' codegen scripts Makefile
hidden() { unshare -m sh -c "mount -t tmpfs none /usr/include/xen && ! [ -e /usr/include/xen/xen.h ] &&
                             '$hcgen' gen idl --output '$again/alone'"; }
# Hiding a folder takes rights; the two checks above hold where it cannot be done.
if unshare -m true 2> /dev/null; then
    check "it is made while they are hidden" hidden
    check "and is the same" same "$again/alone"
fi
check "nothing writes idl/" without grep -rnE --exclude=check-generated.sh \
    '(>|tee|cp .*|mv .*) *idl/[a-z_]*\.idl' scripts tests --include='*.sh' Makefile
verbatim=$(cat idl/*.idl | awk '/^%\{/ { on = 1; next } /^%\}/ { on = 0 } on && NF' | wc -l)
check "$verbatim verbatim lines in idl/, at most 50" test "$verbatim" -le 50

# ---- installed ----------------------------------------------------------------------

installed() { cd / && "$here/$again/prefix/bin/hcgen" gen "$here/$again/prefix/share/hcgen/idl" \
    --output "$here/$again/installed"; }
check "hcgen can be installed" scripts/install.sh build "$here/$again/prefix"
check "it makes the same from its own tables" eval '(installed)'
check "to the byte" same "$again/installed"
check "no path of this machine is in it" without grep -rIlE '/(home|root|work|tmp|build)/' generated

# ---- the report of what differs -------------------------------------------------------

check "make diff explains every line" scripts/arch-diff.sh ia64 x86
causes() { scripts/arch-diff.sh ia64 x86 | grep -q "$1"; }
check "it names causes" causes register
check "none of them is unknown" without causes unknown
page() { [ "$(sed 's/<.td>/\n/g' build/diff.html | grep -c 'title="')" = "$(cat build/causes/total)" ]; }
check "its page shows each differing line, with its cause" page
sed 's/ title="[a-z]*"//' build/diff.html > "$again/page" && mv "$again/page" build/diff.html
refuse "a page that hides one is refused" page
rm -rf "$again/edited"
cp -R generated "$again/edited"
sed -i 's/"rdi"/"rdx"/' "$again/edited/x86/guest/hc.h"
refuse "an edited line is refused" scripts/arch-diff.sh ia64 x86 "$again/edited"
named() { scripts/arch-diff.sh ia64 x86 "$again/edited" 2>&1 |
    grep -q 'hc.h:[0-9]* is not what the descriptions make'; }
check "and named" named
cp -R codegen/templates "$again/templates"
sed -i 's/h_why(«register», /h_why_not(/; 1i m4_define(«h_why_not», «$@»)m4_dnl' "$again/templates/hc.m4"
HCGEN_OPTIONS="--templates $again/templates"
export HCGEN_OPTIONS
refuse "a template that forgets a cause is refused" scripts/arch-diff.sh ia64 x86

totals generated
