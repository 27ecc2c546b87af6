/* SPDX-License-Identifier: MIT */
/*
 * Grant tables, entered as guests do. Arguments: "rule NUMBER" or "bug NUMBER"
 * switches that off, or on, first: then this has to fail. "part NAME" runs that alone.
 */
#include <string.h>

#include "world.h"

static const struct {
    const char *name;
    void (*run)(void);
} parts[] = {
    { "map", test_map }, { "unmap", test_unmap }, { "copy", test_copy },
    { "transfer", test_transfer }, { "version", test_version }, { "table", test_table },
    { "long", test_long },
    { "kill", test_kill }, { "locks", test_locks }, { "ahead", test_ahead }, { "race", test_race },
};

int main(int argc, char **argv)
{
    const char *only = NULL;

    if ( argc == 3 && !strcmp(argv[1], "rule") )
        hv_rule_off = atoi(argv[2]);
    else if ( argc == 3 && !strcmp(argv[1], "bug") )
        hv_bug = atoi(argv[2]);
    else if ( argc == 3 && !strcmp(argv[1], "part") )
        only = argv[2];
    else if ( argc != 1 )
        return 2;
    world_start();
    setvbuf(stdout, NULL, _IOLBF, 0);
    for ( unsigned int i = 0; i < sizeof(parts) / sizeof(parts[0]); i++ )
        if ( !only || !strcmp(only, parts[i].name) )
            parts[i].run();
    return world_result();
}
