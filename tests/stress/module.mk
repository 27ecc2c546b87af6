# SPDX-License-Identifier: MIT
# All processors at once. Included by the top Makefile. Offers
#   check-stress    a few seconds for each profile
#   stress          MINUTES of it, half for each
# With SAN=thread too. Outputs are under $(MACHINE).

STRESS_SOURCES := $(wildcard tests/stress/*.c)
$(eval $(call machine_test,stress,x86,$(STRESS_SOURCES)))
$(eval $(call machine_test,stress,ia64,$(STRESS_SOURCES)))

.PHONY: check-stress stress
check-stress: $(MACHINE)/x86/stress $(MACHINE)/ia64/stress
	@tests/stress/run.sh $(MACHINE) 5

##stress         all processors at once, for MINUTES (5); with SAN=thread too
MINUTES ?= 5
stress: $(MACHINE)/x86/stress $(MACHINE)/ia64/stress
	@tests/stress/run.sh $(MACHINE) $$(($(MINUTES) * 30))
