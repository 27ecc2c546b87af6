#!/bin/sh
# SPDX-License-Identifier: MIT
# Descriptions in YAML.  See module.mk.
here=tests/yaml
out=build/tests/yaml
log=$out/log
hcgen=${HCGEN:-build/hcgen}
rm -rf "$out"
mkdir -p "$out"
. tests/count.sh

# with_tables FOLDER: what else idl/ has.
with_tables() { cp -r idl/arch idl/flavour idl/abi.lock "$1"; }
# What does not depend on the notation: places do.
placeless() { sed -E '/^ *"(file|line|column)": /d' "$1"; }
json_as_text() { "$hcgen" dump --json "$1" > "$out/$2.whole" && placeless "$out/$2.whole" > "$out/$2"; }
differ() { ! cmp -s "$1" "$2"; }

# ---- there and back --------------------------------------------------------------

check "all of idl/ in YAML" "$hcgen" convert idl --output "$out/yaml"
check "and back" "$hcgen" convert "$out/yaml" --output "$out/text"
check "and there again" "$hcgen" convert "$out/text" --output "$out/again"
check "and back again" "$hcgen" convert "$out/again" --output "$out/same"
check "from then on to the byte, with notes and documentation" diff -r "$out/text" "$out/same"
for file in idl/*.idl; do
    name=$(basename "$file" .idl)
    "$hcgen" dump idl "--interface=$name" > "$out/dumped"
    # dump has no notes.
    sed '1{N;/^\/\* .* \*\/\n$/d;}' "$out/text/$name.idl" | sed '/^ *\/\* .* \*\/$/d' > "$out/back"
    check "$name: what comes back is what dump says" diff "$out/dumped" "$out/back"
done
notes() { sed -nE '/^%\{/,/^%\}/d; s/.*[^*]*(\/\*.*\*\/).*/\1/p' "$1"/*.idl | sort; }
notes idl > "$out/notes"
notes "$out/text" > "$out/notes.back"
check "$(wc -l < "$out/notes") notes are kept" diff "$out/notes" "$out/notes.back"
docs() { sed -nE 's/.*\/\/\/ ?(.*)/\1/p' "$1"/*.idl | sort; }
docs idl > "$out/docs"
docs "$out/text" > "$out/docs.back"
check "$(wc -l < "$out/docs") lines of documentation are kept" diff "$out/docs" "$out/docs.back"

# Where dump says it in another form: so also what stands on lines of the head.
cat > "$out/odd.idl" << 'END'
/* A note. */

/// A test.
///
///   indented, and "quoted" with a \ in it: # no comment
interface odd {
    uses    xen;                        /// In front.
    header  "odd.h" guard ODD_H;        /// The file.
    copyright "2026, no one: #1";       /// Whose.
    uses    memory, pmt;                /// Behind.
    legacy  ops 0..3 "yes";             /// Old.
}
%{
#define A "x"
	#define B 'y'   /* z */
%}
%{ #define C %}
/// no
const true = ~0 as "~(0)";
macro f(x) = "'\x'" since 4.3 for tools;
/* Before a group
 * of two lines. */
since 4.3 { before 4.10 { struct s as no_handle { in, in2: u8[4]; since 4.5 { off: u8; } } } }
enum e: u16 { on = 1 as "0x01"; removed gone = 2 "2009-01"; null = 3; macro e_all = "3"; }
/// A call.
hypercall odd = 99 (a: u32, no: u32, out b: ulong, c: handle<struct s>[a]?) -> errno {
    xsm none "null: 'x'";               /// Nobody.
    error EINVAL "a, b [c] {d}";
}
END
# Its names need not exist; what is read has to be the same.
check "an odd one in YAML" "$hcgen" convert "$out/odd.idl" --output "$out/odd.yaml"
check "and back" "$hcgen" convert "$out/odd.yaml/odd.idl.yaml" --output "$out/odd.text"
check "as it is in the golden file" diff "$here/odd.idl" "$out/odd.text/odd.idl"
check "and that once more" "$hcgen" convert "$here/odd.idl" --output "$out/odd.yaml"
check "and back" "$hcgen" convert "$out/odd.yaml/odd.idl.yaml" --output "$out/odd.again"
check "is itself" diff "$here/odd.idl" "$out/odd.again/odd.idl"

# ---- the same from either ------------------------------------------------------------

with_tables "$out/yaml"
check "files from YAML" "$hcgen" gen "$out/yaml" --output "$out/generated"
check "are those from idl/, to the byte" diff -r generated "$out/generated"
check "the model of one" json_as_text idl model.text
check "and of the other" json_as_text "$out/yaml" model.yaml
check "are the same, but for places" cmp "$out/model.text" "$out/model.yaml"
check "and places are there" differ "$out/model.text.whole" "$out/model.yaml.whole"
check "the lock holds" "$hcgen" lock --check "$out/yaml"
mkdir -p "$out/mixed"
with_tables "$out/mixed"
cp idl/*.idl "$out/mixed"
rm "$out/mixed/xen.idl" "$out/mixed/pmt.idl"
cp "$out/yaml/xen.idl.yaml" "$out/yaml/pmt.idl.yaml" "$out/mixed"
check "files from both notations" "$hcgen" gen "$out/mixed" --output "$out/generated.mixed"
check "are the same, too" diff -r generated "$out/generated.mixed"

# twin TEXT EXPRESSION: an edit of the YAML that has to be seen.
twin()
{
    rm -rf "$out/edited"
    mkdir -p "$out/edited"
    with_tables "$out/edited"
    cp "$out"/yaml/*.idl.yaml "$out/edited"
    sed "$2" "$out/yaml/pmt.idl.yaml" > "$out/edited/pmt.idl.yaml"
    json_as_text "$out/edited" model.edited > "$log" 2>&1
    if cmp -s "$out/edited/pmt.idl.yaml" "$out/yaml/pmt.idl.yaml" || ! [ -s "$out/model.edited" ]; then
        fail "$1: nothing to see"
    elif cmp -s "$out/model.text" "$out/model.edited"; then
        fail "$1 is not seen"
    else
        pass "$1 is seen"
    fi
}
twin "another number" '/op: reverse/,/fields/s/number: 4/number: 44/'
twin "another sentence" 's/doc: Look in the leaf/doc: Look in a leaf/'
twin "another order of clauses" '/op: attach/,/op: detach/{/require: done/{h;d;};/domain: domid/G;}'
twin "another direction" '/op: attach/,/op: detach/s/name: nr, type: u32, direction: in}/name: nr, type: u32, direction: inout}/'

# ---- diagnostics -----------------------------------------------------------------------

check "mistakes in YAML, word for word" sh "$here/mistakes.sh"
# The comparison sees another word.
printf '#!/bin/sh\n"%s" "$@" 2>&1 | sed "s/a text/a word/" >&2\nexit 1\n' "$(realpath "$hcgen")" > "$out/other"
chmod +x "$out/other"
refuse "another word is seen" env HCGEN="$out/other" sh "$here/mistakes.sh"
cases=0
: > "$out/disagree"
mkdir -p "$out/golden"
for file in tests/golden/*.idl; do
    name=$(basename "$file" .idl)
    # What the parser refuses has no other notation.
    "$hcgen" convert "$file" > "$out/golden/$name.idl.yaml" 2> "$log" || continue
    (cd tests/golden && "$OLDPWD/$hcgen" check "$name.idl" 2>&1) > "$out/golden/$name.text"
    (cd "$out/golden" && "$OLDPWD/$hcgen" check "$name.idl.yaml" 2>&1) > "$out/golden/$name.yaml"
    for form in text yaml; do
        LC_ALL=C awk -f "$here/underlined.awk" "$out/golden/$name.$form" | sort > "$out/golden/$name.$form.said"
    done
    grep -q '\[' "$out/golden/$name.text.said" || continue
    cases=$((cases + 1))
    diff "$out/golden/$name.text.said" "$out/golden/$name.yaml.said" >> "$out/disagree" ||
        echo "$name" >> "$out/disagree"
done
check "$cases files of mistakes: the same sentences about the same words" test ! -s "$out/disagree" -a "$cases" -ge 60
cat "$out"/golden/*.text.said > "$out/all.said"
ids=$(sed -nE 's/.* \[([a-z-]+)\] @ .*/\1/p' "$out/all.said" | sort -u | wc -l)
check "of $ids ids" test "$ids" -ge 25

# ---- schemas ------------------------------------------------------------------------------

# Two programs that nobody here wrote: one reads YAML, one knows what a schema means.
valid()
{
    python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout, default=str)' \
        < "$2" > "$out/instance.json" && python3 -W ignore -m jsonschema -i "$out/instance.json" "$1"
}

schema_of()
{
    case $1 in
    arch/*) echo generated/schema/arch.schema.json ;;
    flavour/*) echo generated/schema/flavour.schema.json ;;
    *) echo generated/schema/interface.schema.json ;;
    esac
}

named()
{
    sed -n '1s/^# yaml-language-server: $schema=//p' "$1" | grep -q "^\(../\)*$2\$"
}

for file in idl/arch/*.yaml idl/flavour/*.yaml "$out"/yaml/*.idl.yaml; do
    schema=$(schema_of "$(echo "$file" | sed 's/^idl\///')")
    check "$file names its schema" named "$file" "$schema"
done

# damaged FILE EXPRESSION: in a folder where all else is whole.
damaged()
{
    rm -rf "$out/damaged"
    mkdir -p "$out/damaged"
    with_tables "$out/damaged"
    cp "$out"/yaml/*.idl.yaml "$out/damaged"
    sed "$2" "$out/yaml/$1" > "$out/damaged/$1"
    ! cmp -s "$out/yaml/$1" "$out/damaged/$1"
}

grep -v '^#' "$here/damage.txt" > "$out/damages"
if ! python3 -c 'import jsonschema, yaml' 2> "$log"; then
    skip "schemas: python3-jsonschema and python3-yaml are missing (make deps)"
else
    for file in $(cd "$out/yaml" && echo arch/*.yaml flavour/*.yaml *.idl.yaml); do
        check "$file is as its schema says" valid "$(schema_of "$file")" "$out/yaml/$file"
    done
    "$hcgen" convert "$here/odd.idl" > "$out/odd.idl.yaml"
    check "so is the odd one" valid generated/schema/interface.schema.json "$out/odd.idl.yaml"
    # What nothing is asked of is valid: so what follows can turn red.
    echo '{}' > "$out/empty.json"
    damaged pmt.idl.yaml 's/^header:/haeder:/'
    check "a schema that asks nothing refuses nothing" valid "$out/empty.json" "$out/damaged/pmt.idl.yaml"
    while IFS='|' read -r file expression id; do
        case $file in *.yaml) ;; *) file=$file.idl.yaml ;; esac
        if ! damaged "$file" "$expression"; then
            fail "$file: $expression: damages nothing"
            continue
        fi
        refuse "the validator refuses $expression" valid "$(schema_of "$file")" "$out/damaged/$file"
        if "$hcgen" check "$out/damaged" 2>&1 | grep -q "^$out/damaged/$file:.*\\[$id\\]\$"; then
            pass "hcgen says [$id]"
        else
            fail "$file: $expression: hcgen does not say [$id]"
            "$hcgen" check "$out/damaged" 2>&1 | head -n 3
        fi
    done < "$out/damages"
fi

totals yaml
