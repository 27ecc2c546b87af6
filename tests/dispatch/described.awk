# SPDX-License-Identifier: MIT
# What "hcgen dump" says of the clauses of one interface's ops that a dispatcher
# obeys: HYPERCALL OP CLAUSE, one a line. -v hypercall=NAME

function clause(text) {
    gsub(/  +/, " ", text)
    sub(/;.*/, "", text)
    sub(/^ /, "", text)
    print hypercall, op, text
}
function reserved(line,    name) {
    name = line
    sub(/^ *(in|out|inout)? +/, "", name)
    sub(/:.*/, "", name)
    print hypercall, op, "reserved " name
}

/^(bits|enum) / { name = $2; sub(/:$/, "", name); sets[name] = 1 }
/^(    )?op / { op = $2; inside = 1; next }
# What is refused otherwise on one architecture.
/^extend op / { op = $3; inside = 1; next }
/^}/ || /^(struct|bits|enum|hypercall|type|section|status) / { inside = 0 }
!inside { next }
# Which family it is decides the generator: such ops are not there at all.
/^ *only +x86(, ia64)? else ENOSYS;/ { next }
/^ *(require|domain|only|single|handles|stub|ahead) / && !/:/ { clause($0); next }
/^ *domain +[a-z_.\[\]]+: +(any|id|remote|live|owner)/ { clause($0); next }
/^ *xsm / && !/xsm +none/ { clause($0); next }
/: *reserved</ { reserved($0) }
/^ *(in|inout) +[a-z_0-9]+: +[a-z_]+;/ {
    name = $2; sub(/:$/, "", name)
    type = $3; sub(/;.*/, "", type)
    if (type in sets) print hypercall, op, "set " name
}
