# SPDX-License-Identifier: MIT
# Each sentence of a diagnostic, and the text that its caret is under.
/^[^ ]+:[0-9]+:[0-9]+: (error|warning|note|help): / {
    sentence = $0
    sub(/^[^ ]+:[0-9]+:[0-9]+: /, "", sentence)
}
/^ *[0-9]+ \|/ { line = $0 }
/^ *\| *\^/ {
    at = index($0, "^")
    text = substr(line, at, length($0) - at + 1)
    # What the notations do not share: signs around a value, and 'key: value'.
    gsub(/[]["'",:|{}]|%/, " ", text)
    gsub(/ +/, " ", text)
    sub(/^ *verbatim/, "", text)
    gsub(/^ | $/, "", text)
    print sentence " @ " text
}
