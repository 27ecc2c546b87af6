# SPDX-License-Identifier: MIT
#
# Sourced, from the top folder. Is each op that is described, and has code behind it,
# asked for by a test?

# reached_print FILE...: "INTERFACE OP" of each line "called INTERFACE NUMBER..." in them.
reached_print()
{
    for reached_interface in grant_table memory pmt dom0vp
    do
        sed -n "s/^called $reached_interface //p" "$@" | tr ' ' '\n' | sort -u | awk -v of=$reached_interface '
            FNR == NR { called[$1]; next }
            /^(removed )?op / { name = "" }
            /^op / { for ( i = 3; i < NF && $i != "="; i++ ); name = $2; number[name] = $(i + 1) + 0 }
            END { for ( name in number ) if ( number[name] in called ) print of, name }
        ' - "idl/$reached_interface.idl"
    done
}

# reached_all: "INTERFACE OP" of all that have code behind them.
reached_all()
{
    for reached_interface in grant_table memory pmt dom0vp
    do
        awk -v of=$reached_interface '
            /^op /         { name = $2; print of, name }
            /^    stub /   { print "-", of, name }
        ' "idl/$reached_interface.idl"
    done | awk '$1 == "-" { without[$2 " " $3]; next } { all[$0] }
                END { for ( op in all ) if ( !(op in without) ) print op }'
}

# reached_check PRINTED REASONS: says which op is neither called nor has a reason, which is
# called and has one, and which reason is about no op. Lines of REASONS: INTERFACE OP reason.
reached_check()
{
    reached_all | awk -v printed="$1" '
        FILENAME == "-"     { all[$1 " " $2]; next }
        FILENAME == printed { called[$1 " " $2]; next }
        /^#/ || !NF         { next }
        NF < 4              { print $1, $2 ": no reason is given"; bad = 1; next }
                            { reason[$1 " " $2] }
        END {
            for ( op in all )
                if ( !(op in called) && !(op in reason) ) { print op ": is not asked for, and no reason is given"; bad = 1 }
            for ( op in reason )
                if ( !(op in all) )        { print op ": there is no such op"; bad = 1 }
                else if ( op in called )   { print op ": is asked for, whatever the reason says"; bad = 1 }
            exit bad
        }' - "$1" "$2"
}

# reached NAME PROGRAM-OUTPUT... REASONS: the check, and what makes it red. Needs tests/count.sh.
reached()
{
    reached_name=$1
    reached_work=$2
    reached_reasons=$3
    shift 3
    reached_print "$@" > "$reached_work.ops"
    check "$reached_name: each op is asked for, or has a reason" reached_check "$reached_work.ops" "$reached_reasons"
    sed 1d "$reached_work.ops" > "$reached_work.twin"
    refuse "$reached_name: an op that is not asked for is seen" reached_check "$reached_work.twin" "$reached_reasons"
    { cat "$reached_reasons"; head -n 1 "$reached_work.ops" | sed 's/$/ with a reason/'; } > "$reached_work.twin"
    refuse "$reached_name: a reason that is none is seen" reached_check "$reached_work.ops" "$reached_work.twin"
}
