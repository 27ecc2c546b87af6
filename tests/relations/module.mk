# SPDX-License-Identifier: MIT
# Whether what dispatchers ask for is exact: relations of fields at the edges of
# their types, against the same in 128 bits. Included by the top Makefile. Offers
#   check-relations   uses GCC, CLANG, XEN_HEADERS where they are set
# Outputs are under build/tests/relations.

.PHONY: check-relations
check-relations: $(BUILD)/hcgen
	@sh tests/relations/run.sh
