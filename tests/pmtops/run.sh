#!/bin/sh
# SPDX-License-Identifier: MIT
# The handlers of pmt_op and dom0vp_op, for both profiles, and twins of their tests:
# with a rule switched off, or a mistake planted, the test that watches is red.
# Usage: run.sh FOLDER, where x86/pmtops and ia64/pmtops are.
built=$1
log=$built/pmtops.log
. tests/count.sh

for profile in x86 ia64; do
    check "$profile: each op, each status, audited" "$built/$profile/pmtops"
done

# red TEXT ARGUMENTS...: fails, by itself or because the machine says stop.
red()
{
    red_text=$1
    shift
    if timeout 60 "$@" >"$log" 2>&1; then
        fail "$red_text"
    elif grep -q -e '^FAILED' -e 'the hypervisor is lost' -e 'Sanitizer' "$log"; then
        pass "$red_text"
    else
        fail "$red_text: not for a reason that is known"
        head -n 8 "$log"
    fi
}

while read -r profile rule tests; do
    # shellcheck disable=SC2086
    red "$profile: without $rule $tests is red" "$built/$profile/pmtops" rule "$rule" $tests
done <<TWINS
x86 RESUME attach_pv
x86 KIND exchange_refused
ia64 KIND zap
ia64 KIND ioremap_works
x86 DYING dies_meanwhile
ia64 DYING dies_meanwhile
x86 WIDTH other_size
ia64 WIDTH other_size
x86 LOOK_AGAIN protect_meanwhile
ia64 LOOK_AGAIN protect_meanwhile
x86 FLUSH flip_order
x86 ALONE flip_refused
x86 ALONE exchange_refused
x86 QUOTA flip_quota
x86 CLEAN exchange
TWINS
red "ia64: and where an exposed table is" "$built/ia64/pmtops" bug SEEN exposed_to_the_end
red "x86: without the reverse entry of a fresh page flip is red" "$built/x86/pmtops" bug REVERSE flip
red "ia64: and exchange" "$built/ia64/pmtops" bug REVERSE exchange
for profile in x86 ia64; do
    red "$profile: where a viewer that dies is passed over his window outlives the table" \
        "$built/$profile/pmtops" bug VIEWER viewer_dies
    red "$profile: where a window is flushed too late its table is seen when it is gone" \
        "$built/$profile/pmtops" bug SEEN seen_to_the_end
    red "$profile: where a dying taker looks at a loan once more it may be gone" \
        "$built/$profile/pmtops" bug RECORD lender_is_quick
done

totals pmtops
