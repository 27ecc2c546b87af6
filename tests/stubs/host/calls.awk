# SPDX-License-Identifier: MIT
# The numbers of numbers.awk, then the generated stubs -> C that calls each stub
# with arguments of its own, and says which registers it expects.  For what has
# no stub, and for a stub that nothing is known of, a line that does not compile.
function value(type, index_) {
    if (type ~ /\*$/)
        return "(void *)&buffer[" 16 * index_ "]"
    if (type ~ /^uint32_t$|^unsigned int$/)
        return typed ? "2" : "0xf0000000u + " index_
    if (type ~ /^int$/)
        return "-1 - " index_
    if (type ~ /^domid_t$/)
        return "0xff00u + " index_
    return "0xf1f2f3f4f5f60000ul + " index_
}
function register(type, text) {
    return type ~ /\*$/ ? "(unsigned long)" text : "(unsigned long)(" text ")"
}
function emit(name, list,    n, i, part, type, arguments, registers, separator) {
    sub(/^ +/, "", list)
    typed = op[name] != "-"
    registers = typed ? ", " op[name] : ""
    n = list == "void" ? 0 : split(list, part, / *, */)
    for (i = 1; i <= n; i++) {
        type = part[i]
        sub(/[a-z_0-9A-Z]+$/, "", type)
        sub(/ +$/, "", type)
        arguments = arguments separator value(type, i)
        registers = registers ", " register(type, value(type, i))
        separator = ", "
    }
    printf "    begin(\"%s\");\n    returned((long)%s(%s));\n", name, name, arguments
    printf "    called(%d, (const unsigned long[6]){ %s }, %d);\n", number[name],
        substr(registers, 3), n + typed
    if (fillers[name]) {
        printf "    hc_multi_%s(&entry%s);\n", substr(name, 4), separator arguments
        print "    filled();"
    } else
        print "    not_filled();"
}
FILENAME != "-" && NF == 3 && !/\(/ && !/^[ #\/]/ && numbers {
    number[$1] = $2
    op[$1] = $3
    wanted[++nr_wanted] = $1
    next
}
/^static inline / { joining = 1; text = "" }
joining {
    text = text " " $0
    if (!/\)$/)
        next
    joining = 0
    gsub(/ +/, " ", text)
    match(text, /hc_[A-Za-z0-9_]+\(/)
    name = substr(text, RSTART, RLENGTH - 1)
    list = substr(text, RSTART + RLENGTH)
    sub(/\)$/, "", list)
    if (name ~ /^hc_multi_/)
        fillers["hc_" substr(name, 10)] = 1
    else {
        stubs[++nr_stubs] = name
        parameters[name] = list
    }
}
END {
    for (i = 1; i <= nr_stubs; i++)
        if (!(stubs[i] in number))
            print "#error \"" stubs[i] " is no hypercall and no op\""
    for (i = 1; i <= nr_wanted; i++)
        if (wanted[i] in parameters)
            emit(wanted[i], parameters[wanted[i]])
        else
            print "#error \"" wanted[i] " has no stub\""
}
