/* The cause as a sentence or two. */
#include <inttypes.h>

#include "base/bytes.h"
#include "search/collection.h"
#include "search/why_work.h"
#include "text/utf8.h"

enum { SHOWN_BYTES = 160, SHOWN_WORDS = 3, TITLES_LOOKED_AT = 65536 };

static void put(struct bytes *out, const char *text)
{
    bytes_append_string(out, text);
}

/* In quotation marks, shortened where it is long. */
static void quote(struct bytes *out, struct slice text)
{
    size_t n = text.size <= SHOWN_BYTES ? text.size : utf8_floor(text, SHOWN_BYTES);
    put(out, "“");
    bytes_append(out, text.data, n);
    put(out, n < text.size ? "…”" : "”");
}

static void write_word(struct bytes *out, const struct query_word *word)
{
    bytes_append_slice(out, word->text);
    if (word->kind == WORD_PREFIX || word->kind == WORD_ANY)
        put(out, "*");
    if (word->kind == WORD_EDITS)
        bytes_format(out, "~%" PRIu32, word->edits);
}

static void quote_word(struct bytes *out, const struct query_word *word)
{
    struct bytes text = {0};
    write_word(&text, word);
    quote(out, bytes_slice(&text));
    bytes_release(&text);
}

/* --- Words and phrases -------------------------------------------------------------------------*/

static void tell_glued(struct why_work *work, struct bytes *out)
{
    const struct why *why = work->why;
    put(out, "No article holds ");
    quote(out, why->text);
    put(out, " as a word of its own, only as a part of others, such as ");
    quote(out, why->glued[0]);
    for (size_t i = 1; i < why->glued_count && i < SHOWN_WORDS; i++) {
        put(out, i + 1 < why->glued_count && i + 1 < SHOWN_WORDS ? ", " : " and ");
        quote(out, why->glued[i]);
    }
    put(out, ".");
}

static void tell_missing(struct why_work *work, struct bytes *out)
{
    size_t listed = work->missing_count < WHY_MISSING_MOST ? work->missing_count : WHY_MISSING_MOST;
    listed = listed < SHOWN_WORDS ? listed : SHOWN_WORDS;
    size_t others = work->missing_count - listed;
    put(out, listed == 2 && !others ? "Neither " : "None of the words ");
    for (size_t i = 0; i < listed; i++) {
        bool last = i + 1 == listed && !others;
        put(out, i == 0 ? "" : !last ? ", " : listed == 2 ? " nor " : " and ");
        quote_word(out, work->missing[i]);
    }
    if (others)
        bytes_format(out, " and %zu more", others);
    put(out, " stands in any article.");
}

static bool in_titles(const struct why_work *work)
{
    return work->at->field == FIELD_TITLE;
}

static void tell_word(struct why_work *work, struct bytes *out)
{
    if (in_titles(work)) {
        put(out, "No title holds the word ");
        quote_word(out, &work->at->words[work->run.first]);
        put(out, ".");
    } else if (work->missing_count > 1) {
        tell_missing(work, out);
    } else if (work->why->glued_count) {
        tell_glued(work, out);
    } else {
        put(out, "No article holds the word ");
        quote(out, work->why->text);
        put(out, ".");
    }
}

static void tell_pattern(struct why_work *work, struct bytes *out)
{
    const struct query_word *word = &work->at->words[work->run.first];
    put(out, in_titles(work) ? "No word of any title " : "No word of these articles ");
    if (word->kind == WORD_PREFIX)
        put(out, "begins with ");
    else if (word->kind == WORD_EDITS)
        bytes_format(out, "is within %" PRIu32 " edit%s of ", word->edits,
                     word->edits == 1 ? "" : "s");
    else
        put(out, "fits ");
    quote(out, word->text);
    put(out, ".");
}

static void tell_order(struct bytes *out, uint32_t slop)
{
    if (slop)
        bytes_format(out, "never in this order with at most %" PRIu32 " word%s in between.", slop,
                     slop == 1 ? "" : "s");
    else
        put(out, "never side by side in this order.");
}

static void tell_pair(struct why_work *work, struct bytes *out)
{
    const struct query_word *pair = work->at->words + work->run.first;
    if (work->why->glued_count) {
        quote_word(out, &pair[0]);
        put(out, " and ");
        quote_word(out, &pair[1]);
        put(out, " never stand side by side in this order, only as one word, ");
        quote(out, work->why->glued[0]);
        put(out, ".");
    } else if (pair[0].kind == pair[1].kind && slice_equal(pair[0].text, pair[1].text)) {
        quote_word(out, pair);
        put(out, in_titles(work) ? " occurs in titles, but " : " occurs, but ");
        put(out, work->at->slop ? "never twice so near." : "never twice in a row.");
    } else {
        quote_word(out, &pair[0]);
        put(out, " and ");
        quote_word(out, &pair[1]);
        put(out, in_titles(work) ? " both occur in titles, but " : " both occur, but ");
        tell_order(out, work->at->slop);
    }
}

static void tell_phrase(struct why_work *work, struct bytes *out)
{
    if (work->at->slop || in_titles(work))
        bytes_append_slice(out, work->why->text);
    else
        quote(out, work->why->text);
    put(out, " never occurs, though every shorter run of its words does.");
}

/* Whether an article has none of its own, so that its beginning is shown for one: among the first
 * articles, as looking at all would take too long in a large collection. */
static bool titles_are_missing(const struct collection *collection)
{
    uint32_t left = TITLES_LOOKED_AT;
    for (size_t i = 0; i < collection->file_count; i++) {
        const struct collection_file *file = &collection->files[i];
        for (uint32_t doc = 0; doc < file->columns.article_count && left; doc++, left--) {
            uint32_t words;
            if (collection_hides(file, doc))
                continue;
            if (columns_title_words(&file->columns, doc, &words) != STATUS_OK)
                return false;
            if (words == 0)
                return true;
        }
    }
    return false;
}

static void tell_title(struct why_work *work, struct bytes *out)
{
    struct bytes text = {0};
    for (size_t i = 0; i < work->at->word_count; i++) {
        put(&text, i ? " " : "");
        write_word(&text, &work->at->words[i]);
    }
    put(out, "No title holds ");
    quote(out, bytes_slice(&text));
    put(out, ", only the text of articles does.");
    if (titles_are_missing(work->request->collection))
        put(out, " An article without a title is shown by its beginning, which is text.");
    bytes_release(&text);
}

static void tell_near(struct why_work *work, struct bytes *out)
{
    const struct query_node *near = work->at;
    quote(out, why_write(work, near->children[0]));
    put(out, " and ");
    quote(out, why_write(work, near->children[1]));
    put(out, " both occur, but never ");
    if (near->distance > 1)
        bytes_format(out, "at most %" PRIu32 " words apart", near->distance);
    else
        put(out, "side by side");
    put(out, near->ordered ? " in this order." : ".");
}

/* --- Conditions --------------------------------------------------------------------------------*/

static const char *name_of(const struct query_node *node)
{
    static const char *const names[] = {[FIELD_SOURCE] = "source",
                                        [FIELD_AUTHOR] = "author",
                                        [FIELD_TAG] = "tag",
                                        [FIELD_LANG] = "language"};
    return node->kind == QUERY_ID ? "id" : names[node->field];
}

static void tell_group(struct why_work *work, struct bytes *out)
{
    put(out, work->alone ? "No article has the id "
                         : "There are articles for the rest of the query, but none of them is ");
    quote(out, work->request->question->group);
    put(out, work->alone ? "." : " or a near-copy of it.");
}

/* "has the source “bbc”"; the text is "source:bbc" or a parameter's value. */
static void tell_field(struct why_work *work, struct bytes *out)
{
    const struct why *why = work->why;
    bool source = work->parameter == WITHOUT_SOURCE;
    if (work->parameter == WITHOUT_GROUP) {
        tell_group(work, out);
        return;
    }
    const char *colon = memchr(why->text.data, ':', why->text.size);
    size_t behind = colon ? (size_t)(colon - why->text.data) + 1 : 0;
    struct slice value = slice_from(why->text, behind);
    if (value.size > 1 && value.data[0] == '"')
        value = slice_of(value.data + 1, value.size - 2);
    put(out, work->alone
                 ? "No article has the "
                 : "There are articles for the rest of the query, but none of them has the ");
    put(out, work->parameter ? source ? "source" : "language" : name_of(work->at));
    put(out, " ");
    quote(out, value);
    put(out, ".");
}

static void tell_date(struct why_work *work, struct bytes *out)
{
    struct slice span = slice_from(work->why->text, sizeof "date:" - 1);
    const char *dots = memmem(span.data, span.size, "..", 2);
    size_t before = dots ? (size_t)(dots - span.data) : span.size;
    put(out, work->alone ? "No article is dated "
                         : "There are articles for the rest of the query, but none is dated ");
    if (!dots || !before || before + 2 == span.size) {
        bytes_append(out, span.data + (before ? 0 : 2), before ? before : span.size - 2);
        put(out, !dots ? "." : before ? " or later." : " or earlier.");
        return;
    }
    put(out, "from ");
    bytes_append(out, span.data, before);
    put(out, " to ");
    bytes_append_slice(out, slice_from(span, before + 2));
    put(out, ".");
}

static void tell_empty(struct why_work *work, struct bytes *out)
{
    put(out, work->request->query->root->kind == QUERY_NOTHING
                 ? "The query holds no word to look for."
                 : "There are no articles here.");
}

static void tell_together(struct why_work *work, struct bytes *out)
{
    put(out, work->parameter
                 ? "There are articles for the query, but none of them passes all of its filters."
                 : "Each part of the query is in some articles, but no article has them all.");
}

/* --- Text and message --------------------------------------------------------------------------*/

static void write_run(const struct why_work *work, struct bytes *out)
{
    bool several = work->run.count > 1, gaps = work->at->slop && several;
    bool quoted = gaps || (in_titles(work) && several);
    put(out, in_titles(work) ? "title:" : "");
    put(out, quoted ? "\"" : "");
    for (size_t i = 0; i < work->run.count; i++) {
        put(out, i ? " " : "");
        write_word(out, &work->at->words[work->run.first + i]);
    }
    put(out, quoted ? "\"" : "");
    if (gaps)
        bytes_format(out, "~%" PRIu32, work->at->slop);
}

/* A question's own filter as a query would write it. */
static void write_parameter(const struct why_work *work, struct bytes *out)
{
    const struct question *question = work->request->question;
    switch (work->parameter) {
    case WITHOUT_SOURCE:
        put(out, "source:");
        bytes_append_slice(out, question->source);
        break;
    case WITHOUT_LANG:
        put(out, "lang:");
        bytes_append_slice(out, question->lang);
        break;
    case WITHOUT_GROUP:
        put(out, "id:");
        bytes_append_slice(out, question->group);
        break;
    default:
        put(out, "date:");
        bytes_append_slice(out, question->from);
        if (slice_equal(question->from, question->to))
            break;
        put(out, "..");
        bytes_append_slice(out, question->to);
    }
}

static void write_text(const struct why_work *work, struct bytes *out)
{
    enum why_cause cause = work->why->cause;
    if (cause == WHY_UNKNOWN || cause == WHY_EMPTY || cause == WHY_TOGETHER)
        return;
    if (work->parameter)
        write_parameter(work, out);
    else if (work->run.count)
        write_run(work, out);
    else
        bytes_append_slice(out, why_write(work, work->at));
}

static void write_message(struct why_work *work, struct bytes *out)
{
    static void (*const tell[])(struct why_work *, struct bytes *) = {
        [WHY_EMPTY] = tell_empty, [WHY_WORD] = tell_word,         [WHY_PATTERN] = tell_pattern,
        [WHY_PAIR] = tell_pair,   [WHY_PHRASE] = tell_phrase,     [WHY_TITLE] = tell_title,
        [WHY_NEAR] = tell_near,   [WHY_FIELD] = tell_field,       [WHY_DATE] = tell_date,
        [WHY_ANY] = NULL,         [WHY_TOGETHER] = tell_together,
    };
    enum why_cause cause = work->why->cause;
    if (cause == WHY_UNKNOWN)
        put(out, "No article matches; the time for this query did not reach to find out why.");
    else if (cause == WHY_CHARACTERS)
        put(out, "The words of this quotation do stand together, but never in these very "
                 "characters.");
    else if (cause == WHY_NOT)
        put(out, "There are articles for the rest of the query, but what is left out is in every "
                 "one of them.");
    else if (cause == WHY_ANY)
        put(out, "None of these alternatives is in any article.");
    else
        tell[cause](work, out);
}

/* Copies what was written into the answer. */
static struct slice keep(struct why_work *work, struct bytes *text)
{
    struct slice copy = arena_copy(work->arena, bytes_slice(text));
    if (text->status != STATUS_OK)
        work->arena->status = text->status;
    bytes_release(text);
    return copy;
}

void why_tell(struct why_work *work)
{
    struct bytes text = {0}, message = {0};
    write_text(work, &text);
    work->why->text = keep(work, &text);
    if (work->arena->status != STATUS_OK)
        return;
    write_message(work, &message);
    work->why->message = keep(work, &message);
}
