/* SPDX-License-Identifier: MIT */
/* memory_op through stubs, dispatchers and handlers on the simulated machine. */
#include <string.h>

#include "scene.h"

static const struct {
    const char *name;
    void (*run)(void);
} parts[] = {
    { "reservation", test_reservation },
    { "exchange", test_exchange },
    { "physmap", test_physmap },
    { "kinds", test_kinds },
    { "info", test_info },
    { "pv", test_pv },
    { "life", test_life },
    { "paging", test_paging },
    { "between", test_between },
    { "given", test_given },
    { "race", test_race },
    { "twins", test_twins },
};

int main(int argc, char **argv)
{
    unsigned int i;

    scene_shift = PAGE_SHIFT;
    for ( i = 0; i < sizeof(parts) / sizeof(*parts); i++ )
        if ( argc < 2 || !strcmp(argv[1], parts[i].name) )
            parts[i].run();
    printf("memory: %u passed, %u failed, %u skipped\n", passed, failed, skipped);
    return failed != 0;
}
