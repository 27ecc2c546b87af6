# SPDX-License-Identifier: MIT
# All processors at once, and domains that come and go. Included by the top Makefile. Offers
#   check-stress    a few seconds for each profile
#   stress          MINUTES of it, half for each
#   stress-small    the same for MINUTES, and the model, over tables whose levels are
#                   a few pages each: all of them are in use, and change
# With SAN=thread too. Outputs are under $(MACHINE), and $(MB)/small.

STRESS_SOURCES := $(wildcard tests/stress/*.c)
$(eval $(call machine_test,stress,x86,$(STRESS_SOURCES)))
$(eval $(call machine_test,stress,ia64,$(STRESS_SOURCES)))

.PHONY: check-stress stress stress-small stress-is-small
check-stress: $(MACHINE)/x86/stress $(MACHINE)/ia64/stress
	@tests/stress/run.sh $(MACHINE) 5

##stress         all processors at once, for MINUTES (5); with SAN=thread too
MINUTES ?= 5
stress: $(MACHINE)/x86/stress $(MACHINE)/ia64/stress
	@tests/stress/run.sh $(MACHINE) $$(($(MINUTES) * 30))

##stress-small   the same, and the naive model, over tables with small levels
stress-small:
	+@$(MAKE) --no-print-directory MB=$(MB)/small stress-is-small \
	    MACHINE_SWITCHES='-DHV_RULES -DHV_TEST_BUGS -DPMT_TOP_SHIFT=6 -DPMT_DIR_SHIFT=3'

stress-is-small: $(MACHINE)/x86/stress $(MACHINE)/x86/naive
	$(MACHINE)/x86/stress $$(($(MINUTES) * 60))
	$(MACHINE)/x86/naive operations=$$(($(MINUTES) * 20000)) length=500 interval=1
