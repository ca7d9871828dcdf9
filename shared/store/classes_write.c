#include "store/classes_write.h"

#include <assert.h>
#include <string.h>

#include "base/endian.h"
#include "base/memory.h"
#include "base/spool.h"
#include "codec/varint_put.h"
#include "store/class_layout.h"

enum { READ_MEMBERS = 4096, NO_CLASS = 0xFFFFFFFF };

struct member { /* as spooled */
    uint32_t term, class;
};

struct language {
    char code[16];
    uint64_t first_member, members, first_class, classes;
};

struct classes_writer {
    struct chunk_writer *chunk; /* borrowed */
    struct spool *members;      /* struct member, language by language, class by class */
    struct spool *entries;      /* of classes */
    struct spool *offsets;
    struct class_rule rule;
    struct bytes languages; /* struct language */
    struct bytes entry;
    uint64_t member_count, class_count;
    enum status status;
};

struct classes_writer *classes_writer_open(struct container_writer *container,
                                           const struct class_rule *rule, struct error *error)
{
    struct classes_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write classes of words: out of memory");
        return NULL;
    }
    writer->rule = *rule;
    writer->chunk = container_chunk(container, CHUNK_CLASSES, error);
    if (writer->chunk)
        writer->members = container_spool(container, error);
    if (writer->members)
        writer->entries = container_spool(container, error);
    if (writer->entries)
        writer->offsets = container_spool(container, error);
    if (writer->offsets)
        return writer;
    classes_writer_close(writer);
    return NULL;
}

static struct language *last_language(struct classes_writer *writer)
{
    return (struct language *)(void *)(writer->languages.data + writer->languages.size) - 1;
}

void classes_writer_language(struct classes_writer *writer, const char *code)
{
    struct language language = {.first_member = writer->member_count,
                                .first_class = writer->class_count};
    assert(strlen(code) < sizeof language.code);
    strcpy(language.code, code);
    bytes_append(&writer->languages, &language, sizeof language);
    if (writer->languages.status != STATUS_OK)
        writer->status = writer->languages.status;
}

/* --- Classes -----------------------------------------------------------------------------------*/

static void put_entry(struct classes_writer *writer, const uint32_t *terms, uint32_t count,
                      uint32_t df, const struct gram *list)
{
    struct bytes *entry = &writer->entry;
    bytes_clear(entry);
    varint_put(entry, count);
    for (uint32_t i = 0; i < count; i++)
        varint_put(entry, i ? terms[i] - terms[i - 1] - 1 : terms[i]);
    varint_put(entry, 2 * (uint64_t)df + (list != NULL));
    if (!list)
        return;
    varint_put(entry, list->all.cf - df);
    varint_put(entry, chunk_size(writer->chunk));
    varint_put(entry, list->all.postings_bytes);
    varint_put(entry, list->titles.df);
    if (list->titles.df) {
        varint_put(entry, list->titles.cf - list->titles.df);
        varint_put(entry, list->titles.postings_bytes);
    }
}

static void spool(struct classes_writer *writer, struct spool *spool, const void *data, size_t size)
{
    if (writer->status == STATUS_OK)
        writer->status = spool_append(spool, data, size);
}

static void put_members(struct classes_writer *writer, const uint32_t *terms, uint32_t count,
                        uint64_t class)
{
    for (uint32_t i = 0; i < count; i++) {
        struct member member = {terms[i], (uint32_t) class};
        spool(writer, writer->members, &member, sizeof member);
    }
}

void classes_writer_add(struct classes_writer *writer, const uint32_t *terms, uint32_t count,
                        uint32_t df, const struct gram *list, struct slice lists)
{
    uint8_t offset[CLASSES_OFFSET_BYTES];
    assert(count >= 2 && df > 0 && (!list || (list->all.df == df && df > 1)));
    if (writer->status != STATUS_OK)
        return;
    struct language *language = last_language(writer);
    put_entry(writer, terms, count, df, list);
    if (writer->entry.status != STATUS_OK)
        writer->status = writer->entry.status;
    store_le64(offset, spool_size(writer->entries));
    spool(writer, writer->offsets, offset, sizeof offset);
    spool(writer, writer->entries, writer->entry.data, writer->entry.size);
    put_members(writer, terms, count, language->classes);
    if (list)
        chunk_append(writer->chunk, lists.data, lists.size);
    language->classes++;
    language->members += count;
    writer->class_count++;
    writer->member_count += count;
    if (writer->member_count >= NO_CLASS)
        writer->status = STATUS_LIMIT;
}

enum status classes_writer_status(const struct classes_writer *writer)
{
    return writer->status == STATUS_OK ? chunk_status(writer->chunk) : writer->status;
}

/* --- What stands behind the lists --------------------------------------------------------------*/

static void copy(struct classes_writer *writer, const struct spool *from)
{
    uint8_t buffer[16 * 1024];
    uint64_t size = spool_size(from);
    for (uint64_t at = 0, n; at < size && writer->status == STATUS_OK; at += n) {
        n = size - at < sizeof buffer ? size - at : sizeof buffer;
        writer->status = spool_read(from, at, buffer, (size_t)n);
        if (writer->status == STATUS_OK)
            chunk_append(writer->chunk, buffer, (size_t)n);
    }
}

/* The classes of the terms from `first` on, for as many as classes has room for; the least term
 * behind them that has one, NO_CLASS where there is none. */
static uint32_t gather(struct classes_writer *writer, const struct language *language,
                       uint32_t first, uint32_t *classes, uint32_t room)
{
    struct member members[READ_MEMBERS];
    uint64_t end = language->first_member + language->members;
    uint32_t behind = NO_CLASS;
    memset(classes, 0xFF, room * sizeof *classes);
    for (uint64_t at = language->first_member, n; at < end && !writer->status; at += n) {
        n = end - at < READ_MEMBERS ? end - at : READ_MEMBERS;
        writer->status =
            spool_read(writer->members, at * sizeof *members, members, (size_t)n * sizeof *members);
        for (uint64_t i = 0; i < n && writer->status == STATUS_OK; i++) {
            uint32_t term = members[i].term;
            if (term >= first && term - first < room)
                classes[term - first] = members[i].class;
            else if (term >= first && term < behind)
                behind = term;
        }
    }
    return behind;
}

static void put_member(struct classes_writer *writer, uint32_t term, uint32_t class)
{
    uint8_t bytes[CLASSES_MEMBER_BYTES];
    store_le32(bytes, term);
    store_le32(bytes + 4, class);
    chunk_append(writer->chunk, bytes, sizeof bytes);
}

/* As many terms at a time as the memory has room for. */
static void order_members(struct classes_writer *writer, const struct language *language,
                          uint32_t *classes, uint32_t room)
{
    uint32_t first = language->members ? 0 : NO_CLASS;
    while (first != NO_CLASS && writer->status == STATUS_OK) {
        uint32_t behind = gather(writer, language, first, classes, room);
        for (uint32_t i = 0; i < room && writer->status == STATUS_OK; i++)
            if (classes[i] != NO_CLASS)
                put_member(writer, first + i, classes[i]);
        first = behind;
    }
}

static void put_languages(struct classes_writer *writer)
{
    const struct language *language = (const struct language *)(void *)writer->languages.data;
    size_t count = writer->languages.size / sizeof *language;
    for (size_t i = 0; i < count; i++) {
        uint8_t bytes[CLASSES_LANGUAGE_BYTES];
        memcpy(bytes, language[i].code, sizeof language[i].code);
        store_le64(bytes + 16, language[i].first_member);
        store_le64(bytes + 24, language[i].members);
        store_le64(bytes + 32, language[i].first_class);
        store_le64(bytes + 40, language[i].classes);
        chunk_append(writer->chunk, bytes, sizeof bytes);
    }
}

static void put_footer(struct classes_writer *writer, uint64_t lists)
{
    uint8_t footer[CLASSES_FOOTER_BYTES] = {0};
    store_le64(footer, lists);
    store_le64(footer + 8, spool_size(writer->entries));
    store_le64(footer + 16, writer->class_count);
    store_le64(footer + 24, writer->member_count);
    store_le64(footer + 32, writer->rule.bound);
    store_le64(footer + 40, writer->rule.cost);
    store_le32(footer + 48, (uint32_t)(writer->languages.size / sizeof(struct language)));
    chunk_append(writer->chunk, footer, sizeof footer);
}

static void put_members_in_order(struct classes_writer *writer, size_t memory)
{
    const struct language *language = (const struct language *)(void *)writer->languages.data;
    size_t count = writer->languages.size / sizeof *language, room = memory / sizeof(uint32_t);
    room = room < 1024 ? 1024 : room < (1u << 30) ? room : 1u << 30;
    uint32_t *classes = memory_allocate(room * sizeof *classes);
    if (!classes)
        writer->status = STATUS_NO_MEMORY;
    for (size_t i = 0; i < count && writer->status == STATUS_OK; i++)
        order_members(writer, &language[i], classes, (uint32_t)room);
    memory_free(classes);
}

enum status classes_writer_finish(struct classes_writer *writer, size_t memory)
{
    struct error error = {0};
    struct spool *spools[] = {writer->members, writer->entries, writer->offsets};
    uint64_t lists = chunk_size(writer->chunk);
    for (size_t i = 0; i < sizeof spools / sizeof *spools && writer->status == STATUS_OK; i++)
        writer->status = spool_flush(spools[i], &error);
    if (writer->status != STATUS_OK)
        return writer->status;
    chunk_pad(writer->chunk);
    copy(writer, writer->entries);
    chunk_pad(writer->chunk);
    copy(writer, writer->offsets);
    put_members_in_order(writer, memory);
    put_languages(writer);
    put_footer(writer, lists);
    return classes_writer_status(writer);
}

void classes_writer_close(struct classes_writer *writer)
{
    if (!writer)
        return;
    spool_close(writer->members);
    spool_close(writer->entries);
    spool_close(writer->offsets);
    bytes_release(&writer->languages);
    bytes_release(&writer->entry);
    memory_free(writer);
}
