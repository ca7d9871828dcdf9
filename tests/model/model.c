#include "model/model.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"

enum { WORDS_MOST = 1 << 23 };

void model_open(struct model *model)
{
    *model = (struct model){.analyzer = analyzer_open(), .table_size = 2 * WORDS_MOST};
    model->words = calloc(WORDS_MOST, sizeof *model->words);
    model->table = calloc(model->table_size, sizeof *model->table);
    model->df = malloc(WORDS_MOST * sizeof *model->df);
}

void model_close(struct model *model)
{
    analyzer_close(model->analyzer);
    arena_release(&model->arena);
    bytes_release(&model->articles);
    free(model->words);
    free(model->table);
    free(model->df);
}

/* --- Words -------------------------------------------------------------------------------------*/

uint32_t model_word(struct model *model, struct slice folded)
{
    size_t at = hash_bytes(folded.data, folded.size) % model->table_size;
    while (model->table[at] && !slice_equal(model->words[model->table[at] - 1], folded))
        at = (at + 1) % model->table_size;
    if (!model->table[at]) {
        if (model->word_count == WORDS_MOST)
            abort();
        model->df[model->word_count] = -1;
        model->words[model->word_count++] = arena_copy(&model->arena, folded);
        model->table[at] = model->word_count;
    }
    return model->table[at] - 1;
}

static void put_word(struct model *model, struct bytes *out, struct slice folded)
{
    uint32_t word = model_word(model, folded);
    bytes_append(out, &word, sizeof word);
}

static void read_plain(struct model *model, struct slice text, struct bytes *out)
{
    char word[4096];
    size_t size = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && isalpha((unsigned char)text.data[i])) {
            word[size++] = (char)tolower((unsigned char)text.data[i]);
        } else if (size) {
            put_word(model, out, slice_of(word, size));
            size = 0;
        }
    }
}

static void read_any(struct model *model, struct slice text, struct bytes *out)
{
    struct word words[64];
    size_t count;
    analyzer_begin(model->analyzer, text);
    while ((count = analyzer_read(model->analyzer, words, 64)) > 0)
        for (size_t i = 0; i < count; i++)
            put_word(model, out, words[i].text);
}

uint32_t *model_words(struct model *model, struct slice text, size_t *count)
{
    struct bytes words = {0};
    read_any(model, text, &words);
    *count = words.size / sizeof(uint32_t);
    uint32_t *copy = arena_regrow(&model->arena, words.data, *count, *count + 1, sizeof *copy);
    bytes_release(&words);
    return copy;
}

/* --- Articles ----------------------------------------------------------------------------------*/

void model_add(struct model *model, const struct generated *source, uint32_t file, bool hidden)
{
    struct bytes words = {0};
    struct model_article article = {.source = source, .file = file, .hidden = hidden};
    void (*read)(struct model *, struct slice, struct bytes *) =
        source->plain ? read_plain : read_any;
    read(model, source->article.title, &words);
    article.title_count = (uint32_t)(words.size / sizeof(uint32_t));
    read(model, source->article.body, &words);
    article.count = (uint32_t)(words.size / sizeof(uint32_t));
    article.words =
        arena_regrow(&model->arena, words.data, article.count, article.count + 1, sizeof(uint32_t));
    bytes_release(&words);
    bytes_append(&model->articles, &article, sizeof article);
    if (file >= model->file_count)
        model->file_count = file + 1;
}

/* Exact below 24; from there on the eight steps of each doubling: 24, 27 … 45, 48, 54 … */
static double rounded_length(uint32_t words)
{
    uint32_t step = 3;
    while (words / step >= 16)
        step *= 2;
    return words < 24 ? words : words / step * step;
}

void model_finish(struct model *model)
{
    for (size_t i = 0; i < model_article_count(model); i++) {
        const struct model_article *article = &model_articles(model)[i];
        model->average[article->file] += rounded_length(article->count);
        model->articles_of[article->file]++;
    }
    for (uint32_t file = 0; file < model->file_count; file++)
        model->average[file] /= (double)model->articles_of[file];
}

uint32_t model_count(const uint32_t *words, size_t count, const uint32_t *phrase,
                     size_t phrase_count)
{
    uint32_t found = 0;
    for (size_t i = 0; i + phrase_count <= count; i++) {
        size_t same = 0;
        while (same < phrase_count && words[i + same] == phrase[same])
            same++;
        found += same == phrase_count;
    }
    return found;
}

uint64_t model_df(struct model *model, uint32_t word)
{
    if (model->df[word] < 0) {
        model->df[word] = 0;
        for (size_t i = 0; i < model_article_count(model); i++) {
            const struct model_article *article = &model_articles(model)[i];
            model->df[word] += model_count(article->words, article->count, &word, 1) > 0;
        }
    }
    return (uint64_t)model->df[word];
}

uint64_t model_date(const struct date *date, bool last)
{
    uint64_t parts[6] = {(uint64_t)date->year, date->month,  date->day,
                         date->hour,           date->minute, date->second};
    static const int known[] = {0, 1, 2, 3, 5, 6}; /* by precision */
    uint64_t number = parts[0];
    for (int i = 1; i < 6; i++)
        number = number * 100 + (i < known[date->precision] ? parts[i] : last ? 99 : i < 3 ? 1 : 0);
    return number;
}

/* --- Queries -----------------------------------------------------------------------------------*/

struct tally { /* of one article */
    struct model *model;
    const struct model_article *article;
    const struct model_node *counted[64]; /* leaves whose occurrences were added */
    size_t counted_count;
    uint64_t score, occurrences;
};

static bool same_phrase(const struct model_node *a, const struct model_node *b)
{
    return a->title == b->title && a->word_count == b->word_count &&
           memcmp(a->words, b->words, a->word_count * sizeof *a->words) == 0;
}

static void score_phrase(struct tally *tally, const struct model_node *node, uint32_t tf,
                         uint32_t title_tf)
{
    struct model *model = tally->model;
    double idf = 0, total = (double)model_article_count(model);
    for (size_t i = 0; i < node->word_count; i++) {
        double df = (double)model_df(model, node->words[i]);
        idf += log(1 + (total - df + 0.5) / (df + 0.5));
    }
    double length = rounded_length(tally->article->count),
           average = model->average[tally->article->file];
    double weighted = tf + 2.0 * title_tf;
    double impact = weighted / (weighted + 1.2 * (1 - 0.6 + 0.6 * length / average));
    tally->score += (uint64_t)floor(idf * impact * 1048576 + 0.5);
    for (size_t i = 0; i < tally->counted_count; i++)
        if (same_phrase(tally->counted[i], node))
            return;
    tally->counted[tally->counted_count++] = node;
    tally->occurrences += tf;
}

static bool match_phrase(struct tally *tally, const struct model_node *node, bool scored)
{
    const struct model_article *article = tally->article;
    uint32_t title_tf =
        model_count(article->words, article->title_count, node->words, node->word_count);
    uint32_t tf = title_tf;
    if (!node->title)
        tf += model_count(article->words + article->title_count,
                          article->count - article->title_count, node->words, node->word_count);
    if (tf && scored)
        score_phrase(tally, node, tf, title_tf);
    return tf > 0;
}

static struct slice lowered(struct slice value, char room[128])
{
    for (size_t i = 0; i < value.size; i++)
        room[i] = (char)tolower((unsigned char)value.data[i]);
    return slice_of(room, value.size);
}

/* Values are letters, spaces and hyphens: its words as a phrase are the value between word ends. */
static bool match_value(const struct model_article *article, const struct model_node *node)
{
    char rooms[2][128];
    struct slice wanted = lowered(node->value, rooms[0]);
    const struct article_values *values = &article->source->article.lists[node->list];
    for (size_t i = 0; i < values->count; i++) {
        struct slice value = lowered(values->values[i], rooms[1]);
        for (size_t at = 0; at + wanted.size <= value.size; at++) {
            bool starts = at == 0 || !isalpha((unsigned char)value.data[at - 1]);
            bool ends = at + wanted.size == value.size ||
                        !isalpha((unsigned char)value.data[at + wanted.size]);
            if (starts && ends && memcmp(value.data + at, wanted.data, wanted.size) == 0)
                return true;
        }
    }
    return false;
}

static bool match_date(const struct model_article *article, const struct model_node *node)
{
    const struct date *date = &article->source->article.date;
    return date->precision != DATE_NONE && model_date(date, false) <= node->last &&
           model_date(date, true) >= node->first;
}

/* A part that fails leaves no score behind. */
static bool match(struct tally *tally, const struct model_node *node, bool scored);

static bool match_children(struct tally *tally, const struct model_node *node, bool scored)
{
    struct tally before = *tally;
    bool any = false, all = true;
    for (size_t i = 0; i < node->child_count; i++) {
        bool one = match(tally, node->children[i], scored && !(node->kind == MODEL_NOT && i));
        one = one != (node->kind == MODEL_NOT && i > 0);
        any = any || one;
        all = all && one;
    }
    bool holds = node->kind == MODEL_OR ? any : all;
    if (!holds)
        *tally = before;
    return holds;
}

static bool match(struct tally *tally, const struct model_node *node, bool scored)
{
    switch (node->kind) {
    case MODEL_PHRASE:
        return match_phrase(tally, node, scored);
    case MODEL_VALUE:
        return match_value(tally->article, node);
    case MODEL_DATE:
        return match_date(tally->article, node);
    case MODEL_ID:
        return slice_equal(tally->article->source->article.id, node->value);
    case MODEL_ALL:
        return true;
    default:
        return match_children(tally, node, scored);
    }
}

struct model_hit *model_answer(struct model *model, const struct model_node *root, size_t *count)
{
    struct bytes hits = {0};
    for (uint32_t i = 0; i < model_article_count(model); i++) {
        struct tally tally = {.model = model, .article = &model_articles(model)[i]};
        if (tally.article->hidden || !match(&tally, root, true))
            continue;
        struct model_hit hit = {i, tally.score, tally.occurrences};
        bytes_append(&hits, &hit, sizeof hit);
    }
    *count = hits.size / sizeof(struct model_hit);
    return (struct model_hit *)(void *)hits.data;
}
