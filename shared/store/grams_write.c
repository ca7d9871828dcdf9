#include "store/grams_write.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "base/endian.h"
#include "base/memory.h"
#include "base/spool.h"
#include "store/gram_block_write.h"
#include "store/gram_layout.h"
#include "store/term_set.h"

struct grams_writer {
    struct chunk_writer *chunk; /* borrowed */
    struct spool *entries;      /* of all grams, with terms in place of codes */
    struct gram_rule rule;
    struct term_set words;
    uint64_t counts[GRAMS_COUNTS];
    uint64_t lists; /* behind the lists of the blocks written */
    struct bytes keys, offsets, block;
    uint32_t word_count, previous_count; /* of the set; of the gram before */
    uint32_t previous[GRAM_WORDS_MOST];
    enum status status;
};

static void put_head(struct grams_writer *writer)
{
    uint8_t head[GRAMS_HEAD_BYTES] = {0};
    const struct gram_rule *rule = &writer->rule;
    store_le32(head, rule->words_most);
    store_le32(head + 4, rule->least_df);
    store_le64(head + 8, rule->bound);
    store_le64(head + 16, rule->look_up);
    store_le64(head + 24, rule->candidate);
    store_le32(head + 32, rule->ranked_words);
    store_le32(head + 36, rule->dense);
    chunk_append(writer->chunk, head, sizeof head);
}

struct grams_writer *grams_writer_open(struct container_writer *container,
                                       const struct gram_rule *rule, struct error *error)
{
    struct grams_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write runs of words: out of memory");
        return NULL;
    }
    writer->rule = *rule;
    writer->chunk = container_chunk(container, CHUNK_GRAMS, error);
    if (writer->chunk)
        writer->entries = container_spool(container, error);
    if (writer->entries) {
        put_head(writer);
        return writer;
    }
    grams_writer_close(writer);
    return NULL;
}

/* Whether the terms come behind those of the gram before. */
static bool ascends(const struct grams_writer *writer, const uint32_t *terms, uint32_t count)
{
    if (count != writer->previous_count)
        return count > writer->previous_count;
    for (uint32_t i = 0; i < count; i++)
        if (terms[i] != writer->previous[i])
            return terms[i] > writer->previous[i];
    return false;
}

static struct gram_entry entry_of(const struct gram *gram)
{
    struct gram_entry entry = {.doubled = 2 * (gram->all.df - 1),
                               .more = (uint32_t)(gram->all.cf - gram->all.df)};
    if (gram->one_article) {
        entry.doubled += gram->title_tf > 0;
        entry.more = gram->tf - 1;
        entry.size = gram->place;
        entry.titles = gram->title_tf ? gram->title_tf - 1 : 0;
    } else {
        entry.size = (uint32_t)(gram->all.postings_bytes + gram->titles.postings_bytes);
        entry.doubled += gram->titles.df > 0;
    }
    if (gram->titles.df) {
        entry.titles = gram->titles.df - 1;
        entry.title_more = (uint32_t)(gram->titles.cf - gram->titles.df);
        entry.title_size = (uint32_t)gram->titles.postings_bytes;
    }
    return entry;
}

/* What is spooled of an entry: it ends with its words. */
static size_t entry_bytes(uint32_t words)
{
    return offsetof(struct gram_entry, codes) + words * sizeof(uint32_t);
}

void grams_writer_add(struct grams_writer *writer, const uint32_t *terms, uint32_t count,
                      const struct gram *gram, struct slice lists)
{
    struct gram_entry entry = entry_of(gram);
    assert(count >= 2 && count <= writer->rule.words_most && ascends(writer, terms, count));
    assert(gram->all.df > 0 &&
           lists.size == gram->all.postings_bytes + gram->titles.postings_bytes);
    for (uint32_t i = 0; i < count; i++) {
        term_set_add(&writer->words, terms[i]);
        entry.codes[i] = writer->previous[i] = terms[i];
    }
    if (lists.size > UINT32_MAX)
        writer->status = STATUS_LIMIT;
    writer->previous_count = count;
    writer->counts[count - 2]++;
    chunk_append(writer->chunk, lists.data, lists.size);
    if (writer->status == STATUS_OK)
        writer->status = spool_append(writer->entries, &entry, entry_bytes(count));
}

/* --- What stands behind the lists --------------------------------------------------------------*/

static void put_block(struct grams_writer *writer, struct gram_entry *entries, uint32_t count,
                      uint32_t words)
{
    uint64_t lists = writer->lists;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t word = 0; word < words; word++)
            entries[i].codes[word] = term_set_place(&writer->words, entries[i].codes[word]);
        if (entries[i].doubled >= 2)
            writer->lists += entries[i].size;
    }
    bytes_put_le64(&writer->keys, grams_key(entries->codes[0], entries->codes[1]));
    bytes_put_le64(&writer->offsets, chunk_size(writer->chunk));
    bytes_clear(&writer->block);
    gram_block_write(entries, count, words, lists, &writer->block);
    if (writer->block.status != STATUS_OK)
        writer->status = writer->block.status;
    chunk_append(writer->chunk, writer->block.data, writer->block.size);
}

/* Reads back so many entries of so many words each. */
static void read_entries(struct grams_writer *writer, uint64_t at, uint32_t count, uint32_t words,
                         struct gram_entry *entries)
{
    uint8_t bytes[GRAMS_BLOCK * sizeof *entries];
    size_t size = entry_bytes(words);
    writer->status = spool_read(writer->entries, at, bytes, count * size);
    for (uint32_t i = 0; i < count && writer->status == STATUS_OK; i++)
        memcpy(&entries[i], bytes + i * size, size);
}

static void put_blocks(struct grams_writer *writer)
{
    struct gram_entry entries[GRAMS_BLOCK];
    uint64_t at = 0;
    for (uint32_t words = 2; words <= GRAM_WORDS_MOST; words++) {
        uint64_t left = writer->counts[words - 2];
        while (left && writer->status == STATUS_OK) {
            uint32_t count = left < GRAMS_BLOCK ? (uint32_t)left : GRAMS_BLOCK;
            read_entries(writer, at, count, words, entries);
            if (writer->status == STATUS_OK)
                put_block(writer, entries, count, words);
            at += count * entry_bytes(words);
            left -= count;
        }
    }
}

static void take_word(void *context, uint32_t term)
{
    uint8_t word[GRAMS_WORD_BYTES];
    store_le32(word, term);
    chunk_append(context, word, sizeof word);
}

static void put_footer(struct grams_writer *writer, uint64_t lists, uint64_t blocks)
{
    uint8_t footer[GRAMS_FOOTER_BYTES];
    store_le64(footer, lists);
    store_le64(footer + 8, blocks);
    for (size_t i = 0; i < GRAMS_COUNTS; i++)
        store_le64(footer + 16 + 8 * i, writer->counts[i]);
    store_le32(footer + 72, (uint32_t)(writer->keys.size / GRAMS_ENTRY_BYTES));
    store_le32(footer + 76, writer->word_count);
    store_le32(footer + 80, GRAMS_BLOCK);
    store_le32(footer + 84, 0);
    chunk_append(writer->chunk, footer, sizeof footer);
}

static void put_tables(struct grams_writer *writer)
{
    if (writer->keys.size / GRAMS_ENTRY_BYTES > UINT32_MAX)
        writer->status = STATUS_LIMIT;
    if (writer->keys.status != STATUS_OK || writer->offsets.status != STATUS_OK)
        writer->status = STATUS_NO_MEMORY;
    chunk_pad(writer->chunk);
    chunk_append(writer->chunk, writer->keys.data, writer->keys.size);
    chunk_append(writer->chunk, writer->offsets.data, writer->offsets.size);
    term_set_each(&writer->words, take_word, writer->chunk);
    chunk_pad(writer->chunk);
}

enum status grams_writer_finish(struct grams_writer *writer)
{
    struct error error = {0};
    uint64_t lists = chunk_size(writer->chunk);
    if (writer->status == STATUS_OK)
        writer->status = writer->words.status;
    if (writer->status == STATUS_OK)
        writer->status = spool_flush(writer->entries, &error);
    if (writer->status == STATUS_OK)
        writer->word_count = term_set_count(&writer->words);
    if (writer->status == STATUS_OK)
        writer->status = writer->words.status;
    if (writer->status != STATUS_OK)
        return writer->status;
    writer->lists = GRAMS_HEAD_BYTES;
    chunk_pad(writer->chunk);
    uint64_t begin = chunk_size(writer->chunk);
    put_blocks(writer);
    uint64_t end = chunk_size(writer->chunk);
    put_tables(writer);
    put_footer(writer, lists, end - begin);
    return writer->status == STATUS_OK ? chunk_status(writer->chunk) : writer->status;
}

void grams_writer_close(struct grams_writer *writer)
{
    if (!writer)
        return;
    spool_close(writer->entries);
    term_set_release(&writer->words);
    bytes_release(&writer->keys);
    bytes_release(&writer->offsets);
    bytes_release(&writer->block);
    memory_free(writer);
}
