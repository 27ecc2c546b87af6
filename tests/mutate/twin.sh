#!/bin/sh
# SPDX-License-Identifier: MIT
# twin.sh COMMAND DESCRIPTIONS [--output FOLDER]
#
# Compilers that are wrong, for mutate --twin.  Needs MUTATE_COMPILER, which one
# to be in MUTATE_TWIN, the descriptions as they were in MUTATE_ORIGINAL, and
# what is made of those in MUTATE_OUTPUT.
case $MUTATE_TWIN in
deaf)
    command=$1
    shift 2
    exec "$MUTATE_COMPILER" "$command" "$MUTATE_ORIGINAL" "$@"
    ;;
careless)
    "$MUTATE_COMPILER" "$@"
    status=$?
    if [ "$1" = gen ]; then
        echo 'extern int stray;' >> "$4/host/guest/hc.h"
    fi
    exit $status
    ;;
half-hearted)
    "$MUTATE_COMPILER" "$@" || exit
    if [ "$1" = gen ]; then
        cp -R "$MUTATE_OUTPUT/ia64" "$4/"
    fi
    ;;
crooked*)
    "$MUTATE_COMPILER" "$@" || exit
    file=x86/check/layout.c
    [ "$MUTATE_TWIN" = crooked ] || file=ia64/check/layout.c
    if [ "$1" = gen ]; then
        # Each number that is another one now is one too large.
        awk 'NR == FNR { old[FNR] = $0; next }
             $0 != old[FNR] && match($0, /[0-9]+\);$/) {
                 $0 = substr($0, 1, RSTART - 1) (substr($0, RSTART) + 1) ");"
             }
             { print }' "$MUTATE_OUTPUT/$file" "$4/$file" > "$4.new" &&
            mv "$4.new" "$4/$file"
    fi
    ;;
stubborn)
    echo "$2/xen.idl:1:1: error: this cannot be [nonsense]" >&2
    exit 1
    ;;
*)
    echo "twin.sh: no twin '$MUTATE_TWIN'" >&2
    exit 2
    ;;
esac
