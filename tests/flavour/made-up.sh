# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154
# Each key of a flavour's table, on descriptions that are made up: the header is
# expected.h, thought out by hand; without any line of the table it is another.

hcgen=${HCGEN:-build/hcgen}

# made_up FOLDER: 1 where its header is not the expected one.
made_up()
{
    rm -rf "$out/made"
    "$hcgen" gen "$1" --output "$out/made" || return 2
    diff "$here/made-up/expected.h" "$out/made/x86/f/thing.h"
}

# without LINE: the table without it, and without a key of which nothing is left.
without()
{
    awk -v line="$1" '
        FNR != line { text[++n] = $0 }
        END {
            for (i = 1; i <= n; i++)
                if (text[i] !~ /^    [a-z]*:$/ || text[i + 1] ~ /^      /)
                    print text[i]
        }' "$here/made-up/flavour/f.yaml"
}

# made_up_twin WHAT: with the table $out/f.yaml.
made_up_twin()
{
    rm -rf "$out/made-up"
    cp -RL "$here/made-up" "$out/made-up"
    cp "$out/f.yaml" "$out/made-up/flavour/f.yaml"
    refuse "made-up: another header after: $1" made_up "$out/made-up"
}

check "made-up: the header is as expected" made_up "$here/made-up"
# shellcheck disable=SC2013  # they are words
for line in $(awk '/^      / || /^indent:|^include-path:/ { print FNR }' \
                  "$here/made-up/flavour/f.yaml"); do
    without "$line" >"$out/f.yaml"
    made_up_twin "$(sed -n "${line}s/^ *//p" "$here/made-up/flavour/f.yaml")"
done
for edit in 's/"false"/"true"/' 's/"false"/defined(TOOLS)/' 's/up to 4.1/since 0/' 's/up to 4.1/latest/'; do
    sed "$edit" "$here/made-up/flavour/f.yaml" >"$out/f.yaml"
    made_up_twin "$edit"
done
