#include "input/unwrap.h"

#include "base/memory.h"
#include "input/archive.h"
#include "input/charset.h"
#include "input/gzip_source.h"
#include "input/reader.h"

/* The last part of a path, without the endings of compressions. Owned; NULL where memory ends. */
static char *hint_of(const char *name)
{
    static const char *const endings[] = {".gz", ".bz2", ".xz", ".zst"};
    const char *slash = strrchr(name, '/');
    char *hint = memory_allocate(strlen(name) + 1);
    if (!hint)
        return NULL;
    strcpy(hint, slash ? slash + 1 : name);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (reader_name_ends(hint, endings[i])) {
            hint[strlen(hint) - strlen(endings[i])] = '\0';
            i = (size_t)-1; /* again from the first: there may be several */
        }
    return hint;
}

static const struct reader *choose(const struct intake *intake, struct source *source,
                                   const char *hint)
{
    if (intake->options->kind)
        return reader_of_kind(intake->options->kind);
    struct slice start = source_peek(source, READER_PEEK_BYTES);
    if (start.size > READER_PEEK_BYTES)
        start.size = READER_PEEK_BYTES;
    return reader_of_content(start, hint);
}

static enum status read_articles(struct intake *intake, struct source *source, const char *name,
                                 struct slice id)
{
    enum status status;
    char *hint = hint_of(name);
    if (!hint)
        return error_set(intake->error, STATUS_NO_MEMORY, "out of memory");
    const struct reader *reader = choose(intake, source, hint);
    struct reading reading = {
        .intake = intake, .source = source, .name = name, .id = id, .hint = hint};
    if (source->error.status == STATUS_NO_MEMORY)
        status = intake_skip_failed(intake, name, 0, &source->error);
    else if (!reader)
        status = intake_skip(intake, name, 0, "not text of a kind that is read");
    else {
        intake->totals->files++;
        status = reader->read(&reading);
    }
    memory_free(hint);
    return status;
}

/* A text, wide or not. */
static enum status read_text(struct intake *intake, struct source *source, const char *name,
                             struct slice id)
{
    struct source converted = {0};
    if (!charset_open_wide(source, &converted))
        return read_articles(intake, source, name, id);
    enum status status = read_articles(intake, &converted, name, id);
    source_close(&converted);
    return status;
}

static enum status read_members(struct intake *intake, struct archive_reader *archive,
                                const char *name, struct slice id, int depth)
{
    struct archive_member member;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && archive_next(archive, &member)) {
        struct bytes inner_name = {0}, inner_id = {0};
        bytes_format(&inner_name, "%s!/%s", name, member.name);
        bytes_append(&inner_name, "", 1);
        bytes_append_slice(&inner_id, id);
        bytes_append_string(&inner_id, "!/");
        bytes_append_string(&inner_id, member.name);
        if (inner_name.status != STATUS_OK || inner_id.status != STATUS_OK)
            status = error_set(intake->error, STATUS_NO_MEMORY, "out of memory");
        else if (member.left_because)
            intake_pass_over(intake, (const char *)inner_name.data, "%s", member.left_because);
        else
            status = unwrap(intake, &member.source, (const char *)inner_name.data,
                            bytes_slice(&inner_id), depth);
        source_close(&member.source);
        bytes_release(&inner_name);
        bytes_release(&inner_id);
    }
    const struct error *error = archive_error(archive);
    if (status == STATUS_OK && error->status != STATUS_OK)
        status = intake_skip_failed(intake, name, 0, error);
    return status;
}

static enum status read_archive(struct intake *intake, struct source *source, const char *name,
                                struct slice id, int depth)
{
    struct error error = {0};
    struct archive_reader *archive = archive_open(intake, source, &error);
    if (!archive)
        return intake_skip_failed(intake, name, 0, &error);
    enum status status = read_members(intake, archive, name, id, depth + 1);
    archive_close(archive);
    return status;
}

static enum status read_compressed(struct intake *intake, struct source *source,
                                   enum archive_kind kind, const char *name, struct slice id,
                                   int depth)
{
    struct source inner = {0};
    struct error error = {0};
    bool opened = kind == ARCHIVE_GZIP ? gzip_source_open(intake, source, &inner, &error)
                                       : archive_open_filter(intake, source, kind, &inner, &error);
    if (!opened)
        return intake_skip_failed(intake, name, 0, &error);
    enum status status = unwrap(intake, &inner, name, id, depth + 1);
    source_close(&inner);
    return status;
}

enum status unwrap(struct intake *intake, struct source *source, const char *name, struct slice id,
                   int depth)
{
    struct slice start = source_peek(source, ARCHIVE_PEEK_BYTES);
    enum archive_kind kind = archive_recognise(start);
    if (start.size == 0 && source->error.status != STATUS_OK)
        return intake_skip_failed(intake, name, 0, &source->error);
    if (start.size == 0)
        return intake_skip(intake, name, 0, "empty");
    if (kind == ARCHIVE_NONE)
        return read_text(intake, source, name, id);
    if (depth >= INPUT_MAX_NESTING)
        return intake_skip(intake, name, 0, "archives nested more than %d deep", INPUT_MAX_NESTING);
    if (kind == ARCHIVE_MEMBERS)
        return read_archive(intake, source, name, id, depth);
    return read_compressed(intake, source, kind, name, id, depth);
}
