# SPDX-License-Identifier: MIT
# The command line, from outside.  Included by the top Makefile.
#   check-cli        run all tests; first see that they can fail
#   check-cli-twins  the latter alone

cli_src := tests/cli
cli_out := build/tests/cli

$(cli_out)/json: $(cli_src)/json.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -Wall -Wextra -Werror -o $@ $<

$(cli_out)/full.so: $(cli_src)/full.c
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC -o $@ $< -ldl

.PHONY: check-cli check-cli-twins
check-cli-twins: build/hcgen $(cli_out)/json $(cli_out)/full.so
	@sh $(cli_src)/twins.sh

check-cli: check-cli-twins
	@sh $(cli_src)/run.sh
