#include "store/gram_block_write.h"

#include "codec/rice.h"
#include "codec/varint_put.h"

static bool has_list(const struct gram_entry *entry)
{
    return entry->doubled >= 2;
}

static bool has_titles(const struct gram_entry *entry)
{
    return entry->doubled & 1;
}

struct column {
    uint32_t count;
    uint32_t values[GRAMS_BLOCK];
};

static void add(struct column *column, uint32_t value)
{
    column->values[column->count++] = value;
}

/* A column that nothing belongs to takes no bytes. */
static void put(const struct column *column, struct bytes *out)
{
    uint8_t packed[RICE_MOST_BYTES];
    if (column->count)
        bytes_append(out, packed,
                     (size_t)(rice_encode(column->values, column->count, packed) - packed));
}

static bool same_before(const struct gram_entry *entry, uint32_t word)
{
    for (uint32_t i = 0; i < word; i++)
        if (entry[0].codes[i] != entry[-1].codes[i])
            return false;
    return true;
}

/* The first two words of the first gram stand among the keys. */
static void put_words(const struct gram_entry *entries, uint32_t count, uint32_t words,
                      uint32_t word, struct bytes *out)
{
    struct column column = {0};
    add(&column, word < 2 ? 0 : entries->codes[word]);
    for (uint32_t i = 1; i < count; i++) {
        uint32_t value = entries[i].codes[word];
        if (same_before(&entries[i], word))
            value -= entries[i - 1].codes[word] + (word + 1 == words);
        add(&column, value);
    }
    put(&column, out);
}

static void put_counts(const struct gram_entry *entries, uint32_t count, struct bytes *out)
{
    struct column doubled = {0}, more = {0}, places = {0}, sizes = {0};
    for (uint32_t i = 0; i < count; i++) {
        add(&doubled, entries[i].doubled);
        add(&more, entries[i].more);
        add(has_list(&entries[i]) ? &sizes : &places, entries[i].size);
    }
    put(&doubled, out);
    put(&more, out);
    put(&sizes, out);
    put(&places, out);
}

static void put_titles(const struct gram_entry *entries, uint32_t count, struct bytes *out)
{
    struct column titles = {0}, more = {0}, sizes = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (!has_titles(&entries[i]))
            continue;
        add(&titles, entries[i].titles);
        if (!has_list(&entries[i]))
            continue;
        add(&more, entries[i].title_more);
        add(&sizes, entries[i].title_size);
    }
    put(&titles, out);
    put(&more, out);
    put(&sizes, out);
}

void gram_block_write(const struct gram_entry *entries, uint32_t count, uint32_t words,
                      uint64_t lists, struct bytes *out)
{
    varint_put(out, lists);
    for (uint32_t word = 0; word < words; word++)
        put_words(entries, count, words, word, out);
    put_counts(entries, count, out);
    put_titles(entries, count, out);
}
