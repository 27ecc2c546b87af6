/* SPDX-License-Identifier: MIT */
#include "commands.h"
void dump_json(const struct model *model, FILE *stream)
{ (void)model; (void)stream; }
