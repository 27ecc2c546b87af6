#!/bin/sh
# SPDX-License-Identifier: MIT
# Damage headers and stubs as damage.txt says, one way at a time, build, boot:
# each must fail. usage: damage.sh FOLDER STUBS HEADERS
here=$(dirname "$0") out=$1 stubs=$2 headers=$3
damaged=$out/damage

# damage FILE EXPRESSION: false if it does not change the file.
damage() {
    rm -rf "$damaged/public" "$damaged/stubs"
    mkdir -p "$damaged"
    cp -R "$headers" "$damaged/public"
    cp -R "$stubs" "$damaged/stubs"
    for file in "$damaged"/*/"$1"; do
        cp "$file" "$damaged/before"
        sed "$2" "$damaged/before" > "$file"
        ! cmp -s "$damaged/before" "$file"
    done
}

build() {
    MAKEFLAGS='' make -s -j2 xen_out="$damaged" xen_public="$damaged/public" \
        xen_stubs="$damaged/stubs" "$damaged/guest.elf" > "$damaged/build.log" 2>&1
}

sed -e '/^#/d' -e '/^$/d' "$here/damage.txt" | while IFS='|' read -r file expression what; do
    if ! damage "$file" "$expression"; then
        echo "FAIL damage: $what: nothing to change in $file"
    elif ! build; then
        echo "FAIL damage: $what: does not compile, so it shows nothing: $damaged/build.log"
    else
        "$here/boot.sh" "$out/xen" "$damaged/guest.elf" "$damaged/log" > "$damaged/verdict"
        case $? in
        0) echo "FAIL damage: $what: passes" ;;
        1) echo "ok damage: $what: $(grep -c '^FAIL' "$damaged/log") expectations fail" ;;
        *) echo "ok damage: $what: $(grep "^STOP" "$damaged/log")" ;;
        esac
    fi
done
