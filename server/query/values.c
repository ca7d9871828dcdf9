/* What a word or a quotation asks for in a column. */
#include <stdio.h>

#include "base/bytes.h"
#include "query/nodes.h"
#include "query/suffix.h"
#include "query/words.h"

static struct query_node *field_node(struct parser *p, const struct token *token,
                                     enum query_field field, struct words words)
{
    struct query_node *node = node_new(p->arena, QUERY_FIELD_VALUE);
    if (!node)
        return NULL;
    for (size_t i = 0; i < words.count; i++) {
        words.items[i].start = token->start;
        words.items[i].end = token->end;
    }
    node->field = field;
    node->words = words.items;
    node->word_count = words.count;
    return node;
}

static struct query_node *whole_value(struct parser *p, const struct token *token,
                                      struct slice text, enum query_field field)
{
    struct bytes folded = {0};
    analyzer_fold_value(p->analyzer, text, &folded);
    struct slice value = arena_copy_bytes(p->arena, &folded);
    if (!parser_has_memory(p, p->arena->status) || !value.size)
        return NULL;
    /* The words come from the folded value, so that the canonical form, which holds that, has the
     * same. */
    struct query_node *node = field_node(p, token, field, words_read(p, value, 0));
    if (node)
        node->value = value;
    return node;
}

/* The canonical form joins such words by hyphens, which a cut word, or one of no text, is not fit
 * for. */
static bool fits_pattern(const struct words *words)
{
    bool any = false;
    for (size_t i = 0; i < words->count; i++) {
        const struct query_word *word = &words->items[i];
        if (word->kind == WORD_ANY || word_is_cut(word->text))
            return false;
        any = any || word->kind != WORD_ITSELF;
    }
    return any;
}

/* source:bbc*, author:barnrad~1: words alone, of their kinds. NULL where none is a pattern;
 * *text is the value then. */
static struct query_node *bare_pattern(struct parser *p, const struct token *token,
                                       struct slice *text, enum query_field field)
{
    size_t before = p->word_count;
    struct suffix suffix;
    struct words words = words_read_bare(p, text, &suffix);
    words = words_with_patterns(p, &words, *text, parser_offset(p, *text), false);
    words_edit(p, &words, &suffix);
    suffix_ignore_boost(p, &suffix, "a column");
    if (fits_pattern(&words))
        return field_node(p, token, field, words);
    p->word_count = before;
    if (slice_has(*text, '*'))
        parser_mend(p, token->start, "a '*' here is beside no word", "took it literally");
    return NULL;
}

static struct query_node *bare_value(struct parser *p, const struct token *token,
                                     enum query_field field)
{
    struct slice text = token->text;
    if (slice_equal(text, SLICE("*"))) {
        parser_mend(p, token->start, "a field has no word to find", "searched every article");
        return node_new(p->arena, QUERY_ALL);
    }
    struct query_node *node = bare_pattern(p, token, &text, field);
    return node ? node : whole_value(p, token, text, field);
}

/* author:"anne barn"* */
static struct query_node *quoted_value(struct parser *p, const struct token *token,
                                       enum query_field field, const struct suffix *suffix)
{
    suffix_ignore_tilde(p, suffix, "a column");
    suffix_ignore_boost(p, suffix, "a column");
    if (!suffix->prefix)
        return whole_value(p, token, token->text, field);
    size_t before = p->word_count;
    struct words words = words_read(p, token->text, parser_offset(p, token->text));
    struct query_word *last = words.count ? &words.items[words.count - 1] : NULL;
    if (last && !word_is_cluster(last->text))
        last->kind = WORD_PREFIX;
    if (fits_pattern(&words))
        return field_node(p, token, field, words);
    p->word_count = before;
    suffix_ignore_prefix(p, suffix, "this value");
    return whole_value(p, token, token->text, field);
}

static struct query_node *id_node(struct parser *p, const struct token *token)
{
    struct query_node *node = token->text.size ? node_new(p->arena, QUERY_ID) : NULL;
    if (node)
        node->value = arena_copy(p->arena, token->text);
    return node;
}

/* What is not a date is words. */
static struct query_node *date_node(struct parser *p, const struct token *token)
{
    struct query_node *node = parse_date(p, token);
    if (node || !token->text.size)
        return node;
    char problem[120];
    snprintf(problem, sizeof problem, "'%s' is not a date", parse_subject(token->text).text);
    parser_mend(p, token->start, problem, "searched for it as words");
    size_t start = parser_offset(p, token->text);
    return parse_plain(p, start, start + token->text.size, (struct scope){0}, false);
}

struct query_node *parse_value(struct parser *p, const struct token *token, struct scope scope,
                               const struct suffix *suffix)
{
    if (scope.field == FIELD_ID || scope.field == FIELD_DATE) {
        suffix_ignore(p, suffix, "a column");
        return scope.field == FIELD_ID ? id_node(p, token) : date_node(p, token);
    }
    return token->kind == TOKEN_WORD ? bare_value(p, token, scope.field)
                                     : quoted_value(p, token, scope.field, suffix);
}
