#include "store/term_encode.h"

#include <assert.h>
#include <string.h>

#include "base/memory.h"
#include "store/list_write.h"

struct term_encoder {
    struct list_writer all, titles;
    uint32_t article_count;
    uint32_t last_doc; /* told so far */

    bool has_titles; /* among the articles told last; then they are kept for their positions */
    uint32_t tfs[TERM_ENCODER_ARTICLES], title_tfs[TERM_ENCODER_ARTICLES];
    uint32_t next;             /* of these, the one behind that which positions come for */
    uint32_t left, title_left; /* of that one's positions */
};

static void point(struct list_writer *list, struct container_writer *container,
                  const struct impact_model *model, const uint8_t *norms)
{
    list->postings.container = list->positions.container = container;
    list->model = model;
    list->norms = norms;
}

struct term_encoder *term_encoder_open(struct container_writer *container,
                                       const struct impact_model *model, const uint8_t *norms,
                                       uint32_t article_count, struct error *error)
{
    struct term_encoder *encoder = memory_allocate_zeroed(1, sizeof *encoder);
    if (!encoder) {
        error_set(error, STATUS_NO_MEMORY, "cannot write the terms: out of memory");
        return NULL;
    }
    encoder->article_count = article_count;
    point(&encoder->all, container, model, norms);
    point(&encoder->titles, container, model, norms);
    return encoder;
}

void term_encoder_close(struct term_encoder *encoder)
{
    if (!encoder)
        return;
    list_writer_release(&encoder->all);
    list_writer_release(&encoder->titles);
    memory_free(encoder);
}

uint32_t term_encoder_article_count(const struct term_encoder *encoder)
{
    return encoder->article_count;
}

void term_encoder_to_chunks(struct term_encoder *encoder, struct chunk_writer *postings,
                            struct chunk_writer *positions)
{
    encoder->all.postings.chunk = postings;
    encoder->all.positions.chunk = positions;
}

void term_encoder_to_bytes(struct term_encoder *encoder, struct bytes *postings,
                           struct bytes *positions)
{
    term_encoder_to_chunks(encoder, NULL, NULL);
    encoder->all.postings.into = postings;
    encoder->all.positions.into = positions;
}

void term_encoder_begin(struct term_encoder *encoder)
{
    list_writer_begin(&encoder->all);
    list_writer_begin(&encoder->titles);
    encoder->left = encoder->title_left = 0;
}

static void add_titles(struct term_encoder *encoder, const uint32_t *docs,
                       const uint32_t *title_tfs, uint32_t count, bool more)
{
    struct list_writer *titles = &encoder->titles;
    for (uint32_t i = 0; i < count; i++) {
        if (title_tfs[i] == 0)
            continue;
        if (i == 0 && more && titles->count && titles->docs[titles->count - 1] == docs[0])
            list_writer_more(titles, title_tfs[0], title_tfs[0]);
        else
            list_writer_articles(titles, docs + i, title_tfs + i, title_tfs + i, 1);
    }
}

void term_encoder_articles(struct term_encoder *encoder, const uint32_t *docs, const uint32_t *tfs,
                           const uint32_t *title_tfs, uint32_t count, bool more)
{
    assert(count > 0 && count <= TERM_ENCODER_ARTICLES && encoder->left == 0);
    assert(docs[count - 1] < encoder->article_count);
    if (more)
        list_writer_more(&encoder->all, tfs[0], title_tfs ? title_tfs[0] : 0);
    list_writer_articles(&encoder->all, docs + more, tfs + more,
                         title_tfs ? title_tfs + more : NULL, count - more);
    encoder->last_doc = docs[count - 1];
    encoder->has_titles = title_tfs != NULL;
    if (!title_tfs)
        return;
    add_titles(encoder, docs, title_tfs, count, more);
    memcpy(encoder->tfs, tfs, count * sizeof *tfs);
    memcpy(encoder->title_tfs, title_tfs, count * sizeof *title_tfs);
    encoder->next = 0;
}

void term_encoder_values(struct term_encoder *encoder, const uint32_t *values, uint32_t count)
{
    list_writer_values(&encoder->all, values, count);
    for (uint32_t at = 0, n, title; encoder->has_titles && at < count; at += n) {
        if (encoder->left == 0) {
            encoder->left = encoder->tfs[encoder->next];
            encoder->title_left = encoder->title_tfs[encoder->next++];
        }
        n = count - at < encoder->left ? count - at : encoder->left;
        title = n < encoder->title_left ? n : encoder->title_left;
        list_writer_values(&encoder->titles, values + at, title);
        encoder->left -= n;
        encoder->title_left -= title;
    }
}

/* A term of one article keeps its first positions in the lexicon. */
static void fill_inline(struct term *term, const struct list_writer *list)
{
    for (uint64_t i = 0; i < list->cf; i++)
        term->positions[i] = i ? term->positions[i - 1] + 1 + list->values[i] : list->values[0];
}

static void end_titles(struct term_encoder *encoder, struct term *term)
{
    struct list_writer *titles = &encoder->titles;
    if (term->one_article) { /* follows from the positions */
        sink_drop(&titles->postings);
        sink_drop(&titles->positions);
        return;
    }
    list_writer_end(titles, false, &term->titles);
    sink_drain(&titles->postings, &encoder->all.postings);
    sink_drain(&titles->positions, &encoder->all.positions);
}

enum status term_encoder_end(struct term_encoder *encoder, struct term *term)
{
    assert(encoder->left == 0 && encoder->all.df > 0);
    *term = (struct term){0};
    list_writer_end(&encoder->all, true, &term->all);
    term->one_article = term->all.df == 1;
    term->is_inline = term->one_article && term->all.cf <= TERM_INLINE_POSITIONS;
    term->doc = encoder->last_doc;
    if (term->is_inline)
        fill_inline(term, &encoder->all);
    end_titles(encoder, term);
    enum status status = list_writer_status(&encoder->all);
    return status ? status : list_writer_status(&encoder->titles);
}
