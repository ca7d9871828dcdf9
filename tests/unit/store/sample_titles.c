/* Titles of a sample: their words by their places among the terms. */
#include <stdlib.h>

#include "base/endian.h"
#include "base/error.h"
#include "base/hash.h"
#include "demand.h"
#include "store/titles_write.h"
#include "unit/store/sample_classes.h"

struct entry {
    uint64_t hash;
    uint32_t doc;
};

/* The first of the terms that leave the same rest and are words. */
static uint32_t stands_for(const struct sample *sample, uint32_t term)
{
    uint32_t modulus = sample->has_classes ? sample->moduli[SAMPLE_LANGUAGES - 1] : 0;
    if (modulus == 0)
        return term;
    for (term %= modulus; (uint8_t)sample->terms[term].key.data[0] < 3; term += modulus)
        ;
    return term;
}

static uint8_t **title_words(const struct sample *sample)
{
    uint8_t **words = calloc(sample->options.articles + 1, sizeof *words);
    demand_memory(words);
    for (uint32_t doc = 0; doc < sample->options.articles; doc++) {
        words[doc] = calloc(sample->articles[doc].title_words + 1, 4);
        demand_memory(words[doc]);
    }
    for (uint32_t term = 0; term < sample->term_count; term++) {
        if ((uint8_t)sample->terms[term].key.data[0] < 3)
            continue;
        for (size_t p = 0; p < sample->terms[term].count; p++) {
            const struct sample_posting *posting = &sample->terms[term].postings[p];
            for (uint32_t i = 0; i < posting->title_tf; i++)
                store_le32(words[posting->doc] + 4 * (size_t)posting->positions[i],
                           stands_for(sample, term));
        }
    }
    return words;
}

static int by_hash_then_doc(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

void sample_write_titles(const struct sample *sample, struct container_writer *container)
{
    struct error error = {0};
    struct titles_writer writer = {0};
    uint8_t **words = title_words(sample);
    struct entry *entries = calloc(sample->options.articles + 1, sizeof *entries);
    size_t count = 0;
    demand_memory(entries);
    for (uint32_t doc = 0; doc < sample->options.articles; doc++) {
        size_t size = 4 * (size_t)sample->articles[doc].title_words;
        if (size)
            entries[count++] = (struct entry){hash_bytes(words[doc], size), doc};
        free(words[doc]);
    }
    qsort(entries, count, sizeof *entries, by_hash_then_doc);
    demand(titles_writer_open(&writer, container, &error) == STATUS_OK, "titles cannot be written");
    for (size_t i = 0; i < count; i++)
        titles_writer_add(&writer, entries[i].hash, entries[i].doc);
    bool language = sample->has_classes && sample->moduli[SAMPLE_LANGUAGES - 1];
    demand(titles_writer_finish(&writer, language ? "en" : "") == STATUS_OK,
           "titles cannot be written");
    free(entries);
    free(words);
}
