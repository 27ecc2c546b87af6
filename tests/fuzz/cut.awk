# SPDX-License-Identifier: MIT
#
# awk -f cut.awk -v folder=DIR FILE.idl...
#
# Cuts descriptions into seeds: each declaration with those that it mentions,
# and with those that they mention, in as many files as they come from, parted
# by "@@@".  What comes out is small, and mostly right.

FNR == 1 { files++; in_code = 0; group = ""; begin_statement() }

# One line of documentation is as good as ten.
/^ *\/\/\// && text ~ /\/\/\/[^\n]*\n$/ { next }

in_code || /^%[{]/ {
    in_code = !/^%[}]/
    text = text $0 "\n"
    if ( !in_code && !depth )
        end_statement()
    next
}

{
    code = $0
    gsub(/"[^"]*"/, "\"\"", code)
    sub(/\/\/\/.*/, "", code)
    gsub(/\/\*.*\*\//, "", code)
}

# A group is cut as well; each part of it gets the head of the group.
group == "" && !depth && code ~ /^(since|before|for|except) .*[{] *$/ {
    group = $0
    begin_statement()
    next
}
group != "" && !depth && code ~ /^[}]/ {
    group = ""
    begin_statement()
    next
}

{
    text = text $0 "\n"
    bare = bare code " "
    depth += gsub(/[{]/, "{", code) - gsub(/[}]/, "}", code)
    if ( !depth && code ~ /[;}][ \t]*$/ )
        end_statement()
}

END {
    for ( i = 1; i <= count; i++ )
        if ( kind[i] ~ /^(op|extend|hypercall|struct|union|typedef|bits|enum|status|handle)$/ )
            write_seed(i)
}

function begin_statement()
{
    text = bare = ""
    depth = 0
}

function end_statement(    n, i, words, first)
{
    first = bare
    sub(/[{:=(;].*/, "", first)
    n = split(first, words, /[ \t,]+/)
    for ( i = 1; i < n && words[i] == ""; i++ )
        ;
    if ( words[i] == "interface" )
    {
        interface[files] = words[i + 1]
        head[files] = text
    }
    else
    {
        count++
        file[count] = files
        whole[count] = group == "" ? text : group "\n" text "}\n"
        kind[count] = words[i]
        mentioned[count] = kind[count] == "enum" ? first : bare
        name_statement(words, i, n, count)
    }
    begin_statement()
}

# What other statements may call this one.
function name_statement(words, i, n, this,    j)
{
    if ( kind[this] == "op" || kind[this] == "extend" )
    {
        parent[this] = hypercall[file[this]]
        if ( kind[this] == "op" )
            declare(structs[file[this]] words[i + 1], this)
        else
            mentioned[this] = mentioned[this] structs[file[this]] words[i + 2]
    }
    else if ( kind[this] == "hypercall" )
    {
        hypercall[file[this]] = this
        if ( match(mentioned[this], /structs +[a-z_0-9]+/) )
            structs[file[this]] = substr(mentioned[this], RSTART + 8, RLENGTH - 8)
        gsub(/ /, "", structs[file[this]])
        sub(/^[^(]*/, "", mentioned[this])
        mentioned[this] = mentioned[this] " __HYPERVISOR_" words[i + 1] " hypercall_num"
    }
    else if ( kind[this] !~ /^(list|section|contents|removed|handle)$/ ||
              (kind[this] == "handle" && mentioned[this] ~ /:/) )
        for ( j = i + 1; j <= n && words[j] !~ /^(as|by|for|since|before|except)$/; j++ )
            if ( words[j] !~ /^(struct|union|enum|type)?$/ )
                declare(words[j], this)
    if ( match(mentioned[this], /as struct [a-z_0-9]+/) )
        declare(substr(mentioned[this], RSTART + 10, RLENGTH - 10), this)
}

# An interface that is for one architecture only completes what others declare.
function declare(name, this)
{
    if ( !(name in found) || head[file[found[name]]] ~ /interface [a-z0-9_]+ for/ )
        found[name] = this
}

# Everything that statement i needs, into need[].
function collect(i,    n, j, words, short)
{
    if ( i in need )
        return
    need[i] = 1
    if ( parent[i] )
        collect(parent[i])
    n = split(mentioned[i], words, /[^A-Za-z0-9_]+/)
    for ( j = 1; j <= n; j++ )
    {
        short = words[j]
        sub(/_t$/, "", short)
        if ( words[j] in found )
            collect(found[words[j]])
        else if ( short in found )
            collect(found[short])
    }
}

function write_seed(i,    path, f, j, k, n, lines, between, some, has)
{
    split("", need)
    collect(i)
    path = sprintf("%s/%s-%03d.idl", folder, interface[file[i]], i)
    for ( j = 1; j <= count; j++ )
        if ( j in need )
        {
            has[file[j]] = 1
            some[file[j]] = some[file[j]] whole[j]
        }
    for ( f = 1; f <= files; f++ )
    {
        if ( !has[f] )
            continue
        printf "%s", between > path
        n = split(head[f], lines, "\n")
        for ( k = 1; k < n; k++ )
            print lines[k] ~ /^ *uses / ? used(lines[k], has) : lines[k] > path
        printf "%s", some[f] > path
        between = "@@@\n"
    }
    close(path)
}

# Only the interfaces that are there.
function used(line, has,    n, names, j, f, left)
{
    sub(/^ *uses */, "", line)
    sub(/;.*/, "", line)
    n = split(line, names, /, */)
    for ( j = 1; j <= n; j++ )
        for ( f = 1; f <= files; f++ )
            if ( interface[f] == names[j] && has[f] )
                left = left (left == "" ? "" : ", ") names[j]
    return left == "" ? "" : "    uses " left ";"
}
