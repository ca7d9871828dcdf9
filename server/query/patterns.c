/* Which signs in a text are wildcards and which are only punctuation.
 *
 * A '*' or '?' with letters at once on both sides is a wildcard, as is a '*' at the very beginning
 * or end of what white space parts, before the stops there. Everything else is punctuation: a '?'
 * at an end is a question's, two '*' there are emphasis, one between two digits multiplies, and
 * none in an address counts. In a quotation, which is found as it was written, only a '*' at an end
 * counts that is alone and at once beside its word: a word still fits its own beginning. */
#include "base/ascii.h"
#include "base/bytes.h"
#include "query/words.h"
#include "text/space.h"
#include "text/utf8.h"

struct run { /* of '*' and '?', in the text */
    size_t start, end;
};

struct gap { /* between two words, or a word and an end of the text */
    size_t from, to;
    bool first, last; /* no word is before; behind */
};

struct finder {
    struct parser *p;
    const struct words *plain;
    struct slice text;
    size_t offset;
    bool quoted;
    struct { /* what white space parts */
        size_t end;
        bool address, formula;
    } chunk;
    struct words out;
    bool open;              /* a word is under way: */
    struct query_word word; /* this one, ITSELF as long as it has no wildcard */
    struct bytes pattern;   /* where it has some, its text */
    bool too_long;
};

static bool space_at(struct slice text, size_t at)
{
    uint32_t c = ' ';
    if (at < text.size)
        utf8_decode(text.data + at, text.size - at, &c);
    return space_is(c);
}

static bool space_before(struct slice text, size_t at)
{
    if (at == 0)
        return true;
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    return space_at(text, start);
}

static bool is_wild(char c)
{
    return c == '*' || c == '?';
}

static size_t count_of(const struct finder *f, struct run run, char c)
{
    size_t count = 0;
    for (size_t i = run.start; i < run.end; i++)
        count += f->text.data[i] == c;
    return count;
}

static bool only_stars(const struct finder *f, struct run run)
{
    return count_of(f, run, '?') == 0;
}

static struct run run_behind(const struct finder *f, size_t from, size_t to)
{
    struct run run = {from, from};
    while (run.end < to && is_wild(f->text.data[run.end]))
        run.end++;
    return run;
}

static struct run run_before(const struct finder *f, size_t from, size_t to)
{
    struct run run = {to, to};
    while (run.start > from && is_wild(f->text.data[run.start - 1]))
        run.start--;
    return run;
}

static const struct run no_run = {0, 0};

static bool is_run(struct run run)
{
    return run.start < run.end;
}

/* What stands at this place and holds no white space. Places only rise. */
static void enter_chunk(struct finder *f, size_t at)
{
    if (at < f->chunk.end)
        return;
    size_t end = at, size;
    uint32_t c;
    f->chunk.address = f->chunk.formula = false;
    for (; end < f->text.size; end += size) {
        size = utf8_decode(f->text.data + end, f->text.size - end, &c);
        if (space_is(c))
            break;
        f->chunk.formula = f->chunk.formula || c == '/' || c == '=' || c == '&' || c == '@';
    }
    f->chunk.address = end - at >= 3 && memmem(f->text.data + at, end - at, "://", 3);
    f->chunk.end = end;
}

/* Whether white space follows, or the text's end, at once or behind stops. */
static bool ends_chunk(const struct finder *f, size_t at)
{
    while (at < f->text.size && strchr(".,;:!?)'", f->text.data[at]) && f->text.data[at])
        at++;
    return space_at(f->text, at);
}

static bool begins_chunk(const struct finder *f, size_t from, size_t at)
{
    while (at > from && strchr("('", f->text.data[at - 1]) && f->text.data[at - 1])
        at--;
    return space_before(f->text, at);
}

/* --- What a gap says ---------------------------------------------------------------------------*/

/* Between word i and the one before it. */
static struct run inner_run(struct finder *f, const struct gap *gap, size_t i)
{
    struct run run = run_behind(f, gap->from, gap->to);
    if (f->quoted || gap->first || gap->last || run.end < gap->to || !is_run(run))
        return no_run;
    struct slice before = f->plain->items[i - 1].text, behind = f->plain->items[i].text;
    bool product = only_stars(f, run) && ascii_is_digit(before.data[before.size - 1]) &&
                   ascii_is_digit(behind.data[0]);
    bool question = f->chunk.formula && count_of(f, run, '*') == 0;
    return product || question || f->chunk.address ? no_run : run;
}

/* At an end of a chunk: with a '*', but no more than one of them alone; in quotes nothing else. */
static struct run accept(struct finder *f, struct run run)
{
    bool emphasis = (f->quoted || only_stars(f, run)) && run.end - run.start > 1;
    if (!is_run(run) || emphasis)
        return no_run;
    enter_chunk(f, run.start);
    return f->chunk.address ? no_run : run;
}

static struct run trailing_run(struct finder *f, const struct gap *gap)
{
    struct run run = run_behind(f, gap->from, gap->to);
    if (gap->first || !is_run(run) || (run.end == gap->to && !gap->last) || !ends_chunk(f, run.end))
        return no_run;
    while (is_run(run) && f->text.data[run.end - 1] == '?')
        run.end--;
    return accept(f, run);
}

static struct run leading_run(struct finder *f, const struct gap *gap)
{
    struct run run = run_before(f, gap->from, gap->to);
    if (gap->last || !is_run(run) || (run.start == gap->from && !gap->first) ||
        !begins_chunk(f, gap->from, run.start))
        return no_run;
    while (is_run(run) && f->text.data[run.start] == '?')
        run.start++;
    return accept(f, run);
}

static size_t count_lone_stars(const struct finder *f, const struct gap *gap)
{
    size_t count = 0;
    for (size_t at = gap->from; at < gap->to; at++)
        count += f->text.data[at] == '*' && space_before(f->text, at) && space_at(f->text, at + 1);
    return count;
}

/* --- Words, one by one -------------------------------------------------------------------------*/

static void add_any(struct finder *f, size_t count)
{
    struct query_word any = {.kind = WORD_ANY, .start = f->word.end, .end = f->word.end};
    for (size_t i = 0; i < count; i++)
        if (!words_add(f->p, &f->out, &any))
            return;
}

static void begin_pattern(struct finder *f, enum query_word_kind kind)
{
    if (f->word.kind == WORD_ITSELF) {
        bytes_clear(&f->pattern);
        bytes_append_slice(&f->pattern, f->word.text);
    }
    f->word.kind = kind;
}

/* In one order: the '?' before the '*', but first of all in a word the '*'. */
static void append_run(struct finder *f, struct run run, bool leading)
{
    bool star = count_of(f, run, '*') > 0;
    if (star && leading)
        bytes_put_u8(&f->pattern, '*');
    for (size_t i = count_of(f, run, '?'); i > 0; i--)
        bytes_put_u8(&f->pattern, '?');
    if (star && !leading)
        bytes_put_u8(&f->pattern, '*');
}

static void close_word(struct finder *f)
{
    if (!f->open)
        return;
    f->open = false;
    if (!parser_has_memory(f->p, f->pattern.status))
        return;
    if (f->word.kind == WORD_PREFIX || f->word.kind == WORD_WILDCARD) {
        struct slice text = bytes_slice(&f->pattern);
        if (f->word.kind == WORD_PREFIX)
            text.size--;
        f->too_long = f->too_long || text.size >= WORD_MAX_BYTES || word_is_cut(text);
        f->word.text = arena_copy(f->p->arena, text);
    }
    words_add(f->p, &f->out, &f->word);
}

static void trail(struct finder *f, struct run run, size_t last)
{
    if (!is_run(run) || !f->open)
        return;
    f->word.end = f->offset + run.end;
    if (word_is_cluster(f->plain->items[last].text)) {
        close_word(f);
        add_any(f, count_of(f, run, '?'));
        return;
    }
    begin_pattern(f,
                  f->word.kind == WORD_ITSELF && only_stars(f, run) ? WORD_PREFIX : WORD_WILDCARD);
    append_run(f, run, false);
}

static void open_word(struct finder *f, size_t i, struct run leading)
{
    f->word = f->plain->items[i];
    f->open = true;
    if (!is_run(leading))
        return;
    if (word_is_cluster(f->word.text)) {
        add_any(f, count_of(f, leading, '?'));
        return;
    }
    struct slice text = f->word.text;
    f->word.text.size = 0;
    f->word.start = f->offset + leading.start;
    begin_pattern(f, WORD_WILDCARD);
    append_run(f, leading, true);
    bytes_append_slice(&f->pattern, text);
}

/* a?b where a or b is a word by itself: one '?' is one word. */
static void part_clusters(struct finder *f, struct run run, size_t i)
{
    if (count_of(f, run, '*'))
        parser_mend(f->p, f->offset + run.start,
                    "a '*' between characters of a script without spaces means nothing",
                    "searched for them side by side");
    close_word(f);
    add_any(f, count_of(f, run, '*') ? 0 : count_of(f, run, '?'));
    open_word(f, i, no_run);
}

static void join(struct finder *f, struct run run, size_t i)
{
    const struct query_word *next = &f->plain->items[i];
    if (!f->open || word_is_cluster(f->plain->items[i - 1].text) || word_is_cluster(next->text)) {
        part_clusters(f, run, i);
        return;
    }
    begin_pattern(f, WORD_WILDCARD);
    append_run(f, run, false);
    bytes_append_slice(&f->pattern, next->text);
    f->word.end = next->end;
}

/* --- word~1 in a quotation ---------------------------------------------------------------------*/

static bool is_digits(struct slice s)
{
    for (size_t i = 0; i < s.size; i++)
        if (!ascii_is_digit(s.data[i]))
            return false;
    return s.size > 0;
}

/* Whether word i is no word but the number behind the last one's '~'. */
static bool take_edits(struct finder *f, const struct gap *gap, size_t i)
{
    struct slice tilde = slice_of(f->text.data + gap->from, gap->to - gap->from);
    const struct query_word *word = &f->plain->items[i];
    struct slice digits =
        slice_of(f->text.data + (word->start - f->offset), word->end - word->start);
    if (!f->quoted || !f->open || f->word.kind != WORD_ITSELF || !slice_equal(tilde, SLICE("~")) ||
        !is_digits(digits) || !ends_chunk(f, word->end - f->offset) ||
        word_is_number(f->word.text) || word_is_cluster(f->word.text) ||
        word_is_cut(f->word.text) || f->chunk.address)
        return false;
    while (digits.size > 1 && digits.data[0] == '0')
        digits = slice_from(digits, 1);
    bool none = slice_equal(digits, SLICE("0"));
    bool many = digits.size > 1 || digits.data[0] > '0' + QUERY_EDITS_MOST;
    if (many)
        parser_mend(f->p, f->offset + gap->from, "a word may have one or two edits", "took two");
    f->word.kind = none ? WORD_ITSELF : WORD_EDITS;
    f->word.edits = none ? 0 : many ? QUERY_EDITS_MOST : (uint32_t)(digits.data[0] - '0');
    f->word.end = word->end;
    return true;
}

/* --- All of them -------------------------------------------------------------------------------*/

static void read_gap(struct finder *f, const struct gap *gap, size_t i)
{
    struct run inner = inner_run(f, gap, i);
    if (is_run(inner)) {
        join(f, inner, i);
        return;
    }
    if (!gap->first)
        trail(f, trailing_run(f, gap), i - 1);
    close_word(f);
    if (f->quoted)
        add_any(f, count_lone_stars(f, gap));
    if (!gap->last)
        open_word(f, i, leading_run(f, gap));
}

static bool number_at(const struct words *words, size_t i)
{
    return i < words->count && words->items[i].kind == WORD_ITSELF &&
           word_is_number(words->items[i].text);
}

/* In "5 * 3" it multiplies. */
static void drop_products(struct words *words)
{
    size_t kept = 0;
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].kind != WORD_ANY || i == 0 || !number_at(words, i - 1) ||
            !number_at(words, i + 1))
            words->items[kept++] = words->items[i];
    words->count = kept;
}

static bool has_sign(struct slice text, bool quoted)
{
    return has_wildcard(text) || (quoted && slice_has(text, '~'));
}

struct words words_with_patterns(struct parser *p, const struct words *plain, struct slice text,
                                 size_t offset, bool quoted)
{
    struct finder f = {.p = p, .plain = plain, .text = text, .offset = offset, .quoted = quoted};
    if (!plain->count || !has_sign(text, quoted))
        return *plain;
    size_t from = 0;
    for (size_t i = 0; i <= plain->count && p->status == STATUS_OK; i++) {
        bool last = i == plain->count;
        size_t to = last ? text.size : plain->items[i].start - offset;
        struct gap gap = {from, to > from ? to : from, i == 0, last};
        if (last || !take_edits(&f, &gap, i))
            read_gap(&f, &gap, i);
        if (!last)
            enter_chunk(&f, to);
        from = last ? from : plain->items[i].end - offset;
    }
    bytes_release(&f.pattern);
    if (!parser_has_memory(p, p->arena->status))
        return (struct words){0};
    if (f.too_long)
        parser_mend(p, plain->items[0].start, "a word with wildcards is too long",
                    "took it literally");
    if (f.too_long)
        return *plain;
    drop_products(&f.out);
    f.out.last_joint = plain->last_joint;
    return f.out;
}
