#include "input/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/archive.h"
#include "input/disk.h"
#include "input/reader.h"
#include "input/unwrap.h"
#include "input/walk.h"

static enum status read_fd(struct intake *intake, const char *name, const char *id, int fd)
{
    struct source source = {0};
    enum status status = STATUS_OK;
    if (disk_open(intake, fd, &source))
        status = unwrap(intake, &source, name, slice_of_string(id), 0);
    else
        status = error_set(intake->error, STATUS_NO_MEMORY, "out of memory");
    source_close(&source);
    return status;
}

static enum status read_walked(void *context, const char *path, const char *relative, int fd)
{
    return read_fd(context, path, relative, fd);
}

static enum status report_left(void *context, const char *path, const char *reason, bool unreadable)
{
    struct intake *intake = context;
    if (unreadable)
        return intake_skip(intake, path, 0, "%s", reason);
    intake_pass_over(intake, path, "%s", reason);
    return STATUS_OK;
}

static enum status read_folder(struct intake *intake, const char *path, int fd)
{
    struct walk walk = {.context = intake, .file = read_walked, .left = report_left};
    enum status status = walk_folder(&walk, path, fd);
    return status == STATUS_NO_MEMORY
               ? error_set(intake->error, status, "out of memory in '%s'", path)
               : status;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static enum status read_named(struct intake *intake, const char *path)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        int cause = errno;
        if (fd >= 0)
            close(fd);
        return error_set_errno(intake->error, cause, "cannot open '%s'", path);
    }
    if (S_ISDIR(about.st_mode))
        return read_folder(intake, path, fd);
    if (S_ISREG(about.st_mode) || S_ISFIFO(about.st_mode))
        return read_fd(intake, path, base_name(path), fd);
    close(fd);
    return error_set(intake->error, STATUS_INVALID, "cannot read '%s': neither a file nor a folder",
                     path);
}

static enum status read_standard_input(struct intake *intake)
{
    int fd = dup(STDIN_FILENO);
    if (fd < 0)
        return error_set_errno(intake->error, errno, "cannot read standard input");
    return read_fd(intake, "-", "-", fd);
}

static enum status check_options(const struct input_options *options, struct error *error)
{
    for (size_t i = 0; i < options->field_count; i++)
        if (field_of_option(options->fields[i].field) == FIELD_UNKNOWN)
            return error_set(error, STATUS_INVALID, "no field is called '%s'",
                             options->fields[i].field);
    if (options->kind && !reader_of_kind(options->kind))
        return error_set(error, STATUS_INVALID, "no kind of input is called '%s'", options->kind);
    return STATUS_OK;
}

enum status input_read(const char *const *sources, size_t count,
                       const struct input_options *options, const struct input_sink *sink,
                       struct input_totals *totals, struct error *error)
{
    struct intake intake = {.options = options, .sink = sink, .totals = totals, .error = error};
    enum status status = check_options(options, error);
    locale_t locale = archive_locale_enter();
    *totals = (struct input_totals){0};
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = strcmp(sources[i], "-") == 0 ? read_standard_input(&intake)
                                              : read_named(&intake, sources[i]);
    if (sink->progress)
        sink->progress(sink->context, totals->bytes);
    draft_release(&intake.draft);
    archive_locale_leave(locale);
    return status;
}

static enum status add_size(void *context, const char *path, const char *relative, int fd)
{
    uint64_t *size = context;
    struct stat about;
    (void)path;
    (void)relative;
    if (fstat(fd, &about) == 0)
        *size += (uint64_t)about.st_size;
    close(fd);
    return STATUS_OK;
}

static bool add_named_size(const char *path, uint64_t *size)
{
    struct stat about;
    if (stat(path, &about) != 0 || (!S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode)))
        return false;
    if (S_ISREG(about.st_mode)) {
        *size += (uint64_t)about.st_size;
        return true;
    }
    struct walk walk = {.context = size, .file = add_size};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    return fd >= 0 && walk_folder(&walk, path, fd) == STATUS_OK;
}

uint64_t input_size(const char *const *sources, size_t count)
{
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(sources[i], "-") == 0 || !add_named_size(sources[i], &size))
            return 0;
    return size;
}
