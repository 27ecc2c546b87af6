# SPDX-License-Identifier: MIT
# The stubs and headers on real Xen. Offers deps-xen (fetch the hypervisor) and
# check-xen. Outputs are under build/xen.

xen_stubs  ?= generated/x86/guest
xen_public ?= generated/x86/xen-4.17/include/public
xen_cc     ?= gcc
xen_out    := build/xen

xen_flags := -std=gnu11 -O2 -Wall -Wextra -Werror -Wno-unused-parameter \
    -ffreestanding -fno-builtin -fno-pic -fno-pie -mgeneral-regs-only \
    -fno-stack-protector -fno-asynchronous-unwind-tables -fcf-protection=none \
    -fno-toplevel-reorder -fno-strict-aliasing -D__XEN_TOOLS__ -I $(xen_out)/include -I $(xen_stubs)

.PHONY: deps-xen check-xen

deps-xen:
	tests/xen/fetch-xen.sh $(xen_out)

check-xen: build/hcgen $(xen_out)/guest.elf $(xen_out)/pvh32/vmcall.o $(xen_out)/pvh64/vmcall.o
	tests/xen/run.sh $(xen_out) $(xen_stubs) $(xen_public)

# The tree's other headers, with the generated ones put over them.
$(xen_out)/include/.made: $(wildcard $(xen_public)/*.h) tests/xen/module.mk
	@test -d /usr/include/xen || { echo "no /usr/include/xen: install package libxen-dev"; exit 1; }
	rm -rf $(xen_out)/include
	mkdir -p $(xen_out)/include
	cp -RL /usr/include/xen $(xen_out)/include/xen
	cp $(wildcard $(xen_public)/*.h) $(xen_out)/include/xen/
	touch $@

# Payloads: each file of checks is built once for each way into Xen.
xen_pvh_common := $(addprefix $(xen_out)/%/,start.o payload.o leave.o record.o)
xen_pvh_checks := $(patsubst tests/xen/pvh/%.c,%,$(wildcard tests/xen/pvh/checks-*.c))
xen_pvh_objects := $(xen_pvh_common) \
    $(patsubst checks-%,$(xen_out)/\%/page-%.o,$(xen_pvh_checks)) \
    $(patsubst checks-%,$(xen_out)/\%/vmmcall-%.o,$(xen_pvh_checks))
xen_way = -DHOW=$(1) -DWAY='"$(1)"'

# $(1): 32 or 64. $(2): more flags. $(3): the linker's name for the width.
define xen_payload
$(xen_out)/pvh$(1)/%.o: tests/xen/pvh/%.S $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) -MMD -MP -c -o $$@ $$<
$(xen_out)/pvh$(1)/%.o: tests/xen/pvh/%.c $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) -MMD -MP -c -o $$@ $$<
$(xen_out)/pvh$(1)/record.o: tests/xen/record.c $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) -MMD -MP -c -o $$@ $$<
$(xen_out)/pvh$(1)/page-%.o: tests/xen/pvh/checks-%.c $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) $$(call xen_way,page) -MMD -MP -c -o $$@ $$<
$(xen_out)/pvh$(1)/vmmcall-%.o: tests/xen/pvh/checks-%.c $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) $$(call xen_way,vmmcall) -DHC_VMMCALL \
	    -MMD -MP -c -o $$@ $$<
# No processor that QEMU emulates without KVM has vmcall: assembled only.
$(xen_out)/pvh$(1)/vmcall.o: tests/xen/pvh/checks-grants.c $(xen_out)/include/.made
	@mkdir -p $$(@D)
	$$(xen_cc) $$(xen_flags) -m$(1) $(2) $$(call xen_way,vmcall) -DHC_VMCALL \
	    -MMD -MP -c -o $$@ $$<
$(xen_out)/pvh$(1).bin: $$(patsubst $(xen_out)/\%/%,$(xen_out)/pvh$(1)/%,$$(xen_pvh_objects)) \
    tests/xen/pvh/payload.lds
	$$(LD) -m $(3) -nostdlib -static --no-warn-rwx-segments --build-id=none \
	    -T tests/xen/pvh/payload.lds -o $$(@:.bin=.elf) $$(filter %.o,$$^)
	objcopy -O binary -j .image $$(@:.bin=.elf) $$@
-include $(wildcard $(xen_out)/pvh$(1)/*.d)
endef
$(eval $(call xen_payload,32,,elf_i386))
$(eval $(call xen_payload,64,-mno-red-zone,elf_x86_64))

# The PV guest, which carries both payloads.
xen_guest_sources := $(wildcard tests/xen/guest/*.[cS]) tests/xen/record.c
xen_guest_objects := $(addprefix $(xen_out)/guest/, \
    $(addsuffix .o,$(notdir $(xen_guest_sources))))
xen_guest_flags := -m64 -mno-red-zone -mcmodel=kernel -Wa,-I,$(xen_out)

$(xen_out)/guest/%.o: tests/xen/guest/% $(xen_out)/include/.made
	@mkdir -p $(@D)
	$(xen_cc) $(xen_flags) $(xen_guest_flags) -MMD -MP -c -o $@ $<

$(xen_out)/guest/record.c.o: tests/xen/record.c $(xen_out)/include/.made
	@mkdir -p $(@D)
	$(xen_cc) $(xen_flags) $(xen_guest_flags) -MMD -MP -c -o $@ $<

$(xen_out)/guest/payloads.S.o: $(xen_out)/pvh32.bin $(xen_out)/pvh64.bin

$(xen_out)/guest.elf: $(xen_guest_objects) tests/xen/guest/guest.lds
	$(LD) -nostdlib -static -z max-page-size=4096 --no-warn-rwx-segments --build-id=none \
	    -T tests/xen/guest/guest.lds -o $@ $(xen_guest_objects)

-include $(xen_guest_objects:.o=.d)
