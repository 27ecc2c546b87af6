# SPDX-License-Identifier: MIT
# What weak memory does to the table of hv-impl, exhaustively. Offers check-explore;
# outputs are under build/tests/explore. build/tests/explore/explore WHAT, at the top of
# the tree, prints what goes wrong without WHAT, a number of hv-impl/pmt.h.

EXPLORE := build/tests/explore
EXPLORE_CODE := $(wildcard hv-impl/pmt-*.c) hv-impl/insert.c hv-impl/rules.c
EXPLORE_TEST := $(wildcard tests/explore/*.c)
EXPLORE_USES := $(wildcard tests/explore/*.h tests/explore/port/*.h tests/table/port-small.h hv-impl/*.h) build/tests/dispatch/headers-x86
# A table whose levels are two pages each, so that few steps go through all of them.
EXPLORE_FLAGS := -std=gnu11 -g -O2 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -fsanitize=undefined \
    -fno-sanitize-recover=all -DPMT_TOP_SHIFT=2 -DPMT_DIR_SHIFT=1 -DPMT_GPFNS_SHIFT=4 -DPMT_TRIES=2 \
    -DPMT_FRAME=16 -I tests/explore/port -I tests/explore -I hv-impl -I build/tests/dispatch/include-x86

$(EXPLORE)/explore $(EXPLORE)/frames/explore: $(EXPLORE_TEST) $(EXPLORE_CODE) $(EXPLORE_USES)
	@mkdir -p $(@D)
	$(call say,CC    $@)
	$(Q)$(CC) $(EXPLORE_FLAGS) -o $@ $(EXPLORE_TEST) $(EXPLORE_CODE)

# The leaves of two extents share a frame, as where granules are larger than 4 KiB.
$(EXPLORE)/frames/explore $(EXPLORE)/leaf-kept/explore: EXPLORE_FLAGS += -UPMT_FRAME -DPMT_FRAME=32

# explore_mistake NAME, FILE
define explore_mistake
$(EXPLORE)/$(1)/explore: $(EXPLORE_TEST) $(EXPLORE_CODE) $(EXPLORE_USES) tests/explore/mistake.awk
	@mkdir -p $$(@D)
	$$(Q)awk -v mistake=$(1) -f tests/explore/mistake.awk $(2) > $$(@D)/$(notdir $(2))
	$$(Q)! cmp -s $(2) $$(@D)/$(notdir $(2))
	$$(Q)$(CC) $$(EXPLORE_FLAGS) -o $$@ $(filter-out $(2),$(EXPLORE_TEST) $(EXPLORE_CODE)) $$(@D)/$(notdir $(2))
endef
$(eval $(call explore_mistake,publish-early,hv-impl/pmt-form.c))
$(eval $(call explore_mistake,top-early,hv-impl/pmt-form.c))
$(eval $(call explore_mistake,top-first,hv-impl/pmt-form.c))
$(eval $(call explore_mistake,dir-first,hv-impl/pmt-form.c))
$(eval $(call explore_mistake,leaf-kept,hv-impl/pmt-form.c))
$(eval $(call explore_mistake,reverse-first,tests/explore/other.c))

.PHONY: check-explore
check-explore: $(EXPLORE)/explore $(patsubst %,$(EXPLORE)/%/explore,frames publish-early top-early \
    top-first dir-first leaf-kept reverse-first)
	@tests/explore/run.sh $(EXPLORE)
