#include "query/lexer.h"

#include "base/ascii.h"
#include "query/fields.h"
#include "query/quotes.h"
#include "query/suffix.h"
#include "text/space.h"
#include "text/utf8.h"

void lexer_begin(struct lexer *lexer, struct slice text)
{
    *lexer = (struct lexer){.text = text, .place = PLACE_FRESH};
}

/* The character at a place and its size; 0 and size 0 at the end. A NUL has the size 1. */
static uint32_t peek(const struct lexer *lexer, size_t at, size_t *size)
{
    uint32_t c = 0;
    *size =
        at < lexer->text.size ? utf8_decode(lexer->text.data + at, lexer->text.size - at, &c) : 0;
    return c;
}

static char byte_at(const struct lexer *lexer, size_t at)
{
    return at < lexer->text.size ? lexer->text.data[at] : '\0';
}

/* Whether a word could not go on here. */
static bool is_boundary(const struct lexer *lexer, size_t at)
{
    size_t size;
    uint32_t c = peek(lexer, at, &size);
    return size == 0 || space_is(c) || c == '(' || c == ')' || quote_is_mark(c);
}

static struct slice between(const struct lexer *lexer, size_t start, size_t end)
{
    return slice_of(lexer->text.data + start, end - start);
}

static struct token finish(struct lexer *lexer, enum token_kind kind, size_t end,
                           enum lexer_place place)
{
    struct token token = {
        .kind = kind, .start = lexer->at, .end = end, .glued = lexer->place != PLACE_FRESH};
    token.text = between(lexer, lexer->at, end);
    lexer->at = end;
    lexer->place = place;
    lexer->after_group = kind == TOKEN_QUOTED || kind == TOKEN_CLOSE || kind == TOKEN_SUFFIX;
    return token;
}

static struct token finish_quoted(struct lexer *lexer, size_t inside, struct quote_end end)
{
    struct token token = finish(lexer, TOKEN_QUOTED, end.behind, PLACE_GLUED);
    token.text = between(lexer, inside, end.at);
    token.unclosed = !end.found;
    return token;
}

static bool is_sign(char c)
{
    return c == '+' || c == '-' || c == '=';
}

/* Whether something stands behind the prefix at this place for it to bind to. */
static bool binds(const struct lexer *lexer, size_t at)
{
    size_t size;
    uint32_t c = peek(lexer, at, &size);
    return size && !space_is(c) && c != ')';
}

static bool read_prefix(struct lexer *lexer, struct token *token)
{
    char c = byte_at(lexer, lexer->at), next = byte_at(lexer, lexer->at + 1);
    if (!is_sign(c) || !binds(lexer, lexer->at + 1))
        return false;
    bool sign = c != '=' && lexer->place == PLACE_FRESH && next != '+' && next != '-';
    bool equals = c == '=' && lexer->place != PLACE_GLUED && !is_sign(next);
    if (!sign && !equals)
        return false;
    enum token_kind kind = c == '-' ? TOKEN_MINUS : c == '+' ? TOKEN_PLUS : TOKEN_EQUALS;
    *token = finish(lexer, kind, lexer->at + 1, PLACE_BOUND);
    return true;
}

/* ~3, ^2 and *, and the stops of a sentence behind them. */
static bool read_suffix(struct lexer *lexer, struct token *token)
{
    if (!lexer->after_group || lexer->place != PLACE_GLUED)
        return false;
    size_t start = lexer->at, end = start;
    for (size_t next; (next = suffix_skip(lexer->text, end)) > end;)
        end = next;
    size_t behind = end;
    while (suffix_is_stop(byte_at(lexer, behind)))
        behind++;
    if (end == start || !is_boundary(lexer, behind))
        return false;
    *token = finish(lexer, TOKEN_SUFFIX, behind, PLACE_GLUED);
    token->text = between(lexer, start, end);
    return true;
}

static bool read_quoted(struct lexer *lexer, uint32_t mark, size_t size, struct token *token)
{
    size_t inside = lexer->at + size;
    struct quote_end end;
    if (quote_is_single(mark)) {
        if (lexer->place == PLACE_GLUED ||
            !quote_find_single(lexer->text, inside, mark, &lexer->absent, &end))
            return false;
        *token = finish_quoted(lexer, inside, end);
        return true;
    }
    if (!quote_is_mark(mark))
        return false;
    if (!quote_opens(mark, lexer->place != PLACE_GLUED)) {
        *token = finish(lexer, TOKEN_STRAY, inside, PLACE_GLUED);
        return true;
    }
    quote_find(lexer->text, inside, mark, &lexer->absent, &end);
    *token = finish_quoted(lexer, inside, end);
    return true;
}

/* Whether this field may follow the one before: exact:title: and title:exact: go together. */
static bool may_follow(const struct lexer *lexer, struct slice name)
{
    struct slice pair[2] = {SLICE("title"), SLICE("exact")};
    for (size_t i = 0; i < 2; i++)
        if (field_names_equal(lexer->field, pair[i]) && field_names_equal(name, pair[1 - i]))
            return true;
    return false;
}

/* "name:", but not after another one, so that id:urn:x asks for urn:x; a URL's scheme is none. */
static bool read_field(struct lexer *lexer, struct token *token)
{
    size_t colon = lexer->at;
    while (ascii_is_letter(byte_at(lexer, colon)))
        colon++;
    struct slice name = between(lexer, lexer->at, colon);
    bool fits = lexer->place == PLACE_FRESH || lexer->place == PLACE_BOUND ||
                (lexer->place == PLACE_FIELD && may_follow(lexer, name));
    if (!fits || !name.size || byte_at(lexer, colon) != ':')
        return false;
    if (byte_at(lexer, colon + 1) == '/' && byte_at(lexer, colon + 2) == '/')
        return false;
    *token = finish(lexer, TOKEN_FIELD, colon + 1, PLACE_FIELD);
    token->text = lexer->field = name;
    return true;
}

static bool is_near(struct slice word)
{
    size_t n = slice_starts_with(word, SLICE("NEAR/"))  ? 5
               : slice_starts_with(word, SLICE("ADJ/")) ? 4
                                                        : 0;
    if (!n || n == word.size)
        return false;
    for (size_t i = n; i < word.size; i++)
        if (!ascii_is_digit(word.data[i]))
            return false;
    return true;
}

static enum token_kind word_kind(struct slice word, enum lexer_place place)
{
    if (place == PLACE_BOUND || place == PLACE_FIELD)
        return TOKEN_WORD;
    if (slice_equal(word, SLICE("OR")))
        return TOKEN_OR;
    if (slice_equal(word, SLICE("AND")))
        return TOKEN_AND;
    if (slice_equal(word, SLICE("NOT")))
        return TOKEN_NOT;
    return is_near(word) ? TOKEN_NEAR : TOKEN_WORD;
}

static struct token read_word(struct lexer *lexer)
{
    struct token token;
    if (read_field(lexer, &token))
        return token;
    size_t end = lexer->at, size;
    for (; !is_boundary(lexer, end); end += size)
        peek(lexer, end, &size);
    return finish(lexer, word_kind(between(lexer, lexer->at, end), lexer->place), end, PLACE_GLUED);
}

static void skip_space(struct lexer *lexer)
{
    size_t size;
    while (space_is(peek(lexer, lexer->at, &size))) {
        lexer->at += size;
        lexer->place = PLACE_FRESH;
    }
}

struct token lexer_read(struct lexer *lexer)
{
    skip_space(lexer);
    size_t size;
    uint32_t c = peek(lexer, lexer->at, &size);
    struct token token;
    if (size == 0)
        return finish(lexer, TOKEN_END, lexer->at, PLACE_FRESH);
    if (c == '(')
        return finish(lexer, TOKEN_OPEN, lexer->at + 1, PLACE_FRESH);
    if (c == ')')
        return finish(lexer, TOKEN_CLOSE, lexer->at + 1, PLACE_GLUED);
    if (read_prefix(lexer, &token) || read_suffix(lexer, &token) ||
        read_quoted(lexer, c, size, &token))
        return token;
    return read_word(lexer);
}
