# SPDX-License-Identifier: MIT
# Files are written whole or not at all; and after an error none is.

# changed.idl: another sentence at the interface, which all outputs show.
changed_file()
{
    sed 's/What the tests need/What other tests need/; s/\(op ask = \)0/\17/' tiny.idl > changed.idl
}

test_output_again()
{
    fixture
    # The clock has to move, or the time of a file says nothing.
    sleep 0.02
    tiny 0 gen --output=g tiny.idl
    is_empty err
    untouched g
    cp tiny.idl copy.idl
    changed_file
    tiny 0 gen --output=g changed.idl
    state g > now
    differs now g.state
}

# Only the files that differ are written.
test_output_some()
{
    fixture
    sleep 0.02
    sed 's/^    error    EINVAL.*//' tiny.idl > other.idl
    tiny 0 gen --output=g other.idl
    state g > now
    diff g.state now > difference
    has difference xen.h
    lacks difference guest/hc.h
    # One that was removed comes back, the others stay.
    remember g
    rm g/x86/guest/hc.h
    tiny 0 gen --output=g other.idl
    state g > now
    diff g.state now > difference
    has difference guest/hc.h
    [ "$(wc -l < difference)" -le 4 ] || fail "more was written: $(cat difference)"
}

# A hand-made change is put right.
test_output_edited()
{
    fixture
    cp -r g good
    echo '/* mine */' >> g/x86/guest/hc-xen.h
    tiny 0 gen --output=g tiny.idl
    diff -r g good > difference || fail "$(head -n 5 difference)"
}

test_output_input_error()
{
    fixture
    damaged > bad.idl
    tiny 1 gen --output=g bad.idl
    has err "bad.idl:21:27: error:"
    untouched g
    tiny 1 gen --output=h bad.idl
    [ ! -e h ] || fail "written: $(find h)"
    tiny 1 gen --output=g nowhere.idl
    untouched g
    # One good file beside a bad one changes nothing.
    changed_file
    tiny 1 gen --output=g changed.idl nowhere.idl
    untouched g
}

# A template with a word that nothing expands names itself and the word.
test_output_damaged_template()
{
    fixture
    cp -r "$templates" own
    for word in h_no_such_macro m4_no_such_macro
    do
        { cat "$templates/header.m4"
          printf 'm4_define(«h_file», m4_defn(«h_file»)«%s»)m4_dnl\n' $word; } > own/header.m4
        tiny 3 gen --templates=own --output=g tiny.idl
        has err "xen.h: the template header.m4 left '$word' unexpanded [template]"
        untouched g
        tiny 3 gen --templates=own --output=h tiny.idl
        [ ! -e h ] || fail "written: $(find h)"
    done
    # m4 itself is not pleased.
    { cat "$templates/header.m4"; printf 'm4_define(«open'; } > own/header.m4
    tiny 3 gen --templates=own --output=g tiny.idl
    has err '[tool]'
    untouched g
    rm own/header.m4
    tiny 3 gen --templates=own --output=g tiny.idl
    has err header.m4
    untouched g
}

# The error is in the last of several outputs: the first are not written.
test_output_error_in_the_middle()
{
    fixture
    changed_file
    last=stub.m4    # other files have come out of header.m4 before it
    cp -r "$templates" own
    { cat "$templates/$last"
      printf 'm4_define(«h_file», m4_defn(«h_file»)«h_no_such_macro»)m4_dnl\n'; } > "own/$last"
    tiny 3 gen --templates=own --output=g changed.idl
    has err "left 'h_no_such_macro' unexpanded [template]"
    untouched g
}

test_output_places()
{
    tiny_tables
    tiny_file > tiny.idl
    echo mine > file
    tiny 3 gen --output=file tiny.idl
    has err "[output]"
    [ "$(cat file)" = mine ] || fail "file was written to"
    tiny 3 gen --output=/proc/nowhere tiny.idl
    has err "/proc/nowhere"
    has err "[output]"
    if [ "$(id -u)" -ne 0 ]
    then
        mkdir readonly
        chmod 555 readonly
        tiny 3 gen --output=readonly tiny.idl
        has err "Permission denied [output]"
        chmod 755 readonly
    fi
}

# A folder stands where one file should be: no other is written either.
test_output_folder_in_the_way()
{
    fixture
    changed_file
    for file in x86/check/layout.c x86/guest/hc-xen.h x86/xen-4.17/include/public/xen.h
    do
        rm -rf h
        cp -rp g h
        rm "h/$file"
        mkdir -p "h/$file/in the way"
        # shellcheck disable=SC2119  # not the shell's
        state h > before
        tiny 3 gen --output=h changed.idl
        has err "$file: "
        has err "[output]"
        state h > after
        same before after
    done
}

# The disk becomes full after so many bytes, in each of the files in turn.
test_output_full_disk()
{
    fixture
    changed_file
    tiny 0 gen --output=h changed.idl
    total=0
    for file in $(cd g && find . -type f)
    do
        cmp -s "g/$file" "h/$file" || total=$((total + $(wc -c < "h/$file")))
    done
    [ $total -gt 2000 ] || fail "only $total bytes are new"
    for bytes in 0 1 1000 $((total / 3)) $((total / 2)) $((total - 1))
    do
        FULL_BYTES=$bytes LD_PRELOAD=$CLI_OUT/full.so \
            timeout 60 "$HCGEN" gen --tables=tables --output=g changed.idl > out 2> err
        status=$?
        [ $status -eq 3 ] || fail "full after $bytes bytes: status $status: $(cat err)"
        has err "No space left on device [output]"
        untouched g
    done
    # And it was room that was lacking.
    FULL_BYTES=$total LD_PRELOAD=$CLI_OUT/full.so \
        timeout 60 "$HCGEN" gen --tables=tables --output=g changed.idl > out 2> err ||
        fail "with room: $(cat err)"
    state g > now
    differs now g.state
}

# The same with a limit on the size of a file: not a signal, an error.
test_output_file_limit()
{
    fixture
    changed_file
    (ulimit -f 1 && timeout 60 "$HCGEN" gen --tables=tables --output=g changed.idl \
        > out 2> err)
    status=$?
    [ $status -eq 3 ] || fail "status $status: $(cat err)"
    has err "File too large [output]"
    untouched g
}

# A file system that is really full, where one may be mounted.
test_output_full_file_system()
{
    fixture
    changed_file
    mkdir small
    if mount -t tmpfs -o size=128k none small 2> refusal
    then
        trap 'umount small' EXIT
        cp -r g small/g
        dd if=/dev/zero of=small/rest bs=1k 2> refusal
        remember small/g 2> said || state small/g > small.state
        state small/g > before
        tiny 3 gen --output=small/g changed.idl
        has err "No space left on device [output]"
        state small/g > after
        same before after
    else
        # What full.so says of the same.
        FULL_BYTES=0 LD_PRELOAD=$CLI_OUT/full.so \
            timeout 60 "$HCGEN" gen --tables=tables --output=g changed.idl > out 2> err
        has err "No space left on device [output]"
        untouched g
    fi
}

# The lock is written in the same way.
test_output_lock()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 lock --update --lock=d/abi.lock tiny.idl
    not_empty d/abi.lock
    state d > before
    { cat tiny.idl
      printf '\n/// Ask again.\nop again = 1 (tiny_ask) {\n    xsm      none "no secret";\n}\n'
    } > more.idl
    FULL_BYTES=10 LD_PRELOAD=$CLI_OUT/full.so timeout 60 "$HCGEN" lock --update \
        --tables=tables --lock=d/abi.lock more.idl > out 2> err
    status=$?
    [ $status -eq 3 ] || fail "status $status: $(cat err)"
    has err "No space left on device [output]"
    state d > after
    same before after
    mkdir folder
    tiny 1 lock --update --lock=folder tiny.idl
    has err "folder: it is a folder, not a file [input]"
}

# Standard output is an output too.
test_output_standard()
{
    tiny_tables
    tiny_file > tiny.idl
    for command in "dump tiny.idl" "dump --json tiny.idl" "dump --defs tiny.idl"
    do
        # shellcheck disable=SC2086  # several words
        timeout 60 "$HCGEN" $command --tables=tables > /dev/full 2> err
        status=$?
        [ $status -eq 3 ] || fail "$command on a full disk: status $status"
        has err "hcgen: standard output: "
        # shellcheck disable=SC2086
        timeout 60 "$HCGEN" $command --tables=tables >&- 2> err
        status=$?
        [ $status -eq 3 ] || fail "$command without an output: status $status"
        has err "hcgen: standard output: "
    done
    for words in --help --version "explain padding"
    do
        # shellcheck disable=SC2086
        timeout 60 "$HCGEN" $words > /dev/full 2> err
        status=$?
        [ $status -eq 3 ] || fail "$words on a full disk: status $status"
    done
    # A reader that has seen enough is no reason to hang or to die.
    { timeout 60 "$HCGEN" dump --json "$idl" 2> err; echo $? > status; } | head -n 1 > first
    [ "$(cat first)" = "{" ] || fail "first line: $(cat first)"
    [ "$(cat status)" -eq 3 ] || fail "status $(cat status): $(cat err)"
    has err "Broken pipe"
}
