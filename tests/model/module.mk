# SPDX-License-Identifier: MIT
#
# Unit tests with cmocka of codegen/model: layouts, the lock of the ABI.  Models
# come from descriptions in the tests, and from idl/.
#   check-model           run them under ASan and UBSan
#   check-model-valgrind  run them, built without sanitizers, under valgrind

MODEL_NAMES := $(patsubst tests/model/%_test.c,%,$(wildcard tests/model/*_test.c))
MODEL_PARTS := base/% front/% model/% parse.tab.o scan.lex.o
MODEL_SAN   := $(filter $(MODEL_PARTS:%=$(BUILD)/san/%),$(SAN_OBJECTS))
MODEL_PLAIN := $(filter $(MODEL_PARTS:%=$(BUILD)/obj/%),$(OBJECTS))
MODEL_TESTS := $(MODEL_NAMES:%=$(BUILD)/san/model-%)
MODEL_PLAIN_TESTS := $(MODEL_NAMES:%=$(BUILD)/plain/model-%)
MODEL_FILES := tests/model/model.c tests/model/model.h tests/model/facts.def \
               tests/unit/unit.h $(wildcard codegen/*/*.h)

$(MODEL_TESTS): $(BUILD)/san/model-%: tests/model/%_test.c $(MODEL_FILES) $(MODEL_SAN)
	$(CC) $(CFLAGS) -fsanitize=$(SAN) -fno-sanitize-recover=all -o $@ \
	    $(filter %.c %.o,$^) -lyaml -lcmocka

$(MODEL_PLAIN_TESTS): $(BUILD)/plain/model-%: tests/model/%_test.c $(MODEL_FILES) \
		$(MODEL_PLAIN)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $(filter %.c %.o,$^) -lyaml -lcmocka

.PHONY: check-model check-model-valgrind
check-model: $(MODEL_TESTS)
	@tests/unit/run.sh $(MODEL_TESTS) > $(BUILD)/san/model.log; status=$$?; \
	    sed '$$s/^unit:/model:/' $(BUILD)/san/model.log; exit $$status

check-model-valgrind: $(MODEL_PLAIN_TESTS)
	@UNIT_WRAPPER="valgrind --quiet --leak-check=full --error-exitcode=1" \
	    tests/unit/run.sh $(MODEL_PLAIN_TESTS)
