#include "unit/store/sample.h"
#include "demand.h"
#include "unit/store/sample_classes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/endian.h"
#include "random.h"
#include "store/columns_write.h"
#include "store/documents_write.h"
#include "store/fields.h"
#include "store/grams_write.h"
#include "store/key.h"
#include "store/norm.h"
#include "store/term_write.h"

/* --- Words -------------------------------------------------------------------------------------*/

enum { LONGEST_WORD = 1024, SOURCES = 5 };

static char *print_word(uint32_t i)
{
    char *word = demand_memory(malloc(LONGEST_WORD + 1));
    if (i == 40) {
        memset(word, 'x', LONGEST_WORD);
        word[LONGEST_WORD] = '\0';
    } else if (i < 26) {
        snprintf(word, LONGEST_WORD, "%c", 'a' + (int)i);
    } else if (i % 4 == 0) {
        snprintf(word, LONGEST_WORD, "w%u", (unsigned)i);
    } else if (i % 4 == 1) {
        snprintf(word, LONGEST_WORD, "counterrevolution%u", (unsigned)(i * 2654435761u));
    } else if (i % 4 == 2) {
        snprintf(word, LONGEST_WORD, "\xC3\xA9t\xC3\xA9%x", (unsigned)i);
    } else {
        snprintf(word, LONGEST_WORD, "%u", (unsigned)(i * 40503u));
    }
    return word;
}

/* Lower numbers far more often, as words of a language are. */
static uint32_t draw_word(uint64_t *random, uint32_t vocabulary)
{
    double unit = (double)(random_next(random) >> 11) / 9007199254740992.0;
    return (uint32_t)(unit * unit * unit * vocabulary);
}

/* --- Occurrences -------------------------------------------------------------------------------*/

struct occurrence {
    struct slice key;
    uint32_t doc, position;
    bool in_title;
};

struct occurrences {
    struct occurrence *items;
    size_t count, capacity;
};

static void add(struct occurrences *all, struct slice key, uint32_t doc, uint32_t position,
                bool in_title)
{
    if (all->count == all->capacity) {
        all->capacity = 2 * all->capacity + 1024;
        all->items = demand_memory(realloc(all->items, all->capacity * sizeof *all->items));
    }
    all->items[all->count++] = (struct occurrence){key, doc, position, in_title};
}

static int by_key_then_place(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;
    int order = slice_compare(x->key, y->key);
    if (order == 0)
        order = (x->doc > y->doc) - (x->doc < y->doc);
    return order ? order : (x->position > y->position) - (x->position < y->position);
}

static char *draw_words(struct sample *sample, uint64_t *random, struct occurrences *all,
                        uint32_t doc, uint32_t from, uint32_t count, bool in_title)
{
    struct bytes text = {0};
    for (uint32_t i = 0; i < count; i++) {
        const char *word = sample->vocabulary[draw_word(random, sample->options.vocabulary)];
        bytes_append_string(&text, i ? " " : "");
        bytes_append_string(&text, word);
        add(all, slice_of_string(word), doc, from + i, in_title);
    }
    bytes_put_u8(&text, 0);
    char *copy = demand_memory(strdup((const char *)text.data));
    bytes_release(&text);
    return copy;
}

static char *print(const char *prefix, unsigned number)
{
    char text[64];
    snprintf(text, sizeof text, "%s%u", prefix, number);
    return demand_memory(strdup(text));
}

static void draw_article(struct sample *sample, uint64_t *random, struct occurrences *all,
                         uint32_t doc)
{
    struct sample_article *article = &sample->articles[doc];
    const struct sample_options *options = &sample->options;
    struct bytes key = {0};
    article->id = print("article/", doc);
    article->source = print("Source ", (unsigned)random_below(random, SOURCES));
    article->title_words = (uint32_t)random_below(random, options->title_words + 1);
    article->body_words = (uint32_t)random_below(random, options->body_words + 1);
    article->date = doc % 3 ? (uint64_t)random_next(random) >> 1 : UINT64_MAX;
    article->title = draw_words(sample, random, all, doc, 0, article->title_words, true);
    article->body = draw_words(sample, random, all, doc, settings_body_start(article->title_words),
                               article->body_words, false);
    key_write(&key, KEY_VALUE, 0, slice_of_string(article->source));
    char *kept = demand_memory(malloc(key.size)); /* freed with the vocabulary's places */
    memcpy(kept, key.data, key.size);
    sample->vocabulary[options->vocabulary + doc] = kept;
    add(all, slice_of(kept, key.size), doc, 0, false);
    bytes_release(&key);
}

/* --- Inverting ---------------------------------------------------------------------------------*/

static bool starts_term(const struct occurrence *items, size_t i)
{
    return i == 0 || !slice_equal(items[i - 1].key, items[i].key);
}

static void invert(struct sample *sample, struct occurrences *all)
{
    struct sample_term *term = sample->terms =
        demand_memory(calloc(all->count + 1, sizeof *sample->terms));
    struct sample_posting *posting = sample->postings =
        demand_memory(calloc(all->count + 1, sizeof *posting));
    sample->positions = demand_memory(calloc(all->count + 1, sizeof *sample->positions));
    if (all->count)
        qsort(all->items, all->count, sizeof *all->items, by_key_then_place);
    term--;
    posting--;
    for (size_t i = 0; i < all->count; i++) {
        const struct occurrence *item = &all->items[i];
        bool fresh = starts_term(all->items, i);
        if (fresh)
            *++term = (struct sample_term){item->key, 0, posting + 1};
        if (fresh || item->doc != posting->doc) {
            *++posting = (struct sample_posting){item->doc, 0, 0, sample->positions + i};
            term->count++;
        }
        sample->positions[i] = item->position;
        posting->tf++;
        posting->title_tf += item->in_title;
    }
    sample->term_count = (size_t)(term + 1 - sample->terms);
}

static void count_settings(struct sample *sample)
{
    struct settings *settings = &sample->settings;
    *settings = (struct settings){.article_count = sample->options.articles,
                                  .k1_thousandths = 1200,
                                  .b_thousandths = 600,
                                  .title_weight_thousandths = 3000,
                                  .has_text = !sample->options.no_text,
                                  .lang = "en"};
    sample->norms = demand_memory(calloc(sample->options.articles + 1, 1));
    for (uint32_t doc = 0; doc < sample->options.articles; doc++) {
        const struct sample_article *article = &sample->articles[doc];
        sample->norms[doc] = norm_of_length(article->title_words + article->body_words);
        settings->word_count += article->title_words + article->body_words;
        settings->title_word_count += article->title_words;
        settings->length_sum += norm_length(sample->norms[doc]);
    }
    impact_model_init(&sample->model, settings);
}

void sample_make(struct sample *sample, const struct sample_options *options)
{
    struct occurrences all = {0};
    uint64_t random = options->seed;
    *sample = (struct sample){.options = *options};
    sample->articles = demand_memory(calloc(options->articles + 1, sizeof *sample->articles));
    sample->vocabulary =
        demand_memory(calloc(options->vocabulary + options->articles, sizeof(char *)));
    for (uint32_t i = 0; i < options->vocabulary; i++)
        sample->vocabulary[i] = print_word(i);
    for (uint32_t doc = 0; doc < options->articles; doc++)
        draw_article(sample, &random, &all, doc);
    invert(sample, &all);
    count_settings(sample);
    free(all.items);
}

/* --- The tiny one ------------------------------------------------------------------------------*/

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Words are runs of letters, in lower case. Keeps each in the next place of the vocabulary. */
static uint32_t split_words(char **places, struct occurrences *all, uint32_t doc, uint32_t from,
                            const char *text, bool in_title)
{
    uint32_t count = 0;
    for (const char *at = text; *at;) {
        size_t size = 0;
        while (is_letter(at[size]))
            size++;
        if (size) {
            char *word = places[count] = demand_memory(strndup(at, size));
            for (size_t i = 0; i < size; i++)
                word[i] |= 0x20;
            add(all, slice_of(word, size), doc, from + count++, in_title);
        }
        at += size ? size : 1;
    }
    return count;
}

void sample_make_tiny(struct sample *sample)
{
    static const struct {
        const char *id, *title, *body, *source;
        uint64_t date;
    } given[] = {
        {"a", "Rain", "It fell, and it fell; rain.", "Tide", UINT64_MAX},
        {"b", "", "Rain at last.", "Tide", 2015ull << 48 | 10ull << 44 | 1ull << 39 | 3ull << 19},
    };
    struct occurrences all = {0};
    char **place;
    *sample = (struct sample){.options = {.articles = 2, .vocabulary = 20}};
    sample->articles = demand_memory(calloc(2, sizeof *sample->articles));
    sample->vocabulary = place = demand_memory(calloc(22, sizeof(char *)));
    for (uint32_t doc = 0; doc < 2; doc++, place++) {
        struct sample_article *article = &sample->articles[doc];
        struct bytes key = {0};
        article->date = given[doc].date;
        article->id = demand_memory(strdup(given[doc].id));
        article->title = demand_memory(strdup(given[doc].title));
        article->body = demand_memory(strdup(given[doc].body));
        article->source = demand_memory(strdup(given[doc].source));
        place += article->title_words = split_words(place, &all, doc, 0, article->title, true);
        place += article->body_words = split_words(
            place, &all, doc, settings_body_start(article->title_words), article->body, false);
        key_write(&key, KEY_VALUE, 0, SLICE("tide"));
        *place = demand_memory(strndup((const char *)key.data, key.size));
        add(&all, slice_of(*place, key.size), doc, 0, false);
        bytes_release(&key);
    }
    invert(sample, &all);
    count_settings(sample);
    free(all.items);
}

void sample_free(struct sample *sample)
{
    for (uint32_t i = 0; i < sample->options.vocabulary + sample->options.articles; i++)
        free(sample->vocabulary[i]);
    for (uint32_t doc = 0; doc < sample->options.articles; doc++) {
        free(sample->articles[doc].id);
        free(sample->articles[doc].title);
        free(sample->articles[doc].body);
        free(sample->articles[doc].source);
    }
    free(sample->articles);
    free(sample->vocabulary);
    free(sample->terms);
    free(sample->postings);
    free(sample->positions);
    free(sample->norms);
    free(sample->grams);
    free(sample->gram_articles);
}

/* --- Writing -----------------------------------------------------------------------------------*/

static void must(enum status status, const struct error *error)
{
    if (status == STATUS_OK)
        return;
    fprintf(stderr, "sample: %s: %s\n", status_name(status), error ? error->text : "");
    exit(1);
}

static void write_terms(const struct sample *sample, struct container_writer *container,
                        struct error *error)
{
    struct term_writer *writer = demand_memory(term_writer_open(
        container, &sample->model, sample->norms, sample->options.articles, error));
    for (size_t i = 0; i < sample->term_count; i++) {
        const struct sample_term *term = &sample->terms[i];
        term_writer_begin(writer, term->key);
        for (size_t p = 0; p < term->count; p++) {
            const struct sample_posting *posting = &term->postings[p];
            uint32_t half = posting->tf / 2;
            term_writer_article(writer, posting->doc, posting->tf, posting->title_tf);
            term_writer_positions(writer, posting->positions, half);
            term_writer_positions(writer, posting->positions + half, posting->tf - half);
        }
        term_writer_end(writer);
    }
    must(term_writer_finish(writer), NULL);
    term_writer_close(writer);
}

static void write_grams(const struct sample *sample, struct container_writer *container,
                        struct error *error)
{
    struct bytes lists = {0};
    struct grams_writer *writer = demand_memory(grams_writer_open(container, &sample->rule, error));
    for (size_t i = 0; i < sample->gram_count; i++) {
        const struct sample_gram *gram = &sample->grams[i];
        struct gram out;
        bytes_clear(&lists);
        must(gram_list_write(gram->articles, gram->article_count, &sample->model, sample->norms,
                             &lists, &out),
             NULL);
        grams_writer_add(writer, gram->terms, gram->count, &out, bytes_slice(&lists));
    }
    must(grams_writer_finish(writer), NULL);
    grams_writer_close(writer);
    bytes_release(&lists);
}

/* The whole body, or the words that fit, where there is no title. */
static void write_shown_title(const struct sample_article *article, struct bytes *shown)
{
    enum { MOST = 40 };
    size_t size = strlen(article->body);
    if (article->title[0])
        return;
    if (size > MOST)
        for (size = MOST; size && article->body[size] != ' ';)
            size--;
    bytes_append(shown, article->body, size);
    if (size < strlen(article->body))
        bytes_append_string(shown, "…");
}

static void pack_body(struct document_packer *packer, const struct sample_article *article,
                      uint32_t number, size_t lead)
{
    size_t size = strlen(article->body);
    uint32_t position = settings_body_start(article->title_words);
    for (size_t at = 0; at < size;) {
        size_t end = at + document_packer_room(packer);
        while (end < size && article->body[end] != ' ')
            end++;
        if (end > size)
            end = size;
        document_packer_text(packer, number, at, position, lead,
                             slice_of(article->body + at, end - at));
        for (size_t i = at; i < end; i++) /* a word begins behind a space, the first at the start */
            position += article->body[i] == ' ' || i == 0;
        at = end;
    }
}

static void pack_article(struct document_packer *packer, const struct sample_article *article,
                         uint32_t number, bool with_text)
{
    struct bytes record = {0}, shown = {0};
    struct slice source = slice_of_string(article->source);
    struct fields fields = {.id = slice_of_string(article->id),
                            .title = slice_of_string(article->title),
                            .date = article->date,
                            .lists[0] = {&source, 1}};
    write_shown_title(article, &shown);
    fields.shown_title = bytes_slice(&shown);
    fields_write(&fields, &record);
    document_packer_fields(packer, bytes_slice(&record));
    if (with_text)
        pack_body(packer, article, number, fields_lead(&fields, slice_of_string(article->body)));
    bytes_release(&record);
    bytes_release(&shown);
}

static void write_documents(const struct sample *sample, struct container_writer *container,
                            struct error *error)
{
    bool with_text = !sample->options.no_text;
    uint32_t batch = sample->options.batch ? sample->options.batch : sample->options.articles;
    struct document_writer *writer =
        demand_memory(document_writer_open(container, with_text, error));
    struct document_packer *packer = demand_memory(document_packer_open(true));
    for (uint32_t first = 0; first < sample->options.articles; first += batch) {
        struct packed_documents packed = {0};
        for (uint32_t i = 0; i < batch && first + i < sample->options.articles; i++)
            pack_article(packer, &sample->articles[first + i], i, with_text);
        must(document_packer_finish(packer, &packed), NULL);
        must(document_writer_append(writer, &packed), NULL);
        packed_documents_release(&packed);
    }
    must(document_writer_finish(writer), NULL);
    document_writer_close(writer);
    document_packer_close(packer);
}

struct hashed {
    uint64_t hash;
    uint32_t doc;
};

static int by_hash(const void *a, const void *b)
{
    const struct hashed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

static void write_columns(const struct sample *sample, struct container_writer *container,
                          struct error *error)
{
    uint32_t count = sample->options.articles;
    struct column_writer *columns = demand_memory(column_writer_open(container, error));
    struct id_writer *ids = demand_memory(id_writer_open(container, count, error));
    struct hashed *hashes = demand_memory(calloc(count + 1, sizeof *hashes));
    for (uint32_t doc = 0; doc < count; doc++) {
        const struct sample_article *article = &sample->articles[doc];
        hashes[doc] = (struct hashed){id_hash(slice_of_string(article->id)), doc};
        column_writer_article(columns, article->title_words + article->body_words,
                              article->title_words, article->date);
    }
    qsort(hashes, count, sizeof *hashes, by_hash);
    for (uint32_t i = 0; i < count; i++)
        id_writer_add(ids, hashes[i].hash, hashes[i].doc);
    must(column_writer_finish(columns), NULL);
    must(id_writer_finish(ids), NULL);
    column_writer_close(columns);
    id_writer_close(ids);
    free(hashes);
}

static void write_settings(const struct sample *sample, struct container_writer *container,
                           struct error *error)
{
    struct bytes chunk = {0};
    settings_write(&sample->settings, &chunk);
    chunk_append(demand_memory(container_chunk(container, CHUNK_SETTINGS, error)), chunk.data,
                 chunk.size);
    bytes_release(&chunk);
}

static void write_order(const struct sample *sample, struct container_writer *container,
                        struct error *error)
{
    struct chunk_writer *chunk = demand_memory(container_chunk(container, CHUNK_ORDER, error));
    for (uint32_t left = sample->options.articles; left > 0; left--) {
        uint8_t place[4];
        store_le32(place, left - 1);
        chunk_append(chunk, place, sizeof place);
    }
}

void sample_write(const struct sample *sample, const char *path)
{
    struct error error = {0};
    struct container_writer *container = demand_memory(container_writer_open(path, NULL, &error));
    struct file_output *out = file_output_open(path, &error);
    must(error.status, &error);
    write_settings(sample, container, &error);
    write_terms(sample, container, &error);
    write_columns(sample, container, &error);
    write_documents(sample, container, &error);
    if (sample->has_grams)
        write_grams(sample, container, &error);
    if (sample->reordered)
        write_order(sample, container, &error);
    if (sample->has_classes)
        sample_write_classes(sample, container);
    if (sample->has_titles)
        sample_write_titles(sample, container);
    if (sample->has_titles)
        sample_write_completions(sample, container);
    if (sample->write_groups)
        sample->write_groups(container);
    else if (sample->has_titles)
        sample_write_groups(sample, container);
    must(container_finish(container, out, &error), &error);
    must(file_output_commit(out, &error), &error);
    container_writer_close(container);
}
