#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetch Debian's Xen and unpack its image to $1/xen. Nothing is installed.
set -eu

package=xen-hypervisor-4.17-amd64
out=${1:?usage: fetch-xen.sh FOLDER}

if [ -s "$out/xen" ]; then
    echo "$package: $out/xen is there"
    exit 0
fi

mkdir -p "$out/package"
cd "$out/package"
echo "$package: downloading, to be unpacked to $out/xen (not installed)"
apt-get -q -o APT::Sandbox::User=root download "$package"
dpkg -x "$package"_*.deb .
zcat boot/xen-4.17-amd64.gz > ../xen.part
mv ../xen.part ../xen
