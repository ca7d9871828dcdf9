#include "base/place.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

enum {
    MOST_LINKS = 40,
    STEM_MOST = 200, /* leaves room for ".PID.N.tmp" */
    STEM_KEPT = 160,
};

/* Follows one symbolic link. Returns whether there was one; errno tells why not. */
static bool follow_link(char path[PATH_MAX])
{
    char link[PATH_MAX];
    ssize_t n = readlink(path, link, sizeof link - 1);
    if (n < 0)
        return false;
    link[n] = '\0';
    char *slash = strrchr(path, '/');
    size_t folder = link[0] == '/' || !slash ? 0 : (size_t)(slash - path) + 1;
    if (folder + (size_t)n >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(path + folder, link, (size_t)n + 1);
    return true;
}

/* A link that points to nothing is followed as well: its target is what gets written. */
static int follow_links(char resolved[PATH_MAX], const char *path)
{
    size_t size = strlen(path);
    if (size >= PATH_MAX)
        return ENAMETOOLONG;
    memcpy(resolved, path, size + 1);
    for (int i = 0; i < MOST_LINKS; i++)
        if (!follow_link(resolved))
            return errno == EINVAL || errno == ENOENT ? 0 : errno;
    return ELOOP;
}

static void make_stem(struct place *place)
{
    size_t size = strlen(place->name);
    if (size <= STEM_MOST)
        snprintf(place->stem, sizeof place->stem, ".%.*s", STEM_MOST, place->name);
    else
        snprintf(place->stem, sizeof place->stem, ".%.*s-%016" PRIx64, STEM_KEPT, place->name,
                 hash_bytes(place->name, size));
}

static enum status open_folder(struct place *place, char resolved[PATH_MAX], const char *path,
                               struct error *error)
{
    char *slash = strrchr(resolved, '/');
    const char *name = slash ? slash + 1 : resolved;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return error_set(error, STATUS_INVALID, "cannot write '%s': it names a folder", path);
    if (strlen(name) > NAME_MAX)
        return error_set_errno(error, ENAMETOOLONG, "cannot write '%s'", path);
    strcpy(place->name, name);
    make_stem(place);
    if (slash)
        slash[1] = '\0';
    place->folder = open(slash ? resolved : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (place->folder < 0)
        return error_set_errno(error, errno, "cannot write '%s': cannot open its folder", path);
    return STATUS_OK;
}

enum status place_open(struct place *place, const char *path, struct error *error)
{
    char resolved[PATH_MAX];
    *place = (struct place){.folder = -1};
    int cause = follow_links(resolved, path);
    if (cause)
        return error_set_errno(error, cause, "cannot write '%s'", path);
    return open_folder(place, resolved, path, error);
}

void place_close(struct place *place)
{
    if (place->folder >= 0)
        close(place->folder);
    place->folder = -1;
}

/* An unnamed file is given its name through /proc, which a sandbox may hide. */
static bool can_be_named(int fd)
{
    char at[64];
    snprintf(at, sizeof at, "/proc/self/fd/%d", fd);
    return access(at, F_OK) == 0;
}

static void make_name(const struct place *place, unsigned number, char name[NAME_MAX + 1])
{
    if (number)
        snprintf(name, NAME_MAX + 1, "%.*s.%ld.%u.tmp", STEM_MOST + 1, place->stem, (long)getpid(),
                 number);
    else
        snprintf(name, NAME_MAX + 1, "%.*s.%ld.tmp", STEM_MOST + 1, place->stem, (long)getpid());
}

void place_output_name(const struct place *place, char name[NAME_MAX + 1])
{
    make_name(place, 0, name);
}

int place_create(const struct place *place, unsigned number, char name[NAME_MAX + 1])
{
    name[0] = '\0';
    int fd = openat(place->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    if (fd >= 0 && can_be_named(fd))
        return fd;
    if (fd >= 0)
        close(fd);
    else if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT && errno != EINVAL)
        return -1;
    make_name(place, number, name);
    return openat(place->folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

static void make_lock_name(const struct place *place, char name[NAME_MAX + 1])
{
    snprintf(name, NAME_MAX + 1, "%.*s.lock", STEM_MOST + 1, place->stem);
}

/* Whoever held the lock may have removed its file between our open and our flock. */
static bool still_named(const struct place *place, int lock, const char *name)
{
    struct stat held, named;
    return fstat(lock, &held) == 0 &&
           fstatat(place->folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

/* Where locks are unknown nobody holds one, and the file made for it goes. */
static int give_up_lock(const struct place *place, int lock, const char *name)
{
    int cause = errno;
    if (cause != EWOULDBLOCK)
        unlinkat(place->folder, name, 0);
    close(lock);
    errno = cause;
    return -1;
}

int place_lock(const struct place *place)
{
    char name[NAME_MAX + 1];
    make_lock_name(place, name);
    for (;;) {
        int lock = openat(place->folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (lock < 0)
            return -1;
        if (flock(lock, LOCK_EX | LOCK_NB) != 0)
            return give_up_lock(place, lock, name);
        if (still_named(place, lock, name))
            return lock;
        close(lock);
    }
}

void place_unlock(const struct place *place, int lock)
{
    char name[NAME_MAX + 1];
    if (lock < 0)
        return;
    make_lock_name(place, name);
    unlinkat(place->folder, name, 0);
    close(lock);
}

/* STEM, numbers with a dot before each, ".tmp". */
static bool is_leftover(const struct place *place, const char *name)
{
    size_t stem = strlen(place->stem), size = strlen(name), end = strlen(".tmp");
    if (size < stem + end || strncmp(name, place->stem, stem) != 0 ||
        strcmp(name + size - end, ".tmp") != 0)
        return false;
    if (name[stem] != '.')
        return false;
    for (size_t i = stem; i < size - end; i++)
        if (name[i] != '.' && !isdigit((unsigned char)name[i]))
            return false;
    return true;
}

void place_clear_leftovers(const struct place *place)
{
    int fd = openat(place->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    if (!folder) {
        if (fd >= 0)
            close(fd);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));)
        if (is_leftover(place, entry->d_name))
            unlinkat(place->folder, entry->d_name, 0);
    closedir(folder);
}
