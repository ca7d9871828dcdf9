/* Bodies cut into pieces, found again by word position; blocks that are not what they say. */
#include "unit/unit.h"

#include "base/error.h"
#include "random.h"
#include "scratch.h"
#include "store/documents_read.h"
#include "store/documents_write.h"
#include "store/snapshot.h"
#include "unit/store/sample.h"

static struct scratch scratch;
static struct sample sample;
static struct snapshot *snapshot;

static int open_sample(void **state)
{
    (void)state;
    struct error error = {0};
    scratch_open(&scratch);
    const char *path = scratch_path(&scratch, "documents.vbt");
    sample_make(&sample, &(struct sample_options){71, 60, 900, 4, 30000, 17, false});
    sample_write(&sample, path);
    snapshot = snapshot_open(path, &error);
    return snapshot ? 0 : -1;
}

static int close_sample(void **state)
{
    (void)state;
    snapshot_unref(snapshot);
    sample_free(&sample);
    scratch_close(&scratch);
    return 0;
}

/* Where the word at a position of the body begins; words have one space between. */
static size_t byte_of_word(const struct sample_article *article, uint32_t position)
{
    uint32_t word = position - settings_body_start(article->title_words);
    const char *at = article->body;
    for (; word; word--)
        at = strchr(at, ' ') + 1;
    return (size_t)(at - article->body);
}

static void check_piece(const struct sample_article *article, const struct text_piece *piece)
{
    assert_true(piece->byte + piece->text.size <= strlen(article->body));
    assert_memory_equal(piece->text.data, article->body + piece->byte, piece->text.size);
    assert_int_equal(piece->first, piece->byte == 0);
    assert_int_equal(piece->last, piece->byte + piece->text.size == strlen(article->body));
    if (piece->byte == 0)
        assert_int_equal(piece->position, settings_body_start(article->title_words));
    else /* begins at the space before its first word */
        assert_int_equal(byte_of_word(article, piece->position), piece->byte + 1);
}

static void test_piece_of_a_position(void **state)
{
    (void)state;
    struct documents documents;
    struct text_piece piece;
    uint64_t random = 72;
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    for (int turn = 0; turn < 3000; turn++) {
        uint32_t doc = (uint32_t)random_below(&random, sample.options.articles);
        const struct sample_article *article = &sample.articles[doc];
        if (article->body_words == 0) {
            assert_int_equal(documents_piece(&documents, doc, 0, &piece), STATUS_NOT_FOUND);
            continue;
        }
        uint32_t position = settings_body_start(article->title_words) +
                            (uint32_t)random_below(&random, article->body_words);
        size_t byte = byte_of_word(article, position);
        assert_int_equal(documents_piece(&documents, doc, position, &piece), STATUS_OK);
        check_piece(article, &piece);
        assert_true(piece.byte <= byte && byte < piece.byte + piece.text.size);
    }
    documents_release(&documents);
}

static void test_neighbours(void **state)
{
    (void)state;
    struct documents documents;
    struct text_piece piece;
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    for (uint32_t doc = 0; doc < sample.options.articles; doc++) {
        const struct sample_article *article = &sample.articles[doc];
        uint64_t byte = 0;
        if (documents_piece(&documents, doc, 0, &piece) != STATUS_OK)
            continue;
        enum status status = STATUS_OK;
        for (; status == STATUS_OK; status = documents_piece_after(&documents, doc, &piece)) {
            assert_int_equal(piece.byte, byte);
            check_piece(article, &piece);
            byte += piece.text.size;
        }
        assert_int_equal(status, STATUS_NOT_FOUND);
        assert_int_equal(byte, strlen(article->body));
        assert_int_equal(documents_piece(&documents, doc, UINT32_MAX, &piece), STATUS_OK);
        for (status = STATUS_OK; status == STATUS_OK;
             status = documents_piece_before(&documents, doc, &piece)) {
            assert_int_equal(piece.byte + piece.text.size, byte);
            check_piece(article, &piece);
            byte = piece.byte;
        }
        assert_int_equal(status, STATUS_NOT_FOUND);
        assert_int_equal(byte, 0);
    }
    documents_release(&documents);
}

static void test_before_the_body(void **state)
{
    (void)state;
    struct documents documents;
    struct text_piece piece;
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    for (uint32_t doc = 0; doc < sample.options.articles; doc++) {
        if (sample.articles[doc].body_words == 0)
            continue;
        assert_int_equal(documents_piece(&documents, doc, 0, &piece), STATUS_OK);
        assert_true(piece.first);
    }
    assert_int_equal(documents_piece(&documents, sample.options.articles, 0, &piece),
                     STATUS_NOT_FOUND);
    documents_release(&documents);
    documents_release(&documents);
}

/* Blocks end as soon as they are full. */
static void test_sizes_of_blocks(void **state)
{
    (void)state;
    struct documents documents;
    struct document_entry entry;
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    assert_true(documents.text.count > 60);
    assert_true(documents.fields.count > 1);
    for (uint32_t at = 0; at < documents.text.count; at++) {
        assert_int_equal(document_blocks_entry(&documents.text, at, &entry), STATUS_OK);
        assert_true(entry.inflated < TEXT_BLOCK_BYTES + 1024 + 2000);
    }
    for (uint32_t at = 0; at + 1 < documents.fields.count; at++) {
        assert_int_equal(document_blocks_entry(&documents.fields, at, &entry), STATUS_OK);
        assert_true(entry.inflated < FIELD_BLOCK_BYTES + 2000);
    }
    documents_release(&documents);
}

/* --- The packer --------------------------------------------------------------------------------*/

static void test_room(void **state)
{
    (void)state;
    struct document_packer *packer = document_packer_open(true);
    struct packed_documents packed;
    char text[TEXT_BLOCK_BYTES];
    memset(text, ' ', sizeof text);
    assert_int_equal(document_packer_room(packer), TEXT_BLOCK_BYTES);
    document_packer_text(packer, 0, 0, 0, 0, slice_of(text, 100));
    assert_int_equal(document_packer_room(packer), TEXT_BLOCK_BYTES - 100);
    document_packer_text(packer, 1, 0, 0, 100, slice_of(text, TEXT_BLOCK_BYTES - 101));
    assert_int_equal(document_packer_room(packer), 1);
    document_packer_text(packer, 1, TEXT_BLOCK_BYTES - 101, 0, 7, slice_of(text, 1));
    assert_int_equal(document_packer_room(packer), TEXT_BLOCK_BYTES);
    document_packer_text(packer, 2, 0, 0, 0, slice_of(text, 0));
    assert_int_equal(document_packer_room(packer), TEXT_BLOCK_BYTES);
    assert_int_equal(document_packer_finish(packer, &packed), STATUS_OK);
    assert_int_equal(packed.text_blocks.size, 32);
    packed_documents_release(&packed);
    packed_documents_release(&packed);
    assert_int_equal(document_packer_finish(packer, &packed), STATUS_OK);
    assert_int_equal(packed.text.size + packed.fields.size, 0);
    packed_documents_release(&packed);
    document_packer_close(packer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_piece_of_a_position),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_before_the_body),
        cmocka_unit_test(test_sizes_of_blocks),
        cmocka_unit_test(test_room),
    };
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
