# SPDX-License-Identifier: MIT
#
# Any bytes as an architecture or a flavour.
#   check-fuzz-yaml            run the seeds and every table of idl/ once
#   fuzz-yaml SECONDS=60       let libFuzzer look for more; needs clang-14

BUILD ?= build
FUZZ_CLANG ?= clang-14
FUZZ_CFLAGS ?= -std=gnu11 -O1 -g -Wall -Wextra -Wshadow -Wstrict-prototypes \
               -Wmissing-prototypes -Wwrite-strings -Werror
FUZZ_SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all
SECONDS ?= 60

FUZZ_YAML_SOURCES := tests/fuzz/fuzz-yaml.c $(wildcard codegen/base/*.c \
                     codegen/front/yaml*.c) codegen/model/arch.c codegen/model/model.c
FUZZ_YAML_HEADERS := $(wildcard codegen/base/*.h codegen/base/*.def \
                     codegen/front/yaml*.h codegen/model/*.h codegen/model/*.def)
FUZZ_YAML_SEEDS := $(wildcard tests/fuzz/yaml-seeds/*.yaml)
FUZZ_YAML_TABLES := $(wildcard idl/arch/*.yaml idl/flavour/*.yaml)

$(BUILD)/san/fuzz-yaml-once: $(FUZZ_YAML_SOURCES) $(FUZZ_YAML_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(FUZZ_CFLAGS) $(FUZZ_SANITIZE) -DSTANDALONE -o $@ \
	    $(filter %.c,$^) -lyaml

$(BUILD)/san/fuzz-yaml: $(FUZZ_YAML_SOURCES) $(FUZZ_YAML_HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_CLANG) $(FUZZ_CFLAGS) $(FUZZ_SANITIZE) -fsanitize=fuzzer -o $@ \
	    $(filter %.c,$^) -lyaml

.PHONY: check-fuzz-yaml fuzz-yaml
check-fuzz-yaml: $(BUILD)/san/fuzz-yaml-once
	@$< $(FUZZ_YAML_TABLES) $(FUZZ_YAML_SEEDS)

# What is found new stays below build/; the seeds are only read.
fuzz-yaml: $(BUILD)/san/fuzz-yaml
	@mkdir -p $(BUILD)/fuzz/yaml
	$< -max_total_time=$(SECONDS) -max_len=8192 -timeout=10 \
	    -dict=tests/fuzz/yaml.dict -artifact_prefix=$(BUILD)/fuzz/yaml- \
	    $(BUILD)/fuzz/yaml tests/fuzz/yaml-seeds idl/arch idl/flavour
