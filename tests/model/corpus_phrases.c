/* Phrases sampled from articles and asked of their index, against a scan of all the words.
 *
 *     corpus_phrases INDEX COUNT SEED ARTICLES...
 *
 * The scan knows nothing of the index: it keeps every article's words in order and slides over
 * them. Of the phrases, of one to eight words, half stand in the articles, a quarter are such with
 * two words exchanged, and a quarter are words drawn together that hardly ever stand together.
 * Totals must be equal, and up to a thousand articles also which ones they are. Exit status 1 where
 * anything differs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "input/input.h"
#include "random.h"
#include "search/searcher.h"
#include "text/analyzer.h"

enum { LONGEST = 8, WORDS_AT_ONCE = 256, SLOTS = 1 << 24, BORDER = 0 };

/* Every word of the articles as a number; a BORDER behind each title and each body. */
struct corpus {
    struct analyzer *analyzer;
    struct bytes numbers;  /* uint32_t */
    struct bytes articles; /* uint32_t: the article of each stretch between borders */
    struct bytes ids;      /* struct slice, copied */
    struct bytes texts;    /* struct slice: the word of each number from 1, copied */
    uint32_t *slots;       /* by hash: the number of a word */
    uint64_t words;
    struct arena arena; /* of ids and texts */
};

static struct slice text_of(const struct corpus *corpus, uint32_t number)
{
    return ((const struct slice *)(const void *)corpus->texts.data)[number - 1];
}

static uint32_t number_of(struct corpus *corpus, struct slice word)
{
    size_t slot = hash_bytes(word.data, word.size) % SLOTS;
    for (; corpus->slots[slot]; slot = (slot + 1) % SLOTS)
        if (slice_equal(text_of(corpus, corpus->slots[slot]), word))
            return corpus->slots[slot];
    struct slice copy = arena_copy(&corpus->arena, word);
    bytes_append(&corpus->texts, &copy, sizeof copy);
    return corpus->slots[slot] = (uint32_t)(corpus->texts.size / sizeof copy);
}

static void put_number(struct bytes *out, uint32_t number)
{
    bytes_append(out, &number, sizeof number);
}

static void add_text(struct corpus *corpus, struct slice text, uint32_t article)
{
    struct word words[WORDS_AT_ONCE];
    analyzer_begin(corpus->analyzer, text);
    for (size_t n; (n = analyzer_read(corpus->analyzer, words, WORDS_AT_ONCE)) > 0;
         corpus->words += n)
        for (size_t i = 0; i < n; i++)
            put_number(&corpus->numbers, number_of(corpus, words[i].text));
    put_number(&corpus->numbers, BORDER);
    put_number(&corpus->articles, article);
}

static enum status take(void *context, const struct article *article,
                        const struct input_place *place)
{
    struct corpus *corpus = context;
    struct slice id = arena_copy(&corpus->arena, article->id);
    uint32_t number = (uint32_t)(corpus->ids.size / sizeof id);
    (void)place;
    bytes_append(&corpus->ids, &id, sizeof id);
    add_text(corpus, article->title, number);
    add_text(corpus, article->body, number);
    return STATUS_OK;
}

static void skip(void *context, const struct input_place *place, const char *reason)
{
    (void)context;
    fprintf(stderr, "%s:%llu: %s\n", place->name, (unsigned long long)place->line, reason);
}

/* --- Phrases -----------------------------------------------------------------------------------*/

struct phrase {
    uint32_t words[LONGEST];
    size_t length;
    struct bytes found;  /* uint32_t: the articles, ascending */
    struct phrase *next; /* of the same hash */
};

static uint64_t phrase_hash(const uint32_t *words, size_t length)
{
    return hash_bytes(words, length * sizeof *words);
}

/* Words side by side, no border among them and none that stands for a longer one. */
static bool usable(const struct corpus *corpus, const uint32_t *words, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (words[i] == BORDER ||
            memchr(text_of(corpus, words[i]).data, '#', text_of(corpus, words[i]).size))
            return false;
    return true;
}

static void draw(const struct corpus *corpus, uint64_t *seed, struct phrase *phrase)
{
    const uint32_t *all = (const uint32_t *)(const void *)corpus->numbers.data;
    size_t count = corpus->numbers.size / sizeof *all;
    uint64_t kind = random_below(seed, 4);
    do {
        phrase->length = 1 + random_below(seed, LONGEST < count ? LONGEST : count);
        memcpy(phrase->words, all + random_below(seed, count - phrase->length + 1),
               phrase->length * sizeof *all);
        for (size_t i = 0; kind == 3 && i < phrase->length; i++)
            phrase->words[i] = all[random_below(seed, count)];
    } while (!usable(corpus, phrase->words, phrase->length));
    size_t a = random_below(seed, phrase->length), b = random_below(seed, phrase->length);
    if (kind == 2) {
        uint32_t word = phrase->words[a];
        phrase->words[a] = phrase->words[b];
        phrase->words[b] = word;
    }
}

/* --- The scan ----------------------------------------------------------------------------------*/

static void note(struct phrase *phrase, const uint32_t *words, uint32_t article)
{
    const uint32_t *found = (const uint32_t *)(const void *)phrase->found.data;
    size_t count = phrase->found.size / sizeof *found;
    if (memcmp(phrase->words, words, phrase->length * sizeof *words) == 0 &&
        (count == 0 || found[count - 1] != article))
        put_number(&phrase->found, article);
}

/* All phrases of one length, by hash in a table of 2^16 lists. */
static void scan_length(const struct corpus *corpus, struct phrase *phrases, size_t count,
                        size_t length)
{
    static struct phrase *table[1 << 16];
    const uint32_t *words = (const uint32_t *)(const void *)corpus->numbers.data;
    const uint32_t *articles = (const uint32_t *)(const void *)corpus->articles.data;
    size_t all = corpus->numbers.size / sizeof *words, stretch = 0, run = 0;
    memset(table, 0, sizeof table);
    for (size_t i = 0; i < count; i++)
        if (phrases[i].length == length) {
            struct phrase **slot = &table[phrase_hash(phrases[i].words, length) & 0xFFFF];
            phrases[i].next = *slot;
            *slot = &phrases[i];
        }
    for (size_t at = 0; at < all; at++) {
        run = words[at] == BORDER ? 0 : run + 1;
        if (run >= length) {
            const uint32_t *start = words + at + 1 - length;
            for (struct phrase *p = table[phrase_hash(start, length) & 0xFFFF]; p; p = p->next)
                note(p, start, articles[stretch]);
        }
        stretch += words[at] == BORDER;
    }
}

/* --- The comparison ----------------------------------------------------------------------------*/

static int compare_slices(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static bool same_articles(const struct corpus *corpus, const struct phrase *phrase,
                          const struct answer *answer)
{
    const uint32_t *found = (const uint32_t *)(const void *)phrase->found.data;
    const struct slice *ids = (const struct slice *)(const void *)corpus->ids.data;
    struct slice expected[QUESTION_LIMIT_MOST], got[QUESTION_LIMIT_MOST];
    if (answer->total > QUESTION_LIMIT_MOST)
        return true;
    for (size_t i = 0; i < answer->hit_count; i++) {
        expected[i] = ids[found[i]];
        got[i] = answer->hits[i].id;
    }
    qsort(expected, answer->hit_count, sizeof *expected, compare_slices);
    qsort(got, answer->hit_count, sizeof *got, compare_slices);
    bool same = answer->hit_count == answer->total;
    for (size_t i = 0; i < answer->hit_count && same; i++)
        same = slice_equal(expected[i], got[i]);
    return same;
}

static bool check(const struct corpus *corpus, const struct searcher *searcher,
                  const struct phrase *phrase)
{
    struct question question;
    struct answer answer;
    struct error error = {0};
    struct bytes text = {0};
    for (size_t i = 0; i < phrase->length; i++) {
        bytes_append_string(&text, i ? " " : "");
        bytes_append_slice(&text, text_of(corpus, phrase->words[i]));
    }
    question_init(&question);
    question.as_written = true;
    question.text = bytes_slice(&text);
    question.phrase = true;
    question.limit = QUESTION_LIMIT_MOST;
    question.snippets = 0;
    question.budget_us = 0;
    searcher_ask(searcher, &question, &answer, &error);
    size_t expected = phrase->found.size / sizeof(uint32_t);
    bool good = error.status == STATUS_OK && answer.relation == TOTAL_EQ &&
                answer.total == expected && same_articles(corpus, phrase, &answer);
    if (!good)
        printf("wrong: \"%.*s\": %llu articles, by the scan %zu %s\n", (int)text.size,
               (char *)text.data, (unsigned long long)answer.total, expected, error.text);
    answer_release(&answer);
    bytes_release(&text);
    return good;
}

static enum status read_corpus(struct corpus *corpus, char **sources, int count,
                               struct error *error)
{
    struct input_options options = {.max_article_bytes = (size_t)1 << 30};
    struct input_sink sink = {corpus, take, skip, NULL};
    struct input_totals totals;
    corpus->analyzer = analyzer_open();
    corpus->slots = calloc(SLOTS, sizeof *corpus->slots);
    return input_read((const char *const *)sources, (size_t)count, &options, &sink, &totals, error);
}

static void corpus_release(struct corpus *corpus)
{
    analyzer_close(corpus->analyzer);
    bytes_release(&corpus->numbers);
    bytes_release(&corpus->articles);
    bytes_release(&corpus->ids);
    bytes_release(&corpus->texts);
    free(corpus->slots);
    arena_release(&corpus->arena);
}

int main(int argc, char **argv)
{
    struct corpus corpus = {0};
    struct error error = {0};
    if (argc < 5)
        return fprintf(stderr, "usage: corpus_phrases INDEX COUNT SEED ARTICLES...\n"), 2;
    size_t count = strtoull(argv[2], NULL, 10), wrong = 0, standing = 0;
    uint64_t seed = strtoull(argv[3], NULL, 10), opened = clock_microseconds();
    const char *path = argv[1];
    struct searcher *searcher = searcher_open("corpus", &path, 1, &error);
    opened = clock_microseconds() - opened;
    if (!searcher || read_corpus(&corpus, argv + 4, argc - 4, &error) != STATUS_OK)
        return fprintf(stderr, "%s\n", error.text), 2;
    struct phrase *phrases = calloc(count, sizeof *phrases);
    for (size_t i = 0; i < count; i++)
        draw(&corpus, &seed, &phrases[i]);
    for (size_t length = 1; length <= LONGEST; length++)
        scan_length(&corpus, phrases, count, length);
    for (size_t i = 0; i < count; i++) {
        wrong += !check(&corpus, searcher, &phrases[i]);
        standing += phrases[i].found.size > 0;
    }
    printf("%zu articles, %llu words; opened in %.1f ms; %zu phrases, %zu of them standing: %zu "
           "wrong\n",
           corpus.ids.size / sizeof(struct slice), (unsigned long long)corpus.words,
           (double)opened / 1000, count, standing, wrong);
    for (size_t i = 0; i < count; i++)
        bytes_release(&phrases[i].found);
    free(phrases);
    corpus_release(&corpus);
    searcher_unref(searcher);
    return wrong != 0;
}
