# SPDX-License-Identifier: MIT
#
# How much work the compiler is, and how long it takes; and its dispatchers.
#   bench          instructions against tests/bench/ceilings, and milliseconds
#   check-bench    the instructions alone
#   bench-update   write down the instructions of now

##bench          how fast the compiler, make, dispatchers, the table and grants are; fails on too many instructions
BENCH := $(BUILD)/tests/bench

$(BENCH)/timer: tests/bench/timer.c
	@mkdir -p $(@D)
	$(call say,CC    $<)
	$(Q)$(CC) $(CFLAGS) -o $@ $<

.PHONY: bench check-bench bench-update
bench: all $(BENCH)/timer
	@tests/bench/run.sh all
	@tests/bench/grants/run.sh

check-bench: $(BUILD)/hcgen $(BUILD)/generated
	@tests/bench/run.sh check

bench-update: $(BUILD)/hcgen $(BUILD)/generated
	@tests/bench/run.sh update

##bench-plots    measure all rows of the table (half an hour), and plot them into docs/bench
.PHONY: bench-plots
bench-plots:
	@tests/bench/table/run.sh plots docs/bench
	@{ sed -n 1p docs/bench/table.tsv; echo "# make bench-plots"; tests/bench/grants/run.sh; } > docs/bench/grants.tsv
