#include "store/titles_read.h"

#include <string.h>

#include "base/endian.h"
#include "base/hash.h"
#include "store/settings.h"

enum status titles_open(struct titles *titles, const struct snapshot *snapshot)
{
    static const uint8_t no_code[TITLES_FOOTER_BYTES];
    const uint8_t *code;
    uint64_t bytes = snapshot_chunk_bytes(snapshot, CHUNK_TITLES);
    *titles = (struct titles){.snapshot = snapshot};
    titles->present = snapshot_has(snapshot, CHUNK_TITLES);
    if (!titles->present)
        return STATUS_OK;
    if (bytes < TITLES_FOOTER_BYTES || (bytes - TITLES_FOOTER_BYTES) % TITLE_ENTRY_BYTES)
        return STATUS_CORRUPT;
    titles->count = (bytes - TITLES_FOOTER_BYTES) / TITLE_ENTRY_BYTES;
    enum status status = snapshot_view(snapshot, CHUNK_TITLES, bytes - TITLES_FOOTER_BYTES,
                                       TITLES_FOOTER_BYTES, &code);
    if (status != STATUS_OK || memcmp(code, no_code, sizeof no_code) == 0)
        return status;
    if (code[TITLES_FOOTER_BYTES - 1])
        return STATUS_CORRUPT;
    status = classes_open(&titles->classes, snapshot);
    if (status == STATUS_OK)
        status = classes_language(&titles->classes, (const char *)code, &titles->language);
    titles->has_language = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

enum status title_word_in(const struct class_language *language, uint32_t term, uint32_t *word)
{
    struct word_class class;
    *word = term;
    enum status status =
        language ? class_language_find(language, term, &class) : STATUS_NOT_FOUND;
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    struct class_members members = class_members_of(&class);
    return class_members_next(&members, word) ? STATUS_OK : STATUS_CORRUPT;
}

enum status titles_word(const struct titles *titles, uint32_t term, uint32_t *word)
{
    /* The language knows where its classes lie by an address, which moves with the titles. */
    struct class_language language = titles->language;
    language.classes = &titles->classes;
    return title_word_in(titles->has_language ? &language : NULL, term, word);
}

uint64_t title_hash(struct slice words)
{
    return hash_bytes(words.data, words.size);
}

enum status titles_entry(const struct titles *titles, uint64_t at, uint64_t *hash, uint32_t *doc)
{
    const uint8_t *entry;
    enum status status = snapshot_view(titles->snapshot, CHUNK_TITLES, at * TITLE_ENTRY_BYTES,
                                       TITLE_ENTRY_BYTES, &entry);
    if (status != STATUS_OK)
        return status;
    *hash = load_le64(entry);
    *doc = load_le32(entry + TITLE_ENTRY_DOC);
    return *doc < snapshot_settings(titles->snapshot)->article_count ? STATUS_OK : STATUS_CORRUPT;
}

enum status titles_seek(const struct titles *titles, uint64_t hash, uint64_t *at)
{
    uint64_t low = 0, high = titles->count, there;
    uint32_t doc;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        enum status status = titles_entry(titles, middle, &there, &doc);
        if (status != STATUS_OK)
            return status;
        if (there < hash)
            low = middle + 1;
        else
            high = middle;
    }
    *at = low;
    return STATUS_OK;
}

struct title_docs titles_find(const struct titles *titles, uint64_t hash)
{
    struct title_docs docs = {.titles = titles, .hash = hash};
    docs.status = titles_seek(titles, hash, &docs.at);
    return docs;
}

bool title_docs_next(struct title_docs *docs, uint32_t *doc)
{
    uint64_t there;
    if (docs->status != STATUS_OK || docs->at >= docs->titles->count)
        return false;
    docs->status = titles_entry(docs->titles, docs->at, &there, doc);
    docs->at++;
    return docs->status == STATUS_OK && there == docs->hash;
}
