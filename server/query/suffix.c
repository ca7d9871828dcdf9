#include "query/suffix.h"

#include <stdio.h>

#include "base/ascii.h"

static char byte_at(struct slice text, size_t at)
{
    return at < text.size ? text.data[at] : '\0';
}

static size_t skip_digits(struct slice text, size_t at)
{
    while (ascii_is_digit(byte_at(text, at)))
        at++;
    return at;
}

size_t suffix_skip(struct slice text, size_t at)
{
    char c = byte_at(text, at);
    if (c == '*')
        return at + 1;
    if (c != '~' && c != '^')
        return at;
    size_t end = skip_digits(text, at + 1);
    if (end == at + 1)
        return c == '^' ? at : end;
    return byte_at(text, end) == '.' && ascii_is_digit(byte_at(text, end + 1))
               ? skip_digits(text, end + 1)
               : end;
}

/* "2.5" in thousandths, what is behind them left out; *whole: before the dot. At most some more
 * than BOOST_MOST. */
static uint32_t read_number(struct slice text, uint32_t *whole, bool *fraction)
{
    uint64_t value = 0;
    size_t at = 0;
    for (; ascii_is_digit(byte_at(text, at)); at++)
        if (value <= BOOST_MOST)
            value = 10 * value + (uint64_t)(text.data[at] - '0');
    *whole = (uint32_t)value;
    *fraction = at < text.size;
    value *= BOOST_ONE;
    uint64_t unit = BOOST_ONE / 10;
    for (at++; at < text.size && unit; at++, unit /= 10)
        value += unit * (uint64_t)(text.data[at] - '0');
    return value > 2 * (uint64_t)BOOST_MOST ? 2 * BOOST_MOST : (uint32_t)value;
}

static void take_boost(struct parser *p, struct suffix *suffix, struct slice digits, size_t at)
{
    uint32_t whole;
    bool fraction;
    if (suffix->boost) {
        parser_mend(p, at, "a weight is written twice", "took one of them");
        return;
    }
    uint32_t boost = read_number(digits, &whole, &fraction);
    if (boost < 1 || boost > BOOST_MOST)
        parser_mend(p, at, "a weight is from 0.001 to 1000", "took the nearest");
    suffix->boost = boost < 1 ? 1 : boost > BOOST_MOST ? BOOST_MOST : boost;
    suffix->boost_at = at;
}

static void take_tilde(struct parser *p, struct suffix *suffix, struct slice digits, size_t at)
{
    if (suffix->tilde) {
        parser_mend(p, at, "a '~' is written twice", "took one of them");
        return;
    }
    suffix->tilde = true;
    suffix->tilde_at = at;
    suffix->number = digits.size > 0;
    if (suffix->number)
        read_number(digits, &suffix->value, &suffix->fraction);
}

/* One of them, from its sign to its end. */
static void take(struct parser *p, struct suffix *suffix, size_t start, size_t end)
{
    struct slice text = p->query->text;
    struct slice digits = slice_of(text.data + start + 1, end - start - 1);
    if (text.data[start] == '^')
        take_boost(p, suffix, digits, start);
    else if (text.data[start] == '~')
        take_tilde(p, suffix, digits, start);
    else if (!suffix->prefix) {
        suffix->prefix = true;
        suffix->prefix_at = start;
    }
}

struct suffix suffix_read(struct parser *p, struct slice written)
{
    struct suffix suffix = {0};
    if (!written.size)
        return suffix;
    size_t start = parser_offset(p, written);
    for (size_t at = 0, next; at < written.size; at = next) {
        next = suffix_skip(written, at);
        if (next == at)
            break;
        take(p, &suffix, start + at, start + next);
    }
    return suffix;
}

/* What a '~' or '^' may follow. */
static bool carries(char c)
{
    return (unsigned char)c >= 0x80 || ascii_is_alphanumeric(c) || c == '*' || c == '?';
}

/* Where the last suffix of a text begins; its size where there is none. */
static size_t last_suffix(struct slice text)
{
    size_t at = text.size;
    while (at > 0 && (ascii_is_digit(text.data[at - 1]) || text.data[at - 1] == '.'))
        at--;
    if (at < 2 || (text.data[at - 1] != '~' && text.data[at - 1] != '^'))
        return text.size;
    size_t start = at - 1;
    return suffix_skip(text, start) == text.size ? start : text.size;
}

struct slice suffix_split(struct slice *word)
{
    struct slice rest = *word;
    while (rest.size && suffix_is_stop(rest.data[rest.size - 1]))
        rest.size--;
    size_t end = rest.size;
    for (size_t at; (at = last_suffix(rest)) < rest.size;)
        rest.size = at;
    if (rest.size == end || !carries(rest.data[rest.size - 1]) || word->data[0] == '~')
        return (struct slice){0};
    *word = rest;
    return slice_of(rest.data + rest.size, end - rest.size);
}

static void ignore(struct parser *p, size_t at, const char *what, const char *after)
{
    char problem[120];
    snprintf(problem, sizeof problem, "'%s' means nothing after %s", what, after);
    parser_mend(p, at, problem, "ignored it");
}

void suffix_ignore_prefix(struct parser *p, const struct suffix *suffix, const char *after)
{
    if (suffix->prefix)
        ignore(p, suffix->prefix_at, "*", after);
}

void suffix_ignore_tilde(struct parser *p, const struct suffix *suffix, const char *after)
{
    if (suffix->tilde)
        ignore(p, suffix->tilde_at, "~", after);
}

void suffix_ignore_boost(struct parser *p, const struct suffix *suffix, const char *after)
{
    if (suffix->boost)
        ignore(p, suffix->boost_at, "^", after);
}

void suffix_ignore(struct parser *p, const struct suffix *suffix, const char *after)
{
    suffix_ignore_prefix(p, suffix, after);
    suffix_ignore_tilde(p, suffix, after);
    suffix_ignore_boost(p, suffix, after);
}

uint32_t suffix_boost_of(const struct query_node *node)
{
    return node->boost > 0 ? (uint32_t)(node->boost * BOOST_ONE + 0.5) : BOOST_ONE;
}

static void multiply(struct query_node *node, uint32_t boost)
{
    uint64_t product = ((uint64_t)suffix_boost_of(node) * boost + BOOST_ONE / 2) / BOOST_ONE;
    product = product < 1 ? 1 : product > BOOST_MOST ? BOOST_MOST : product;
    node->boost = product == BOOST_ONE ? 0 : (double)product / BOOST_ONE;
}

bool suffix_weigh(struct query_node *node, uint32_t boost)
{
    if (!node || !boost)
        return true;
    if (node->kind == QUERY_PHRASE || node->kind == QUERY_NEAR) {
        multiply(node, boost);
        return true;
    }
    bool any = false;
    for (size_t i = 0; i < node->child_count && !(node->kind == QUERY_NOT && i > 0); i++)
        any = suffix_weigh(node->children[i], boost) || any;
    return any;
}
