/* What a bare word or a quotation asks for. */
#include <stdio.h>

#include "query/nodes.h"
#include "query/parse.h"
#include "text/utf8.h"

struct words {
    struct query_word *items;
    size_t count, capacity;
    uint8_t last_joint;
};

static bool add_word(struct parse *p, struct words *words, const struct word *word, size_t offset)
{
    if (++p->word_count > QUERY_MAX_WORDS) {
        parse_fail(p, STATUS_LIMIT, "the query has more than %d words", QUERY_MAX_WORDS);
        return false;
    }
    if (words->count == words->capacity) {
        size_t capacity = words->capacity ? 2 * words->capacity : 2;
        void *items =
            arena_regrow(p->arena, words->items, words->count, capacity, sizeof *words->items);
        if (!items)
            return false;
        words->items = items;
        words->capacity = capacity;
    }
    words->items[words->count++] = (struct query_word){.text = arena_copy(p->arena, word->text),
                                                       .start = offset + word->start,
                                                       .end = offset + word->end};
    words->last_joint = word->joint;
    return true;
}

/* The words of a text, whose first byte is `offset` in the query. */
static struct words read_words(struct parse *p, struct slice text, size_t offset)
{
    struct words words = {0};
    struct word read[32];
    size_t n;
    analyzer_begin(p->analyzer, text);
    while (p->status == STATUS_OK && (n = analyzer_read(p->analyzer, read, 32)) > 0)
        for (size_t i = 0; i < n; i++)
            if (!add_word(p, &words, &read[i], offset))
                return words;
    if (analyzer_status(p->analyzer) != STATUS_OK)
        parse_fail(p, analyzer_status(p->analyzer), "memory ended while the query was read");
    return words;
}

static struct query_node *phrase_node(struct parse *p, const struct words *words,
                                      struct scope scope, bool quoted)
{
    struct query_node *node = words->count ? node_new(p->arena, QUERY_PHRASE) : NULL;
    if (!node)
        return NULL;
    node->field = scope.field == SCOPE_TITLE ? FIELD_TITLE : FIELD_ANY;
    node->quoted = quoted || words->count > 1;
    node->exact = scope.exact && !node->quoted;
    node->words = words->items;
    node->word_count = words->count;
    return node;
}

struct query_node *parse_plain(struct parse *p, size_t start, size_t end, struct scope scope,
                               bool quoted)
{
    struct words words = read_words(p, slice_of(p->query->text.data + start, end - start), start);
    return phrase_node(p, &words, scope, quoted);
}

/* putin's asks for putin, =putin's for the phrase of both parts. */
static void drop_possessive(struct words *words, struct scope scope)
{
    if (!scope.exact && words->count > 1 && words->last_joint == JOINT_APOSTROPHE &&
        slice_equal(words->items[words->count - 1].text, SLICE("s")))
        words->count--;
}

static struct query_node *value_node(struct parse *p, const struct token *token,
                                     enum query_field field)
{
    struct bytes folded = {0};
    analyzer_fold_value(p->analyzer, token->text, &folded);
    if (folded.status != STATUS_OK)
        parse_fail(p, folded.status, "memory ended while the query was read");
    struct slice value = arena_copy(p->arena, bytes_slice(&folded));
    bytes_release(&folded);
    if (!value.size)
        return NULL;
    /* The words come from the folded value, so that the canonical form, which holds that, has the
     * same. */
    struct words words = read_words(p, value, 0);
    struct query_node *node = node_new(p->arena, QUERY_FIELD_VALUE);
    if (!node)
        return NULL;
    for (size_t i = 0; i < words.count; i++) {
        words.items[i].start = token->start;
        words.items[i].end = token->end;
    }
    node->field = field;
    node->value = value;
    node->words = words.items;
    node->word_count = words.count;
    return node;
}

static struct query_node *id_node(struct parse *p, const struct token *token)
{
    struct query_node *node = token->text.size ? node_new(p->arena, QUERY_ID) : NULL;
    if (node)
        node->value = arena_copy(p->arena, token->text);
    return node;
}

static bool is_wild(char c)
{
    return c == '*' || c == '?';
}

static bool is_wordy(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* What of later versions of the language a bare word asks for; NULL for nothing. A '?' at the end
 * of a word or in a URL is only a question mark. */
static const char *wildcard_problem(struct slice word)
{
    if (memmem(word.data, word.size, "://", 3))
        return NULL;
    const char *problem = NULL;
    for (size_t i = 0; i < word.size; i++) {
        if (!is_wild(word.data[i]))
            continue;
        bool behind = i + 1 < word.size && is_wordy(word.data[i + 1]);
        bool before = i > 0 && is_wordy(word.data[i - 1]);
        if (behind && (before || word.data[i] == '*'))
            return "wildcards (* ?) in a word are not known here";
        if (before && word.data[i] == '*')
            problem = "prefixes (word*) are not known here";
    }
    return problem;
}

/* Takes a '~1' or '^2' off the end of a word; returns what it is, or NULL where there is none. */
static const char *take_suffix(struct slice *word)
{
    size_t n = word->size;
    while (n > 1 &&
           ((word->data[n - 1] >= '0' && word->data[n - 1] <= '9') || word->data[n - 1] == '.'))
        n--;
    if (n < 2 || !is_wordy(word->data[n - 2]) || word->data[0] == '~')
        return NULL;
    char mark = word->data[n - 1];
    if (mark != '~' && !(mark == '^' && n < word->size))
        return NULL;
    word->size = n - 1;
    return mark == '~' ? "misspellings (word~) are not known here"
                       : "weights (word^2) are not known here";
}

static void mend_term(struct parse *p, size_t at, const char *problem, const struct words *words,
                      struct slice text)
{
    char remedy[160];
    if (!words->count)
        snprintf(remedy, sizeof remedy, "ignored it");
    else if (words->count == 1)
        snprintf(remedy, sizeof remedy, "searched the word '%s'",
                 parse_subject(words->items[0].text).text);
    else
        snprintf(remedy, sizeof remedy, "searched the phrase in '%s'", parse_subject(text).text);
    parse_mend(p, at, problem, remedy);
}

static struct query_node *bare_node(struct parse *p, const struct token *token, struct scope scope)
{
    struct slice text = token->text;
    if (slice_equal(text, SLICE("*")) && scope.field == SCOPE_ANY)
        return node_new(p->arena, QUERY_ALL);
    const char *suffix = take_suffix(&text);
    const char *wild = wildcard_problem(text);
    struct words words = read_words(p, text, (size_t)(text.data - p->query->text.data));
    drop_possessive(&words, scope);
    if (suffix)
        mend_term(p, token->start, suffix, &words, text);
    if (wild)
        mend_term(p, token->start, wild, &words, text);
    return phrase_node(p, &words, scope, false);
}

/* Whether a lone '*' stands for a word inside a quotation. */
static bool has_any_word(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '*' && (i == 0 || text.data[i - 1] == ' ') &&
            (i + 1 == text.size || text.data[i + 1] == ' '))
            return true;
    return false;
}

static struct query_node *phrase_of_quoted(struct parse *p, const struct token *token,
                                           struct scope scope)
{
    size_t start = (size_t)(token->text.data - p->query->text.data);
    struct query_node *node = parse_plain(p, start, start + token->text.size, scope, true);
    if (node && has_any_word(token->text))
        parse_mend(p, token->start, "a '*' for any word in a phrase is not known here",
                   "searched the phrase without it");
    return node;
}

/* A date that is none is words. */
static struct query_node *date_node(struct parse *p, const struct token *token)
{
    struct query_node *node = parse_date(p, token);
    if (node || !token->text.size)
        return node;
    char problem[120];
    snprintf(problem, sizeof problem, "'%s' is no date", parse_subject(token->text).text);
    parse_mend(p, token->start, problem, "searched it as words");
    size_t start = (size_t)(token->text.data - p->query->text.data);
    return parse_plain(p, start, start + token->text.size, (struct scope){0}, false);
}

/* A bare value with a '*' is taken as it stands; in quotes nothing else is meant. */
static void mend_value(struct parse *p, const struct token *token)
{
    if (token->kind == TOKEN_WORD && memchr(token->text.data, '*', token->text.size))
        parse_mend(p, token->start, "a '*' in a value is not known here", "took it as it stands");
}

static struct query_node *column_node(struct parse *p, const struct token *token,
                                      struct scope scope)
{
    if (scope.field != SCOPE_ID && scope.field != SCOPE_DATE)
        mend_value(p, token);
    switch (scope.field) {
    case SCOPE_SOURCE:
        return value_node(p, token, FIELD_SOURCE);
    case SCOPE_AUTHOR:
        return value_node(p, token, FIELD_AUTHOR);
    case SCOPE_TAG:
        return value_node(p, token, FIELD_TAG);
    case SCOPE_LANG:
        return value_node(p, token, FIELD_LANG);
    case SCOPE_ID:
        return id_node(p, token);
    default:
        return date_node(p, token);
    }
}

static bool in_text(struct scope scope)
{
    return scope.field == SCOPE_ANY || scope.field == SCOPE_TITLE;
}

struct query_node *parse_word(struct parse *p, const struct token *token, struct scope scope)
{
    return in_text(scope) ? bare_node(p, token, scope) : column_node(p, token, scope);
}

struct query_node *parse_quoted(struct parse *p, const struct token *token, struct scope scope)
{
    if (token->unclosed)
        parse_mend(p, token->start, "a quotation is not closed", "closed it at the end");
    struct query_node *node =
        in_text(scope) ? phrase_of_quoted(p, token, scope) : column_node(p, token, scope);
    if (!node)
        parse_mend(p, token->start, "a quotation holds no word", "ignored it");
    return node;
}
