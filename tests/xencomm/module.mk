# SPDX-License-Identifier: MIT
# Pointers of hypercalls as xencomm handles. Included by the top Makefile. Offers
#   check-xencomm    uses GCC, CLANG, IA64_CC, XEN_HEADERS where they are set
# Outputs are under build/tests/xencomm.

.PHONY: check-xencomm
check-xencomm: $(BUILD)/hcgen
	sh tests/xencomm/run.sh generated
