# SPDX-License-Identifier: MIT
# What Xen's callers rely on, row by row. Offers check-conformance; takes the simulated
# machine and the dispatchers from tests/dispatch. Outputs are under build/tests/conformance.

CONFORMANCE := build/tests/conformance
CONFORMANCE_FLAGS := -std=gnu11 -g -O1 -D_GNU_SOURCE -Wall -Wextra -Werror \
    -fsanitize=address,undefined -fno-sanitize-recover=all -iquote tests/conformance \
    -I hv-impl -I hv-impl/port-host -I tests/recorder -I generated/host/guest -I $(CONFORMANCE)/stubs

# conformance_variant NAME, FAMILY, COMPILER, FLAGS, INTERFACES, FILES
define conformance_variant
$(CONFORMANCE)/$(1)/run: $(6:%=$(CONFORMANCE)/$(1)/%.o) $(CONFORMANCE)/$(1)/handlers.o \
    $(addprefix build/tests/dispatch/$(1)/,memory.o domain.o $(if $(filter dom0vp,$(5)),raw-ia64.o) $(5:%=hd-%.o))
	$$(Q)$(3) -fsanitize=address,undefined -o $$@ $$^
$(CONFORMANCE)/$(1)/%.o: tests/conformance/%.c build/tests/dispatch/headers-$(2) $(CONFORMANCE)/stubs/hc-dom0vp.h
	@mkdir -p $$(@D)
	$$(Q)$(3) $(CONFORMANCE_FLAGS) $(4) -I build/tests/dispatch/include-$(2) -I generated/$(2)/hv \
	    -MMD -MP -c -o $$@ $$<
$(CONFORMANCE)/$(1)/handlers.o: $(CONFORMANCE)/$(1)/handlers.c
	$$(Q)$(3) $(CONFORMANCE_FLAGS) -Wno-unused-parameter $(4) -I build/tests/dispatch/include-$(2) \
	    -I generated/$(2)/hv -MMD -MP -c -o $$@ $$<
$(CONFORMANCE)/$(1)/handlers.c: tests/conformance/handlers.awk $(5:%=generated/$(2)/hv/hd-%.h)
	@mkdir -p $$(@D)
	$$(Q){ echo '#include "conformance.h"'; printf '#include "hd-%s.h"\n' $(5); echo; \
	    awk -f tests/conformance/handlers.awk $(5:%=generated/$(2)/hv/hd-%.h); } > $$@
-include $(wildcard $(CONFORMANCE)/$(1)/*.d)
endef

# There are no stubs of ia64's own for this machine; by value they are the same.
$(CONFORMANCE)/stubs/hc-dom0vp.h: generated/ia64/guest/hc-dom0vp.h
	@mkdir -p $(@D)
	@cp $< $@

CONFORMANCE_X86  := run enter grant batches memory extents
CONFORMANCE_IA64 := run enter ia64
$(eval $(call conformance_variant,gcc-x86,x86,$(if $(GCC),$(GCC),gcc),,grant_table memory pmt,$(CONFORMANCE_X86)))
$(eval $(call conformance_variant,clang-x86,x86,$(CLANG),,grant_table memory pmt,$(CONFORMANCE_X86)))
$(eval $(call conformance_variant,gcc-ia64,ia64,$(if $(GCC),$(GCC),gcc),-DPORT_IA64,grant_table memory pmt dom0vp,$(CONFORMANCE_IA64)))
$(eval $(call conformance_variant,clang-ia64,ia64,$(CLANG),-DPORT_IA64,grant_table memory pmt dom0vp,$(CONFORMANCE_IA64)))

CONFORMANCE_VARIANTS := gcc-x86 gcc-ia64 $(if $(PROBES),$(if $(shell command -v $(CLANG)),clang-x86 clang-ia64))

.PHONY: check-conformance
check-conformance: $(CONFORMANCE_VARIANTS:%=$(CONFORMANCE)/%/run) $(MACHINE)/x86/handler-rows $(MACHINE)/ia64/handler-rows
	@tests/conformance/run.sh $(CONFORMANCE) $(MACHINE) $(CONFORMANCE_VARIANTS)

# Rows that handlers decide, on tests/machine's simulated machine with all that is behind it.
CONFORMANCE_HANDLER := $(wildcard tests/conformance/handler-*.c) tests/advisories/actors.c tests/advisories/actors-more.c
$(eval $(call machine_test,handler-rows,x86,$(CONFORMANCE_HANDLER)))
$(eval $(call machine_test,handler-rows,ia64,$(CONFORMANCE_HANDLER)))
