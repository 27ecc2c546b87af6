# SPDX-License-Identifier: MIT
# Grant tables on the simulated machine. Included by the top Makefile. Offers
#   check-grants
# Outputs are those of tests/machine.

GRANTS_SOURCES := $(sort $(wildcard tests/grants/*.c))
$(eval $(call machine_test,grants,x86,$(GRANTS_SOURCES)))
$(eval $(call machine_test,grants,ia64,$(GRANTS_SOURCES)))

.PHONY: check-grants
check-grants: $(MACHINE)/x86/grants $(MACHINE)/ia64/grants
	@sh tests/grants/run.sh $(MACHINE)
