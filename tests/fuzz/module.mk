# SPDX-License-Identifier: MIT
#
# Any bytes as descriptions, architectures, flavours; and descriptions from one
# notation to the other.  Needs clang-14.
#   fuzz SECONDS=60   look for new inputs, so long for each target, in build/fuzz
#   check-fuzz        all seeds, a short search that is the same each time, and
#                     what is planted must be found

##fuzz           look for inputs that break the compiler, and for calls that break the hypervisor; SECONDS=60 for each kind
FUZZ_TARGETS := idl yaml form
SECONDS ?= 60

FUZZ_OBJ := $(BUILD)/san/fuzz
FUZZ_CFLAGS := $(CFLAGS) -O1 -fno-omit-frame-pointer \
               -fsanitize=fuzzer-no-link,address,undefined \
               -fno-sanitize-recover=all $(HCGEN_FLAGS)
FUZZ_CODE := $(filter-out $(BUILD)/obj/main.o,$(OBJECTS))
FUZZ_CODE := $(FUZZ_CODE:$(BUILD)/obj/%=$(FUZZ_OBJ)/%)
FUZZ_NEEDED := $(FUZZ_TARGETS:%=$(FUZZ_OBJ)/fuzz-%) \
               $(FUZZ_TARGETS:%=$(FUZZ_OBJ)/planted-%) \
               $(FUZZ_TARGETS:%=$(FUZZ_OBJ)/%.dict)

# The warnings are those of gcc, which has given them already.
$(FUZZ_OBJ)/%.o: codegen/%.c $(BUILD)/obj/parse.tab.h
	@mkdir -p $(@D)
	@scripts/need $(CLANG) clang-14
	$(call say,CLANG $<)
	$(Q)$(CLANG) $(FUZZ_CFLAGS) -w -MMD -MP -c -o $@ $<

$(FUZZ_OBJ)/parse.tab.o $(FUZZ_OBJ)/scan.lex.o: $(FUZZ_OBJ)/%.o: \
    $(BUILD)/obj/%.c $(BUILD)/obj/parse.tab.h
	@mkdir -p $(@D)
	$(call say,CLANG $<)
	$(Q)$(CLANG) $(FUZZ_CFLAGS) -w -MMD -MP -c -o $@ $<

# An archive: each target gets only what it calls, and counts only that.
$(FUZZ_OBJ)/codegen.a: $(FUZZ_CODE)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(FUZZ_OBJ)/tests/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	$(call say,CLANG $<)
	$(Q)$(CLANG) $(FUZZ_CFLAGS) -MMD -MP -c -o $@ $<

$(FUZZ_OBJ)/planted/%.o: tests/fuzz/%.c
	@mkdir -p $(@D)
	$(call say,CLANG $<)
	$(Q)$(CLANG) $(FUZZ_CFLAGS) -DPLANTED -MMD -MP -c -o $@ $<

FUZZ_LINK = $(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $^ -lyaml

$(FUZZ_OBJ)/fuzz-%: $(FUZZ_OBJ)/tests/fuzz-%.o $(FUZZ_OBJ)/tests/fuzz.o \
    $(FUZZ_OBJ)/tests/mutate.o \
    $(FUZZ_OBJ)/codegen.a
	$(call say,LD    $@)
	$(Q)$(FUZZ_LINK)

$(FUZZ_OBJ)/planted-%: $(FUZZ_OBJ)/planted/fuzz-%.o $(FUZZ_OBJ)/planted/fuzz.o \
    $(FUZZ_OBJ)/tests/mutate.o \
    $(FUZZ_OBJ)/codegen.a
	$(call say,LD    $@)
	$(Q)$(FUZZ_LINK)

$(FUZZ_OBJ)/idl.dict: tests/fuzz/dictionary.awk codegen/front/keywords.def \
    codegen/model/base-types.def codegen/model/words.h
	@mkdir -p $(@D)
	$(Q)awk -f $^ > $@

$(FUZZ_OBJ)/form.dict: codegen/front/forms.def codegen/front/yaml-form.c $(FUZZ_OBJ)/idl.dict
	@mkdir -p $(@D)
	$(Q)grep -ohE '"[a-z -]+"' codegen/front/forms.def codegen/front/yaml-form.c | \
	    sort -u | cat - $(FUZZ_OBJ)/idl.dict > $@

$(FUZZ_OBJ)/yaml.dict: tests/fuzz/yaml.dict
	@mkdir -p $(@D)
	$(Q)cp $< $@

-include $(FUZZ_CODE:.o=.d) $(wildcard $(FUZZ_OBJ)/tests/*.d $(FUZZ_OBJ)/planted/*.d)
.SECONDARY: $(foreach name,fuzz mutate $(FUZZ_TARGETS:%=fuzz-%),\
              $(FUZZ_OBJ)/tests/$(name).o $(FUZZ_OBJ)/planted/$(name).o)

.PHONY: fuzz check-fuzz
fuzz: $(FUZZ_NEEDED) build/hcgen
	@tests/fuzz/run.sh search $(SECONDS) $(FUZZ_TARGETS)

check-fuzz: $(FUZZ_NEEDED) build/hcgen
	@tests/fuzz/run.sh check $(FUZZ_TARGETS)
