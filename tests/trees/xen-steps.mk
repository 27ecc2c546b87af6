# SPDX-License-Identifier: MIT
# Single steps of Xen 4.17's build, whose own target stops all at the first header
# check that fails. Run in the build folder, with what Xen's Makefile exports.
include $(abs_srctree)/Makefile

.PHONY: step-headers step-offsets
step-headers: tools_fixdep
	$(Q)$(MAKE) $(build)=include all

step-offsets:
	$(Q)$(MAKE) $(build)=. arch/$(SRCARCH)/include/asm/asm-offsets.h

# It has no Makefile of its own.
common/compat/%.o: tools_fixdep FORCE
	$(Q)$(MAKE) $(build)=common $@
