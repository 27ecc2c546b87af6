# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034,SC1091
# What the parts share: sourced. A part says pass or fail about a named check of
# the documents below $docs: README.md and docs/*.md there.

here=tests/readme
out=$(pwd)/build/tests/readme
log=$out/log
docs=.
. tests/count.sh

# The documents run make themselves; it is not to know about the one around.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES V GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
export LC_ALL=C COLUMNS=80

# verdict NAME: pass if nobody has complained.
verdict()
{
    if [ -s "$out/complaints" ]; then
        fail "$1"
        sed 's/^/    /' "$out/complaints"
    else
        pass "$1"
    fi
}

# What the documents show as code: FILE:LINE<tab>TEXT.
shown()
{
    awk -f "$here/code.awk" "$docs/README.md" "$docs"/docs/*.md
}

# The targets that 'make help' lists, and those that make knows.
listed_targets()
{
    make -s help | awk '{ print $1 }'
    make -s help | sed -n 's/.*check-NAME runs one: *//p' | tr ' ' '\n' | sed 's/^/check-/'
}
known_targets()
{
    make -pq help 2> /dev/null | sed -n 's/^\.PHONY: *//p' | tr ' ' '\n'
}
