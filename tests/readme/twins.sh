# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2016,SC2034
# A mistake in a copy of the documents, and the check that has to see it.

# twin CHECK FILE SED-SCRIPT: the check refuses the documents after this edit.
twin()
{
    twin_name="$1 sees: $3"
    rm -rf "$out/twin"
    mkdir -p "$out/twin"
    cp -R README.md docs "$out/twin"
    sed "$3" "$2" > "$out/twin/$2"
    if [ ! -f "$2" ] || cmp -s "$2" "$out/twin/$2"; then
        fail "$twin_name (it changes nothing in $2)"
        return
    fi
    (docs=$out/twin; read_blocks; "check_$1") > "$log" 2>&1
    if grep -q "^FAILED: $1" "$log"; then
        pass "$twin_name"
    else
        fail "$twin_name"
        sed 's/^/    /' "$log"
    fi
}

check_twins()
{
    twin marks README.md '/^<!-- picture/d'
    twin marks README.md 's/^<!-- tutorial: append/<!-- tutorial: apend/'
    twin marks README.md 's/^<!-- commands -->/& ./'
    twin commands README.md 's/^make deps all/make dep all/'
    twin commands README.md 's/^make check /make lint /'
    twin commands README.md '/^make check /d'
    twin targets README.md 's/`make diff`/`make differences`/'
    twin targets docs/HACKING.md 's/`make lint`/`make lints`/'
    twin options README.md 's/lock --update/lock --updat/'
    twin options README.md 's/hcgen layout/hcgen layouts/'
    twin links README.md 's,(docs/DESIGN.md),(docs/DESIGNS.md),'
    twin folders README.md '/^| `scripts/d'
    twin folders README.md 's/^| `idl/| `idls/'
    twin files README.md 's/\.dom = DOMID_SELF/.dom = DOMID_IO/'
    twin answers docs/answers.md 's/^by hand: /&1/'
    twin answers docs/answers.md 's/hand-lines.sh ia64 x86/hand-lines.sh x86 ia64/'
    twin tutorial README.md 's/^    out   max_gpfns:      u64;/    out   max_gpfns:      u63;/'
    twin tutorial README.md 's/\[no-permission\]$/[no-doc]/'
    twin tutorial README.md 's/^idl\/pmt.idl:364:4/idl\/pmt.idl:361:4/'
    twin tutorial README.md '/^    preempt  each;/d'
    twin tutorial README.md 's,^ generated/ia64/guest/hc-pmt.h,  generated/ia64/guest/hc-xen.h,'
    twin tutorial README.md '/^ idl\/abi.lock/d'
    twin tutorial README.md 's/^\$ cc -O2/$ cc -Wthis-is-no-flag=1 -Werror/'
    twin claims docs/CLAIMS.md 's/`build\/hcgen check idl`/`build\/hcgen check idle`/'
    twin claims docs/CLAIMS.md 's/| `12` |$/| `13` |/'
    twin claims docs/CLAIMS.md 's/headers compared in/headers compared on/'
    twin claims docs/CLAIMS.md 's/`make check-xen`/`make check-zen`/'
}
