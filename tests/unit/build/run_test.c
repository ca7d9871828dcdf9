/* A disk may give back other bytes than it took: whatever a run holds, reading and joining it ends,
 * with a status or with terms that can be written. */
#include <string.h>

#include "base/memory.h"
#include "build/inverter.h"
#include "build/term_join.h"
#include "random.h"
#include "scratch.h"
#include "store/container_write.h"
#include "store/impact.h"
#include "store/settings.h"
#include "unit/unit.h"

enum { ARTICLES = 300, ROUNDS = 3000 };

static const uint8_t norms[ARTICLES];

/* Long and short lists, with titles and without; one article is cut in two. */
static struct inverter *fill(const char *beside)
{
    struct error error = {0};
    struct inverter *inverter =
        inverter_open(INVERTER_LEAST_BYTES, spool_open(beside, NULL, &error), &error);
    assert_non_null(inverter);
    inverter_begin(inverter, 0);
    for (uint32_t doc = 0; doc < ARTICLES; doc++) {
        inverter_article(inverter, doc);
        inverter_text(inverter, 0, true);
        inverter_add(inverter, doc % 5 ? SLICE("some") : SLICE("title"));
        inverter_text(inverter, 1025, false);
        for (uint32_t i = 0; i < (doc == 150 ? 300000u : 3u + doc % 7); i++)
            inverter_add(inverter, i % 3 ? SLICE("all") : SLICE("some"));
        char word[8];
        snprintf(word, sizeof word, "w%u", doc / 2);
        inverter_add(inverter, slice_of_string(word));
    }
    assert_int_equal(inverter_end(inverter), STATUS_OK);
    assert_int_equal(inverter_finish(inverter, &error), STATUS_OK);
    return inverter;
}

/* How many terms were read whole. */
static uint32_t join_all(struct bytes *run, struct term_encoder *encoder, enum status *status)
{
    struct run_reader reader, *readers[] = {&reader};
    struct bytes postings = {0}, positions = {0};
    uint32_t terms = 0;
    run_reader_open_memory(&reader, bytes_slice(run));
    term_encoder_to_bytes(encoder, &postings, &positions);
    *status = STATUS_OK;
    while (*status == STATUS_OK && run_reader_term(&reader)) {
        struct term term;
        term_encoder_begin(encoder);
        *status = term_join(readers, 1, encoder);
        if (*status == STATUS_OK)
            *status = term_encoder_end(encoder, &term);
        terms += *status == STATUS_OK;
    }
    if (*status == STATUS_OK)
        *status = reader.status;
    bytes_release(&postings);
    bytes_release(&positions);
    return terms;
}

static void check_run(const struct run *run, const struct impact_model *model, const char *beside)
{
    struct error error = {0};
    struct container_writer *container = container_writer_open(beside, NULL, &error);
    struct term_encoder *encoder = term_encoder_open(container, model, norms, ARTICLES, &error);
    struct bytes good = {0}, bad = {0};
    uint64_t random = run->part + 1;
    enum status status;
    uint32_t noticed = 0;
    uint8_t *data = bytes_extend(&good, run->size);
    assert_int_equal(spool_read(run->spool, run->offset, data, run->size), STATUS_OK);
    uint32_t terms = join_all(&good, encoder, &status);
    assert_int_equal(status, STATUS_OK);
    assert_true(terms > 0);
    for (int round = 0; round < ROUNDS; round++) {
        bytes_clear(&bad);
        bytes_append(&bad, good.data,
                     random_below(&random, 8) ? good.size : random_below(&random, good.size));
        for (uint64_t changes = random_below(&random, 4); bad.size && changes; changes--)
            bad.data[random_below(&random, round % 2 || bad.size < 600 ? bad.size : 600)] =
                (uint8_t)random_below(&random, 256);
        assert_true(join_all(&bad, encoder, &status) <= 2 * terms);
        noticed += status != STATUS_OK;
    }
    assert_true(noticed > ROUNDS / 8);
    term_encoder_close(encoder);
    container_writer_close(container);
    bytes_release(&good);
    bytes_release(&bad);
}

static void other_bytes(void **state)
{
    (void)state;
    struct scratch scratch;
    struct impact_model model;
    scratch_open(&scratch);
    impact_model_init(&model, &(struct settings){.title_weight_thousandths = 1000});
    struct inverter *inverter = fill(scratch_path(&scratch, "x.vbt"));
    const struct bytes *runs = inverter_runs(inverter);
    assert_true(runs->size / sizeof(struct run) >= 2);
    for (size_t i = 0; i < runs->size / sizeof(struct run); i++)
        check_run((const struct run *)(const void *)runs->data + i, &model,
                  scratch_path(&scratch, "y.vbt"));
    inverter_close(inverter);
    scratch_close(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
