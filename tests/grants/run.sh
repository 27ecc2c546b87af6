# SPDX-License-Identifier: MIT
# Runs the programs of this folder, and their twins, which have to fail: a rule of
# hv-impl/rules.h switched off, or a mistake of hv-impl/hv-bug.h made. Argument: where they are.
log=$1/grants.log
# shellcheck source=tests/count.sh
. tests/count.sh

# number NAME FILE PREFIX: which place it has in its list, from 1 on.
number_of()
{
    awk -v name="$1" -v pattern="$2" '$0 ~ pattern { n++ } $0 ~ pattern && $0 ~ "[ (_]" name "," { print n; exit }' "$3"
}

# finds PROGRAM WORDS: the tests are red, or an assertion of the hypervisor's is (134), as where
# two processors meet it depends on the moment which of the two comes first.
finds()
{
    timeout 60 "$@"
    finds_status=$?
    [ $finds_status -ne 134 ] || return 1
    return $finds_status
}

for profile in x86 ia64; do
    check "grant tables, $profile" "$1/$profile/grants"
    tail -n 1 "$log"
    # What a mistake does to the thread sanitizer is not its business.
    case $1 in *-thread) continue ;; esac
    for rule in INDEX READ_ONCE RECORD IN_FLIGHT LOOK_AGAIN REPORT_LAST UNDO STEP TRIES; do
        # Its test needs a PV domain.
        [ "$profile $rule" = "ia64 LOOK_AGAIN" ] && continue
        number=$(number_of "$rule" '^ *RULE\(' hv-impl/rules.h)
        refuse "$profile, without the rule $rule" finds "$1/$profile/grants" rule "$number"
    done
    for bug in FLUSH LEAK PIN; do
        number=$(number_of "$bug" '^ *HV_BUG_' hv-impl/hv-bug.h)
        refuse "$profile, with the mistake $bug" finds "$1/$profile/grants" bug "$((number - 1))"
    done
done

totals grants
