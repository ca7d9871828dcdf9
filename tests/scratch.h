/* A folder of its own for one test, and whole files in it. Any failure ends the test program. */
#ifndef VERBATIM_TESTS_SCRATCH_H
#define VERBATIM_TESTS_SCRATCH_H

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct scratch {
    char folder[PATH_MAX / 4];
};

static inline void scratch_demand(bool good, const char *what)
{
    if (good)
        return;
    perror(what);
    exit(1);
}

static inline void scratch_open(struct scratch *scratch)
{
    const char *parent = getenv("TMPDIR");
    snprintf(scratch->folder, sizeof scratch->folder, "%s/verbatim-test-XXXXXX",
             parent ? parent : "/tmp");
    scratch_demand(mkdtemp(scratch->folder) != NULL, scratch->folder);
}

static inline int scratch_remove(const char *path, const struct stat *file, int kind,
                                 struct FTW *place)
{
    (void)file, (void)kind, (void)place;
    return remove(path);
}

static inline void scratch_close(struct scratch *scratch)
{
    nftw(scratch->folder, scratch_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* The path of a name in the folder; good until the fourth call from now. */
static inline const char *scratch_path(const struct scratch *scratch, const char *name)
{
    static char paths[4][PATH_MAX];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, PATH_MAX, "%s/%s", scratch->folder, name);
    return path;
}

static inline void scratch_put(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    scratch_demand(file && fwrite(data, 1, size, file) == size && fclose(file) == 0, path);
}

/* The whole file with a zero behind it, to be freed; NULL where there is none. */
static inline char *scratch_get(const char *path, size_t *size)
{
    struct stat known;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    scratch_demand(fstat(fileno(file), &known) == 0, path);
    char *data = calloc(1, (size_t)known.st_size + 1);
    scratch_demand(data && fread(data, 1, (size_t)known.st_size, file) == (size_t)known.st_size,
                   path);
    fclose(file);
    if (size)
        *size = (size_t)known.st_size;
    return data;
}

static inline bool scratch_holds(const char *path, const char *text)
{
    size_t size = 0;
    char *data = scratch_get(path, &size);
    bool same = data && size == strlen(text) && memcmp(data, text, size) == 0;
    free(data);
    return same;
}

/* How many entries the folder has, hidden ones too. */
static inline size_t scratch_count(const char *folder)
{
    size_t count = 0;
    DIR *open_folder = opendir(folder);
    scratch_demand(open_folder != NULL, folder);
    while (readdir(open_folder))
        count++;
    closedir(open_folder);
    return count - 2;
}

#endif
