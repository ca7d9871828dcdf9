#include "unit/search/fake_searcher.h"

#include <stdlib.h>
#include <unistd.h>

struct question fake_last;

void searcher_info(const struct searcher *searcher, struct searcher_info *info)
{
    (void)searcher;
    *info = (struct searcher_info){.name = "fake", .checksum = "0123456789abcdef", .articles = 7};
}

enum status searcher_ask(const struct searcher *searcher, const struct question *question,
                         struct answer *answer, struct error *error)
{
    (void)searcher;
    *answer = (struct answer){0};
    if (slice_equal(question->text, SLICE("fail")))
        return error_set(error, STATUS_INVALID, "told to fail");
    if (slice_starts_with(question->text, SLICE("slow ")) && question->text.size == 6)
        usleep(1000 * ((unsigned char)question->text.data[5] % 16));
    __atomic_store_n(&fake_last.limit, question->limit, __ATOMIC_RELAXED);
    answer->text = arena_copy(&answer->arena, question->text);
    answer->parsed = answer->text;
    answer->total = 1;
    answer->took_us = 1234;
    answer->hits = arena_allocate(&answer->arena, 1, sizeof *answer->hits);
    answer->hit_count = 1;
    answer->hits[0] = (struct hit){.rank = 1, .score = 1.5, .id = answer->text};
    return STATUS_OK;
}
