/* SPDX-License-Identifier: MIT */
/*
 * Questions to the tables of architectures and flavours.  Needs nothing but
 * them; gives arch.h.
 */
#include <string.h>

#include "arch.h"

const char *pair_value(const struct pair_list *list, const char *key)
{
    LIST_EACH(pair, list)
        if ( !strcmp(pair->key, key) )
            return pair->value;
    return NULL;
}

struct extent arch_base(const struct arch *arch, enum base_type base)
{
    return arch->base[base];
}

bool arch_provides(const struct arch *arch, const char *view)
{
    LIST_EACH(provided, &arch->provides)
        if ( !strcmp(*provided, view) )
            return true;
    return false;
}
