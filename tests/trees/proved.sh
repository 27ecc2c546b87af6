#!/bin/sh
# SPDX-License-Identifier: MIT
# proved.sh: does tests/trees/proved, the record of the last check-trees that passed,
# still fit? Names what has changed, and ends with 1 then.
# proved.sh write FOLDER: record it, and with which trees.
set -eu
export LC_ALL=C
record=${RECORD:-tests/trees/proved}

inputs()
{
    find generated/x86/xen-4.17 generated/x86/linux-6.1 generated/x86/guest generated/x86/hv \
        hv-impl/hd.h hv-impl/port-xen tests/trees tests/stubs/all.awk -type f ! -name '*.md' \
        ! -name trees.mk ! -name '*.txt' ! -name proved | sort | xargs sha256sum
}

if [ "${1:-}" = write ]; then
    {
        echo "# Written by make check-trees when all of it passed. Commit it: .ci/run looks at it."
        echo "# linux-source-6.1 $(cat "$2/linux/version")"
        echo "# xen source $(cat "$2/xen/version")"
        echo "# libxen-dev $(dpkg-query -W -f '${Version}' libxen-dev)"
        echo "# $(gcc --version | head -n 1)"
        inputs
    } > "$2/proved"
    cmp -s "$2/proved" $record || cp "$2/proved" $record
else
    [ -f $record ] || { echo "there is no $record"; exit 1; }
    inputs | awk -v record=$record '
        BEGIN { while ((getline line < record) > 0) if (split(line, part, " ") == 2) was[part[2]] = part[1] }
        was[$2] != $1 { print $2; changed = 1 }
        { delete was[$2] }
        END {
            for (file in was) { print file " (gone)"; changed = 1 }
            exit changed
        }'
fi
