/* Memory runs out at every allocation in turn, once and from then on: whatever is written or read
 * says so, nothing is left behind, and the next try with memory enough succeeds. */
#include "unit/unit.h"

#include "base/error.h"
#include "base/memory.h"
#include "corrupt/read_all.h"
#include "scratch.h"
#include "store/check.h"
#include "store/columns_write.h"
#include "store/documents_write.h"
#include "store/fields.h"
#include "store/gram_list_write.h"
#include "store/grams_write.h"
#include "store/settings.h"
#include "store/snapshot.h"
#include "store/term_write.h"
#include "unit/store/sample.h"
#include "unit/store/sample_classes.h"

static struct scratch scratch;
static char path[4096];

enum { ARTICLES = 300 };

static int open_scratch(void **state)
{
    (void)state;
    scratch_open(&scratch);
    snprintf(path, sizeof path, "%s/memory.vbt", scratch.folder);
    return 0;
}

static int close_scratch(void **state)
{
    (void)state;
    scratch_close(&scratch);
    return 0;
}

/* --- Reading -----------------------------------------------------------------------------------*/

static void count_report(void *context, enum chunk_id chunk, const char *what)
{
    print_message("%s: %s\n", chunk_names[chunk], what);
    ++*(unsigned *)context;
}

static bool read_once(uint64_t *hash)
{
    struct error error = {0};
    unsigned reports = 0;
    bool whole = false;
    struct snapshot *snapshot = snapshot_open(path, &error);
    if (!snapshot) {
        assert_int_equal(error.status, STATUS_NO_MEMORY);
        return false;
    }
    *hash = read_all(snapshot, &whole);
    enum status status = store_check(snapshot, count_report, &reports);
    assert_int_equal(reports, 0); /* memory that runs out is no damage */
    assert_true(status == STATUS_OK || status == STATUS_NO_MEMORY);
    snapshot_unref(snapshot);
    return whole && status == STATUS_OK;
}

static void read_without_memory(bool with_classes)
{
    struct sample sample;
    uint64_t expected, hash = 0;
    sample_make(&sample, &(struct sample_options){81, 40, 60, 3, 60, 11, false});
    if (with_classes)
        sample_add_classes(&sample, &(struct class_rule){600, 12}, 3, 4);
    else
        sample_add_grams(&sample, &(struct gram_rule){.words_most = 3, .least_df = 3});
    sample.has_titles = with_classes;
    sample_write(&sample, path);
    sample_free(&sample);
    memory_fail_at(0, 0);
    assert_true(read_once(&expected));
    size_t count = memory_fail_at(0, 0);
    assert_true(count > 100);
    for (size_t n = 1; n <= count; n++) {
        for (int persistent = 0; persistent < 2; persistent++) {
            memory_fail_at(n, persistent);
            bool whole = read_once(&hash);
            memory_fail_at(0, 0);
            assert_false(whole);
        }
    }
    assert_true(read_once(&hash));
    assert_true(hash == expected);
}

static void test_reading(void **state)
{
    (void)state;
    read_without_memory(false);
}

/* Whole titles, what completes a text and groups too. */
static void test_reading_classes(void **state)
{
    (void)state;
    read_without_memory(true);
}

/* --- Writing -----------------------------------------------------------------------------------*/

static const uint8_t norms[ARTICLES];

static enum status write_terms(struct container_writer *container, struct error *error)
{
    struct impact_model model;
    impact_model_init(&model, &(struct settings){.title_weight_thousandths = 1000});
    struct term_writer *writer = term_writer_open(container, &model, norms, ARTICLES, error);
    if (!writer)
        return error->status;
    for (int term = 0; term < 40; term++) {
        char key[2] = {'a', (char)('0' + term)};
        term_writer_begin(writer, slice_of(key, 2));
        for (uint32_t doc = 0; doc < (term ? 3u : ARTICLES); doc++) {
            uint32_t positions[] = {doc, doc + 5, doc + 6};
            term_writer_article(writer, doc, 3, 2);
            term_writer_positions(writer, positions, 3);
        }
        term_writer_end(writer);
    }
    enum status status = term_writer_finish(writer);
    term_writer_close(writer);
    return status;
}

static enum status write_gram(struct grams_writer *writer, uint32_t term, uint32_t count)
{
    static struct gram_article articles[ARTICLES];
    struct impact_model model;
    struct bytes lists = {0};
    struct gram gram;
    for (uint32_t doc = 0; doc < count; doc++)
        articles[doc] = (struct gram_article){doc, doc, 2, 1};
    impact_model_init(&model, &(struct settings){.title_weight_thousandths = 1000});
    enum status status = gram_list_write(articles, count, &model, norms, &lists, &gram);
    if (status == STATUS_OK)
        grams_writer_add(writer, (uint32_t[]){term, 0}, 2, &gram, bytes_slice(&lists));
    bytes_release(&lists);
    return status;
}

static enum status write_grams(struct container_writer *container, struct error *error)
{
    struct gram_rule rule = gram_rule_default();
    struct grams_writer *writer = grams_writer_open(container, &rule, error);
    if (!writer)
        return error->status;
    enum status status = STATUS_OK;
    for (uint32_t term = 0; term < 40 && status == STATUS_OK; term++)
        status = write_gram(writer, term, term ? 3 : ARTICLES);
    if (status == STATUS_OK)
        status = grams_writer_finish(writer);
    grams_writer_close(writer);
    return status;
}

static enum status pack(struct packed_documents *packed)
{
    struct bytes record = {0};
    struct document_packer *packer = document_packer_open(true);
    if (!packer)
        return STATUS_NO_MEMORY;
    for (uint32_t doc = 0; doc < ARTICLES && record.status == STATUS_OK; doc++) {
        bytes_clear(&record);
        fields_write(&(struct fields){.id = SLICE("id"), .title = SLICE("title")}, &record);
        document_packer_fields(packer, bytes_slice(&record));
        for (int piece = 0; piece < 30; piece++)
            document_packer_text(packer, doc, (uint64_t)piece * 9, 0, 0, SLICE("some text"));
    }
    enum status status = record.status;
    enum status packed_status = document_packer_finish(packer, packed);
    bytes_release(&record);
    document_packer_close(packer);
    return status != STATUS_OK ? status : packed_status;
}

static enum status write_documents(struct container_writer *container, struct error *error)
{
    struct packed_documents packed = {0};
    struct document_writer *writer = document_writer_open(container, true, error);
    if (!writer)
        return error->status;
    enum status status = pack(&packed);
    if (status == STATUS_OK)
        status = document_writer_append(writer, &packed);
    if (status == STATUS_OK)
        status = document_writer_finish(writer);
    packed_documents_release(&packed);
    document_writer_close(writer);
    return status;
}

static enum status write_columns(struct container_writer *container, struct error *error)
{
    struct column_writer *columns = column_writer_open(container, error);
    struct id_writer *ids = columns ? id_writer_open(container, ARTICLES, error) : NULL;
    enum status status = error->status;
    for (uint32_t doc = 0; ids && doc < ARTICLES; doc++) {
        column_writer_article(columns, doc, 0, doc);
        id_writer_add(ids, doc, doc);
    }
    if (ids)
        status = id_writer_finish(ids);
    if (ids && status == STATUS_OK)
        status = column_writer_finish(columns);
    column_writer_close(columns);
    id_writer_close(ids);
    return status;
}

static enum status write_chunks(struct container_writer *container, struct error *error)
{
    struct bytes settings = {0};
    enum status status = write_terms(container, error);
    if (status == STATUS_OK)
        status = write_grams(container, error);
    if (status == STATUS_OK)
        status = write_documents(container, error);
    if (status == STATUS_OK)
        status = write_columns(container, error);
    struct chunk_writer *chunk =
        status == STATUS_OK ? container_chunk(container, CHUNK_SETTINGS, error) : NULL;
    if (!chunk)
        return status == STATUS_OK ? error->status : status;
    settings_write(&(struct settings){.article_count = ARTICLES,
                                      .has_text = true,
                                      .title_weight_thousandths = 1000},
                   &settings);
    chunk_append(chunk, settings.data, settings.size);
    status = settings.status != STATUS_OK ? settings.status : chunk_status(chunk);
    bytes_release(&settings);
    return status;
}

static enum status write_once(void)
{
    struct error error = {0};
    struct file_output *out = file_output_open(path, &error);
    struct container_writer *container = out ? container_writer_open(path, NULL, &error) : NULL;
    enum status status = error.status;
    if (container)
        status = write_chunks(container, &error);
    if (container && status == STATUS_OK)
        status = container_finish(container, out, &error);
    container_writer_close(container);
    if (out && status == STATUS_OK)
        return file_output_commit(out, &error);
    file_output_abandon(out);
    return status;
}

static void test_writing(void **state)
{
    (void)state;
    size_t size, size_then;
    memory_fail_at(0, 0);
    assert_int_equal(write_once(), STATUS_OK);
    size_t count = memory_fail_at(0, 0);
    char *expected = scratch_get(path, &size);
    assert_true(count > 100);
    for (size_t n = 1; n <= count; n++) {
        for (int persistent = 0; persistent < 2; persistent++) {
            memory_fail_at(n, persistent);
            enum status status = write_once();
            memory_fail_at(0, 0);
            if (status != STATUS_NO_MEMORY)
                fail_msg("allocation %zu of %zu: %s", n, count, status_name(status));
            assert_int_equal(scratch_count(scratch.folder), 1);
        }
    }
    assert_int_equal(write_once(), STATUS_OK);
    char *data = scratch_get(path, &size_then);
    assert_int_equal(size_then, size);
    assert_memory_equal(data, expected, size);
    free(data);
    free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reading),
        cmocka_unit_test(test_reading_classes),
        cmocka_unit_test(test_writing),
    };
    return cmocka_run_group_tests(tests, open_scratch, close_scratch);
}
