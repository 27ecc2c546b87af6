/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets share.  Each defines LLVMFuzzerTestOneInput(); with
 * -DPLANTED it has bugs of its own, which the harness has to find.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../codegen/base/diag.h"

/* What must hold for every input, beyond what sanitizers see. */
#define EXPECT(condition)                                                   \
    do {                                                                    \
        if ( !(condition) )                                                 \
            fuzz_wrong(__FILE__, __LINE__, #condition);                     \
    } while ( 0 )

_Noreturn void fuzz_wrong(const char *file, int line, const char *what);

/* Every place lies within its source, and each source is one of these. */
void fuzz_messages(const struct diag *diag, struct source *const *sources,
                   size_t count);

/* A stream that is read by nobody. */
FILE *fuzz_nowhere(void);

/* With -DPLANTED: misbehave if a certain word is in the bytes. */
void fuzz_plant(const uint8_t *bytes, size_t size);
/* ... or if the name is "planted", which no seed has. */
void fuzz_plant_name(const char *name);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
