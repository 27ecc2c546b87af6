# SPDX-License-Identifier: MIT
# The table of hv-impl by itself, at its real fan-out and at a tiny one. Included by the
# top Makefile. Offers
#   check-table      uses GCC, CLANG, IA64_CC, SAN where they are set
# Outputs are under build/tests/table.

TABLE     := build/tests/table$(if $(filter-out address$(comma)undefined,$(SAN)),-$(subst $(comma),-,$(SAN)))
TABLE_GCC := $(if $(GCC),$(GCC),gcc)

TABLE_SOURCES := $(wildcard tests/table/*.c hv-impl/pmt-*.c) hv-impl/insert.c
TABLE_WARN    := -std=gnu11 -g -O1 -D_GNU_SOURCE -DHV_TEST_BUGS -Wall -Wextra -Wshadow -Wstrict-prototypes \
                 -Wmissing-prototypes -Wwrite-strings -Wdeclaration-after-statement -Werror
TABLE_SAN     := $(if $(filter-out none,$(SAN)),-fsanitize=$(SAN) -fno-sanitize-recover=all)
# Extents of four pages, frames of two extents.
TABLE_TINY    := -DPMT_TOP_SHIFT=5 -DPMT_DIR_SHIFT=2 -DPMT_GPFNS_SHIFT=9 -DPMT_FRAME=64

# The machine of 16 KiB granules is clang's.
# table_variant NAME, FAMILY, COMPILER, FLAGS
define table_variant
TABLE_$(1) := $$(TABLE_SOURCES:%.c=$$(TABLE)/$(1)/%.o)
$$(TABLE)/$(1)/%.o: %.c build/tests/dispatch/headers-$(2)
	@mkdir -p $$(@D)
	$$(Q)$(3) $$(TABLE_WARN) $$(TABLE_SAN) $(4) -I tests/table -I hv-impl \
	    -I build/tests/dispatch/include-$(2) -MMD -MP -c -o $$@ $$<
$$(TABLE)/table-$(1): $$(TABLE_$(1))
	$$(Q)$(3) $$(TABLE_SAN) -pthread -o $$@ $$^
-include $$(TABLE_$(1):.o=.d)
endef

# gcc's thread sanitizer warns of fences; the port has none for it.
TABLE_GCC_TSAN := $(if $(findstring thread,$(SAN)),-Wno-tsan)
$(eval $(call table_variant,tiny,x86,$$(TABLE_GCC),$(TABLE_GCC_TSAN) $(TABLE_TINY)))
$(eval $(call table_variant,real,x86,$$(TABLE_GCC),$(TABLE_GCC_TSAN)))
$(eval $(call table_variant,ia64,ia64,$$(CLANG),-DPORT_IA64))
$(eval $(call table_variant,ia64-tiny,ia64,$$(CLANG),-DPORT_IA64 $(TABLE_TINY)))

TABLE_VARIANTS := tiny real $(if $(PROBES),$(if $(shell command -v $(CLANG)),ia64 ia64-tiny))

.PHONY: check-table
check-table: $(TABLE_VARIANTS:%=$(TABLE)/table-%)
	@TABLE=$(TABLE) CLANG="$(CLANG)" tests/table/run.sh $(TABLE_VARIANTS)
