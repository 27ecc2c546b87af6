#!/bin/sh
# SPDX-License-Identifier: MIT
# page.sh PAGE [check]: writes the tables of PAGE, between its marks, from the lists here; or
# says, with status 1, where they differ.

here=tests/advisories
page=$1

tables()
{
    awk -f $here/page.awk part=rules $here/rules.list part=advisories $here/advisories.list \
        part=skipped $here/skipped.list part=survivors $here/survivors.list part=defects $here/defects.list
}

# All lines of the page, with what is between <!-- NAME --> and <!-- end --> anew.
written()
{
    awk '
        file == "tables" && /^<!-- end/ { next }
        file == "tables" && /^<!-- / {
            if (!($2 in text)) text[$2] = ""
            name = $2
            next
        }
        file == "tables" { text[name] = text[name] $0 "\n"; next }
        /^<!-- end/ { inside = 0 }
        !inside { print }
        /^<!-- / && ($2 in text) { inside = 1; printf "%s", text[$2] }
    ' file=tables "$1" file=page "$page"
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
tables > "$scratch/tables"
written "$scratch/tables" > "$scratch/page"
if [ "$2" = check ]
then
    diff "$page" "$scratch/page"
else
    cp "$scratch/page" "$page"
fi
