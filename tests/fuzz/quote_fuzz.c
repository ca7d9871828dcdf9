/* Any bytes as the body of a quotation: as JSON they are read or refused with a cause, and of any
 * text the words stand where they are said to, in bytes and in code points. */
#include "fuzz/fuzz.h"

#include "base/arena.h"
#include "base/json_read.h"
#include "search/quote_params.h"
#include "search/quote_words.h"
#include "text/analyzer.h"
#include "text/utf8.h"

static void check_word(const struct quote_words *words, const struct quote_word *word)
{
    struct slice text = words->text;
    fuzz_demand(word->start < word->end && word->end <= text.size);
    fuzz_demand(word->range.start == utf8_length(slice_of(text.data, word->start)));
    fuzz_demand(word->range.end == utf8_length(slice_of(text.data, word->end)));
    fuzz_demand(word->text.size > 0);
}

static void read_words(const struct quotation *quotation)
{
    struct analyzer *analyzer = analyzer_open();
    struct arena arena = {0};
    struct quote_words words;
    struct error error = {0};
    fuzz_demand(analyzer != NULL);
    enum status status = quote_words_read(quotation, analyzer, &arena, &words, &error);
    fuzz_demand((status == STATUS_OK) == (error.status == STATUS_OK));
    if (status == STATUS_OK) {
        fuzz_demand(words.count >= quotation->min && words.count <= QUOTE_WORDS_MOST);
        fuzz_demand(utf8_valid(words.text));
        for (size_t i = 0; i < words.count; i++)
            check_word(&words, &words.items[i]);
    }
    arena_release(&arena);
    analyzer_close(analyzer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct quote_params params;
    struct json_document *document = NULL;
    struct error error = {0};
    quote_params_init(&params);
    params.quotation.text = slice_of(data, size);
    read_words(&params.quotation);
    enum status status = quote_params_read_json(&params, slice_of(data, size), &document, &error);
    fuzz_demand((status == STATUS_OK) == (error.status == STATUS_OK));
    if (status == STATUS_OK) {
        fuzz_demand(params.quotation.min >= QUOTE_MIN_LEAST &&
                    params.quotation.min <= QUOTE_MIN_MOST);
        fuzz_demand(params.quotation.articles <= QUOTE_ARTICLES_MOST);
        fuzz_demand(params.quotation.runs <= QUOTE_RUNS_MOST);
        read_words(&params.quotation);
    } else {
        fuzz_demand(error.text[0] != '\0');
    }
    json_document_close(document);
    return 0;
}
