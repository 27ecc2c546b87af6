# SPDX-License-Identifier: MIT
# Does every answer that Xen gave stand in the description? Three inputs, each
# after its name: part=errno xen/errno.h, part=model "hcgen dump --json", part=log.

# What stands behind the key of a line, or the string of a list.
function value(line) {
    sub(/^ *("[a-z_]*": )?"?/, "", line)
    sub(/"?,?$/, "", line)
    return line
}

function says(answer) { described[call, answer]; answered = 1 }

# The answers of clauses that do not say else.
function end_clause() {
    if (clause != "" && !answered && !(call in counts))
        if (clause in silent) says(silent[clause])
    clause = ""
}

# What is said by no clause: nothing can be read, a place that nobody has.
function end_declaration() {
    end_clause()
    if (kind == "hypercall") {
        place[call] = looks_at_cmd
        described[call, "ENOSYS"]
    }
    if (kind == "op" && place[hypercall] && !looks_at_cmd && (own_resume || !preempts))
        described[call, "EINVAL"]
    if (reads)
        described[call, "EFAULT"]
    kind = call = ""
    looks_at_cmd = own_resume = preempts = reads = 0
}

BEGIN {
    silent["require"] = "EINVAL"; silent["domain"] = "ESRCH"
    silent["xsm"] = "EPERM"; silent["narrow"] = "ERANGE"
}

part == "errno" && /^XEN_ERRNO\(/ { split($0, words, /[(), \t]+/); error[words[3]] = words[2] }

part == "model" && /^          "kind"/ { end_declaration(); kind = value($0); next }
part == "model" && /^          "name"/ {
    if (kind == "hypercall") call = "hc_" value($0)
    name = value($0)
    next
}
part == "model" && /^          "hypercall"/ {
    hypercall = "hc_" value($0)
    call = hypercall
    sub(/_op$/, "", call)
    call = call "_" name
}
part == "model" && /^          "(structure|owns_structure)"/ { reads = 1 }
part == "model" && /^          "result": "count</ { counts[call] = 1 }
part == "model" && kind == "status" && /"name"/ { state = value($0) }
part == "model" && kind == "status" && /"value"/ { status[name, value($0)] = state }
part == "model" && /"type"/ {
    types[call] = types[call] " " value($0)
    if (kind == "hypercall" && value($0) ~ /^handle</) reads = 1
    if (value($0) ~ /^reserved</) described[call, "EINVAL"]
}
part == "model" && /"clause"/ { end_clause(); clause = value($0); answered = 0 }
part == "model" && clause == "preempt" { preempts = 1 }
part == "model" && /"else"/ { says(value($0)) }
part == "model" && /"(condition|target)": .*cmd\[/ { looks_at_cmd = 1 }
part == "model" && clause == "preempt" && /"target"/ && !/cmd\[/ { own_resume = 1 }
part == "model" && in_names {
    if (clause ~ /^(error|stub|default)$/) says(value($0))
    if (clause == "xsm" && value($0) == "none") answered = 1
    if (clause == "stub") stub[call]
}
part == "model" { in_names = /"names": \[$/ }

# The name of a number: an errno of the whole call (far below where an element
# could have answered, see guest.h), or the status of an element.
function answer(call, number,    words, count, i) {
    if (number < -1000)
        return error[-number - 1000]
    count = split(types[call], words, " ")
    for (i = 1; i <= count; i++)
        if ((words[i], number) in status)
            return status[words[i], number]
    return error[-number]
}

part == "log" && !finished { end_declaration(); finished = 1 }
part == "log" && /^ok [0-9]+ (succeeds|fails) / {
    call = $4
    if (call ~ /^MMUEXT_/) call = "hc_mmuext_op"
    if (call ~ /^MMU_/) call = "hc_mmu_update"
    if ($3 == "succeeds" && call in stub)
        print "FAIL agrees: " call " works, and is described as a stub"
    if ($3 != "fails" || !match($0, /: -?[0-9]+ == -?[0-9]+$/)) next
    split(substr($0, RSTART + 2), words, " ")
    number = words[1] + 0
    if (call in counts ? number >= 0 : number > 0) next
    if (number == 0 && !(call in counts)) next
    said = answer(call, number)
    if (call ~ /^hc_pmt_/ ? said == "ENOSYS" : !(call in counts) && (call, said) in described)
        shown[call] = shown[call] (index(shown[call] " ", " " said " ") ? "" : " " said)
    else
        print "FAIL agrees: " call " answers " said ", which its description does not name: " $0
}

END {
    for (call in shown) { count++; print "ok agrees: " call ":" shown[call] }
    if (count < 80) print "FAIL agrees: only " count + 0 " calls were seen to fail"
}
