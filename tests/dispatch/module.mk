# SPDX-License-Identifier: MIT
# Generated dispatchers on the recorder (tests/recorder). Included
# by the top Makefile. Offers
#   check-dispatch   uses GCC, CLANG, XEN_HEADERS where they are set
# Outputs are under build/tests/dispatch.

DISPATCH     := build/tests/dispatch
DISPATCH_GCC := $(if $(GCC),$(GCC),gcc)
DISPATCH_REFERENCE := $(if $(XEN_HEADERS),$(XEN_HEADERS),/usr/include/xen)

DISPATCH_TESTS := model cases record run properties written batch ahead clauses open registers entry main \
                  handlers-grant handlers-memory handlers-pmt
DISPATCH_PORT  := memory domain
DISPATCH_CASES := $(wildcard tests/dispatch/cases-*.txt)

DISPATCH_CFLAGS := -std=gnu11 -g -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wstrict-prototypes \
                   -Wwrite-strings -Wdeclaration-after-statement -Werror \
                   -I hv-impl -I hv-impl/port-host -I tests/recorder -I generated/host/guest
DISPATCH_SAN    := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all

# dispatch_variant NAME, FAMILY, COMPILER, FLAGS, INTERFACES, TESTS
define dispatch_variant
DISPATCH_$(1) := $$(addprefix $(DISPATCH)/$(1)/,$$(addsuffix .o,$(DISPATCH_PORT) $(6) $(5:%=hd-%)))
$$(DISPATCH_$(1)): $(DISPATCH)/headers-$(2)
$(DISPATCH)/$(1)/%.o: tests/dispatch/%.c
	@mkdir -p $$(@D)
	$$(Q)$(3) $(DISPATCH_CFLAGS) $(4) -I $(DISPATCH)/include-$(2) -I generated/$(2)/hv -MMD -MP -c -o $$@ $$<
$(DISPATCH)/$(1)/%.o: tests/recorder/%.c
	@mkdir -p $$(@D)
	$$(Q)$(3) $(DISPATCH_CFLAGS) $(4) -I $(DISPATCH)/include-$(2) -I generated/$(2)/hv -MMD -MP -c -o $$@ $$<
$(DISPATCH)/$(1)/%.o: generated/$(2)/hv/%.c
	@mkdir -p $$(@D)
	$$(Q)$(3) $(DISPATCH_CFLAGS) $(4) -Wno-shadow -I $(DISPATCH)/include-$(2) -I generated/$(2)/hv -MMD -MP -c -o $$@ $$<
$(DISPATCH)/harness-$(1): $$(DISPATCH_$(1))
	$$(Q)$(3) $(4) -o $$@ $$^
-include $$(DISPATCH_$(1):.o=.d)
endef

# The reference's headers, and the family's on top. As a family of its own ia64
# is compiled for this machine too: where the headers ask, it is that.
$(DISPATCH)/headers-%: generated/%/xen-4.17/include/public/memory.h tests/dispatch/module.mk
	@rm -rf $(DISPATCH)/include-$*
	@mkdir -p $(DISPATCH)/include-$*/xen
	$(Q)cp -RL $(DISPATCH_REFERENCE)/. $(DISPATCH)/include-$*/xen
	$(Q)cp generated/$*/xen-4.17/include/public/*.h $(DISPATCH)/include-$*/xen
	@test $* != ia64 || sed -i -e 's/^#if defined(__i386__) || defined(__x86_64__)/#if 0/' \
	    -e 's/^#elif defined(__ia64__)/#elif 1/' $(DISPATCH)/include-$*/xen/xen.h
	@touch $@

DISPATCH_NATIVE := grant_table memory pmt
DISPATCH_X86  := $(DISPATCH_NATIVE) compat $(DISPATCH_NATIVE:%=%-compat)
DISPATCH_IA64 := $(DISPATCH_NATIVE) dom0vp
$(eval $(call dispatch_variant,gcc-x86,x86,$(DISPATCH_GCC),$(DISPATCH_SAN),$(DISPATCH_X86),$(DISPATCH_TESTS)))
$(eval $(call dispatch_variant,clang-x86,x86,$(CLANG),$(DISPATCH_SAN),$(DISPATCH_X86),$(DISPATCH_TESTS)))
$(eval $(call dispatch_variant,gcc-ia64,ia64,$(DISPATCH_GCC),$(DISPATCH_SAN) -DPORT_IA64 -idirafter generated/ia64/guest,$(DISPATCH_IA64),$(DISPATCH_TESTS) handlers-dom0vp raw-ia64))
$(eval $(call dispatch_variant,clang-ia64,ia64,$(CLANG),$(DISPATCH_SAN) -DPORT_IA64 -idirafter generated/ia64/guest,$(DISPATCH_IA64),$(DISPATCH_TESTS) handlers-dom0vp raw-ia64))
DISPATCH_VALGRIND := $(if $(wildcard /usr/include/valgrind/memcheck.h),-DPORT_VALGRIND)
# For the twins: quickly compiled.
$(eval $(call dispatch_variant,plain,x86,$(DISPATCH_GCC),-O0 $(DISPATCH_VALGRIND),$(DISPATCH_X86),$(DISPATCH_TESTS)))

# 32-bit callers, through the entries of the compat layer.
$(eval $(call dispatch_variant,compat,x86,$(DISPATCH_GCC),$(DISPATCH_SAN) -DPORT_COMPAT,$(DISPATCH_X86),$(DISPATCH_TESTS)))

# One guest, compiled for both widths, in processes of its own.
DISPATCH_NOT_IMAGE := main properties written batch ahead clauses open registers
$(DISPATCH)/harness-image: $(DISPATCH)/gcc-x86/image.o $(filter-out $(DISPATCH_NOT_IMAGE:%=$(DISPATCH)/gcc-x86/%.o),$(DISPATCH_gcc-x86))
	$(Q)$(DISPATCH_GCC) $(DISPATCH_SAN) -o $@ $^
$(DISPATCH)/gcc-x86/image.o: $(DISPATCH)/headers-x86
-include $(DISPATCH)/gcc-x86/image.d
$(DISPATCH)/image%: tests/dispatch/guest-image.c tests/dispatch/mailbox.h $(DISPATCH)/headers-x86
	$(Q)$(DISPATCH_GCC) -m$* -O1 -D__XEN_TOOLS__ -ffreestanding -nostdlib -static -fno-pic -no-pie \
	    -fno-stack-protector -fno-asynchronous-unwind-tables -Wall -Wextra -Werror -Wno-array-bounds \
	    -I $(DISPATCH)/include-x86 -I generated/host/guest -Wl,-e,guest_start -Wl,--build-id=none -o $@ $<
DISPATCH_32 := $(if $(PROBES),$(shell echo 'int x;' | $(DISPATCH_GCC) -m32 -c -x c -o /dev/null - 2>/dev/null && echo yes))
DISPATCH_IMAGES := $(DISPATCH)/harness-image $(if $(DISPATCH_32),$(DISPATCH)/image32 $(DISPATCH)/image64)

DISPATCH_VARIANTS := gcc-x86 gcc-ia64 plain compat $(if $(PROBES),$(if $(shell command -v $(CLANG)),clang-x86 clang-ia64))

$(DISPATCH)/layouts-%.txt: $(BUILD)/hcgen $(DISPATCH_CASES) $(DESCRIPTIONS) tests/dispatch/layouts.sh
	@mkdir -p $(@D)
	$(Q)sh tests/dispatch/layouts.sh $(BUILD)/hcgen $* $(DISPATCH_CASES) > $@

.PHONY: check-dispatch
check-dispatch:
	+@$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc)) dispatch-built
	@sh tests/dispatch/run.sh $(DISPATCH_VARIANTS)

.PHONY: dispatch-built
dispatch-built: $(DISPATCH_IMAGES) $(DISPATCH_VARIANTS:%=$(DISPATCH)/harness-%) $(DISPATCH)/layouts-host.txt $(DISPATCH)/layouts-x86_32.txt
