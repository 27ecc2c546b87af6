# SPDX-License-Identifier: MIT
# What README.md and docs/ say, done. Included by the top Makefile. Offers
#   deps-readme    fetch what it takes to build a module for Debian's Linux
#   check-readme   run the tutorial in a copy, look up every command, link, folder
# Outputs are under build/tests/readme and build/linux-kbuild.

.PHONY: deps-readme check-readme
deps-readme:
	@tests/readme/fetch-linux.sh build/linux-kbuild

check-readme: all
	@sh tests/readme/run.sh
