# SPDX-License-Identifier: MIT
# What fails at each place where it can: see faults.h. Offers
#   check-faults   all scenarios, both profiles; mistakes that are planted are found
# Takes the machine from tests/machine, and operations and their model from tests/naive.

FAULTS_SOURCES := $(sort $(wildcard tests/faults/*.c) \
    $(filter-out tests/naive/main.c tests/naive/shrink.c,$(wildcard tests/naive/*.c)))

$(eval $(call machine_test,faults,x86,$(FAULTS_SOURCES)))
$(eval $(call machine_test,faults,ia64,$(FAULTS_SOURCES)))

.PHONY: check-faults
check-faults: $(MACHINE)/x86/faults $(MACHINE)/ia64/faults
	@tests/faults/run.sh $(MACHINE)
