/* A batch between its answers and its reader, with no network: here the reader is this thread, and
 * what the library would do about a waiting one is counted. */
#include "http/batch_job.h"

#include <semaphore.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"
#include "http/watchdog.h"
#include "search/searcher.h"
#include "unit/unit.h"

static _Atomic int suspended, resumed;
static sem_t answering, held; /* the question "held" is being answered; may end */

void MHD_suspend_connection(struct MHD_Connection *connection)
{
    (void)connection;
    suspended++;
}

void MHD_resume_connection(struct MHD_Connection *connection)
{
    (void)connection;
    resumed++;
}

void client_expect(struct client *client, uint64_t microseconds)
{
    (void)client, (void)microseconds;
}

struct served *served_ref(struct served *served)
{
    return served;
}

void served_unref(struct served *served)
{
    (void)served;
}

enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error)
{
    (void)searcher, (void)error;
    *answer = (struct answer){0};
    answer->text = answer->parsed = arena_copy(&answer->arena, question->text);
    if (slice_equal(question->text, SLICE("held"))) {
        sem_post(&answering);
        sem_wait(&held);
    }
    return STATUS_OK;
}

void searcher_info(const struct searcher *searcher, struct searcher_info *info)
{
    (void)searcher;
    *info = (struct searcher_info){.name = "fake", .checksum = "0123456789abcdef"};
}

/* Reads once, as the library does; appends what came to out. */
static ssize_t read_once(struct batch_job *job, struct bytes *out)
{
    char piece[4096];
    ssize_t got = batch_job_read(job, 0, piece, sizeof piece);
    if (got > 0)
        bytes_append(out, piece, (size_t)got);
    return got;
}

/* How many lines of answers are whole in these bytes. */
static size_t lines_in(const struct bytes *bytes, bool gzip)
{
    uint8_t text[65536];
    const uint8_t *from = bytes->data;
    size_t size = bytes->size, lines = 0;
    if (gzip) {
        z_stream z = {.next_in = bytes->data,
                      .avail_in = (uInt)bytes->size,
                      .next_out = text,
                      .avail_out = sizeof text};
        assert_int_equal(inflateInit2(&z, 31), Z_OK);
        inflate(&z, Z_SYNC_FLUSH);
        from = text;
        size = z.total_out;
        inflateEnd(&z);
    }
    for (size_t i = 0; i < size; i++)
        lines += from[i] == '\n';
    return lines;
}

/* Two answers that were there before anybody read are read at once, though a third is not there
 * yet; then the reader waits, and is woken for the rest. */
static void early_answers(bool gzip)
{
    struct metrics metrics = {0};
    struct served served = {0};
    struct bytes got = {0};
    struct batch_work work = {.served = &served,
                              .gzip = gzip,
                              .options.render = {.format = RENDER_JSON, .timeless = true}};
    bytes_append_slice(&work.lines, SLICE("one\ntwo\nheld\n"));
    suspended = resumed = 0;
    struct batch_room *room = batch_room_open(1, &metrics);
    struct batch_job *job = batch_room_reserve(room);
    assert_int_equal(batch_job_start(job, NULL, NULL, &work), gzip);
    sem_wait(&answering);
    while (lines_in(&got, gzip) < 2)
        assert_true(read_once(job, &got) > 0);
    assert_int_equal(read_once(job, &got), 0);
    assert_int_equal(suspended, 1);
    assert_int_equal(resumed, 0);
    sem_post(&held);
    while (!resumed)
        usleep(1000);
    while (read_once(job, &got) != MHD_CONTENT_READER_END_OF_STREAM)
        usleep(1000);
    assert_int_equal(lines_in(&got, gzip), 3);
    bytes_release(&got);
    batch_job_leave(job);
    batch_job_unref(job);
    batch_room_stop(room);
    batch_room_close(room);
}

static void answers_before_the_reader(void **state)
{
    (void)state;
    early_answers(false);
    early_answers(true);
}

int main(void)
{
    sem_init(&answering, 0, 0);
    sem_init(&held, 0, 0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers_before_the_reader)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
