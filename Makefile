# SPDX-License-Identifier: MIT
# make help says what there is to do.

MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

BUILD  := build
CC     ?= gcc
CC     := $(if $(filter cc,$(CC)),gcc,$(CC))
CLANG  ?= clang-14
LD     := ld
IA64_CC ?= $(CURDIR)/$(BUILD)/ia64-gcc/bin/ia64-linux-gnu-gcc
SAN    ?= address,undefined
export IA64_CC CLANG

CFLAGS := -std=gnu11 -O2 -g -D_GNU_SOURCE -Wall -Wextra -Wshadow \
          -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Werror
HCGEN_FLAGS := -DHCGEN_HOME='"$(CURDIR)"' -iquote codegen/front -iquote $(BUILD)/obj

# make V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

# What 'make -j deps all' builds has to wait for what it needs.
AFTER_DEPS := $(filter deps,$(MAKECMDGOALS))

##all            build the compiler, and with it everything in generated/
all: | $(AFTER_DEPS)
	+@$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc)) made

# As many jobs as there are processors, unless -j says otherwise.
.PHONY: made
made: $(BUILD)/hcgen $(BUILD)/generated
	@:

# ---- the compiler -------------------------------------------------------------

SOURCES := $(wildcard codegen/*.c codegen/base/*.c codegen/front/*.c \
                      codegen/model/*.c codegen/back/*.c)
MADE    := $(BUILD)/obj/parse.tab.c $(BUILD)/obj/scan.lex.c
OBJECTS := $(SOURCES:codegen/%.c=$(BUILD)/obj/%.o) $(MADE:.c=.o)

$(BUILD)/hcgen: $(OBJECTS)
	$(call say,LD    $@)
	$(Q)$(CC) $(CFLAGS) -pthread -o $@ $^ -lyaml

$(BUILD)/obj/%.o: codegen/%.c $(BUILD)/obj/parse.tab.h | $(AFTER_DEPS)
	@mkdir -p $(@D)
	$(call say,CC    $<)
	$(Q)$(CC) $(CFLAGS) $(HCGEN_FLAGS) -MMD -MP -c -o $@ $<

$(MADE:.c=.o): $(BUILD)/obj/%.o: $(BUILD)/obj/%.c $(BUILD)/obj/parse.tab.h
	$(call say,CC    $<)
	$(Q)$(CC) $(CFLAGS) $(HCGEN_FLAGS) -Wno-unused-function -MMD -MP -c -o $@ $<

$(BUILD)/obj/parse.tab.c $(BUILD)/obj/parse.tab.h &: codegen/front/parse.y | $(AFTER_DEPS)
	@mkdir -p $(@D)
	@scripts/need bison bison
	$(call say,BISON $<)
	$(Q)bison -Wall -Werror -d -o $(BUILD)/obj/parse.tab.c $<

$(BUILD)/obj/scan.lex.c: codegen/front/scan.l $(BUILD)/obj/parse.tab.h | $(AFTER_DEPS)
	@scripts/need flex flex
	$(call say,FLEX  $<)
	$(Q)flex -o $@ $<

-include $(OBJECTS:.o=.d)

# ---- what it makes --------------------------------------------------------------

DESCRIPTIONS := $(wildcard idl/*.idl idl/arch/*.yaml idl/flavour/*.yaml)
TEMPLATES    := $(wildcard codegen/templates/*.m4)

$(BUILD)/generated: $(BUILD)/hcgen $(DESCRIPTIONS) $(TEMPLATES) .clang-format
	@scripts/need m4 m4 clang-format-14 clang-format-14
	$(call say,GEN   generated)
	$(Q)$(BUILD)/hcgen gen idl --output generated
	@touch $@

# The same with sanitizers, for tests.
SAN_OBJECTS := $(OBJECTS:$(BUILD)/obj/%=$(BUILD)/san/%)

$(BUILD)/san/hcgen: $(SAN_OBJECTS)
	$(call say,LD    $@)
	$(Q)$(CC) $(CFLAGS) -fsanitize=$(SAN) -pthread -o $@ $^ -lyaml

$(BUILD)/san/%.o: codegen/%.c $(BUILD)/obj/parse.tab.h
	@mkdir -p $(@D)
	$(call say,CC    $<)
	$(Q)$(CC) $(CFLAGS) $(HCGEN_FLAGS) -fsanitize=$(SAN) -fno-sanitize-recover=all -MMD -MP -c -o $@ $<

$(BUILD)/san/parse.tab.o $(BUILD)/san/scan.lex.o: $(BUILD)/san/%.o: $(BUILD)/obj/%.c
	@mkdir -p $(@D)
	$(call say,CC    $<)
	$(Q)$(CC) $(CFLAGS) $(HCGEN_FLAGS) -fsanitize=$(SAN) -fno-sanitize-recover=all -Wno-unused-function -MMD -MP -c -o $@ $<

-include $(SAN_OBJECTS:.o=.d)

# ---- tests -----------------------------------------------------------------------

# check-NAME of each ends with "NAME: N passed, N failed, N skipped".
CHECKS := $(patsubst tests/%/module.mk,%,$(wildcard tests/*/module.mk))
FIRST_CHECKS := $(filter unit golden cli,$(CHECKS))
# What has threads, for SAN=thread.
THREAD_CHECKS := machine table grants memory pmtops flows advisories stress
CHECK_ORDER := $(if $(filter thread,$(SAN)),$(filter $(THREAD_CHECKS),$(CHECKS)),generated lint $(FIRST_CHECKS) $(filter-out $(FIRST_CHECKS),$(CHECKS)) \
               unit-valgrind model-valgrind)

# What only tests want to know is asked only for them: 'make' is to be quick.
PROBES := $(filter check-% dispatch-built,$(MAKECMDGOALS))

# Others build their programs with the machine.
include tests/machine/module.mk $(filter-out tests/machine/module.mk,$(wildcard tests/*/module.mk))
include tests/trees/trees.mk

##check          run all tests, with SAN=thread those with threads; check-NAME runs one: $(CHECK_ORDER)
.PHONY: check
check: all
	@scripts/check.sh $(CHECK_ORDER)

.PHONY: check-generated
check-generated: $(BUILD)/hcgen
	@scripts/check-generated.sh

##lint           look at the source: house rules that a program can check
.PHONY: lint check-lint
lint check-lint: $(BUILD)/hcgen
	@scripts/lint.sh

# ---- reports ------------------------------------------------------------------------

##diff           what differs between ia64 and x86, and why; side by side in build/diff.html
.PHONY: diff
diff: all
	@scripts/arch-diff.sh ia64 x86

##review         what the descriptions here change, against those of commit BASE (HEAD)
BASE ?= HEAD
.PHONY: review
review: $(BUILD)/hcgen
	@rm -rf $(BUILD)/review && mkdir -p $(BUILD)/review
	@git archive $(BASE) idl | tar -x -C $(BUILD)/review
	@$(BUILD)/hcgen diff $(BUILD)/review/idl idl

# ---- everything around -----------------------------------------------------------------

##deps           install what is needed, fetch what is fetched; safe to repeat
.PHONY: deps
deps:
	@scripts/deps.sh
	@# One after the other: the later ones use what the earlier ones fetched.
	@for target in $(filter deps-%,$(DEPS_TARGETS)); do \
	    $(MAKE) --no-print-directory $$target || exit 1; done

DEPS_TARGETS = $(shell sed -n 's/^\(deps-[a-z0-9]*\):.*/\1/p' tests/*/module.mk | sort -r)

##ia64-gcc       build the ia64 cross compiler from Debian's gcc source (15 minutes)
.PHONY: ia64-gcc
ia64-gcc:
	@scripts/deps.sh build-essential libgmp-dev libmpfr-dev libmpc-dev
	@scripts/build-ia64-gcc.sh $(BUILD)/ia64-gcc $(BUILD)/ia64-gcc-work

##install        put the compiler and its tables below PREFIX (/usr/local)
PREFIX ?= /usr/local
.PHONY: install
install: all
	@FINAL_PREFIX=$(PREFIX) scripts/install.sh $(BUILD) $(DESTDIR)$(PREFIX)

##clean          remove everything that was built (not what was fetched)
.PHONY: clean
clean:
	@find $(BUILD) -mindepth 1 -maxdepth 1 $(KEEP:%=! -name %) -exec rm -rf {} +
	@find $(BUILD)/xen -mindepth 1 -maxdepth 1 ! -name xen ! -name package -exec rm -rf {} + 2>/dev/null || true

# What was fetched, or takes a quarter of an hour.
KEEP := ia64-gcc ia64-gcc-work linux-headers linux-kbuild xen trees

##help           this list
.PHONY: help all
help:
	@sed -n 's/^##\([a-z0-9-]*\)  */  \1\t/p' Makefile tests/*/*.mk | \
	    sed 's/$$(CHECK_ORDER)/$(CHECK_ORDER)/' | expand -t 18
