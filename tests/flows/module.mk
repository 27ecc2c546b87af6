# SPDX-License-Identifier: MIT
# The nine flows of the table's design, on the simulated machine. Included by the top
# Makefile. Offers
#   check-flows      uses GCC, CLANG, IA64_CC, SAN where they are set
# Outputs are under $(MACHINE).

.PHONY: check-flows
FLOWS_FILES := $(wildcard tests/flows/*.c)
$(eval $(call machine_test,flows,x86,$(FLOWS_FILES)))
$(eval $(call machine_test,flows,ia64,$(FLOWS_FILES)))
check-flows: $(MACHINE)/x86/flows $(MACHINE)/ia64/flows
	$(Q)sh tests/flows/run.sh $(MACHINE)
