#include "model/generator.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"
#include "random.h"

void generator_init(struct generator *generator, uint64_t seed, size_t most, struct arena *arena)
{
    *generator = (struct generator){.state = seed, .arena = arena, .most = most};
    generator->made = calloc(most, sizeof *generator->made);
}

static size_t pick(struct generator *generator, size_t limit)
{
    return (size_t)random_below(&generator->state, limit);
}

static struct slice keep(struct generator *generator, struct bytes *text)
{
    struct slice copy = arena_copy(generator->arena, bytes_slice(text));
    bytes_release(text);
    return copy;
}

/* --- Words -------------------------------------------------------------------------------------*/

/* Some 2,000 words of which the first are very frequent, as in any language. */
static void put_zipf_word(struct generator *generator, struct bytes *out)
{
    static const char *const stop[] = {"the", "of", "and", "to", "in",
                                       "a",   "is", "not", "be", "or"};
    size_t most = (size_t)1 << (1 + pick(generator, 11));
    size_t rank = pick(generator, most);
    if (rank < 10) {
        bytes_append_string(out, stop[rank]);
        return;
    }
    do {
        bytes_put_u8(out, (uint8_t) "bcdfghklmnprstvz"[rank % 16]);
        bytes_put_u8(out, (uint8_t) "aeiou"[rank / 16 % 5]);
        rank /= 80;
    } while (rank);
}

static void put_plain(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const spaces[] = {" ", " ", " ", " ", " ", "  ", "\n", "\t", "\n\n"};
    for (size_t i = 0; i < words; i++) {
        size_t start = out->size;
        put_zipf_word(generator, out);
        if (pick(generator, 12) == 0)
            out->data[start] = (uint8_t)(out->data[start] - 'a' + 'A');
        bytes_append_string(out, spaces[pick(generator, 9)]);
    }
}

static void put_repeats(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const few[] = {"a", "a", "a", "a", "b", "b", "aa", "ab"};
    for (size_t i = 0; i < words; i++) {
        bytes_append_string(out, few[pick(generator, 8)]);
        bytes_append_string(out, " ");
    }
}

static void put_from(struct generator *generator, struct bytes *out, const char *const *parts,
                     size_t part_count, size_t words, size_t space_in)
{
    for (size_t i = 0; i < words; i++) {
        bytes_append_string(out, parts[pick(generator, part_count)]);
        if (pick(generator, space_in))
            bytes_append_string(out, " ");
    }
}

static void put_glued(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const joints[] = {".", "-", "’", "'", "/", "—",        ".”",
                                         "&", "_", "@", ":", "‐", "\xC2\xAD", "…"};
    for (size_t i = 0; i < words; i++) {
        put_zipf_word(generator, out);
        bytes_append_string(out, pick(generator, 2) ? " " : joints[pick(generator, 14)]);
    }
}

static void put_scripts(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const parts[] = {"matériel",
                                        "Ångström",
                                        "naïve",
                                        "Straße",
                                        "İstanbul",
                                        "ŁÓDŹ",
                                        "œuvre",
                                        "þing",
                                        "ﬁnal",
                                        "Россия",
                                        "всё",
                                        "Йод",
                                        "Ελλάδα",
                                        "ΣΟΦΟΣ",
                                        "שָׁלוֹם",
                                        "مُحَمَّد",
                                        "كتـــاب",
                                        "हिन्दी",
                                        "தமிழ்",
                                        "ไทย",
                                        "ภาษา",
                                        "東京都",
                                        "东京",
                                        "カタカナ",
                                        "ひらがな",
                                        "が",
                                        "한국어",
                                        "서울",
                                        "မြန်မာ",
                                        "ខ្មែរ",
                                        "བོད",
                                        "ＦＵＬＬ",
                                        "½",
                                        "x²",
                                        "𝒜𝓑",
                                        "👍🏽",
                                        "e\xCC\x81t\xCC\x81",
                                        "a\xE2\x80\x8B"
                                        "b",
                                        "ǅ",
                                        "ŉ"};
    put_from(generator, out, parts, sizeof parts / sizeof *parts, words, 4);
}

static void put_quotes(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const parts[] = {"“the",
                                        "of”",
                                        "‘and’",
                                        "«to»",
                                        "„in“",
                                        "\"a\"",
                                        "Russia’s",
                                        "Russia's",
                                        "don't",
                                        "O’Reilly",
                                        "l’homme",
                                        "rock ‘n’ roll",
                                        "‹is›",
                                        "`not`",
                                        "U.S.",
                                        "U.S",
                                        "C.I.A.",
                                        "U.S.-led",
                                        "Mr. ",
                                        "Friday.”Mr.",
                                        "AT&T",
                                        "and/or",
                                        "naharnet.com",
                                        "e.g.",
                                        "a.m.",
                                        "co-operate",
                                        "de\xE2\x80\x91"
                                        "confliction",
                                        "(b)",
                                        "[c]"};
    put_from(generator, out, parts, sizeof parts / sizeof *parts, words, 6);
}

static void put_numerals(struct generator *generator, struct bytes *out, size_t words)
{
    static const char *const parts[] = {
        "3,000", "$1.5", "2015-10-01",   "127.0.0.1", "1,00", "12.34.56", "10th", "1.5m",
        "3.",    ".5",   "1,000,000.25", "٣٫٥",       "१२३",  "５００",   "v2",   "0"};
    put_from(generator, out, parts, sizeof parts / sizeof *parts, words, 5);
}

static void put_long_words(struct generator *generator, struct bytes *out)
{
    for (size_t word = 0; word < 3; word++) {
        size_t letters = 980 + pick(generator, 80) + 2000 * (pick(generator, 4) == 0);
        for (size_t i = 0; i < letters; i++)
            bytes_append_string(out, pick(generator, 40) ? "x" : "é");
        bytes_append_string(out, " the ");
    }
}

static void put_marks(struct generator *generator, struct bytes *out, size_t count)
{
    static const char *const marks[] = {"…", "—", " ", "\n", "!", "\xC2\xA0", "\xE2\x80\x8B",
                                        "“", ")"};
    for (size_t i = 0; i < count; i++)
        bytes_append_string(out, marks[pick(generator, 9)]);
}

/* --- Articles ----------------------------------------------------------------------------------*/

/* A few words changed, left out or put in. */
static void put_near_copy(struct generator *generator, struct bytes *out, struct slice body)
{
    size_t from = 0;
    for (size_t at = 0; at < body.size; at++) {
        if (body.data[at] != ' ' || pick(generator, 40))
            continue;
        bytes_append(out, body.data + from, at + 1 - from);
        if (pick(generator, 2))
            put_plain(generator, out, 1);
        from = at + 1;
    }
    bytes_append_slice(out, slice_from(body, from));
}

static void put_mixture(struct generator *generator, struct bytes *out)
{
    for (size_t i = 0; i < 6; i++) {
        put_plain(generator, out, pick(generator, 12));
        put_glued(generator, out, pick(generator, 4));
        put_scripts(generator, out, pick(generator, 4));
        put_quotes(generator, out, pick(generator, 4));
        put_numerals(generator, out, pick(generator, 3));
    }
}

/* Returns whether the words need no analyzer. */
static bool put_body(struct generator *generator, struct bytes *out)
{
    size_t kind = pick(generator, 200);
    const struct generated *other =
        generator->count ? &generator->made[pick(generator, generator->count)] : NULL;
    if (kind < 30 && other) {
        put_near_copy(generator, out, other->article.body);
        return other->plain;
    }
    if (kind < 100 || kind == 199) {
        put_plain(generator, out, kind == 199 ? 4000 + pick(generator, 9000) : pick(generator, 90));
        return true;
    }
    if (kind < 112) {
        put_repeats(generator, out, pick(generator, kind == 100 ? 3000 : 60));
        return true;
    }
    if (kind < 130)
        put_glued(generator, out, pick(generator, 60));
    else if (kind < 145)
        put_scripts(generator, out, pick(generator, kind == 130 ? 4000 : 50));
    else if (kind < 160)
        put_quotes(generator, out, pick(generator, 50));
    else if (kind < 168)
        put_numerals(generator, out, pick(generator, 40));
    else if (kind < 170)
        put_long_words(generator, out);
    else if (kind < 174)
        put_marks(generator, out, pick(generator, 60));
    else if (kind < 178)
        return true;
    else
        put_mixture(generator, out);
    return false;
}

static bool put_title(struct generator *generator, struct bytes *out, struct slice body)
{
    size_t kind = pick(generator, 10);
    if (kind < 3)
        return true;
    if (kind < 7) {
        put_plain(generator, out, 1 + pick(generator, 7));
        return true;
    }
    if (kind == 7) { /* the body's first words */
        size_t end = body.size < 40 ? body.size : 40;
        while (end < body.size && body.data[end] != ' ')
            end++;
        bytes_append(out, body.data, end);
        return true;
    }
    if (kind == 8)
        put_quotes(generator, out, 1 + pick(generator, 5));
    else
        put_scripts(generator, out, 1 + pick(generator, 5));
    return false;
}

static void give_values(struct generator *generator, struct article *article)
{
    static const char *const values[ARTICLE_LISTS][5] = {
        {"The New York Times", "New York", "AP", "Al Jazeera English", "york times"},
        {"Anne Barnard", "A Barnard", "Kramer", "anne", "Barnard Anne"},
        {"syria", "air strikes", "Air", "the war", "war"},
        {"en", "de", "fr", "zh-Hans", "en"}};
    for (size_t list = 0; list < ARTICLE_LISTS; list++) {
        struct article_values *into = &article->lists[list];
        size_t count = pick(generator, list == ARTICLE_LANG ? 2 : 4);
        into->values = arena_allocate(generator->arena, count + 1, sizeof *into->values);
        for (size_t i = 0; i < count; i++)
            into->values[into->count++] = slice_of_string(values[list][pick(generator, 5)]);
    }
}

static void give_date(struct generator *generator, struct article *article)
{
    static const char *const dates[] = {"2014",
                                        "2015",
                                        "2015-09",
                                        "2015-10",
                                        "2015-09-30",
                                        "2015-10-01",
                                        "2015-10-02",
                                        "2015-10-01T12:06:00",
                                        "2015-10-01T23:59",
                                        "0001",
                                        "9999-12-31"};
    if (pick(generator, 5))
        date_parse(slice_of_string(dates[pick(generator, 11)]), &article->date);
}

static struct slice make_id(struct generator *generator)
{
    struct bytes id = {0};
    bytes_format(&id, "%s%zu", pick(generator, 10) ? "" : "a/b c#é%2F\"", generator->count);
    return keep(generator, &id);
}

const struct generated *generator_next(struct generator *generator)
{
    struct generated *made = &generator->made[generator->count];
    struct bytes title = {0}, body = {0};
    bool plain = put_body(generator, &body);
    made->article.body = keep(generator, &body);
    made->plain = put_title(generator, &title, made->article.body) && plain;
    made->article.title = keep(generator, &title);
    made->article.id = make_id(generator);
    if (pick(generator, 3) == 0)
        made->article.url = SLICE("https://example.org/");
    give_values(generator, &made->article);
    give_date(generator, &made->article);
    generator->count++;
    return made;
}
