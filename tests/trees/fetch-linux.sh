#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch-linux.sh FOLDER: Debian's Linux source, unpacked to FOLDER/linux/source; its
# version in FOLDER/linux/version. Nothing is installed.
set -eu

out=${1:?usage: fetch-linux.sh FOLDER}/linux
package=linux-source-6.1

if [ -s "$out/version" ]; then
    echo "$package: $out/source is there, $(cat "$out/version")"
    exit 0
fi

rm -rf "$out/package" "$out/source"
mkdir -p "$out/package/deb" "$out/source"
echo "$package: downloading, to be unpacked to $out/source (not installed)"
(cd "$out/package" && apt-get -q -o APT::Sandbox::User=root download "$package")
deb=$(echo "$out"/package/*.deb)
dpkg-deb -x "$deb" "$out/package/deb"

# What no object of an x86 build needs, beginning with what is large.
tar -xf "$out/package/deb/usr/src/$package.tar.xz" -C "$out/source" --strip-components=1 \
    --exclude='*/Documentation/*/*.rst' --exclude='*/tools/testing/*' \
    --exclude='*/drivers/gpu/drm/amd/*.[ch]' --exclude='*/drivers/gpu/drm/nouveau/*.[ch]' \
    --exclude='*/arch/[!x]*/*.[chS]' --exclude='*/arch/[!x]*/*.dts*'
dpkg-deb -f "$deb" Version > "$out/version.part"
rm -r "$out/package"
mv "$out/version.part" "$out/version"
echo "$package: $(cat "$out/version")"
