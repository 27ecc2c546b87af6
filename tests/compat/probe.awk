# SPDX-License-Identifier: MIT
# From lines "STRUCTURE|FIELD" (FIELD empty: the whole) a table of constants, three
# for each line: offset, size, alignment. With rename=FILE, whose lines are
# "STRUCTURE|NEW NAME", of the structures with the new names.
BEGIN {
    FS = "|"
    while (rename && (getline line < rename) > 0) {
        split(line, part, "|")
        named[part[1]] = part[2]
    }
    print "#define WHOLE(t) sizeof(t), sizeof(t), offsetof(struct { char c; t m; }, m),"
    print "#define FIELD(t, f) offsetof(t, f), sizeof(((t *)0)->f), \\"
    print "    offsetof(struct { char c; __typeof__(((t *)0)->f) m; }, m),"
    print "const unsigned int table[] = {"
}
{
    name = $1 in named ? named[$1] : $1
    if ($2 == "") print "    WHOLE(" name ")"
    else print "    FIELD(" name ", " $2 ")"
}
END { print "};" }
