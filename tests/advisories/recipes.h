/* SPDX-License-Identifier: MIT */
/* The recipes of recipes.def, for each other's eyes. Needs actors.h. */
#ifndef RECIPES_H
#define RECIPES_H

#include <stdio.h>
#include <stdlib.h>

#include "actors.h"

#define RECIPE(name, who, what) void recipe_##name(void);
#include "recipes.def"
#undef RECIPE

/* Numbers that are edges of something. */
#define EDGES { 0, 1, 0x7fffffff, 0x80000000ull, 0xffffffffull, 1ull << 32, 1ull << 40, 1ull << 52, ~0ull }
#define each(i, array) (unsigned int i = 0; i < sizeof(array) / sizeof((array)[0]); i++)

#endif
