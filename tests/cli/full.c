/* SPDX-License-Identifier: MIT */
/*
 * A disk that becomes full: preloaded, this lets FULL_BYTES bytes into regular
 * files, all together, and then says ENOSPC.
 */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static long room = -1;

ssize_t write(int file, const void *bytes, size_t length)
{
    ssize_t (*real)(int, const void *, size_t) =
        (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *told = getenv("FULL_BYTES");
    struct stat status;

    if ( !told || fstat(file, &status) || !S_ISREG(status.st_mode) )
        return real(file, bytes, length);
    if ( room < 0 )
        room = atol(told);
    if ( !room )
    {
        errno = ENOSPC;
        return -1;
    }
    if ( length > (size_t)room )
        length = (size_t)room;
    room -= (long)length;
    return real(file, bytes, length);
}
