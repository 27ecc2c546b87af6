/* SPDX-License-Identifier: MIT */
/* Which rule is switched off. Needs rules.h. */
#include "rules.h"

#ifdef HV_RULES
unsigned int hv_rule_off, hv_rule_asked;
#endif
