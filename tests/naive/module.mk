# SPDX-License-Identifier: MIT
# Random lists of operations, on the simulated machine and on a model of it: see
# naive.h. Offers
#   check-naive   10^7 operations of both profiles, with a fixed seed and a fresh one;
#                 fewer with sanitizers; nine planted bugs, three planted leaks; each op or a reason
# Takes the machine from tests/machine; outputs are under $(MB).

NAIVE_SOURCES := $(sort $(wildcard tests/naive/*.c))

$(eval $(call machine_test,naive,x86,$(NAIVE_SOURCES)))
$(eval $(call machine_test,naive,ia64,$(NAIVE_SOURCES)))

# Ten million in a minute need a build that is made for it.
check-naive: $(MACHINE)/x86/naive $(MACHINE)/ia64/naive
	@+$(MAKE) --no-print-directory MB=$(MB)/fast SAN=none MACHINE_OPT=-O2 \
	    $(MB)/fast-none/x86/naive $(MB)/fast-none/ia64/naive
	@tests/naive/run.sh $(MB)/fast-none $(MACHINE)
.PHONY: check-naive
