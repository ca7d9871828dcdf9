/* Completions of a sample: every second word, some runs of words where it has their lists, and
 * some titles, by their whole texts and by what follows their first words. */
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "demand.h"
#include "store/completions_write.h"
#include "store/lexicon_layout.h"
#include "unit/store/sample_classes.h"

enum { GRAM_STEP = 16, TITLE_STEP = 8 };

struct entry {
    char *text;
    const char *whole; /* of a title, borrowed */
    uint32_t articles, doc;
};

static int by_text(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    if (order == 0 && x->whole)
        order = strcmp(x->whole, y->whole);
    return order ? order : (x->doc > y->doc) - (x->doc < y->doc);
}

static char *join(const struct sample *sample, const struct sample_gram *gram)
{
    struct bytes text = {0};
    for (uint32_t i = 0; i < gram->count; i++) {
        bytes_append_string(&text, i ? " " : "");
        bytes_append_slice(&text, sample->terms[gram->terms[i]].key);
    }
    bytes_put_u8(&text, 0);
    return (char *)text.data;
}

static char *capitalised(const char *text)
{
    char *copy = strdup(text);
    demand_memory(copy);
    if (*copy >= 'a' && *copy <= 'z')
        *copy -= 'a' - 'A';
    return copy;
}

static void write_phrases(const struct sample *sample, struct completions_writer *writer)
{
    size_t grams = sample->has_grams ? sample->gram_count : 0, count = 0;
    struct entry *entries = calloc(sample->term_count + grams + 1, sizeof *entries);
    demand_memory(entries);
    for (size_t i = 0; i < sample->term_count; i += 2) {
        struct slice key = sample->terms[i].key;
        if ((uint8_t)key.data[0] > 2)
            entries[count++] = (struct entry){.text = strndup(key.data, key.size),
                                              .articles = (uint32_t)sample->terms[i].count};
    }
    for (size_t i = 0; i < grams; i += GRAM_STEP)
        entries[count++] = (struct entry){.text = join(sample, &sample->grams[i]),
                                          .articles = sample->grams[i].article_count};
    qsort(entries, count, sizeof *entries, by_text);
    for (size_t i = 0; i < count; i++) {
        struct slice text = slice_of_string(entries[i].text);
        char *shown = capitalised(entries[i].text);
        if (text.size <= COMPLETIONS_TEXT_MOST)
            completions_writer_phrase(writer, text, entries[i].articles,
                                      i % 3 ? (struct slice){0} : slice_of_string(shown));
        free(entries[i].text);
        free(shown);
    }
    free(entries);
}

static char *folded(const char *text)
{
    char *copy = strdup(text);
    demand_memory(copy);
    for (char *at = copy; *at; at++)
        *at |= *at >= 'A' && *at <= 'Z' ? 0x20 : 0;
    return copy;
}

static void write_titles(const struct sample *sample, struct completions_writer *writer)
{
    size_t count = 0;
    struct entry *entries = calloc(2 * (size_t)sample->options.articles + 1, sizeof *entries);
    demand_memory(entries);
    for (uint32_t doc = 0; doc < sample->options.articles; doc += TITLE_STEP) {
        const char *whole = sample->articles[doc].title, *space = strchr(whole, ' ');
        if (!*whole || strlen(whole) > COMPLETIONS_TEXT_MOST)
            continue;
        entries[count++] = (struct entry){folded(whole), whole, 1, doc};
        if (space)
            entries[count++] = (struct entry){folded(space + 1), whole, 1, doc};
    }
    qsort(entries, count, sizeof *entries, by_text);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && strcmp(entries[i].text, entries[next].text) == 0 &&
                           strcmp(entries[i].whole, entries[next].whole) == 0;)
            next++;
        completions_writer_title(writer, slice_of_string(entries[i].text), (uint32_t)(next - i),
                                 strlen(entries[i].text) == strlen(entries[i].whole),
                                 entries[i].doc);
    }
    for (size_t i = 0; i < count; i++)
        free(entries[i].text);
    free(entries);
}

void sample_write_completions(const struct sample *sample, struct container_writer *container)
{
    struct error error = {0};
    struct completions_writer *writer = completions_writer_open(container, &error);
    uint32_t best = 0;
    demand(writer != NULL, "completions cannot be written");
    write_phrases(sample, writer);
    write_titles(sample, writer);
    for (size_t i = 0; i < sample->term_count; i++) {
        const struct sample_term *term = &sample->terms[i];
        if ((uint8_t)term->key.data[0] > 2 && term->count > best)
            best = (uint32_t)term->count;
        if ((i + 1) % LEXICON_BLOCK && i + 1 < sample->term_count)
            continue;
        completions_writer_words(writer, best);
        best = 0;
    }
    demand(completions_writer_finish(writer) == STATUS_OK, "completions cannot be written");
    completions_writer_close(writer);
}
