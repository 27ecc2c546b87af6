#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh [PACKAGE...]: install the Debian packages that are missing, these and
# our own, and say which.
# To build: flex bison libyaml-dev m4 clang-format-14 gcc make.  To test: the rest.
set -eu

packages='
    gcc make flex bison libyaml-dev m4 clang-format-14
    libc6-dev libcmocka-dev g++ clang-14 libclang-rt-14-dev gcc-12-multilib
    binutils-ia64-linux-gnu libxen-dev qemu-system-x86 valgrind libjudy-dev liburcu-dev
    xz-utils diffutils ca-certificates'"
    $*"

missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q ' installed$' ||
        missing="$missing $package"
done

sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
# What is fetched after this asks the lists, too.
if [ -n "$missing" ] || ! ls /var/lib/apt/lists/*_Packages* > /dev/null 2>&1; then
    $sudo apt-get update -qq
fi
if [ -z "$missing" ]; then
    echo "deps: all packages are installed"
    exit 0
fi
echo "deps: installing$missing"
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing > /dev/null
