# SPDX-License-Identifier: MIT
# Mutations of the descriptions: what each changes in what is generated.
#   check-mutate       a sample of each kind, and compilers that must not pass
#   check-mutate-all   every one that is found: thousands, for minutes

mutate_src := tests/mutate
mutate_out := $(BUILD)/tests/mutate
mutate_base := $(patsubst %,codegen/base/%.c,arena text map)

$(mutate_out)/mutate: $(filter-out %/stand-in.c,$(wildcard $(mutate_src)/*.c)) $(mutate_base) \
    $(wildcard $(mutate_src)/*.h codegen/base/*.h)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $(filter %.c,$^)

$(mutate_out)/stand-in: $(mutate_src)/stand-in.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $<

.PHONY: check-mutate check-mutate-all
check-mutate check-mutate-all: $(BUILD)/hcgen $(mutate_out)/mutate $(mutate_out)/stand-in
	@$(mutate_src)/run.sh $(BUILD)/hcgen idl $(mutate_out) $(mutate_out)/run \
	    $(if $(filter %-all,$@),--all)
