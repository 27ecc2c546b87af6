/* SPDX-License-Identifier: MIT */
/* Which call an operation is, and who makes it. */
#include <string.h>

#include "hv.h"
#include "machine.h"
#include "real.h"

void real_perform(const struct operation *op, unsigned int nr, struct outcome *out)
{
    static void (*const call[OPERATIONS])(const struct operation *, unsigned int,
                                          struct outcome *) = {
#define O(name, weight, elements, text) call_##name,
#include "operations.def"
#undef O
    };

    memset(out, 0, nr * sizeof(*out));
    machine_run_as(real_vcpu[op->caller]);
    call[op->kind](op, nr, out);
}
