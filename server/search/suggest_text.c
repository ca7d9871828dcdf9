#include "search/suggest_text.h"

#include "base/bytes.h"
#include "query/lexer.h"

/* Words side by side at the end of the text, with nothing else between. */
struct run {
    size_t start, end; /* bytes of the text */
    bool open;         /* there is one */
    bool alone;        /* a sign binds its one word: the next begins another */
    bool quoted;
};

static bool is_sign(enum token_kind kind)
{
    return kind == TOKEN_MINUS || kind == TOKEN_PLUS || kind == TOKEN_EQUALS;
}

static void take_word(struct run *run, const struct token *token, enum token_kind before)
{
    bool bound = before == TOKEN_FIELD || is_sign(before);
    if (!run->open || run->alone || bound)
        run->start = token->start;
    run->alone = bound;
    run->open = before != TOKEN_FIELD;
    run->end = token->end;
}

static struct run last_run(struct slice text)
{
    struct run run = {0};
    struct lexer lexer;
    enum token_kind before = TOKEN_END;
    lexer_begin(&lexer, text);
    for (struct token token; (token = lexer_read(&lexer)).kind != TOKEN_END; before = token.kind) {
        if (token.kind == TOKEN_WORD) {
            take_word(&run, &token, before);
            continue;
        }
        run = (struct run){0};
        if (token.kind == TOKEN_QUOTED && token.unclosed && before != TOKEN_FIELD) {
            run.open = run.quoted = true;
            run.start = (size_t)(token.text.data - text.data);
            run.end = text.size;
        }
    }
    if (run.open && !run.quoted && run.end < text.size)
        run.end = text.size; /* white space after the last word */
    return run;
}

/* The mark that closes what this one opens: a plain one, and those that come in pairs. */
static struct slice closing_mark(struct slice before)
{
    static const struct {
        const char *open, *close;
    } pairs[] = {{"“", "”"}, {"„", "“"}, {"«", "»"}, {"»", "«"},
                 {"‹", "›"}, {"‘", "’"}, {"‚", "‘"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct slice open = slice_of_string(pairs[i].open);
        if (before.size >= open.size &&
            slice_equal(slice_from(before, before.size - open.size), open))
            return slice_of_string(pairs[i].close);
    }
    return SLICE("\"");
}

static void keep_last(struct suggest_text *out)
{
    for (size_t i = 1; i < SUGGEST_WORDS_MOST; i++) {
        out->words[i - 1] = out->words[i];
        out->starts[i - 1] = out->starts[i];
    }
    out->count--;
}

static void read_words(struct suggest_text *out, struct slice text, const struct run *run,
                       struct analyzer *analyzer, struct arena *arena)
{
    struct word word;
    struct slice inner = slice_of(text.data + run->start, run->end - run->start);
    size_t end = 0;
    analyzer_begin(analyzer, inner);
    while (analyzer_read(analyzer, &word, 1)) {
        if (out->count == SUGGEST_WORDS_MOST)
            keep_last(out);
        out->words[out->count] = arena_copy(arena, word.text);
        out->starts[out->count++] = run->start + word.start;
        end = word.end;
    }
    out->whole = end < inner.size;
}

void suggest_text_read(struct suggest_text *out, struct slice text, struct analyzer *analyzer,
                       struct arena *arena)
{
    struct run run = last_run(text);
    *out = (struct suggest_text){.quoted = run.quoted};
    if (!run.open)
        return;
    out->front = slice_of(text.data, run.start);
    if (run.quoted)
        out->closing = closing_mark(out->front);
    read_words(out, text, &run, analyzer, arena);
}

struct slice suggest_text_prefix(const struct suggest_text *text, size_t from, struct arena *arena)
{
    struct bytes prefix = {0};
    for (size_t i = from; i < text->count; i++) {
        bytes_append_slice(&prefix, text->words[i]);
        if (i + 1 < text->count || text->whole)
            bytes_put_u8(&prefix, ' ');
    }
    return arena_copy_bytes(arena, &prefix);
}
