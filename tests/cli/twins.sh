#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Can the tests fail?  Each twin stands in for the compiler and has one fault;
# the tests named with it have to see it.  Prints nothing when all is well.
# HCGEN and CLI_OUT as in run.sh.

here=$(dirname "$0")
HCGEN=$(realpath "${HCGEN:-build/hcgen}")
twin=$(mktemp -d) || exit 1
trap 'rm -rf "$twin"' EXIT
trap 'exit 1' HUP INT TERM
faults=0

wrong()
{
    echo "tests/cli/twins.sh: $*"
    faults=1
}

# all_fail PROGRAM: in its place no test passes, and none is left out.
all_fail()
{
    last=$(HCGEN=$1 sh "$here/run.sh" 2> "$twin/err" | tail -n 1)
    number=$(cat "$here"/test-*.sh | grep -c '^test_[a-z0-9_]*()$')
    [ "$last" = "cli: 0 passed, $number failed, 0 skipped" ] ||
        wrong "with $1 and $number tests: $last"
}

# sees NAME TEST...: with the program on standard input each test fails.
sees()
{
    name=$1
    shift
    { echo "#!/bin/sh"; cat; } > "$twin/hcgen"
    chmod +x "$twin/hcgen"
    for test in "$@"
    do
        HCGEN=$twin/hcgen sh "$here/run.sh" "$test" > "$twin/log" 2>&1 &&
            wrong "test_$test does not see it: $name"
        [ "$(tail -n 1 "$twin/log")" = "cli: 0 passed, 1 failed, 0 skipped" ] ||
            wrong "test_$test, $name: $(tail -n 1 "$twin/log")"
    done
}

all_fail /bin/true
all_fail /bin/false

sees "an option that no test knows" option_frobnicate << END
"$HCGEN" "\$@"
[ "\$1" = --help ] && echo "  --frobnicate            do it"
exit 0
END

sees "a comparison that finds nothing" diff_layout diff_rules diff_order diff_ops diff_files << END
case \$1 in
diff) echo "0 of ops, 0 rules, 0 of layouts, 0 files; 0 published elements are not as they were" ;;
*)    "$HCGEN" "\$@" ;;
esac
END

sees "a file with one line too many" diff_files << END
"$HCGEN" "\$@" | { [ "\$1" = diff ] && sed 's/ \([0-9]*\) +, / 1\1 +, /' || cat; }
END

sees "it always ends with 0" command_check usage_commands usage_options \
    usage_foreign_options output_input_error input_missing machine_no_m4 << END
"$HCGEN" "\$@"
exit 0
END

sees "it truncates a file before it fails" output_input_error output_full_disk \
    output_damaged_template machine_no_m4 machine_failing_formatter << END
"$HCGEN" "\$@"
status=\$?
[ \$status -eq 0 ] || [ ! -f g/x86/guest/hc.h ] || : > g/x86/guest/hc.h
exit \$status
END

sees "it writes files again that have not changed" output_again output_input_error << END
"$HCGEN" "\$@"
status=\$?
[ -f g.state ] && /usr/bin/touch g/x86/guest/hc.h
exit \$status
END

sees "it leaves a temporary file" output_full_disk output_again << END
"$HCGEN" "\$@"
status=\$?
[ -f g.state ] && echo > g/hc.h.1-0.tmp
exit \$status
END

sees "it colours everything" option_colour << END
exec "$HCGEN" "\$@" --colour=always
END

sees "its JSON ends too early" option_json option_diagnostics << END
"$HCGEN" "\$@" > all 2> more
status=\$?
head -c 700 all
head -c 60 more >&2
exit \$status
END

sees "dump leaves documentation out" dump_keeps_documentation << END
"$HCGEN" "\$@" > all || exit
sed '/^op /,\$ s|  *///.*||' all
END

sees "dump leaves a clause out" dump_round_trip << END
[ "\$1" = dump ] || exec "$HCGEN" "\$@"
"$HCGEN" "\$@" > all || exit
grep -v 'single' all
END

sees "explain explains all alike" command_explain << END
[ "\$1" = explain ] || exec "$HCGEN" "\$@"
"$HCGEN" explain padding | sed "s/^\\[padding/[\$2/"
END

exit $faults
