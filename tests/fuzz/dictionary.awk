# SPDX-License-Identifier: MIT
#
# Words of the interface language, for libFuzzer: whatever the tables of the
# compiler have as the first argument of an X-macro, and signs.

BEGIN {
    n = split("-> .. += -= == != <= >= << && || /// /* */ %{ %} _* 0x", signs, " ")
    for ( i = 1; i <= n; i++ )
        word(signs[i])
    word("\\x0a@@@\\x0a")
    word("handle<")
    word("handle64<")
    word("count<")
    word("reserved<")
    word("unchecked<")
    word("machine<")
    word("pointer<")
    word("u64_aligned")
    word("__HYPERVISOR_")
    word(" since 3.1")
    word(" before 4.3")
    word(" for ia64")
    word(" as no_handle")
    word(" as tag_only")
    word(" as no_tag")
    word("4294967295")
    word("0xffffffffffffffff")
    word("\\x0a@@@\\x0a#")
}

/^#/ { next }

{
    while ( match($0, /[A-Z_]+\([A-Za-z_0-9]+/) )
    {
        entry = substr($0, RSTART, RLENGTH)
        $0 = substr($0, RSTART + RLENGTH)
        sub(/.*\(/, "", entry)
        word(entry)
    }
}

function word(text)
{
    if ( !(text in seen) )
        print "\"" text "\""
    seen[text] = 1
}
