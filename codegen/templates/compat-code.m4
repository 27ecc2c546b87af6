m4_divert(-1)
SPDX-License-Identifier: MIT

Assertions about the structures of callers of another width.

m4_define(«h_file», «/* SPDX-License-Identifier: MIT */
/*
 * Where members lie, for h_get(«$1», «arch») callers of an h_get(«$1», «native») hypervisor.
 *
 * Generated from idl/ by "make"; edit that, not this.
 */
h_each(«$1», «interfaces», «h_include»)h_each(«$1», «interfaces», «h_interface»)»)

m4_define(«h_include», «#include "hd-«»h_get(«$1», «name»)-compat.h"
»)

m4_define(«h_interface», «
static void __maybe_unused h_get(«$1», «name»)_build_assertions(void)
{
h_join(«$1», «structures», «h_structure», «
»)}
»)
m4_define(«h_structure», «h_each(«$1», «rows», «h_print»)»)
m4_define(«h_assert_size», «    BUILD_BUG_ON(sizeof(h_get(«$1», «name»)) != h_get(«$1», «value»));
»)
m4_define(«h_assert_offset», «    BUILD_BUG_ON(offsetof(h_get(«$1», «name»), h_get(«$1», «field»)) != h_get(«$1», «value»));
»)
m4_define(«h_assert_field_size», «    BUILD_BUG_ON(sizeof(((h_get(«$1», «name») *)NULL)->h_get(«$1», «field»)) != h_get(«$1», «value»));
»)
m4_divert(0)m4_dnl
