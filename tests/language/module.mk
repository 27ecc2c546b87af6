# SPDX-License-Identifier: MIT
# docs/LANGUAGE.md against the compiler as it is built: its table of places, its
# list of checks, its samples, its diagnostics. Included by the top Makefile.
# Outputs are under build/tests/language.

.PHONY: check-language
check-language: build/hcgen
	@sh tests/language/run.sh
