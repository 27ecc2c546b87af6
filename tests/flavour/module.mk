# SPDX-License-Identifier: MIT
# Headers of the other flavours, linux-6.1 and xen-4.1.  Included by the top
# Makefile.  What 'make deps-stubs' fetches, Debian's Linux headers, is the
# reference of the first; tests/flavour/xen-4.1.tsv that of the second.
#   check-flavour  uses GCC, CLANG, IA64_CC where they are set

.PHONY: check-flavour
check-flavour: build/hcgen
	sh tests/flavour/run.sh generated
