# SPDX-License-Identifier: MIT
# What README.md and docs/ say, done. Included by the top Makefile.
#   check-readme   outputs are under build/tests/readme

.PHONY: check-readme
check-readme: all
	@sh tests/readme/run.sh
