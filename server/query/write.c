#include <stdio.h>

#include "base/ascii.h"
#include "base/bytes.h"
#include "query/dates.h"
#include "query/fields.h"
#include "query/quotes.h"
#include "query/suffix.h"
#include "query/words.h"
#include "text/analyzer.h"

struct writer {
    struct bytes out;
    struct slice text; /* the query's */
};

static void write_node(struct writer *w, const struct query_node *node);

/* A word that was cut holds a '#', which would part it: it is written as it stood. */
static void write_text_of(struct writer *w, const struct query_word *word)
{
    bool cut = word_is_cut(word->text);
    bytes_append_slice(&w->out, cut ? slice_of(w->text.data + word->start, word->end - word->start)
                                    : word->text);
}

static void write_word(struct writer *w, const struct query_word *word)
{
    if (word->kind == WORD_ANY)
        bytes_put_u8(&w->out, '*');
    else
        write_text_of(w, word);
    if (word->kind == WORD_PREFIX)
        bytes_put_u8(&w->out, '*');
    if (word->kind == WORD_EDITS)
        bytes_format(&w->out, "~%u", word->edits);
}

static void write_boost(struct writer *w, const struct query_node *node)
{
    uint32_t boost = suffix_boost_of(node), fraction = boost % BOOST_ONE;
    if (boost == BOOST_ONE)
        return;
    bytes_format(&w->out, "^%u", boost / BOOST_ONE);
    if (!fraction)
        return;
    char digits[8];
    snprintf(digits, sizeof digits, "%03u", fraction);
    for (size_t i = 3; i > 1 && digits[i - 1] == '0'; i--)
        digits[i - 1] = '\0';
    bytes_format(&w->out, ".%s", digits);
}

/* Behind a number a weight would be digits. */
static bool is_weighed_number(const struct query_node *node)
{
    return node->boost > 0 && !node->quoted && node->words[0].kind == WORD_ITSELF &&
           word_is_number(node->words[0].text);
}

/* Whether it would be another word in quotes, where a '*' counts at an end alone. */
static bool is_bare_pattern(const struct query_word *word)
{
    struct slice text = word->text;
    if (word->kind != WORD_WILDCARD)
        return false;
    text = slice_from(text, text.data[0] == '*');
    text.size -= text.size && text.data[text.size - 1] == '*';
    return has_wildcard(text);
}

static bool has_bare_pattern(const struct query_node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (is_bare_pattern(&node->words[i]))
            return true;
    return false;
}

/* A hyphen between words that are themselves asks for their closed spelling, too. */
static bool is_hyphened(const struct query_word *word)
{
    return word->joint == JOINT_HYPHEN && word->kind == WORD_ITSELF && word[-1].kind == WORD_ITSELF;
}

static bool means_nothing(const struct query_word *word)
{
    return word->kind != WORD_ITSELF || word[-1].kind != WORD_ITSELF;
}

/* s?ria-東?京: parted by hyphens, or, where one would mean something, by '_'; a '?' beside a word
 * of a script without spaces is any word. */
static void write_parts(struct writer *w, const struct query_node *node)
{
    for (size_t i = 0; i < node->word_count; i++) {
        const struct query_word *word = &node->words[i];
        bool any = word->kind == WORD_ANY, last = i + 1 == node->word_count;
        if (any && i == 0)
            bytes_put_u8(&w->out, '*');
        if (i > 0 && !any && word[-1].kind != WORD_ANY)
            bytes_put_u8(&w->out, is_hyphened(word) || means_nothing(word) ? '-' : '_');
        if (any)
            bytes_put_u8(&w->out, '?');
        else
            write_word(w, word);
        if (any && last)
            bytes_put_u8(&w->out, '*');
    }
}

static void write_words(struct writer *w, const struct query_node *node)
{
    for (size_t i = 0; i < node->word_count; i++) {
        if (i > 0)
            bytes_put_u8(&w->out, is_hyphened(&node->words[i]) ? '-' : ' ');
        write_word(w, &node->words[i]);
    }
}

static void write_phrase(struct writer *w, const struct query_node *node)
{
    bool parts = has_bare_pattern(node), quoted = node->quoted && !parts;
    const char *open = quoted ? "\"" : is_weighed_number(node) ? "(" : "";
    const char *close = quoted ? "\"" : is_weighed_number(node) ? ")" : "";
    if (node->field == FIELD_TITLE)
        bytes_append_string(&w->out, "title:");
    if (node->exact)
        bytes_put_u8(&w->out, '=');
    bytes_append_string(&w->out, open);
    if (parts)
        write_parts(w, node);
    else
        write_words(w, node);
    bytes_append_string(&w->out, close);
    if (node->slop)
        bytes_format(&w->out, "~%u", node->slop);
    write_boost(w, node);
}

static void write_characters(struct writer *w, const struct query_node *node)
{
    if (node->children[0]->field == FIELD_TITLE)
        bytes_append_string(&w->out, "title:");
    bytes_append_string(&w->out, "exact:");
    quote_write(&w->out, node->value);
    write_boost(w, node->children[0]);
}

static bool is_plain(struct slice value)
{
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        bool inner = c == '.' || c == '-' || c == '_' || c == '/' || c == '#';
        if (!ascii_is_alphanumeric(c) && (!inner || i == 0))
            return false;
    }
    return value.size > 0;
}

static void write_value(struct writer *w, const char *field, struct slice value)
{
    bytes_append_string(&w->out, field);
    bytes_put_u8(&w->out, ':');
    if (is_plain(value))
        bytes_append_slice(&w->out, value);
    else
        quote_write(&w->out, value);
}

/* source:bbc*: hyphens part words as they stand. */
static void write_value_words(struct writer *w, const struct query_node *node)
{
    uint32_t edits = 0;
    bytes_append_string(&w->out, field_name(node->field));
    for (size_t i = 0; i < node->word_count; i++) {
        bytes_put_u8(&w->out, i ? '-' : ':');
        bytes_append_slice(&w->out, node->words[i].text);
        if (node->words[i].kind == WORD_PREFIX)
            bytes_put_u8(&w->out, '*');
        if (node->words[i].kind == WORD_EDITS)
            edits = node->words[i].edits;
    }
    if (edits)
        bytes_format(&w->out, "~%u", edits);
}

static bool is_compound(const struct query_node *node)
{
    return node->kind == QUERY_AND || node->kind == QUERY_OR || node->kind == QUERY_NOT ||
           node->kind == QUERY_NEAR;
}

/* A node as a part of another: in parentheses where it has parts of its own. */
static void write_part(struct writer *w, const struct query_node *node)
{
    bool parentheses = is_compound(node);
    if (node->required)
        bytes_put_u8(&w->out, '+');
    if (parentheses)
        bytes_put_u8(&w->out, '(');
    write_node(w, node);
    if (parentheses)
        bytes_put_u8(&w->out, ')');
    if (node->kind == QUERY_NEAR)
        write_boost(w, node);
}

static void write_near(struct writer *w, const struct query_node *node)
{
    write_part(w, node->children[0]);
    bytes_format(&w->out, " %s/%u ", node->ordered ? "ADJ" : "NEAR", node->distance);
    write_part(w, node->children[1]);
}

static void write_joined(struct writer *w, const struct query_node *node, const char *between)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            bytes_append_string(&w->out, between);
        write_part(w, node->children[i]);
    }
}

static void write_without(struct writer *w, const struct query_node *node)
{
    const struct query_node *from = node->children[0], *without = node->children[1];
    if (from->kind == QUERY_AND && !from->required)
        write_joined(w, from, " AND ");
    else if (from->kind != QUERY_ALL)
        write_part(w, from);
    bool several = without->kind == QUERY_OR;
    for (size_t i = 0; i < (several ? without->child_count : 1); i++) {
        bytes_append_string(&w->out, i > 0 || from->kind != QUERY_ALL ? " -" : "-");
        write_part(w, several ? without->children[i] : without);
    }
}

static void write_node(struct writer *w, const struct query_node *node)
{
    switch (node->kind) {
    case QUERY_NOTHING:
        break;
    case QUERY_ALL:
        bytes_put_u8(&w->out, '*');
        break;
    case QUERY_PHRASE:
        write_phrase(w, node);
        break;
    case QUERY_AND:
        write_joined(w, node, " AND ");
        break;
    case QUERY_OR:
        write_joined(w, node, " OR ");
        break;
    case QUERY_NOT:
        write_without(w, node);
        break;
    case QUERY_FIELD_VALUE:
        if (node->value.size)
            write_value(w, field_name(node->field), node->value);
        else
            write_value_words(w, node);
        break;
    case QUERY_DATE:
        bytes_append_string(&w->out, "date:");
        query_write_span(&w->out, node->first, node->last);
        break;
    case QUERY_ID:
        write_value(w, field_name(FIELD_ID), node->value);
        break;
    case QUERY_NEAR:
        write_near(w, node);
        break;
    case QUERY_SPELLINGS: /* as it was written */
        write_node(w, node->children[0]);
        break;
    case QUERY_SEQUENCE:
        break;
    case QUERY_CHARACTERS:
        write_characters(w, node);
        break;
    }
}

struct slice query_write(const struct query *query, struct arena *arena)
{
    struct writer w = {.text = query->text};
    if (query->root->required || (query->root->kind == QUERY_NEAR && query->root->boost > 0))
        write_part(&w, query->root);
    else
        write_node(&w, query->root);
    return arena_copy_bytes(arena, &w.out);
}
