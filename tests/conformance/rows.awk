# SPDX-License-Identifier: MIT
# The lines of *.def with tabs between: NUMBER, NAME, RESULT, CALL, CONDITION, HOW, KEY, THERE, WHO.
# HOW is SEEN, LIKE, UNSEEN or MISSING; THERE is what LIKE says of the other result; WHO is
# dispatcher or handler: of ROW_OF, which says behind the number which callers it is about.

/^ROW(_OF)?\(/ { text = ""; on = 1; who = /^ROW_OF/ ? "handler" : "dispatcher" }
on { text = text $0 }
on && /\)\)$/ {
    on = 0
    for (n = 0; match(text, /"[^"]*"/); n++) {
        string[n] = substr(text, RSTART + 1, RLENGTH - 2)
        text = substr(text, 1, RSTART - 1) "@" substr(text, RSTART + RLENGTH)
    }
    if (who == "handler") sub(/@, *[A-Z|]+,/, "@,", text)
    split(text, word, /[(), ]+/)
    result = word[4]
    sub(/^GNTST_/, "", result)
    print string[0] "\t" word[3] "\t" result "\t" string[1] "\t" string[2] "\t" word[7] "\t" string[3] \
        "\t" (n > 4 ? string[4] : "") "\t" who
}
