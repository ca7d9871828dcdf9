#include "store/titles_read.h"

#include <string.h>

#include "base/hash.h"
#include "store/classes_read.h"
#include "store/hash_entry.h"

/* The language of titles, of which the file must have classes. */
static enum status find_language(const struct titles *titles, struct classes *classes,
                                 struct class_language *language)
{
    enum status status = classes_open(classes, titles->snapshot);
    if (status == STATUS_OK)
        status = classes_language(classes, titles->language, language);
    return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

enum status titles_open(struct titles *titles, const struct snapshot *snapshot)
{
    static const uint8_t no_code[TITLES_FOOTER_BYTES];
    const uint8_t *code;
    uint64_t left = 0;
    *titles = (struct titles){.snapshot = snapshot};
    titles->present = snapshot_has(snapshot, CHUNK_TITLES);
    if (!titles->present)
        return STATUS_OK;
    enum status status = snapshot_footer(snapshot, CHUNK_TITLES, TITLES_FOOTER_BYTES, &code, &left);
    if (status == STATUS_OK && left % HASH_ENTRY_BYTES)
        return STATUS_CORRUPT;
    titles->count = left / HASH_ENTRY_BYTES;
    if (status != STATUS_OK || memcmp(code, no_code, sizeof no_code) == 0)
        return status;
    if (code[TITLES_FOOTER_BYTES - 1])
        return STATUS_CORRUPT;
    struct classes classes;
    struct class_language language;
    memcpy(titles->language, code, sizeof titles->language);
    status = find_language(titles, &classes, &language);
    titles->has_language = status == STATUS_OK;
    return status;
}

enum status title_word_in(const struct class_language *language, uint32_t term, uint32_t *word)
{
    struct word_class class;
    *word = term;
    enum status status = language ? class_language_find(language, term, &class) : STATUS_NOT_FOUND;
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    struct class_members members = class_members_of(&class);
    return class_members_next(&members, word) ? STATUS_OK : STATUS_CORRUPT;
}

enum status titles_word(const struct titles *titles, uint32_t term, uint32_t *word)
{
    struct classes classes;
    struct class_language language;
    if (!titles->has_language)
        return title_word_in(NULL, term, word);
    enum status status = find_language(titles, &classes, &language);
    return status == STATUS_OK ? title_word_in(&language, term, word) : status;
}

uint64_t title_hash(struct slice words)
{
    return hash_bytes(words.data, words.size);
}

enum status titles_entry(const struct titles *titles, uint64_t at, uint64_t *hash, uint32_t *doc)
{
    return hash_entry_read(titles->snapshot, CHUNK_TITLES, at, hash, doc);
}

struct title_docs titles_find(const struct titles *titles, uint64_t hash)
{
    struct title_docs docs = {.titles = titles, .hash = hash};
    docs.status = hash_entry_find(titles->snapshot, CHUNK_TITLES, hash, 0, titles->count, &docs.at);
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
