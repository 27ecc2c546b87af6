m4_divert(-1)
SPDX-License-Identifier: MIT

Structures as callers of another width have them, and what moves these to the
hypervisor's own and back.

m4_define(«h_file», «h_print(«$1»)»)

# ---- types --------------------------------------------------------------------

m4_define(«h_types», «/* SPDX-License-Identifier: MIT */
/*
 * Numbers as h_get(«$1», «arch») aligns them: not as h_get(«$1», «native») does.
 *
 * Generated from idl/arch/ by "make"; edit that, not this.
 */
#ifndef HD_COMPAT_H
#define HD_COMPAT_H

#include "hd.h"

h_each(«$1», «types», «h_print»)
#endif /* HD_COMPAT_H */
»)
m4_define(«h_aligned_type», «typedef h_get(«$1», «name») __attribute__((__aligned__(h_get(«$1», «align»)))) h_get(«$1», «prefix»)«»h_get(«$1», «name»);
»)

# ---- structures -----------------------------------------------------------------

m4_define(«h_structures», «/* SPDX-License-Identifier: MIT */
/*
 * h_get(«$1», «name»): structures of h_get(«$1», «arch») callers that h_get(«$1», «native») lays out in another way.
 *
 * Generated from idl/h_get(«$1», «source») by "make"; edit that, not this.
 */
#ifndef HD_«»h_get(«$1», «guard»)_COMPAT_H
#define HD_«»h_get(«$1», «guard»)_COMPAT_H

#include "hd-compat.h"
h_each(«$1», «structures», «h_print»)
h_each(«$1», «entries», «h_print»)
#endif /* HD_«»h_get(«$1», «guard»)_COMPAT_H */
»)

m4_define(«h_structure», «
h_get(«$1», «what») h_get(«$1», «prefix»)«»h_get(«$1», «tag») {
h_each(«$1», «members», «h_print»)};
typedef h_get(«$1», «what») h_get(«$1», «prefix»)«»h_get(«$1», «tag») h_get(«$1», «prefix»)«»h_get(«$1», «tag»)_t;
DEFINE_XEN_GUEST_HANDLE(h_get(«$1», «prefix»)«»h_get(«$1», «tag»)_t);
h_each(«$1», «get», «h_print»)h_each(«$1», «put», «h_print»)»)

m4_define(«h_type», «h_if(«$1», «const», «const »)h_if(«$1», «tagged», «h_get(«$1», «tagged») »)h_get(«$1», «type») h_if(«$1», «pointer», «*»)»)
m4_define(«h_length», «[h_if(«$1», «bits_of», «sizeof(h_get(«$1», «bits_of»)) * 8», «h_get(«$1», «text»)»)]»)
m4_define(«h_declarator», «h_get(«$1», «name»)h_each(«$1», «lengths», «h_length»)»)
m4_define(«h_field», «h_type(«$1»)h_join(«$1», «declarators», «h_declarator», «, »);
»)
m4_define(«h_nested», «h_get(«$1», «what») h_if(«$1», «tag», «h_get(«$1», «tag») »){
h_each(«$1», «members», «h_print»)} h_join(«$1», «declarators», «h_declarator», «, »);
»)

# ---- there and back -----------------------------------------------------------------

m4_define(«h_indices», «m4_ifelse(«$1», «0», «», «    unsigned int i«»m4_ifelse(m4_eval($1 > 1), «1», «, j»)«»m4_ifelse(m4_eval($1 > 2), «1», «, k»);

»)»)

m4_define(«h_get_way», «
static inline void h_get(«$1», «prefix»)get_«»h_get(«$1», «tag»)(h_get(«$1», «native») *to,
                       const h_get(«$1», «what») h_get(«$1», «prefix»)«»h_get(«$1», «tag») *from)
{
h_indices(h_get(«$1», «loops»))h_each(«$1», «body», «h_there»)}
»)
m4_define(«h_put_way», «
static inline int h_get(«$1», «prefix»)put_«»h_get(«$1», «tag»)(h_get(«$1», «what») h_get(«$1», «prefix»)«»h_get(«$1», «tag») *to,
                      const h_get(«$1», «native») *from)
{
h_indices(h_get(«$1», «loops»))h_each(«$1», «body», «h_back»)
    return 0;
}
»)

m4_define(«h_there», «m4_indir(«h_there_»h_get(«$1», «kind»), «$1»)»)
m4_define(«h_back», «m4_indir(«h_back_»h_get(«$1», «kind»), «$1»)»)

m4_define(«h_clear», «memset(to, 0, sizeof(*to));
»)
m4_define(«h_assign», «to->h_get(«$1», «path») = from->h_get(«$1», «path»);
»)
m4_define(«h_bytes», «memcpy(&to->h_get(«$1», «path»), &from->h_get(«$1», «path»), sizeof(to->h_get(«$1», «path»)));
»)
m4_define(«h_loop», «for ( h_get(«$1», «index») = 0; h_get(«$1», «index») < h_get(«$1», «count»); h_get(«$1», «index»)++ )
{
h_each(«$1», «body», «$2»)}
»)

m4_define(«h_there_clear», «h_clear(«$1»)»)
m4_define(«h_there_assign», «h_assign(«$1»)»)
m4_define(«h_there_bytes», «h_bytes(«$1»)»)
m4_define(«h_there_handle», «set_xen_guest_handle(to->h_get(«$1», «path»), (void *)(unsigned long)from->h_get(«$1», «path»));
»)
m4_define(«h_there_call», «h_get(«$1», «prefix»)get_«»h_get(«$1», «tag»)(&to->h_get(«$1», «path»), &from->h_get(«$1», «path»));
»)
m4_define(«h_there_loop», «h_loop(«$1», «h_there»)»)
m4_define(«h_there_choice», «h_each(«$1», «arms», «h_there_arm»)»)
m4_define(«h_there_arm», «h_arm(«$1», «h_there»)»)

m4_define(«h_back_clear», «h_clear(«$1»)»)
m4_define(«h_back_assign», «h_assign(«$1»)»)
m4_define(«h_back_bytes», «h_bytes(«$1»)»)
m4_define(«h_back_narrow», «h_assign(«$1»)if ( to->h_get(«$1», «path») != from->h_get(«$1», «path») )
    return -ERANGE;
»)
m4_define(«h_back_call», «if ( h_get(«$1», «prefix»)put_«»h_get(«$1», «tag»)(&to->h_get(«$1», «path»), &from->h_get(«$1», «path»)) )
    return -ERANGE;
»)
m4_define(«h_back_loop», «h_loop(«$1», «h_back»)»)
m4_define(«h_back_choice», «h_each(«$1», «arms», «h_back_arm»)»)
m4_define(«h_back_arm», «h_arm(«$1», «h_back»)»)

# ---- the member that the tag picks ------------------------------------------------------

m4_define(«h_arm», «h_if(«$1», «word», «h_get(«$1», «word») »)h_if(«$1», «alternatives», «if ( h_join(«$1», «alternatives», «h_is(«$1», «several», «1», «h_grouped», «h_all»)», « || ») )»)
h_if(«$1», «braces», «{
h_each(«$1», «body», «$2»)}
», «h_if(«$1», «body», «h_each(«$1», «body», «$2»)», «    /* None of it is moved. */;
»)»)»)
m4_define(«h_all», «h_join(«$1», «tests», «h_print», « && »)»)
m4_define(«h_grouped», «(h_all(«$1»))»)
m4_define(«h_test_bit», «from->h_get(«$1», «path») & h_get(«$1», «value»)»)
m4_define(«h_test_no_bit», «!(from->h_get(«$1», «path») & h_get(«$1», «value»))»)
m4_define(«h_test_equal», «from->h_get(«$1», «path») == h_get(«$1», «value»)»)
m4_define(«h_test_part», «(from->h_get(«$1», «path») >> h_get(«$1», «low») & h_get(«$1», «mask»)) == h_get(«$1», «value»)»)
m4_divert(0)m4_dnl
