# SPDX-License-Identifier: MIT
# Input that is none: a clear error with its place, status 1, at once.

# refused FILE TEXT: check says so.
refused()
{
    tiny 1 check "$1"
    has err "$2"
    is_empty out
    [ "$(wc -c < err)" -lt 20000 ] || fail "the message has $(wc -c < err) bytes"
}

test_input_missing()
{
    tiny_tables
    refused nowhere.idl "nowhere.idl: there is no such file [input]"
    ln -s nowhere dangling.idl
    refused dangling.idl "dangling.idl: there is no such file [input]"
    tiny_file > tiny.idl
    refused tiny.idl/below "tiny.idl/below: there is no such file [input]"
    ln -s loop loop
    refused loop "loop: Too many levels of symbolic links [input]"
    # All that is missing is said at once.
    tiny 1 check nowhere.idl gone.idl
    has err nowhere.idl:
    has err gone.idl:
    # What is there is read all the same.
    damaged > bad.idl
    tiny 1 check nowhere.idl bad.idl
    has err "nowhere.idl:"
}

test_input_no_file()
{
    tiny_tables
    mkdir empty
    refused empty "empty: no description (*.idl, *.idl.yaml) in it [input]"
    # In a folder only files count, whatever they are called.
    mkdir -p folder/sub.idl
    refused folder "folder: no description (*.idl, *.idl.yaml) in it [input]"
    mkfifo pipe.idl
    refused pipe.idl "pipe.idl: it is not a regular file [input]"
    refused /dev/null "/dev/null: it is not a regular file [input]"
    tiny_file > tiny.idl
    mkdir abi.lock
    tiny 1 lock --check --lock=abi.lock tiny.idl
    has err "abi.lock: it is a folder, not a file [input]"
    if [ "$(id -u)" -ne 0 ]
    then
        chmod 0 tiny.idl
        refused tiny.idl "tiny.idl: permission denied [input]"
    fi
}

# A folder stands for its *.idl, in the order of their names.
test_input_folder()
{
    tiny_tables
    mkdir d
    tiny_file > d/tiny.idl
    echo nonsense > d/.hidden.idl
    echo nonsense > d/tiny.idl~
    echo nonsense > d/README
    mkdir d/more.idl
    tiny 0 dump d
    mv out folder
    tiny 0 dump d/
    same out folder
    tiny 0 dump d/tiny.idl
    same out folder
    for name in zz aa mm
    do
        printf '/// Word.\ninterface %s {\n    header "%s.h" guard __%s__;\n}\n' \
            $name $name $name > d/$name.idl
    done
    tiny 0 dump d
    grep -o '^/\* [a-z/]*' out > order
    printf '/* d/aa\n/* d/mm\n/* d/tiny\n/* d/zz\n' > wanted
    same order wanted
}

# The same description twice is a mistake, and is said once.
test_input_twice()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 1 check tiny.idl tiny.idl
    has err "[duplicate]"
    cp tiny.idl other.idl
    tiny 1 check tiny.idl other.idl
    has err "[duplicate]"
    has err "tiny.idl:2:11"
}

test_input_bytes()
{
    tiny_tables
    tiny_file | sed 's/$/\r/' > crlf.idl
    refused crlf.idl "crlf.idl:1:25: error: carriage return"
    { tiny_file; printf 'const A\000 = 1;\n'; } > nul.idl
    refused nul.idl "nul.idl:27:8: error: NUL byte"
    { tiny_file; printf '/* \303\251 */\n'; } > wide.idl
    refused wide.idl "wide.idl:27:4: error: this byte is not ASCII"
    { tiny_file; printf 'section "\033[31mred";\n'; } > control.idl
    tiny 0 check control.idl
    { tiny_file; printf 'const \033[31m = 1;\n'; } > stray.idl
    refused stray.idl "stray.idl:27:7: error: stray character"
    # No terminal gets to see it.
    lacks err "$(printf '\033')"
}

test_input_empty()
{
    tiny_tables
    : > empty.idl
    refused empty.idl "empty.idl:1:1: error: this file describes no interface"
    printf '\n\n' > blank.idl
    refused blank.idl "this file describes no interface"
    printf '/* nothing' > open.idl
    refused open.idl "open.idl:1:1: error: comment is never closed [syntax]"
    printf '/// A word.\ninterface xen' > cut.idl
    refused cut.idl "the file ends within a statement"
    tiny_file > tiny.idl
    size=$(wc -c < tiny.idl)
    # No newline at the end is none of our business.
    head -c $((size - 1)) tiny.idl > last.idl
    tiny 0 check last.idl
}

# Cut anywhere, it is refused or read, and nothing worse.
test_input_cut()
{
    tiny_tables
    tiny_file > tiny.idl
    size=$(wc -c < tiny.idl) at=1
    while [ $at -lt "$size" ]
    do
        head -c $at tiny.idl > cut.idl
        timeout 60 "$HCGEN" check --tables=tables cut.idl > out 2> err
        status=$?
        [ $status -le 1 ] || fail "cut at byte $at: status $status"
        [ $status -eq 0 ] || has err error:
        at=$((at + 37))
    done
    head -c 30 tiny.idl > cut.idl
    refused cut.idl error:
}

# One line of 10 MB, of each kind of word.
test_input_long_line()
{
    tiny_tables
    for kind in comment documentation name number string
    do
        {
            tiny_file
            case $kind in
            comment)       printf '/* ' ;;
            documentation) printf '/// ' ;;
            name)          printf 'const ' ;;
            number)        printf 'const A = 1' ;;
            string)        printf 'section "' ;;
            esac
            head -c 10000000 /dev/zero | tr '\000' 7
            case $kind in
            comment)       printf ' */' ;;
            documentation) printf '\nconst A = 1' ;;
            name)          printf ' = 1' ;;
            string)        printf '"' ;;
            esac
            printf ';\nconst B = u;\n'
        } > $kind.idl
        refused $kind.idl "$kind.idl:2"
    done
    # What is wrong there is shown in part, with a caret.
    refused number.idl "is no number of at most 64 bits"
    has err ...
    has err ^
}

test_input_large()
{
    tiny_tables
    truncate -s 65M huge.idl
    refused huge.idl "huge.idl: it is larger than 64 MiB [input]"
}

# nested TEXT [COUNT]: 100000 of them are refused, and end nothing else.
nested()
{
    { tiny_file; repeat "$2" "${3:-100000}"; } > "$1.idl"
    refused "$1.idl" "$1.idl:27"
}

test_input_deep()
{
    tiny_tables
    nested braces '{'
    has err "nested too deeply [syntax]"
    nested groups 'for c {'
    has err "nested too deeply [syntax]"
    nested structs 'struct s { a: struct {'
    nested types 'machine<'
    nested closed '}'
    { tiny_file; printf 'hypercall deep = 1 (a: u32) -> errno { require '; repeat '(' 100000
      printf ' a '; repeat ')' 100000; printf ' <= 1; }\n'; } > brackets.idl
    refused brackets.idl "nested too deeply [syntax]"
    { tiny_file; printf 'struct deep { a: '; repeat 'handle<' 100000; printf 'u32'
      repeat '>' 100000; printf '; }\n'; } > handles.idl
    refused handles.idl "nested too deeply [syntax]"
}

# What is long on one level only is no deeper for the program either.
test_input_chains()
{
    tiny_tables
    { tiny_file; printf 'struct deep { a: u32'; repeat '[1]' 300000; printf '; }\n'; } > arrays.idl
    refused arrays.idl arrays.idl:27:
    { tiny_file; printf 'hypercall deep = 1 (a: u32) -> errno { require a'
      repeat ' + a' 300000; printf ' <= 1; }\n'; } > sums.idl
    refused sums.idl sums.idl:27:
    { tiny_file; printf 'hypercall deep = 1 (a: u32) -> errno { require a'
      repeat '.a' 300000; printf ' <= 1; }\n'; } > paths.idl
    refused paths.idl paths.idl:27:
}

test_input_cycle()
{
    tiny_tables
    for pair in "a b" "b c" "c a"
    do
        # shellcheck disable=SC2086  # two words
        set -- $pair
        printf '/// Word.\ninterface %s {\n    header "%s.h" guard __%s__;\n    uses %s;\n}\n' \
            "$1" "$1" "$1" "$2" > "$1.idl"
    done
    tiny 1 check a.idl b.idl c.idl
    has err "a.idl:4:10: error: 'a' uses 'b', which leads back to it [cycle]"
    has err "note: the way leads through here"
    sed 's/uses c/uses b/' b.idl > b2.idl
    refused b2.idl "[cycle]"
    tiny 1 check a.idl b.idl
    has err "b.idl:4:10: error: no interface 'c' [unknown-name]"
}

# At most 20 errors, and how many more.
test_input_many_errors()
{
    tiny_tables
    { tiny_file; repeat 'const A = u;
' 1000; } > many.idl
    refused many.idl 'many.idl:27:11: error:'
    [ "$(grep -c ': error: ' err)" -eq 20 ] || fail "$(grep -c ': error: ' err) errors"
    has err "hcgen: 20 errors, and "
    tiny 1 check --diagnostics=json many.idl
    json err
    [ "$(grep -c '"severity":"error"' err)" -eq 20 ] || fail "not 20 in JSON"
}

# Each kind of bad input as JSON.
test_input_as_json()
{
    tiny_tables
    tiny_file | sed 's/$/\r/' > crlf.idl
    printf '/// "quoted" \\ back\ninterface xen { \001 "' > strange.idl
    : > empty.idl
    damaged > bad.idl
    { tiny_file; repeat '(' 20000; } > deep.idl
    for file in crlf.idl strange.idl empty.idl bad.idl deep.idl nowhere.idl 'a"b\c.idl'
    do
        tiny 1 check --diagnostics=json "$file"
        json err
        has err '"severity":"error"'
        is_empty out
    done
}

test_input_tables()
{
    tiny_file > tiny.idl
    mkdir -p none/arch none/flavour
    run 1 check --tables=none tiny.idl
    has err error:
    tiny_tables
    : > tables/arch/empty.yaml
    refused tiny.idl "tables/arch/empty.yaml"
    rm tables/arch/empty.yaml
    mkdir tables/arch/folder.yaml
    tiny 0 check tiny.idl
    printf 'name: [' > tables/flavour/broken.yaml
    refused tiny.idl "[yaml-syntax]"
}
