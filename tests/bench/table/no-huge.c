/* SPDX-License-Identifier: MIT */
/* no-huge PROGRAM ARGUMENT...: runs it where no huge pages come. Gives its status. */
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if ( argc < 2 || prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0) )
        return 2;
    execv(argv[1], argv + 1);
    perror(argv[1]);
    return 2;
}
