#!/bin/sh
# SPDX-License-Identifier: MIT
# That run.sh can fail: with compilers that say too much, too little, at another
# place, under another id, or with another status; and with a test taken away.
# Run it from the top.
HCGEN=$(realpath "${HCGEN:-build/hcgen}")
top=$(pwd)
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
bad=0

# twin NAME CASE: a compiler that runs standard input, a filter of what was said.
twin()
{
    {
        echo '#!/bin/sh'
        echo "'$HCGEN' \"\$@\" 2> '$scratch/said'"
        echo 'status=$?'
        cat
        echo 'exit $status'
    } > "$scratch/hcgen"
    chmod +x "$scratch/hcgen"
    if HCGEN=$scratch/hcgen sh tests/golden/run.sh "$2" > "$scratch/log" 2>&1
    then
        echo "FAIL twin $1: nobody saw it"
        bad=1
    fi
}

twin 'another word' no-doc.idl << END
sed 's/documentation/comment/' '$scratch/said' >&2
END
twin 'another column' no-doc.idl << END
sed 's/:1:11:/:1:12:/' '$scratch/said' >&2
END
twin 'another line' no-doc.idl << END
sed 's/:8:4:/:7:4:/' '$scratch/said' >&2
END
twin 'another id' no-doc.idl << END
sed 's/\\[no-doc\\]/[verbatim]/' '$scratch/said' >&2
END
twin 'one error less' no-doc.idl << END
sed '/:8:4: error/d' '$scratch/said' >&2
END
twin 'silent' no-doc.idl << END
status=0
END
twin 'status 0' no-doc.idl << END
cat '$scratch/said' >&2
status=0
END
twin 'status 1 without an error' good-strict.idl << END
status=1
END
twin 'more than nothing' good-strict.idl << END
echo 'good-strict.idl:1:1: warning: something [unused]' >&2
END
twin 'standard output' good-strict.idl << END
echo done
END
twin 'a crash' no-doc.idl << END
cat '$scratch/said' >&2
status=139
END

# What --update would write has to fit the notes in the input all the same.
mkdir -p "$scratch/top/tests" "$scratch/top/codegen/base" "$scratch/top/codegen/front"
cp -R tests/golden "$scratch/top/tests/golden"
cp codegen/base/checks.def "$scratch/top/codegen/base/"
cp codegen/front/keywords.def "$scratch/top/codegen/front/"

# again NAME: run.sh over the changed copy has to fail.
again()
{
    if (cd "$scratch/top" && HCGEN=$HCGEN sh tests/golden/run.sh) > "$scratch/log" 2>&1
    then
        echo "FAIL twin $1: nobody saw it"
        bad=1
    fi
}

rm "$scratch/top/tests/golden/verbatim.idl" "$scratch/top/tests/golden/verbatim.err"
again 'a check without a test'
grep -q 'no test has \[verbatim\]' "$scratch/log" || { echo "FAIL twin: verbatim"; bad=1; }
cp tests/golden/verbatim.* "$scratch/top/tests/golden/"
sed -i '/^xsm/d' "$scratch/top/tests/golden/words.list"
again 'a keyword without a place to be wrong'
grep -q "does not misplace 'xsm'" "$scratch/log" || { echo "FAIL twin: xsm"; bad=1; }

[ $bad -eq 0 ] && echo "golden: the comparison can fail"
cd "$top" && exit $bad
