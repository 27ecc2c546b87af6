#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh COMPILER DESCRIPTIONS PROGRAMS FOLDER [OPTION...]
#
# Mutations of the descriptions (see mutate.c), with PROGRAMS/mutate and
# PROGRAMS/stand-in; works in FOLDER, which is made anew.
compiler=$1 descriptions=$2 programs=$3 folder=$4
shift 4

if [ ! -f "${XEN_HEADERS:-/usr/include/xen}/xen-compat.h" ]; then
    echo "no ${XEN_HEADERS:-/usr/include/xen}/xen-compat.h: install package libxen-dev"
    echo "mutate: 0 passed, 1 failed, 0 skipped"
    exit 1
fi

rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/memory" "$folder/work"
for tool in m4 clang-format-14; do
    ln -s "$(cd "$programs" && pwd)/stand-in" "$folder/bin/$tool" || exit
done
# Whoever builds another one meanwhile does not disturb.
cp "$compiler" "$folder/hcgen" || exit
compiler=$folder/hcgen
# What a mutation does to the words of C is known for one flavour, the reference; how
# others change those is the business of check-flavour.
cp -R "$descriptions" "$folder/idl" || exit
for flavour in "$folder"/idl/flavour/*.yaml; do
    grep -q "^reference: true" "$flavour" || rm "$flavour"
done
descriptions=$folder/idl
"$compiler" gen "$descriptions" --output "$folder/formatted" || exit

MUTATE_PATH=$PATH MUTATE_MEMORY=$folder/memory PATH=$(cd "$folder/bin" && pwd):$PATH
export MUTATE_PATH MUTATE_MEMORY PATH
MUTATE_LEARN=1 "$compiler" gen "$descriptions" --output "$folder/plain" || exit
"$programs/mutate" "$compiler" "$descriptions" "$folder/work" \
    --formatted "$folder/formatted" --twin tests/mutate/twin.sh "$@"
status=$?
[ $status -lt 2 ] || echo "mutate: 0 passed, 1 failed, 0 skipped"
exit $status
