/* What a bare word or a quotation asks for in title and body. */

#include "base/bytes.h"
#include "query/nodes.h"
#include "query/suffix.h"
#include "query/words.h"

static struct query_node *phrase_node(struct parser *p, const struct words *words,
                                      struct scope scope, bool quoted)
{
    struct query_node *node = words->count ? node_new(p->arena, QUERY_PHRASE) : NULL;
    if (!node)
        return NULL;
    node->field = scope.field == FIELD_TITLE ? FIELD_TITLE : FIELD_ANY;
    node->quoted = quoted || words->count > 1;
    node->exact = scope.exact && !node->quoted && words->items[0].kind == WORD_ITSELF;
    node->words = words->items;
    node->word_count = words->count;
    return node;
}

struct query_node *parse_plain(struct parser *p, size_t start, size_t end, struct scope scope,
                               bool quoted)
{
    struct words words = words_read(p, slice_of(p->query->text.data + start, end - start), start);
    return phrase_node(p, &words, scope, quoted);
}

/* putin's asks for putin, =putin's for the phrase of both parts. */
static void drop_possessive(struct words *words, struct scope scope)
{
    if (!scope.exact && words->count > 1 && words->last_joint == JOINT_APOSTROPHE &&
        slice_equal(words->items[words->count - 1].text, SLICE("s")))
        words->count--;
}

/* --- Bare words --------------------------------------------------------------------------------*/

static bool only_numbers(const struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (!word_is_number(words->items[i].text))
            return false;
    return true;
}

struct words words_read_bare(struct parser *p, struct slice *text, struct suffix *suffix)
{
    size_t before = p->word_count, place = parser_offset(p, *text);
    struct slice whole = *text, written = suffix_split(text);
    struct words words = words_read(p, *text, place);
    if (written.size && words.count && !has_wildcard(*text) && only_numbers(&words)) {
        p->word_count = before;
        *text = whole;
        written.size = 0;
        words = words_read(p, whole, place);
    }
    *suffix = suffix_read(p, written);
    return words;
}

/* Lets every word that can be misspelt have so many edits. */
static void allow_edits(struct words *words, uint32_t edits, bool *any)
{
    *any = false;
    for (size_t i = 0; i < words->count; i++) {
        struct query_word *word = &words->items[i];
        if (word->kind != WORD_ITSELF || word_is_number(word->text) ||
            word_is_cluster(word->text) || word_is_cut(word->text))
            continue;
        word->kind = WORD_EDITS;
        word->edits = edits;
        *any = true;
    }
}

static bool has_patterns(const struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].kind != WORD_ITSELF)
            return true;
    return false;
}

bool words_edit(struct parser *p, struct words *words, const struct suffix *suffix)
{
    bool any = true;
    if (!suffix->tilde || !words->count)
        return false;
    if (has_patterns(words)) {
        suffix_ignore_tilde(p, suffix, "a word with wildcards");
        return false;
    }
    if (suffix->number && suffix->value == 0 && !suffix->fraction)
        return true;
    if (suffix->fraction || suffix->value > QUERY_EDITS_MOST)
        parser_mend(p, suffix->tilde_at, "a word may have one or two edits", "took two");
    bool one = suffix->value == 1 && !suffix->fraction;
    allow_edits(words, one ? 1 : QUERY_EDITS_MOST, &any);
    if (!any)
        suffix_ignore_tilde(p, suffix, "a word of a script without spaces");
    return false;
}

static struct query_node *all_node(struct parser *p, const struct token *token, struct scope scope,
                                   const struct suffix *suffix)
{
    if (scope.field != FIELD_ANY)
        parser_mend(p, token->start, "a field has no word to find", "searched every article");
    suffix_ignore(p, suffix, "'*' alone");
    return node_new(p->arena, QUERY_ALL);
}

static struct query_node *bare_node(struct parser *p, const struct token *token, struct scope scope)
{
    struct slice text = token->text;
    struct suffix suffix;
    struct words words = words_read_bare(p, &text, &suffix);
    if (slice_equal(text, SLICE("*")))
        return all_node(p, token, scope, &suffix);
    drop_possessive(&words, scope);
    words = words_with_patterns(p, &words, text, parser_offset(p, text), false);
    if (words_edit(p, &words, &suffix))
        scope.exact = true;
    struct query_node *node = phrase_node(p, &words, scope, false);
    if (node)
        suffix_weigh(node, suffix.boost);
    return node;
}

/* --- Quotations --------------------------------------------------------------------------------*/

/* "doomed to fail"*: every word that begins as the last one does. */
static void make_prefix(struct parser *p, struct words *words, const struct suffix *suffix)
{
    struct query_word *last = words->count ? &words->items[words->count - 1] : NULL;
    if (!suffix->prefix || !last || last->kind == WORD_PREFIX || word_is_cluster(last->text))
        return;
    bool ends_so = last->kind == WORD_WILDCARD && last->text.data[last->text.size - 1] == '*';
    if (last->kind == WORD_ITSELF && !word_is_cut(last->text))
        last->kind = WORD_PREFIX;
    else if (last->kind == WORD_WILDCARD && !ends_so && last->text.size + 1 < WORD_MAX_BYTES) {
        struct bytes text = {0};
        bytes_append_slice(&text, last->text);
        bytes_put_u8(&text, '*');
        struct slice longer = arena_copy_bytes(p->arena, &text);
        if (parser_has_memory(p, p->arena->status))
            last->text = longer;
    } else if (!ends_so)
        suffix_ignore_prefix(p, suffix, "this word");
}

static void set_slop(struct parser *p, struct query_node *node, const struct suffix *suffix)
{
    if (!suffix->tilde)
        return;
    if (!suffix->number) {
        parser_mend(p, suffix->tilde_at, "a '~' after a phrase needs a number", "ignored it");
        return;
    }
    if (node->word_count < 2 && suffix->value) {
        suffix_ignore_tilde(p, suffix, "one word in quotes");
        return;
    }
    if (suffix->fraction)
        parser_mend(p, suffix->tilde_at, "a number of words is whole", "left its fraction out");
    if (suffix->value > QUERY_GAP_MOST)
        parser_mend(p, suffix->tilde_at, "at most 1000 words may stand in between", "took 1000");
    node->slop = suffix->value > QUERY_GAP_MOST ? QUERY_GAP_MOST : suffix->value;
}

static struct query_node *quoted_node(struct parser *p, const struct token *token,
                                      struct scope scope, const struct suffix *suffix)
{
    size_t start = parser_offset(p, token->text);
    struct words words = words_read(p, token->text, start);
    words = words_with_patterns(p, &words, token->text, start, true);
    make_prefix(p, &words, suffix);
    struct query_node *node = phrase_node(p, &words, scope, true);
    if (node) {
        set_slop(p, node, suffix);
        suffix_weigh(node, suffix->boost);
    }
    return node;
}

/* exact: takes everything as it stands. */
static struct query_node *characters_node(struct parser *p, const struct token *token,
                                          struct scope scope, const struct suffix *suffix)
{
    size_t start = parser_offset(p, token->text);
    scope.exact = false;
    struct query_node *phrase = parse_plain(p, start, start + token->text.size, scope, true);
    if (!phrase)
        return NULL;
    struct node_list child = {0};
    node_list_add(p->arena, &child, phrase);
    struct query_node *node = node_of(p->arena, QUERY_CHARACTERS, &child, 1);
    if (!node)
        return NULL;
    node->value = arena_copy(p->arena, token->text);
    suffix_ignore_prefix(p, suffix, "exact characters");
    suffix_ignore_tilde(p, suffix, "exact characters");
    suffix_weigh(node, suffix->boost);
    return node;
}

static bool in_text(struct scope scope)
{
    return scope.field == FIELD_ANY || scope.field == FIELD_TITLE;
}

/* What exact: asks of a column cannot be told from what is stored there. */
static struct scope without_characters(struct parser *p, size_t at, struct scope scope)
{
    if (scope.characters && !in_text(scope))
        parser_mend(p, at, "'exact:' is for titles and bodies", "searched without it");
    scope.characters = scope.characters && in_text(scope);
    return scope;
}

struct query_node *parse_word(struct parser *p, const struct token *token, struct scope scope)
{
    static const struct suffix none = {0};
    scope = without_characters(p, token->start, scope);
    if (!in_text(scope))
        return parse_value(p, token, scope, &none);
    if (!scope.characters)
        return bare_node(p, token, scope);
    struct query_node *node = characters_node(p, token, scope, &none);
    if (!node)
        parser_mend(p, token->start, "'exact:' needs a word", "ignored it");
    return node;
}

struct query_node *parse_quoted(struct parser *p, const struct token *token, struct scope scope,
                                const struct suffix *suffix)
{
    if (token->unclosed)
        parser_mend(p, token->start, "a quotation is not closed", "closed it at the end");
    scope = without_characters(p, token->start, scope);
    struct query_node *node = !in_text(scope)    ? parse_value(p, token, scope, suffix)
                              : scope.characters ? characters_node(p, token, scope, suffix)
                                                 : quoted_node(p, token, scope, suffix);
    if (!node)
        parser_mend(p, token->start, "a quotation holds no word", "ignored it");
    return node;
}
