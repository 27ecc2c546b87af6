/* SPDX-License-Identifier: MIT */
/*
 * Files, written whole or not at all, and folders.  Needs arena; gives file.h
 * but for file_filter.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "text.h"

static const char *error_text(struct arena *arena)
{
    return arena_string(arena, strerror(errno));
}

bool file_is_folder(const char *path)
{
    struct stat status;

    return !stat(path, &status) && S_ISDIR(status.st_mode);
}

bool file_exists(const char *path)
{
    struct stat status;

    return !stat(path, &status);
}

/* Make every folder on the way to path. */
static const char *make_folders(struct arena *arena, const char *path)
{
    char *folder = arena_string(arena, path);
    int error;

    for ( char *slash = folder + 1; *folder && (slash = strchr(slash, '/'));
          slash++ )
    {
        *slash = '\0';
        if ( mkdir(folder, 0777) )
        {
            error = errno;
            if ( !file_is_folder(folder) )
                return arena_format(arena, "cannot make the folder %s: %s",
                                    folder, strerror(error));
        }
        *slash = '/';
    }
    return NULL;
}

/* Does the open file hold exactly these bytes? */
static bool holds(int file, const char *bytes, size_t length)
{
    char piece[8192];
    size_t done = 0;
    ssize_t got;

    while ( (got = read(file, piece, sizeof(piece))) )
    {
        if ( got < 0 && errno == EINTR )
            continue;
        if ( got < 0 || (size_t)got > length - done ||
             memcmp(piece, bytes + done, (size_t)got) )
            return false;
        done += (size_t)got;
    }
    return done == length;
}

static bool is_same(const char *path, const char *bytes, size_t length,
                    struct stat *old)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool same;

    if ( file < 0 )
        return false;
    same = !fstat(file, old) && S_ISREG(old->st_mode) &&
           old->st_size == (off_t)length && holds(file, bytes, length);
    close(file);
    return same;
}

/* A new file in the same folder, so that rename cannot cross a border. */
static int open_beside(struct arena *arena, const char *path, char **name)
{
    int file = -1;

    for ( int i = 0; i < 100 && file < 0; i++ )
    {
        *name = arena_format(arena, "%s.%ld-%d.tmp", path, (long)getpid(), i);
        file = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if ( file < 0 && errno != EEXIST )
            break;
    }
    return file;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    ssize_t done;

    while ( length )
    {
        done = write(file, bytes, length);
        if ( done < 0 && errno == EINTR )
            continue;
        if ( done < 0 )
            return false;
        bytes += done;
        length -= (size_t)done;
    }
    return true;
}

/* The mode of the file that is replaced; 0 if there was none. */
static bool fill(int file, const char *bytes, size_t length, mode_t mode)
{
    bool good = write_all(file, bytes, length) &&
                (!mode || !fchmod(file, mode & 07777));
    int error = errno;

    /* A full disk over a network may be noticed here only. */
    if ( close(file) && good )
        return false;
    errno = error;
    return good;
}

/* Written and closed beside the old file, under the name in staged. */
static const char *stage(struct arena *arena, const char *bytes, size_t length,
                         mode_t mode, struct file_staged *staged)
{
    const char *why = NULL;
    char *name;
    int file = open_beside(arena, staged->path, &name);

    if ( file < 0 )
        return error_text(arena);
    if ( fill(file, bytes, length, mode) )
    {
        staged->temporary = name;
        return NULL;
    }
    why = error_text(arena);
    unlink(name);
    return why;
}

const char *file_stage(struct arena *arena, const char *path, const char *bytes,
                       size_t length, struct file_staged *staged)
{
    /* A limit on file sizes shall be an error like others, not a signal. */
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    struct stat old = { .st_mode = 0 };
    const char *why;

    *staged = (struct file_staged){ .path = path };
    if ( is_same(path, bytes, length, &old) )
        return NULL;
    why = make_folders(arena, path);
    if ( why )
        return why;
    if ( file_is_folder(path) )
    {
        errno = EISDIR;
        return error_text(arena);
    }
    sigaction(SIGXFSZ, &ignore, &before);
    why = stage(arena, bytes, length, S_ISREG(old.st_mode) ? old.st_mode : 0,
                staged);
    sigaction(SIGXFSZ, &before, NULL);
    return why;
}

const char *file_commit(struct arena *arena, const struct file_staged *staged)
{
    const char *why;

    if ( !staged->temporary || !rename(staged->temporary, staged->path) )
        return NULL;
    why = error_text(arena);
    unlink(staged->temporary);
    return why;
}

void file_abandon(const struct file_staged *staged)
{
    if ( staged->temporary )
        unlink(staged->temporary);
}

const char *file_write(struct arena *arena, const char *path, const char *bytes,
                       size_t length, bool *changed)
{
    struct file_staged staged;
    const char *why = file_stage(arena, path, bytes, length, &staged);

    if ( !why )
        why = file_commit(arena, &staged);
    *changed = !why && staged.temporary;
    return why;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Editors keep their own files in hidden ones, with any suffix. */
static bool is_wanted(const char *name, const char *suffix)
{
    return name[0] != '.' && text_ends(name, suffix);
}

const char *file_list(struct arena *arena, const char *folder,
                      const char *suffix, struct path_list *list)
{
    DIR *entries = opendir(folder);
    const char *slash = text_ends(folder, "/") ? "" : "/";
    const char *why = NULL, *path;
    struct dirent *entry;
    size_t first = list->count;

    if ( !entries )
        return error_text(arena);
    while ( errno = 0, (entry = readdir(entries)) )
    {
        if ( !is_wanted(entry->d_name, suffix) )
            continue;
        path = arena_format(arena, "%s%s%s", folder, slash, entry->d_name);
        if ( !file_is_folder(path) )
            *LIST_ADD(arena, list) = path;
    }
    if ( errno )
        why = error_text(arena);
    closedir(entries);
    if ( list->count > first )
        qsort(list->at + first, list->count - first, sizeof(*list->at),
              compare_paths);
    return why;
}
