# SPDX-License-Identifier: MIT
# Diagnostics, word for word.  Included by the top Makefile.
#   check-golden   compare; first see that the comparison can fail
#   golden-update  write what is said now, and show what changed

##golden-update  write what diagnostics say now into the tests, and show the change
.PHONY: check-golden golden-update
check-golden: build/hcgen
	@sh tests/golden/twins.sh
	@sh tests/golden/run.sh

golden-update: build/hcgen
	@sh tests/golden/run.sh --update
