/* Blocks of fields and text whose sums and compression are right and whose contents are not what
 * they should be. */
#include "unit/unit.h"

#include <stdlib.h>

#include "base/error.h"
#include "codec/varint_put.h"
#include "corrupt/read_all.h"
#include "corrupt/victim.h"
#include "random.h"
#include "scratch.h"
#include "store/bodies_read.h"
#include "store/check.h"
#include "store/columns_write.h"
#include "store/container.h"
#include "store/documents_read.h"
#include "store/fields.h"
#include "store/impact.h"
#include "store/settings.h"
#include "store/term_write.h"
#include "store/zip_block.h"

enum { ARTICLES = 4 };

struct block { /* of fields or text */
    uint32_t article;
    uint64_t byte;
    uint32_t position;
    struct slice content;
};

static struct scratch scratch;
static struct bytes records[2]; /* good ones, in two blocks */
static char report[300];

static int open_scratch(void **state)
{
    (void)state;
    static const char *const ids[ARTICLES] = {"a", "b", "c", "d"};
    static const char *const shown[ARTICLES] = {"ab c…", "", "", "kl"};
    scratch_open(&scratch);
    for (int i = 0; i < ARTICLES; i++) {
        struct bytes record = {0};
        fields_write(&(struct fields){.id = slice_of_string(ids[i]),
                                      .shown_title = slice_of_string(shown[i])},
                     &record);
        varint_put(&records[i / 2], record.size);
        bytes_append_slice(&records[i / 2], bytes_slice(&record));
        bytes_release(&record);
    }
    return 0;
}

static int close_scratch(void **state)
{
    (void)state;
    bytes_release(&records[0]);
    bytes_release(&records[1]);
    scratch_close(&scratch);
    return 0;
}

/* --- Writing -----------------------------------------------------------------------------------*/

static void put_blocks(struct chunk_writer *chunk, const struct block *blocks, size_t count,
                       bool text)
{
    struct zip_packer *packer = zip_packer_open(true);
    struct bytes data = {0}, entries = {0};
    for (size_t i = 0; i < count; i++) {
        bytes_put_le64(&entries, data.size);
        bytes_put_le32(&entries, blocks[i].article);
        bytes_put_le32(&entries, (uint32_t)blocks[i].content.size);
        zip_pack(packer, blocks[i].content, &data);
        if (!text)
            continue;
        bytes_put_le64(&entries, blocks[i].byte);
        bytes_put_le32(&entries, blocks[i].position);
        bytes_put_le32(&entries, 0);
    }
    uint64_t size = data.size;
    bytes_append_zeros(&data, (size_t)(-size % 8));
    bytes_append_slice(&data, bytes_slice(&entries));
    bytes_put_le64(&data, size);
    bytes_put_le32(&data, (uint32_t)count);
    bytes_put_le32(&data, 0);
    chunk_append(chunk, data.data, data.size);
    bytes_release(&data);
    bytes_release(&entries);
    zip_packer_close(packer);
}

static void put_columns(struct container_writer *container, struct error *error)
{
    struct column_writer *columns = column_writer_open(container, error);
    struct id_writer *ids = id_writer_open(container, ARTICLES, error);
    uint64_t hashes[ARTICLES];
    bool used[ARTICLES] = {false};
    for (uint32_t doc = 0; doc < ARTICLES; doc++) {
        char id = (char)('a' + doc);
        hashes[doc] = id_hash(slice_of(&id, 1));
        column_writer_article(columns, 0, 0, 0); /* the date of records without one is 0 too */
    }
    for (int turn = 0; turn < ARTICLES; turn++) {
        uint32_t least = ARTICLES;
        for (uint32_t doc = 0; doc < ARTICLES; doc++)
            if (!used[doc] && (least == ARTICLES || hashes[doc] < hashes[least]))
                least = doc;
        used[least] = true;
        id_writer_add(ids, hashes[least], least);
    }
    column_writer_finish(columns);
    id_writer_finish(ids);
    column_writer_close(columns);
    id_writer_close(ids);
}

static void put_terms(struct container_writer *container, struct error *error)
{
    static const uint8_t norms[ARTICLES];
    struct impact_model model;
    impact_model_init(&model, &(struct settings){.title_weight_thousandths = 1000});
    struct term_writer *terms = term_writer_open(container, &model, norms, ARTICLES, error);
    term_writer_finish(terms);
    term_writer_close(terms);
}

static struct snapshot *write_index(const struct block *fields, size_t field_count,
                                    const struct block *text, size_t text_count)
{
    struct error error = {0};
    struct bytes settings = {0};
    const char *path = scratch_path(&scratch, "blocks.vbt");
    struct container_writer *container = container_writer_open(path, NULL, &error);
    struct file_output *out = file_output_open(path, &error);
    settings_write(&(struct settings){.article_count = ARTICLES,
                                      .has_text = true,
                                      .title_weight_thousandths = 1000},
                   &settings);
    chunk_append(container_chunk(container, CHUNK_SETTINGS, &error), settings.data, settings.size);
    put_terms(container, &error);
    put_columns(container, &error);
    put_blocks(container_chunk(container, CHUNK_FIELDS, &error), fields, field_count, false);
    put_blocks(container_chunk(container, CHUNK_TEXT, &error), text, text_count, true);
    assert_int_equal(container_finish(container, out, &error), STATUS_OK);
    assert_int_equal(file_output_commit(out, &error), STATUS_OK);
    container_writer_close(container);
    bytes_release(&settings);
    struct snapshot *snapshot = snapshot_open(path, &error);
    if (!snapshot)
        fail_msg("%s", error.text);
    return snapshot;
}

/* --- What is said of it ------------------------------------------------------------------------*/

static void keep_report(void *context, enum chunk_id chunk, const char *what)
{
    if ((*(unsigned *)context)++ == 0)
        snprintf(report, sizeof report, "%s: %s", chunk_names[chunk], what);
}

static void expect(struct snapshot *snapshot, const char *words)
{
    unsigned reports = 0;
    bool whole;
    read_all(snapshot, &whole);
    enum status status = store_check(snapshot, keep_report, &reports);
    if (!words)
        assert_true(whole && status == STATUS_OK && reports == 0);
    else if (status != STATUS_CORRUPT || !strstr(report, words))
        fail_msg("'%s' does not say '%s'", reports ? report : "", words);
    snapshot_unref(snapshot);
}

static const struct block *good_fields(void)
{
    static struct block blocks[2];
    blocks[0] = (struct block){0, 0, 0, bytes_slice(&records[0])};
    blocks[1] = (struct block){2, 0, 0, bytes_slice(&records[1])};
    return blocks;
}

#define TEXT(words, ...)                                                                      \
    do {                                                                                      \
        static const struct block blocks[] = {__VA_ARGS__};                                   \
        expect(write_index(good_fields(), 2, blocks, sizeof blocks / sizeof *blocks), words); \
    } while (0)

/* Articles 0 and 1 in one block; 1 goes on in the next; 2 has no body. Of the body of 0 its shown
 * title has four bytes, and the one of 3 is all of it. */
#define FIRST              \
    {                      \
        0, 0, 0,           \
            SLICE("\2"     \
                  "\0\1\4" \
                  "\1\4\0" \
                  "d"      \
                  "efgh")  \
    }
#define SECOND             \
    {                      \
        1, 4, 1,           \
            SLICE("\2"     \
                  "\0\3\0" \
                  "\2\0\2" \
                  " ij")   \
    }

static void test_good(void **state)
{
    (void)state;
    struct documents documents;
    struct bytes body = {0};
    TEXT(NULL, FIRST, SECOND);
    static const struct block blocks[] = {FIRST, SECOND};
    struct snapshot *snapshot = write_index(good_fields(), 2, blocks, 2);
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    assert_int_equal(documents_body(&documents, 1, &body), STATUS_OK);
    assert_true(slice_equal(bytes_slice(&body), SLICE("efgh ij")));
    bytes_clear(&body);
    assert_int_equal(documents_body(&documents, 2, &body), STATUS_OK);
    assert_int_equal(body.size, 0);
    assert_int_equal(documents_body(&documents, 3, &body), STATUS_OK);
    assert_true(slice_equal(bytes_slice(&body), SLICE("kl")));
    bytes_clear(&body);
    assert_int_equal(bodies_append(&documents, 0, &body), STATUS_OK);
    assert_true(slice_equal(bytes_slice(&body), SLICE("ab cd")));
    struct text_piece piece;
    assert_int_equal(documents_piece(&documents, 0, 0, &piece), STATUS_OK);
    assert_true(piece.first && piece.last && slice_equal(piece.text, SLICE("ab cd")));
    assert_int_equal(documents_piece(&documents, 3, 0, &piece), STATUS_OK);
    assert_true(piece.first && piece.last && slice_equal(piece.text, SLICE("kl")));
    documents_release(&documents);
    bytes_release(&body);
    snapshot_unref(snapshot);
}

static void test_pieces(void **state)
{
    (void)state;
    TEXT("text", {0, 0, 0, SLICE("\0")}); /* no piece */
    TEXT("text", {0, 0, 0,
                  SLICE("\2"
                        "\0\1\0"
                        "a")}); /* fewer heads than it says */
    TEXT("text", {0, 0, 0,
                  SLICE("\1"
                        "\0\2\0"
                        "a")}); /* fewer bytes */
    TEXT("text", {0, 0, 0,
                  SLICE("\1"
                        "\0\1\0"
                        "ab")}); /* more bytes */
    TEXT("text", {0, 0, 0,
                  SLICE("\1"
                        "\0\0\0"
                        "a")}); /* a piece of nothing */
    TEXT("text", {0, 0, 0,
                  SLICE("\1"
                        "\1\1\0"
                        "a")}); /* the first one article on */
    TEXT("text", {0, 0, 0,
                  SLICE("\2"
                        "\0\1\0"
                        "\0\1\0"
                        "ab")}); /* the second of the same article */
    TEXT("text", {0, 0, 0,
                  SLICE("\1"
                        "\0\x80\x80")}); /* a number cut short */
    TEXT("text", {0, 0, 0,
                  SLICE("\xFF\xFF\xFF\xFF\x0F"
                        "\0\1\0"
                        "a")}); /* four billion pieces */
    TEXT("text", {0, 0, 0,
                  SLICE("\2"
                        "\0\1\0"
                        "\xFF\xFF\xFF\xFF\x0F\1\0"
                        "ab")});
    TEXT("text", {4, 0, 0,
                  SLICE("\1"
                        "\0\1\0"
                        "a")}); /* of no article */
    TEXT("text", {UINT32_MAX, 0, 0,
                  SLICE("\1"
                        "\0\1\0"
                        "a")});
}

/* Heads without leads, as older files have them and no feature for them. */
static void test_without_leads(void **state)
{
    (void)state;
    static const struct block blocks[] = {{0, 0, 0,
                                           SLICE("\2"
                                                 "\0\5"
                                                 "\1\4"
                                                 "ab cd"
                                                 "efgh")},
                                          {1, 4, 1, SLICE("\1\0\3 ij")}};
    struct victim victim;
    struct error error = {0};
    struct documents documents;
    struct bytes body = {0};
    snapshot_unref(write_index(good_fields(), 2, blocks, 2));
    victim_open(&victim, scratch_path(&scratch, "blocks.vbt"));
    assert_int_equal(victim.data[HEADER_REQUIRED], CONTAINER_LEADS);
    victim.data[HEADER_REQUIRED] = 0;
    victim_mend(&victim, HEADER_REQUIRED, 1);
    struct snapshot *snapshot = snapshot_open(victim.path, &error);
    assert_non_null(snapshot);
    assert_int_equal(documents_open(&documents, snapshot), STATUS_OK);
    assert_int_equal(documents_body(&documents, 0, &body), STATUS_OK);
    assert_int_equal(documents_body(&documents, 1, &body), STATUS_OK);
    assert_true(slice_equal(bytes_slice(&body), SLICE("ab cdefgh ij")));
    documents_release(&documents);
    bytes_release(&body);
    expect(snapshot, NULL);
    victim_close(&victim);
}

static void test_leads(void **state)
{
    (void)state;
    TEXT("shown title", {0, 0, 0, SLICE("\1\0\0\x09")}); /* a byte more than it has */
    TEXT("shown title", {1, 0, 0, SLICE("\1\0\1\1a")});  /* it has none */
    TEXT("shown title", {0, 0, 0,
                         SLICE("\1\0\1\xFF\xFF\xFF\xFF\x0F"
                               "a")});
    TEXT("text", {0, 0, 0,
                  SLICE("\1\0\1\xFF\xFF\xFF\xFF\x1F"
                        "a")});
    TEXT("contradicts itself", FIRST,
         {1, 4, 1,
          SLICE("\1"
                "\0\3\1"
                " ij")}); /* where a body goes on */
    TEXT("contradicts itself", FIRST,
         {1, 4, 1,
          SLICE("\1"
                "\0\0\1")});
}

static void test_bodies(void **state)
{
    (void)state;
    TEXT("does not go on", FIRST,
         {1, 5, 1,
          SLICE("\1"
                "\0\3\0"
                " ij")}); /* another byte */
    TEXT("does not go on", FIRST,
         {2, 4, 1,
          SLICE("\1"
                "\0\3\0"
                " ij")}); /* another article */
    TEXT("does not go on", {1, 4, 1,
                            SLICE("\1"
                                  "\0\3\0"
                                  " ij")}); /* nothing before */
    TEXT("does not go on", FIRST, SECOND,
         {3, 1, UINT32_MAX,
          SLICE("\1"
                "\0\3\0"
                " ij")});
    TEXT("in the order", FIRST,
         {1, 0, 0,
          SLICE("\1"
                "\0\3\0"
                " ij")}); /* begins again */
    TEXT("in the order",
         {2, 0, 0,
          SLICE("\1"
                "\0\3\0"
                "abc")},
         FIRST);
    TEXT("first position", {0, 0, 7,
                            SLICE("\1"
                                  "\0\3\0"
                                  "abc")});
}

#define FIELDS(words, ...)                                                           \
    do {                                                                             \
        const struct block blocks[] = {__VA_ARGS__};                                 \
        expect(write_index(blocks, sizeof blocks / sizeof *blocks, NULL, 0), words); \
    } while (0)

static void test_records(void **state)
{
    (void)state;
    struct block first = good_fields()[0], second = good_fields()[1], changed;
    FIELDS(NULL, first, second);
    FIELDS("every article", first);
    FIELDS("go on", second, first);
    changed = second;
    changed.article = 3;
    FIELDS("go on", first, changed);
    changed = second;
    changed.content.size--;
    FIELDS("filled", first, changed);
    changed.content = SLICE("\1\0");
    FIELDS("contradicts itself", first, changed);
    FIELDS("filled", first, second, {4, 0, 0, SLICE("\0")});
}

static void test_no_id(void **state)
{
    (void)state;
    struct bytes record = {0}, content = {0};
    fields_write(&(struct fields){.title = SLICE("no id")}, &record);
    varint_put(&content, record.size);
    bytes_append_slice(&content, bytes_slice(&record));
    varint_put(&content, record.size);
    bytes_append_slice(&content, bytes_slice(&record));
    FIELDS("has no id", good_fields()[0], {2, 0, 0, bytes_slice(&content)});
    bytes_release(&record);
    bytes_release(&content);
}

/* Any byte of a block changed, a byte more, a byte less: read or refused, and the check tells. */
static void test_any_change(void **state)
{
    (void)state;
    uint64_t random = 111;
    static const struct block good[] = {FIRST, SECOND};
    for (int turn = 0; turn < 3000; turn++) {
        char content[64];
        unsigned reports = 0;
        bool whole;
        struct block blocks[2] = {good[0], good[1]},
                     fields[2] = {good_fields()[0], good_fields()[1]};
        struct block *block = random_below(&random, 3) ? &blocks[turn % 2] : &fields[turn % 2];
        assert_true(block->content.size < sizeof content);
        memcpy(content, block->content.data, block->content.size);
        block->content.data = content;
        content[random_below(&random, block->content.size)] = (char)random_next(&random);
        block->content.size -= (size_t)random_below(&random, 2);
        struct snapshot *snapshot = write_index(fields, 2, blocks, 2);
        read_all(snapshot, &whole);
        store_check(snapshot, keep_report, &reports);
        assert_true(whole || reports);
        snapshot_unref(snapshot);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),   cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_bodies), cmocka_unit_test(test_records),
        cmocka_unit_test(test_no_id),  cmocka_unit_test(test_any_change),
        cmocka_unit_test(test_leads),  cmocka_unit_test(test_without_leads),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
