#!/bin/sh
# SPDX-License-Identifier: MIT
# fetch-xen.sh FOLDER: Debian's Xen source, unpacked and patched to FOLDER/xen/source;
# its version in FOLDER/xen/version. It is the version of libxen-dev where the archive
# has its source, and else the newest of 4.17. Apt is asked with lists of its own:
# the machine's sources stay as they are.
set -eu

out=${1:?usage: fetch-xen.sh FOLDER}/xen

if [ -s "$out/version" ]; then
    echo "xen source: $out/source is there, $(cat "$out/version")"
    exit 0
fi

rm -rf "$out/apt" "$out/package" "$out/source"
mkdir -p "$out/apt/lists/partial" "$out/apt/archives/partial" "$out/package"
apt=$(cd "$out/apt" && pwd)

# Where the machine has Debian's packages from, sources are, too.
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | sort -u > "$apt/sources.list"

own()
{
    command=$1
    shift
    "$command" -o APT::Sandbox::User=root -o Dir::Etc::SourceList="$apt/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$apt/lists" \
        -o Dir::Cache="$apt" -o Acquire::Languages=none "$@"
}

echo "xen source: downloading, to be unpacked to $out/source"
own apt-get -q update
wanted=$(dpkg-query -W -f '${Version}' libxen-dev)
# The version that is wanted, then the newest: one may be listed and gone.
versions=$(own apt-cache showsrc --only-source xen |
    sed -n 's/^Version: \(4\.17\..*\)/\1/p' | sort -rV |
    awk -v wanted="$wanted" '{ rank = $0 == wanted ? 0 : 1; print rank, $0 }' | sort -s -k 1,1n | cut -d ' ' -f 2)
version=
for one in $versions; do
    if (cd "$out/package" && own apt-get -qq source --download-only "xen=$one") \
        > "$out/package/log" 2>&1; then
        version=$one
        break
    fi
    echo "xen source: $one is not to be had: $(sed -n 's/^E: Failed to fetch [^ ]* *//p' "$out/package/log" | head -n 1)"
done
if [ -z "$version" ]; then
    cat "$out/package/log" >&2
    echo "xen source: the archive has none of 4.17" >&2
    exit 1
fi
dpkg-source --no-check --no-copy -x "$out"/package/xen_*.dsc "$out/source" > "$out/package/log" || {
    cat "$out/package/log" >&2
    exit 1
}
rm -rf "$out/apt" "$out/package"
echo "$version" > "$out/version"
echo "xen source: $version (libxen-dev is $wanted)"
