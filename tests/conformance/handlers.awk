# SPDX-License-Identifier: MIT
# Handlers for whatever the dispatchers call, of hd-*.h: each asks the script.

/^[a-z].*[ *]hv_[a-z0-9_]+\(/ { text = ""; on = 1 }
on { text = text " " $0 }
on && /;/ {
    on = 0
    gsub(/\/\*[^*]*\*\//, "", text)
    gsub(/[ \n]+/, " ", text)
    sub(/^ /, "", text)
    sub(/ ?;.*/, "", text)
    match(text, /hv_[a-z0-9_]+/)
    name = substr(text, RSTART, RLENGTH)
    count = split(text, parameters, ",")
    data = "NULL"
    if (count > 1 && parameters[2] ~ /struct [a-z0-9_]+ \*/ && parameters[2] !~ /struct domain/) {
        data = parameters[2]
        sub(/.*\*/, "", data)
        sub(/\).*/, "", data)
    }
    print text
    print "{"
    # What is told of elements to come is no handler's end.
    if (name ~ /_ahead$/) print "    (void)" "call;\n    (void)" "ops;\n    (void)" "nr;"
    else if (text ~ /^void/) print "    script.ends++;\n    (void)" "call;"
    else print "    return handled(\"" name "\", call, " data ");"
    print "}\n"
}
