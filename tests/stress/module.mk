# SPDX-License-Identifier: MIT
# All processors at once, and domains that come and go. Included by the top Makefile. Offers
#   check-stress    a few seconds for each profile, and over tables with small levels
#   stress          MINUTES of it, half for each
#   stress-small    the same for MINUTES, and the naive model, over tables whose levels are
#                   a few pages each: all of them are in use, and change
# With SAN=thread too. Outputs are under $(MACHINE), and $(MB)/small.

STRESS_SOURCES := $(wildcard tests/stress/*.c)
$(eval $(call machine_test,stress,x86,$(STRESS_SOURCES)))
$(eval $(call machine_test,stress,ia64,$(STRESS_SOURCES)))

STRESS_SMALL = +@$(MAKE) --no-print-directory MB=$(MB)/small \
    MACHINE_SWITCHES='-DHV_RULES -DHV_TEST_BUGS -DPMT_TOP_SHIFT=6 -DPMT_DIR_SHIFT=3'

.PHONY: check-stress stress stress-small stress-built stress-small-built
check-stress: stress-built
	$(STRESS_SMALL) stress-built
	@tests/stress/run.sh $(MACHINE) 5 $(MACHINE:$(MB)%=$(MB)/small%) 3

##stress         all processors at once, for MINUTES (5); with SAN=thread too
MINUTES ?= 5
stress: stress-built
	@tests/stress/run.sh $(MACHINE) $$(($(MINUTES) * 30))

##stress-small   the same, and the naive model, over tables with small levels
stress-small:
	$(STRESS_SMALL) stress-small-built
	@tests/stress/run.sh small $(MACHINE:$(MB)%=$(MB)/small%) $$(($(MINUTES) * 30)) $$(($(MINUTES) * 10000))

stress-built: $(MACHINE)/x86/stress $(MACHINE)/ia64/stress
stress-small-built: stress-built $(MACHINE)/x86/naive $(MACHINE)/ia64/naive
