#include "model/checker.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/utf8.h"

struct check { /* of one answer */
    struct model *model;
    const struct question *question;
    const struct answer *answer;
    const struct model_node *root;
    struct model_hit *hits; /* in the order that is right */
    size_t count;
    bool good;
};

static void complain(struct check *check, const char *what, uint64_t expected, uint64_t got)
{
    if (check->good)
        fprintf(stderr, "%.*s\n  %s: expected %" PRIu64 ", got %" PRIu64 "\n",
                (int)check->question->text.size, check->question->text.data, what, expected, got);
    check->good = false;
}

static void demand(struct check *check, bool holds, const char *what)
{
    if (!holds)
        complain(check, what, 1, 0);
}

/* --- Order -------------------------------------------------------------------------------------*/

static struct check *sorting; /* of qsort below; one thread */

static const struct date *date_of(const struct model_hit *hit)
{
    return &model_articles(sorting->model)[hit->at].source->article.date;
}

/* Earlier dates first, coarser before finer. */
static int compare_dates(const struct date *a, const struct date *b)
{
    uint64_t left = model_date(a, false), right = model_date(b, false);
    if (left != right)
        return left < right ? -1 : 1;
    return a->precision - b->precision;
}

static int by_rank(const void *a, const void *b)
{
    const struct model_hit *left = a, *right = b;
    int order = 0;
    if (sorting->question->sort == SORT_SCORE) {
        order = (right->score > left->score) - (right->score < left->score);
    } else {
        const struct date *one = date_of(left), *other = date_of(right);
        bool has = one->precision != DATE_NONE, other_has = other->precision != DATE_NONE;
        order = has && other_has ? compare_dates(one, other) : (int)other_has - (int)has;
        if (has && other_has && sorting->question->sort == SORT_NEWEST)
            order = -order;
    }
    return order ? order : (left->at > right->at) - (left->at < right->at);
}

/* --- Text --------------------------------------------------------------------------------------*/

static struct slice code_points(struct slice text, struct range range)
{
    size_t at = 0, start = 0;
    uint32_t c;
    for (uint32_t point = 0; at < text.size && point < range.end; point++) {
        if (point == range.start)
            start = at;
        at += utf8_decode(text.data + at, text.size - at, &c);
    }
    return slice_of(text.data + start, at - start);
}

/* The words of a text that lie in a part of it. Alone, a part may read otherwise: 0.1 of 127.0.0.1.
 */
static uint32_t *words_within(struct model *model, struct slice text, struct slice part,
                              size_t *count)
{
    struct word word;
    struct bytes words = {0};
    size_t start = (size_t)(part.data - text.data);
    analyzer_begin(model->analyzer, text);
    while (analyzer_read(model->analyzer, &word, 1)) {
        uint32_t number = model_word(model, word.text);
        if (word.start >= start && word.end <= start + part.size)
            bytes_append(&words, &number, sizeof number);
    }
    *count = words.size / sizeof(uint32_t);
    uint32_t *copy = arena_regrow(&model->arena, words.data, *count, *count + 1, sizeof *copy);
    bytes_release(&words);
    return copy;
}

struct marks { /* of one text */
    const struct range *ranges;
    size_t count;
};

/* Whether the words begin with this phrase, or end with it. */
static bool borders(const struct model_node *node, const uint32_t *words, size_t count, bool end)
{
    if (node->word_count > count)
        return false;
    return memcmp(words + (end ? count - node->word_count : 0), node->words,
                  node->word_count * sizeof *words) == 0;
}

static bool any_borders(const struct model_node *node, const uint32_t *words, size_t count,
                        bool end)
{
    if (node->kind == MODEL_PHRASE)
        return borders(node, words, count, end);
    for (size_t i = 0; i < node->child_count && !(node->kind == MODEL_NOT && i); i++)
        if (any_borders(node->children[i], words, count, end))
            return true;
    return false;
}

/* Two words may share a character, as the 1 and the 2 of ½: a mark of one of them has both. */
static bool reaches_border(const struct check *check, struct slice marked, const uint32_t *words,
                           size_t count, bool end)
{
    if (any_borders(check->root, words, count, end))
        return true;
    return count && memmem(marked.data, marked.size, "½", 2) &&
           any_borders(check->root, end ? words : words + 1, count - 1, end);
}

/* Each mark begins and ends with a whole phrase of the query; they ascend and lie within the text.
 */
static void check_marks(struct check *check, struct slice text, struct marks marks)
{
    size_t length = utf8_length(text), before = 0;
    for (size_t i = 0; i < marks.count; i++) {
        struct range range = marks.ranges[i];
        demand(check, range.start >= before && range.start < range.end && range.end <= length,
               "mark's place");
        if (!check->good)
            return;
        size_t count;
        struct slice marked = code_points(text, range);
        uint32_t *words = words_within(check->model, text, marked, &count);
        demand(check, reaches_border(check, marked, words, count, false),
               "mark begins with a phrase");
        demand(check, reaches_border(check, marked, words, count, true), "mark ends with a phrase");
        before = range.end;
    }
}

/* How often the query's phrases stand in these words; title: those of titles alone too. */
static uint64_t count_phrases(const struct model_node *node, const uint32_t *words, size_t count,
                              bool title)
{
    uint64_t found = 0;
    if (node->kind == MODEL_PHRASE)
        return node->title && !title ? 0 : model_count(words, count, node->words, node->word_count);
    for (size_t i = 0; i < node->child_count && !(node->kind == MODEL_NOT && i); i++)
        found += count_phrases(node->children[i], words, count, title);
    return found;
}

static void check_snippets(struct check *check, const struct hit *hit,
                           const struct model_article *article)
{
    const uint32_t *body = article->words + article->title_count;
    size_t body_count = article->count - article->title_count;
    bool stands = count_phrases(check->root, body, body_count, false) > 0;
    for (size_t i = 0; i < hit->snippet_count; i++) {
        const struct snippet *snippet = &hit->snippets[i];
        demand(check, utf8_valid(snippet->text), "snippet is UTF-8");
        demand(check, !memmem(snippet->text.data, snippet->text.size, "\xEF\xBF\xBD", 3),
               "no character is cut");
        check_marks(check, snippet->text,
                    (struct marks){snippet->highlights, snippet->highlight_count});
        if (stands && check->root->kind == MODEL_PHRASE)
            demand(check, snippet->highlight_count > 0, "snippet holds a phrase");
        demand(check, stands || snippet->highlight_count == 0, "marks where no phrase stands");
    }
    demand(check, hit->snippet_count <= check->question->snippets, "snippets at most");
    if (article->source->article.body.size && check->question->snippets)
        demand(check, hit->snippet_count > 0, "an article with a body has a snippet");
}

/* Whole, or of a very long one the beginning. */
static bool shows_title(const struct hit *hit, struct slice title)
{
    static const struct slice ellipsis = SLICE("…");
    if (title.size <= HIT_TITLE_BYTES)
        return slice_equal(hit->title, title);
    size_t kept = hit->title.size - ellipsis.size;
    return hit->title.size > ellipsis.size && kept <= HIT_TITLE_BYTES &&
           slice_starts_with(title, slice_of(hit->title.data, kept)) &&
           slice_equal(slice_from(hit->title, kept), ellipsis);
}

static void check_title(struct check *check, const struct hit *hit,
                        const struct model_article *article)
{
    struct marks marks = {hit->title_highlights, hit->title_highlight_count};
    uint64_t in_title = count_phrases(check->root, article->words, article->title_count, true);
    demand(check, hit->title_derived == (article->source->article.title.size == 0),
           "title is derived");
    if (article->source->article.title.size)
        demand(check, shows_title(hit, article->source->article.title), "title");
    check_marks(check, hit->title, marks);
    if (check->root->kind == MODEL_PHRASE && article->source->article.title.size <= HIT_TITLE_BYTES)
        demand(check, (marks.count > 0) == (in_title > 0), "title is marked");
    demand(check, in_title > 0 || marks.count == 0, "title is marked without a phrase in it");
}

/* --- Hits --------------------------------------------------------------------------------------*/

/* The last bit of a logarithm may differ from one formula to the other, so a part by one. */
static bool nearly(uint64_t expected, double got)
{
    return fabs((double)expected - got * 1048576) <= 8;
}

static const struct model_hit *find(const struct check *check, struct slice id, size_t guess)
{
    for (size_t i = 0; i <= check->count; i++) {
        const struct model_hit *hit = &check->hits[i ? i - 1 : guess];
        if (slice_equal(model_articles(check->model)[hit->at].source->article.id, id))
            return hit;
    }
    return NULL;
}

static void check_hit(struct check *check, size_t i)
{
    const struct hit *hit = &check->answer->hits[i];
    const struct model_hit *expected = &check->hits[check->question->offset + i];
    const struct model_hit *found = find(check, hit->id, check->question->offset + i);
    if (!found) {
        demand(check, false, "article is a hit");
        return;
    }
    bool tied = check->question->sort == SORT_SCORE &&
                nearly(found->score, (double)expected->score / 1048576);
    if (found->at != expected->at && !tied)
        complain(check, "article at this rank", expected->at, found->at);
    if (!nearly(found->score, hit->score))
        complain(check, "score", found->score, (uint64_t)(hit->score * 1048576));
    if (hit->phrase_count != found->occurrences)
        complain(check, "occurrences", found->occurrences, hit->phrase_count);
    if (hit->rank != check->question->offset + i + 1)
        complain(check, "rank", check->question->offset + i + 1, hit->rank);
    const struct hit *before = i ? hit - 1 : NULL;
    if (before && check->question->sort == SORT_SCORE) {
        const struct model_hit *other = find(check, before->id, check->question->offset + i - 1);
        demand(check, before->score >= hit->score, "scores fall");
        demand(check, !other || before->score > hit->score || other->at < found->at,
               "ties stand in order");
    }
    check_snippets(check, hit, &model_articles(check->model)[found->at]);
    check_title(check, hit, &model_articles(check->model)[found->at]);
}

static void check_words(struct check *check)
{
    const struct answer *answer = check->answer;
    for (size_t i = 0; i < answer->word_count; i++) {
        uint64_t df = model_df(check->model, model_word(check->model, answer->words[i].word));
        if (df != answer->words[i].articles)
            complain(check, "articles of a word", df, answer->words[i].articles);
    }
}

static void check_answer(struct check *check)
{
    const struct answer *answer = check->answer;
    const struct question *question = check->question;
    size_t behind = question->offset < check->count ? check->count - question->offset : 0;
    if (answer->total != check->count)
        complain(check, "total", check->count, answer->total);
    demand(check, answer->relation == TOTAL_EQ && answer->partial.size == 0, "total is exact");
    if (answer->hit_count != (behind < question->limit ? behind : question->limit))
        complain(check, "hits", behind, answer->hit_count);
    for (size_t i = 0; i < answer->hit_count && check->good; i++)
        check_hit(check, i);
    check_words(check);
}

bool checker_ask(struct model *model, const struct searcher *searcher,
                 const struct question *question, const struct model_node *root)
{
    struct answer answer;
    struct error error = {0};
    struct check check = {
        .model = model, .question = question, .answer = &answer, .root = root, .good = true};
    check.hits = model_answer(model, root, &check.count);
    sorting = &check;
    if (check.count)
        qsort(check.hits, check.count, sizeof *check.hits, by_rank);
    if (searcher_ask(searcher, question, &answer, &error) == STATUS_OK)
        check_answer(&check);
    else
        demand(&check, false, error.text);
    if (!check.good)
        fprintf(stderr, "  understood as %.*s\n", (int)answer.parsed.size, answer.parsed.data);
    answer_release(&answer);
    free(check.hits);
    return check.good;
}
