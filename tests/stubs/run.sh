#!/bin/sh
# SPDX-License-Identifier: MIT
# The guest stubs and the layout assertions: see README.md.
# usage: run.sh [GENERATED]        VERBOSE=1 names every check that passed.
# shellcheck disable=SC1091,SC2154

. tests/stubs/lib.sh
mkdir -p "$out"
overlay x86
overlay ia64

. $here/compile.sh
. $here/compare.sh
. $here/poison.sh
. $here/host.sh
. $here/layout.sh

totals stubs
