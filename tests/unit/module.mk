# SPDX-License-Identifier: MIT
#
# Unit tests with cmocka, with sanitizers and without.  Needs codegen/base and
# codegen/front/yaml*.c.
#   check-unit           run them under ASan and UBSan
#   check-unit-valgrind  run them, built without sanitizers, under valgrind
# NAME_test.c and test-NAME.c become unit-NAME and unit-test-NAME.  All are
# linked with codegen/base; UNIT_SOURCES_NAME says with what else below codegen/,
# UNIT_LINK_NAME with which libraries and options.

BUILD ?= build
UNIT_CC ?= $(CC)
UNIT_CFLAGS ?= -std=gnu11 -O2 -g -Wall -Wextra -Wshadow -Wstrict-prototypes \
               -Wmissing-prototypes -Wwrite-strings -Werror
UNIT_SANITIZE ?= -fsanitize=address,undefined -fno-sanitize-recover=all

UNIT_HEADERS := $(wildcard codegen/*/*.h codegen/*/*.def tests/unit/*.h)
UNIT_NAMES := $(sort $(patsubst tests/unit/%_test.c,%, \
                       $(wildcard tests/unit/*_test.c)) \
                     $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test-*.c)))
UNIT_SAN := $(UNIT_NAMES:%=$(BUILD)/san/unit-%)
UNIT_PLAIN := $(UNIT_NAMES:%=$(BUILD)/plain/unit-%)
# What run.sh has to say about broken.c.
UNIT_BROKEN := unit: 1 passed, 4 failed, 1 skipped

UNIT_BASE := $(wildcard codegen/base/*.c)
# Descriptions in YAML need the scanner, and are tested in tests/yaml.
UNIT_YAML := $(filter-out %/yaml-form.c %/yaml-idl.c %/yaml-idl-part.c %/yaml-idl-note.c, \
               $(wildcard codegen/front/yaml*.c)) codegen/model/arch.c
UNIT_SOURCES_test-yaml := $(UNIT_YAML)
UNIT_SOURCES_test-yaml-syntax := $(UNIT_YAML)
UNIT_SOURCES_test-yaml-tables := $(UNIT_YAML)
UNIT_LINK_test-yaml := -lyaml
UNIT_LINK_test-yaml-tables := -lyaml
UNIT_LINK_test-yaml-syntax := -lyaml
# What the tests of writing put themselves in the place of.
UNIT_LINK_write := -Wl,--wrap=write,--wrap=close,--wrap=rename,--wrap=fchmod

$(BUILD)/san/unit/%.o: codegen/%.c $(UNIT_HEADERS)
	@mkdir -p $(@D)
	$(UNIT_CC) $(UNIT_CFLAGS) $(UNIT_SANITIZE) -c -o $@ $<

$(BUILD)/plain/unit/%.o: codegen/%.c $(UNIT_HEADERS)
	@mkdir -p $(@D)
	$(UNIT_CC) $(UNIT_CFLAGS) -c -o $@ $<

# $(1): name, $(2): its file
define UNIT_TEST
$$(BUILD)/san/unit-$(1): $(2) $$(UNIT_HEADERS) \
    $$(patsubst codegen/%.c,$$(BUILD)/san/unit/%.o,$$(UNIT_BASE) $$(UNIT_SOURCES_$(1)))
	$$(UNIT_CC) $$(UNIT_CFLAGS) $$(UNIT_SANITIZE) -o $$@ $$(filter %.c %.o,$$^) \
	    $$(UNIT_LINK_$(1)) -lcmocka

$$(BUILD)/plain/unit-$(1): $(2) $$(UNIT_HEADERS) \
    $$(patsubst codegen/%.c,$$(BUILD)/plain/unit/%.o,$$(UNIT_BASE) $$(UNIT_SOURCES_$(1)))
	$$(UNIT_CC) $$(UNIT_CFLAGS) -o $$@ $$(filter %.c %.o,$$^) \
	    $$(UNIT_LINK_$(1)) -lcmocka
endef
$(foreach name,$(UNIT_NAMES),$(eval $(call UNIT_TEST,$(name),$(firstword \
    $(wildcard tests/unit/$(name)_test.c tests/unit/$(name).c)))))

$(BUILD)/san/unit-broken: tests/unit/broken.c tests/unit/unit.h \
    $(BUILD)/san/unit/base/arena.o
	$(UNIT_CC) $(UNIT_CFLAGS) $(UNIT_SANITIZE) -o $@ $(filter %.c %.o,$^) -lcmocka

.PHONY: check-unit check-unit-runner check-unit-valgrind
# The runner must see what is wrong before it is asked whether all is right.
check-unit-runner: $(BUILD)/san/unit-broken
	@if tests/unit/run.sh $< > $<.log 2>&1; then \
	    echo "tests/unit/run.sh: accepts what is broken"; exit 1; fi
	@if [ "$$(tail -n 1 $<.log)" != "$(UNIT_BROKEN)" ]; then \
	    cat $<.log; echo "tests/unit/run.sh: expected: $(UNIT_BROKEN)"; exit 1; fi

check-unit: check-unit-runner $(UNIT_SAN)
	@tests/unit/run.sh $(UNIT_SAN)

check-unit-valgrind: $(UNIT_PLAIN)
	@UNIT_WRAPPER="valgrind --quiet --leak-check=full --error-exitcode=1" \
	    tests/unit/run.sh $(UNIT_PLAIN)
