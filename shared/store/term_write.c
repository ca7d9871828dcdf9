#include "store/term_write.h"

#include <assert.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "store/encoded_terms.h"
#include "store/lexicon_write.h"
#include "store/settings.h"

struct term_writer {
    struct chunk_writer *postings, *positions; /* borrowed */
    struct lexicon_writer *lexicon;
    struct term_encoder *encoder;
    struct bytes key;
    uint64_t postings_offset, positions_offset; /* where the term's lists begin */
    uint32_t left;                              /* positions of the article still to come */
    bool fresh;                                 /* none of them has come */
    uint32_t previous;                          /* the position before */
    enum status status;
};

struct term_writer *term_writer_open(struct container_writer *container,
                                     const struct impact_model *model, const uint8_t *norms,
                                     uint32_t article_count, struct error *error)
{
    struct term_writer *writer = memory_allocate_zeroed(1, sizeof *writer);
    if (!writer) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the terms: out of memory");
        return NULL;
    }
    writer->lexicon = lexicon_writer_open(container, error);
    if (writer->lexicon)
        writer->postings = container_chunk(container, CHUNK_POSTINGS, error);
    if (writer->postings)
        writer->positions = container_chunk(container, CHUNK_POSITIONS, error);
    if (writer->positions)
        writer->encoder = term_encoder_open(container, model, norms, article_count, error);
    if (!writer->encoder) {
        term_writer_close(writer);
        return NULL;
    }
    term_encoder_to_chunks(writer->encoder, writer->postings, writer->positions);
    return writer;
}

static void note(struct term_writer *writer, enum status status)
{
    if (writer->status == STATUS_OK)
        writer->status = status;
}

/* --- Term by term ------------------------------------------------------------------------------*/

struct term_encoder *term_writer_begin(struct term_writer *writer, struct slice key)
{
    bytes_clear(&writer->key);
    bytes_append_slice(&writer->key, key);
    note(writer, writer->key.status);
    writer->postings_offset = chunk_size(writer->postings);
    writer->positions_offset = chunk_size(writer->positions);
    term_encoder_begin(writer->encoder);
    return writer->encoder;
}

void term_writer_end(struct term_writer *writer)
{
    struct term term;
    assert(writer->left == 0);
    note(writer, term_encoder_end(writer->encoder, &term));
    term.all.postings_offset = writer->postings_offset;
    term.all.positions_offset = writer->positions_offset;
    if (writer->status == STATUS_OK)
        lexicon_writer_add(writer->lexicon, bytes_slice(&writer->key), &term);
}

void term_writer_article(struct term_writer *writer, uint32_t doc, uint32_t tf, uint32_t title_tf)
{
    assert(writer->left == 0);
    term_encoder_articles(writer->encoder, &doc, &tf, title_tf ? &title_tf : NULL, 1, false);
    writer->left = tf;
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
        term_encoder_values(writer->encoder, &value, 1);
        writer->previous = positions[i];
        writer->fresh = false;
    }
    writer->left -= (uint32_t)count;
}

/* --- Many at once ------------------------------------------------------------------------------*/

void term_writer_lay(struct term_writer *writer, const struct encoded_terms *encoded)
{
    struct slice key;
    struct term term;
    uint64_t postings = chunk_size(writer->postings), positions = chunk_size(writer->positions);
    note(writer, encoded_terms_status(encoded));
    if (writer->status != STATUS_OK)
        return;
    for (size_t at = 0; encoded_terms_next(encoded, &at, &key, &term);) {
        term.all.postings_offset = postings;
        term.all.positions_offset = positions;
        lexicon_writer_add(writer->lexicon, key, &term);
        postings += term.all.postings_bytes + term.titles.postings_bytes;
        positions += term.all.positions_bytes + term.titles.positions_bytes;
    }
    chunk_append(writer->postings, encoded->postings.data, encoded->postings.size);
    chunk_append(writer->positions, encoded->positions.data, encoded->positions.size);
    note(writer, chunk_status(writer->postings));
    note(writer, chunk_status(writer->positions));
}

enum status term_writer_status(const struct term_writer *writer)
{
    return writer->status;
}

enum status term_writer_finish(struct term_writer *writer)
{
    if (writer->status == STATUS_OK)
        writer->status = lexicon_writer_finish(writer->lexicon);
    note(writer, chunk_status(writer->postings));
    note(writer, chunk_status(writer->positions));
    return writer->status;
}

void term_writer_close(struct term_writer *writer)
{
    if (!writer)
        return;
    lexicon_writer_close(writer->lexicon);
    term_encoder_close(writer->encoder);
    bytes_release(&writer->key);
    memory_free(writer);
}
