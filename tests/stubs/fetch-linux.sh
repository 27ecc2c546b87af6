#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetch Debian's Linux headers and unpack the ones about Xen to $1/linux.
# Nothing is installed.
set -eu

out=${1:?usage: fetch-linux.sh FOLDER}
wanted=arch/x86/include/asm/xen/hypercall.h

if [ -s "$out/linux/$wanted" ]; then
    echo "linux-headers: $out/linux is there"
    exit 0
fi

# The newest of the series; each update has a name of its own.
package=$(apt-cache search --names-only '^linux-headers-6\.1\.0-[0-9]+-common$' |
    awk '{ split($1, part, "-"); print part[4], $1 }' | sort -n | awk 'END { print $2 }')
if [ -z "$package" ]; then
    echo "linux-headers: apt knows no linux-headers-6.1.0-*-common" >&2
    exit 1
fi

mkdir -p "$out/package"
rm -rf "$out/linux.part"
echo "$package: downloading, to be unpacked to $out/linux (not installed)"
(cd "$out/package" && apt-get -q -o APT::Sandbox::User=root download "$package")
mkdir "$out/linux.part"
dpkg-deb --fsys-tarfile "$out/package/$package"_*.deb |
    tar -x -C "$out/linux.part" --strip-components=4 --wildcards \
        '*/arch/x86/include/asm/xen/*' '*/arch/x86/include/asm/pvclock-abi.h' \
        '*/include/xen/interface/*'
test -s "$out/linux.part/$wanted"
rm -rf "$out/linux"
mv "$out/linux.part" "$out/linux"
