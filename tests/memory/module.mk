# SPDX-License-Identifier: MIT
# memory_op on the simulated machine. Included by the top Makefile. Offers
#   check-memory
# Outputs are those of tests/machine.

MEMORY_SOURCES := $(sort $(wildcard tests/memory/*.c))
$(eval $(call machine_test,memory,x86,$(MEMORY_SOURCES)))
$(eval $(call machine_test,memory,ia64,$(MEMORY_SOURCES)))

.PHONY: check-memory
check-memory: $(MACHINE)/x86/memory $(MACHINE)/ia64/memory
	@sh tests/memory/run.sh $(MACHINE)
