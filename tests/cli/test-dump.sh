# SPDX-License-Identifier: MIT
# What hcgen dump prints.

names()
{
    for file in "$idl"/*.idl
    do
        file=${file##*/}
        echo "${file%.idl}"
    done
}

# dump_all FROM TO: each interface of a folder into a file of its own.
dump_all()
{
    mkdir "$2"
    for name in $(names)
    do
        run 0 dump --tables="$idl" --interface="$name" "$1"
        lacks err error:
        not_empty out
        mv out "$2/$name.idl"
    done
}

# What dump prints is a description, and means the same: dumped again it is the
# same text, and what is generated from it is the same to the byte.
test_dump_round_trip()
{
    [ "$(names | wc -l)" -ge 6 ] || fail "only these descriptions: $(names)"
    dump_all "$idl" one
    dump_all one two
    for name in $(names)
    do
        same "one/$name.idl" "two/$name.idl"
        differs "one/$name.idl" "$idl/$name.idl"
    done
    run 0 gen --output=from-idl "$idl"
    run 0 gen --tables="$idl" --output=from-dump one
    [ "$(find from-idl -type f | wc -l)" -ge 30 ] || fail "too few: $(find from-idl)"
    diff -r from-idl from-dump > difference || fail "$(head -n 20 difference)"
}

# Constructs that idl/ does not have, or not in each combination.
test_dump_corners()
{
    tiny_tables
    cat > corner.idl << 'END'
/// First line.
///
///   indented
interface xen for x86 {
    header "xen.h" guard __XEN_H__;
    contents a 7 "with a number";
    legacy ops 0..9 "for tests";
}
since 3.1 { before 4.1 { for tools {
/// Outer and inner.
const INNER = 0x10 as "($n)" for x86 except x86_32;
section "In a group";
extern Y: uint;
%{
#define Z 1
%}
} } }
/* a note */
typedef struct twice as no_tag { a: u32; }
typedef struct thrice { a: u32; }
bits own: u32 as "own_* (1u<<$n)" { a = 0; part: u32 = 7..4 << 2 as "x" { v = 1; } macro M(x) = "(x)"; }
bits star: u32 as "star_* (1u<<$n) * 1" { a = 0; }
typedef enum plain as plain_* { a = -1 deprecated "why"; removed b = 0x2 "gone"; c = 3 for x86 since 3.2; }
struct s as tag_only {
    in    a, b:  u32;
    in    list:  handle64<const u32>[(a + b) * 2 - 1]?;
    out   x:     struct in_x[2] { c: u16[3][4]; d: u8; d2: u8; for tools { for x86 { e: u16; } } }
    in    a, b when x86;   /// Both.
    in    u: union tagged by a { one: u32 when 1, 2; other: s32 otherwise; }
}
END
    tiny 0 dump corner.idl
    mv out first
    cp first again.idl
    tiny 0 dump again.idl
    same out first
    for text in 'interface xen for x86 {' '///   indented' '    contents   a 7 "with a number";' \
        'since 3.1 {' '    before 4.1 {' '        for tools {' '            section "In a group";' \
        '            const INNER = 0x10 as "($n)" for x86 except x86_32;' \
        'typedef struct twice as no_tag {' 'typedef struct thrice {' \
        'part: u32             = 7..4 << 2 as "x" {' 'macro M(x) = "(x)";' \
        'as "star_* (1u<<$n) * 1" {' 'a                     = -1 deprecated "why";' \
        'removed b             = 0x2 "gone";' '= 3 for x86 since 3.2;' \
        'list:           handle64<const u32>[(a + b) * 2 - 1]?;' 'struct in_x[2] {' \
        'u16[3][4];' 'union tagged by a {' 's32 otherwise;' 'u32 when 1, 2;'
    do
        has first "$text"
    done
    lacks first 'a note'
}

# No sentence of documentation is lost, but for those on what is no declaration.
test_dump_keeps_documentation()
{
    dump_all "$idl" all
    count=0
    for name in $(names)
    do
        sed -n 's|.*///||p' "all/$name.idl" | sed 's/ *$//' | sort > there
        sed -n 's|.*///||p' "$idl/$name.idl" | sed 's/ *$//' | sort > wanted
        comm -13 there wanted > lost
        is_empty lost
        count=$((count + $(wc -l < wanted)))
    done
    [ $count -ge 300 ] || fail "only $count lines of documentation"
}

test_option_interface()
{
    tiny_tables
    run 0 dump --interface=physdev "$idl"
    has out "interface physdev {"
    lacks out "interface xen {"
    lacks out "/* "
    run 0 dump --interface physdev --json "$idl"
    json out
    has out '"name": "physdev"'
    lacks out '"name": "grant_table_op"'
    run 1 dump --interface=physdve "$idl"
    has err "no interface 'physdve'; did you mean 'physdev'? [unknown-name]"
    is_empty out
}

# Several files are printed one after the other, each with its path above it.
test_dump_several()
{
    run 0 dump "$idl/xen.idl" "$idl/physdev.idl"
    has out "/* $idl/xen.idl */"
    has out "/* $idl/physdev.idl */"
    run 0 dump "$idl"
    [ "$(grep -c '^interface ' out)" -eq "$(names | wc -l)" ] || fail "not all: $(grep '^interface ' out)"
    [ "$(grep -c '^/\* ' out)" -eq "$(names | wc -l)" ] || fail "not each path"
    run 0 dump "$idl/xen.idl"
    lacks out "/* $idl"
}

test_option_json()
{
    run 0 dump --json "$idl"
    json out
    lacks err error:
    mv out first
    run 0 dump --json "$idl"
    same first out
    for name in $(names)
    do
        has out "\"name\": \"$name\""
    done
    # Each op and hypercall, by the words that open them in the text.
    run 0 dump "$idl"
    for kind in op hypercall struct union bits enum status type alias const macro
    do
        text=$(grep -cE "^ *(removed |typedef |extern )?$kind [A-Za-z_0-9]+" out)
        objects=$(grep -c "\"kind\": \"$kind\"" first)
        case $kind in
        # Sets and fields hold macros too.
        macro) [ "$objects" -ge "$text" ] || fail "$kind: $text, and $objects in JSON" ;;
        const) [ "$objects" -ge "$text" ] || fail "$kind: $text, and $objects in JSON" ;;
        *) [ "$text" -gt 0 ] && [ "$objects" -eq "$text" ] ||
               fail "$kind: $text, and $objects in JSON" ;;
        esac
    done
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 dump --json tiny.idl
    tr -d ' \n' < out > flat
    has flat '"kind":"op","name":"ask"'
    has flat '"hypercall":"tiny_op","number":0'
    has flat '{"name":"index","direction":"in","type":"u32","doc":"Whichone.","file":"tiny.idl","line":21,"column":11}'
    has flat '"clause":"error","names":["EINVAL"],"text":"thereisnosuchnumber"'
    has flat '"architectures":[{"name":"x86_64"'
    has flat '"flavours":[{"name":"xen-4.17"'
}

# The checker of JSON itself.
test_json_checker()
{
    for text in '{}' ' [1, -2.5e-3, "a\u00e9\n", null, true, {"a": []}] ' '0' '"é"'
    do
        printf '%s' "$text" > good
        json good
    done
    run 0 --version
    for text in '' '{' '[1,]' '{"a"}' '01' '"a' '[1] 2' 'nul' '"\x"' "'a'" '{"a":1,}' '"	"'
    do
        printf '%s' "$text" > bad
        if (json bad) > said
        then
            fail "taken for JSON: $text"
        fi
    done
    has said "bad is no JSON"
    # Not what is cut off, either.
    tiny_tables
    tiny_file > tiny.idl
    tiny 0 dump --json tiny.idl
    not_empty out
    head -c 500 out > bad
    if (json bad) > said
    then
        fail "taken for JSON: half of it"
    fi
}

# For each output a line with its path, and m4 definitions that m4 can read.
test_option_defs()
{
    fixture
    tiny 0 dump --defs tiny.idl
    # Schemas come from the compiler's own tables, and from no template.
    rm -r g/schema
    for file in $(cd g && find . -type f ! -path '*/.*/*')
    do
        has out "# ${file#./}"
    done
    remember g
    matches out '^m4_define\(«n[0-9]+\.name», «ask»\)$'
    mv out defs
    [ "$(grep -c '^# ' defs)" -eq "$(find g -type f | wc -l)" ] || fail "paths: $(grep '^# ' defs)"
    grep -v '^# ' defs > plain
    printf 'm4_changequote(«, »)m4_dnl\n' | cat - plain > input
    m4 -P input > expanded 2> said || fail "m4: $(head -n 3 said)"
    is_empty said
    untouched g
}
