# SPDX-License-Identifier: MIT
# What weak memory does to grant tables, exhaustively: the explorer of tests/explore with
# other code and other scenarios. Offers check-explore-grants; outputs are under
# build/tests/explore-grants, and explore WHAT there prints what goes wrong without WHAT.

EXPLORE_GRANTS := build/tests/explore-grants
EXPLORE_GRANTS_CODE := $(addprefix hv-impl/,grant-table.c grant-version.c grant-track.c grant-pin.c grant-map.c \
    grant-unmap.c grant-kill.c rules.c)
EXPLORE_GRANTS_TEST := $(wildcard tests/explore-grants/*.c) $(addprefix tests/explore/,engine.c run.c main.c litmus.c)
EXPLORE_GRANTS_USES := $(wildcard tests/explore-grants/*.h tests/explore-grants/port/*.h tests/explore/*.h \
    tests/explore/port/*.h hv-impl/*.h) build/tests/dispatch/headers-x86
EXPLORE_GRANTS_FLAGS := -std=gnu11 -g -O2 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Werror -fsanitize=undefined \
    -fno-sanitize-recover=all -ffunction-sections -Wl,--gc-sections -DGRANT_TRACK_PER_FRAME=2 -I tests/explore-grants/port -I tests/explore-grants \
    -I tests/explore -I hv-impl -I build/tests/dispatch/include-x86 -I generated/x86/hv

$(EXPLORE_GRANTS)/explore: $(EXPLORE_GRANTS_TEST) $(EXPLORE_GRANTS_CODE) $(EXPLORE_GRANTS_USES)
	@mkdir -p $(@D)
	$(call say,CC    $@)
	$(Q)$(CC) $(EXPLORE_GRANTS_FLAGS) -o $@ $(EXPLORE_GRANTS_TEST) $(EXPLORE_GRANTS_CODE)

# explore_grants_mistake NAME, FILE
define explore_grants_mistake
$(EXPLORE_GRANTS)/$(1)/explore: $(EXPLORE_GRANTS_TEST) $(EXPLORE_GRANTS_CODE) $(EXPLORE_GRANTS_USES) tests/explore-grants/mistake.awk
	@mkdir -p $$(@D)
	$$(Q)awk -v mistake=$(1) -f tests/explore-grants/mistake.awk $(2) > $$(@D)/$(notdir $(2))
	$$(Q)! cmp -s $(2) $$(@D)/$(notdir $(2))
	$$(Q)$(CC) $(EXPLORE_GRANTS_FLAGS) -o $$@ $(filter-out $(2),$(EXPLORE_GRANTS_TEST) $(EXPLORE_GRANTS_CODE)) $$(@D)/$(notdir $(2))
endef
$(eval $(call explore_grants_mistake,link,hv-impl/grant-track.c))
$(eval $(call explore_grants_mistake,halves,hv-impl/grant-track.c))
$(eval $(call explore_grants_mistake,reason,tests/explore-grants/scenarios.c))

.PHONY: check-explore-grants
check-explore-grants: $(EXPLORE_GRANTS)/explore $(patsubst %,$(EXPLORE_GRANTS)/%/explore,link halves reason)
	@tests/explore-grants/run.sh $(EXPLORE_GRANTS)
