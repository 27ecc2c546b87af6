# SPDX-License-Identifier: MIT
# Structures of callers of another width: layouts, moves, report. Included by the
# top Makefile. Offers
#   check-compat    uses GCC, CLANG, XEN_HEADERS where they are set
# Outputs are under build/tests/compat.

.PHONY: check-compat
check-compat: $(BUILD)/hcgen $(BUILD)/generated
	sh tests/compat/run.sh generated
