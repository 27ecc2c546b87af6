# SPDX-License-Identifier: MIT
# Is every answer that Xen gave one that the description names? Three files, each
# behind its part: part=errno xen/errno.h, part=model "hcgen dump --json", part=log.

BEGIN {
    # The answers of clauses that do not say else.
    silent["require"] = "EINVAL"; silent["domain"] = "ESRCH"
    silent["xsm"] = "EPERM"; silent["narrow"] = "ERANGE"
}

# What stands behind the key of a line, or a string of a list.
function value() {
    sub(/^ *("[a-z_]*": )?"?/, "")
    sub(/"?,?$/, "")
    return $0
}

function says(answer) { described[call, answer]; answered = 1 }

function end_clause() {
    if (clause in silent && !answered && !(call in counts))
        says(silent[clause])
    clause = ""
}

# What no clause says: nothing can be read; there is no such op; the op has no
# place to resume from, and was given one.
function end_declaration() {
    end_clause()
    if (reads) described[call, "EFAULT"]
    if (kind == "hypercall") {
        described[call, "ENOSYS"]
        place[call] = looks_at_place
        keeps_place[call] = resumes_in_cmd
    }
    if (kind == "op" && place[hypercall] && !looks_at_place &&
        (own_resume || !preempts || !keeps_place[hypercall]))
        described[call, "EINVAL"]
    looks_at_place = resumes_in_cmd = own_resume = preempts = reads = 0
}

# The name of a number: an errno, which is far below (see status_of) where an
# element could have answered, or else a status if the element has one.
function name_of(number,    words, i) {
    if (number < -1000) return error[-number - 1000]
    for (i = split(types[call], words, " "); i; i--)
        if ((words[i], number) in status) return status[words[i], number]
    return error[-number]
}

part == "errno" {
    if (/^XEN_ERRNO\(/ && split($0, words, /[(), \t]+/)) error[words[3]] = words[2]
    next
}

part == "log" && !finished { end_declaration(); finished = 1 }
part == "log" && /^ok [0-9]+ (succeeds|fails) / {
    call = $4
    if (call ~ /^MMUEXT_/) call = "hc_mmuext_op"
    if (call ~ /^MMU_/) call = "hc_mmu_update"
    if ($3 == "succeeds" && call in stub)
        print "FAIL agrees: " call " works, and is described as a stub: " $0
    if ($3 == "succeeds" || !match($0, /: -?[0-9]+ == -?[0-9]+$/)) next
    number = substr($0, RSTART + 2) + 0
    if (number >= 0) next                   # How many were done.
    said = name_of(number)
    # No released Xen has the hypercall.
    good = call ~ /^hc_pmt_/ ? said == "ENOSYS" : (call, said) in described
    if (!good || call in counts)
        print "FAIL agrees: the description of " call " does not name " said ": " $0
    else if (index(shown[call] " ", " " said " ") == 0)
        shown[call] = shown[call] " " said
}
part == "log" { next }

/^          "kind"/ { end_declaration(); kind = value(); call = "" }
/^          "name"/ { name = value(); if (kind == "hypercall") call = "hc_" name }
/^          "hypercall"/ {
    call = hypercall = "hc_" value()
    sub(/_op$/, "", call)
    call = call "_" name
}
/^          "(structure|owns_structure)"/ { reads = 1 }
/^          "result": "count</ { counts[call] }
/"clause"/ { end_clause(); clause = value(); answered = 0; if (clause == "preempt") preempts = 1 }
/"else"/ { says(value()) }
/"(condition|target)": .*cmd\[/ { looks_at_place = 1 }
/"target": .*cmd\[/ { resumes_in_cmd = 1 }
/"target"/ && !/cmd\[/ && clause == "preempt" { own_resume = 1 }
/"type"/ {
    type = value()
    types[call] = types[call] " " type
    if (kind == "hypercall" && type ~ /^handle</) reads = 1
    if (type ~ /^reserved</) described[call, "EINVAL"]
}
kind == "status" && /"name"/ { state = value() }
kind == "status" && /"value": / { status[name, value()] = state }
in_names {
    text = value()
    if (clause ~ /^(error|stub|default)$/) says(text)
    if (clause == "xsm" && text == "none") answered = 1
    if (clause == "stub") stub[call]
}
{ in_names = /"names": \[$/ }

END {
    for (call in shown) { print "ok agrees: " call ":" shown[call]; calls++ }
    if (calls < 80) print "FAIL agrees: only " calls + 0 " calls were seen to fail"
}
