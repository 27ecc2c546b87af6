# SPDX-License-Identifier: MIT
# A PV guest of 32 bits on the simulated machine: its calls go through the dispatchers for
# callers of its width to the handlers that all others have. Offers check-narrow.

NARROW := tests/narrow/narrow.c $(MACHINE_NATIVE:%=generated/x86/hv/hd-%-compat.c)
$(eval $(call machine_test,narrow,x86,$(NARROW)))

.PHONY: check-narrow
check-narrow: $(MACHINE)/x86/narrow
	@sh tests/narrow/run.sh $(MACHINE)/x86/narrow
