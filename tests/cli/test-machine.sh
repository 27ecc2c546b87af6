# SPDX-License-Identifier: MIT
#
# What the machine may lack: memory, m4, clang-format.  A clear error that
# names it, status 3, and the old output as it was.

# with_tools: a PATH of its own, in the folder bin.
with_tools()
{
    mkdir -p bin
    ln -sf "$(command -v m4)" bin/m4
    ln -sf "$(command -v clang-format-14)" bin/clang-format-14
}

# fake NAME: what stands on standard input takes the place of a tool.
fake()
{
    rm -f "bin/$1"
    { echo "#!/bin/sh"; cat; } > "bin/$1"
    chmod +x "bin/$1"
}

# tools STATUS FOLDER: gen with the tools in bin alone.
tools()
{
    PATH=$(pwd)/bin /usr/bin/timeout 60 "$HCGEN" gen --tables=tables --output="$2" changed.idl \
        > out 2> err
    got=$?
    [ $got -eq "$1" ] || fail "status $got, not $1: $(cat err)"
}

# broken TEXT: it is said, and nothing is written.
broken()
{
    tools 3 g
    has err "$1"
    has err "[tool]"
    [ "$(grep -c ': error: ' err)" -eq 1 ] || fail "not one error: $(cat err)"
    untouched g
    tools 3 h
    [ ! -e h ] || fail "written: $(find h)"
}

prepare()
{
    fixture
    sed 's/What the tests need/What other tests need/; s/\(op ask = \)0/\17/' tiny.idl > changed.idl
    with_tools
    # The tools are enough for it.
    tools 0 k
    diff -r g k > difference && fail "the change changes nothing"
    not_empty k/x86/guest/hc.h
}

test_machine_no_m4()
{
    prepare
    rm bin/m4
    broken "m4: not found"
    mkdir bin/m4
    broken "m4: "
    rmdir bin/m4
    echo text > bin/m4
    broken "m4: Permission denied"
}

test_machine_no_formatter()
{
    prepare
    rm bin/clang-format-14
    broken "clang-format-14: not found"
    # No other version steps in.
    ln -s "$(command -v clang-format-14)" bin/clang-format
    broken "clang-format-14: not found"
}

test_machine_failing_m4()
{
    prepare
    fake m4 << 'END'
[ "$1" = --version ] && { echo "m4 (GNU M4) 1.4.19"; exit 0; }
echo "m4: this and that" >&2
exit 5
END
    broken "m4: exit status 5: m4: this and that"
    fake m4 << 'END'
[ "$1" = --version ] && { echo "m4 (GNU M4) 1.4.19"; exit 0; }
kill -9 $$
END
    broken "m4: ended by signal 9"
}

test_machine_failing_formatter()
{
    prepare
    version='[ "$1" = --version ] && { echo "clang-format version 14.0.6"; exit 0; }'
    fake clang-format-14 << END
$version
/bin/cat > /dev/null
echo "no such style" >&2
exit 1
END
    broken "clang-format-14: exit status 1: no such style"
    # It takes the text and gives none, or half of it, and fails.
    fake clang-format-14 << END
$version
/bin/cat > /dev/null
END
    broken "clang-format-14"
    fake clang-format-14 << END
$version
/usr/bin/head -c 100
kill -11 \$\$
END
    broken "clang-format-14: ended by signal 11"
}

# Fails from the third output on: the first two are not written. As many
# outputs are made at a time as there are processors.
test_machine_late_failure()
{
    prepare
    fake clang-format-14 << END
[ "\$1" = --version ] && exec $(command -v clang-format-14) --version
echo x >> $(pwd)/calls
[ "\$(/usr/bin/wc -l < $(pwd)/calls)" -ge 3 ] && exit 1
exec $(command -v clang-format-14) "\$@"
END
    tools 3 g
    has err "clang-format-14: exit status 1"
    [ "$(wc -l < calls)" -ge 3 ] || fail "$(wc -l < calls) calls"
    untouched g
}

# Another major version would change lines that nobody touched.
test_machine_other_versions()
{
    prepare
    real=$(command -v clang-format-14)
    for version in "15.0.7" "13.0.1" "140.0.0" "4.14.0"
    do
        fake clang-format-14 << END
[ "\$1" = --version ] && { echo "Debian clang-format version $version"; exit 0; }
exec $real "\$@"
END
        broken "clang-format-14"
        has err "$version"
    done
    fake clang-format-14 << END
[ "\$1" = --version ] && { echo "Ubuntu clang-format version 14.0.0-1ubuntu1.1"; exit 0; }
exec $real "\$@"
END
    tools 0 n
    diff -r k n > difference || fail "$(head -n 5 difference)"
    real=$(command -v m4)
    fake m4 << END
[ "\$1" = --version ] && { echo "m4 (GNU M4) 2.0"; exit 0; }
exec $real "\$@"
END
    broken "m4"
}

# less_memory STATUS PATH SIZE...: with ever less memory, in KiB, check PATH ends with
# that status or says what it lacks; and at last it does.
less_memory()
{
    usual=$1 path=$2 seen=
    shift 2
    for size
    do
        (ulimit -v "$size" && exec timeout 60 "$HCGEN" check --tables="$idl" "$path") \
            > out 2> err
        status=$?
        case $status in
        "$usual") ;;
        3)   has err "hcgen: out of memory"
             seen=1 ;;
        # The loader of programs lacks memory itself.
        127) break ;;
        *)   fail "with $size KiB: status $status: $(head -c 300 err)" ;;
        esac
    done
    [ -n "$seen" ] || fail "$path never lacked memory"
}

test_machine_memory()
{
    less_memory 0 "$idl" 400000 100000 60000 40000 20000 10000 8000 7000 6000 5000 4000 3000
    # Where much is needed, it is lacking elsewhere.
    { tiny_file; repeat 'const A = 1; ' 100000; } > much.idl
    less_memory 1 much.idl 400000 100000 60000 40000 30000 25000 20000 16000 14000 12000
}

# No standard stream is taken for granted.
test_machine_closed_streams()
{
    prepare
    timeout 60 "$HCGEN" gen --tables=tables --output=h changed.idl <&- > out 2> err ||
        fail "without an input: $(cat err)"
    diff -r h k > difference || fail "$(head -n 5 difference)"
    timeout 60 "$HCGEN" gen --tables=tables --output=i changed.idl <&- > out 2>&-
    [ $? -eq 0 ] || fail "without standard error"
    diff -r i k > difference || fail "$(head -n 5 difference)"
    damaged > bad.idl
    timeout 60 "$HCGEN" check --tables=tables bad.idl > out 2>&-
    [ $? -eq 1 ] || fail "an error that nobody sees"
    is_empty out
}
