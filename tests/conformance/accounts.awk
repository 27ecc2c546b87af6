# SPDX-License-Identifier: MIT
# Is every row of section 9 decided by somebody, and by one alone? Two files, each behind
# its part: part=others others.list, part=rows (the output of rows.awk).

function wrong(text) { print text; bad = 1 }

part == "others" && $1 == "rows" { rows[$2] = $3; next }
part == "others" && /^9/ {
    if ($2 !~ /^(older|deviates)$/) wrong($1 ": who is " $2 "?")
    if (NF < 3) wrong($1 ": says nothing")
    if ($2 == "deviates") print "not as the row says: " $0
    if ($1 in who) wrong($1 ": twice in others.list")
    who[$1] = $2
    count[$2]++
}
part == "rows" {
    split($0, field, "\t")
    if (field[1] in who && who[field[1]] != field[9])
        wrong(field[1] ": " field[2] " is run for the " field[9] ", and it is the " who[field[1]] "'s")
    if (!(field[1] in who)) count[field[9]]++
    who[field[1]] = field[9]
}

END {
    for (section in rows) {
        for (i = 1; i <= rows[section]; i++)
            if (!((section "." i) in who)) wrong(section "." i ": nobody decides it")
        all += rows[section]
    }
    for (number in who) {
        section = number
        sub(/\.[0-9]*$/, "", section)
        last = number
        sub(/.*\./, "", last)
        if (last + 0 < 1 || last + 0 > rows[section] + 0) wrong(number ": there is no such row")
    }
    printf "%d rows: %d dispatcher, %d handler, %d older, %d deviates\n", all,
        count["dispatcher"], count["handler"], count["older"], count["deviates"]
    exit bad
}
