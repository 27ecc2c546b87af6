# SPDX-License-Identifier: MIT
# The handlers of pmt_op and dom0vp_op on the simulated machine. Included by the
# top Makefile, after tests/machine. Offers
#   check-pmtops     uses GCC, SAN where they are set
# Outputs are under $(MACHINE).

PMTOPS := $(addprefix tests/pmtops/,main.c world.c calls.c reading.c windows.c sharing.c changing.c flips.c loans.c odd.c between.c)
$(eval $(call machine_test,pmtops,x86,$(PMTOPS)))
$(eval $(call machine_test,pmtops,ia64,$(PMTOPS) tests/pmtops/ia64.c tests/pmtops/ia64-expose.c))

.PHONY: check-pmtops
check-pmtops: $(MACHINE)/x86/pmtops $(MACHINE)/ia64/pmtops
	@tests/pmtops/run.sh $(MACHINE)
