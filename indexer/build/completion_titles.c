#include "build/completion_titles.h"

#include <string.h>

#include "build/inverter.h"
#include "build/merge.h"
#include "text/analyzer.h"

enum {
    WORDS_AT_ONCE = 64,
    SORT_SHARE = 2,      /* of the memory, for sorting; likewise for merging */
    SORT_MOST = 8 << 20, /* more would be more to clear than to fill */
};

/* --- What a title is found by ------------------------------------------------------------------*/

struct gathering {
    struct analyzer *analyzer;
    struct inverter *inverter;
    struct bytes words;                       /* of a title, a space between */
    uint32_t starts[COMPLETION_TITLE_STARTS]; /* where its first words begin in that */
    size_t start_count;
    struct bytes key;
};

/* Words from `from` on, as many as fit; a word that fits nowhere is none. */
static struct slice cut(const struct bytes *words, size_t from)
{
    struct slice text = slice_from(bytes_slice(words), from);
    if (text.size <= COMPLETIONS_TEXT_MOST)
        return text;
    size_t size = COMPLETIONS_TEXT_MOST;
    while (size && text.data[size] != ' ')
        size--;
    return slice_of(text.data, size);
}

static enum status read_words(struct gathering *gathering, struct slice title)
{
    struct word words[WORDS_AT_ONCE];
    bytes_clear(&gathering->words);
    gathering->start_count = 0;
    analyzer_begin(gathering->analyzer, title);
    for (size_t n; (n = analyzer_read(gathering->analyzer, words, WORDS_AT_ONCE)) > 0;)
        for (size_t i = 0; i < n; i++) {
            if (gathering->words.size)
                bytes_put_u8(&gathering->words, ' ');
            if (gathering->start_count < COMPLETION_TITLE_STARTS)
                gathering->starts[gathering->start_count++] = (uint32_t)gathering->words.size;
            bytes_append_slice(&gathering->words, words[i].text);
        }
    enum status status = analyzer_status(gathering->analyzer);
    return status == STATUS_OK ? gathering->words.status : status;
}

/* The keys are the text, a zero, and all of the title: so titles of one text stay apart. */
static enum status add_title(struct gathering *gathering, uint32_t doc, struct slice title)
{
    enum status status = read_words(gathering, title);
    struct slice whole = cut(&gathering->words, 0);
    if (status != STATUS_OK || whole.size == 0)
        return status;
    inverter_article(gathering->inverter, doc);
    inverter_text(gathering->inverter, 0, false);
    for (size_t i = 0; i < gathering->start_count; i++) {
        struct slice text = cut(&gathering->words, gathering->starts[i]);
        if (text.size == 0)
            continue;
        bytes_clear(&gathering->key);
        bytes_append_slice(&gathering->key, text);
        bytes_put_u8(&gathering->key, 0);
        bytes_append_slice(&gathering->key, whole);
        if (gathering->key.status != STATUS_OK) /* clearing it for the next would forget that */
            return gathering->key.status;
        inverter_add(gathering->inverter, bytes_slice(&gathering->key));
    }
    return STATUS_OK;
}

static enum status read_titles(struct gathering *gathering, const struct title_log *log)
{
    struct title_reader reader = {.log = log};
    enum status status = STATUS_OK;
    inverter_begin(gathering->inverter, 0);
    while (status == STATUS_OK && title_reader_next(&reader))
        status = add_title(gathering, reader.doc, reader.title);
    if (status == STATUS_OK)
        status = reader.status;
    title_reader_release(&reader);
    return status == STATUS_OK ? inverter_end(gathering->inverter) : status;
}

/* --- Laid out in order -------------------------------------------------------------------------*/

struct articles {
    uint32_t count, first, last;
};

/* An article that was cut in two comes twice. */
static enum status count_articles(struct run_reader *reader, struct articles *articles)
{
    struct run_frame frame;
    uint32_t positions[RUN_FRAME];
    while (run_reader_part(reader))
        while (run_reader_frame(reader, &frame)) {
            for (uint32_t i = 0; i < frame.count; i++) {
                if (articles->count == 0)
                    articles->first = frame.docs[i];
                articles->count += articles->count == 0 || frame.docs[i] != articles->last;
                articles->last = frame.docs[i];
            }
            while (run_reader_values(reader, positions))
                ;
        }
    return reader->status;
}

static enum status take_text(void *context, struct run_reader *const *readers, size_t count)
{
    const struct completion_titles *titles = context;
    struct slice key = run_reader_key(readers[0]);
    struct articles articles = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = count_articles(readers[i], &articles);
    const char *end = key.size ? memchr(key.data, 0, key.size) : NULL;
    if (status != STATUS_OK || !end)
        return status == STATUS_OK ? STATUS_IO : status;
    struct slice text = slice_of(key.data, (size_t)(end - key.data));
    bool whole = slice_equal(text, slice_from(key, text.size + 1));
    completions_writer_title(titles->writer, text, articles.count, whole, articles.first);
    return STATUS_OK;
}

static enum status merge_titles(const struct completion_titles *titles, struct inverter *inverter,
                                struct error *error)
{
    struct merge_sink sink = {(void *)(uintptr_t)titles, take_text};
    struct bytes runs = {0};
    enum status status = inverter_finish(inverter, error);
    bytes_append_slice(&runs, bytes_slice(inverter_runs(inverter)));
    if (status == STATUS_OK)
        status = runs.status;
    if (status == STATUS_OK)
        status = merge_runs(&runs, titles->memory / SORT_SHARE, titles->beside, &sink, NULL, error);
    bytes_release(&runs);
    return status;
}

enum status completion_titles_write(const struct completion_titles *titles, struct error *error)
{
    size_t share = titles->memory / SORT_SHARE, memory = share < SORT_MOST ? share : SORT_MOST;
    struct gathering gathering = {.analyzer = analyzer_open()};
    enum status status = gathering.analyzer ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        gathering.inverter =
            inverter_open(memory > INVERTER_LEAST_BYTES ? memory : INVERTER_LEAST_BYTES,
                          container_spool(titles->container, error), error);
    if (status == STATUS_OK && !gathering.inverter)
        status = error->status;
    if (status == STATUS_OK)
        status = read_titles(&gathering, titles->log);
    if (status == STATUS_OK)
        status = merge_titles(titles, gathering.inverter, error);
    inverter_close(gathering.inverter);
    analyzer_close(gathering.analyzer);
    bytes_release(&gathering.words);
    bytes_release(&gathering.key);
    return status;
}
