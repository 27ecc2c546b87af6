# SPDX-License-Identifier: MIT
# Bytes as calls: see fuzz-ops.h. Offers
#   check-fuzz-ops   seeds, random inputs that are the same each time, both profiles,
#                    and planted mistakes and leaks are found
#   fuzz-ops         a search with libFuzzer, SECONDS long; part of fuzz
# Takes the machine from tests/machine, and domains from tests/naive.

FUZZ_OPS_SHARED  := $(filter-out tests/naive/main.c tests/naive/shrink.c tests/naive/run.c,\
                      $(wildcard tests/naive/*.c))
FUZZ_OPS_SOURCES := $(sort $(wildcard tests/fuzz-ops/*.c) $(FUZZ_OPS_SHARED))

$(eval $(call machine_test,fuzz-ops,x86,$(FUZZ_OPS_SOURCES)))
$(eval $(call machine_test,fuzz-ops,ia64,$(FUZZ_OPS_SOURCES)))

.PHONY: check-fuzz-ops fuzz-ops
check-fuzz-ops: $(MACHINE)/x86/fuzz-ops $(MACHINE)/ia64/fuzz-ops
	@tests/fuzz-ops/run.sh check $(MACHINE)

# libFuzzer brings its own main.
FUZZ_OPS_LIB := $(MB)/clang-fuzzer-no-link-address-undefined
FUZZ_OPS_SAN := fuzzer-no-link,address,undefined

fuzz: fuzz-ops
fuzz-ops:
	@scripts/need $(CLANG) clang-14
	@+$(MAKE) --no-print-directory MB=$(MB)/clang SAN=$(FUZZ_OPS_SAN) MACHINE_CC=$(CLANG) MACHINE_WARN=-w \
	    $(FUZZ_OPS_LIB)/x86/fuzz-ops-search $(FUZZ_OPS_LIB)/ia64/fuzz-ops-search
	@tests/fuzz-ops/run.sh search $(FUZZ_OPS_LIB) $(SECONDS)

FUZZ_OPS_OBJECTS := $(filter-out tests/fuzz-ops/driver.c,$(FUZZ_OPS_SOURCES))
$(MACHINE)/%/fuzz-ops-search: $(MACHINE)/%/fuzz-ops
	$(Q)$(MACHINE_CC) -pthread -fsanitize=fuzzer,address,undefined -o $@ \
	    $(FUZZ_OPS_OBJECTS:%.c=$(MACHINE)/$*/%.o) $(MACHINE)/$*/libmachine.a
