# SPDX-License-Identifier: MIT
# The simulated machine of hv-impl/port-host with the dispatchers, hv-impl and guest-impl:
# a library for each profile, and programs of other tests with it. Included by the top
# Makefile before theirs. Offers
#   check-machine    uses GCC, CLANG, IA64_CC, XEN_HEADERS, SAN where they are set
#   $(eval $(call machine_test,NAME,PROFILE,FILES,FLAGS))
#                    for other modules: $(MACHINE)/PROFILE/NAME, PROFILE is x86 or ia64
# Outputs are under $(MB), with other sanitizers than the usual ones beside it.

MB        ?= build/tests/machine
comma     := ,
MACHINE   := $(MB)$(if $(filter-out address$(comma)undefined,$(SAN)),-$(subst $(comma),-,$(SAN)))
MACHINE_CC ?= $(if $(GCC),$(GCC),gcc)

MACHINE_SAN   := $(if $(filter-out none,$(SAN)),-fsanitize=$(SAN) -fno-sanitize-recover=all)
MACHINE_WARN  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Werror
MACHINE_OPT ?= -O1
# What can be switched off, and planted; empty for measuring.
MACHINE_SWITCHES ?= -DHV_RULES -DHV_TEST_BUGS
# What was never set has a pattern, which is known when a guest gets to see it.
MACHINE_FLAGS := -std=gnu11 -g $(MACHINE_OPT) -D_GNU_SOURCE $(MACHINE_SWITCHES) -pthread \
    $(if $(MACHINE_SAN),-ftrivial-auto-var-init=pattern -DPORT_PATTERN=$(if $(findstring clang,$(MACHINE_CC)),0xaa,0xfe) $(MACHINE_SAN))

# machine_profile PROFILE, FLAGS, INTERFACES, GUEST-FOLDER, GUEST-SOURCES, HV-SOURCES
define machine_profile
MACHINE_$(1)_FLAGS := $$(MACHINE_FLAGS) $(2) -I guest-impl -I hv-impl -I hv-impl/port-host -I $(4) \
    -I build/tests/dispatch/include-$(1) -I generated/$(1)/hv
MACHINE_$(1)_SOURCES := $$(sort $(3:%=generated/$(1)/hv/hd-%.c) $(6) $(wildcard hv-impl/port-host/*.c) \
    $(5) $(wildcard guest-impl/*.c))
MACHINE_$(1)_OBJECTS := $$(MACHINE_$(1)_SOURCES:%.c=$$(MACHINE)/$(1)/%.o)

$$(MACHINE)/$(1)/libmachine.a: $$(MACHINE_$(1)_OBJECTS)
	@rm -f $$@
	$$(Q)ar rcs $$@ $$^
$$(MACHINE)/$(1)/%.o: %.c build/tests/dispatch/headers-$(1)
	@mkdir -p $$(@D)
	$$(call say,CC    $$@)
	$$(Q)$$(MACHINE_CC) $$(MACHINE_$(1)_FLAGS) $$(MACHINE_WARN) $$(if $$(filter generated/%,$$<),-Wno-shadow -Wno-unused-parameter) $$(if $$(findstring /guest/,$$<),-include port.h) \
	    -iquote $$(<D) -MMD -MP $$(MACHINE_EXTRA_$$(*F)) -c -o $$@ $$<
-include $$(MACHINE_$(1)_OBJECTS:.o=.d)
endef

MACHINE_NATIVE := grant_table memory pmt
$(eval $(call machine_profile,x86,,$(MACHINE_NATIVE),generated/host/guest,,$(filter-out hv-impl/dom0vp% hv-impl/%-ia64.c,$(wildcard hv-impl/*.c))))
$(eval $(call machine_profile,ia64,-DPORT_IA64 -DPORT_XENCOMM,$(MACHINE_NATIVE) dom0vp,generated/host-ia64/guest,$(wildcard generated/host-ia64/guest/*.c),$(filter-out hv-impl/%-x86.c,$(wildcard hv-impl/*.c))))

# machine_test NAME, PROFILE, FILES, FLAGS (of this program's own objects)
define machine_test
$$(MACHINE)/$(2)/$(1): $(3:%.c=$$(MACHINE)/$(2)/%.o) $$(MACHINE)/$(2)/libmachine.a
	$$(Q)$$(MACHINE_CC) $$(MACHINE_$(2)_FLAGS) -o $$@ $(3:%.c=$$(MACHINE)/$(2)/%.o) $$(MACHINE)/$(2)/libmachine.a
$(foreach file,$(3),$(if $(4),$(eval MACHINE_EXTRA_$(notdir $(file:.c=)) := $(4))))
-include $(3:%.c=$$(MACHINE)/$(2)/%.d)
endef

MACHINE_TESTS := $(addprefix tests/machine/,main.c pages.c tlbs.c calls.c plans.c plants.c)
$(eval $(call machine_test,machine,x86,$(MACHINE_TESTS)))
$(eval $(call machine_test,machine,ia64,$(MACHINE_TESTS)))

.PHONY: check-machine machine-by-clang
check-machine: $(MACHINE)/x86/machine $(MACHINE)/ia64/machine
	+@! command -v $(CLANG) > /dev/null || $(MAKE) --no-print-directory MB=$(MB)/clang MACHINE_CC=$(CLANG) machine-by-clang
	@tests/machine/run.sh $(MACHINE) $(MACHINE:$(MB)%=$(MB)/clang%)

machine-by-clang: $(MACHINE)/x86/machine
