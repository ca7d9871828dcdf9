#include "search/mixing_titles.h"

#include <stdlib.h>

#include "base/endian.h"
#include "search/collection.h"
#include "search/plan.h"
#include "store/titles_read.h"

enum {
    RUN_MOST = 16,    /* words of a title that is looked for */
    SHARED_MOST = 100 /* articles of one title; what more share names none of them */
};

struct row_word {                    /* of the question, in its order */
    uint8_t bytes[TITLE_WORD_BYTES]; /* as a title has it */
    bool breaks;                     /* no title goes over it: a pattern, or not in the file */
    double idf;
};

struct row {
    const struct mixing *mixing;
    const struct collection_file *file;
    size_t at; /* the file's place */
    struct match_budget *budget;
    struct row_word *words;
    size_t count;
    struct mixture *mixture;
    struct mixture_titled *titled;
    size_t titled_count, titled_room;
};

static bool check(struct row *row, enum status status, enum chunk_id chunk)
{
    return match_budget_check(row->budget, status, chunk);
}

static bool have(struct row *row, const void *memory)
{
    return check(row, memory ? STATUS_OK : STATUS_NO_MEMORY, CHUNK_TITLES);
}

/* --- The question's words ----------------------------------------------------------------------*/

static size_t count_words(const struct query_node *node)
{
    size_t count = node->kind == QUERY_PHRASE ? node->word_count : 0;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        count += count_words(node->children[i]);
    return count;
}

/* A stop word, which the plan leaves out, is looked up here. */
static bool look_up(struct row *row, const struct query_word *written, const struct term **term,
                    uint64_t *df)
{
    const struct plan *plan = row->mixing->plan;
    const struct vocabulary_word *found = vocabulary_find(&plan->vocabulary, written);
    if (found) {
        *term = found->terms[row->at];
        *df = mixing_word_df(plan, found);
        return true;
    }
    *df = 0;
    for (size_t i = 0; i < plan->collection->file_count; i++) {
        const struct term *there;
        enum status status = vocabulary_look_up(&plan->collection->files[i], written->text,
                                                row->budget, row->mixing->arena, &there);
        if (!check(row, status, CHUNK_LEXICON))
            return false;
        *df += there ? there->all.df : 0;
        if (i == row->at)
            *term = there;
    }
    return true;
}

static bool add_word(struct row *row, const struct query_word *written)
{
    const struct plan *plan = row->mixing->plan;
    struct row_word *word = &row->words[row->count++];
    const struct term *term = NULL;
    uint32_t number;
    uint64_t df;
    *word = (struct row_word){.breaks = true};
    if (written->kind != WORD_ITSELF)
        return true;
    if (!look_up(row, written, &term, &df))
        return false;
    if (!term)
        return true;
    if (!check(row, titles_word(&row->file->titles, term->number, &number), CHUNK_CLASSES))
        return false;
    store_le32(word->bytes, number);
    word->idf = bm25_idf(plan->collection->article_count, df);
    word->breaks = false;
    return true;
}

static bool add_words(struct row *row, const struct query_node *node)
{
    for (size_t i = 0; node->kind == QUERY_PHRASE && i < node->word_count; i++)
        if (!add_word(row, &node->words[i]))
            return false;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i); i++)
        if (!add_words(row, node->children[i]))
            return false;
    return true;
}

/* --- Titles ------------------------------------------------------------------------------------*/

static bool add_titled(struct row *row, uint32_t doc, uint64_t part)
{
    if (row->titled_count == row->titled_room) {
        size_t room = 2 * row->titled_room + 8;
        struct mixture_titled *more = arena_allocate(row->mixing->arena, room, sizeof *row->titled);
        if (!have(row, more))
            return false;
        for (size_t i = 0; i < row->titled_count; i++)
            more[i] = row->titled[i];
        row->titled = more;
        row->titled_room = room;
    }
    row->titled[row->titled_count++] = (struct mixture_titled){doc, part};
    return true;
}

static bool find_run(struct row *row, uint64_t hash, double idf)
{
    struct title_docs docs = titles_find(&row->file->titles, hash);
    size_t before = row->titled_count;
    uint32_t doc;
    while (title_docs_next(&docs, &doc)) {
        if (row->titled_count - before == SHARED_MOST) {
            row->titled_count = before;
            return true;
        }
        if (!add_titled(row, doc, bm25_part(idf, 1)))
            return false;
    }
    return check(row, docs.status, CHUNK_TITLES);
}

static bool find_runs(struct row *row, size_t first)
{
    uint8_t bytes[RUN_MOST * TITLE_WORD_BYTES];
    double idf = 0;
    for (size_t n = 0; n < RUN_MOST && first + n < row->count; n++) {
        const struct row_word *word = &row->words[first + n];
        if (word->breaks)
            break;
        for (size_t i = 0; i < TITLE_WORD_BYTES; i++)
            bytes[n * TITLE_WORD_BYTES + i] = word->bytes[i];
        idf += word->idf;
        uint64_t hash = title_hash((struct slice){(char *)bytes, (n + 1) * TITLE_WORD_BYTES});
        if (!find_run(row, hash, idf))
            return false;
    }
    return match_budget_spend(row->budget, 1);
}

static int by_doc(const void *a, const void *b)
{
    const struct mixture_titled *left = a, *right = b;
    if (left->doc != right->doc)
        return left->doc < right->doc ? -1 : 1;
    return (left->part < right->part) - (left->part > right->part);
}

/* Of an article that is found twice, as by its title and by what stands before its brackets, the
 * greater part. */
static void take_titled(struct row *row)
{
    size_t count = 0;
    if (row->titled_count)
        qsort(row->titled, row->titled_count, sizeof *row->titled, by_doc);
    for (size_t i = 0; i < row->titled_count; i++)
        if (count == 0 || row->titled[count - 1].doc != row->titled[i].doc)
            row->titled[count++] = row->titled[i];
    row->mixture->titled = row->titled;
    row->mixture->titled_count = count;
}

bool mixing_find_titles(const struct mixing *mixing, size_t file, struct mixture *mixture,
                        struct match_budget *budget)
{
    struct row row = {.mixing = mixing,
                      .file = &mixing->plan->collection->files[file],
                      .at = file,
                      .budget = budget,
                      .mixture = mixture};
    if (!row.file->titles.present)
        return true;
    row.words = arena_allocate(mixing->arena, count_words(mixing->root) + 1, sizeof *row.words);
    if (!have(&row, row.words) || !add_words(&row, mixing->root))
        return false;
    for (size_t i = 0; i < row.count; i++)
        if (!find_runs(&row, i))
            return false;
    take_titled(&row);
    return true;
}
