/* SPDX-License-Identifier: MIT */
/*
 * Grant tables, entered as guests do. Arguments: "rule NUMBER" or "bug NUMBER"
 * switches that off, or on, first: then this has to fail.
 */
#include <string.h>

#include "world.h"

int main(int argc, char **argv)
{
    if ( argc == 3 && !strcmp(argv[1], "rule") )
        hv_rule_off = atoi(argv[2]);
    else if ( argc == 3 && !strcmp(argv[1], "bug") )
        hv_bug = atoi(argv[2]);
    else if ( argc != 1 )
        return 2;
    setvbuf(stdout, NULL, _IOLBF, 0);
    test_map();
    test_unmap();
    test_copy();
    test_transfer();
    test_version();
    test_table();
    test_kill();
    test_race();
    return world_result();
}
