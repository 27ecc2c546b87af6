#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch-linux.sh FOLDER: what it takes to build a module for Debian's Linux, below
# FOLDER/usr. Nothing is installed.
set -eu
out=${1:?usage: fetch-linux.sh FOLDER}

if [ -s "$out/release" ]; then
    echo "linux-kbuild: $out is there"
    exit 0
fi

# The newest of the series: linux-headers-6.1.0-N-amd64.
headers=$(apt-cache search --names-only '^linux-headers-6\.1\.0-[0-9]+-amd64$' |
    awk '{ split($1, part, "-"); print part[4], $1 }' | sort -n | awk 'END { print $2 }')
if [ -z "$headers" ]; then
    echo "linux-kbuild: apt knows no linux-headers-6.1.0-*-amd64" >&2
    exit 1
fi
wanted="$headers linux-kbuild-6.1 libelf1"

rm -rf "$out"
mkdir -p "$out/package"
echo "$headers: downloading with what it needs, to be unpacked to $out (not installed)"
# The largest one may have been fetched for tests/stubs.
common=${headers%-amd64}-common
had=$(find build/linux-headers/package -name "${common}_*.deb" 2> /dev/null || true)
if [ -n "$had" ]; then
    cp "$had" "$out/package"
else
    wanted="$wanted $common"
fi
# shellcheck disable=SC2086
(cd "$out/package" && apt-get -q -o APT::Sandbox::User=root download $wanted)
for package in "$out"/package/*.deb; do
    dpkg-deb -x "$package" "$out"
done
rm -r "$out/package"
echo "${headers#linux-headers-}" > "$out/release"
