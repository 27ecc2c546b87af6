# SPDX-License-Identifier: MIT
# Xen's security advisories: the recipe of each that concerns what is here. Takes the
# simulated machine from tests/machine. Offers check-advisories, and security-page, which
# writes the tables of docs/security.md. Outputs are under build/tests/advisories.

ADVISORIES := build/tests/advisories
ADVISORY_FILES := $(wildcard tests/advisories/*.c)

$(eval $(call machine_test,advisories,x86,$(ADVISORY_FILES)))
$(eval $(call machine_test,advisories,ia64,$(ADVISORY_FILES)))

.PHONY: check-advisories
check-advisories: $(MACHINE)/x86/advisories $(MACHINE)/ia64/advisories
	@tests/advisories/run.sh $(ADVISORIES) $(MACHINE)

##security-page  write the tables of docs/security.md anew, from tests/advisories
.PHONY: security-page
security-page:
	@tests/advisories/page.sh docs/security.md
