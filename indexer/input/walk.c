#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bytes.h"

struct entry {
    const char *name; /* a folder's with '/' behind, so that sorting names sorts paths */
    mode_t type;
};

struct folder {
    struct arena arena;
    struct entry *entries;
    size_t count, capacity, hidden;
};

struct walking {
    const struct walk *walk;
    struct bytes path; /* zero-terminated */
    size_t root_size;  /* of the path, with its '/', before what is relative */
};

static enum status walk_into(struct walking *w, int fd);

static void add_entry(struct folder *folder, const char *name, mode_t type)
{
    if (folder->count == folder->capacity) {
        folder->capacity = folder->capacity * 2 + 64;
        folder->entries = arena_regrow(&folder->arena, folder->entries, folder->count,
                                       folder->capacity, sizeof *folder->entries);
    }
    size_t size = strlen(name);
    char *copy = arena_allocate(&folder->arena, size + 2, 1);
    if (!folder->entries || !copy)
        return;
    memcpy(copy, name, size);
    copy[size] = S_ISDIR(type) ? '/' : '\0';
    folder->entries[folder->count++] = (struct entry){copy, type};
}

static void read_entries(struct folder *folder, DIR *dir)
{
    for (struct dirent *e; (e = readdir(dir));) {
        struct stat about = {0};
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (e->d_name[0] == '.')
            folder->hidden++;
        else if (fstatat(dirfd(dir), e->d_name, &about, AT_SYMLINK_NOFOLLOW) == 0)
            add_entry(folder, e->d_name, about.st_mode);
        else
            add_entry(folder, e->d_name, 0);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

static const char *kind_of(mode_t type)
{
    if (S_ISLNK(type))
        return "a symbolic link in a folder is not followed";
    if (S_ISFIFO(type))
        return "a named pipe in a folder is not read";
    if (S_ISSOCK(type))
        return "a socket is not read";
    return "a device is not read";
}

static const char *path_of(struct walking *w)
{
    return (const char *)w->path.data;
}

static enum status left(struct walking *w, const char *reason, bool unreadable)
{
    return w->walk->left ? w->walk->left(w->walk->context, path_of(w), reason, unreadable)
                         : STATUS_OK;
}

static enum status left_for_errno(struct walking *w, int cause)
{
    char reason[200];
    snprintf(reason, sizeof reason, "cannot be opened: %s", strerror(cause));
    return left(w, reason, true);
}

static enum status visit_opened(struct walking *w, mode_t type, int fd)
{
    struct stat about;
    if (S_ISDIR(type))
        return walk_into(w, fd);
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode))
        return w->walk->file(w->walk->context, path_of(w), path_of(w) + w->root_size, fd);
    close(fd);
    return left(w, "not a regular file any more", true);
}

static enum status visit(struct walking *w, const struct entry *entry, int folder_fd)
{
    size_t before = w->path.size;
    enum status status;
    w->path.size--; /* its zero */
    bytes_append(&w->path, entry->name, strlen(entry->name) + 1);
    if (w->path.status != STATUS_OK)
        return w->path.status;
    if (entry->type && !S_ISREG(entry->type) && !S_ISDIR(entry->type))
        status = left(w, kind_of(entry->type), false);
    else {
        int fd = openat(folder_fd, entry->name,
                        O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
        status = fd < 0 ? left_for_errno(w, errno) : visit_opened(w, entry->type, fd);
    }
    w->path.size = before;
    w->path.data[before - 1] = '\0';
    return status;
}

static enum status report_hidden(struct walking *w, size_t count)
{
    char reason[100];
    snprintf(reason, sizeof reason, "%zu name%s beginning with a dot not read", count,
             count == 1 ? "" : "s");
    return count ? left(w, reason, false) : STATUS_OK;
}

/* w->path ends in '/'. Takes fd. */
static enum status walk_into(struct walking *w, int fd)
{
    struct folder folder = {0};
    DIR *dir = fdopendir(fd);
    if (!dir) {
        int cause = errno;
        close(fd);
        return left_for_errno(w, cause);
    }
    read_entries(&folder, dir);
    enum status status = folder.arena.status;
    if (status == STATUS_OK && folder.count)
        qsort(folder.entries, folder.count, sizeof *folder.entries, by_name);
    if (status == STATUS_OK)
        status = report_hidden(w, folder.hidden);
    for (size_t i = 0; status == STATUS_OK && i < folder.count; i++)
        status = visit(w, &folder.entries[i], fd);
    arena_release(&folder.arena);
    closedir(dir);
    return status;
}

enum status walk_folder(const struct walk *walk, const char *path, int fd)
{
    struct walking w = {.walk = walk};
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    bytes_append(&w.path, path, size);
    bytes_append(&w.path, "/", size > 1 || path[0] != '/' ? 1 : 0);
    w.root_size = w.path.size;
    bytes_append(&w.path, "", 1);
    enum status status = w.path.status;
    if (status == STATUS_OK)
        status = walk_into(&w, fd);
    else
        close(fd);
    bytes_release(&w.path);
    return status;
}
