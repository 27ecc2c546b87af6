# SPDX-License-Identifier: MIT
# What weak memory does to entries and the references to their pages, exhaustively: the
# explorer of tests/explore with other code and other scenarios. Offers
# check-explore-pages; outputs are under build/tests/explore-pages, and explore WHAT there
# prints what goes wrong without WHAT.

EXPLORE_PAGES := build/tests/explore-pages
EXPLORE_PAGES_CODE := $(addprefix hv-impl/,p2m.c p2m-page.c loan.c loan-table.c op-protect.c rules.c) \
    $(wildcard hv-impl/pmt-*.c)
EXPLORE_PAGES_TEST := $(wildcard tests/explore-pages/*.c) \
    $(addprefix tests/explore/,engine.c run.c main.c litmus.c small-port.c)
EXPLORE_PAGES_USES := $(wildcard tests/explore-pages/*.h tests/explore-pages/port/*.h tests/explore/*.h \
    tests/explore/port/*.h hv-impl/*.h) hv-impl/grant-pin.c build/tests/dispatch/headers-x86
# The table small, as in tests/explore; what no scenario gets to is not linked.
EXPLORE_PAGES_FLAGS := -std=gnu11 -g -O2 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -fsanitize=undefined \
    -fno-sanitize-recover=all -ffunction-sections -Wl,--gc-sections -DPMT_TOP_SHIFT=2 -DPMT_DIR_SHIFT=1 \
    -DPMT_GPFNS_SHIFT=4 -DPMT_TRIES=2 -DPMT_FRAME=16 -I tests/explore-pages/port -I tests/explore-pages \
    -I tests/explore -I hv-impl -I build/tests/dispatch/include-x86 -I generated/x86/hv

$(EXPLORE_PAGES)/explore: $(EXPLORE_PAGES_TEST) $(EXPLORE_PAGES_CODE) $(EXPLORE_PAGES_USES)
	@mkdir -p $(@D)
	$(call say,CC    $@)
	$(Q)$(CC) $(EXPLORE_PAGES_FLAGS) -o $@ $(EXPLORE_PAGES_TEST) $(EXPLORE_PAGES_CODE)

# explore_pages_mistake NAME: the second look is not taken, or a type comes after it.
define explore_pages_mistake
$(EXPLORE_PAGES)/$(1)/explore: $(EXPLORE_PAGES_TEST) $(EXPLORE_PAGES_CODE) $(EXPLORE_PAGES_USES) tests/explore/mistake.awk
	@mkdir -p $$(@D)
	$$(Q)awk -v mistake=$(1) -f tests/explore/mistake.awk hv-impl/p2m.c > $$(@D)/p2m.c
	$$(Q)! cmp -s hv-impl/p2m.c $$(@D)/p2m.c
	$$(Q)$(CC) $(EXPLORE_PAGES_FLAGS) -o $$@ $(filter-out hv-impl/p2m.c,$(EXPLORE_PAGES_TEST) $(EXPLORE_PAGES_CODE)) $$(@D)/p2m.c
endef
$(foreach name,no-look type-late,$(eval $(call explore_pages_mistake,$(name))))

.PHONY: check-explore-pages
check-explore-pages: $(EXPLORE_PAGES)/explore $(patsubst %,$(EXPLORE_PAGES)/%/explore,no-look type-late)
	@tests/explore-pages/run.sh $(EXPLORE_PAGES)
