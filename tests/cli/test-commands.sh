# SPDX-License-Identifier: MIT
# Each command and each option that --help lists.

# ---- commands ------------------------------------------------------------------

test_command_check()
{
    run 0 check "$idl"
    is_empty out
    lacks err error:
    tiny_tables
    damaged > bad.idl
    tiny 1 check bad.idl
    is_empty out
    has err "bad.idl:21:27: error: no type 'u23'"
}

test_command_gen()
{
    run 0 gen --output=g "$idl"
    is_empty out
    lacks err error:
    for file in x86/xen-4.17/include/public/xen.h ia64/xen-4.17/include/public/pmt.h \
        x86/guest/hc.h ia64/guest/hc-dom0vp.h host/guest/hc-memory.h x86/check/layout.c
    do
        not_empty "g/$file"
    done
    has g/x86/xen-4.17/include/public/grant_table.h "#define GNTTABOP_query_size"
    [ "$(find g -type f | wc -l)" -ge 30 ] || fail "only these: $(find g -type f)"
}

test_command_dump()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 dump tiny.idl
    is_empty err
    has out "interface xen {"
    has out "    out   value:          u32;"
}

test_command_convert()
{
    tiny_tables
    tiny_file > tiny.idl
    run 0 convert tiny.idl
    is_empty err
    has out "interface: xen"
    has out "{name: value, type: u32, direction: out}"
    mv out tiny.idl.yaml
    # It says the same: alone, and among others.
    tiny 0 dump tiny.idl
    mv out before
    tiny 0 dump tiny.idl.yaml
    same before out
    run 0 convert tiny.idl.yaml
    has out "interface xen {"
    # Where to, for more than one; all of them or none.
    mkdir d
    mv tiny.idl d
    run 0 convert d --output=y
    is_empty out
    same y/tiny.idl.yaml tiny.idl.yaml
    tiny_file > d/other.idl
    run 1 convert d
    has err "2 descriptions: say with --output which folder they go to [input]"
    is_empty out
    damaged | sed 's/u23/<u23/' > d/bad.idl
    run 1 convert d --output=none
    [ ! -e none ] || fail "written: $(find none)"
    run 1 convert other.txt
    has err "other.txt: a description is named *.idl or *.idl.yaml [input]"
    # No name has to be known: one file alone can be converted.
    run 0 convert "$idl/pmt.idl"
    has out "uses: [xen, grant_table]"
    run 3 convert "$idl" --output=/dev/null/there
    has err "[output]"
}

test_command_layout()
{
    run 0 layout gnttab_copy "$idl"
    is_empty err
    has out "x86_32"
    has out "source"
    # The project's own descriptions, where none is named.
    mv out named
    run 0 layout gnttab_copy
    same named out
    # By the name of an op, a structure, a set.
    for name in query_size gnttab_copy GNTMAP
    do
        run 0 layout $name "$idl"
        not_empty out
    done
    run 1 layout gnttab_cpoy "$idl"
    has err "did you mean 'gnttab_copy'?"
    is_empty out
}

# ids: those of base/checks.def.
ids()
{
    sed -n 's/^CHECK([a-z_]*, "\([a-z-]*\)".*/\1/p' "$checks"
}

test_command_explain()
{
    ids > ids
    [ "$(wc -l < ids)" -ge 40 ] || fail "checks.def has only $(wc -l < ids) ids"
    [ "$(grep -c '^CHECK(' "$checks")" -eq "$(wc -l < ids)" ] || fail "an id was not read"
    while read -r id
    do
        run 0 explain "$id"
        is_empty err
        [ "$(head -n 1 out)" = "[$id]" ] || fail "explain $id begins with $(head -n 1 out)"
        [ "$(wc -l < out)" -ge 4 ] || fail "explain $id says nothing: $(cat out)"
        matches out '^Wrong:$'
        matches out '^Right:$'
        sed 1d out | cksum >> sums
    done < ids
    [ "$(sort -u sums | wc -l)" -eq "$(wc -l < ids)" ] || fail "two ids are explained alike"
}

test_explain_unknown()
{
    run 1 explain paddign
    has err "no diagnostic 'paddign'; did you mean 'padding'? [unknown-name]"
    is_empty out
    run 1 explain nothing-of-the-kind
    has err "there are: abi-break,"
    lacks err "did you mean"
}

# Each id that a message ends in can be explained.
test_explain_what_is_said()
{
    tiny_tables
    damaged > bad.idl
    tiny 1 check bad.idl
    id=$(sed -n 's/.*error:.*\[\([a-z-]*\)\]$/\1/p' err | head -n 1)
    [ -n "$id" ] || fail "no id in $(cat err)"
    run 0 explain "$id"
    has out "[$id]"
}

test_command_lock()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 lock --update --lock=abi.lock tiny.idl
    is_empty err
    has abi.lock TINYOP_ask
    tiny 0 lock --check --lock=abi.lock tiny.idl
    is_empty err
    cp abi.lock before
    # What was published may not change.
    sed 's/^op ask = 0/op ask = 1/' tiny.idl > other.idl
    tiny 1 lock --check --lock=abi.lock other.idl
    has err "[abi-break]"
    same abi.lock before
    tiny 1 lock --update --lock=abi.lock other.idl
    same abi.lock before
    # An older file lacks the op: that is found too.
    grep -v TINYOP_ask before > abi.lock
    tiny 1 lock --check --lock=abi.lock tiny.idl
    has err "[lock]"
}

# ---- options -------------------------------------------------------------------

# Both spellings: --option=value and --option value.
test_option_tables()
{
    tiny_tables
    tiny_file > tiny.idl
    run 0 check --tables=tables tiny.idl
    run 0 check --tables tables tiny.idl
    run 1 check --tables=nowhere tiny.idl
    has err "nowhere/arch"
    echo "nonsense: 1" >> tables/arch/x86_64.yaml
    run 1 check --tables tables tiny.idl
    has err "[yaml-key]"
    matches err '^tables/arch/x86_64.yaml:[0-9]*:1: error: '
}

# Without --tables: those beside the descriptions, else the project's own.
test_tables_found()
{
    tiny_tables
    mkdir d
    mv tables/arch tables/flavour d
    tiny_file > d/tiny.idl
    run 0 gen --output=g d
    [ ! -e g/ia64 ] || fail "tables of the folder were not taken"
    rm -r g
    mv d/tiny.idl tiny.idl
    run 0 gen --output=g tiny.idl
    [ -e g/ia64 ] || fail "the project's own tables were not taken"
}

# Another template, and the same program: another output.
test_option_templates()
{
    fixture
    cp -r "$templates" own
    tiny 0 gen --templates=own --output=g tiny.idl
    untouched g
    grep -q '#ifndef' own/header.m4 || fail "header.m4 has no #ifndef"
    sed 's/#ifndef/#if 1 \&\& !defined/' "$templates/header.m4" > own/header.m4
    tiny 0 gen --templates own --output=g tiny.idl
    has g/x86/xen-4.17/include/public/xen.h '#if 1 && !defined'
    tiny 3 gen --templates=nowhere --output=g tiny.idl
    has err nowhere
}

test_option_style()
{
    fixture
    sed 's/^ColumnLimit:.*/ColumnLimit: 30/' "$top/.clang-format" > style
    differs style "$top/.clang-format"
    tiny 0 gen --style=style --output=h tiny.idl
    differs h/x86/guest/hc-xen.h g/x86/guest/hc-xen.h
    tiny 0 gen --style "$top/.clang-format" --output=g tiny.idl
    untouched g
    tiny 3 gen --style=nowhere --output=g tiny.idl
    has err '[tool]'
    untouched g
}

test_option_output()
{
    fixture
    tiny 0 gen --output h/i tiny.idl
    diff -r g h/i > diff || fail "another folder, another output: $(head -n 3 diff)"
    mkdir elsewhere
    cp -r tables tiny.idl elsewhere
    cd elsewhere || fail "no folder"
    tiny 0 gen tiny.idl
    diff -r ../g generated > diff || fail "not in generated/: $(head -n 3 diff)"
}

test_option_lock()
{
    tiny_tables
    mkdir d
    tiny_file > d/tiny.idl
    # Its usual place is beside the descriptions.
    tiny 0 lock --update d
    not_empty d/abi.lock
    tiny 0 lock --update --lock other.lock d
    same other.lock d/abi.lock
    tiny 1 lock --check --lock=nowhere d
    has err "nowhere: there is no such file [input]"
}

test_option_abi()
{
    run 0 layout --abi=x86_32 gnttab_copy "$idl"
    has out x86_32
    lacks out x86_64
    run 0 layout --abi ia64 gnttab_copy "$idl"
    has out ia64
    lacks out x86_32
    run 1 layout --abi=x86_33 gnttab_copy "$idl"
    has err "did you mean 'x86_32'?"
}

test_option_diagnostics()
{
    tiny_tables
    damaged > bad.idl
    tiny 1 check --diagnostics=json bad.idl
    json err
    has err '"file":"bad.idl","line":21,"column":27'
    has err '"severity":"error","id":"unknown-name"'
    lacks err 'bad.idl:20'
    tiny 1 check --diagnostics text bad.idl
    has err 'bad.idl:21:27: error: '
    # Nothing to say is JSON as well.
    tiny_file > tiny.idl
    tiny 0 check --diagnostics json tiny.idl
    json err
    [ "$(tr -d ' \n' < err)" = "[]" ] || fail "nothing wrong: $(cat err)"
}

# on_terminal COMMAND...: what a terminal gets of it, in the file screen.
on_terminal()
{
    script -qec "$*" screen > shown < /dev/null
    not_empty screen
}

escape=$(printf '\033')

test_option_colour()
{
    tiny_tables
    damaged > bad.idl
    check="$HCGEN check --tables=tables"
    tiny 1 check bad.idl
    lacks err "$escape"
    tiny 1 check --colour=auto bad.idl
    lacks err "$escape"
    tiny 1 check --colour always bad.idl
    has err "${escape}[1;31merror:${escape}[0m"
    on_terminal "$check bad.idl"
    has screen "${escape}[1;31merror:"
    on_terminal "$check --colour=auto bad.idl"
    has screen "${escape}[1;31merror:"
    on_terminal "$check --colour=never bad.idl"
    has screen "error:"
    lacks screen "$escape"
    # It is standard error that counts.
    on_terminal "$check bad.idl 2>&1 | cat"
    has screen "error:"
    lacks screen "$escape"
    on_terminal "$check --diagnostics=json bad.idl"
    has screen '"severity"'
    lacks screen "$escape"
    # Colour adds to a message and takes nothing from it.
    tiny 1 check --colour=always bad.idl
    sed "s/$escape\\[[0-9;]*m//g" err > plain
    tiny 1 check bad.idl
    same plain err
}

test_option_causes()
{
    run 0 gen --output=g "$idl"
    remember g
    run 0 gen --output=g --causes=c "$idl"
    untouched g
    [ "$(find c -type f | wc -l)" -ge 4 ] || fail "no causes: $(find c)"
    run 1 gen --output=nowhere --causes d "$idl"
    has err "nowhere/"
    [ ! -d d ] || [ -z "$(find d -type f)" ] || fail "written all the same: $(find d)"
}

test_option_check()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 1 lock --check --lock=abi.lock tiny.idl
    [ ! -e abi.lock ] || fail "--check has written"
    has err "abi.lock: there is no such file [input]"
}

test_option_update()
{
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 lock --update --lock=abi.lock tiny.idl
    stat -c %y abi.lock > before
    tiny 0 lock --update --lock=abi.lock tiny.idl
    stat -c %y abi.lock > after
    same before after
    # It adds what is new.
    { cat tiny.idl
      printf '\n/// Ask again.\nop again = 1 (tiny_ask) {\n    xsm      none "no secret";\n}\n'
    } > more.idl
    tiny 0 lock --update --lock=abi.lock more.idl
    has abi.lock TINYOP_again
    # And keeps what is gone, for its number.
    tiny 1 lock --update --lock=abi.lock tiny.idl
    has abi.lock TINYOP_again
}

test_option_help()
{
    run 0 --help
    is_empty err
    has out "usage: hcgen COMMAND"
    has out "Exit status: 0 done, 1"
    for command in check gen dump layout explain lock
    do
        matches out "^  $command +[A-Z[]"
    done
    mv out help
    # Wherever it stands, it is all that happens.
    run 0 gen --output=g --help "$idl"
    same help out
    [ ! -e g ] || fail "gen --help generates"
}

test_option_version()
{
    run 0 --version
    is_empty err
    matches out '^hcgen [0-9]+\.[0-9]+$'
    [ "$(wc -l < out)" -eq 1 ] || fail "more than a line: $(cat out)"
}
