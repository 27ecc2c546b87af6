# SPDX-License-Identifier: MIT
# Guest stubs and layout assertions, compiled, compared and run. Included by the
# top Makefile. Offers
#   deps-stubs    fetch Debian's Linux headers, to compare with
#   check-stubs   uses GCC, CLANG, IA64_CC, IA64_OBJDUMP, XEN_HEADERS where they are set
# Outputs are under build/tests/stubs; what is fetched, in build/linux-headers.

.PHONY: deps-stubs check-stubs
deps-stubs:
	sh tests/stubs/fetch-linux.sh build/linux-headers

check-stubs:
	sh tests/stubs/run.sh generated
