#include "open_collection.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "base/memory.h"
#include "search/searcher.h"

enum { FILES_MOST = 64 };

/* Parts "a,b" in its own memory; a file whose name holds the commas is that file. */
static size_t split_files(char *names, const char *paths[FILES_MOST])
{
    size_t count = 0;
    paths[count++] = names;
    if (access(names, F_OK) == 0)
        return count;
    for (char *at = names; (at = strchr(at, ',')) && count < FILES_MOST;) {
        *at++ = '\0';
        paths[count++] = at;
    }
    return count;
}

/* What the collection is called: the first file's name without folder and ending. */
static void name_of(const char *path, char name[256])
{
    const char *base = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    size_t n = strlen(base);
    if (n > 4 && strcmp(base + n - 4, ".vbt") == 0)
        n -= 4;
    snprintf(name, 256, "%.*s", (int)(n < 255 ? n : 255), base);
}

struct searcher *open_collection(const char *files)
{
    const char *paths[FILES_MOST];
    char name[256];
    struct error error = {0};
    char *names = memory_allocate(strlen(files) + 1);
    if (!names) {
        log_error("out of memory");
        return NULL;
    }
    strcpy(names, files);
    size_t count = split_files(names, paths);
    name_of(paths[0], name);
    struct searcher *searcher = searcher_open(name, paths, count, &error);
    if (!searcher)
        log_error("%s", error.text);
    memory_free(names);
    return searcher;
}
