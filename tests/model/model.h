/* What the right answer is, found the slow way: every article's words in an array, every query
 * walked through every article. Knows nothing of postings, blocks or files.
 *
 * Words of plain articles are found by a tokenizer of ten lines, of all others by the analyzer,
 * whose own tests are elsewhere. */
#ifndef VERBATIM_TESTS_MODEL_H
#define VERBATIM_TESTS_MODEL_H

#include "base/arena.h"
#include "base/bytes.h"
#include "model/generator.h"
#include "text/analyzer.h"

struct model_article {
    const struct generated *source;
    uint32_t *words; /* of the title, then of the body */
    uint32_t title_count, count;
    uint32_t file; /* of the collection */
    bool hidden;   /* by a later file */
};

enum model_kind {
    MODEL_PHRASE,
    MODEL_AND,
    MODEL_OR,
    MODEL_NOT,
    MODEL_ALL,
    MODEL_VALUE,
    MODEL_DATE,
    MODEL_ID
};

struct model_node {
    enum model_kind kind;
    bool title;      /* PHRASE: in the title alone */
    uint32_t *words; /* PHRASE */
    size_t word_count;
    int list;             /* VALUE: which of the article's lists */
    struct slice value;   /* VALUE, ID */
    uint64_t first, last; /* DATE: YYYYMMDDhhmmss */
    struct model_node *children[4];
    size_t child_count;
};

struct model {
    struct analyzer *analyzer;
    struct arena arena;
    struct bytes articles; /* struct model_article, in the order of the collection */
    struct slice *words;   /* by number */
    uint32_t *table;       /* hash table of numbers + 1 */
    int64_t *df;           /* by number; −1: not counted yet */
    uint32_t word_count, table_size;
    uint32_t file_count;
    double average[8]; /* length of a file's articles */
    uint64_t articles_of[8];
};

void model_open(struct model *model);
void model_close(struct model *model);
void model_add(struct model *model, const struct generated *source, uint32_t file, bool hidden);
/* When all are added: averages. */
void model_finish(struct model *model);

uint32_t model_word(struct model *model, struct slice folded);
/* The words of a text by the analyzer, in the model's arena. */
uint32_t *model_words(struct model *model, struct slice text, size_t *count);

struct model_hit {
    uint32_t at;    /* of the article in the model */
    uint64_t score; /* 1/1,048,576 points */
    uint64_t occurrences;
};

/* All hits in the model's order, in memory of malloc. */
struct model_hit *model_answer(struct model *model, const struct model_node *root, size_t *count);
/* How many articles hold the word, hidden ones too. */
uint64_t model_df(struct model *model, uint32_t word);
/* How often the words stand side by side in words[0 … count). */
uint32_t model_count(const uint32_t *words, size_t count, const uint32_t *phrase,
                     size_t phrase_count);
/* The date as it sorts: YYYYMMDDhhmmss, what is not known filled with the least or the greatest. */
uint64_t model_date(const struct date *date, bool last);

static inline struct model_article *model_articles(const struct model *model)
{
    return (struct model_article *)(void *)model->articles.data;
}

static inline size_t model_article_count(const struct model *model)
{
    return model->articles.size / sizeof(struct model_article);
}

#endif
