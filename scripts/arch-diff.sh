#!/bin/sh
# SPDX-License-Identifier: MIT
# arch-diff.sh ONE OTHER [FOLDER]: what differs between generated/ONE and
# generated/OTHER, for each file and in all, by cause; build/diff.html has the
# same with the code side by side.
#
# The causes of each line come from the compiler (hcgen gen --causes), which
# refuses a file that was edited by hand. A differing line without one takes
# that of the nearest line of its hunk; a hunk without any is an error, and so is
# a total other than that of 'diff -rN'.
one=$1 other=$2 folder=${3:-generated}
causes=build/causes
rm -rf "$causes"
mkdir -p build
# shellcheck disable=SC2086
"${HCGEN:-build/hcgen}" gen idl $HCGEN_OPTIONS --output "$folder" --causes "$causes" || exit 1

for family in "$one" "$other"; do
    (cd "$folder/$family" && find . -type f)
done | sed 's,^\./,,' | sort -u > "$causes/files"

while read -r file; do
    echo "file $file"
    diff -N "$folder/$one/$file" "$folder/$other/$file"
done < "$causes/files" |
    awk -v one="$one" -v other="$other" -v causes="$causes" -f scripts/arch-diff.awk ||
    exit 1

# The page: the differing lines with the causes that were settled above.
touch "$causes/settled"
{
    sed -n 's/^CAUSE(\([a-z]*\), "\(.*\)")$/cause \1 \2/p' codegen/back/causes.def
    while read -r file; do
        echo "file $file"
        diff -N --unchanged-line-format='=%L' --old-line-format='-%L' --new-line-format='+%L' \
             "$folder/$one/$file" "$folder/$other/$file"
    done < "$causes/files"
} | awk -v one="$one" -v other="$other" -v settled="$causes/settled" \
        -v style=scripts/arch-diff-style.html -f scripts/arch-diff-html.awk > build/diff.html

# The same lines, counted by diff itself.
diff -rN "$folder/$one" "$folder/$other" | grep -c '^[<>]' > "$causes/total"
if [ "$(cat "$causes/total")" != "$(cat "$causes/counted")" ]; then
    echo "error: diff -rN counts $(cat "$causes/total") lines, this report" \
         "$(cat "$causes/counted")" >&2
    exit 1
fi
echo "diff -rN counts the same: $(cat "$causes/total") lines"
echo "side by side: build/diff.html"
