#!/bin/sh
# SPDX-License-Identifier: MIT
# Diagnostics, word for word.
#
# run.sh [--update] [CASE...]: a case is NAME.idl, or a folder of them; beside it
# NAME.err has all that 'hcgen check' says about it. In the input a note, /* [id] [id] */
# at the end of a line or /* 7: [id] */ anywhere, says which errors and warnings
# belong to that line; it is compared with what was said too, so that --update,
# which writes the .err files anew, cannot move one unseen.
# Besides: words.list (each keyword where it does not belong), and inputs.sh
# (what nobody would commit). At last, each id of checks.def has to be there.
#   HCGEN  the compiler (build/hcgen)
# The last line is "golden: N passed, N failed, N skipped".

top=$(pwd)
here=$top/tests/golden
HCGEN=$(realpath "${HCGEN:-build/hcgen}")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
LC_ALL=C
export LC_ALL
update=
[ "$1" = --update ] && update=yes && shift
passed=0 failed=0 skipped=0

pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); echo "FAIL $1: $2"; }

# said FILE: the errors and warnings in it, as "file:line [id]", sorted.
said()
{
    sed -nE 's/^([^ :]+:[0-9]+):[0-9]+: (error|warning): .* (\[[a-z-]+\])$/\1 \3/p' "$1" | sort
}

# marked FILE...: the same, from the notes in the input.
marked()
{
    awk '
        match($0, /\/\* ([0-9]+: )?(\[[a-z-]+\] ?)+\*\//) {
            count = split(substr($0, RSTART + 3, RLENGTH - 5), ids, " ")
            line = FNR
            for ( i = 1; i <= count; i++ )
                if ( ids[i] ~ /:$/ )
                    line = ids[i] + 0
                else
                    print FILENAME ":" line " " ids[i]
        }' "$@" | sort
}

# compare NAME ACTUAL EXPECTED: or make it so.
compare()
{
    if [ -n "$update" ]
    then
        cmp -s "$2" "$3" || cp "$2" "$3"
        return 0
    fi
    [ -f "$3" ] || { fail "$1" "there is no $3"; return 1; }
    diff -u "$3" "$2" > "$work/diff" && return 0
    fail "$1" "it says something else"
    sed 's/^/    /' "$work/diff"
    return 1
}

# status_fits STATUS OUTPUT: 1 with an error, else 0, and nothing else.
status_fits()
{
    if grep -q ': error: ' "$2"
    then
        [ "$1" -eq 1 ]
    else
        [ "$1" -eq 0 ]
    fi
}

# run_case NAME: in the folder of the cases, so that paths are the same anywhere.
run_case()
{
    name=${1%.idl}
    files=$1
    [ -d "$1" ] && files=$(echo "$1"/*.idl)
    [ -d "$1/flavour" ] && files="$files $(echo "$1"/flavour/*.yaml)"
    "$HCGEN" check "$1" > "$work/out" 2> "$work/err"
    status=$?
    if ! status_fits $status "$work/err" || [ -s "$work/out" ]
    then
        fail "$1" "exit status $status"
        sed 's/^/    /' "$work/err" "$work/out"
        return
    fi
    # shellcheck disable=SC2086  # several files
    marked $files > "$work/marked"
    said "$work/err" > "$work/said"
    if ! diff "$work/marked" "$work/said" > "$work/diff"
    then
        fail "$1" "not where the notes say (<: note, >: said)"
        sed 's/^/    /' "$work/diff"
        return
    fi
    compare "$1" "$work/err" "$here/$name.err" && pass
}

cases=$*
cd "$here" || exit 1
for case in ${cases:-*}
do
    case $case in
    *.idl)  run_case "$case" ;;
    *)      [ -d "$case" ] && [ "$(echo "$case"/*.idl)" != "$case/*.idl" ] &&
                run_case "$case" ;;
    esac
done
[ -n "$cases" ] && {
    echo "golden: $passed passed, $failed failed, $skipped skipped"
    [ $failed -eq 0 ]
    exit
}

# ---- each keyword where it does not belong -------------------------------------------

mkdir -p "$work/words"
cd "$work/words" || exit 1
awk -F '\t' '
    /^#/ || !NF { next }
    {
        file = $1 ".idl"
        printf "/// A test.\ninterface t { header \"t.h\" guard T_H; }\n%s\n", $2 > file
        close(file)
    }' "$here/words.list"
: > "$work/words.err"
for word in $(sed -n 's/^K(\([a-z]*\),.*/\1/p' "$top/codegen/front/keywords.def")
do
    if [ ! -f "$word.idl" ]
    then
        fail "words" "words.list does not misplace '$word'"
        continue
    fi
    "$HCGEN" check "$word.idl" > out 2> err
    if [ $? -eq 1 ] && grep -q '\[misplaced\]$' err && [ "$(grep -c ': error: ' err)" -eq 1 ]
    then
        pass
    else
        fail "words" "'$word' does not have one sentence of its own"
        sed 's/^/    /' err
    fi
    cat err >> "$work/words.err"
done
compare words "$work/words.err" "$here/words.err" && pass

# ---- what nobody would commit ----------------------------------------------------------

mkdir -p "$work/inputs"
cd "$work/inputs" || exit 1
sh "$here/inputs.sh"
for expected in crlf nul empty missing unreadable long-line deep folder device many control
do
    "$HCGEN" check "$expected.idl" > out 2> err
    status=$?
    if [ $status -eq 1 ] && [ ! -s out ] && [ "$(wc -c < err)" -lt 20000 ]
    then
        compare "inputs/$expected" err "$here/inputs/$expected.err" && pass
    else
        fail "inputs/$expected" "exit status $status, $(wc -c < err) bytes"
    fi
done

# ---- each check has a test ----------------------------------------------------------------

cd "$here" || exit 1
for id in $(sed -n 's/^CHECK([a-z_]*, "\([a-z-]*\)",$/\1/p' "$top/codegen/base/checks.def")
do
    where=$(sed -n "s/^$id  *//p" elsewhere.list)
    if [ -n "$where" ]
    then
        # shellcheck disable=SC2086  # several files
        (cd "$top" && grep -qE "\\[$id\\]|CHECK_$(echo "$id" | tr - _)\\b" $where) ||
            { fail "ids" "elsewhere.list says that $where tests [$id]"; continue; }
    elif ! cat ./*.err inputs/*.err | grep -qE ": (error|warning): .*\\[$id\\]\$"
    then
        fail "ids" "no test has [$id]"
        continue
    fi
    pass
done

if [ -n "$update" ]
then
    cd "$top" && git --no-pager diff --stat -- tests/golden
fi
echo "golden: $passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
