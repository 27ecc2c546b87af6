# SPDX-License-Identifier: MIT
# objdump -dr --no-show-raw-insn -> for each function its name and instructions,
# without addresses, fillers, and what an assembler is free to choose.
#   enter=1      what enters the hypervisor is printed as ENTER, so that two ways
#                in can be compared
#   unordered=1  loads before the call are sorted, and registers that the function
#                itself saves are left out: a compiler is free in both
function flush(    i, j, t) {
    for (i = 2; i <= count; i++) {
        t = lines[i]
        for (j = i - 1; j >= 1 && lines[j] > t; j--)
            lines[j + 1] = lines[j]
        lines[j + 1] = t
    }
    for (i = 1; i <= count; i++)
        print "    " lines[i]
    count = 0
}
function add(text) {
    if (unordered && text !~ /^(call|ENTER|vmcall|vmmcall|ret)/)
        lines[++count] = text
    else {
        flush()
        print "    " text
    }
}
function finish() {
    if (held != "")
        add(held)
    held = ""
}
/^[0-9a-f]+ <.*>:$/ {
    finish(); flush()
    print substr($2, 2, length($2) - 3)
    next
}
# A relocation belongs to the instruction above it.
/^\t\t\t[0-9a-f]+: / {
    symbol = $3
    sub(/-0x4$|\+0xfffffffffffffffc$/, "", symbol)
    if (held ~ /^call/)
        held = symbol ~ /^__SCT__/ && enter ? "ENTER" : "call " symbol
    else
        held = held " " symbol
    next
}
/^ *[0-9a-f]+:/ {
    finish()
    sub(/^ *[0-9a-f]+:[ \t]*/, "")
    gsub(/[ \t]+/, " ")
    sub(/ +$/, "")
    if (/^(cs )?nop|^xchg %ax,%ax|^data16/)
        next
    if (unordered && /^(push|pop) /)
        next
    held = enter && /^vmm?call$/ ? "ENTER" : $0
}
END { finish(); flush() }
