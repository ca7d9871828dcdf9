#include "query/query.h"

#include <stdio.h>

#include "query/fields.h"
#include "query/nodes.h"
#include "query/parser.h"
#include "query/suffix.h"
#include "text/space.h"
#include "text/utf8.h"

static struct query_node *parse_any(struct parser *p, struct scope scope);

static void advance(struct parser *p)
{
    if (parser_has_memory(p, p->arena->status))
        p->token = lexer_read(&p->lexer);
}

static bool starts_operand(enum token_kind kind)
{
    return kind == TOKEN_WORD || kind == TOKEN_QUOTED || kind == TOKEN_OPEN ||
           kind == TOKEN_FIELD || kind == TOKEN_MINUS || kind == TOKEN_PLUS || kind == TOKEN_EQUALS;
}

/* Whether an operand follows the token to look at. */
static bool operand_follows(const struct parser *p)
{
    struct lexer ahead = p->lexer;
    enum token_kind kind = lexer_read(&ahead).kind;
    return starts_operand(kind) || (kind == TOKEN_NOT && p->token.kind != TOKEN_NOT);
}

static struct query_node *token_as_words(struct parser *p, struct scope scope)
{
    struct token token = p->token;
    advance(p);
    return parse_plain(p, token.start, token.end, scope, false);
}

static struct suffix read_suffix(struct parser *p)
{
    struct suffix suffix = {0};
    if (p->token.kind == TOKEN_SUFFIX) {
        suffix = suffix_read(p, p->token.text);
        advance(p);
    }
    return suffix;
}

/* Nothing may follow a group but a weight, which every part of it takes. */
static void weigh_group(struct parser *p, struct query_node *node)
{
    struct suffix suffix = read_suffix(p);
    suffix_ignore_prefix(p, &suffix, "a parenthesis");
    suffix_ignore_tilde(p, &suffix, "a parenthesis");
    if (!suffix_weigh(node, suffix.boost))
        suffix_ignore_boost(p, &suffix, "what has no words");
}

static struct query_node *parse_group(struct parser *p, struct scope scope)
{
    size_t start = p->token.start;
    if (++p->depth > QUERY_MAX_DEPTH) {
        parser_fail(p, STATUS_LIMIT, "parentheses are nested more than %d deep", QUERY_MAX_DEPTH);
        return NULL;
    }
    advance(p);
    struct query_node *node = parse_any(p, scope);
    p->depth--;
    if (p->token.kind == TOKEN_CLOSE)
        advance(p);
    else
        parser_mend(p, start, "a parenthesis is not closed", "closed it at the end");
    if (!node)
        parser_mend(p, start, "parentheses hold no word", "ignored them");
    weigh_group(p, node);
    return node;
}

static struct query_node *parse_atom(struct parser *p, struct scope scope)
{
    struct token token = p->token;
    if (token.kind == TOKEN_OPEN)
        return parse_group(p, scope);
    if (token.kind != TOKEN_WORD && token.kind != TOKEN_QUOTED)
        return NULL;
    advance(p);
    if (token.kind == TOKEN_WORD)
        return parse_word(p, &token, scope);
    struct suffix suffix = read_suffix(p);
    return parse_quoted(p, &token, scope, &suffix);
}

static bool operand_is_glued(const struct parser *p)
{
    return p->token.glued && starts_operand(p->token.kind);
}

/* A name and its colon, which has been read. A name that is no field, or that nothing follows, is a
 * word. */
static void parse_field(struct parser *p, const struct token *name, struct scope *scope,
                        struct node_list *words)
{
    enum query_field field = field_find(name->text);
    bool exact = field_names_equal(name->text, SLICE("exact"));
    bool known = exact || field != FIELD_ANY, followed = operand_is_glued(p);
    if (known && followed) {
        scope->field = exact ? scope->field : field;
        scope->characters = scope->characters || exact;
        return;
    }
    if (known || followed) {
        char problem[120];
        snprintf(problem, sizeof problem,
                 followed ? "there is no field '%s'" : "nothing follows '%s:'",
                 parse_subject(name->text).text);
        parser_mend(p, name->start, problem, "searched for it as a word");
    }
    struct scope plain = {.exact = scope->exact};
    node_list_add(p->arena, words, parse_plain(p, name->start, name->end, plain, false));
}

/* [=] [field:] [=] atom */
static struct query_node *parse_operand(struct parser *p, struct scope scope)
{
    struct node_list parts = {0};
    while (p->token.kind == TOKEN_FIELD || p->token.kind == TOKEN_EQUALS) {
        struct token token = p->token;
        advance(p);
        if (token.kind == TOKEN_EQUALS)
            scope.exact = true;
        else
            parse_field(p, &token, &scope, &parts);
        if (!p->token.glued)
            break;
    }
    if (!parts.count || operand_is_glued(p))
        node_list_add(p->arena, &parts, parse_atom(p, scope));
    return p->options->any ? node_any_of(p->arena, &parts) : node_all_of(p->arena, &parts);
}

/* Whether an operand without a sign follows the token to look at. */
static bool plain_operand_follows(const struct parser *p)
{
    struct lexer ahead = p->lexer;
    enum token_kind kind = lexer_read(&ahead).kind;
    return starts_operand(kind) && kind != TOKEN_MINUS && kind != TOKEN_PLUS;
}

/* operand [NEAR/n operand] …: each is near the one before it. */
static struct query_node *parse_nears(struct parser *p, struct scope scope)
{
    struct query_node *left = parse_operand(p, scope);
    struct node_list nears = {0};
    while (p->token.kind == TOKEN_NEAR && plain_operand_follows(p)) {
        struct token token = p->token;
        advance(p);
        struct query_node *right = parse_operand(p, scope);
        if (nears.count && left)
            left = parse_again(p, left);
        node_list_add(p->arena, &nears, parse_near(p, &token, left, right));
        left = right;
    }
    return nears.count ? node_all_of(p->arena, &nears) : left;
}

/* [NOT] [+ or -] operand [NEAR/n operand] … */
static struct query_node *parse_clause(struct parser *p, struct scope scope, bool *negative)
{
    bool required = false;
    *negative = false;
    if (p->token.kind == TOKEN_NOT) {
        *negative = true;
        advance(p);
    }
    if (p->token.kind == TOKEN_MINUS || p->token.kind == TOKEN_PLUS) {
        *negative = *negative || p->token.kind == TOKEN_MINUS;
        required = p->token.kind == TOKEN_PLUS;
        advance(p);
    }
    struct query_node *node = parse_nears(p, scope);
    if (node)
        node->required = (node->required || required) && !*negative && node->kind != QUERY_ALL;
    return node;
}

/* Clauses side by side, on their way to one node. */
struct chain {
    struct node_list with, without;             /* of the whole chain */
    struct node_list filters;                   /* op=or: what asks for columns alone */
    struct node_list group_with, group_without; /* of the clauses that AND holds together */
    size_t group_size;
};

/* Only columns: source:bbc has to hold, whether all words are asked for or any. */
static bool is_filter(const struct query_node *node)
{
    bool only = node && node->kind != QUERY_PHRASE && node->kind != QUERY_ALL;
    for (size_t i = 0; only && i < node->child_count; i++)
        only = is_filter(node->children[i]);
    return only;
}

static void chain_end_group(struct parser *p, struct chain *chain)
{
    struct query_node *node = node_all_of(p->arena, &chain->group_with);
    if (chain->group_without.count && (node || chain->group_size > 1))
        node = node_without(p->arena, node, &chain->group_without);
    else if (chain->group_without.count)
        node_list_add_parts(p->arena, &chain->without, QUERY_OR, chain->group_without.items[0]);
    if (node_is_negative(node))
        node_list_add_parts(p->arena, &chain->without, QUERY_OR, node->children[1]);
    else
        node_list_add(p->arena, is_filter(node) ? &chain->filters : &chain->with, node);
    chain->group_with = chain->group_without = (struct node_list){0};
    chain->group_size = 0;
}

static void chain_add(struct parser *p, struct chain *chain, struct query_node *node, bool negative,
                      bool linked)
{
    if (p->options->any && !linked)
        chain_end_group(p, chain);
    if (!node)
        return;
    if (!negative && node_is_negative(node)) {
        negative = true;
        node = node->children[1];
    }
    node_list_add(p->arena, negative ? &chain->group_without : &chain->group_with, node);
    chain->group_size++;
}

static struct query_node *chain_finish(struct parser *p, struct chain *chain)
{
    if (!p->options->any)
        return node_without(p->arena, node_all_of(p->arena, &chain->group_with),
                            &chain->group_without);
    chain_end_group(p, chain);
    struct node_list parts = {0};
    node_list_add(p->arena, &parts, node_any_of(p->arena, &chain->with));
    for (size_t i = 0; i < chain->filters.count; i++)
        node_list_add(p->arena, &parts, chain->filters.items[i]);
    return node_without(p->arena, node_all_of(p->arena, &parts), &chain->without);
}

/* An operator with nothing to bind is a word. */
static struct query_node *stray_operator(struct parser *p, struct scope scope, bool right)
{
    char problem[120];
    snprintf(problem, sizeof problem, "'%s' has nothing on its %s",
             parse_subject(p->token.text).text, right ? "right" : "left");
    parser_mend(p, p->token.start, problem, "searched for it as a word");
    return token_as_words(p, scope);
}

static bool is_operator(enum token_kind kind)
{
    return kind == TOKEN_OR || kind == TOKEN_AND || kind == TOKEN_NOT || kind == TOKEN_NEAR;
}

static void skip_stray(struct parser *p)
{
    bool parenthesis = p->token.kind == TOKEN_CLOSE;
    if (parenthesis || p->token.kind == TOKEN_STRAY)
        parser_mend(p, p->token.start,
                    parenthesis ? "a closing parenthesis closes nothing"
                                : "a closing quotation mark closes nothing",
                    "ignored it");
    advance(p);
}

static void read_link(struct parser *p)
{
    char problem[120];
    if (p->token.kind == TOKEN_NEAR) {
        snprintf(problem, sizeof problem, "'%s' does not stand between two words",
                 parse_subject(p->token.text).text);
        parser_mend(p, p->token.start, problem, "searched for both sides anywhere");
    }
    advance(p);
}

static bool chain_ends(const struct parser *p)
{
    return p->token.kind == TOKEN_END || (p->token.kind == TOKEN_CLOSE && p->depth > 0);
}

/* One clause, or an operator, into the chain. `left` says whether an operand stands before it. */
static void parse_link(struct parser *p, struct scope scope, struct chain *chain, bool *left)
{
    bool linked = false, negative = false;
    bool binds_left = p->token.kind == TOKEN_AND || p->token.kind == TOKEN_NEAR;
    if (is_operator(p->token.kind) &&
        (!operand_follows(p) || (!*left && p->token.kind != TOKEN_NOT))) {
        chain_add(p, chain, stray_operator(p, scope, *left || p->token.kind == TOKEN_NOT), false,
                  false);
        *left = true;
        return;
    }
    if (binds_left) {
        read_link(p);
        linked = true;
    }
    if (p->token.kind == TOKEN_NOT && !operand_follows(p)) {
        chain_add(p, chain, stray_operator(p, scope, true), false, linked);
        return;
    }
    if (p->token.kind != TOKEN_NOT && !starts_operand(p->token.kind)) {
        skip_stray(p);
        return;
    }
    struct query_node *node = parse_clause(p, scope, &negative);
    chain_add(p, chain, node, negative, linked);
    *left = true;
}

/* Clauses up to an OR that binds, or the end. */
static struct query_node *parse_chain(struct parser *p, struct scope scope, bool *left)
{
    struct chain chain = {0};
    while (!chain_ends(p)) {
        if (p->token.kind == TOKEN_OR && *left && operand_follows(p))
            break;
        parse_link(p, scope, &chain, left);
    }
    return chain_finish(p, &chain);
}

/* chain OR chain … */
static struct query_node *parse_any(struct parser *p, struct scope scope)
{
    struct node_list chains = {0};
    bool left = false;
    node_list_add(p->arena, &chains, parse_chain(p, scope, &left));
    while (p->token.kind == TOKEN_OR) {
        advance(p);
        node_list_add(p->arena, &chains, parse_chain(p, scope, &left));
    }
    return node_any_of(p->arena, &chains);
}

static bool is_blank(struct slice text)
{
    uint32_t c;
    for (size_t at = 0; at < text.size;) {
        at += utf8_decode(text.data + at, text.size - at, &c);
        if (!space_is(c))
            return false;
    }
    return true;
}

/* How deep the parentheses of the canonical form are. */
static size_t written_depth(const struct query_node *node)
{
    size_t depth = 0;
    for (size_t i = 0; node && i < node->child_count; i++) {
        size_t child = written_depth(node->children[i]);
        bool parted = node->children[i]->child_count > 0 || node->children[i]->boost > 0;
        if (child + parted > depth)
            depth = child + parted;
    }
    return depth;
}

static void parse_root(struct parser *p)
{
    struct query *query = p->query;
    if (p->options->phrase) {
        query->root = parse_plain(p, 0, query->text.size, (struct scope){0}, true);
    } else {
        lexer_begin(&p->lexer, query->text);
        advance(p);
        query->root = parse_any(p, (struct scope){0});
    }
    if (p->status == STATUS_OK && written_depth(query->root) > QUERY_MAX_DEPTH)
        parser_fail(p, STATUS_LIMIT, "the query is nested more than %d deep", QUERY_MAX_DEPTH);
    if (p->status == STATUS_OK && !query->root && !query->repair_count && !is_blank(query->text))
        parser_mend(p, 0, "the query holds no word", "it finds nothing");
    if (!query->root)
        query->root = node_new(p->arena, QUERY_NOTHING);
    parser_has_memory(p, p->arena->status);
}

enum status query_parse(struct slice text, const struct query_options *options,
                        struct analyzer *analyzer, struct arena *arena, struct query *query,
                        struct error *error)
{
    *query = (struct query){0};
    struct parser p = {
        .options = options, .analyzer = analyzer, .arena = arena, .query = query, .error = error};
    if (text.size > QUERY_MAX_BYTES) {
        parser_fail(&p, STATUS_LIMIT, "the query has %zu bytes; at most %d are allowed", text.size,
                    QUERY_MAX_BYTES);
        return p.status;
    }
    query->text = utf8_valid_copy(text, arena);
    parse_root(&p);
    return p.status;
}
