# SPDX-License-Identifier: MIT
# hc.h with one injury, each of which the poisoned page has to reveal:
#   kind=inputs     arguments are inputs, as if the call left them alone
#   kind=unused     registers of arguments that a call does not have are not named
#   kind=syscall    rcx and r11 are not named
#   kind=memory     memory is not named
# Ends with status 3 where there is nothing to injure.
function injure(text,    at, all) {
    if (kind == "inputs" && match(text, /("=r"\(hc_result\))((, *"\+r"\(hc_a[0-9]\))+)/)) {
        all = substr(text, RSTART, RLENGTH)
        at = index(all, ",")
        inputs = substr(all, at)
        gsub(/\+r/, "r", inputs)
        text = substr(text, 1, RSTART - 1) substr(all, 1, at - 1) \
               substr(text, RSTART + RLENGTH)
        done += sub(/HC_NUMBER\(number\)/, "&" inputs, text)
    }
    if (kind == "unused" && text ~ /__asm__ __volatile__/)
        done += gsub(/HC_ARG[0-9], /, "", text)
    if (kind == "syscall")
        done += sub(/"rcx", "r11", /, "", text)
    if (kind == "memory")
        done += sub(/, "memory"/, "", text)
    return text
}
# A macro is one line here.
{
    line = line $0
    if (sub(/ *\\$/, " ", line))
        next
    if (line ~ /__asm__ __volatile__/)
        gsub(/ +/, " ", line)
    print injure(line)
    line = ""
}
END { exit done ? 0 : 3 }
