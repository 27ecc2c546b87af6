# SPDX-License-Identifier: MIT
#
# What the tests of the command line share.  A test is a function test_NAME()
# in one of the files beside this one; it runs in a shell and an empty folder
# of its own, and is passed when it comes to its end.  Each assertion ends the
# test when it does not hold.

idl=$top/idl
templates=$top/codegen/templates
checks=$top/codegen/base/checks.def

fail()
{
    printf '    %s\n' "$*"
    exit 1
}

# run STATUS ARGUMENT...: the compiler ends with that status; what it prints is
# in the files out and err.
run()
{
    want=$1
    shift
    timeout 60 "$HCGEN" "$@" > out 2> err < /dev/null
    got=$?
    [ $got -eq "$want" ] ||
        fail "hcgen $*: status $got, not $want: $(head -c 400 err)"
}

# tiny STATUS COMMAND ARGUMENT...: the same with the tables of tiny_tables.
tiny()
{
    want=$1 command=$2
    shift 2
    run "$want" "$command" --tables=tables "$@"
}

has()
{
    grep -qF -e "$2" "$1" || fail "no '$2' in $1: $(head -c 400 "$1")"
}

lacks()
{
    [ -f "$1" ] || fail "$1 is not there"
    if grep -qF -e "$2" "$1"
    then
        fail "'$2' in $1: $(grep -F -e "$2" "$1" | head -n 1)"
    fi
}

matches()
{
    grep -qE -e "$2" "$1" || fail "no line like '$2' in $1: $(head -c 400 "$1")"
}

is_empty()
{
    [ -f "$1" ] || fail "$1 is not there"
    [ ! -s "$1" ] || fail "$1 is not empty: $(head -c 400 "$1")"
}

not_empty()
{
    [ -s "$1" ] || fail "$1 is empty or not there"
}

same()
{
    cmp -s "$1" "$2" || fail "$1 and $2 differ: $(diff "$1" "$2" | head -n 5)"
}

differs()
{
    [ -f "$1" ] && [ -f "$2" ] || fail "$1 or $2 is not there"
    if cmp -s "$1" "$2"
    then
        fail "$1 and $2 are the same"
    fi
}

# Wrong usage: status 2, a sentence and where to read on, nothing else.
usage()
{
    text=$1
    shift
    run 2 "$@"
    has err "$text"
    has err "Try 'hcgen --help'."
    is_empty out
}

# json FILE: it is JSON, as tests/cli/json.c understands it.
json()
{
    "$CLI_OUT/json" < "$1" || fail "$1 is no JSON"
}

# Every file below a folder: name, time, size and sum; and that no file stands
# there that was meant to be renamed.
state()
{
    if find "$1" -name '*.tmp' | grep -q .
    then
        echo "a temporary file is left"
    fi
    find "$1" | LC_ALL=C sort | while read -r name
    do
        if [ -f "$name" ]
        then
            echo "$name $(stat -c '%y %s %a' "$name") $(cksum < "$name")"
        else
            echo "$name"
        fi
    done
}

# remember FOLDER, and later untouched FOLDER.
remember()
{
    [ "$(find "$1" -type f | wc -l)" -ge 4 ] || fail "nothing to remember in $1"
    state "$1" > "$1.state"
}

untouched()
{
    state "$1" > "$1.state.now"
    cmp -s "$1.state" "$1.state.now" ||
        fail "$1 was touched: $(diff "$1.state" "$1.state.now" | head -n 6)"
}

# Tables with one architecture, and a description that is quickly made.
tiny_tables()
{
    mkdir -p tables/arch tables/flavour
    cp "$idl/arch/x86_64.yaml" tables/arch
    sed 's/^families:.*/families: [x86]/; s/^interfaces:.*/interfaces: [xen]/' \
        "$idl/flavour/xen-4.17.yaml" > tables/flavour/xen-4.17.yaml
}

head_of_file()
{
    cat << 'END'
/// What the tests need.
interface xen {
    header     "xen.h" guard __XEN_PUBLIC_XEN_H__;
    legacy     ops 0..9 "for tests";
}
END
}

tiny_file()
{
    head_of_file
    cat << 'END'

section "Calls";

enum hypercall_num as __HYPERVISOR_* {
    tiny_op               = 12;
}

/// Do cmd with the structure at arg.
hypercall tiny_op = 12 (cmd: u32, arg: handle<op>) -> errno {
    ops      TINYOP_*;
    structs  tiny_*;
}

/// Ask for a number.
op ask = 0 {
    in    index:          u32;           /// Which one.
    out   value:          u32;

    xsm      none "no secret";
    error    EINVAL "there is no such number";
}
END
}

# The tables, tiny.idl, and in g what is generated from it.
fixture()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 gen --output=g tiny.idl
    is_empty err
    not_empty g/x86/xen-4.17/include/public/xen.h
    remember g
}

# damaged: a description with an error in the line of its op.
damaged()
{
    tiny_file | sed 's/^    in    index:          u32;/    in    index:          u23;/'
}

# repeat TEXT COUNT
repeat()
{
    awk -v text="$1" -v count="$2" 'BEGIN { while ( count-- ) printf "%s", text }'
}
