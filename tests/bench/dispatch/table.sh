# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154,SC2086
# What dispatching costs; see README.md.  Sourced by ../run.sh, and uses its
# functions.  Instructions are exact; of nanoseconds only ratios count.

dispatch=tests/bench/dispatch
dispatch_out=$work/dispatch
# As Xen builds itself: it has no SSE.
dispatch_flags="-std=gnu11 -O2 -g -D_GNU_SOURCE -D__XEN_TOOLS__ -Wall -Wextra -Wshadow -Werror"
dispatch_integers="-mgeneral-regs-only -fno-pie"

# build_dispatch PROGRAM FLAG...: the references, and the generated one if told so.
build_dispatch()
{
    dispatch_program=$1
    shift
    dispatch_headers || return
    dispatch_objects=
    for source in bare xen-like careful handlers
    do
        ${CC:-gcc} $dispatch_flags $dispatch_integers "$@" -I "$dispatch_out/include" \
            -c -o "$dispatch_program-$source.o" $dispatch/$source.c || return
        dispatch_objects="$dispatch_objects $dispatch_program-$source.o"
    done
    ${CC:-gcc} $dispatch_flags -no-pie "$@" -I "$dispatch_out/include" \
        -o "$dispatch_program" $dispatch/run.c $dispatch_objects
}

# Xen's public headers, the generated ones over them.
dispatch_headers()
{
    rm -rf "$dispatch_out/include"
    mkdir -p "$dispatch_out/include" || return
    cp -RL /usr/include/xen "$dispatch_out/include/xen" &&
        cp generated/x86/xen-4.17/include/public/*.h "$dispatch_out/include/xen/"
}

# count_dispatch PROGRAM: "OP BATCH DISPATCHER INSTRUCTIONS" for one call each.
count_dispatch()
{
    rm -f "$1".callgrind*
    valgrind --tool=callgrind --callgrind-out-file="$1.callgrind" \
        --toggle-collect=bare_grant_table_op --toggle-collect=xen_like_grant_table_op \
        --toggle-collect=careful_grant_table_op --toggle-collect=do_grant_table_op \
        "$1" count > "$1.log" 2>&1 || { cat "$1.log"; return 1; }
    awk '/^desc: Trigger: Client Request: / { name = $5 " " $6 " " $7 }
         /^(summary|totals): / && name { print name, $2 / 10; name = "" }' "$1".callgrind.*
}

# dispatch_table FILE: for one element, a line for each op and batch.
dispatch_table()
{
    awk '{ cost[$1, $2, $3] = $4 / $2; names[$3] = 1 }
         END {
             printf "%-12s %8s %8s %8s %10s\n", "instructions", "bare", "A", "B", "generated"
             for ( op = split("copy unmap map", ops, " "); op; op-- )
                 for ( batch = split("256 32 1", batches, " "); batch; batch-- )
                     line(ops[op], batches[batch])
         }
         function line(op, batch) {
             printf "%-6s %5d %8.1f %8.1f %8.1f", op, batch, cost[op, batch, "bare"],
                 cost[op, batch, "xen-like"], cost[op, batch, "careful"]
             printf ("generated" in names) ? " %10.1f\n" : "\n", cost[op, batch, "generated"]
         }' "$1"
}

# calibrated FILE: the references are what they are taken for.
calibrated()
{
    awk 'function within(name, wanted, most) {
             off = cost[name] - wanted
             if (!(name in cost) || off > most || off < -most) {
                 print "map, 32, " name ": " cost[name] ", " wanted " +- " most " is expected"
                 bad = 1
             }
         }
         $1 == "map" && $2 == 32 { cost[$3] = $4 / 32 }
         END { within("xen-like", 75, 5); within("careful", 40, 3); exit bad }' "$1"
}

# as_few FILE: no call of the generated one takes more than one of B.
as_few()
{
    awk '{ cost[$1 " " $2, $3] = $4; seen[$1 " " $2] = 1 }
         END {
             for ( call in seen ) {
                 a = cost[call, "generated"]; b = cost[call, "careful"]; calls++
                 if (!a || !b || a > b) { print call ": " a " instructions, B takes " b; bad = 1 }
             }
             exit bad || calls != 9
         }' "$1"
}

check_dispatch()
{
    check "dispatch: the references build" build_dispatch "$dispatch_out/plain" -DCHECKS=0
    check "dispatch: so do those with checks" build_dispatch "$dispatch_out/run"
    count_dispatch "$dispatch_out/plain" > "$dispatch_out/plain.counted"
    count_dispatch "$dispatch_out/run" > "$dispatch_out/counted"
    check "dispatch: without checks A and B cost what the prototypes did" \
        calibrated "$dispatch_out/plain.counted"
    sed 's/^map 32 careful .*/map 32 careful 1400/' "$dispatch_out/plain.counted" > "$dispatch_out/other"
    refuse "dispatch: that a reference is another one is seen" calibrated "$dispatch_out/other"
    dispatch_table "$dispatch_out/plain.counted"
    dispatch_table "$dispatch_out/counted"
}
