#include "store/term_write.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "store/lexicon_write.h"
#include "store/list_write.h"
#include "store/settings.h"

struct term_writer {
    struct chunk_writer *postings, *positions; /* borrowed */
    struct lexicon_writer *lexicon;
    struct list_writer all, titles;
    uint32_t article_count;
    struct bytes key;
    uint64_t postings_offset, positions_offset; /* where the term's lists begin */
    uint32_t doc;                               /* the article at hand */
    uint32_t left, title_left; /* positions still to come: all, and those in its title */
    bool fresh;                /* none of its positions has come */
    uint32_t previous;         /* the position before */
    enum status status;
};

static void point(struct list_writer *list, struct container_writer *container,
                  const struct impact_model *model, const uint8_t *norms)
{
    list->postings.container = list->positions.container = container;
    list->model = model;
    list->norms = norms;
}

struct term_writer *term_writer_open(struct container_writer *container,
                                     const struct impact_model *model, const uint8_t *norms,
                                     uint32_t article_count, struct error *error)
{
    struct term_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the terms: not enough memory");
        return NULL;
    }
    writer->article_count = article_count;
    writer->lexicon = lexicon_writer_open(container, error);
    if (writer->lexicon)
        writer->postings = container_chunk(container, CHUNK_POSTINGS, error);
    if (writer->postings)
        writer->positions = container_chunk(container, CHUNK_POSITIONS, error);
    if (!writer->positions) {
        term_writer_close(writer);
        return NULL;
    }
    point(&writer->all, container, model, norms);
    point(&writer->titles, container, model, norms);
    writer->all.postings.chunk = writer->postings;
    writer->all.positions.chunk = writer->positions;
    return writer;
}

void term_writer_begin(struct term_writer *writer, struct slice key)
{
    bytes_clear(&writer->key);
    bytes_append_slice(&writer->key, key);
    if (writer->key.status != STATUS_OK)
        writer->status = writer->key.status;
    writer->postings_offset = chunk_size(writer->postings);
    writer->positions_offset = chunk_size(writer->positions);
    list_writer_begin(&writer->all);
    list_writer_begin(&writer->titles);
}

void term_writer_article(struct term_writer *writer, uint32_t doc, uint32_t tf, uint32_t title_tf)
{
    assert(doc < writer->article_count && writer->left == 0);
    list_writer_article(&writer->all, doc, tf, title_tf);
    if (title_tf)
        list_writer_article(&writer->titles, doc, title_tf, title_tf);
    writer->doc = doc;
    writer->left = tf;
    writer->title_left = title_tf;
    writer->fresh = true;
}

void term_writer_positions(struct term_writer *writer, const uint32_t *positions, size_t count)
{
    assert(count <= writer->left);
    for (size_t i = 0; i < count; i++) {
        uint32_t value = positions[i];
        assert(value <= STORE_MAX_POSITION && (writer->fresh || value > writer->previous));
        if (!writer->fresh)
            value -= writer->previous + 1;
        list_writer_position(&writer->all, value);
        if (writer->title_left) {
            list_writer_position(&writer->titles, value);
            writer->title_left--;
        }
        writer->previous = positions[i];
        writer->fresh = false;
    }
    writer->left -= (uint32_t)count;
}

/* A term of one article keeps its first positions in the lexicon. */
static void fill_inline(struct term *term, const struct list_writer *list)
{
    for (uint64_t i = 0; i < list->cf; i++)
        term->positions[i] = i ? term->positions[i - 1] + 1 + list->values[i] : list->values[0];
}

static void end_titles(struct term_writer *writer, struct term *term)
{
    if (term->one_article) { /* follows from the positions */
        sink_drop(&writer->titles.postings);
        sink_drop(&writer->titles.positions);
        return;
    }
    list_writer_end(&writer->titles, false, &term->titles);
    sink_drain(&writer->titles.postings, writer->postings);
    sink_drain(&writer->titles.positions, writer->positions);
}

void term_writer_end(struct term_writer *writer)
{
    struct term term = {0};
    assert(writer->left == 0 && writer->all.df > 0);
    if (writer->status != STATUS_OK)
        return;
    list_writer_end(&writer->all, true, &term.all);
    term.all.postings_offset = writer->postings_offset;
    term.all.positions_offset = writer->positions_offset;
    term.one_article = term.all.df == 1;
    term.is_inline = term.one_article && term.all.cf <= TERM_INLINE_POSITIONS;
    term.doc = writer->doc;
    if (term.is_inline)
        fill_inline(&term, &writer->all);
    end_titles(writer, &term);
    lexicon_writer_add(writer->lexicon, bytes_slice(&writer->key), &term);
    writer->status = list_writer_status(&writer->all);
    if (writer->status == STATUS_OK)
        writer->status = list_writer_status(&writer->titles);
}

enum status term_writer_finish(struct term_writer *writer)
{
    if (writer->status == STATUS_OK)
        writer->status = lexicon_writer_finish(writer->lexicon);
    if (writer->status == STATUS_OK)
        writer->status = chunk_status(writer->postings);
    if (writer->status == STATUS_OK)
        writer->status = chunk_status(writer->positions);
    return writer->status;
}

void term_writer_close(struct term_writer *writer)
{
    if (!writer)
        return;
    lexicon_writer_close(writer->lexicon);
    list_writer_release(&writer->all);
    list_writer_release(&writer->titles);
    bytes_release(&writer->key);
    memory_free(writer);
}
