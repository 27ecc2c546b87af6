#!/bin/sh
# SPDX-License-Identifier: MIT
# build-ia64-gcc.sh PREFIX [WORKDIR]
#
# Builds a freestanding C cross compiler for ia64 (Itanium) from Debian's own
# gcc-12-source package, and installs it under PREFIX (PREFIX/bin/
# ia64-linux-gnu-gcc).  No root is needed: the package is unpacked, not
# installed.  Nothing but the Debian archive is contacted.
#
# Needs (Debian 12): build-essential libgmp-dev libmpfr-dev libmpc-dev
#                    binutils-ia64-linux-gnu   (gawk/m4/flex/bison not needed)
# Optional environment: JOBS (default: nproc), OPT (default: -O0), LIBGCC=0 to leave libgcc out,
#                       GCC_TARBALL=path to a gcc-12.*.tar.xz already at hand.
set -eu

# Called from make, its flags are not meant for this build.
unset MAKEFLAGS MAKELEVEL MFLAGS

case ${1-} in
''|-*) echo "usage: ${0##*/} PREFIX [WORKDIR]" >&2; exit 2 ;;
esac
prefix=$1
work=${2:-$(mktemp -d)}
jobs=${JOBS:-$(nproc)}
target=ia64-linux-gnu

case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
mkdir -p "$prefix" "$work"
work=$(cd "$work" && pwd)

# 1. The assembler and the linker are Debian's; give configure their full
#    names, or the driver would fall back to the host's plain "as" and "ld".
as=$(command -v $target-as) || { echo "install binutils-$target" >&2; exit 1; }
ld=$(command -v $target-ld)

# 2. The source: a tarball inside the package gcc-12-source.
if [ -z "${GCC_TARBALL:-}" ]; then
    if [ ! -d "$work/deb" ]; then
        (cd "$work" && apt-get download gcc-12-source)
        dpkg-deb -x "$work"/gcc-12-source_*.deb "$work/deb.new"
        mv "$work/deb.new" "$work/deb"
    fi
    GCC_TARBALL=$(echo "$work"/deb/usr/src/gcc-12/gcc-12*.tar.xz)
fi

# 3. Unpack only what a C compiler and libgcc need (320 MB, not 1 GB).  More
#    cannot go: gcc/d, gcc/testsuite/selftests and libiberty/testsuite are
#    needed even for a C compiler.
if [ ! -e "$work/src/configure" ]; then
    rm -rf "$work/src.new"; mkdir "$work/src.new"
    tar -x -f "$GCC_TARBALL" -C "$work/src.new" --strip-components=1 \
        --exclude='gcc-*/gcc/testsuite/g*' --exclude='gcc-*/gcc/ada' \
        --exclude='gcc-*/gcc/d/dmd' --exclude='gcc-*/gcc/go/gofrontend' \
        --exclude='gcc-*/libstdc++-v3' --exclude='gcc-*/libgo' \
        --exclude='gcc-*/libphobos' --exclude='gcc-*/libsanitizer' \
        --exclude='gcc-*/libgfortran' --exclude='gcc-*/libgomp' \
        --exclude='gcc-*/libitm' --exclude='gcc-*/libvtv' \
        --exclude='gcc-*/libffi' --exclude='gcc-*/liboffloadmic' \
        --exclude='gcc-*/libquadmath' --exclude='gcc-*/libobjc' \
        --exclude='gcc-*/libatomic' --exclude='gcc-*/libssp' \
        --exclude='gcc-*/libcc1' --exclude='gcc-*/libcody' \
        --exclude='gcc-*/libada'
    mv "$work/src.new" "$work/src"
fi

# 4. Configure out of tree.  OPT (default -O0) only shortens the build; the
#    compiler made is slow, but its output is the same.
opt="${OPT:--O0} -g0 -pipe"
mkdir -p "$work/obj"; cd "$work/obj"
[ -e Makefile ] || \
MAKEINFO=missing CFLAGS=$opt CXXFLAGS=$opt \
../src/configure --prefix="$prefix" --target=$target \
    --with-as="$as" --with-ld="$ld" --with-gnu-as --with-gnu-ld \
    --enable-languages=c --enable-checking=release \
    --without-headers --with-newlib --disable-bootstrap --disable-multilib \
    --disable-shared --disable-threads --disable-tls --disable-nls \
    --disable-lto --disable-plugin --disable-gcov --disable-analyzer \
    --disable-decimal-float \
    --disable-libssp --disable-libquadmath --disable-libgomp \
    --disable-libatomic --disable-libitm --disable-libvtv \
    --disable-libsanitizer --disable-libstdcxx --disable-libcc1 \
    --without-isl --without-zstd > configure.log 2>&1

# 5. Build and install.  Debian's tarball has its manuals emptied (GFDL), so
#    the plain "install-gcc", which wants the info files, cannot be used.
nice make -j"$jobs" all-gcc > make-gcc.log 2>&1
nice make -C gcc install-driver install-common install-headers \
    > install-gcc.log 2>&1

# 6. libgcc (64-bit division and the like are calls on ia64).
if [ "${LIBGCC:-1}" != 0 ]; then
    nice make -j"$jobs" all-target-libgcc > make-libgcc.log 2>&1
    nice make install-target-libgcc > install-libgcc.log 2>&1
fi
"$prefix/bin/$target-gcc" --version | head -n 1
