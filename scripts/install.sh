#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh BUILD PREFIX: bin/hcgen, a wrapper that knows its own tables and
# templates below share/hcgen, and everything generated beside them.
set -eu
build=$1 prefix=$2 share=$2/share/hcgen

mkdir -p "$prefix/bin" "$prefix/libexec" "$share"
install -m 755 "$build/hcgen" "$prefix/libexec/hcgen"
rm -rf "$share/idl" "$share/templates" "$share/generated"
cp -R idl generated "$share/"
cp -R codegen/templates "$share/templates"
install -m 644 .clang-format "$share/clang-format"
sed "s|@PREFIX@|${FINAL_PREFIX:-$prefix}|" > "$prefix/bin/hcgen" <<'WRAPPER'
#!/bin/sh
# Options given here come later, and so count.
share=@PREFIX@/share/hcgen
command=${1:---help}
[ $# -eq 0 ] || shift
exec @PREFIX@/libexec/hcgen "$command" --templates "$share/templates" --style "$share/clang-format" \
    --tables "$share/idl" "$@"
WRAPPER
sed -i "s|@PREFIX@|${FINAL_PREFIX:-$prefix}|g" "$prefix/bin/hcgen"
chmod 755 "$prefix/bin/hcgen"
echo "installed: $prefix/bin/hcgen"
