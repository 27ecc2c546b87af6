/* SPDX-License-Identifier: MIT */
/*
 * Where there is no libFuzzer.
 *
 * fuzz-ops FILE...                    each file is an input
 * fuzz-ops runs=N seed=N [left=FILE]  random inputs; the one at hand is in FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz-ops.h"

#define MOST_BYTES 4096

static uint8_t input[MOST_BYTES];

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t size;

    if ( !file )
    {
        perror(path);
        return 2;
    }
    size = fread(input, 1, sizeof(input), file);
    fclose(file);
    printf("Running: %s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(input, size);
    return 0;
}

static void keep(const char *path, size_t size)
{
    FILE *file = fopen(path, "wb");

    if ( file )
    {
        fwrite(input, 1, size, file);
        fclose(file);
    }
}

int main(int argc, char **argv)
{
    unsigned long long runs = 0, seed = 1, i;
    const char *left = NULL;
    size_t size, at;
    uint64_t dice;
    int arg;

    for ( arg = 1; arg < argc; arg++ )
        if ( !strncmp(argv[arg], "runs=", 5) )
            runs = strtoull(argv[arg] + 5, NULL, 0);
        else if ( !strncmp(argv[arg], "seed=", 5) )
            seed = strtoull(argv[arg] + 5, NULL, 0);
        else if ( !strncmp(argv[arg], "left=", 5) )
            left = argv[arg] + 5;
        else if ( run_file(argv[arg]) )
            return 2;
    dice = seed;
    for ( i = 0; i < runs; i++ )
    {
        size = random_next(&dice) % MOST_BYTES;
        for ( at = 0; at < size; at++ )
            input[at] = random_next(&dice) >> 24;
        if ( left )
            keep(left, size);
        LLVMFuzzerTestOneInput(input, size);
    }
    printf("Done %llu runs\n", runs);
    return 0;
}
