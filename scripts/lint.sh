#!/bin/sh
# SPDX-License-Identifier: MIT
# House rules that a program can check.  Each rule is a function that prints what
# breaks it below the folder it is given; each is also shown a planted mistake.
export LC_ALL=C
log=build/lint.log
. tests/count.sh

sources() { find "$1/codegen" -name '*.[chly]' -o -path "$1/codegen/*" -name '*.def'; }
scripts() { find "$1/scripts" "$1/tests" -name '*.sh' -o -name '*.awk'; }
written() { sources "$1"; scripts "$1"; find "$1/tests" "$1/codegen/templates" "$1/guest-impl" "$1/hv-impl" -name '*.[chS]' -o -name '*.m4'; }

# String literals of C, one a line: FILE:LINE:TEXT; comments and includes are gone.
strings()
{
    awk '
        FNR == 1 { comment = 0 }
        /^#include/ { next }
        {
            rest = $0
            while (rest != "") {
                if (comment) {
                    at = index(rest, "*/")
                    if (!at) break
                    rest = substr(rest, at + 2); comment = 0
                } else if (match(rest, /\/\*|"([^"\\]|\\.)*"/)) {
                    if (substr(rest, RSTART, 2) == "/*") comment = 1
                    else print FILENAME ":" FNR ":" substr(rest, RSTART, RLENGTH)
                    rest = substr(rest, RSTART + (comment ? 2 : RLENGTH))
                } else break
            }
        }' "$@"
}

# What is left of C without comments and strings.
code()
{
    awk '
        FNR == 1 { comment = 0 }
        {
            rest = $0; left = ""
            gsub(/"([^"\\]|\\.)*"/, "\"\"", rest)
            while (rest != "") {
                if (comment) {
                    at = index(rest, "*/")
                    if (!at) { rest = ""; break }
                    rest = substr(rest, at + 2); comment = 0
                } else {
                    at = index(rest, "/*")
                    if (!at) { left = left rest; rest = "" }
                    else { left = left substr(rest, 1, at - 1); rest = substr(rest, at + 2); comment = 1 }
                }
            }
            print FILENAME ":" FNR ":" left
        }' "$@"
}

rule_no_c_in_strings()      # the output's text is in templates
{
    # shellcheck disable=SC2046
    strings $(find "$1/codegen/back" -name '*.c') |
        grep -E '"[^"]*(#(if|ifn?def|define|include|endif)|\b(typedef|struct|union|unsigned|static|inline|return|extern|sizeof) |[{}];?|;\\n|\) *;)'
}

rule_no_names_in_templates()    # what idl/ declares comes through definitions
{
    sed -nE 's/^ *#define ([A-Za-z_0-9]+).*/\1/p; s/^(struct|union) ([a-z_0-9]+).*/\2/p; s/^typedef .* ([a-z_0-9]+_t);/\1/p' \
        "$1"/generated/x86/xen-*/include/public/*.h |
        grep -vxE 'uint(8|16|32|64)_t|__XEN_PUBLIC_.*' | sort -u > "$1/build/lint.names"
    grep -nwF -f "$1/build/lint.names" "$1"/codegen/templates/*.m4
}

rule_data_flows_one_way()   # base < model < front, back; front and back never meet
{
    grep -nE '#include "(\.\./)?(model|front|back)/' "$1"/codegen/base/*.[ch]
    grep -nE '#include "(\.\./)?(front|back)/' "$1"/codegen/model/*.[ch]
    grep -nE '#include "(\.\./)?back/' "$1"/codegen/front/*.[chly]
    grep -nE '#include "(\.\./)?front/' "$1"/codegen/back/*.[ch]
}

rule_architectures_are_data()
{
    # shellcheck disable=SC2046
    { code $(find "$1/codegen" -name '*.[chly]'); strings $(find "$1/codegen" -name '*.c' | grep -v options); } |
        grep -E '\b(x86|x86_64|x86_32|ia64|i386|__ia64__|__x86_64__)\b'
}

rule_files_are_short() { for f in $(written "$1"); do awk -v f="$f" 'END { if (NR > 500) print f ": " NR " lines" }' "$f"; done; }

rule_functions_fit_a_screen()
{
    # shellcheck disable=SC2046
    awk '
        FNR == 1 { start = 0 }
        /^[{]/ { start = FNR }
        /^[}]/ { if (start && FNR - start > 70) print FILENAME ":" start ": " FNR - start " lines"; start = 0 }
    ' $(written "$1" | grep '\.c$' | grep -v /tests/naive/list\.c$)
}

rule_first_line_is_the_licence()
{
    for f in $(written "$1") "$1/Makefile"; do
        head -n 4 "$f" | grep -q 'SPDX-License-Identifier: MIT' || case $f in *.def) ;; *) echo "$f" ;; esac
    done
}

rule_no_marks_and_paths()
{
    find "$1/codegen" "$1/guest-impl" "$1/hv-impl" "$1/idl" "$1/scripts" "$1/tests" "$1/docs" "$1/Makefile" "$1/README.md" -type f |
        grep -vE '/(lint\.sh|check-generated\.sh)$' | xargs grep -nIE '\b(TODO|FIXME|XXX|HACK)\b|/(home|root|work)/[a-z]'
}

# each barrier of hv-impl says which other it is about: by number, by name, or that there is none
rule_orders_have_partners()
{
    for f in "$1"/hv-impl/*.[ch]; do
        awk -v f="$f" '
            { text[FNR] = $0 }
            /(port|PMT)_(load_acquire|LOAD_ACQUIRE|store_release|fence|cmpxchg|fetch_add)\(/ && !/#define|^ \*/ {
                said = 0
                for (i = FNR - 3; i <= FNR; i++)
                    if (text[i] ~ /\/\*|^ *\* |\*\// &&
                        text[i] ~ /[Pp]airs? with|[Nn]o partner|[^A-Za-z0-9][A-H][1-9][0-9]*[ :,;.)]/) said = 1
                if (!said) print f ":" FNR ": " $0
            }' "$f"
    done
}

# Numbers that guests choose are called ref, handle, idx, or are members of what they sent;
# one that was compared and clamped is called at.
rule_indices_are_clamped()
{
    grep -nE '\b(entries|tracks|shared|status|shared_mfn|status_mfn|state)\[[^]]*(\b(ref|handle|idx)\b|->)' "$1"/hv-impl/grant*.[ch] | grep -v array_index_nospec
}

rule_the_table_knows_no_domain()
{
    grep -nE '#include "(hv|p2m|grant|memory|physmap|op|loan|window|dom0vp)(-table|-list)?\.h"' "$1"/hv-impl/pmt-*.c "$1"/hv-impl/pmt*.h "$1"/hv-impl/insert.*
}

rule_no_library_below_guests()  # hv-impl and guest-impl have their doors, and nothing else
{
    grep -nE '#include <(std(io|lib)|string|unistd|errno|assert|pthread|sys/)' "$1"/hv-impl/*.[ch] "$1"/guest-impl/*.[ch]
}

rule_no_stray_blanks() { for f in $(written "$1"); do grep -nHE '[ 	]+$' "$f"; done; }

# rule NAME: must print nothing here, and something in a copy with a mistake.
rule()
{
    found=$("rule_$1" . 2>/dev/null)
    if [ -z "$found" ]; then
        pass "$1"
    else
        fail "$1"
        echo "$found" | head -n 20
    fi
    echo "$2" >> "$copy/$3"
    if [ -n "$("rule_$1" "$copy" 2>/dev/null)" ]; then
        pass "$1, planted"
    else
        fail "$1 does not see a planted mistake"
    fi
}

# planted_too NAME TEXT FILE: another mistake that the rule sees, alone.
planted_too()
{
    { cat "$3"; echo "$2"; } > "$copy/$3"
    if [ -n "$("rule_$1" "$copy" 2>/dev/null)" ]; then
        pass "$1, planted too"
    else
        fail "$1 does not see another planted mistake"
    fi
}

copy=build/lint
rm -rf "$copy"
mkdir -p "$copy/build" build
cp -R codegen guest-impl hv-impl generated scripts tests idl docs Makefile README.md "$copy/" 2>/dev/null

rule no_c_in_strings '    x = "#define %s";' codegen/back/defs.c
rule no_names_in_templates 'GNTTABOP_copy' codegen/templates/lib.m4
rule data_flows_one_way '#include "../back/back.h"' codegen/front/build.c
rule architectures_are_data '    if ( !strcmp(name, "ia64") ) x();' codegen/model/check.c
rule files_are_short "$(awk 'BEGIN { for (i = 0; i < 501; i++) print "/* */" }')" codegen/model/model.c
rule functions_fit_a_screen "$(awk 'BEGIN { print "{"; for (i = 0; i < 80; i++) print "    ;"; print "}" }')" tests/advisories/ops.c
: > "$copy/codegen/base/new.c"
rule first_line_is_the_licence 'int x;' codegen/base/new.c
rule no_marks_and_paths "/* TO""DO */" codegen/base/new.c
rule no_stray_blanks 'int y; ' codegen/base/new.c
rule indices_are_clamped '    s->word = t->shared[ref >> order];' hv-impl/grant-table.c
rule orders_have_partners "$(awk 'BEGIN { print "\n\n\n    port_fence();" }')" hv-impl/pmt-read.c
planted_too orders_have_partners "$(awk 'BEGIN { print "\n\n\n    /* In order. */\n    port_fence();" }')" hv-impl/pmt-read.c
rule the_table_knows_no_domain '#include "p2m.h"' hv-impl/pmt-read.c
rule no_library_below_guests '#include <stdlib.h>' guest-impl/dma.c
rm -rf "$copy"
totals lint
