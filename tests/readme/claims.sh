# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154
# docs/CLAIMS.md: commands of the section "At once" run, and print what stands
# beside them; of the others, what they run exists, and so does what they print.

# SECTION<tab>LINE<tab>COMMAND<tab>PRINTED, one row for each row of a table.
claims_rows()
{
    awk '
        /^## / { section = substr($0, 4) }
        /^\| / && !/^\|[ -]*\|[ -]*\|/ && !/^\| claim / {
            text = $0
            gsub(/\\\|/, "\001", text)
            n = split(text, cell, "|")
            gsub(/\001/, "|", cell[3])
            gsub(/\001/, "|", cell[4])
            gsub(/^ *`|` *$/, "", cell[3])
            gsub(/^ *| *$/, "", cell[4])
            print section "\t" NR "\t" cell[3] "\t" cell[4]
        }' "$docs/docs/CLAIMS.md"
}

# Each text between backticks, on a line of its own.
spans() { printf '%s\n' "$1" | awk '{ n = split($0, part, "`"); for (i = 2; i <= n; i += 2) print part[i] }'; }

run_claim()
{
    (set -f; sh -c "$1") > "$out/got" 2>&1 < /dev/null
    status=$?
    [ "$2" != nothing ] || [ ! -s "$out/got" ] || echo "it prints something: $(head -n 1 "$out/got")"
    spans "$2" > "$out/wanted"
    [ "$2" = nothing ] || [ -s "$out/wanted" ] || echo "nobody knows what it prints"
    while read -r want; do
        grep -qF -e "$want" "$out/got" || echo "it does not print: $want"
    done < "$out/wanted"
    grep -q 'error:' "$out/wanted" && want=1 || want=0
    [ $((status != 0)) = "$want" ] || echo "exit status $status"
}

# The longest part without a number is a text of what is run.
look_up_claim()
{
    target=${1#make }
    target=${target%% *}
    grep -qx "$target" "$out/known" || echo "'$1' makes nothing"
    spans "$2" | awk '{
        n = split($0, part, /[0-9N]+/)
        for (i = best = 1; i <= n; i++) if (length(part[i]) > length(part[best])) best = i
        print part[best]
    }' > "$out/wanted"
    [ -s "$out/wanted" ] || echo "nobody knows what it prints"
    while read -r want; do
        grep -rqF --exclude-dir=readme -e "$want" tests scripts Makefile || echo "nothing prints '$want'"
    done < "$out/wanted"
}

check_claims()
{
    known_targets > "$out/known"
    claims_rows > "$out/claims"
    # In a copy with a mistake, only what is another row there.
    [ "$docs" = . ] || {
        (docs=.; claims_rows) | cut -f 1,3- > "$out/claims.before"
        awk -F '\t' 'FILENAME == ARGV[1] { before[$0]; next }
            !(($1 "\t" $3 "\t" $4) in before)' "$out/claims.before" "$out/claims" > "$out/claims.new"
        cp "$out/claims.new" "$out/claims"
    }
    [ "$(claims_rows | wc -l)" -ge 10 ] || fail "claims: there are hardly any"
    tab=$(printf '\t')
    while IFS=$tab read -r section line command printed; do
        if [ "$section" = "At once" ]; then
            run_claim "$command" "$printed"
        else
            look_up_claim "$command" "$printed"
        fi > "$out/complaints" 2>&1
        verdict "claims, line $line"
    done < "$out/claims"
}
