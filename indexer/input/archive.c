#include "input/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>

#include "base/memory.h"

struct archive_reader {
    struct archive *archive;
    struct intake *intake;
    struct source *packed;
    size_t taken; /* of what packed gave last, to be taken before the next */
    bool at_end;
    struct error error;
};

static bool is_tar(struct slice start)
{
    enum { HEADER = 512, SUM_AT = 148, SUM_SIZE = 8 };
    unsigned long sum = SUM_SIZE * ' ', stated = 0;
    if (start.size < HEADER || start.data[0] == '\0')
        return false;
    for (size_t i = 0; i < HEADER; i++)
        if (i < SUM_AT || i >= SUM_AT + SUM_SIZE)
            sum += (unsigned char)start.data[i];
    size_t i = SUM_AT;
    while (i < SUM_AT + SUM_SIZE && start.data[i] == ' ')
        i++;
    for (; i < SUM_AT + SUM_SIZE && start.data[i] >= '0' && start.data[i] <= '7'; i++)
        stated = stated * 8 + (unsigned long)(start.data[i] - '0');
    return stated == sum;
}

enum archive_kind archive_recognise(struct slice start)
{
    static const struct {
        struct slice magic;
        enum archive_kind kind;
    } magics[] = {
        {{"\x1f\x8b\x08", 3}, ARCHIVE_GZIP},
        {{"\xfd"
          "7zXZ\0",
          6},
         ARCHIVE_XZ},
        {{"\x28\xb5\x2f\xfd", 4}, ARCHIVE_ZSTD},
        {{"PK\x03\x04", 4}, ARCHIVE_MEMBERS},
        {{"PK\x05\x06", 4}, ARCHIVE_MEMBERS},
    };
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++)
        if (slice_starts_with(start, magics[i].magic))
            return magics[i].kind;
    bool bzip2 = start.size >= 10 && memcmp(start.data, "BZh", 3) == 0 && start.data[3] >= '1' &&
                 start.data[3] <= '9' &&
                 (memcmp(start.data + 4, "1AY&SY", 6) == 0 ||
                  memcmp(start.data + 4, "\x17rE8P\x90", 6) == 0);
    if (bzip2)
        return ARCHIVE_BZIP2;
    return is_tar(start) ? ARCHIVE_MEMBERS : ARCHIVE_NONE;
}

static la_ssize_t give_packed(struct archive *archive, void *context, const void **data)
{
    struct archive_reader *reader = context;
    source_take(reader->packed, reader->taken);
    struct slice some = source_some(reader->packed);
    reader->taken = some.size;
    *data = some.data;
    if (some.size == 0 && reader->packed->error.status != STATUS_OK) {
        archive_set_error(archive, EIO, "%s", reader->packed->error.text);
        return ARCHIVE_FATAL;
    }
    return (la_ssize_t)some.size;
}

static la_int64_t seek_packed(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    struct archive_reader *reader = context;
    (void)archive;
    source_take(reader->packed, reader->taken);
    reader->taken = 0;
    int64_t at = source_seek(reader->packed, offset, whence);
    return at < 0 ? ARCHIVE_FATAL : at;
}

/* What is wrong with the archive, or with what it is read from. */
static void fail(struct archive_reader *reader, const char *doing)
{
    const char *cause = archive_error_string(reader->archive);
    const struct error *below = &reader->packed->error;
    error_set(&reader->error, below->status == STATUS_NO_MEMORY ? below->status : STATUS_CORRUPT,
              "%s: %s", doing, cause ? cause : "it is not as its format has it");
}

static void add_filter(struct archive *archive, enum archive_kind kind)
{
    static const int codes[] = {
        [ARCHIVE_BZIP2] = ARCHIVE_FILTER_BZIP2,
        [ARCHIVE_XZ] = ARCHIVE_FILTER_XZ,
        [ARCHIVE_ZSTD] = ARCHIVE_FILTER_ZSTD,
    };
    if (kind == ARCHIVE_MEMBERS) {
        archive_read_support_format_tar(archive);
        archive_read_support_format_zip(archive);
        return;
    }
    /* Exactly this one, so that our own count of nesting sees every layer. */
    archive_read_append_filter(archive, codes[kind]);
    archive_read_support_format_raw(archive);
    archive_read_support_format_empty(archive);
}

static struct archive_reader *open_kind(struct intake *intake, struct source *packed,
                                        enum archive_kind kind, struct error *error)
{
    struct archive_reader *reader = memory_allocate_zeroed(1, sizeof *reader);
    struct archive *archive = reader ? archive_read_new() : NULL;
    if (!archive) {
        memory_free(reader);
        error_set(error, STATUS_NO_MEMORY, "out of memory");
        return NULL;
    }
    *reader = (struct archive_reader){.archive = archive, .intake = intake, .packed = packed};
    add_filter(archive, kind);
    archive_read_set_callback_data(archive, reader);
    archive_read_set_read_callback(archive, give_packed);
    if (packed->seek && kind == ARCHIVE_MEMBERS)
        archive_read_set_seek_callback(archive, seek_packed);
    /* A compressed stream that fails at once is taken for an empty one; only the error tells. */
    if (archive_read_open1(archive) == ARCHIVE_OK &&
        (kind == ARCHIVE_MEMBERS || archive_errno(archive) == 0))
        return reader;
    fail(reader, "cannot be unpacked");
    error_set(error, reader->error.status, "%s", reader->error.text);
    archive_close(reader);
    return NULL;
}

locale_t archive_locale_enter(void)
{
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return utf8 ? uselocale(utf8) : (locale_t)0;
}

void archive_locale_leave(locale_t before)
{
    locale_t utf8 = before ? uselocale(before) : (locale_t)0;
    if (utf8)
        freelocale(utf8);
}

struct archive_reader *archive_open(struct intake *intake, struct source *packed,
                                    struct error *error)
{
    return open_kind(intake, packed, ARCHIVE_MEMBERS, error);
}

void archive_close(struct archive_reader *reader)
{
    if (reader)
        archive_read_free(reader->archive);
    memory_free(reader);
}

const struct error *archive_error(const struct archive_reader *reader)
{
    return &reader->error;
}

static size_t read_data(void *context, void *to, size_t capacity, struct error *error)
{
    struct archive_reader *reader = context;
    la_ssize_t got = reader->at_end ? 0 : archive_read_data(reader->archive, to, capacity);
    if (got < 0) {
        fail(reader, "damaged");
        error_set(error, reader->error.status, "%s", reader->error.text);
        reader->error = (struct error){0}; /* of this member alone; the next may be good */
        return 0;
    }
    reader->intake->unpacked_bytes += (uint64_t)got;
    if (intake_is_bomb(reader->intake)) {
        error_set(error, STATUS_LIMIT, "unpacks to more than %d times its size",
                  INTAKE_UNPACKED_TIMES);
        reader->at_end = true;
        return 0;
    }
    return (size_t)got;
}

/* ARCHIVE_RETRY too, though it is not below ARCHIVE_WARN: behind it stands no member. */
static bool is_damaged(int code)
{
    return code != ARCHIVE_OK && code != ARCHIVE_WARN && code != ARCHIVE_EOF;
}

static void close_filter(void *context)
{
    archive_close(context);
}

bool archive_open_filter(struct intake *intake, struct source *packed, enum archive_kind kind,
                         struct source *out, struct error *error)
{
    struct archive_entry *entry;
    struct archive_reader *reader = open_kind(intake, packed, kind, error);
    if (!reader)
        return false;
    int code = archive_read_next_header(reader->archive, &entry);
    reader->at_end = code == ARCHIVE_EOF;
    if (is_damaged(code)) {
        fail(reader, "cannot be unpacked");
        error_set(error, reader->error.status, "%s", reader->error.text);
        archive_close(reader);
        return false;
    }
    *out = (struct source){.context = reader, .read = read_data, .close = close_filter};
    return true;
}

static const char *why_left(struct archive_entry *entry)
{
    if (archive_entry_hardlink(entry))
        return "a link to another member is not followed";
    if (archive_entry_filetype(entry) == AE_IFLNK)
        return "a symbolic link in an archive is not followed";
    if (archive_entry_is_encrypted(entry))
        return "encrypted";
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0)
        return "neither a file nor a folder";
    return NULL;
}

bool archive_next(struct archive_reader *reader, struct archive_member *member)
{
    struct archive_entry *entry;
    for (;;) {
        int code = reader->at_end ? ARCHIVE_EOF : archive_read_next_header(reader->archive, &entry);
        if (code == ARCHIVE_EOF)
            return false;
        if (is_damaged(code)) {
            fail(reader, "damaged archive");
            return false;
        }
        if (archive_entry_filetype(entry) != AE_IFDIR)
            break;
    }
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name)
        name = archive_entry_pathname(entry);
    while (name && strncmp(name, "./", 2) == 0)
        name += 2;
    *member = (struct archive_member){.name = name ? name : "(a name that cannot be read)",
                                      .left_because = why_left(entry),
                                      .source = {.context = reader, .read = read_data}};
    return true;
}
