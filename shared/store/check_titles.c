/* Titles compared with the words that stand in them, by their positions. Which words stand before
 * closing brackets is not tried: that takes the text contract. */
#include "base/endian.h"
#include "base/hash.h"
#include "base/memory.h"
#include "store/check_state.h"
#include "store/settings.h"
#include "store/titles_read.h"

enum { NONE_SEEN = 0, WHOLE_SEEN = 1, FIRST_WORDS_SEEN = 2 };

struct title_check {
    struct check *check;
    struct titles titles;
    struct hash_stream *stream;
    uint8_t *seen; /* of each article */
};

/* --- What the lists tell -----------------------------------------------------------------------*/

void check_titles_begin(struct check *check)
{
    uint32_t count = check->settings->article_count, words;
    uint64_t sum = 0;
    if (!snapshot_has(check->snapshot, CHUNK_TITLES))
        return;
    check->title_starts = memory_allocate_zeroed((size_t)count + 1, sizeof *check->title_starts);
    check->title_terms = memory_allocate_zeroed((size_t)check->settings->title_word_count + 1,
                                                sizeof *check->title_terms);
    if (!check->title_starts || !check->title_terms) {
        check->status = STATUS_NO_MEMORY;
        return;
    }
    for (uint32_t doc = 0; doc < count; doc++) {
        check->title_starts[doc] = sum;
        if (columns_title_words(&check->columns, doc, &words) == STATUS_OK)
            sum += words;
    }
    check->title_starts[count] = sum;
}

void check_titles_word(struct check *check, uint32_t doc, uint32_t position, uint32_t term)
{
    uint64_t at = check->title_starts ? check->title_starts[doc] + position : UINT64_MAX;
    if (at < check->settings->title_word_count)
        check->title_terms[at] = term;
}

void check_titles_end(struct check *check)
{
    memory_free(check->title_starts);
    memory_free(check->title_terms);
}

/* --- Entries -----------------------------------------------------------------------------------*/

/* Words become what stands for them in titles. */
static bool replace_words(struct title_check *title)
{
    struct check *check = title->check;
    for (uint64_t at = 0; at < check->settings->title_word_count; at++) {
        uint32_t *term = &check->title_terms[at];
        enum status status = titles_word(&title->titles, *term, term);
        if (!check_good(check, CHUNK_CLASSES, status, "it cannot be searched"))
            return false;
    }
    return true;
}

/* How many of the title's first words have the hash: all first, then the fewest. 0: none. */
static uint64_t words_of_hash(struct title_check *title, uint32_t doc, uint64_t hash)
{
    const struct check *check = title->check;
    uint64_t first = check->title_starts[doc], count = check->title_starts[doc + 1] - first;
    uint64_t found = 0;
    hash_stream_reset(title->stream);
    for (uint64_t i = 0; i < count; i++) {
        uint8_t word[TITLE_WORD_BYTES];
        store_le32(word, check->title_terms[first + i]);
        hash_stream_add(title->stream, word, sizeof word);
        if ((i + 1 == count || !found) && hash_stream_value(title->stream) == hash)
            found = i + 1;
    }
    return found;
}

static bool check_entry(struct title_check *title, uint64_t at, uint32_t doc, uint64_t hash)
{
    struct check *check = title->check;
    uint64_t all = check->title_starts[doc + 1] - check->title_starts[doc];
    uint64_t words = words_of_hash(title, doc, hash);
    uint8_t kind = words == 0 ? NONE_SEEN : words == all ? WHOLE_SEEN : FIRST_WORDS_SEEN;
    if (kind == NONE_SEEN || title->seen[doc] & kind) {
        check_say(check, CHUNK_TITLES, "entry %llu is not of the title of article %u",
                  (unsigned long long)at, (unsigned)doc);
        return false;
    }
    title->seen[doc] |= kind;
    return true;
}

static void walk(struct title_check *title)
{
    struct check *check = title->check;
    uint64_t hash = 0, before = 0;
    uint32_t doc = 0, doc_before = 0;
    for (uint64_t at = 0; at < title->titles.count; at++) {
        enum status status = titles_entry(&title->titles, at, &hash, &doc);
        if (!check_good(check, CHUNK_TITLES, status, "an entry is of an article that is none") ||
            !check_entry(title, at, doc, hash))
            return;
        if (at && (hash < before || (hash == before && doc <= doc_before)))
            check_say(check, CHUNK_TITLES, "entry %llu is not behind the one before",
                      (unsigned long long)at);
        before = hash;
        doc_before = doc;
    }
    for (doc = 0; doc < check->settings->article_count; doc++)
        if (check->title_starts[doc + 1] > check->title_starts[doc] &&
            !(title->seen[doc] & WHOLE_SEEN))
            check_say(check, CHUNK_TITLES, "the title of article %u is missing", (unsigned)doc);
}

void check_titles(struct check *check)
{
    struct title_check title = {.check = check};
    enum status status = titles_open(&title.titles, check->snapshot);
    if (!check_good(check, CHUNK_TITLES, status,
                    "its size is not that of its entries, or its language has no classes") ||
        !title.titles.present)
        return;
    if (check->title_starts[check->settings->article_count] != check->settings->title_word_count)
        return; /* which is said of the chunk title_words */
    title.stream = hash_stream_open();
    title.seen = memory_allocate_zeroed((size_t)check->settings->article_count + 1, 1);
    if (!title.stream || !title.seen)
        check->status = STATUS_NO_MEMORY;
    else if (replace_words(&title))
        walk(&title);
    hash_stream_close(title.stream);
    memory_free(title.seen);
}
