# SPDX-License-Identifier: MIT
# Generated stubs -> a C file that takes the address of each function, so that
# the compiler has to make code for all of them.
FNR == 1 {
    file = FILENAME
    sub(/.*\//, "", file)
    includes = includes "#include \"" file "\"\n"
}
/^static inline / { joining = 1; text = "" }
joining {
    text = text " " $0
    if (match(text, /hc_[A-Za-z0-9_]+\(/)) {
        names = names "    (void *)&" substr(text, RSTART, RLENGTH - 1) ",\n"
        joining = 0
    }
}
END {
    printf "#include <stddef.h>\n#include <stdint.h>\n\n%s\n", includes
    print "extern void *const every_stub[];"
    printf "void *const every_stub[] = {\n%s};\n", names
}
