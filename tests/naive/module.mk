# SPDX-License-Identifier: MIT
# Random lists of operations, on the simulated machine and on a model of it: see
# naive.h. Offers
#   check-naive   10^7 operations of each profile with a fixed seed, as many with a
#                 fresh one, fewer with sanitizers; five planted bugs
# Takes the machine from tests/machine; outputs are under $(MB).

NAIVE_SOURCES := $(sort $(wildcard tests/naive/*.c))

$(eval $(call machine_test,naive,x86,$(NAIVE_SOURCES),-iquote tests/naive))
$(eval $(call machine_test,naive,ia64,$(NAIVE_SOURCES),-iquote tests/naive))
