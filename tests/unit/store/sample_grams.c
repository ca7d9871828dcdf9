/* The grams that a sample must have, found without a thought for time. */
#include <stdlib.h>
#include <string.h>

#include "demand.h"
#include "unit/store/sample.h"

struct word { /* of an article, where it stands */
    uint32_t doc, position, term;
    bool in_title;
};

struct run { /* of adjacent words; one occurrence of a gram */
    uint32_t terms[GRAM_WORDS_MOST], doc;
    bool in_title;
};

static uint32_t words_of_runs; /* what by_terms compares */

static int by_place(const void *a, const void *b)
{
    const struct word *x = a, *y = b;
    if (x->doc != y->doc)
        return x->doc < y->doc ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static int by_terms(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    for (uint32_t i = 0; i < words_of_runs; i++)
        if (x->terms[i] != y->terms[i])
            return x->terms[i] < y->terms[i] ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Every word of titles and bodies in the order of reading. */
static struct word *read_words(const struct sample *sample, size_t *count)
{
    size_t most = 0, at = 0;
    for (size_t i = 0; i < sample->term_count; i++)
        for (size_t p = 0; p < sample->terms[i].count; p++)
            most += sample->terms[i].postings[p].tf;
    struct word *words = demand_memory(calloc(most + 1, sizeof *words));
    for (size_t i = 0; i < sample->term_count; i++) {
        const struct sample_term *term = &sample->terms[i];
        if ((uint8_t)term->key.data[0] < 3) /* of a column */
            continue;
        for (size_t p = 0; p < term->count; p++)
            for (uint32_t k = 0; k < term->postings[p].tf; k++)
                words[at++] = (struct word){term->postings[p].doc, term->postings[p].positions[k],
                                            (uint32_t)i, k < term->postings[p].title_tf};
    }
    qsort(words, at, sizeof *words, by_place);
    *count = at;
    return words;
}

/* The runs of so many words, each at the position behind the one before, sorted. */
static struct run *read_runs(const struct word *words, size_t count, uint32_t length, size_t *found)
{
    struct run *runs = demand_memory(calloc(count + 1, sizeof *runs));
    *found = 0;
    for (size_t i = 0; i + length <= count; i++) {
        struct run run = {.doc = words[i].doc, .in_title = words[i].in_title};
        uint32_t k = 0;
        for (; k < length; k++) {
            const struct word *word = &words[i + k];
            if (word->doc != run.doc || word->position != words[i].position + k)
                break;
            run.terms[k] = word->term;
        }
        if (k == length)
            runs[(*found)++] = run;
    }
    words_of_runs = length;
    qsort(runs, *found, sizeof *runs, by_terms);
    return runs;
}

static uint32_t df_of(const struct sample *sample, const uint32_t *terms, uint32_t count)
{
    for (size_t i = 0; i < sample->gram_count; i++)
        if (sample->grams[i].count == count &&
            memcmp(sample->grams[i].terms, terms, count * sizeof *terms) == 0)
            return sample->grams[i].article_count;
    return 0;
}

static bool passes(const struct sample *sample, const uint32_t *terms, uint32_t count)
{
    if (count == 2)
        return gram_rule_pair(&sample->rule, sample->options.articles,
                              (uint32_t)sample->terms[terms[0]].count,
                              (uint32_t)sample->terms[terms[1]].count);
    return gram_rule_longer(&sample->rule, df_of(sample, terms, count - 1),
                            df_of(sample, terms + 1, count - 1));
}

/* The article, or how many of the leader's stand before it. */
static uint32_t place_of(const struct sample *sample, const struct sample_gram *gram, uint32_t doc)
{
    uint32_t dfs[GRAM_WORDS_MOST] = {0}, rank = 0;
    for (uint32_t i = 0; i < gram->count; i++)
        dfs[i] = (uint32_t)sample->terms[gram->terms[i]].count;
    uint32_t leader = gram_rule_leader(dfs, gram->count);
    if (!gram_rule_ranked(&sample->rule, sample->options.articles, gram->count, dfs[leader]))
        return doc;
    while (sample->terms[gram->terms[leader]].postings[rank].doc != doc)
        rank++;
    return rank;
}

/* The gram whose occurrences begin with this run; returns how many it has. */
static size_t add_gram(struct sample *sample, const struct run *runs, size_t count, uint32_t length,
                       struct gram_article *articles)
{
    struct sample_gram *gram = &sample->grams[sample->gram_count];
    struct gram_article *article = articles - 1;
    size_t i = 0;
    *gram = (struct sample_gram){.count = length, .articles = articles};
    memcpy(gram->terms, runs->terms, sizeof gram->terms);
    for (; i < count && memcmp(runs[i].terms, runs->terms, sizeof runs->terms) == 0; i++) {
        if (i == 0 || runs[i].doc != runs[i - 1].doc) {
            uint32_t doc = runs[i].doc;
            *++article = (struct gram_article){place_of(sample, gram, doc), doc, 0, 0};
            gram->article_count++;
        }
        article->tf++;
        article->title_tf += runs[i].in_title;
    }
    return i;
}

void sample_add_grams(struct sample *sample, const struct gram_rule *rule)
{
    size_t words, count, used = 0;
    struct word *all = read_words(sample, &words);
    sample->has_grams = true;
    sample->rule = *rule;
    sample->grams = demand_memory(calloc(words * GRAM_WORDS_MOST + 1, sizeof *sample->grams));
    sample->gram_articles =
        demand_memory(calloc(words * GRAM_WORDS_MOST + 1, sizeof *sample->gram_articles));
    for (uint32_t length = 2; length <= rule->words_most; length++) {
        struct run *runs = read_runs(all, words, length, &count);
        for (size_t i = 0; i < count;) {
            bool taken = passes(sample, runs[i].terms, length);
            i += add_gram(sample, runs + i, count - i, length, sample->gram_articles + used);
            used += taken ? sample->grams[sample->gram_count].article_count : 0;
            sample->gram_count += taken;
        }
        free(runs);
    }
    free(all);
}
