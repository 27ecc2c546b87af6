# SPDX-License-Identifier: MIT
# Generated public headers against libxen-dev's.  Included by the top Makefile.
#   make check-headers        uses IA64_CC, CLANG, XEN_HEADERS where they are set

headers_src  := tests/headers
headers_out  := build/tests/headers
headers_x86  := generated/x86/xen-4.17/include/public
headers_ia64 := generated/ia64/xen-4.17/include/public
headers_flags := -std=gnu11 -O2 -Wall -Wextra -Werror

$(headers_out)/compare: $(addprefix $(headers_src)/, compare.c differ.c \
                          items.c texts.c views.c)
$(headers_out)/probe: $(addprefix $(headers_src)/, probe.c items.c views.c)
$(headers_out)/compare $(headers_out)/probe: $(wildcard $(headers_src)/*.h)
	@mkdir -p $(@D)
	$(CC) $(headers_flags) -o $@ $(filter %.c,$^)

.PHONY: check-headers
check-headers: $(headers_out)/compare $(headers_out)/probe
	sh $(headers_src)/run.sh $(headers_x86) $(headers_ia64) \
	    generated/x86/guest
