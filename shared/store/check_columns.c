/* Numbers of articles against what their lists, titles and ids came to. */
#include "base/memory.h"
#include "store/check_state.h"
#include "store/documents_read.h"
#include "store/norm.h"

enum { GREATEST_NORM = 242 };

/* Words stand at every position of the title and of the body, one at each, and of values every one.
 */
static void check_places(struct check *check, uint32_t doc, uint32_t in_title)
{
    uint32_t words = check->words[doc], start = settings_body_start(in_title);
    uint64_t expected = 0;
    for (uint32_t i = 0; i < words; i++)
        expected += check_place(i < in_title ? i : (uint64_t)start + (i - in_title));
    if (in_title > words || expected != check->places[doc])
        check_say(check, CHUNK_POSITIONS,
                  "the words or values of article %u are not each in their place", (unsigned)doc);
}

static void check_lengths(struct check *check)
{
    uint64_t words = 0, title_words = 0, lengths = 0;
    uint32_t in_title, most = 0;
    for (uint32_t doc = 0; doc < check->settings->article_count; doc++) {
        words += check->words[doc];
        title_words += check->title_words[doc];
        lengths += norm_length(check->norms[doc]);
        if (check->norms[doc] > GREATEST_NORM ||
            check->norms[doc] != norm_of_length(check->words[doc]))
            check_say(check, CHUNK_NORMS, "the norm of article %u is not that of its words",
                      (unsigned)doc);
        if (columns_title_words(&check->columns, doc, &in_title) != STATUS_OK ||
            in_title != check->title_words[doc])
            check_say(check, CHUNK_TITLE_WORDS, "article %u has other words in its title",
                      (unsigned)doc);
        else
            check_places(check, doc, in_title);
        most = check->title_words[doc] > most ? check->title_words[doc] : most;
    }
    if (words != check->settings->word_count || title_words != check->settings->title_word_count)
        check_say(check, CHUNK_SETTINGS, "the words of the lists are not as many as it says");
    if (lengths != check->settings->length_sum)
        check_say(check, CHUNK_SETTINGS,
                  "the lengths of the articles do not add up to what it says");
    if (check->columns.title_word_bytes != (most == 0            ? 0
                                            : most <= UINT8_MAX  ? 1
                                            : most <= UINT16_MAX ? 2
                                                                 : 4))
        check_say(check, CHUNK_TITLE_WORDS, "its numbers are not of the least width");
}

static bool read_id(struct check *check, struct documents *documents, uint32_t doc,
                    struct bytes *id)
{
    struct arena arena = {0};
    struct fields fields;
    bytes_clear(id);
    enum status status = documents_fields(documents, doc, &arena, &fields);
    if (check_good(check, CHUNK_FIELDS, status, "a record cannot be read"))
        bytes_append_slice(id, fields.id);
    arena_release(&arena);
    return status == STATUS_OK && id->status == STATUS_OK;
}

/* Two articles whose ids have one hash have different ids. */
static void check_twins(struct check *check, uint32_t doc, uint32_t other)
{
    struct documents documents;
    struct bytes id = {0}, other_id = {0};
    if (documents_open(&documents, check->snapshot) == STATUS_OK &&
        read_id(check, &documents, doc, &id) && read_id(check, &documents, other, &other_id) &&
        slice_equal(bytes_slice(&id), bytes_slice(&other_id)))
        check_say(check, CHUNK_IDS, "articles %u and %u have the same id", (unsigned)doc,
                  (unsigned)other);
    bytes_release(&id);
    bytes_release(&other_id);
    documents_release(&documents);
}

static void check_ids(struct check *check)
{
    uint64_t hash = 0, before = 0;
    uint32_t doc, doc_before = 0;
    for (uint32_t at = 0; at < check->settings->article_count; at++) {
        enum status status = columns_id_entry(&check->columns, at, &hash, &doc);
        if (!check_good(check, CHUNK_IDS, status, "an entry is of an article that is none"))
            return;
        if (hash != check->id_hashes[doc])
            check_say(check, CHUNK_IDS, "the hash of article %u is not that of its id",
                      (unsigned)doc);
        if (at && (hash < before || (hash == before && doc <= doc_before)))
            check_say(check, CHUNK_IDS, "entry %u is not behind the one before", (unsigned)at);
        else if (at && hash == before)
            check_twins(check, doc, doc_before);
        before = hash;
        doc_before = doc;
    }
}

/* Every place is one article's. */
static void check_order(struct check *check)
{
    uint32_t count = check->settings->article_count, place;
    uint8_t *taken = memory_allocate_zeroed((size_t)count / 8 + 1, 1);
    if (!check->columns.has_order || !taken) {
        check->status = taken ? check->status : STATUS_NO_MEMORY;
        memory_free(taken);
        return;
    }
    for (uint32_t doc = 0; doc < count; doc++) {
        enum status status = columns_place(&check->columns, doc, &place);
        if (!check_good(check, CHUNK_ORDER, status, "an article has a place that is none"))
            break;
        if (taken[place / 8] >> place % 8 & 1)
            check_say(check, CHUNK_ORDER, "article %u has another one's place", (unsigned)doc);
        taken[place / 8] |= (uint8_t)(1 << place % 8);
    }
    memory_free(taken);
}

void check_columns(struct check *check)
{
    check_lengths(check);
    check_ids(check);
    check_order(check);
}
