# SPDX-License-Identifier: MIT
# The table for moves.c. Reads out.list, then lines "STRUCTURE|FIELD"; one that lies
# in another structure by name is expanded here.
function outs(tag, field,    list, i) {
    split(out[tag], list, " ")
    for (i = 1; i in list; i++) if (list[i] == field) return 1
    return 0
}
function flush_fields(    i, j, inner, list) {
    if (tag == "" || !(tag in out)) return
    printf "static const struct field %s_fields[] = {\n", tag
    for (i = 1; i <= count; i++) {
        inner = 0
        for (j = 1; j <= count; j++) if (index(field[j], field[i] ".") == 1) inner = 1
        if (inner || field[i] ~ /\.pad$/) continue
        printf "    FIELD(%s, %s, %d),\n", tag, field[i], outs(tag, field[i])
    }
    printf "};\n"
    if (out[tag] !~ /element/) {
        printf "static void get_%s(void *to, const void *from) { x86_32_get_%s(to, from); }\n", tag, tag
        got = "get_" tag
    } else got = "NULL"
    if (out[tag] != "-") {
        printf "static int put_%s(void *to, const void *from) { return x86_32_put_%s(to, from); }\n", tag, tag
        put = "put_" tag
    } else put = "NULL"
    rows = rows "    SUBJECT(" tag ", " got ", " put "),\n"
    done[tag] = 1
}
FNR == NR {
    if ($1 !~ /^#/) { name = $1; $1 = ""; sub(/^ /, ""); out[name] = $0 }
    next
}
{
    split($0, part, "|")
    sub(/^(struct|union) /, "", part[1])
    if (part[1] != tag) { flush_fields(); tag = part[1]; count = 0 }
    if (part[2] == "") next
    if (tag == "xen_memory_exchange" && part[2] ~ /^(in|out)$/)
        for (i = 1; i <= split("extent_start nr_extents extent_order mem_flags domid", list, " "); i++)
            field[++count] = part[2] "." list[i]
    else if (tag == "xen_foreign_memory_map" && part[2] == "map") {
        field[++count] = "map.nr_entries"
        field[++count] = "map.buffer"
    } else field[++count] = part[2]
}
END {
    flush_fields()
    printf "static const struct subject subjects[] = {\n%s};\n", rows
    for (name in out) if (!(name in done)) printf "#error \"%s is not translated\"\n", name
}
