/* SPDX-License-Identifier: MIT */
/* The closed lists of words.h and properties.def, and what is near to a word of theirs. */
#include <string.h>

#include "checks.h"

static const char *const properties[] = {
#define PROPERTY(name, of, group, side) #name,
#include "properties.def"
#undef PROPERTY
};
static const char *const errors[] = {
#define ERROR(name) #name,
    ERRORS
#undef ERROR
};
static const char *const quirks[] = {
#define QUIRK(name) #name,
    QUIRKS
#undef QUIRK
};
static const char *const kinds[] = {
#define DOMAIN_KIND(name) #name,
    DOMAIN_KINDS
#undef DOMAIN_KIND
};
static const char *const defaults[] = {
#define XSM_DEFAULT(name, about_domain) #name,
    XSM_DEFAULTS
#undef XSM_DEFAULT
};

static const struct { const char *const *at; size_t count; } lists[] = {
#define LIST_OF(words) { words, sizeof(words) / sizeof(*words) }
    [WORD_PROPERTY] = LIST_OF(properties), [WORD_ERROR] = LIST_OF(errors),
    [WORD_QUIRK] = LIST_OF(quirks), [WORD_DOMAIN_KIND] = LIST_OF(kinds),
    [WORD_XSM_DEFAULT] = LIST_OF(defaults),
#undef LIST_OF
};

int word_find(enum word_list list, const char *name)
{
    for ( size_t i = 0; i < lists[list].count; i++ )
        if ( lists[list].at[i][0] == name[0] && !strcmp(lists[list].at[i], name) )
            return (int)i;
    return -1;
}

const char *word_nearest(enum word_list list, const char *name)
{
    return text_nearest(name, lists[list].at, lists[list].count);
}

const char *word_all(struct arena *arena, enum word_list list)
{
    struct text text = { .arena = arena };

    for ( size_t i = 0; i < lists[list].count; i++ )
        text_format(&text, "%s%s", !i ? "" : i + 1 == lists[list].count ? " or " : ", ",
                    lists[list].at[i]);
    return text_string(&text);
}

enum property_subject property_subject(int property)
{
    static const enum property_subject subjects[] = {
#define PROPERTY(name, of, group, side) of,
#include "properties.def"
#undef PROPERTY
    };

    return subjects[property];
}

bool properties_exclude(int a, int b)
{
    static const struct { int group, side; } sides[] = {
#define PROPERTY(name, of, group, side) { group, side },
#include "properties.def"
#undef PROPERTY
    };

    return sides[a].group && sides[a].group == sides[b].group &&
           sides[a].side != sides[b].side;
}

bool xsm_default_needs_domain(int xsm_default)
{
    static const bool needs[] = {
#define XSM_DEFAULT(name, about_domain) about_domain,
        XSM_DEFAULTS
#undef XSM_DEFAULT
    };

    return needs[xsm_default];
}
