# SPDX-License-Identifier: MIT
# Assembly that a compiler made of a probe -> rows: HEADER NAME WHAT HIGH LOW.
# Compilers mark a constant in their own way ($5, 5) and see a half as signed
# or not: both are evened out.

function half(text)
{
    gsub(/[$#]/, "", text)
    text += 0
    return text < 0 ? text + 4294967296 : text
}

/\.ascii[ \t]+"@/ {
    sub(/^[^@]*@/, "")
    sub(/ *"[^"]*$/, "")
    count = split($0, word, " ")
    row = word[1]
    for (i = 2; i <= count - 2; i++)
        row = row " " word[i]
    printf "%s %.0f %.0f\n", row, half(word[count - 1]), half(word[count])
}
