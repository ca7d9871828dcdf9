#include "model/asker.h"

#include "random.h"

struct model_node *asker_node(struct asker *asker, enum model_kind kind)
{
    struct model_node *node = arena_allocate(&asker->model->arena, 1, sizeof *node);
    node->kind = kind;
    return node;
}

static size_t pick(struct asker *asker, size_t limit)
{
    return (size_t)random_below(&asker->state, limit);
}

static const struct model_article *pick_article(struct asker *asker)
{
    return &model_articles(asker->model)[pick(asker, model_article_count(asker->model))];
}

/* --- Words and phrases -------------------------------------------------------------------------*/

/* Words that were cut to a hash cannot be written. */
static bool can_write(struct asker *asker, const uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (asker->model->words[words[i]].size > 900)
            return false;
    return true;
}

static void write_phrase(struct asker *asker, const struct model_node *node, struct bytes *text,
                         bool quoted)
{
    static const char *const quotes[][2] = {{"\"", "\""}, {"“", "”"}, {"«", "»"}, {"„", "“"}};
    size_t which = pick(asker, 4);
    if (node->title)
        bytes_append_string(text, "title:");
    bytes_append_string(text, quoted ? quotes[which][0] : "="); /* never its inflections */
    for (size_t i = 0; i < node->word_count; i++) {
        bytes_append_string(text, i ? " " : "");
        bytes_append_slice(text, asker->model->words[node->words[i]]);
    }
    bytes_append_string(text, quoted ? quotes[which][1] : "");
}

struct model_node *asker_phrase(struct asker *asker, size_t words, struct bytes *text)
{
    for (size_t tries = 0; tries < 20; tries++) {
        const struct model_article *article = pick_article(asker);
        if (article->count < words)
            continue;
        size_t at = pick(asker, article->count - words + 1);
        if (at < article->title_count && at + words > article->title_count)
            continue;
        if (!can_write(asker, article->words + at, words))
            continue;
        struct model_node *node = asker_node(asker, MODEL_PHRASE);
        node->words = article->words + at;
        node->word_count = words;
        node->title = pick(asker, 8) == 0;
        write_phrase(asker, node, text, true);
        return node;
    }
    return NULL;
}

/* Words of different articles side by side: a phrase that most likely stands nowhere. */
static struct model_node *absent_phrase(struct asker *asker, struct bytes *text)
{
    struct model_node *node = asker_node(asker, MODEL_PHRASE);
    size_t wanted = 2 + pick(asker, 3);
    node->words = arena_allocate(&asker->model->arena, wanted, sizeof *node->words);
    while (node->word_count < wanted) {
        const struct model_article *article = pick_article(asker);
        uint32_t word = article->count ? article->words[pick(asker, article->count)] : 0;
        if (article->count && can_write(asker, &word, 1))
            node->words[node->word_count++] = word;
    }
    write_phrase(asker, node, text, true);
    return node;
}

static struct model_node *word(struct asker *asker, struct bytes *text)
{
    static const char *const frequent[] = {"the", "of", "a", "b", "and", "is", "us", "nosuchword"};
    struct model_node *node;
    if (pick(asker, 3) == 0) {
        node = asker_node(asker, MODEL_PHRASE);
        node->words = arena_allocate(&asker->model->arena, 1, sizeof *node->words);
        node->words[node->word_count++] =
            model_word(asker->model, slice_of_string(frequent[pick(asker, 8)]));
        node->title = pick(asker, 5) == 0;
        write_phrase(asker, node, text, pick(asker, 2));
        return node;
    }
    return asker_phrase(asker, 1, text);
}

/* A stretch of a body as it was written, its words found by the analyzer as the parser finds them.
 */
static struct model_node *written_phrase(struct asker *asker, struct bytes *text)
{
    static const char *const quotes[] = {"\"", "“", "”", "„", "«", "»", "‹", "›", "‘", "`", "\\"};
    struct slice body = pick_article(asker)->source->article.body;
    if (body.size < 8)
        return NULL;
    size_t at = pick(asker, body.size - 7), end = at;
    while (at > 0 && body.data[at - 1] != ' ')
        at--;
    for (size_t spaces = 1 + pick(asker, 5); end < body.size && end - at < 400; end++)
        if (body.data[end] == ' ' && --spaces == 0)
            break;
    struct slice part = slice_of(body.data + at, end - at);
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (memmem(part.data, part.size, quotes[i], strlen(quotes[i])))
            return NULL;
    struct model_node *node = asker_node(asker, MODEL_PHRASE);
    node->words = model_words(asker->model, part, &node->word_count);
    if (node->word_count == 0 || node->word_count > 200)
        return NULL;
    bytes_append_string(text, "\"");
    bytes_append_slice(text, part);
    bytes_append_string(text, "\"");
    return node;
}

/* --- Fields ------------------------------------------------------------------------------------*/

static struct model_node *value(struct asker *asker, struct bytes *text)
{
    static const struct {
        int list;
        const char *name, *value;
    } some[] = {{0, "source", "New York Times"},
                {0, "source", "the new york times"},
                {0, "source", "times"},
                {0, "source", "AP"},
                {0, "source", "York"},
                {1, "author", "Barnard"},
                {1, "author", "anne barnard"},
                {2, "tag", "air"},
                {2, "tag", "war"},
                {2, "tag", "Air Strikes"},
                {3, "lang", "en"},
                {3, "lang", "zh"}};
    size_t which = pick(asker, 12);
    struct model_node *node = asker_node(asker, MODEL_VALUE);
    node->list = some[which].list;
    node->value = slice_of_string(some[which].value);
    bytes_format(text, "%s:\"%s\"", some[which].name, some[which].value);
    return node;
}

static struct model_node *date(struct asker *asker, struct bytes *text)
{
    static const char *const dates[] = {"2014",    "2015",       "2015-09",
                                        "2015-10", "2015-10-01", "2015-10-02"};
    struct date first, last;
    size_t from = pick(asker, 6), to = from + pick(asker, 6 - from);
    date_parse(slice_of_string(dates[from]), &first);
    date_parse(slice_of_string(dates[to]), &last);
    struct model_node *node = asker_node(asker, MODEL_DATE);
    node->first = model_date(&first, false);
    node->last = model_date(&last, true);
    bytes_format(text, from == to ? "date:%s" : "date:%s..%s", dates[from], dates[to]);
    return node;
}

static struct model_node *id(struct asker *asker, struct bytes *text)
{
    struct slice id = pick_article(asker)->source->article.id;
    if (memchr(id.data, '"', id.size))
        return NULL;
    struct model_node *node = asker_node(asker, MODEL_ID);
    node->value = id;
    bytes_format(text, "id:\"%.*s\"", (int)id.size, id.data);
    return node;
}

struct model_node *asker_leaf(struct asker *asker, struct bytes *text)
{
    size_t kind = pick(asker, 40);
    return kind < 16   ? word(asker, text)
           : kind < 28 ? asker_phrase(asker, 1 + pick(asker, 5), text)
           : kind < 31 ? absent_phrase(asker, text)
           : kind < 35 ? written_phrase(asker, text)
           : kind < 38 ? value(asker, text)
           : kind < 39 ? date(asker, text)
                       : id(asker, text);
}

/* --- Trees -------------------------------------------------------------------------------------*/

static struct model_node *without(struct asker *asker, size_t depth, struct bytes *text)
{
    static const char *const signs[] = {" -", " NOT ", " AND NOT "};
    struct model_node *node = asker_node(asker, MODEL_NOT);
    bool alone = pick(asker, 6) == 0;
    bytes_append_string(text, alone ? "(-" : "(");
    if (alone)
        node->children[node->child_count++] = asker_node(asker, MODEL_ALL);
    else
        node->children[node->child_count++] = asker_tree(asker, depth - 1, text);
    if (!alone)
        bytes_append_string(text, signs[pick(asker, 3)]);
    node->children[node->child_count++] = asker_tree(asker, depth - 1, text);
    bytes_append_string(text, ")");
    return node->children[0] && node->children[1] ? node : NULL;
}

struct model_node *asker_tree(struct asker *asker, size_t depth, struct bytes *text)
{
    size_t kind = depth ? pick(asker, 8) : 0;
    if (kind < 2)
        return asker_leaf(asker, text);
    if (kind == 7)
        return without(asker, depth, text);
    struct model_node *node = asker_node(asker, kind < 5 ? MODEL_AND : MODEL_OR);
    const char *joint = kind >= 5 ? " OR " : kind == 2 ? " AND " : " ";
    bytes_append_string(text, "(");
    for (size_t most = 2 + pick(asker, 3); node->child_count < most;) {
        bytes_append_string(text, node->child_count ? joint : "");
        struct model_node *child = asker_tree(asker, depth - 1, text);
        if (!child)
            return NULL;
        node->children[node->child_count++] = child;
    }
    bytes_append_string(text, ")");
    return node;
}
