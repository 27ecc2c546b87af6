# SPDX-License-Identifier: MIT
# Words that are no command line: status 2, one sentence, nothing done.

test_usage_commands()
{
    usage "a command is missing behind 'hcgen'"
    usage "no command 'chek'; did you mean 'check'?" chek "$idl"
    usage "no command 'genrate'" genrate
    usage "no command ''" ""
    usage "an argument is missing behind 'check'" check
    usage "an argument is missing behind 'gen'" gen --output=g
    usage "an argument is missing behind 'layout'" layout
    usage "an argument is missing behind 'explain'" explain
    usage "one ID at a time, not also 'layout'" explain padding layout
    usage "say --check or --update behind 'lock'" lock "$idl"
    usage "say --check or --update behind 'lock'" lock --check --update "$idl"
    [ -z "$(find . -type f ! -name out ! -name err)" ] || fail "written: $(ls)"
}

test_usage_options()
{
    usage "no option '--hlp'; did you mean '--help'?" --hlp
    usage "no option '--tabels'; did you mean '--tables'?" check --tabels=x "$idl"
    usage "no option '-o'" gen -o g "$idl"
    usage "no option '--'" check --=x "$idl"
    usage "a value is missing behind '--tables'" check "$idl" --tables
    usage "no value goes with '--json=1'" dump --json=1 "$idl"
    usage "no value goes with '--help=me'" --help=me
    usage "--diagnostics is text or json, not 'xml'" check --diagnostics=xml "$idl"
    usage "--colour is auto, always or never, not 'red'" check --colour red "$idl"
    usage "--colour is auto, always or never, not ''" check --colour= "$idl"
    [ -z "$(find . -type f ! -name out ! -name err)" ] || fail "written: $(ls)"
}

# An option of one command says nothing to another.
test_usage_foreign_options()
{
    usage "--json is for dump, not for 'check'" check --json "$idl"
    usage "--defs is for dump, not for 'gen'" gen --output=g --defs "$idl"
    usage "--interface is for dump, not for 'gen'" gen --output=g --interface=xen "$idl"
    usage "--output is for gen, convert, not for 'check'" check --output=g "$idl"
    usage "--json is for dump, not for 'convert'" convert --json "$idl"
    usage "--causes is for gen, not for 'dump'" dump --causes=c "$idl"
    usage "--abi is for layout, not for 'dump'" dump --abi=ia64 "$idl"
    usage "--lock is for lock, not for 'check'" check --lock=x "$idl"
    usage "--check is for lock, not for 'gen'" gen --output=g --check "$idl"
    usage "--update is for lock, not for 'gen'" gen --output=g --update "$idl"
    usage "--defs does not go with '--json'" dump --json --defs "$idl"
    usage "--defs does not go with '--interface'" dump --interface=xen --defs "$idl"
    [ ! -e g ] || fail "written: $(find g)"
}

# Behind -- all are arguments; - and the empty word are files like others.
test_usage_end_of_options()
{
    tiny_tables
    tiny_file > --json
    tiny 0 dump -- --json
    has out "interface xen {"
    tiny 1 dump -- --xml
    has err "--xml: there is no such file"
    tiny 1 check -
    has err "-: there is no such file"
    tiny 1 check ""
    has err "there is no such file"
}

# The last of two counts; options may stand behind arguments.
test_usage_order()
{
    tiny_tables
    tiny_file > tiny.idl
    run 0 --tables=nowhere dump tiny.idl --json --tables=tables
    json out
}
