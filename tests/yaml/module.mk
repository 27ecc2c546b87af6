# SPDX-License-Identifier: MIT
# Descriptions in YAML: the same model, output and diagnostics as in the other
# notation, nothing lost between the two, and schemas that a validator which
# nobody here wrote agrees with.  Included by the top Makefile.
#   yaml-update  write what is said now into mistakes/*.err, and show the change

.PHONY: check-yaml yaml-update deps-yaml
check-yaml: build/hcgen
	@sh tests/yaml/run.sh

##yaml-update    the same for descriptions in YAML
yaml-update: build/hcgen
	@sh tests/yaml/mistakes.sh --update

deps-yaml:
	@scripts/deps.sh python3-jsonschema python3-yaml
